"""The cells of tables where a person put them right (review.csv), before any row is read of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from khplans.intake.judged_cells import Piece, Place, pieces_as_text, plainly, read_pieces
from khplans.intake.review_file import CELLS
from khplans.layout import Layout, LayoutCell, LayoutTable
from khplans.model import Doubt, Judgement
from khplans.reading.layout.grid import without_blanks
from khplans.text.passage import Span

_SHOWN = 120


def rearranged(
    text: str, layout: Layout, judgements: Iterable[Judgement]
) -> tuple[Layout, list[Doubt]]:
    """The layout with the cells as people say that they are, and a doubt for each judgement that can't hold.

    >>> from datetime import date
    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng Sở Y tế"
    >>> layout, row = infer_layout(text, lines_of(text)), Span(20, 40)
    >>> right = "1.1: 1\\n1.2: Trồng rừng\\n1.3: Sở Y tế"
    >>> said = Judgement(CELLS, "", row, row.of(text), cells_of(text, layout, row), right, "", "", date(2025, 1, 1), 2)
    >>> layout, doubts = rearranged(text, layout, [said])
    >>> [cell.spans[0].of(text) for cell in layout.tables[0].cells[3:]], doubts
    (['1', 'Trồng rừng', 'Sở Y tế'], [])
    """
    doubts: list[Doubt] = []
    ours = (one for one in judgements if one.table == CELLS)
    for judgement in sorted(ours, key=lambda one: one.span):
        fault = _fault(text, layout, judgement)
        if fault:
            doubts.append(fault)
        else:
            layout = _applied(text, layout, judgement)
    return layout, doubts


def _fault(text: str, layout: Layout, judgement: Judgement) -> Doubt | None:
    """Why a judgement is not applied; None where it is."""
    span, words = judgement.span, judgement.words
    if span.of(text) != words:
        whole = without_blanks(text, 0, len(text))
        return judgement.doubt("judgement-words-gone", whole, words=words[:_SHOWN])
    now = cells_of(text, layout, span)
    if now == plainly(words, judgement.before):
        return None
    if now == plainly(words, judgement.after):
        return judgement.doubt("judgement-needless", span)
    return judgement.doubt("judgement-outdated", span, now=now)


def cells_of(text: str, layout: Layout, span: Span) -> str:
    """What the tables say of a stretch of the text, as review.csv has it; empty where it is of several tables."""
    tables = _tables_at(layout, span)
    if len(tables) > 1:
        return ""
    pieces = _pieces(layout.tables[tables[0]], span) if tables else ()
    return pieces_as_text(text, span, pieces)


def pieces_of(text: str, layout: Layout, span: Span) -> tuple[Piece, ...]:
    """The pieces of `cells_of`; places count in the text."""
    written = cells_of(text, layout, span)
    found = read_pieces(span.of(text), written) if written else ()
    return tuple(_moved(found, span.start))


def rows_around(text: str, layout: Layout, span: Span) -> Span:
    """The whole rows of tables, and lines outside of them, that a stretch of the text touches."""
    while True:
        wider = _wider(text, layout, span)
        if wider == span:
            return span
        span = wider


def names_of_columns(text: str, layout: Layout, span: Span) -> list[str]:
    """What the table at a stretch calls its columns, as far as its first row does."""
    tables = _tables_at(layout, span)
    if not tables:
        return []
    table = layout.tables[tables[0]]
    starts = _starts(table)
    names = [""] * len(starts)
    named = [cell for cell in table.cells if cell.header] or [
        cell for cell in table.cells if cell.row == table.cells[0].row
    ]
    for cell in named:
        first = bisect_left(starts, cell.column)
        words = " ".join(one.of(text) for one in cell.spans)
        for k in range(first, bisect_left(starts, cell.column + cell.columns)):
            names[k] = f"{names[k]} {words}".strip()
    return names


def _moved(pieces: Iterable[Piece], by: int) -> Iterator[Piece]:
    for piece in pieces:
        yield replace(piece, span=Span(piece.span.start + by, piece.span.end + by))


def _tables_at(layout: Layout, span: Span) -> list[int]:
    """The tables, by index, that a stretch touches; those in a cell of another don't count."""
    return [
        k
        for k, table in enumerate(layout.tables)
        if table.inside is None and table.span.overlaps(span)
    ]


def _wider(text: str, layout: Layout, span: Span) -> Span:
    rows: dict[tuple[int, int], list[Span]] = {}
    for k in _tables_at(layout, span):
        for cell in layout.tables[k].cells:
            rows.setdefault((k, cell.row), []).extend(cell.spans)
    touched = [spans for spans in rows.values() if any(one.overlaps(span) for one in spans)]
    if touched:
        found = [span, *(one for spans in touched for one in spans)]
    else:
        stop = text.find("\n", max(span.start, span.end - 1))
        found = [Span(text.rfind("\n", 0, span.start) + 1, len(text) if stop < 0 else stop)]
    return without_blanks(text, min(one.start for one in found), max(one.end for one in found))


def _starts(table: LayoutTable) -> list[int]:
    """The columns in which cells begin: what people count as columns."""
    return sorted({cell.column for cell in table.cells})


