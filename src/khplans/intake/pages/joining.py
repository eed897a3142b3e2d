"""Tables that go on over pages: joined, their repeated headers dropped, rows that a page cuts made whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from khplans.intake.pages.blocks import PrintedCell, PrintedGrid
from khplans.intake.pages.cell_paragraphs import has_ended
from khplans.text.fold import fold

_SAME_EDGE = 6.0
"""Points that the edges of a table may lie apart on two pages."""
_MOST_HEADER_ROWS = 4
_MOST_PAGES_OF_A_ROW = 20


def has_same_columns(above: PrintedGrid, below: PrintedGrid) -> bool:
    """Whether a table at the top of a page is of the kind and has the columns of the one at the end of the page before."""
    kinds = {(grid.basis, grid.wrapped, len(grid.xs)) for grid in (above, below)}
    return len(kinds) == 1 and all(
        abs((x - above.xs[0]) - (y - below.xs[0])) <= _SAME_EDGE
        for x, y in zip(above.xs, below.xs, strict=True)
    )


class Joined:
    """A table over pages, which begins with that of its first page.

    `repeated` has the header words left out, each with the row before which they stood; `mended` counts the rows
    made whole.
    """

    def __init__(self, first: PrintedGrid) -> None:
        self.first = first
        self.repeated: list[tuple[int, str]] = []
        self.mended = 0
        self._rows: list[list[PrintedCell]] = []
        self._pages: list[int] = []
        self._reaching: dict[tuple[int, int], tuple[int, int]] = {}
        """By their columns the cells that reach the last row: their row, and their number in it."""
        self._head = [_words(row) for row in first.rows()[:_MOST_HEADER_ROWS]]
        self._labelled: Counter[bool] = Counter()
        """How many cells of the first column have something in them, and how many nothing."""
        self._add(first.rows(), first.pages)

    def grid(self) -> PrintedGrid:
        """All of it."""
        cells = tuple(cell for row in self._rows for cell in row)
        return replace(self.first, cells=cells, pages=tuple(self._pages))

    def join(self, below: PrintedGrid) -> None:
        """Add the rows of a table that goes on."""
        rows = below.rows()
        again = self._rows_again(rows)
        if again:
            words = " ".join(cell.text for row in rows[:again] for cell in row if cell.text)
            self.repeated.append((len(self._rows), " ".join(words.split())))
            for row in self._rows[:again]:
                row[:] = (replace(cell, header=True) for cell in row)
        pages_of_last = 1 + below.pages[0] - self._pages[-1]
        if rows[again:] and pages_of_last <= _MOST_PAGES_OF_A_ROW and self._is_cut(rows[again]):
            self._mend(rows[again], below.pages[again])
            again += 1
        self._add(rows[again:], below.pages[again:])

    def _rows_again(self, below: Sequence[Sequence[PrintedCell]]) -> int:
        """How many of its first rows a table repeats at the top of the next page."""
        same = 0
        for names, row in zip(self._head, below, strict=False):
            if names != _words(row) or not any(text for _, text in names):
                break
            same += 1
        cells = [cell for row in below[:same] for cell in row]
        while same and any(cell.row < same < cell.row + cell.rows for cell in cells):
            same -= 1
        return same

    def _is_cut(self, first: Sequence[PrintedCell]) -> bool:
        """Whether the first row of a page goes on with the last of the page before.

        It has no number of its own though the others do, and goes on with cells that have words: one
        alone, or the longest of them in the middle of a sentence.
        """
        if not first or not all(_columns(cell) in self._reaching for cell in first):
            return False
        pairs = [(self._cell(self._reaching[_columns(cell)]), cell) for cell in first]
        if pairs[0][0].column or pairs[0][1].lines or not self._is_numbered():
            return False
        going = [(before, cell) for before, cell in pairs if cell.lines]
        if not going or not all(before.lines for before, _ in going):
            return False
        before, cell = max(going, key=lambda pair: len(pair[0].text))
        alone = len(going) == 1 < sum(bool(b.lines) for b, _ in pairs[1:])
        return alone or cell.text[0].islower() or not has_ended(before.text)

    def _is_numbered(self) -> bool:
        """Whether most rows have something in the first column."""
        return self._labelled[True] > self._labelled[False]

    def _cell(self, place: tuple[int, int]) -> PrintedCell:
        return self._rows[place[0]][place[1]]

    def _mend(self, more: Sequence[PrintedCell], page: int) -> None:
        """Put what stands in a row of another page to the last row."""
        self.mended += 1
        for cell in more:
            row, n = self._reaching[_columns(cell)]
            lines = tuple(replace(line, page=page) for line in cell.lines)
            before = self._rows[row][n]
            self._rows[row][n] = replace(before, lines=before.lines + lines)

    def _add(self, rows: Sequence[Sequence[PrintedCell]], pages: Sequence[int]) -> None:
        """Add rows; cells merged down go on where nothing stands under them."""
        height, end = len(self._rows), len(self._rows) + len(rows)
        reaching = {} if rows else self._reaching
        for at, row in enumerate(rows, height):
            self._rows.append([])
            for cell in row:
                place = self._reaching.get(_columns(cell))
                if at == height and place and not cell.lines and self._goes_down(place):
                    over = self._cell(place)
                    self._rows[place[0]][place[1]] = replace(over, rows=over.rows + cell.rows)
                else:
                    place = at, len(self._rows[at])
                    self._rows[at].append(replace(cell, row=at))
                    self._labelled[bool(cell.lines)] += cell.column == 0
                if at + cell.rows == end:
                    reaching[_columns(cell)] = place
        self._reaching = reaching
        self._pages += pages

    def _goes_down(self, place: tuple[int, int]) -> bool:
        cell = self._cell(place)
        return cell.rows > 1 and bool(cell.lines)


def _words(row: Sequence[PrintedCell]) -> list[tuple[int, str]]:
    return [(cell.column, fold(cell.text)) for cell in row]


def _columns(cell: PrintedCell) -> tuple[int, int]:
    return cell.column, cell.columns
