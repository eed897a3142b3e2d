"""The rows of a table as blocks take them: what stands in each of its columns, and what it heads."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from operator import attrgetter

from khplans import layout
from khplans.knowledge.columns import lists_things
from khplans.knowledge.wording import Wording
from khplans.model import BlockKind, Cell, ColumnRole, Reason
from khplans.reading.layout.columns import Columns, columns_of_table, counts_columns, read_columns
from khplans.reading.layout.heading_rows import GROUPS, RowAmong
from khplans.reading.layout.labels import label_marker, numbered_cell, numbered_group
from khplans.reading.layout.prose import is_prose
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import RANK, Marker
from khplans.reading.lines.running_heads import why_no_words
from khplans.rules import once
from khplans.text.passage import BLOCK_TAG, Correction, Passage, Span, read_passage
from khplans.text.shadow import shadow

_MOST_COLUMNS = 64
"""Word allows 63."""
_MOST_HEADER_ROWS = 4
_LONGEST_GROUP = 300
_TOLD = 10
"""Rows that tell what a column holds."""
_FEWEST_WORDS = 20
"""Letters of a cell that says what is to be done, on average."""
_LONGEST_NAME = 150
_BREAK = re.compile(BLOCK_TAG, re.IGNORECASE)
_DITTO = Wording(r"[\W_]*(?:n[/.]?t|nhu tren)[\W_]*|[\"'“”″〃]{1,2}", "như trên", folded=True)
_LONGEST_DITTO = 20
_MAY_REPEAT: frozenset[ColumnRole] = frozenset(("lead", "coordinate", "deadline", "output", "unit"))
_BULLETS = ("-", "+", "•", "–")


@dataclass(frozen=True, slots=True)
class RowOfLines:
    """A row of a table, or a line between rows: its stretches, cells and number.

    `group` says that it only heads those below it.
    """

    kind: BlockKind
    lines: Sequence[Line]
    spans: Sequence[Span]
    cells: tuple[Cell, ...] = ()
    marker: Marker | None = None
    group: bool = False
    across: bool = False
    """Whether its words stand across the columns."""
    reason: Reason | None = None


Rows = Sequence[RowOfLines]
"""The rows of a table, in the order of the text; one at least."""


@dataclass(frozen=True)
class Across:
    """A row of the grid: the cell that takes each of its columns, merged ones of rows above too."""

    number: int
    places: tuple[layout.LayoutCell | None, ...]
    starts: Sequence[int]
    """The columns of the grid in which cells begin, in order."""

    @once
    def own(self) -> list[layout.LayoutCell]:
        """The cells with words that begin in this row."""
        cells = {cell.column: cell for cell in self.places if cell and cell.row == self.number}
        return [cell for cell in cells.values() if cell.spans]

    def begins(self, k: int) -> layout.LayoutCell | None:
        """The cell that begins in the `k`th column, of this row or merged down into it."""
        cell = self.places[k]
        return cell if cell and cell.column == self.starts[k] else None

    def places_filled(self, k: int) -> bool:
        """Whether a cell with words takes the `k`th column."""
        cell = self.places[k]
        return cell is not None and bool(cell.spans)

    @property
    def named(self) -> bool:
        """Whether its cells are marked as names of columns."""
        return bool(self.own) and all(cell.header for cell in self.own)

    @property
    def whole(self) -> bool:
        """Whether a cell, if an empty one, stands in each of its columns."""
        return all(self.places)

    @once
    def alone(self) -> layout.LayoutCell | None:
        """Its only cell with words, where that one stands first or across columns."""
        if len(self.own) != 1:
            return None
        (cell,) = self.own
        return cell if cell.columns > 1 or cell.column == self.starts[0] else None


def across(table: layout.LayoutTable) -> list[Across]:
    """The rows of a table's grid that have a cell of their own; none where it is wider than tables are.

    >>> from khplans.text.passage import Span
    >>> cells = layout.LayoutCell(0, 0, (Span(0, 1),), rows=2), layout.LayoutCell(0, 1, ()), layout.LayoutCell(1, 1, ())
    >>> first, second = across(layout.LayoutTable(Span(0, 1), cells))
    >>> second.places[0] is first.places[0], second.own
    (True, [])
    """
    starts = sorted({cell.column for cell in table.cells})
    if len(starts) > _MOST_COLUMNS:
        return []
    rows: list[Across] = []
    above: list[layout.LayoutCell] = []
    cells = sorted(table.cells, key=attrgetter("row", "column"))
    for number, group in groupby(cells, key=attrgetter("row")):
        above = [cell for cell in above if cell.row + cell.rows > number] + list(group)
        places: list[layout.LayoutCell | None] = [None] * len(starts)
        for cell in above:
            first = bisect_left(starts, cell.column)
            for k in range(first, bisect_left(starts, cell.column + cell.columns)):
                places[k] = cell
        rows.append(Across(number, tuple(places), starts))
    return rows


def rows_of(
    table: layout.LayoutTable, lines: Sequence[Line], source: str, corrections: Sequence[Correction]
) -> list[RowOfLines]:
    """The rows of a table that stands on these lines, in their order; none where it is text set as a table.

    A line of no row, as one of `|---|`, is furniture.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế"
    >>> (table,) = infer_layout(text, lines_of(text)).tables
    >>> [(row.kind, [cell.text.text for cell in row.cells]) for row in rows_of(table, lines_of(text), text, ())]
    [('columns', ['TT', 'Nhiệm vụ', 'Chủ trì']), ('row', ['1', 'Trồng rừng', 'Sở Y tế'])]
    >>> rows_of(table, (), text, ())
    []
    """
    if not lines:
        return []
    reader = _RowReader(table, lines, source, corrections)
    grid = across(table)
    found = reader.read(grid)
    if is_prose(table, source, named=reader.named):
        return []
    rows = _grouped(_repeated(found or reader.unnamed(grid)))
    used = {line.start for row in rows for line in row.lines}
    rest = (line for line in lines if line.raw and line.start not in used)
    if rows:
        rows += [
            RowOfLines("furniture", [line], [line.span], reason=_why_in_no_row(table, line))
            for line in rest
        ]
    return sorted(rows, key=lambda row: row.spans[0].start)


def _why_in_no_row(table: layout.LayoutTable, line: Line) -> Reason:
    """Why a line among rows is of none.

    >>> from khplans.reading.lines.line import lines_of
    >>> table = layout.LayoutTable(Span(0, 30), (), set_aside=(Span(0, 4),))
    >>> lines = lines_of("Rừng\\nBiển\\nTrang 5\\n|---|")
    >>> [_why_in_no_row(table, line) for line in lines]
    ['set-aside', 'rule', 'page-number', 'rule']
    """
    aside = any(span.overlaps(line.span) for span in table.set_aside)
    return why_no_words(line) or ("set-aside" if aside else "rule")


class _RowReader:
    """Reads the rows of one table, from the one that names its columns on."""

    def __init__(
        self,
        table: layout.LayoutTable,
        lines: Sequence[Line],
        source: str,
        corrections: Sequence[Correction],
    ) -> None:
        self.exact = table.basis == "file"
        self.wrapped = table.basis == "inferred"
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.source = source
        self.corrections = corrections
        self.named = False
        self._read: dict[tuple[Span, ...], Passage] = {}
        self.shared = self._shared(table)

    def _shared(self, table: layout.LayoutTable) -> set[int]:
        """The lines, by index, on which cells of more than one row stand."""
        rows = {(self.line(span), cell.row) for cell in table.cells for span in cell.spans}
        return {line for line, count in Counter(line for line, _ in rows).items() if count > 1}

    def line(self, span: Span) -> int:
        """The index of the line that a stretch stands on."""
        return max(bisect_right(self.starts, span.start) - 1, 0)

    def read(self, rows: Sequence[Across]) -> list[RowOfLines]:
        """The rows that have words."""
        found: list[RowOfLines] = []
        above: list[RowOfLines] = []
        columns: Columns | None = None
        k = 0
        while k < len(rows):
            depth, again = self.header(rows, k, columns)
            if again:
                columns = self.with_task(again, rows[k + depth : k + depth + _TOLD])
                found += [self.names(row, columns) for row in rows[k : k + depth] if row.own]
            elif columns is None and rows[k].own:
                above.append(self.unnamed_row(rows[k]))
            elif columns is not None and rows[k].own:
                below_names = bool(found) and found[-1].kind == "columns"
                reason: Reason | None = "listed" if lists_things(columns.roles) else None
                found.append(replace(self.row(rows[k], columns, below_names), reason=reason))
            k += depth
        return [*above, *found] if found else []

    def unnamed_row(self, row: Across) -> RowOfLines:
        """A row above the names of the columns."""
        return RowOfLines(
            "row", *self.where(row), tuple(Cell("other", "", self.text(c)) for c in row.own)
        )

    def unnamed(self, rows: Sequence[Across]) -> list[RowOfLines]:
        """The rows of what is a table, though nothing is known of the names of its columns."""
        filled = [row for row in rows if row.own]
        if len(filled) < 2 or not (self.exact or filled[0].named):
            return []
        headings = self.headings(filled[:1])
        columns = columns_of_table(headings)
        if max(map(len, headings)) <= _LONGEST_NAME:
            below = [self.row(row, columns, below_names=False) for row in filled[1:]]
            return [self.names(filled[0], columns), *below]
        return [self.unread(row, self.cells(row, columns)) for row in filled]

    def unread(self, row: Across, cells: Sequence[Cell]) -> RowOfLines:
        """A row of which it is not clear what stands in which column."""
        return RowOfLines(
            "row", *self.where(row), tuple(replace(cell, role="other") for cell in cells)
        )

    def header(
        self, rows: Sequence[Across], k: int, columns: Columns | None
    ) -> tuple[int, Columns | None]:
        """How many rows from the `k`th name columns together, and which; one and None for another row."""
        row = rows[k]
        if not row.named and columns is not None and not self.repeats(row, columns):
            return 1, None
        depth = self.depth(rows, k)
        headings = self.headings(rows[k : k + depth])
        found = read_columns(headings)
        self.named = self.named or found is not None
        if (
            found is None
            and row.named
            and len(row.own) > 1
            and max(map(len, headings)) <= _LONGEST_NAME
        ):
            found = columns_of_table(headings)
        return (depth, found) if found else (1, None)

    def with_task(self, columns: Columns, below: Sequence[Across]) -> Columns:
        """The columns; where they say who and by when but not what, the one with the most words does."""
        roles = columns.roles
        asked = {"lead", "deadline"}.issubset(roles) and not {"task", "name"}.intersection(roles)
        may = [k for k, role in enumerate(roles) if role in ("other", "output", "note")]
        if not asked or not may:
            return columns
        said = {k: sum(len(self.text(row.begins(k)).text) for row in below) for k in may}
        at = max(may, key=said.__getitem__)
        if said[at] < _FEWEST_WORDS * len(below):
            return columns
        return replace(columns, roles=(*roles[:at], "task", *roles[at + 1 :]))

    def depth(self, rows: Sequence[Across], k: int) -> int:
        """How many rows name columns from the `k`th on: as many as its cells are merged down over."""
        below = rows[k].number + max((cell.rows for cell in rows[k].own), default=1)
        rest = rows[k + 1 : k + _MOST_HEADER_ROWS]
        deep = next((n for n, row in enumerate(rest, 1) if row.number >= below), len(rest) + 1)
        if rows[k].named:
            goes_on = takewhile(lambda row: row.named and not row.places_filled(0), rest)
            deep = max(deep, 1 + sum(1 for _ in goes_on))
        return deep if rows[k].named or any(cell.columns > 1 for cell in rows[k].own) else 1

    def repeats(self, row: Across, columns: Columns) -> bool:
        """Whether a row names the table's columns once more, as at the top of each page."""
        again = read_columns(self.headings([row]))
        return again is not None and (
            again.roles == columns.roles or again.headers == columns.headers
        )

    def headings(self, rows: Sequence[Across]) -> list[str]:
        """The name of each column: what stands over it in these rows, from the top."""
        names = []
        above = ""
        for k in range(len(rows[0].places)):
            over = {id(cell): cell for row in rows if (cell := row.places[k])}
            first, *others = [self.text(cell).text for cell in over.values()] or [""]
            if any(others):
                above = first or above  # an empty one goes on with that on its left
            names.append(" ".join(filter(None, (above if any(others) else first, *others))))
        return names

    def text(self, cell: layout.LayoutCell | None) -> Passage:
        """The readable words of a cell, read once: `Trồng\\nrừng` as `Trồng rừng`."""
        if cell is None or not cell.spans:
            return Passage("")
        if cell.spans not in self._read:
            self._read[cell.spans] = read_passage(self.source, cell.spans, self.corrections)
        return self._read[cell.spans]

    def names(self, row: Across, columns: Columns) -> RowOfLines:
        """A row that names columns."""
        return RowOfLines("columns", *self.where(row), self.cells(row, columns))

    def cells(self, row: Across, columns: Columns) -> tuple[Cell, ...]:
        """What the row says in each column."""
        begun = map(row.begins, range(len(row.places)))
        return tuple(self.cell(row, cell, columns, k) for k, cell in enumerate(begun))

    def cell(self, row: Across, cell: layout.LayoutCell | None, columns: Columns, k: int) -> Cell:
        """A cell of the row under its header; one of a row above is merged: `Sở Y tế` over two rows."""
        text = self.text(cell)
        merged = cell is not None and cell.row < row.number
        return Cell(
            columns.roles[k],
            columns.headers[k],
            text,
            merged=merged if self.exact or merged else None,
            breaks=self.breaks(cell, text) if cell else (),
        )

    def breaks(self, cell: layout.LayoutCell, text: Passage) -> tuple[int, ...]:
        """Where in its text each paragraph of a cell begins after the first."""
        if not text:
            return ()
        begun = (b for a, b in pairwise(cell.spans) if self.parted(a, b))
        return tuple(
            text.at[bisect_left(text.origin, span.start)]
            for span in begun
            if text.origin[-1] >= span.start
        )

    def parted(self, above: Span, span: Span) -> bool:
        """Whether a stretch of a cell begins a paragraph: a file's lines do, a text's may only be wrapped."""
        between = self.source[above.end : span.start]
        if self.wrapped and not _BREAK.search(between):
            return self.source.startswith(_BULLETS, span.start)
        return not self.source[span.start].islower()

    def row(self, row: Across, columns: Columns, below_names: bool) -> RowOfLines:
        """A row of what the table tells, with its number."""
        cells = self.cells(row, columns)
        if below_names and counts_columns([cell.text.text for cell in cells]):
            return RowOfLines("columns", *self.where(row), cells)
        if row.alone and (group := self.across(row, columns, cells)):
            return group
        numbered = label_marker(cells[0].text.text) is not None and len(row.own) <= 2
        if not self.exact and not row.whole and not numbered:
            return self.unread(row, cells)
        if "label" in columns.roles:
            label = cells[columns.roles.index("label")]
            marker = None if label.merged else label_marker(label.text.text)
        else:
            marker, cells = numbered_cell(cells)
        return RowOfLines("row", *self.where(row), cells, marker)

    def across(self, row: Across, columns: Columns, cells: tuple[Cell, ...]) -> RowOfLines | None:
        """A row whose only words head those below it: `II. Hạ tầng`; None where they do not."""
        words = next((cell.text for cell in cells if cell.own), None)
        if words is None or len(words) > _LONGEST_GROUP or len(cells) < 3:
            return None
        if label_marker(words.text):
            return None
        at = next((n for n, role in enumerate(columns.roles) if role in ("task", "name")), 1)
        named = replace(cells[at], text=words, merged=None, breaks=())
        marker, (named, *_) = numbered_cell([replace(named, role="name")])
        wide = row.own[0].columns > 1
        if marker is None and not wide:
            return None
        if marker is None:
            marker, named = numbered_group(named)
        named = replace(named, role=columns.roles[at])
        empty = (replace(cell, text=Passage(""), merged=None, breaks=()) for cell in cells)
        told = tuple(named if n == at else cell for n, cell in enumerate(empty))
        return RowOfLines(
            "row",
            *self.where(row),
            told,
            marker,
            across=wide or (marker is not None and marker.level <= RANK["roman"]),
        )

    def where(self, row: Across) -> tuple[list[Line], list[Span]]:
        """The lines that a row's words stand on, and what of them is its own."""
        spans: dict[int, list[Span]] = {}
        for cell in row.own:
            for span in cell.spans:
                spans.setdefault(self.line(span), []).append(span)
        lines = sorted(spans)
        return [self.lines[k] for k in lines], [
            Span(min(spans[k]).start, max(span.end for span in spans[k]))
            if k in self.shared
            else self.lines[k].span
            for k in lines
        ]


