"""The cells of tables where a person put them right (review.csv), before any row is read of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from sys import maxsize

from khplans.errors import KhplansError, both
from khplans.intake.judged_cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    JudgedPlace,
    Piece,
    pieces_as_text,
    plainly,
    read_pieces,
)
from khplans.intake.review_file import CELLS
from khplans.layout import Layout, LayoutCell, LayoutTable
from khplans.model import Doubt, Judgement
from khplans.reading.layout.grid import without_blanks
from khplans.text.passage import Span

_SHOWN = 120
_Row = tuple[int, int, int]
"""A row among the old ones: its number, where rows that are put in after it begin, and which it is of those there."""


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
    changes: list[_Change] = []
    before: Judgement | None = None
    for judgement in ours:
        fault = _fault(tables, judgement, before)
        if fault:
            doubts.append(fault)
            continue
        before = judgement
        changes.append(_change(tables, judgement))
    return replace(layout, tables=_changed(tables, changes)), doubts


def _fault(tables: Tables, judgement: Judgement, before: Judgement | None) -> Doubt | None:
    """Why a judgement is not applied; None where it is. `before` is the one that was applied last.

    >>> from datetime import date
    >>> text, row, now, right = "1\\tTrồng", Span(0, 7), "1.1: 1\\n1.2: Trồng", "1.1: 1\\n1.3: Trồng"
    >>> cells = LayoutCell(0, 0, (Span(0, 1),)), LayoutCell(0, 1, (Span(2, 7),))
    >>> tables = Tables(text, Layout((LayoutTable(row, cells),)))
    >>> def said(was, after, words=text): return Judgement(CELLS, "", row, words, was, after, "", "", date(2025, 1, 1), 2)
    >>> found = _fault(tables, said(now, right, "2\\tTrồng"), None), _fault(tables, said(now, right), said(now, right))
    >>> found += _fault(tables, said(right, now), None), _fault(tables, said(right, right), None)
    >>> [one.code for one in found], _fault(tables, said(now, right), None)
    (['judgement-words-gone', 'judgement-outdated', 'judgement-needless', 'judgement-outdated'], None)
    """
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
    """What the tables say of a stretch of the text, as review.csv has it."""
    return Tables(text, layout).cells(span)


def pieces_of(text: str, layout: Layout, span: Span) -> tuple[Piece, ...]:
    """The pieces of `cells_of`; places count in the text. Raises `KhplansError` where they are too many.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế"
    >>> [piece.span.of(text) for piece in pieces_of(text, infer_layout(text, lines_of(text)), Span(20, 40))]
    ['1', 'Trồng rừng', 'Sở Y tế']
    >>> lines = "\\n".join(f"{n}\\tTrồng\\tSở Y tế" for n in range(1, MOST_ROWS + 2))
    >>> text = f"TT\\tNhiệm vụ\\tChủ trì\\n{lines}"
    >>> pieces_of(text, infer_layout(text, lines_of(text)), Span(0, len(text)))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: những chữ ấy chiếm 1001 hàng, 3 cột / too many rows or columns...
    """
    tables = Tables(text, layout)
    places = [piece.place for piece in tables.pieces(span) if piece.place]
    rows = max((place.row + place.rows - 1 for place in places), default=0)
    columns = max((place.column + place.columns - 1 for place in places), default=0)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        most = f"{MOST_ROWS} × {MOST_COLUMNS}"
        raise KhplansError(
            "beyond-bounds",
            both(f"những chữ ấy chiếm {rows} hàng, {columns} cột", "too many rows or columns"),
            remedy=both(f"chọn ít hơn: nhiều nhất {most}", f"choose fewer, {most} at most"),
        )
    return tuple(_moved(read_pieces(span.of(text), tables.cells(span)), span.start))


def rows_around(text: str, layout: Layout, span: Span) -> Span:
    """The whole rows of tables, and lines outside of them, that a stretch of the text touches.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "Rừng.\\nTT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế"
    >>> layout = infer_layout(text, lines_of(text))
    >>> rows_around(text, layout, Span(28, 33)).of(text), rows_around(text, layout, Span(1, 3)).of(text)
    ('1\\tTrồng rừng\\tSở Y tế', 'Rừng.')
    """
    tables = Tables(text, layout)
    while True:
        wider = tables.wider(span)
        if wider == span:
            return span
        span = wider


def whole_tables(text: str, layout: Layout, span: Span) -> Span:
    """A stretch of the text with all that stands in the tables that it touches."""
    touched = [layout.tables[k] for k in Tables(text, layout).touched(span)]
    found = [span, *(one for table in touched for cell in table.cells for one in cell.spans)]
    return Span(min(one.start for one in found), max(one.end for one in found))


def names_of_columns(text: str, layout: Layout, span: Span) -> tuple[list[str], int]:
    """What the first table at a stretch calls its columns, and how many rows of the stretch say so.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "Rừng.\\nTT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế"
    >>> layout = infer_layout(text, lines_of(text))
    >>> names_of_columns(text, layout, Span(6, 40)), names_of_columns(text, layout, Span(26, 40)), names_of_columns(text, layout, Span(0, 5))
    ((['TT', 'Nhiệm vụ', 'Chủ trì'], 1), (['TT', 'Nhiệm vụ', 'Chủ trì'], 0), ([], 0))
    """
    tables = Tables(text, layout)
    touched = tables.touched(span)
    if not touched:
        return [], 0
    table = layout.tables[touched[0]]
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
    rows = {cell.row for cell in tables.grid(touched[0]).inside(span)}
    return names, len(rows & {cell.row for cell in named})


def _moved(pieces: Iterable[Piece], by: int) -> Iterator[Piece]:
    for piece in pieces:
        yield replace(piece, span=Span(piece.span.start + by, piece.span.end + by))


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
        """What is said of a stretch, as review.csv has it."""
        return pieces_as_text(self.text, span, self.pieces(span))

    def pieces(self, span: Span) -> list[Piece]:
        """What stands in cells of a stretch."""
        found = filter(None, (list(self.grid(k).pieces(span)) for k in self.touched(span)))
        return [
            replace(piece, place=piece.place and replace(piece.place, table=n))
            for n, own in enumerate(found)
            for piece in own
        ]

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
            place = JudgedPlace(cell.row - first + 1, column + 1, cell.rows, columns)
            for one in cell.spans:
                if one.overlaps(span):
                    yield Piece(Span(max(one.start, span.start), min(one.end, span.end)), place)

    def row_behind(self, span: Span) -> int:
        """The first row that begins after a stretch in which no cell stands."""
        after = bisect_left(self._words, span.end, key=itemgetter(0))
        if after < len(self._words):
            return self._words[after][2].row
        return max(self.by_row, default=-1) + 1


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of the text and its pieces, those in cells with their rows counted through.

    `tables` are those that it touches, by index; `names` the rows that name columns; `begins` those with which
    a table begins; `ends` whether the rows after it go on with none of them.
    """

    span: Span
    tables: Sequence[int]
    pieces: Sequence[Piece]
    names: frozenset[int]
    begins: Sequence[int]
    ends: bool


