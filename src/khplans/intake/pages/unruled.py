"""Tables without lines down: their columns by the space that stays free, their rows by the numbers at the left."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from khplans.intake.pages.blocks import Block, PageBlocks, PrintedCell, PrintedGrid
from khplans.intake.pages.lines import PrintedLine, printed_lines
from khplans.intake.pages.page import MIDDLE, DrawnRule, Word
from khplans.knowledge.columns import column_role
from khplans.text.fold import fold

_GAP = 0.45
"""A gap between columns, in heights of a line."""
_FREE = 0.45
"""What stays free between columns on all lines, in heights of a line."""
_WIDE = 0.6
"""The share of a table's width that a line of prose takes."""
_FEWEST_COLUMNS = 3
_MOST_HEADER_LINES = 14
_CLOSE = 1.3
"""How far above its lowest line a header's lines stand, in heights."""
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,6}|[A-Za-zĐđ])[.)]?|[-–+*]")
_MIDDLE = 0.35
"""How near the middle of its rows a merged cell's words stand, in heights of a line."""
_MOST_MERGED = 20
_MOSTLY = 0.8
_ROWS_APART = 1.15
"""How much further apart than others the last line of a row and the first of the next are."""


def with_unruled(page: PageBlocks, above: PrintedGrid | None) -> PageBlocks:
    """The page with its unruled tables; `above` is the one that the page before ends with, if any."""
    blocks: list[Block] = []
    at = 0 if above is None else _gone_on(page, above, blocks)
    while at < len(page.blocks):
        found = _table_at(at, page)
        if found is None:
            blocks.append(page.blocks[at])
            at += 1
        else:
            grid, header, used = found
            del blocks[len(blocks) - header :]
            blocks.append(grid)
            at += used
    return PageBlocks(page.page, tuple(blocks))


def is_unruled(grid: PrintedGrid) -> bool:
    """Whether a table's columns go by space alone; text in two columns is no table."""
    return grid.basis == "spacing" and grid.wrapped


@dataclass(frozen=True, slots=True)
class _Columns:
    """The edges between columns, and those of the table."""

    edges: tuple[float, ...]

    def of(self, word: Word) -> int:
        return min(max(bisect_right(self.edges, word.middle) - 1, 0), len(self.edges) - 2)

    def under(self, words: Sequence[Word]) -> int:
        """The column that takes most of the width of some words."""
        left, right = words[0].left, words[-1].right
        shared = [min(right, b) - max(left, a) for a, b in pairwise(self.edges)]
        return shared.index(max(shared))

    @property
    def label(self) -> float:
        """Where the first column ends."""
        return self.edges[1]

    @property
    def width(self) -> float:
        return self.edges[-1] - self.edges[0]


def _table_at(at: int, page: PageBlocks) -> tuple[PrintedGrid, int, int] | None:
    """The table whose header's numbering column is named in a block of a page.

    With how many lines above it and how many from it on are the table's.
    """
    first = page.blocks[at]
    if isinstance(first, PrintedGrid) or not names_numbers(first):
        return None
    near = _leading_lines(page.blocks[at : at + _MOST_HEADER_LINES])
    numbered = next((line for line in near[1:] if _is_row(line, first)), None)
    if numbered is None:
        return None
    lines = _leading_lines(page.blocks[at:])
    body = _header_lines(lines, numbered)
    above = header_above(page.blocks, first)
    region = _region(lines[body:], lines[0])
    columns = _columns(region, (*above, *lines[:body]))
    if columns is None:
        return None
    header = _header_cells((*above, *lines[:body]), columns)
    grid = _grid(header, region, columns, page)
    return grid, len(above), body + len(region)


def _header_lines(lines: Sequence[PrintedLine], numbered: PrintedLine) -> int:
    """How many lines the header has: down to where most space is above the first row's number."""
    within = [line for line in lines if line.baseline <= numbered.baseline]
    end = _widest_gap(word for line in within for word in line.words)
    return sum(line.words[0].center < end for line in within)


