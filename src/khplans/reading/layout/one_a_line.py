"""Tables that came out one cell a line: with a `|` or a blank line between the cells, or nothing.

A number in order begins a row. Where most rows have a piece for each column every piece is a cell;
else the cells are wrapped over lines, as in text taken from a gazette's PDF, and what is likeliest
is weighed. A row that can be cut in more than one way is left unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from khplans.knowledge.wording import opening_words
from khplans.model import ColumnRole
from khplans.reading.layout.cell_fit import misfit
from khplans.reading.layout.columns import Columns, counts_columns, read_columns
from khplans.reading.layout.cutting import Cut, cut_into_cells, widths_of
from khplans.reading.layout.figure_lines import read_figures, read_figures_below
from khplans.reading.layout.grid import Grid, GridRow, placed, spans_of
from khplans.reading.layout.header import header_in_one_run
from khplans.reading.layout.labels import label_marker
from khplans.reading.layout.page_ends import is_of_page
from khplans.reading.layout.pieces import Piece, pieces_of_table
from khplans.reading.layout.row_numbers import Numbering
from khplans.reading.layout.short_rows import columns_of
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import is_annex_label, is_signing_office, kind_line
from khplans.reading.lines.markers import RANK, Marker, read_marker
from khplans.text.passage import Span

_MOST_NAMES = 30
_FEWEST_NAMES = 3
_MOST_PIECES = 120
"""Of a row."""
_LOOKED_AHEAD = 4
"""Lines."""
_SHORTEST_GROUP = 8
"""Letters of a name in capitals that heads rows."""
_WITHOUT_FIGURES: frozenset[ColumnRole] = frozenset(
    ("label", "task", "lead", "coordinate", "deadline", "output", "note")
)
_TOLD_APART: frozenset[ColumnRole] = frozenset(("lead", "coordinate", "deadline"))
_MISFIT = 1.5
"""How badly a cell of a row that is cut by weighing may fit its column."""
_WRONG = 3.0
"""How badly a cell fits a column that it can't be of."""


@dataclass(slots=True)
class _OpenRow:
    """The pieces of a row after its number, cut where a page ends; of a group its name alone."""

    label: Piece
    group: bool = False
    parts: list[list[Piece]] = field(default_factory=lambda: [[]])

    @property
    def pieces(self) -> list[Piece]:
        return [piece for part in self.parts for piece in part]

    @property
    def filled(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.lines]

    def whole(self, count: int) -> list[Piece] | None:
        """So many pieces as its cells: all of them, those that more than a gap tells of, or those with words."""
        pieces = self.pieces
        for way in (pieces, [piece for piece in pieces if not piece.gap], self.filled):
            while len(way) > count and not way[-1].lines:
                way = way[:-1]
            if len(way) == count:
                return way
        return None

    @property
    def spans(self) -> list[Span]:
        """All its words, where it isn't clear which are whose."""
        return spans_of(line for piece in (self.label, *self.pieces) for line in piece.lines)


