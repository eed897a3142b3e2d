"""What a form of text tables gives: rows of cells, each the stretches of text that are its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from unicodedata import combining

from khplans.layout import LayoutCell, LayoutTable
from khplans.reading.lines.line import BLANKS, Line
from khplans.text.passage import Span, read_passage

GridCell = Sequence[Span]
"""The stretches of a cell, none for an empty one."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of a row from left to right; `header` where they name what stands under them.

    `sizes` are the rows and columns that each takes; one of each where none are given.
    """

    cells: Sequence[GridCell]
    header: bool = False
    sizes: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table, the index of the line after it, and the tables in its cells."""

    cells: Sequence[LayoutCell]
    stop: int
    inner: Sequence[LayoutTable] = ()


def without_blanks(source: str, start: int, end: int) -> Span:
    """A stretch without the blanks at its ends.

    >>> without_blanks("| Sở Y tế |", 1, 10)
    Span(start=2, end=9)
    """
    while start < end and _is_blank(source[start]):
        start += 1
    while end > start and _is_blank(source[end - 1]):
        end -= 1
    return Span(start, end)


def _is_blank(character: str) -> bool:
    """Whether a character is nothing that can be read: white space or an invisible mark.

    >>> [_is_blank(character) for character in " \\u200ba"]
    [True, True, False]
    """
    return character.isspace() or character in BLANKS


def printed(text: str) -> list[int]:
    """The column in which each character is printed, and the one after them: accents take none.

    >>> printed("Hòa"), printed("Ho\\u0300a")
    ([0, 1, 2, 3], [0, 1, 2, 2, 3])
    """
    return [0, *accumulate(int(not combining(letter)) for letter in text)]


def cell_words(lines: Iterable[Line]) -> str:
    """The words of a cell that takes these lines."""
    return " ".join(line.text for line in lines if line.text)


def spans_of(lines: Iterable[Line]) -> list[Span]:
    """The stretches of a cell that takes these lines."""
    return [line.span for line in lines if line.raw]


def cut(source: str, start: int, stop: int, mark: str) -> list[Span]:
    """The stretches between marks, without the blanks around them.

    >>> cut("1|Sở Y tế||2025", 0, 15, "|")
    [Span(start=0, end=1), Span(start=2, end=9), Span(start=10, end=10), Span(start=11, end=15)]
    """
    spans: list[Span] = []
    while (found := source.find(mark, start, stop)) >= 0:
        spans.append(without_blanks(source, start, found))
        start = found + len(mark)
    spans.append(without_blanks(source, start, stop))
    return spans


def as_cells(spans: Iterable[Span]) -> list[list[Span]]:
    """A cell for each stretch, empty where it has no words.

    >>> as_cells([Span(0, 2), Span(2, 2)])
    [[Span(start=0, end=2)], []]
    """
    return [[span] if span.start < span.end else [] for span in spans]


def padded(rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows that all have as many cells as the longest: what a row lacks at its end is empty."""
    width = max(len(row.cells) for row in rows)
    return [
        replace(row, cells=[*row.cells, *([] for _ in range(width - len(row.cells)))])
        for row in rows
    ]


def texts_of(source: str, cells: Iterable[GridCell]) -> list[str]:
    """The readable words of cells."""
    return [read_passage(source, cell).text for cell in cells]


def rows_of_texts(source: str, grid: Grid | None) -> list[list[str]]:
    """The words of a grid, row by row: what examples show.

    >>> from khplans.layout import LayoutCell
    >>> grid = Grid([LayoutCell(0, 0, (Span(0, 2),)), LayoutCell(0, 1, (Span(3, 5),)), LayoutCell(1, 0, (Span(6, 7),))], 1)
    >>> rows_of_texts("TT Tê 1", grid), rows_of_texts("TT", None)
    ([['TT', 'Tê'], ['1']], [])
    """
    rows: dict[int, list[str]] = {}
    for cell in grid.cells if grid else ():
        rows.setdefault(cell.row, []).extend(texts_of(source, [cell.spans]))
    return list(rows.values())


def table_of(grid: Grid, lines: Sequence[Line], i: int) -> LayoutTable:
    """A grid that begins at line `i` as a table of the layout."""
    span = Span(lines[i].start, lines[grid.stop - 1].end)
    return LayoutTable(span, tuple(grid.cells), "inferred")


def placed(rows: Sequence[GridRow]) -> list[LayoutCell]:
    """The cells of rows where they stand: each in the first column that none from above takes.

    >>> rows = [GridRow([[Span(0, 2)], [Span(3, 5)]], sizes=[(2, 1), (1, 1)]), GridRow([[Span(6, 8)]])]
    >>> [(cell.row, cell.column) for cell in placed(rows)]
    [(0, 0), (0, 1), (1, 1)]
    """
    cells: list[LayoutCell] = []
    taken = 0
    until: dict[int, int] = {}
    for r, row in enumerate(rows):
        taken &= ~until.pop(r, 0)
        column = 0
        sizes = row.sizes or [(1, 1)] * len(row.cells)
        for spans, (down, right) in zip(row.cells, sizes, strict=True):
            free = ~taken >> column
            column += (free & -free).bit_length() - 1
            if down > 1:
                columns = ((1 << right) - 1) << column
                taken |= columns
                until[r + down] = until.get(r + down, 0) | columns
            cells.append(LayoutCell(r, column, tuple(spans), down, right, row.header))
            column += right
    return cells
