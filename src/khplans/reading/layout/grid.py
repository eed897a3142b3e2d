"""What a form of text tables gives: rows of cells, each the stretches of text that are its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khplans.layout import Cell, Table
from khplans.reading.lines.line import Line
from khplans.text.passage import Span, read_passage

GridCell = Sequence[Span]
"""The stretches of a cell, none for an empty one."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of a row from left to right; `header` where they name what stands under them."""

    cells: Sequence[GridCell]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, and the index of the line behind it."""

    rows: Sequence[GridRow]
    stop: int


def trimmed(source: str, start: int, end: int) -> Span:
    """A stretch without the blanks at its ends.

    >>> trimmed("| Sở Y tế |", 1, 10)
    Span(start=2, end=9)
    """
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


def cut(source: str, start: int, stop: int, mark: str) -> list[Span]:
    """The stretches between marks, without the blanks around them.

    >>> cut("1|Sở Y tế||2025", 0, 15, "|")
    [Span(start=0, end=1), Span(start=2, end=9), Span(start=10, end=10), Span(start=11, end=15)]
    """
    spans: list[Span] = []
    while (found := source.find(mark, start, stop)) >= 0:
        spans.append(trimmed(source, start, found))
        start = found + len(mark)
    spans.append(trimmed(source, start, stop))
    return spans


def as_cells(spans: Iterable[Span]) -> list[list[Span]]:
    """A cell for each stretch, empty where it has no words."""
    return [[span] if span.start < span.end else [] for span in spans]


def texts_of(source: str, cells: Iterable[GridCell]) -> list[str]:
    """The readable words of cells."""
    return [read_passage(source, cell).text for cell in cells]


def table_of(grid: Grid, lines: Sequence[Line], i: int) -> Table:
    """A grid that begins at line `i` as a table of the layout."""
    cells = [
        Cell(r, c, tuple(spans), header=row.header)
        for r, row in enumerate(grid.rows)
        for c, spans in enumerate(row.cells)
    ]
    return Table(Span(lines[i].start, lines[grid.stop - 1].end), tuple(cells), "inferred")