def _change(tables: Tables, judgement: Judgement) -> _Change:
    """What a judgement says.

    Tables become one where a table of it has words of both; one is cut where two have its words.

    >>> from datetime import date
    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế\\n2\\tTrồng cây\\tSở Nội vụ"
    >>> tables, rows = Tables(text, infer_layout(text, lines_of(text))), Span(20, len(text))
    >>> def change(*after):
    ...     said = Judgement(CELLS, "", rows, rows.of(text), "", "\\n".join(after), "", "", date(2025, 1, 1), 2)
    ...     found = _change(tables, said)
    ...     return [piece.place and (piece.place.row, piece.place.column) for piece in found.pieces], found.begins, found.ends
    >>> change("1.1: 1", "1.2: Trồng rừng", "-: Sở Y tế", "2.1: 2", "2.2: Trồng cây", "2.3: Sở Nội vụ")
    ([(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), None], [], False)
    >>> change("1.1: 1", "1.2: Trồng rừng", "1.3: Sở Y tế", "--", "1.1: 2", "1.2: Trồng cây", "1.3: Sở Nội vụ")
    ([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)], [2], False)
    """
    span, touched = judgement.span, tables.touched(judgement.span)
    by_table: dict[int, list[Piece]] = {}
    aside: list[Piece] = []
    for piece in _moved(read_pieces(judgement.words, judgement.after), span.start):
        if piece.place:
            by_table.setdefault(piece.place.table, []).append(piece)
        else:
            aside.append(piece)
    pieces: list[Piece] = []
    names: set[int] = set()
    begins: list[int] = []
    known: set[int] = set()
    own: set[int] = set()
    above = 0
    for n, found in by_table.items():
        own = {k for piece in found for k in tables.touched(piece.span)}
        if n or (own and touched[0] not in own):
            begins.append(above + 1)
        heads = _heads(tables, span, own or set(() if n else touched), known)
        names |= set(range(above + 1, above + 1 + heads))
        pieces += [_lowered(piece, above) for piece in found]
        above = max(piece.place.row for piece in pieces if piece.place)
        known |= own
    ends = len(touched) > 1 and touched[-1] not in own
    return _Change(span, touched, [*pieces, *aside], frozenset(names), begins, ends)


