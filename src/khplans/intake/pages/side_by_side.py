"""Text in two columns beside each other: a letterhead, recipients and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from khplans.intake.pages.blocks import Block, PageBlocks, PrintedCell, PrintedGrid
from khplans.intake.pages.lines import PrintedLine, printed_lines
from khplans.intake.pages.page import Word

_WIDE = 2.0
"""A gap between columns, in heights of the line."""
_NARROWEST = 2.0
"""Points that stay free between the columns on all of their lines."""
_APART, _TIMES = 0.6, 2.0
"""A gap between columns in any line, in its heights and in gaps between its words."""
_MOST_ABOVE = 2
"""Lines of a letterhead above the first that shows its columns."""
_ALIGNED = 30.0
"""Points that the middle of a line may be off that of its column."""
_SAME_LEFT = 10.0
_FEWEST = 3
_MARKER = re.compile(r"(?:[-–+*•▪]|\(?[\dIVXa-zđ]{1,5}(?:\.\d+)*[.)])")


Reach = tuple[float, float]


@dataclass(slots=True)
class TextColumns:
    """Two columns while their lines are gathered: the gap between them, and the words of each."""

    low: float
    high: float
    left: list[Word]
    right: list[Word]
    reach: tuple[Reach, Reach] = field(init=False)
    """From where to where the words of each go."""

    def __post_init__(self) -> None:
        self.reach = _reach(self.left), _reach(self.right)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def parts(self, line: PrintedLine) -> tuple[list[Word], list[Word]] | None:
        """The words of a line in each column; None where it runs over the gap."""
        left = [word for word in line.words if word.middle < self.middle]
        right = [word for word in line.words if word.middle >= self.middle]
        low = max([self.low, *(word.right for word in left)])
        high = min([self.high, *(word.left for word in right)])
        return (left, right) if high - low >= _NARROWEST else None

    def add(self, left: Sequence[Word], right: Sequence[Word]) -> None:
        self.left += left
        self.right += right
        self.reach = _reach(left, self.reach[0]), _reach(right, self.reach[1])
        self.low = max([self.low, *(word.right for word in left)])
        self.high = min([self.high, *(word.left for word in right)])

    def takes(self, line: PrintedLine) -> bool:
        """Whether a line belongs to the columns: it has a gap there, or stands in line with one of them."""
        parts = self.parts(line)
        if parts is None:
            return False
        left, right = parts
        if left and right:
            return right[0].left - left[-1].right >= _least_gap(line)
        begins, ends = self.reach[0 if left else 1]
        centred = abs((line.left + line.right) / 2 - (begins + ends) / 2) <= _ALIGNED
        return centred or (bool(left) and abs(line.left - begins) <= _SAME_LEFT)


def _reach(words: Sequence[Word], before: Reach = (inf, -inf)) -> Reach:
    begins, ends = before
    return min([begins, *(word.left for word in words)]), max([ends, *(word.right for word in words)])  # fmt: skip


def _least_gap(line: PrintedLine) -> float:
    """How wide a gap in a line must be to part columns: more than between its words."""
    gaps = sorted(right.left - left.right for left, right in pairwise(line.words))
    return max(_APART * line.height, _TIMES * gaps[len(gaps) // 2] if len(gaps) > 2 else 0.0)


def with_columns(page: PageBlocks) -> PageBlocks:
    """The page with its text in two columns as tables of two cells."""
    blocks: list[Block] = []
    i = 0
    while i < len(page.blocks):
        found = _columns_at(page, i)
        if found is None:
            blocks.append(page.blocks[i])
            i += 1
            continue
        first, stop, columns = found
        if _are_markers(columns):
            blocks += page.blocks[i:stop]
        else:
            del blocks[len(blocks) - (i - first) :]
            blocks.append(_table(columns, page.page.number))
        i = stop
    return PageBlocks(page.page, tuple(blocks))


def _columns_at(page: PageBlocks, i: int) -> tuple[int, int, TextColumns] | None:
    """The columns to which a block with a wide gap belongs, and where they begin and end."""
    seed = page.blocks[i]
    if isinstance(seed, PrintedGrid):
        return None
    one = _seed(seed)
    columns = one or _seed_of_two(page.blocks[i : i + 2])
    if columns is None:
        return None
    stop = i + (1 if one else 2)
    while stop < len(page.blocks) and _takes(columns, page.blocks[stop]):
        stop += 1
    first = _from_top(columns, page.blocks, i)
    if stop - first < _FEWEST:
        return None
    return first, stop, columns


def _takes(columns: TextColumns, block: Block) -> bool:
    if isinstance(block, PrintedGrid) or not columns.takes(block):
        return False
    columns.add(*(columns.parts(block) or ((), ())))
    return True


def _seed(line: PrintedLine) -> TextColumns | None:
    """The columns that a line shows: its one wide gap."""
    gaps = [
        (right.left - left.right, n)
        for n, (left, right) in enumerate(pairwise(line.words), start=1)
        if right.left - left.right >= _WIDE * line.height
    ]
    if len(gaps) != 1:
        return None
    _, n = gaps[0]
    left, right = list(line.words[:n]), list(line.words[n:])
    return TextColumns(max(word.right for word in left), right[0].left, left, right)


def _seed_of_two(blocks: Sequence[Block]) -> TextColumns | None:
    """The columns that two lines show of which one stands right of the other, hardly lower."""
    lines = [block for block in blocks if isinstance(block, PrintedLine)]
    if len(lines) < 2:
        return None
    line, below = lines
    left, right = sorted((line, below), key=lambda one: one.left)
    apart = right.left - left.right >= _WIDE * line.height
    level = below.baseline - line.baseline < line.height
    if not (apart and level):
        return None
    return TextColumns(left.right, right.left, list(left.words), list(right.words))


def _from_top(columns: TextColumns, blocks: Sequence[Block], i: int) -> int:
    """The page's first line, where the few lines above leave the gap free: a letterhead; else the line itself."""
    above = [block for block in blocks[: min(i, _MOST_ABOVE + 1)] if isinstance(block, PrintedLine)]
    if i > _MOST_ABOVE or len(above) < i or not all(map(columns.parts, above)):
        return i
    for line in above:
        columns.add(*(columns.parts(line) or ((), ())))
    return 0


def _are_markers(columns: TextColumns) -> bool:
    """Whether the left column has no more than the markers of a list."""
    return all(_MARKER.fullmatch(line.text) for line in printed_lines(columns.left))


def _table(columns: TextColumns, page: int) -> PrintedGrid:
    left, right = printed_lines(columns.left), printed_lines(columns.right)
    top = min(line.baseline for line in (*left, *right))
    cells = (PrintedCell(0, 0, lines=tuple(left)), PrintedCell(0, 1, lines=tuple(right)))
    edges = (min(line.left for line in left), columns.middle, max(line.right for line in right))
    return PrintedGrid(cells, edges, (page,), top, "spacing", wrapped=False)