def _gone_on(page: PageBlocks, above: PrintedGrid, blocks: list[Block]) -> int:
    """Add the rows of a table that goes on from the page before; gives how many blocks they were."""
    lines = _leading_lines(page.blocks)
    columns = _Columns(above.xs)
    header = _header_again(lines, above, columns)
    named = header or any(map(names_numbers, lines[:_MOST_HEADER_LINES]))
    region = _until_prose(lines[header:], columns.label, columns.width)
    if (named and not header) or not any(_has_number(line) for line in region):
        return 0
    names = _header_cells(lines[:header], columns) if header else ()
    blocks.append(_grid(names, region, columns, page))
    return header + len(region)


def _header_again(lines: Sequence[PrintedLine], above: PrintedGrid, columns: _Columns) -> int:
    """How many lines at the top of a page repeat the header of the table above."""
    names = [fold(cell.text) for cell in above.cells if cell.header]
    for count in range(1, min(_MOST_HEADER_LINES, len(lines)) + 1):
        if names and names == [fold(x.text) for x in _header_cells(lines[:count], columns)]:
            return count
    return 0


def _has_number(line: PrintedLine) -> bool:
    return _has_gap(line) and bool(_LABEL.fullmatch(line.words[0].text))


def _leading_lines(blocks: Sequence[Block]) -> list[PrintedLine]:
    lines: list[PrintedLine] = []
    for block in blocks:
        if isinstance(block, PrintedGrid):
            break
        lines.append(block)
    return lines


def _segments(line: PrintedLine) -> list[list[Word]]:
    """The words of a line between wide gaps."""
    parts = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.left - before.right >= _GAP * line.height:
            parts.append([])
        parts[-1].append(word)
    return parts


def names_numbers(line: PrintedLine) -> bool:
    """Whether a line begins with the name of the column that numbers the rows, apart from two others."""
    parts = _segments(line)
    first = " ".join(word.text for word in parts[0])
    return len(parts) >= _FEWEST_COLUMNS and column_role(first) == "label"


def _has_gap(line: PrintedLine) -> bool:
    return len(_segments(line)) > 1


def _is_row(line: PrintedLine, header: PrintedLine) -> bool:
    """Whether a line begins with the number of a row, below the name of that column."""
    under = line.left <= _segments(header)[0][-1].right + header.height
    return under and bool(_LABEL.fullmatch(line.words[0].text))


def header_above(blocks: Sequence[Block], header: PrintedLine) -> list[PrintedLine]:
    """The lines right above the one that names the numbers' column which name columns too, right of it."""
    at = next(n for n, block in enumerate(blocks) if block is header)
    found: list[PrintedLine] = []
    below = header
    for block in blocks[max(0, at - _MOST_HEADER_LINES) : at][::-1]:
        if (
            isinstance(block, PrintedGrid)
            or below.baseline - block.baseline > _CLOSE * header.height
        ):
            break
        if block.left <= _segments(header)[0][-1].right:
            break
        found.insert(0, block)
        below = block
    return found


def _region(lines: Sequence[PrintedLine], header: PrintedLine) -> list[PrintedLine]:
    label = _segments(header)[0][-1].right + _GAP * header.height
    width = max(line.right for line in (*lines, header)) - header.left
    return _until_prose(lines, label, width)


def _until_prose(lines: Sequence[PrintedLine], label: float, width: float) -> list[PrintedLine]:
    """The lines down to those that no column parts: two of prose, or what isn't followed by a row."""
    region: list[PrintedLine] = []
    waiting: list[PrintedLine] = []
    prose = 0
    for line in lines:
        across = line.left <= label and not _is_numbered(line, label)
        if not across:
            region += [*waiting, line]
            waiting, prose = [], 0
            continue
        waiting.append(line)
        prose += line.right - line.left > _WIDE * width
        if prose > 1 or len(waiting) > 2:
            break
    return region


def _is_numbered(line: PrintedLine, label: float) -> bool:
    """Whether what stands in the first column is a number apart, or all of the line."""
    first = _segments(line)[0]
    return first[-1].right <= label + line.height and (len(first) == 1 or first[-1].right <= label)