def _heads(tables: Tables, span: Span, own: set[int], known: set[int]) -> int:
    """How many rows name the columns of a table with words of these; one where it is new.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế"
    >>> tables = Tables(text, infer_layout(text, lines_of(text)))
    >>> span, row = Span(0, len(text)), Span(20, len(text))
    >>> _heads(tables, span, {0}, set()), _heads(tables, row, {0}, set()), _heads(tables, row, {0}, {0}), _heads(tables, row, set(), set())
    (1, 0, 1, 1)
    """
    first = min(own, default=None)
    if first is None or first in known:
        return 1
    return len({cell.row for cell in tables.grid(first).inside(span) if cell.header})


def _lowered(piece: Piece, rows: int) -> Piece:
    """A piece whose rows count on from those above it.

    >>> _lowered(Piece(Span(0, 1), JudgedPlace(2, 1, table=1)), 3).place, _lowered(Piece(Span(0, 1)), 3).place
    (JudgedPlace(row=5, column=1, rows=1, columns=1, table=0), None)
    """
    place = piece.place
    return replace(piece, place=place and replace(place, row=place.row + rows, table=0))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell whose rows are told among the old ones: the first, and the one after the last."""

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


def _changed(tables: Tables, changes: Iterable[_Change]) -> tuple[LayoutTable, ...]:
    """All tables with their changes, those that people made, joined and cut among them.

    >>> def table(at, inside=None): return LayoutTable(Span(at, at + 1), (LayoutCell(0, 0, (Span(at, at + 1),)),), inside=inside)
    >>> tables = Tables("a\\nb\\nc", Layout((table(2), table(4, inside=0))))
    >>> new = _Change(Span(0, 1), (), [Piece(Span(0, 1), JudgedPlace(1, 1))], frozenset(), (), False)
    >>> [[(one.span.start, one.inside) for one in _changed(tables, changes)] for changes in ([], [new])]
    [[(2, None), (4, 0)], [(0, None), (2, None), (4, 1)]]
    """
    outer: list[LayoutTable] = []
    done: set[int] = set()
    for stack in _stacks(changes):
        touched = sorted({k for one in stack for k in one.tables})
        done.update(touched)
        outer += _stack_changed(tables.text, [tables.all[k] for k in touched], stack)
    rest = [k for k, table in enumerate(tables.all) if k not in done]
    outer += [tables.all[k] for k in rest if tables.all[k].inside is None]
    outer.sort(key=attrgetter("span"))
    starts = [table.span.start for table in outer]
    inner = [k for k in rest if tables.all[k].inside is not None]
    places = {k: len(outer) + n for n, k in enumerate(inner)}

    def around(table: LayoutTable) -> int:
        in_inner = places.get(table.inside if table.inside is not None else -1)
        return bisect_right(starts, table.span.start) - 1 if in_inner is None else in_inner

    return (*outer, *(replace(tables.all[k], inside=around(tables.all[k])) for k in inner))


def _stacks(changes: Iterable[_Change]) -> list[list[_Change]]:
    """The changes, those together that one table has part in.

    >>> def change(*tables): return _Change(Span(0, 1), tables, (), frozenset(), (), False)
    >>> [len(stack) for stack in _stacks([change(0, 1), change(1), change(2), change(), change(2)])]
    [2, 1, 1, 1]
    """
    found: list[list[_Change]] = []
    for one in changes:
        last = found[-1][-1].tables if found else ()
        if one.tables and last and one.tables[0] == last[-1]:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _stack_changed(
    text: str, old: Sequence[LayoutTable], changes: Sequence[_Change]
) -> Iterator[LayoutTable]:
    """The tables that come of some, one below the other, with their changes; each has words."""
    parts = _rearranged(_Grid(_stacked(old)), changes)
    words = [[span for cell in cells for span in cell.spans] for cells in parts]
    begins = [*(_line_start(text, min(spans).start) for spans in words), len(text)]
    above = 0
    for n, cells in enumerate(parts):
        last = max(span.end for span in words[n])
        own = [table.span for table in old if table.span.overlaps(Span(begins[n], last))]
        first = min([begins[n], *(max(span.start, above) for span in own)])
        above = max([last, *(min(span.end, begins[n + 1]) for span in own)])
        bases = {table.basis for table in old if any(span in table.span for span in words[n])}
        basis = bases.pop() if len(bases) == 1 else "inferred"
        place = Span(first, above)
        none = (piece.span for one in changes for piece in one.pieces if not piece.place)
        aside = tuple(span for span in none if span in place)
        yield LayoutTable(place, cells, basis, set_aside=aside)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _stacked(tables: Sequence[LayoutTable]) -> LayoutTable:
    """Tables one below the other as one, in the same columns as people count them; an empty one of none.

    >>> def table(row): return LayoutTable(Span(row, row + 1), (LayoutCell(0, 0, (Span(row, row + 1),)), LayoutCell(0, 1, ())))
    >>> [(cell.row, cell.column) for cell in _stacked([table(0), table(1)]).cells]
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    >>> _stacked([table(0)]) == table(0), _stacked([]).cells
    (True, ())
    """
    if len(tables) < 2:
        return tables[0] if tables else LayoutTable(Span(0, 0), ())
    starts = _starts(tables[0])
    grown = [_column(starts, n + 1) for n in range(max(len(_starts(table)) for table in tables))]
    cells: list[LayoutCell] = []
    for table in tables:
        own, above = _starts(table), max((cell.row + 1 for cell in cells), default=0)
        stop = above + max(cell.row + 1 for cell in table.cells)
        for cell in table.cells:
            column = _column(grown, bisect_left(own, cell.column) + 1)
            after = _column(grown, bisect_left(own, cell.column + cell.columns) + 1)
            row = cell.row + above
            place = replace(cell, row=row, column=column, columns=after - column)
            cells.append(replace(place, rows=min(cell.rows, stop - row)))
        rows = sorted({cell.row + above for cell in table.cells})
        cells += [LayoutCell(row, column, ()) for row in rows for column in grown[len(own) :]]
    return LayoutTable(Span(tables[0].span.start, tables[-1].span.end), tuple(cells))


def _rearranged(grid: _Grid, changes: Sequence[_Change]) -> list[tuple[LayoutCell, ...]]:
    """The cells of a stack of tables with its changes, those of each table that has words.

    >>> places = ((0, 0, 0), (0, 1, 2), (1, 0, 4), (1, 1, 6))
    >>> cells = tuple(LayoutCell(row, column, (Span(at, at + 1),)) for row, column, at in places)
    >>> def shown(*pieces, begins=(), ends=False):
    ...     own = [Piece(Span(at, at + 1), JudgedPlace(row, column)) for at, row, column in pieces]
    ...     change = _Change(Span(own[0].span.start, own[-1].span.end), (0,), own, frozenset(), begins, ends)
    ...     made = _rearranged(_Grid(LayoutTable(Span(0, 7), cells)), [change])
    ...     return [[(cell.row, cell.column) for cell in table if cell.spans] for table in made]
    >>> shown((0, 1, 1), (2, 2, 1)), shown((4, 1, 1), (6, 1, 2), begins=[1])
    ([[(0, 0), (1, 0), (2, 0), (2, 1)]], [[(0, 0), (0, 1)], [(0, 0), (0, 1)]])
    >>> shown((0, 1, 1), (2, 1, 2), ends=True)
    [[(0, 0), (0, 1)], [(0, 0), (0, 1)]]
    """
    gone: set[int] = set()
    cuts: list[_Row] = []
    made: list[_Placed] = []
    for change in changes:
        rows = {cell.row for cell in grid.inside(change.span)}
        gone |= set(range(min(rows), max(rows) + 1)) if rows else set()
        among = _Among.of(grid, change)
        cuts += [among.row(number) for number in change.begins]
        cuts += [_behind(among.stop - 1)] if change.ends else []
        made += _made(grid, change, among)
    old = [
        _Placed(cell, (row, 0, 0), _behind(row + cell.rows - 1))
        for row, cells in grid.by_row.items()
        if row not in gone
        for cell in cells
    ]
    merged = [_above(one, made) for one in old if one.cell.rows > 1]
    kept = [one for one in old if one.cell.rows == 1]
    placed = [*kept, *merged, *made, *_empty(grid, made, old, merged)]
    return list(_parts(placed, sorted(cuts)))


def _parts(placed: Sequence[_Placed], cuts: Sequence[_Row]) -> Iterator[tuple[LayoutCell, ...]]:
    """The cells of each table, by row and column; what is empty at the right of all is none of one that was cut.

    >>> def placed(row, column, words=True):
    ...     return _Placed(LayoutCell(0, column, (Span(row, row + 1),) if words else ()), (row, 0, 0), (row + 1, 0, 0))
    >>> cells = [placed(0, 0), placed(0, 1, False), placed(1, 0), placed(2, 0, False)]
    >>> [[(cell.row, cell.column) for cell in part] for part in _parts(cells, [])]
    [[(0, 0), (0, 1), (1, 0), (2, 0)]]
    >>> [[(cell.row, cell.column) for cell in part] for part in _parts(cells, [(1, 0, 0), (2, 0, 0)])]
    [[(0, 0)], [(0, 0)]]
    """
    parts: list[list[_Placed]] = [[] for _ in range(len(cuts) + 1)]
    for one in placed:
        n = bisect_right(cuts, one.first)
        parts[n].append(replace(one, stop=min([one.stop, *cuts[n : n + 1]])))
    for part in parts:
        right = max((one.cell.column for one in part if one.cell.spans), default=None)
        if right is None:
            continue
        order = sorted({one.first for one in part})
        cells = [one.among(order) for one in part if not cuts or one.cell.column <= right]
        yield tuple(sorted(cells, key=attrgetter("row", "column")))


@dataclass(frozen=True, slots=True)
class _Among:
    """Where the rows of a change come to stand among the old ones, whose place from `first` to `stop` they take.

    `count` are the rows of the change; `gap` is where it begins if it takes none's place.
    """

    first: int
    stop: int
    count: int
    gap: int | None

    @classmethod
    def of(cls, grid: _Grid, change: _Change) -> _Among:
        """Where those of a change come to stand."""
        old = {cell.row for cell in grid.inside(change.span)}
        first = min(old) if old else grid.row_behind(change.span)
        count = max((one.place.row for one in change.pieces if one.place), default=0)
        gap = None if old else change.span.start + 1
        return cls(first, max(old) + 1 if old else first, count, gap)

    def row(self, number: int) -> _Row:
        """A row of the change, or one after its last."""
        if self.gap is not None:
            return (self.first - 1, self.gap, number)
        if number > self.count:
            return _behind(self.stop - 1 + number - 1 - self.count)
        return (self.first, 0, number - 1)


def _made(grid: _Grid, change: _Change, among: _Among) -> list[_Placed]:
    """The cells of a change, in the rows that take the place of the old ones; one goes down until words stand in its way.

    >>> def cell(row, column, *at): return LayoutCell(row, column, tuple(Span(n, n + 1) for n in at))
    >>> def lowest(below, place):
    ...     grid = _Grid(LayoutTable(Span(0, 7), (cell(0, 0, 0), below, cell(1, 1, 6))))
    ...     change = _Change(Span(0, 1), (0,), [Piece(Span(0, 1), place)], frozenset(), (), False)
    ...     return [one.stop[0] for one in _made(grid, change, _Among.of(grid, change))]
    >>> lowest(cell(1, 0), JudgedPlace(1, 1, 2)), lowest(cell(1, 0, 4), JudgedPlace(1, 1, 2)), lowest(cell(1, 0), None)
    ([1], [0], [])
    """
    spans: dict[JudgedPlace, list[Span]] = {}
    for piece in change.pieces:
        if piece.place:
            spans.setdefault(piece.place, []).append(piece.span)
    stop = among.stop
    found = []
    for place, own in spans.items():
        column = _column(grid.starts, place.column)
        wide = _column(grid.starts, place.column + place.columns) - column
        cell = LayoutCell(0, column, tuple(own), 1, wide, place.row in change.names)
        one = _Placed(cell, among.row(place.row), among.row(place.row + place.rows))
        below = (grid.by_row.get(k, ()) for k in range(stop, one.stop[0] + 1))
        clash = any(
            other.spans and one.shares_columns(_Placed(other, one.first, one.stop))
            for cells in below
            for other in cells
        )
        found.append(replace(one, stop=_behind(stop - 1)) if clash else one)
    return found


def _above(one: _Placed, made: Sequence[_Placed]) -> _Placed:
    """A cell that is merged down, as far as no words now stand in its way.

    >>> def placed(column, first, stop): return _Placed(LayoutCell(0, column, ()), (first, 0, 0), (stop, 0, 0))
    >>> [_above(placed(0, 1, 5), made).stop for made in ([placed(0, 3, 4), placed(0, 4, 5)], [placed(1, 3, 4)], [])]
    [(3, 0, 0), (5, 0, 0), (5, 0, 0)]
    """
    clash = [other.first for other in made if one.shares_columns(other) and one.shares_rows(other)]
    return replace(one, stop=min(clash)) if clash else one


def _empty(
    grid: _Grid, made: Sequence[_Placed], old: Sequence[_Placed], merged: Sequence[_Placed]
) -> Iterator[_Placed]:
    """An empty cell wherever a row of the changes has none, and one of the old in columns that are new.

    >>> def placed(row, column, last=None): return _Placed(LayoutCell(0, column, ()), row, _next(last or row))
    >>> grid = _Grid(LayoutTable(Span(0, 7), (LayoutCell(0, 0, ()), LayoutCell(0, 1, ()))))
    >>> first, again, old = (0, 0, 0), (0, 0, 1), (1, 0, 0)
    >>> def empty(*made): return [(one.first, one.cell.column) for one in _empty(grid, made, [placed(old, 0)], [])]
    >>> empty(placed(first, 0)), empty(placed(first, 2)), empty(placed(first, 1, again), placed(again, 0))
    ([((0, 0, 0), 1)], [((0, 0, 0), 0), ((0, 0, 0), 1), ((1, 0, 0), 2)], [((0, 0, 0), 0)])
    """
    new = {one.cell.column for one in made}.difference(grid.starts)
    columns = new.union(grid.starts)
    by_row: dict[_Row, list[_Placed]] = {}
    for one in (*made, *(old if new else ())):
        by_row.setdefault(one.first, []).append(one)
    changed = {one.first for one in made}
    down = [one for one in (*made, *merged) if one.stop > _next(one.first)]
    for row, cells in by_row.items():
        over = [one for one in down if one.first < row < one.stop]
        for column in sorted(columns if row in changed else new):
            cell = LayoutCell(0, column, (), header=cells[0].cell.header)
            empty = _Placed(cell, row, _next(row))
            if not any(one.shares_columns(empty) for one in (*cells, *over)):
                yield empty


def _behind(row: int) -> _Row:
    """What stands after one of the old rows, and all that take its place."""
    return (row, 0, maxsize)


def _next(row: _Row) -> _Row:
    """What stands after one row and not after another."""
    return (row[0], row[1], row[2] + 1)


def _column(starts: Sequence[int], number: int) -> int:
    """The column of the grid that people count as a number; after the last come more.

    >>> _column([0, 2, 3], 2), _column([0, 2, 3], 5), _column([], 1)
    (2, 5, 0)
    """
    if number <= len(starts):
        return starts[number - 1]
    return (starts[-1] if starts else -1) + number - len(starts)
