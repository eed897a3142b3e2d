"""The cells of tables where a person put them right (review.csv), before any row is read of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter

from khplans.intake.judged_cells import Piece, Place, pieces_as_text, plainly, read_pieces
from khplans.intake.review_file import CELLS
from khplans.layout import Layout, LayoutCell, LayoutTable
from khplans.model import Doubt, Judgement
from khplans.reading.layout.grid import without_blanks
from khplans.text.passage import Span

_SHOWN = 120
_MOST_ROWS = 1_000
_Row = tuple[int, int, int]
"""A row among the old ones: its number, where rows that are put in behind it begin, and which it is of those there."""


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
    ours = sorted((one for one in judgements if one.table == CELLS), key=attrgetter("span"))
    if not ours:
        return layout, []
    tables = Tables(text, layout)
    doubts: list[Doubt] = []
    changes: dict[int | None, list[_Change]] = {}
    before: Judgement | None = None
    for judgement in ours:
        fault = _fault(tables, judgement, before)
        if fault:
            doubts.append(fault)
            continue
        before = judgement
        at = tables.touched(judgement.span)
        pieces = _moved(read_pieces(judgement.words, judgement.after), judgement.span.start)
        change = _Change(judgement.span, tuple(piece for piece in pieces if piece.place))
        changes.setdefault(at[0] if at else None, []).append(change)
    return replace(layout, tables=tuple(_changed(tables, changes))), doubts


def _fault(tables: Tables, judgement: Judgement, before: Judgement | None) -> Doubt | None:
    """Why a judgement is not applied; None where it is. `before` is the one that was applied last."""
    span, words = judgement.span, judgement.words
    if span.of(tables.text) != words:
        whole = without_blanks(tables.text, 0, len(tables.text))
        return judgement.doubt("judgement-words-gone", whole, words=words[:_SHOWN])
    if before and before.span.overlaps(span):
        return judgement.doubt("judgement-outdated", span, now=before.after)
    now = tables.cells(span)
    if now == plainly(words, judgement.before):
        return None
    if now == plainly(words, judgement.after):
        return judgement.doubt("judgement-needless", span)
    return judgement.doubt("judgement-outdated", span, now=now)


def cells_of(text: str, layout: Layout, span: Span) -> str:
    """What the tables say of a stretch of the text, as review.csv has it; empty where it is of several tables."""
    return Tables(text, layout).cells(span)


def pieces_of(text: str, layout: Layout, span: Span) -> tuple[Piece, ...]:
    """The pieces of `cells_of`; places count in the text."""
    written = cells_of(text, layout, span)
    found = read_pieces(span.of(text), written) if written else ()
    return tuple(_moved(found, span.start))


def rows_around(text: str, layout: Layout, span: Span) -> Span:
    """The whole rows of tables, and lines outside of them, that a stretch of the text touches."""
    tables = Tables(text, layout)
    while True:
        wider = tables.wider(span)
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
    return Tables("", layout).touched(span)


def _starts(table: LayoutTable) -> list[int]:
    """The columns in which cells begin: what people count as columns."""
    return sorted({cell.column for cell in table.cells})


class Tables:
    """The tables of a layout, and what of them stands where in the text; those in cells of others don't count."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text, self.all = text, layout.tables
        self._outer = [k for k, table in enumerate(layout.tables) if table.inside is None]
        self._ends = [layout.tables[k].span.end for k in self._outer]
        self._grids: dict[int, _Grid] = {}

    def touched(self, span: Span) -> list[int]:
        """The tables, by index, that a stretch of the text touches."""
        found = []
        for k in self._outer[bisect_right(self._ends, span.start) :]:
            if self.all[k].span.start >= span.end:
                break
            found.append(k)
        return found

    def grid(self, k: int) -> _Grid:
        """The cells of a table by their places."""
        if k not in self._grids:
            self._grids[k] = _Grid(self.all[k])
        return self._grids[k]

    def cells(self, span: Span) -> str:
        """What is said of a stretch, as review.csv has it; empty where it is of several tables."""
        at = self.touched(span)
        if len(at) > 1:
            return ""
        pieces = self.grid(at[0]).pieces(span) if at else ()
        return pieces_as_text(self.text, span, pieces)

    def wider(self, span: Span) -> Span:
        """A stretch with the rows that it touches in tables, or where there are none with its lines."""
        found = [span]
        for k in self.touched(span):
            grid = self.grid(k)
            rows = {cell.row for cell in grid.inside(span)}
            found += [one for row in rows for cell in grid.by_row[row] for one in cell.spans]
        if len(found) == 1:
            stop = self.text.find("\n", max(span.start, span.end - 1))
            stop = len(self.text) if stop < 0 else stop
            found = [Span(self.text.rfind("\n", 0, span.start) + 1, stop)]
        first, last = min(one.start for one in found), max(one.end for one in found)
        return without_blanks(self.text, first, last)


