"""Tables that go on over pages: joined, their repeated headers dropped, rows that a page cuts made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from khplans.intake.pages.blocks import PrintedCell, PrintedGrid
from khplans.text.fold import fold

_SAME_EDGE = 6.0
"""Points that the edges of a table may lie apart on two pages."""
_MOST_HEADER_ROWS = 4
_ENDED = re.compile(r"[.;:!?…]['\"”’)\]]*$|/\.$")


@dataclass(slots=True)
class Joined:
    """A table over pages: the repeated header words left out, with the row before which they stood, and the rows made whole."""

    grid: PrintedGrid
    repeated: list[tuple[int, str]] = field(default_factory=list)
    mended: int = 0


def has_same_columns(above: PrintedGrid, below: PrintedGrid) -> bool:
    """Whether a table at the top of a page has the columns of the one at the end of the page before."""
    return len(above.xs) == len(below.xs) and all(
        abs((x - above.xs[0]) - (y - below.xs[0])) <= _SAME_EDGE
        for x, y in zip(above.xs, below.xs, strict=True)
    )


def join(table: Joined, below: PrintedGrid) -> None:
    """Add the rows of a table that goes on."""
    again = _rows_again(table.grid, below)
    if again:
        words = " ".join(cell.text for row in range(again) for cell in below.row(row) if cell.text)
        table.repeated.append((table.grid.height, " ".join(words.split())))
        table.grid = _with_header(table.grid, again)
    rest = _from_row(below, again)
    if not rest.cells:
        return
    if _is_cut(table.grid, rest):
        table.grid = _with_last_row_mended(table.grid, rest)
        table.mended += 1
        rest = _from_row(rest, 1)
    table.grid = _added(table.grid, rest)


def _rows_again(first: PrintedGrid, below: PrintedGrid) -> int:
    """How many of its first rows a table repeats at the top of the next page."""
    same = 0
    for row in range(min(_MOST_HEADER_ROWS, first.height, below.height)):
        texts = [_words(grid, row) for grid in (first, below)]
        if texts[0] != texts[1] or not any(words for _, words in texts[0]):
            break
        same = row + 1
    while same and any(cell.row < same < cell.row + cell.rows for cell in below.cells):
        same -= 1
    return same


def _words(grid: PrintedGrid, row: int) -> list[tuple[int, str]]:
    return [(cell.column, fold(cell.text)) for cell in grid.row(row)]


def _with_header(grid: PrintedGrid, rows: int) -> PrintedGrid:
    cells = tuple(replace(cell, header=cell.header or cell.row < rows) for cell in grid.cells)
    return replace(grid, cells=cells)


def _from_row(grid: PrintedGrid, first: int) -> PrintedGrid:
    """The rows of a table from one on."""
    cells = tuple(replace(cell, row=cell.row - first) for cell in grid.cells if cell.row >= first)
    return replace(grid, cells=cells, pages=grid.pages[first:])


def _is_cut(above: PrintedGrid, below: PrintedGrid) -> bool:
    """Whether the first row of a page goes on with the last of the page before.

    It has no number of its own though the others do, and goes on with cells that have words: one
    alone, or the longest of them in the middle of a sentence.
    """
    last = {(cell.column, cell.columns): cell for cell in _at_end(above)}
    first = below.row(0)
    if not all((cell.column, cell.columns) in last for cell in first):
        return False
    pairs = [(last[cell.column, cell.columns], cell) for cell in first]
    if pairs[0][0].column or pairs[0][1].lines or not _is_numbered(above):
        return False
    going = [(before, cell) for before, cell in pairs if cell.lines]
    if not going or not all(before.lines for before, _ in going):
        return False
    before, cell = max(going, key=lambda pair: len(pair[0].text))
    alone = len(going) == 1 < sum(bool(b.lines) for b, _ in pairs[1:])
    return alone or cell.text[0].islower() or not _ENDED.search(before.text)


def _at_end(grid: PrintedGrid) -> list[PrintedCell]:
    """The cells that reach the last row."""
    return [cell for cell in grid.cells if cell.row + cell.rows == grid.height]


def _is_numbered(grid: PrintedGrid) -> bool:
    """Whether most rows have something in the first column."""
    first = [cell for cell in grid.cells if cell.column == 0]
    return 2 * sum(bool(cell.lines) for cell in first) > len(first)


def _with_last_row_mended(grid: PrintedGrid, below: PrintedGrid) -> PrintedGrid:
    more = {(cell.column, cell.columns): cell.lines for cell in below.row(0)}
    cells = tuple(
        replace(cell, lines=cell.lines + more.get((cell.column, cell.columns), ()))
        if cell.row + cell.rows == grid.height
        else cell
        for cell in grid.cells
    )
    return replace(grid, cells=cells)


def _added(grid: PrintedGrid, below: PrintedGrid) -> PrintedGrid:
    """A table with the rows of another; cells merged down go on where nothing stands under them."""
    height = grid.height
    down = {
        (cell.column, cell.columns): cell for cell in _at_end(grid) if cell.rows > 1 and cell.lines
    }
    longer: dict[PrintedCell, int] = {}
    added = []
    for cell in below.cells:
        over = down.get((cell.column, cell.columns))
        if over and cell.row == 0 and not cell.lines:
            longer[over] = cell.rows
        else:
            added.append(replace(cell, row=cell.row + height))
    kept = (replace(cell, rows=cell.rows + longer.get(cell, 0)) for cell in grid.cells)
    cells: Sequence[PrintedCell] = sorted([*kept, *added], key=attrgetter("row", "column"))
    return replace(grid, cells=tuple(cells), pages=grid.pages + below.pages)
