"""The rows of a table as blocks take them: what stands in each of its columns, and what it heads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from khplans import layout
from khplans.model import BlockKind, Cell
from khplans.reading.layout.columns import Columns, read_columns
from khplans.reading.layout.groups import GROUPS, RowAmong
from khplans.reading.layout.labels import label_marker, numbered_cell
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import Marker
from khplans.text.passage import Correction, Passage, read_passage

_MOST_COLUMNS = 64
"""Word allows 63."""
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line between rows: its lines, cells and number; `group` where it only
    heads those below it."""

    kind: BlockKind
    lines: Sequence[Line]
    cells: tuple[Cell, ...] = ()
    marker: Marker | None = None
    group: bool = False


@dataclass(frozen=True)
class Across:
    """A row of the grid: the cell that takes each of its columns, merged ones of rows above too."""

    number: int
    places: tuple[layout.Cell | None, ...]
    starts: Sequence[int]
    """The columns of the grid in which cells begin, in order."""

    @cached_property
    def own(self) -> list[layout.Cell]:
        """The cells with words that begin in this row."""
        cells = {cell.column: cell for cell in self.places if cell and cell.row == self.number}
        return [cell for cell in cells.values() if cell.spans]

    def begins(self, k: int) -> layout.Cell | None:
        """The cell that begins in the `k`th column, of this row or merged down into it."""
        cell = self.places[k]
        return cell if cell and cell.column == self.starts[k] else None

    @property
    def named(self) -> bool:
        """Whether its cells are marked as names of columns."""
        return bool(self.own) and all(cell.header for cell in self.own)


def across(table: layout.Table) -> list[Across]:
    """The rows of a table's grid that have a cell of their own; none where it is wider than tables are.

    >>> span = Span(0, 1)
    >>> cells = layout.Cell(0, 0, (span,), rows=2), layout.Cell(0, 1, ()), layout.Cell(1, 1, ())
    >>> first, second = across(layout.Table(span, cells))
    >>> second.places[0] is first.places[0], second.own
    (True, [])
    """
    starts = sorted({cell.column for cell in table.cells})
    if len(starts) > _MOST_COLUMNS:
        return []
    rows: list[Across] = []
    above: list[layout.Cell] = []
    cells = sorted(table.cells, key=attrgetter("row", "column"))
    for number, group in groupby(cells, key=attrgetter("row")):
        above = [cell for cell in above if cell.row + cell.rows > number] + list(group)
        places: list[layout.Cell | None] = [None] * len(starts)
        for cell in above:
            first = bisect_left(starts, cell.column)
            for k in range(first, bisect_left(starts, cell.column + cell.columns)):
                places[k] = cell
        rows.append(Across(number, tuple(places), starts))
    return rows


def rows_of(
    table: layout.Table, lines: Sequence[Line], source: str, corrections: Sequence[Correction]
) -> list[Row]:
    """The rows of a table that stands on these lines, in their order; none where no row names columns.

    A line of no row, as one of `|---|`, is furniture.
    """
    reader = _Reader(lines, source, corrections)
    rows = _grouped(reader.read(across(table)))
    used = {line.start for row in rows for line in row.lines}
    rest = (line for line in lines if line.raw and line.start not in used)
    rows += [Row("furniture", [line]) for line in rest] if rows else []
    return sorted(rows, key=lambda row: row.lines[0].start)


class _Reader:
    """Reads the rows of one table, from the one that names its columns on."""

    def __init__(
        self, lines: Sequence[Line], source: str, corrections: Sequence[Correction]
    ) -> None:
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.source = source
        self.corrections = corrections

    def read(self, rows: Sequence[Across]) -> list[Row]:
        """The rows that have words."""
        found: list[Row] = []
        columns: Columns | None = None
        k = 0
        while k < len(rows):
            depth, again = self.header(rows, k, columns)
            if again:
                columns = again
                found += [self.names(row, columns) for row in rows[k : k + depth] if row.own]
            elif columns is not None and rows[k].own:
                found.append(self.row(rows[k], columns))
            k += depth
        return found

    def header(
        self, rows: Sequence[Across], k: int, columns: Columns | None
    ) -> tuple[int, Columns | None]:
        """How many rows from the `k`th on name columns together, and which; one and None for another row."""
        row = rows[k]
        if not row.named and (columns is not None and not self.repeats(row, columns)):
            return 1, None
        depth = self.depth(rows, k)
        found = read_columns(self.headings(rows[k : k + depth]))
        return (depth, found) if found else (1, None)

    def depth(self, rows: Sequence[Across], k: int) -> int:
        """How many rows name columns from the `k`th on: as many as its merged cells take, or are marked."""
        lowest = max((cell.row + cell.rows for cell in rows[k].own if cell.columns == 1), default=0)
        stop = k + 1
        while stop < min(len(rows), k + _MOST_HEADER_ROWS):
            if rows[stop].number >= lowest and not self.under(rows[k], rows[stop]):
                break
            stop += 1
        return stop - k

    def under(self, row: Across, below: Across) -> bool:
        """Whether a row names parts of columns that one above it names together."""
        return (
            below.named and row.named and len(below.own) < len(below.places) and not below.begins(0)
        )

    def repeats(self, row: Across, columns: Columns) -> bool:
        """Whether a row names the table's columns once more, as at the top of each page."""
        texts = self.headings([row])
        again = read_columns(texts)
        return again is not None and again.roles == columns.roles

    def headings(self, rows: Sequence[Across]) -> list[str]:
        """The name of each column: what stands over it in these rows, from the top."""
        names = []
        for k in range(len(rows[0].places)):
            over = {id(cell): cell for row in rows if (cell := row.places[k])}
            names.append(" ".join(filter(None, (self.text(cell).text for cell in over.values()))))
        return names

    def text(self, cell: layout.Cell | None) -> Passage:
        if cell is None or not cell.spans:
            return Passage("")
        return read_passage(self.source, cell.spans, self.corrections)

    def names(self, row: Across, columns: Columns) -> Row:
        """A row that names columns."""
        return Row("columns", self.lines_of(row), self.cells(row, columns))

    def cells(self, row: Across, columns: Columns) -> tuple[Cell, ...]:
        return tuple(
            Cell(role, header, self.text(cell), merged=bool(cell and cell.row < row.number))
            for role, header, cell in zip(
                columns.roles, columns.headers, map(row.begins, range(len(row.places))), strict=True
            )
        )

    def row(self, row: Across, columns: Columns) -> Row:
        """A row of what the table tells, with its number."""
        cells = self.cells(row, columns)
        if "label" in columns.roles:
            marker = label_marker(cells[columns.roles.index("label")].text.text)
        else:
            marker, cells = numbered_cell(cells)
        return Row("row", self.lines_of(row), cells, marker)

    def lines_of(self, row: Across) -> list[Line]:
        """The lines that its words stand on."""
        spans = (span for cell in row.own for span in cell.spans)
        found = {bisect_right(self.starts, span.start) - 1 for span in spans}
        return [self.lines[max(k, 0)] for k in sorted(found)]


def _grouped(rows: Sequence[Row]) -> list[Row]:
    """Mark the rows that only head those below."""
    told = [row for row in rows if row.kind == "row"]
    levels = [row.marker.level if row.marker else None for row in told]
    deepest = max((level for level in levels if level is not None), default=0)
    heads = {
        id(row)
        for row, level, below in zip(told, levels, [*levels, None][1:], strict=True)
        if GROUPS.decide(RowAmong(row.cells, level, below, row is told[-1], deepest))
    }
    return [replace(row, group=True) if id(row) in heads else row for row in rows]