def _columns(region: Sequence[PrintedLine], header: Sequence[PrintedLine]) -> _Columns | None:
    """The columns by the space that no line's words take; None for fewer than three."""
    label = _segments(header[-1])[0][-1].right
    words = sorted(
        (word for line in region if not _is_across(line, label) for word in line.words),
        key=attrgetter("left"),
    )
    if not words:
        return None
    names = [(part[0].left, part[-1].right) for line in header for part in _segments(line)]
    edges = [min(words[0].left, header[-1].left)]
    right = words[0].right
    for word in words[1:]:
        if word.left - right >= _FREE * word.height:
            edges.append(_edge(right, word.left, names))
        right = max(right, word.right)
    edges.append(max(right, *(line.right for line in header)))
    return _Columns(tuple(edges)) if len(edges) > _FEWEST_COLUMNS else None


def _edge(low: float, high: float, names: Sequence[tuple[float, float]]) -> float:
    """The middle of a free space, of that part of it into which no column's name reaches.

    >>> _edge(100, 150, [(60, 120), (130, 200)]), _edge(100, 150, [(60, 200)])
    (125.0, 125.0)
    """
    for left, right in names:
        if left < low < right < high:
            low = right
        elif low < left < high < right:
            high = left
    return (low + high) / 2


def _header_cells(lines: Sequence[PrintedLine], columns: _Columns) -> tuple[PrintedCell, ...]:
    """The cells of the columns' names, each in the column that it is over most."""
    found: list[list[Word]] = [[] for _ in columns.edges[1:]]
    for line in lines:
        for part in _segments(line):
            found[columns.under(part)] += part
    return tuple(
        PrintedCell(0, n, lines=tuple(printed_lines(words)), header=True)
        for n, words in enumerate(found)
    )


def _grid(
    header: tuple[PrintedCell, ...],
    region: Sequence[PrintedLine],
    columns: _Columns,
    page: PageBlocks,
) -> PrintedGrid:
    first = 1 if header else 0
    cells = list(header)
    rows = list(_rows(region, columns, page.page.rules))
    for number, row in enumerate(rows, first):
        cells += _cells(row, columns, number)
    cells = _merged(cells, columns, rows, first)
    top = min(cell.lines[0].baseline for cell in cells if cell.lines)
    pages = (page.page.number,) * (len(rows) + first)
    return PrintedGrid(tuple(cells), columns.edges, pages, top, "spacing")


