"""Tables by their drawn lines: the grid that the lines of a page make up, with its merged cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, product
from operator import attrgetter

from khplans.intake.pages.page import DrawnRule

SNAP = 3.0
"""Points that lines of one edge may lie apart, or end short of each other."""
_SHORTEST = 6.0
"""Points: a line that is shorter bounds no cell."""
_MOST_RULES = 2_000
"""Lines of a page, pieces of one line counted once."""
_MOST_PLACES = 40_000
_COVERED = 0.6
"""The share of a cell's side that a line covers to part it from the next."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a grid: its first row and column, and how many it takes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """A grid: its edges from left to right and from top to bottom, and its cells in their order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within the grid."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """The row and column that a point within the grid lies in."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column


def grids_of(rules: Iterable[DrawnRule]) -> list[Ruled]:
    """The tables that lines make up, from top to bottom; a frame around one cell is none.

    >>> across = [DrawnRule(0, y, 100, y) for y in (0, 20, 40)]
    >>> down = [DrawnRule(x, 0, x, 40) for x in (0, 100)] + [DrawnRule(50, 20, 50, 40)]
    >>> (grid,) = grids_of(across + down)
    >>> grid.slots
    (Slot(row=0, column=0, rows=1, columns=2), Slot(row=1, column=0, rows=1, columns=1), Slot(row=1, column=1, rows=1, columns=1))
    """
    rules = list(rules)
    across = _joined([rule for rule in rules if rule.across], "y0", "x0", "x1")
    down = _joined([rule for rule in rules if not rule.across], "x0", "y0", "y1")
    if len(across) + len(down) > _MOST_RULES:
        return []
    found = [_grid(*part) for part in _connected(across, down)]
    grids = [grid for grid in found if grid and len(grid.slots) > 1]
    return sorted(_outermost(grids), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(rules: Sequence[DrawnRule], at: str, begin: str, end: str) -> list[DrawnRule]:
    """Lines of the pieces that lie on one line, end to end; those that are too short left out."""
    made: list[list[float]] = []
    place = attrgetter(at)
    for _, group in groupby(sorted(rules, key=place), key=_snapping(place)):
        pieces = sorted(group, key=attrgetter(begin))
        middle = sum(map(place, pieces)) / len(pieces)
        for piece in pieces:
            start, stop = getattr(piece, begin), getattr(piece, end)
            if made and made[-1][0] == middle and start <= made[-1][2] + SNAP:
                made[-1][2] = max(made[-1][2], stop)
            else:
                made.append([middle, start, stop])
    long = [(m, a, b) for m, a, b in made if b - a >= _SHORTEST]
    if at == "y0":
        return [DrawnRule(a, m, b, m) for m, a, b in long]
    return [DrawnRule(m, a, m, b) for m, a, b in long]


def _snapping(place: Callable[[DrawnRule], float]) -> Callable[[DrawnRule], int]:
    """A key that stays the same for lines as near to the one before as `SNAP`."""
    last, number = float("-inf"), 0

    def key(rule: DrawnRule) -> int:
        nonlocal last, number
        if place(rule) - last > SNAP:
            number += 1
            last = place(rule)
        return number

    return key


def _connected(
    across: Sequence[DrawnRule], down: Sequence[DrawnRule]
) -> list[tuple[list[DrawnRule], list[DrawnRule]]]:
    """The lines across and down that touch each other, each set of them."""
    xs = [rule.x0 for rule in down]
    touching = (
        (i, len(across) + j)
        for i, rule in enumerate(across)
        for j in range(bisect_left(xs, rule.x0 - SNAP), bisect_right(xs, rule.x1 + SNAP))
        if down[j].y0 - SNAP <= rule.y0 <= down[j].y1 + SNAP
    )
    rules = [*across, *down]
    sets = [[rules[i] for i in one] for one in _sets(len(rules), touching)]
    return [([r for r in one if r.across], [r for r in one if not r.across]) for one in sets]


def _sets(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The sets that numbers below a count fall into when those of each pair belong together.

    >>> _sets(5, [(0, 3), (3, 4)])
    [[0, 3, 4], [1], [2]]
    """
    parents = list(range(count))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for one, other in pairs:
        parents[root(other)] = root(one)
    sets: dict[int, list[int]] = {}
    for i in range(count):
        sets.setdefault(root(i), []).append(i)
    return list(sets.values())


def _grid(across: Sequence[DrawnRule], down: Sequence[DrawnRule]) -> Ruled | None:
    """The grid of lines that touch each other, open sides closed; None where they bound no cells."""
    if len(across) < 2 or not down:
        return None
    xs = _edges([r.x0 for r in down], min(r.x0 for r in across), max(r.x1 for r in across))
    ys = _edges([r.y0 for r in across], min(r.y0 for r in down), max(r.y1 for r in down))
    if min(len(xs), len(ys)) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_PLACES:
        return None
    over = _ruled(across, ys, xs, attrgetter("y0", "x0", "x1"))
    beside = _ruled(down, xs, ys, attrgetter("x0", "y0", "y1"))
    slots = _slots(len(ys) - 1, len(xs) - 1, over, beside)
    return _without_empty_edges(xs, ys, slots)


def _edges(places: Sequence[float], first: float, last: float) -> list[float]:
    """The distinct places of edges, with the ends of the table where no line bounds it."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > SNAP:
            edges.append(place)
    if first < edges[0] - SNAP:
        edges.insert(0, first)
    if last > edges[-1] + SNAP:
        edges.append(last)
    return edges


def _ruled(
    rules: Sequence[DrawnRule],
    edges: Sequence[float],
    others: Sequence[float],
    parts: Callable[[DrawnRule], tuple[float, float, float]],
) -> set[tuple[int, int]]:
    """The stretches that are drawn: the number of the edge, and of the place along it."""
    drawn = set()
    for rule in rules:
        at, begin, end = parts(rule)
        edge = min(range(bisect_left(edges, at - SNAP), len(edges)), key=lambda i: abs(edges[i] - at))  # fmt: skip
        for place in range(max(0, bisect_right(others, begin) - 1), len(others) - 1):
            low, high = others[place], others[place + 1]
            if low >= end:
                break
            if min(high, end) - max(low, begin) >= _COVERED * (high - low):
                drawn.add((edge, place))
    return drawn


def _slots(
    rows: int, columns: int, over: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> list[Slot]:
    """The cells of a grid: places that no line parts, made rectangles."""
    places = list(product(range(rows), range(columns)))
    beside_free = (
        (row * columns + column, row * columns + column + 1)
        for row, column in places
        if column + 1 < columns and (column + 1, row) not in beside
    )
    below_free = (
        (row * columns + column, (row + 1) * columns + column)
        for row, column in places
        if row + 1 < rows and (row + 1, column) not in over
    )
    groups = _sets(rows * columns, chain(beside_free, below_free))
    return sorted(
        (slot for group in groups for slot in _rectangles(group, columns)),
        key=attrgetter("row", "column"),
    )


def _rectangles(places: Sequence[int], columns: int) -> list[Slot]:
    """A cell of the places, where they fill a rectangle; else each of them as a cell of its own.

    >>> _rectangles([0, 1, 3, 4], 3), len(_rectangles([0, 1, 3], 3))
    ([Slot(row=0, column=0, rows=2, columns=2)], 3)
    """
    rows = [place // columns for place in places]
    across = [place % columns for place in places]
    height, width = max(rows) - min(rows) + 1, max(across) - min(across) + 1
    if height * width == len(places):
        return [Slot(min(rows), min(across), height, width)]
    return [Slot(row, column) for row, column in zip(rows, across, strict=True)]


def _without_empty_edges(xs: Sequence[float], ys: Sequence[float], slots: Sequence[Slot]) -> Ruled:
    """The grid without the edges at which no cell begins or ends."""
    rows = sorted({edge for slot in slots for edge in (slot.row, slot.row + slot.rows)})
    columns = sorted({edge for slot in slots for edge in (slot.column, slot.column + slot.columns)})
    row, column = ({edge: i for i, edge in enumerate(edges)} for edges in (rows, columns))
    return Ruled(
        tuple(xs[edge] for edge in columns),
        tuple(ys[edge] for edge in rows),
        tuple(
            Slot(
                row[slot.row],
                column[slot.column],
                row[slot.row + slot.rows] - row[slot.row],
                column[slot.column + slot.columns] - column[slot.column],
            )
            for slot in slots
        ),
    )


def _outermost(grids: Sequence[Ruled]) -> list[Ruled]:
    """The grids that don't lie within another."""
    widest = sorted(grids, key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[-1] - grid.ys[0]))
    kept: list[Ruled] = []
    for grid in widest:
        middle = ((grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2)
        if not any(other.holds(*middle) for other in kept):
            kept.append(grid)
    return kept
