"""Tables that came out one cell a line, with nothing between, and whose cells are wrapped over lines.

Text taken from a gazette's PDF looks so. A number in order begins a row; how its other lines are
cut into cells is weighed: what fits its column, begins with a capital and keeps to the column's width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from khplans.knowledge.letterhead import opening_words
from khplans.model import ColumnRole
from khplans.reading.layout.columns import Columns, read_columns
from khplans.reading.layout.grid import Grid, GridRow, placed, words_of
from khplans.reading.layout.labels import label_marker
from khplans.reading.layout.likeness import misfit
from khplans.reading.layout.numbering import Numbering
from khplans.reading.layout.pages import is_of_page
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import is_annex_label, is_signing_office, kind_line

_MOST_HEADER_LINES = 30
_MOST_ROW_LINES = 120
_MOST_BEGINNINGS = 40
_LONGEST_TOLD = 12
"""Lines; a longer cell is words, whatever they are."""
_CAPITAL = 0.8
"""How unlikely it is that a line inside a cell begins with a capital."""
_CAPITAL_BELOW_END = 1.5
"""The same, where the line above ends a sentence."""
_CUT_SHORT = 2.0
"""How unlikely it is that a cell ends in the middle of a list or a phrase."""
_UNFINISHED = frozenset(
    ("cac", "va", "cua", "voi", "ve", "tai", "cho", "theo", "nhung", "mot", "-")
)
_FIRST_WORDS = frozenset(("Bộ", "Sở", "Ban", "Ủy", "Hội", "Thanh", "Văn", "Trung", "Công"))
_TOO_WIDE = 1.0
_ROOM = 3
"""By how many letters a line may be longer than the others of its column."""
_MISFIT = 1.5
"""How badly a cell of a row that is read may fit its column."""

Cell = list[Line]


@dataclass(slots=True)
class _RowLines:
    """The lines of a row behind its number, cut where a page ends."""

    label: Line
    parts: list[list[Line]] = field(default_factory=lambda: [[]])

    @property
    def full(self) -> bool:
        """Whether it has as many lines as a row may have."""
        return sum(map(len, self.parts)) >= _MOST_ROW_LINES


def read_wrapped(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\nNhiệm vụ\\nCơ quan\\nchủ trì\\nThời hạn\\n1.\\nTrồng rừng\\nphòng hộ\\nSở Y tế\\nQuý II/2025"
    >>> rows_of_texts(text, read_wrapped(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Thời hạn'], ['1.', 'Trồng rừng phòng hộ', 'Sở Y tế', 'Quý II/2025']]
    """
    header = _header(lines, i)
    columns = read_columns([words_of(cell) for cell in header])
    if columns is None or columns.roles[0] != "label" or len(header) < 3:
        return None
    names = [line for cell in header for line in cell]
    rows, stop = _rows(lines, i + len(names), names)
    if not rows:
        return None
    cells = _cut(rows, columns)
    told = [GridRow([[line.span for line in cell] for cell in row]) for row in cells]
    first = GridRow([[line.span for line in cell] for cell in header], True)
    return Grid(placed([first, *told]), stop)


def _header(lines: Sequence[Line], i: int) -> list[Cell]:
    """The names of the columns: each begins with a capital, what begins otherwise goes on with one."""
    header: list[Cell] = []
    for line in lines[i : i + _MOST_HEADER_LINES]:
        if label_marker(line.text):
            return header
        if header and (line.text[:1].islower() or header[-1][-1].key == "so"):
            header[-1].append(line)
        elif line.raw:
            header.append([line])
    return []


def _rows(lines: Sequence[Line], at: int, names: Sequence[Line]) -> tuple[list[_RowLines], int]:
    """The rows from a line on, and the index behind the last one's lines."""
    rows: list[_RowLines] = []
    numbering = Numbering()
    stop = at
    while at < len(lines):
        line = lines[at]
        again = _names_again(lines, at, names)
        if numbering.takes(label_marker(line.text)):
            rows.append(_RowLines(line))
        elif again or (line.raw and is_of_page(line)):
            if rows and rows[-1].parts[-1]:
                rows[-1].parts.append([])
            at += max(again, 1)
            continue
        elif not rows or rows[-1].full or _ends_table(lines, at):
            break
        elif line.raw:
            rows[-1].parts[-1].append(line)
        at += 1
        stop = at
    return rows, stop


def _names_again(lines: Sequence[Line], at: int, names: Sequence[Line]) -> int:
    """How many lines name the columns once more from a line on."""
    here = lines[at : at + len(names)]
    same = [line.text for line in here] == [line.text for line in names]
    return len(names) if same else 0