@dataclass(frozen=True, slots=True)
class _UnruledRow:
    """A row: its words, where it begins and ends, and whether its words stand across the columns."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    across: bool = False


def _rows(
    region: Sequence[PrintedLine], columns: _Columns, rules: Sequence[DrawnRule]
) -> Iterator[_UnruledRow]:
    """The rows: each has one number, or words across the columns."""
    begun = [line for line in region if line.left < columns.label] or [region[0]]
    at_top = _begin_with_numbers(region, columns)
    if begun[0] is not region[0] and (at_top or _is_apart(region, begun[0], columns)):
        begun.insert(0, region[0])
    cuts = [_cut(a, b, region, columns, rules, at_top) for a, b in pairwise(begun)]
    tops = [region[0].top, *cuts]
    bottoms = [*cuts, region[-1].bottom]
    rows: list[list[Word]] = [[] for _ in begun]
    for word in (word for line in region for word in line.words):
        rows[bisect_right(cuts, word.center)].append(word)
    for line, words, top, bottom in zip(begun, rows, tops, bottoms, strict=True):
        yield _UnruledRow(tuple(words), top, bottom, _is_across(line, columns.label))


def _is_across(line: PrintedLine, label: float) -> bool:
    """Whether the words of a line begin in the first column and go on over the next."""
    is_number = len(line.words) == 1 and bool(_LABEL.fullmatch(line.words[0].text))
    return line.left < label and not is_number and not _has_gap(line)


def _begin_with_numbers(region: Sequence[PrintedLine], columns: _Columns) -> bool:
    """Whether rows have their numbers in their first line: then a line below one across has a number."""
    label, main = columns.label, _main(region, columns)
    first = [b for a, b in pairwise(region) if _is_across(a, label)]
    numbered = [line for line in region if line.left < label and not _is_across(line, label)]
    level = [line for line in numbered if any(columns.of(word) == main for word in line.words)]
    return all(line.left < label for line in first) and len(level) >= _MOSTLY * len(numbered)


def _is_apart(region: Sequence[PrintedLine], first: PrintedLine, columns: _Columns) -> bool:
    """Whether a row ends between the first line of all and the first with a number."""
    main = _main(region, columns)
    lines = [x.baseline for x in printed_lines(w for x in region for w in x.words if columns.of(w) == main)]  # fmt: skip
    apart = [(b - a, b) for a, b in pairwise(lines)]
    usual = min((by for by, _ in apart), default=0.0)
    return any(by > _ROWS_APART * usual for by, below in apart if below <= first.baseline)


def _main(region: Sequence[PrintedLine], columns: _Columns) -> int:
    """The column that has most letters."""
    letters = [0] * (len(columns.edges) - 1)
    for line in region:
        for word in line.words:
            letters[columns.of(word)] += len(word.text)
    return letters.index(max(letters))


def _cut(
    above: PrintedLine,
    below: PrintedLine,
    region: Sequence[PrintedLine],
    columns: _Columns,
    rules: Sequence[DrawnRule],
    at_top: bool,
) -> float:
    """Where a row ends and the next begins: at a line across, above its number, or where most space is."""
    drawn = [
        rule.y0
        for rule in rules
        if rule.across and above.baseline < rule.y0 < below.baseline and rule.x1 - rule.x0 > columns.width / 2
    ]  # fmt: skip
    if drawn:
        return drawn[0]
    if at_top:
        return below.baseline - 2 * MIDDLE * below.height
    return _widest_gap(
        word
        for line in region
        for word in line.words
        if above.baseline <= word.baseline <= below.baseline
    )


def _widest_gap(words: Iterable[Word]) -> float:
    """Half way between the lines that are furthest apart, the last of those."""
    heights = {word.baseline: word.height for word in words}
    lines = sorted(heights)
    apart = [(round(b - a), a, b) for a, b in pairwise(lines)]
    _, a, b = max(apart, default=(0, lines[0], lines[0]))
    return (a + b) / 2 - MIDDLE * heights[b]


def _cells(row: _UnruledRow, columns: _Columns, number: int) -> list[PrintedCell]:
    count = len(columns.edges) - 1
    if row.across:
        return [PrintedCell(number, 0, columns=count, lines=tuple(printed_lines(row.words)))]
    return [
        PrintedCell(
            number, n, lines=tuple(printed_lines(w for w in row.words if columns.of(w) == n))
        )
        for n in range(count)
    ]


def _merged(
    cells: Sequence[PrintedCell], columns: _Columns, rows: Sequence[_UnruledRow], first: int
) -> list[PrintedCell]:
    """The cells, with those merged down whose words stand in the middle of several rows."""
    at = {(cell.row, cell.column): cell for cell in cells}
    for column in range(2, len(columns.edges) - 1):
        for n, row in enumerate(rows):
            cell = at.get((n + first, column))
            if cell is None or not cell.lines or row.across:
                continue
            free = [_is_empty(at.get((k + first, column))) for k in range(len(rows))]
            above, below = _reach(cell, n, rows, free)
            for k in range(above, below + 1):
                at.pop((k + first, column), None)
            at[above + first, column] = replace(cell, row=above + first, rows=below - above + 1)
    return [at[place] for place in sorted(at)]


def _is_empty(cell: PrintedCell | None) -> bool:
    return cell is not None and not cell.lines


def _reach(
    cell: PrintedCell, n: int, rows: Sequence[_UnruledRow], free: Sequence[bool]
) -> tuple[int, int]:
    """The first and last row in whose middle a cell's words stand: its own, or with free ones around it."""
    height = cell.lines[0].height
    middle = (cell.lines[0].baseline + cell.lines[-1].baseline) / 2 - MIDDLE * height
    above = below = n
    while above > max(0, n - _MOST_MERGED) and free[above - 1]:
        above -= 1
    while below < min(len(rows) - 1, n + _MOST_MERGED) and free[below + 1]:
        below += 1
    off = {
        (a, b): abs((rows[a].top + rows[b].bottom) / 2 - middle)
        for a in range(above, n + 1)
        for b in range(n, below + 1)
    }
    best = min(off, key=lambda reach: (off[reach], reach))
    return best if off[best] < _MIDDLE * height < off[n, n] else (n, n)