def read_one_a_line(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\nNhiệm vụ\\nCơ quan\\nchủ trì\\nThời hạn\\n1.\\nTrồng rừng\\nphòng hộ\\nSở Y tế\\nQuý II/2025"
    >>> rows_of_texts(text, read_one_a_line(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Thời hạn'], ['1.', 'Trồng rừng phòng hộ', 'Sở Y tế', 'Quý II/2025']]
    """
    if _again(lines, i):
        return None
    if figures := read_figures(lines, i):
        return Grid(placed(figures[0]), figures[1])
    names = _names(lines, i)
    columns = read_columns([name.text for name in names])
    if columns is None or columns.roles[0] != "label" or len(names) < _FEWEST_NAMES:
        return None
    table = _OneALineTable(lines, names, columns)
    table.read(i)
    header = header_in_one_run(columns, table.widest)
    above = [*header.rows(header.split([spans_of(name.lines) for name in names])), *table.counted]
    if header.depth > 1 and (figures := read_figures_below(lines, table.begin, header.roles)):
        return Grid(placed([*above, *figures[0]]), figures[1])
    if not table.rows:
        return None
    stop = table.end(header.roles[1:])
    return Grid(placed([*above, *_rows(table.rows, header.roles)]), stop)


def _again(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands again right below, or below one or two names: no header names two columns alike.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_again(lines_of(text), 0) for text in ("TT\\n\\nTT\\nNhiệm vụ", "STT\\nTT\\nSTT", "TT\\nNhiệm vụ")]
    [True, True, False]
    """
    return any(line.key == lines[i].key for line in lines[i + 1 : i + 1 + _FEWEST_NAMES])


def _names(lines: Sequence[Line], i: int) -> list[Piece]:
    """The names of the columns: each begins with a capital, what begins otherwise goes on with one.

    >>> from khplans.reading.lines.line import lines_of
    >>> [name.text for name in _names(lines_of("TT\\nNhiệm vụ\\nCơ quan\\nchủ trì\\n1\\nTrồng rừng"), 0)]
    ['TT', 'Nhiệm vụ', 'Cơ quan chủ trì']
    """
    names: list[Piece] = []
    for piece in islice(pieces_of_table(lines, i), _MOST_NAMES):
        if label_marker(piece.text.strip("()")) or _heads(piece):
            return names
        if names and piece.text == names[0].text:
            return []
        if names and (piece.begins_small or names[-1].lines[-1].key == "so"):
            above = names.pop()
            piece = replace(piece, lines=[*above.lines, *piece.lines], start=above.start)
        if piece.lines:
            names.append(piece)
    return []


def _heads(piece: Piece) -> bool:
    """Whether it has a capital or Roman number and words, as what heads rows or a part of the text.

    >>> from khplans.reading.lines.line import lines_of
    >>> def heads(text): return _heads(Piece(lines_of(text), 0, 1))
    >>> heads("II. Trồng rừng"), heads("A"), heads("1. Trồng rừng"), heads("Trồng rừng")
    (True, False, False, False)
    """
    marker = read_marker(piece.text)
    return marker is not None and marker.level <= RANK["roman"] and marker.end < len(piece.text)


class _OneALineTable:
    """Reads the rows below the names of columns; the last one is open. They begin at the line `begin`."""

    def __init__(self, lines: Sequence[Line], names: Sequence[Piece], columns: Columns) -> None:
        self.lines = lines
        self.width = len(names)
        self.columns = columns
        self.names = [line.text for name in names for line in name.lines]
        self.has_figures = not _WITHOUT_FIGURES.issuperset(columns.roles)
        self.begin = names[-1].stop
        self.counted = self._counted()
        self.rows: list[_OpenRow] = []
        self.numbering = Numbering()

    def _counted(self) -> list[GridRow]:
        """The numbers of the columns, where they stand below their names."""
        for size in range(self.width, _FEWEST_NAMES - 1, -1):
            numbers = self.lines[self.begin : self.begin + size]
            if counts_columns([line.text for line in numbers]):
                self.begin += size
                return [GridRow([[line.span] for line in numbers])]
        return []

    def read(self, i: int) -> None:
        """Read the rows of the table whose first line is `lines[i]`."""
        begin = self.begin
        for piece in pieces_of_table(self.lines, i):
            if piece.start < begin:
                continue
            here = self.lines[piece.start : piece.start + len(self.names)]
            if piece.lines and [line.text for line in here] == self.names:
                begin = piece.start + len(here)
                self.end_page()
            elif not self.take(piece):
                return

    def take(self, piece: Piece) -> bool:
        """Take a piece into the table (`2.`, `Nuôi tôm`); False where it stands after it."""
        marker = label_marker(piece.text)
        if marker and not self.is_figure(piece) and self.begins_row(piece, marker):
            self.rows.append(_OpenRow(piece))
        elif self.is_of_page(piece):
            self.end_page()
        elif self.is_group(piece):
            self.numbering.restart(read_marker(piece.text))
            self.rows.append(_OpenRow(piece, group=True))
        elif piece.lines and (not self.rows or self.rows[-1].group or self.ends_at(piece)):
            return False
        elif self.rows:
            self.rows[-1].parts[-1].append(piece)
        return not self.rows or len(self.rows[-1].parts[-1]) < _MOST_PIECES

    @property
    def full(self) -> bool:
        """Whether no row is open, or one that has a piece for each column."""
        return not self.rows or self.rows[-1].whole(self.width - 1) is not None

    def below(self, piece: Piece) -> str:
        """The words of the line below a piece."""
        rest = self.lines[piece.stop : piece.stop + _LOOKED_AHEAD]
        return next((line.text for line in rest if line.raw.strip("|")), "")

    def is_figure(self, piece: Piece) -> bool:
        """Whether a bare number (`12`) is a cell of the row: what stands below fits the next column better than a row's first."""
        if self.full or not (self.has_figures and piece.text.isdecimal()):
            return False
        roles = self.columns.roles
        following = roles[len(self.rows[-1].filled) + 2 :][:1]
        below = self.below(piece)
        return bool(following) and misfit(below, following[0]) < misfit(below, roles[1])

    def begins_row(self, piece: Piece, marker: Marker) -> bool:
        """Whether a number begins a row (`2`); one that isn't next does if the row above is full, a dash below a name too."""
        if self.numbering.takes(marker):
            return True
        last = self.numbering.last_like(marker)
        named = bool(self.rows) and len(self.rows[-1].filled) == 1
        part = marker.bullet and named and misfit(self.below(piece), self.columns.roles[1]) == 0
        skips = self.full and (marker.bullet or marker.order == 1 or last < marker.order)
        begins = part or skips
        if begins:
            self.numbering.restart(marker)
        return begins

    def is_of_page(self, piece: Piece) -> bool:
        """Whether it is a page's number (`12`) or running head.

        A bare number right below words may be a cell of a table with figures.
        """
        above = self.rows[-1].parts[-1] if self.rows else []
        figure = self.has_figures and piece.text.isdecimal()
        if len(piece.lines) != 1 or (figure and above and above[-1].lines):
            return False
        return is_of_page(piece.lines[0])

    def is_group(self, piece: Piece) -> bool:
        """Whether it heads the rows below: a division's number or capitals (`II. NÔNG NGHIỆP`), and a number stands below."""
        numbered = label_marker(self.below(piece)) is not None
        named = _heads(piece) or (self.full and _in_capitals(piece))
        return numbered and named

    def ends_at(self, piece: Piece) -> bool:
        """Whether a piece is of the text after the table: `Nơi nhận:`, an annex, a signature."""
        line = self.lines[piece.start]
        if _heads(piece) and (self.full or line.capitals):
            return True
        closing = opening_words("recipients").match(line.key) or is_signing_office(line)
        opens = is_annex_label(line) or kind_line(line) is not None
        gap = not piece.whole and line.row - self.lines[piece.start - 1].row > 1
        return bool(closing) or opens or (gap and line.stressed)

    def end_page(self) -> None:
        if self.rows and self.rows[-1].parts[-1]:
            self.rows[-1].parts.append([])

    @property
    def widest(self) -> int:
        """How many columns the rows have words in."""
        return max((len(row.filled) + 1 for row in self.rows), default=self.width)

    def end(self, roles: Sequence[ColumnRole]) -> int:
        """Take from the last row what is of the text after the table; give the index there."""
        *others, last = self.rows
        kept = last.pieces
        if _is_regular(self.rows, len(roles)) and not _strange(kept[: len(roles)], roles):
            kept = kept[: len(roles)]
        else:
            kept = kept[: max((len(row.pieces) for row in others), default=_MOST_PIECES)]
        if len(kept) < len(last.pieces):
            last.parts = [kept]
        return max(piece.stop for piece in (last.label, *last.filled))


def _in_capitals(piece: Piece) -> bool:
    """Whether a piece is in capitals, as what heads rows is, and no abbreviation.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_in_capitals(Piece(lines_of(text), 0, 1)) for text in ("TRỒNG RỪNG PHÒNG HỘ", "Trồng rừng phòng hộ", "HTX")]
    [True, False, False]
    """
    return len(piece.text) > _SHORTEST_GROUP and all(line.capitals for line in piece.lines)


def _is_regular(rows: Sequence[_OpenRow], count: int) -> bool:
    """Whether most rows have a piece for each cell after their number: `1`, `Trồng rừng`, `Sở Y tế`.

    >>> from khplans.reading.lines.line import lines_of
    >>> def row(*texts): return _OpenRow(Piece((), 0, 0), parts=[[Piece(lines_of(text), 0, 1) for text in texts]])
    >>> _is_regular([row("Rừng", "Sở Y tế"), row("a", "b", "c")], 2), _is_regular([row("a", "b", "c")], 2), _is_regular([row("a")], 2)
    (True, False, True)
    """
    told = [row for row in rows if len(row.filled) > 1]
    return 2 * sum(row.whole(count) is not None for row in told) >= len(told)


def _rows(rows: Sequence[_OpenRow], roles: Sequence[ColumnRole]) -> list[GridRow]:
    """The cells of each row; one cell with all its words where that isn't clear, or they are a group's name.

    >>> from khplans.reading.lines.line import lines_of
    >>> def row(*texts): return _OpenRow(Piece(lines_of("1"), 0, 1), parts=[[Piece(lines_of(text), 0, 1) for text in texts]])
    >>> rows = row("Trồng rừng", "Sở Y tế"), row("Trồng cây")
    >>> [[len(cell) for cell in one.cells] for one in _rows(rows, ("label", "task", "lead"))]
    [[1, 1, 1], [1, 1, 0]]
    """
    count = len(roles) - 1
    if _is_regular(rows, count):
        cells = [_counted(row, roles[1:]) for row in rows]
    else:
        cells = _by_weight(rows, roles[1:])
    return [
        _row(row, count, found if len(row.filled) > 1 else _named(row, roles[1:]))
        for row, found in zip(rows, cells, strict=True)
    ]


def _row(row: _OpenRow, count: int, cells: Sequence[Sequence[Piece]] | None) -> GridRow:
    """A row with its cells (`1`, `Trồng rừng`); a group, or one that can't be cut, is one cell.

    >>> from khplans.reading.lines.line import lines_of
    >>> def row(text, group=False): return _OpenRow(Piece(lines_of("1"), 0, 1), group, [[Piece(lines_of(text), 0, 1)]])
    >>> cells = [[Piece(lines_of("Rừng"), 0, 1)], []]
    >>> [len(_row(row("Rừng"), 2, cut).cells) for cut in (cells, None)], _row(row("Rừng", True), 2, cells).sizes
    ([3, 1], [(1, 3)])
    """
    if row.group:
        return GridRow([row.spans], sizes=[(1, count + 1)])
    if cells is None:
        return GridRow([row.spans])
    told = ([line for piece in cell for line in piece.lines] for cell in cells)
    return GridRow([spans_of(row.label.lines), *map(spans_of, told)])


def _named(row: _OpenRow, roles: Sequence[ColumnRole]) -> Cut:
    """A row that has nothing but a name.

    >>> from khplans.reading.lines.line import lines_of
    >>> row = _OpenRow(Piece((), 0, 0), parts=[[Piece(lines_of("Rừng"), 0, 1)]])
    >>> [[len(cell) for cell in _named(row, roles)] for roles in (("lead", "task"), ("lead", "deadline"))]
    [[0, 1], [1, 0]]
    """
    at = next((k for k, role in enumerate(roles) if role in ("task", "name")), 0)
    return [row.filled if k == at else [] for k in range(len(roles))]


def _counted(row: _OpenRow, roles: Sequence[ColumnRole]) -> Cut | None:
    """The cells of a row by the number of its pieces: one each, some missing, or several to a cell.

    >>> from khplans.reading.lines.line import lines_of
    >>> def counted(*texts):
    ...     row = _OpenRow(Piece((), 0, 0), parts=[[Piece(lines_of(text), 0, 1) for text in texts]])
    ...     return [[piece.text for piece in cell] for cell in _counted(row, ("task", "lead", "deadline")) or ()]
    >>> counted("Trồng rừng", "Sở Y tế", "Quý I/2025"), counted("Trồng rừng", "Quý I/2025")
    ([['Trồng rừng'], ['Sở Y tế'], ['Quý I/2025']], [['Trồng rừng'], [], ['Quý I/2025']])
    >>> counted("Trồng rừng", "phòng hộ", "Sở Y tế", "Quý I/2025")
    [['Trồng rừng', 'phòng hộ'], ['Sở Y tế'], ['Quý I/2025']]
    """
    whole = row.whole(len(roles))
    if whole and not _strange(whole, roles):
        return [[piece] for piece in whole]
    if len(row.filled) < len(roles):
        return _placed(row, roles)
    sure = [replace(piece, whole=True) for piece in row.pieces if not piece.gap]
    return _fitting(cut_into_cells(sure, roles), roles)


def _strange(pieces: Sequence[Piece], roles: Sequence[ColumnRole]) -> bool:
    """Whether pieces can't be the cells of these columns: `Sở Y tế` is no time, nor `quý I` an agency.

    Words in a column of figures tell of a lost cell only where a gap is all that tells of another.

    >>> from khplans.reading.lines.line import lines_of
    >>> def strange(*texts):
    ...     return _strange([Piece(lines_of(text), 0, 1) for text in texts], ("task", "lead", "deadline"))
    >>> strange("Trồng rừng", "Sở Y tế", "Quý I/2025"), strange("Trồng rừng", "Quý I/2025", "Sở Y tế")
    (False, True)
    """
    gap = any(piece.gap for piece in pieces)
    return any(
        misfit(piece.text, role) >= _WRONG
        for piece, role in zip(pieces, roles, strict=False)
        if piece.lines and (gap or role in _TOLD_APART)
    )


def _placed(row: _OpenRow, roles: Sequence[ColumnRole]) -> Cut | None:
    """The cells of a row that lacks some, where it is clear which: agencies lead before they coordinate.

    >>> from khplans.reading.lines.line import lines_of
    >>> def placed(*texts):
    ...     row = _OpenRow(Piece((), 0, 0), parts=[[Piece(lines_of(text), 0, 1) for text in texts]])
    ...     cut = _placed(row, ("task", "lead", "coordinate", "deadline"))
    ...     return cut and [" ".join(piece.text for piece in cell) for cell in cut]
    >>> placed("Trồng rừng", "Sở Y tế", "Quý I/2025"), placed("Trồng rừng", "Quý I/2025"), placed("Rừng", "Biển")
    (['Trồng rừng', 'Sở Y tế', '', 'Quý I/2025'], ['Trồng rừng', '', '', 'Quý I/2025'], None)
    """
    filled = row.filled
    texts = [piece.text for piece in filled]
    alone = [k for k, role in enumerate(roles) if role != "coordinate"]
    places = columns_of(texts, roles)
    if places is None and (among := columns_of(texts, [roles[k] for k in alone])):
        places = [alone[k] for k in among]
    if places is None:
        return None
    at = dict(zip(places, filled, strict=True))
    return [[at[k]] if k in at else [] for k in range(len(roles))]


def _by_weight(rows: Sequence[_OpenRow], roles: Sequence[ColumnRole]) -> list[Cut | None]:
    """First by their words alone, then by how wide the columns turned out."""
    free = [_weighed(row, roles, ()) for row in rows]
    widths = widths_of(free, len(roles))
    return [_weighed(row, roles, widths) for row in rows]


def _weighed(row: _OpenRow, roles: Sequence[ColumnRole], widths: Sequence[int]) -> Cut | None:
    """The cells of a row, those of its parts on several pages put together; None where that is not clear.

    >>> from khplans.reading.lines.line import lines_of
    >>> def weighed(*texts, roles=("task", "lead", "deadline")):
    ...     row = _OpenRow(Piece((), 0, 0), parts=[[Piece(lines_of(text), 0, 1, whole=False) for text in texts]])
    ...     cut = _weighed(row, roles, (20, 20, 20))
    ...     return cut and [" ".join(piece.text for piece in cell) for cell in cut]
    >>> weighed("Trồng rừng", "phòng hộ", "Sở Y tế", "Quý I/2025"), weighed("Rừng", "5", roles=("name", "value", "value"))
    (['Trồng rừng phòng hộ', 'Sở Y tế', 'Quý I/2025'], None)
    """
    if len(row.filled) < len(roles) and roles.count("value") > 1:
        return _placed(row, roles)
    whole: list[list[Piece]] = [[] for _ in roles]
    parts = [[piece for piece in part if not piece.gap] for part in row.parts]
    for n, part in enumerate(filter(None, parts)):
        cut = cut_into_cells(part, roles, widths, n > 0)
        if cut is None:
            return None
        for cell, more in zip(whole, cut, strict=True):
            cell.extend(more)
    return _fitting(list(whole), roles)


def _fitting(cut: Cut | None, roles: Sequence[ColumnRole]) -> Cut | None:
    """Cells that fit their columns; None where one doesn't, or there are none.

    >>> from khplans.reading.lines.line import lines_of
    >>> def fits(*texts): return _fitting([[Piece(lines_of(text), 0, 1)] for text in texts], ("task", "lead")) is not None
    >>> fits("Trồng rừng", "Sở Y tế"), fits("Trồng rừng", "Quý I/2025"), _fitting([[], []], ("task", "lead")), _fitting(None, ())
    (True, False, None, None)
    """
    if cut is None:
        return None
    told = [" ".join(piece.text for piece in cell if piece.lines) for cell in cut]
    fits = all(
        misfit(text, role) <= _MISFIT for text, role in zip(told, roles, strict=True) if text
    )
    return cut if fits and any(told) else None