class _Grid:
    """The cells of one table by their rows and by their words."""

    def __init__(self, table: LayoutTable) -> None:
        self.table, self.starts = table, _starts(table)
        self.by_row: dict[int, list[LayoutCell]] = {}
        for cell in table.cells:
            self.by_row.setdefault(cell.row, []).append(cell)
        self._words = sorted(
            ((span.start, span.end, cell) for cell in table.cells for span in cell.spans),
            key=itemgetter(0),
        )

    def inside(self, span: Span) -> list[LayoutCell]:
        """The cells with words in a stretch, in the order of the text; one with several stretches as often."""
        first = max(0, bisect_right(self._words, span.start, key=itemgetter(0)) - 1)
        found = []
        for start, end, cell in self._words[first:]:
            if start >= span.end:
                break
            if end > span.start:
                found.append(cell)
        return found

    def pieces(self, span: Span) -> Iterator[Piece]:
        """The stretches of the cells, as far as they stand in one of the text."""
        cells = {id(cell): cell for cell in self.inside(span)}
        first = min((cell.row for cell in cells.values()), default=0)
        for cell in cells.values():
            column = bisect_left(self.starts, cell.column)
            columns = bisect_left(self.starts, cell.column + cell.columns) - column
            place = Place(cell.row - first + 1, column + 1, cell.rows, columns)
            for one in cell.spans:
                if one.overlaps(span):
                    yield Piece(Span(max(one.start, span.start), min(one.end, span.end)), place)

    def row_behind(self, span: Span) -> int:
        """The first row that begins behind a stretch in which no cell stands."""
        behind = bisect_left(self._words, span.end, key=itemgetter(0))
        if behind < len(self._words):
            return self._words[behind][2].row
        return max(self.by_row, default=-1) + 1


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of the text and the pieces of the cells that are to be in it."""

    span: Span
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell whose rows are told among the old ones: the first, and the one behind the last."""

    cell: LayoutCell
    first: _Row
    stop: _Row

    def among(self, rows: Sequence[_Row]) -> LayoutCell:
        """The cell in the rows that there are."""
        row = bisect_left(rows, self.first)
        return replace(self.cell, row=row, rows=max(1, bisect_left(rows, self.stop) - row))

    def shares_columns(self, other: _Placed) -> bool:
        """Whether some column is taken by both."""
        one, two = self.cell, other.cell
        return one.column < two.column + two.columns and two.column < one.column + one.columns

    def shares_rows(self, other: _Placed) -> bool:
        """Whether some row is taken by both."""
        return self.first < other.stop and other.first < self.stop


def _changed(tables: Tables, changes: dict[int | None, list[_Change]]) -> Iterator[LayoutTable]:
    """All tables with their changes, those that people made where there were none among them."""
    made = [
        LayoutTable(_lines(tables.text, one.span), (), "inferred")
        for one in changes.get(None, ())
        if one.pieces
    ]
    new = [
        replace(table, cells=_rearranged(_Grid(table), [one]))
        for table, one in zip(made, (c for c in changes.get(None, ()) if c.pieces), strict=True)
    ]
    before = 0
    moved: list[int] = []
    for k, table in enumerate(tables.all):
        while (
            before < len(new) and table.inside is None and new[before].span.start < table.span.start
        ):
            yield new[before]
            before += 1
        moved.append(k + before)
        if table.inside is not None:
            yield replace(table, inside=moved[table.inside])
        elif k in changes:
            parts = [table.span, *(_lines(tables.text, one.span) for one in changes[k])]
            span = Span(min(one.start for one in parts), max(one.end for one in parts))
            yield replace(table, span=span, cells=_rearranged(tables.grid(k), changes[k]))
        else:
            yield table
    yield from new[before:]