def _ends_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is of the text behind the table."""
    line = lines[at]
    closing = opening_words("recipients").match(line.key) or is_signing_office(line)
    opens = is_annex_label(line) or kind_line(line) is not None
    gap = at > 0 and line.row - lines[at - 1].row > 1
    return bool(closing) or opens or (gap and line.stressed)


def _cut(rows: Sequence[_RowLines], columns: Columns) -> list[list[Cell]]:
    """The cells of each row; first by their words alone, then by how wide the columns turned out."""
    roles = columns.roles[1:]
    free = [_cells(row, roles, ()) for row in rows]
    widths = [_width([cell for row in free if row for cell in [row[k]]]) for k in range(len(roles))]
    return [
        [[row.label], *cells]
        if (cells := _cells(row, roles, widths))
        else [[row.label, *(line for part in row.parts for line in part)]]
        for row in rows
    ]


def _width(cells: Sequence[Cell]) -> int:
    """How wide a column is: as most of its cells are."""
    wide = sorted(max(len(line.text) for line in cell) for cell in cells if cell)
    return wide[len(wide) * 4 // 5] if wide else 0


def _cells(row: _RowLines, roles: Sequence[ColumnRole], widths: Sequence[int]) -> list[Cell] | None:
    """The cells of a row, those of its parts on several pages put together; None where that is not clear."""
    whole: list[Cell] = [[] for _ in roles]
    for n, part in enumerate(filter(None, row.parts)):
        cut = _Cutting(part, roles, widths, n > 0).cells()
        if cut is None:
            return None
        for cell, more in zip(whole, cut, strict=True):
            cell.extend(more)
    fits = all(
        misfit(words_of(cell), role) <= _MISFIT
        for cell, role in zip(whole, roles, strict=True)
        if cell
    )
    return whole if fits and any(whole) else None


class _Cutting:
    """Weighs where the lines of a row, or of what of it stands on one page, are cut into cells."""

    def __init__(
        self,
        lines: Sequence[Line],
        roles: Sequence[ColumnRole],
        widths: Sequence[int],
        goes_on: bool,
    ) -> None:
        self.lines = lines
        self.roles = roles
        self.widths = widths or [0] * len(roles)
        self.goes_on = goes_on
        self.joins = [0.0]
        for above, line in pairwise(lines):
            self.joins.append(self.joins[-1] + _join(above, line))

    def cells(self) -> list[Cell] | None:
        """The likeliest cells, one for each role; None where there are too many ways."""
        places = [k for k, line in enumerate(self.lines) if self.may_begin(line) or not k]
        if len(places) > _MOST_BEGINNINGS:
            return None
        places.append(len(self.lines))
        cost = {0: 0.0}
        ways: list[dict[int, int]] = []
        for role, width in zip(self.roles, self.widths, strict=True):
            cost, way = self.column(cost, places, role, width)
            ways.append(way)
        end = len(self.lines)
        cut: list[Cell] = []
        for way in reversed(ways):
            cut.append(list(self.lines[way[end] : end]))
            end = way[end]
        return cut[::-1]

    def column(
        self, cost: dict[int, float], places: Sequence[int], role: ColumnRole, width: int
    ) -> tuple[dict[int, float], dict[int, int]]:
        """The cheapest way to each place once this column has its cell, and where that cell begins."""
        best: dict[int, float] = {}
        way: dict[int, int] = {}
        for end in places:
            for begin, before in cost.items():
                if begin > end:
                    break
                total = before + self.unlikely(begin, end, role, width)
                if total < best.get(end, inf):
                    best[end], way[end] = total, begin
        return best, way

    def may_begin(self, line: Line) -> bool:
        return self.goes_on or not line.text[:1].islower()

    def unlikely(self, begin: int, end: int, role: ColumnRole, width: int) -> float:
        """How unlikely it is that these lines are a cell of a column."""
        if begin == end:
            return 0.5 if self.goes_on else misfit("", role)
        lines = self.lines[begin:end]
        told = words_of(lines[:_LONGEST_TOLD])
        fit = 0.0 if self.goes_on and told[0].islower() else misfit(told, role)
        wide = sum(len(line.text) > width + _ROOM for line in lines) if width else 0
        room = sum(_room(a, b, width) for a, b in pairwise(lines)) if width else 0
        fit += _CUT_SHORT * _open(lines[-1])
        return fit + self.joins[end - 1] - self.joins[begin] + _TOO_WIDE * wide + room


def _join(above: Line, line: Line) -> float:
    """How unlikely it is that a line goes on with the one above it in a cell."""
    if not line.text[:1].isupper() or _open(above):
        return 0.0
    return _CAPITAL_BELOW_END if above.text.endswith((".", ";", ":")) else _CAPITAL


def _open(line: Line) -> bool:
    """Whether a line can't be the last of a cell: it ends with a comma or a word that needs more.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_open(line) for line in lines_of("Sở Y tế,\\nCác\\nSở Y tế")]
    [True, True, False]
    """
    last = line.text.rpartition(" ")[2]
    return last.endswith(",") or last in _FIRST_WORDS or line.low.rpartition(" ")[2] in _UNFINISHED


def _room(above: Line, line: Line, width: int) -> float:
    """How much of the column's width the line above left empty, though the next word had fitted in."""
    left = width - len(above.text) - 1 - len(line.text.partition(" ")[0])
    return max(left, 0) / width / 2