def _repeated(rows: Sequence[RowOfLines]) -> Iterator[RowOfLines]:
    """The rows, with the words of the cell above in those that only say that they are the same (`"`, `-nt-`).

    >>> from khplans.text.passage import passage_of
    >>> def row(*texts, kind="row"): return RowOfLines(kind, (), (), tuple(Cell("lead", "", passage_of(text)) for text in texts))
    >>> rows = row("Sở Y tế"), row("nt"), row("Trồng", kind="columns"), row("nt"), row("nt", "nt")
    >>> [[cell.text.text for cell in one.cells] for one in _repeated(rows)]
    [['Sở Y tế'], ['Sở Y tế'], ['Trồng'], ['Trồng'], ['nt', 'nt']]
    """
    above: tuple[Cell, ...] = ()
    for row in rows:
        if row.kind != "row":
            above = ()
        elif len(above) == len(row.cells):
            pairs = zip(above, row.cells, strict=True)
            cells = tuple(
                replace(cell, text=upper.text, merged=True) if _says_ditto(cell, upper) else cell
                for upper, cell in pairs
            )
            row = replace(row, cells=cells)
        above = row.cells
        yield row


def _says_ditto(cell: Cell, above: Cell) -> bool:
    """Whether a cell only says that it is as the one above it: `nt`, `-nt-`, `như trên`.

    >>> from khplans.text.passage import passage_of
    >>> above = Cell("lead", "", passage_of("Sở Y tế"))
    >>> cells = above, replace(above, text=passage_of("-nt-")), Cell("task", "", passage_of("nt"))
    >>> [_says_ditto(cell, above) for cell in cells], _says_ditto(cells[1], replace(above, text=passage_of("")))
    ([False, True, False], False)
    """
    may = cell.role in _MAY_REPEAT and cell.role == above.role
    if not may or not cell.own or not above.text:
        return False
    return _DITTO.fullmatch(shadow(cell.text.text[:_LONGEST_DITTO])) is not None


def _grouped(found: Iterable[RowOfLines]) -> list[RowOfLines]:
    """Mark the rows that only head those below.

    >>> from khplans.text.passage import passage_of
    >>> def row(*texts, across=False): return RowOfLines("row", (), (), tuple(Cell("task", "", passage_of(text)) for text in texts), across=across)
    >>> rows = row("NÔNG NGHIỆP", across=True), row("Trồng rừng", "Sở Y tế")
    >>> [one.group for one in _grouped(rows)]
    [True, False]
    """
    rows = list(found)
    told = [row for row in rows if row.kind == "row"]
    levels = [row.marker.level if row.marker else None for row in told]
    deepest = max((level for level in levels if level is not None), default=0)
    heads = {
        id(row)
        for row, level, below in zip(told, levels, [*levels, None][1:], strict=True)
        if GROUPS.decide(RowAmong(row.cells, row.across, level, below, row is told[-1], deepest))
    }
    return [replace(row, group=id(row) in heads) for row in rows]