def _lines(text: str, span: Span) -> Span:
    """A stretch from where its first line begins."""
    return Span(text.rfind("\n", 0, span.start) + 1, span.end)


def _rearranged(grid: _Grid, changes: Sequence[_Change]) -> tuple[LayoutCell, ...]:
    """The cells of a table with its changes."""
    gone: set[int] = set()
    for change in changes:
        rows = {cell.row for cell in grid.inside(change.span)}
        gone |= set(range(min(rows), max(rows) + 1)) if rows else set()
    made = [cell for change in changes for cell in _made(grid, change)]
    old = [
        _Placed(cell, (row, 0, 0), _behind(row + cell.rows - 1))
        for row, cells in grid.by_row.items()
        if row not in gone
        for cell in cells
    ]
    merged = [_above(one, made) for one in old if one.cell.rows > 1]
    kept = [one for one in old if one.cell.rows == 1]
    placed = [*kept, *merged, *made, *_empty(grid, made, merged)]
    order = sorted({one.first for one in placed})
    cells = [one.among(order) for one in placed]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _made(grid: _Grid, change: _Change) -> list[_Placed]:
    """The cells of a change, in the rows that take the place of the old ones."""
    old = grid.inside(change.span)
    first = min((cell.row for cell in old), default=grid.row_behind(change.span))
    stop = max((cell.row + 1 for cell in old), default=first)
    names = len({cell.row for cell in old if cell.header}) or int(not grid.table.cells)
    at = change.span.start + 1
    count = max((one.place.row for one in change.pieces if one.place), default=0)
    spans: dict[Place, list[Span]] = {}
    for piece in change.pieces:
        if piece.place:
            spans.setdefault(piece.place, []).append(piece.span)

    def row(number: int) -> _Row:
        if number > count:
            return _behind(stop - 1 + number - 1 - count) if old else (first - 1, at, number)
        return (first, 0, number - 1) if old else (first - 1, at, number)

    found = []
    for place, own in spans.items():
        column = _column(grid.starts, place.column)
        wide = _column(grid.starts, place.column + place.columns) - column
        cell = LayoutCell(0, column, tuple(own), 1, wide, place.row <= names)
        one = _Placed(cell, row(place.row), row(place.row + place.rows))
        below = (grid.by_row.get(k, ()) for k in range(stop, one.stop[0] + 1))
        clash = any(
            other.spans and one.shares_columns(_Placed(other, one.first, one.stop))
            for cells in below
            for other in cells
        )
        found.append(replace(one, stop=_behind(stop - 1)) if clash else one)
    return found


def _above(one: _Placed, made: Sequence[_Placed]) -> _Placed:
    """A cell that is merged down, as far as no words now stand in its way."""
    clash = [other.first for other in made if one.shares_columns(other) and one.shares_rows(other)]
    return replace(one, stop=min(clash)) if clash else one


def _empty(grid: _Grid, made: Sequence[_Placed], merged: Sequence[_Placed]) -> Iterator[_Placed]:
    """An empty cell wherever a row of the changes has none: each is whole."""
    columns = sorted({*grid.starts, *(one.cell.column for one in made)})
    by_row: dict[_Row, list[_Placed]] = {}
    for one in made:
        by_row.setdefault(one.first, []).append(one)
    down = [one for one in (*made, *merged) if one.stop > _next(one.first)]
    for row, cells in by_row.items():
        over = [one for one in down if one.first < row < one.stop]
        for column in columns:
            cell = LayoutCell(0, column, (), header=cells[0].cell.header)
            empty = _Placed(cell, row, _next(row))
            if not any(one.shares_columns(empty) for one in (*cells, *over)):
                yield empty


def _behind(row: int) -> _Row:
    """What stands behind one of the old rows, and all that take its place."""
    return (row, 0, _MOST_ROWS)


def _next(row: _Row) -> _Row:
    """What stands behind one row and not behind another."""
    return (row[0], row[1], row[2] + 1)


def _column(starts: Sequence[int], number: int) -> int:
    """The column of the grid that people count as a number; behind the last come more."""
    if number <= len(starts):
        return starts[number - 1]
    return (starts[-1] if starts else -1) + number - len(starts)