def _inside(table: LayoutTable, span: Span) -> list[LayoutCell]:
    return [cell for cell in table.cells if any(one.overlaps(span) for one in cell.spans)]


def _pieces(table: LayoutTable, span: Span) -> Iterator[Piece]:
    starts, cells = _starts(table), _inside(table, span)
    first = min((cell.row for cell in cells), default=0)
    for cell in cells:
        column = bisect_left(starts, cell.column)
        columns = bisect_left(starts, cell.column + cell.columns) - column
        place = Place(cell.row - first + 1, column + 1, cell.rows, columns)
        for one in cell.spans:
            if one.overlaps(span):
                yield Piece(Span(max(one.start, span.start), min(one.end, span.end)), place)


def _applied(text: str, layout: Layout, judgement: Judgement) -> Layout:
    """The layout with the cells of a judgement, which was made on what the layout says."""
    span, tables = judgement.span, list(layout.tables)
    pieces = [
        piece
        for piece in _moved(read_pieces(judgement.words, judgement.after), span.start)
        if piece.place
    ]
    at = _tables_at(layout, span)
    lines = Span(text.rfind("\n", 0, span.start) + 1, span.end)
    if at:
        (k,) = at
        whole = Span(min(tables[k].span.start, lines.start), max(tables[k].span.end, lines.end))
        tables[k] = replace(tables[k], span=whole, cells=_Rows(tables[k], span, pieces).cells())
    elif pieces:
        new = LayoutTable(lines, (), "inferred")
        k = bisect_left([table.span.start for table in tables], lines.start)
        tables = [
            replace(one, inside=one.inside + 1) if one.inside is not None and one.inside >= k else one
            for one in tables
        ]  # fmt: skip
        tables.insert(k, replace(new, cells=_Rows(new, span, pieces).cells()))
    return replace(layout, tables=tuple(tables))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of a table, and the pieces of the cells that are to be in their place."""

    table: LayoutTable
    span: Span
    pieces: Sequence[Piece]

    def cells(self) -> tuple[LayoutCell, ...]:
        """All cells of the table as they then are."""
        old = _inside(self.table, self.span)
        first = min((cell.row for cell in old), default=self.row_behind())
        stop = max((cell.row + 1 for cell in old), default=first)
        names = len({cell.row for cell in old if cell.header}) or int(not self.table.cells)
        new = list(self.new(first, names))
        count = max((cell.row + 1 for cell in new), default=first) - first
        kept = list(self.kept(first, stop, count, new))
        taken = {place for cell in kept for place in _places(cell)}
        new = [_without_others(cell, taken, first + count) for cell in new]
        taken |= {place for cell in new for place in _places(cell)}
        columns = {cell.column for cell in (*kept, *new)}
        empty = [
            LayoutCell(row, column, (), header=row - first < names)
            for row in range(first, first + count)
            for column in columns
            if (row, column) not in taken
        ]
        return tuple(sorted([*kept, *new, *empty], key=lambda cell: (cell.row, cell.column)))

    def row_behind(self) -> int:
        """The first row that begins behind the span, where no cell stands in it."""
        behind = (
            cell.row for cell in self.table.cells if cell.spans and cell.spans[0].start >= self.span.end
        )  # fmt: skip
        return min(behind, default=max((cell.row + 1 for cell in self.table.cells), default=0))

    def new(self, first: int, names: int) -> Iterator[LayoutCell]:
        """The cells of the pieces; `names` of their rows name columns."""
        starts = _starts(self.table)
        spans: dict[Place, list[Span]] = {}
        for piece in self.pieces:
            if piece.place:
                spans.setdefault(piece.place, []).append(piece.span)
        for place, own in spans.items():
            column = _column(starts, place.column)
            wide = _column(starts, place.column + place.columns) - column
            row = place.row - 1
            yield LayoutCell(first + row, column, tuple(own), place.rows, wide, row < names)

    def kept(
        self, first: int, stop: int, count: int, new: Sequence[LayoutCell]
    ) -> Iterator[LayoutCell]:
        """The cells above and below; what was merged down into the rows still is, but where words now stand."""
        taken = {place for cell in new for place in _places(cell)}
        for cell in self.table.cells:
            reach = cell.row + cell.rows
            if cell.row >= stop:
                yield replace(cell, row=cell.row + count - (stop - first))
            elif cell.row < first and reach <= first:
                yield cell
            elif cell.row < first:
                longer = reach + count - (stop - first) if reach >= stop else reach
                merged = replace(cell, rows=max(longer, first) - cell.row)
                clash = any(place in taken for place in _places(merged))
                yield replace(cell, rows=first - cell.row) if clash else merged


def _column(starts: Sequence[int], number: int) -> int:
    """The column of the grid that people count as a number; behind the last come more."""
    if number <= len(starts):
        return starts[number - 1]
    return (starts[-1] if starts else -1) + number - len(starts)


def _places(cell: LayoutCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rows):
        yield from ((row, cell.column + k) for k in range(cell.columns))


def _without_others(cell: LayoutCell, taken: set[tuple[int, int]], stop: int) -> LayoutCell:
    """A cell that does not reach down into others below these rows."""
    if any(place in taken for place in _places(cell)):
        return replace(cell, rows=max(1, stop - cell.row))
    return cell
