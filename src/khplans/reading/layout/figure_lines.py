"""Tables of figures that came out one cell a line, where cells are missing or rows have no number.

The words tell what a line is: after a name come as many figures as there are columns of values,
then perhaps a remark; whatever does not keep to that gets no figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from khplans.knowledge.columns import column_role
from khplans.model import ColumnRole
from khplans.reading.layout.cell_fit import is_figure
from khplans.reading.layout.grid import GridRow, spans_of
from khplans.reading.layout.labels import label_marker
from khplans.reading.lines.line import AtLine, Line, lines_of
from khplans.reading.lines.markers import read_marker
from khplans.rules import Rule, Rules, always

_BULLETS = ("-", "+", "•")
_LONGEST_NAME = 160
_LONGEST_REMARK = 40
_FEWEST_VALUES = 2
_FEWEST_ROWS = 3
_FEWEST_LETTERS = 3
_MOST_NAME_LINES = 3


@dataclass(slots=True)
class _FigureRow:
    """The lines of a row so far; figures and what stands in brackets below them go together."""

    label: list[Line] = field(default_factory=list)
    name: list[Line] = field(default_factory=list)
    unit: list[Line] = field(default_factory=list)
    values: list[list[Line]] = field(default_factory=list)
    note: list[Line] = field(default_factory=list)

    def missing(self, width: int) -> int:
        """How many figures may follow: one a column for each of the names that share the row."""
        names = sum(line.text.startswith(_BULLETS) for line in self.name)
        return 0 if self.note or not self.name else width * max(1, names) - len(self.values)

    @property
    def names_columns(self) -> bool:
        """Whether it may be more names of columns (`Năm 2025`): words without a number and figures that head nothing."""
        heads = any(line.capitals or read_marker(line.text) for line in self.name)
        return not (self.label or self.values or heads)

    def cells(self, shape: Shape) -> list[list[Line]]:
        """The row's cells; figures that are not one a column stay together in the first."""
        width, values = shape.width, self.values
        if len(values) != width:
            values = [[line for value in values for line in value]] + [[] for _ in range(width - 1)]
        units = [self.unit] if shape.unit else []
        return [self.label, self.name, *units, *values, *([self.note] if shape.note else [])]


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of such a table: how many of values, whether one of units and one of remarks."""

    width: int
    unit: bool
    note: bool


def read_figures(lines: Sequence[Line], i: int) -> tuple[list[GridRow], int] | None:
    """The rows of a table of figures that begins at line `i` and the index after it, None for no such table.

    Its columns are a number, a name, perhaps a unit, two or more of values and perhaps one of
    remarks; without a column for them the names tell the units (`Giá trị xuất khẩu (triệu USD)`).

    >>> rows = "\\n".join(f"{n}\\n{name}\\ntỷ đồng\\n5,1\\n6,1" for n, name in enumerate(("Thu", "Chi", "Vay", "Nợ"), 1))
    >>> text = f"TT\\nChỉ tiêu\\nĐơn vị tính\\nNăm 2024\\nNăm 2025\\n{rows}"
    >>> rows, stop = read_figures(lines_of(text), 0)
    >>> len(rows), stop, rows[0].header
    (4, 20, True)
    """
    header, at = _header(lines, i)
    found = read_figures_below(lines, at, [column_role(line.text) for line in header])
    if found is None:
        return None
    return [GridRow([[line.span] for line in header], True), *found[0]], found[1]


def read_figures_below(
    lines: Sequence[Line], at: int, roles: Sequence[ColumnRole | None]
) -> tuple[list[GridRow], int] | None:
    """The rows from a line on below columns of these roles, and the index after them; None for no such table.

    >>> text = "\\n".join(f"{n}\\n{name}\\ntỷ đồng\\n5,1\\n6,1" for n, name in enumerate(("Thu", "Chi", "Vay"), 1))
    >>> roles = "label", "name", "unit", "value", "value"
    >>> rows, stop = read_figures_below(lines_of(text), 0, roles)
    >>> len(rows), stop, read_figures_below(lines_of(text)[:10], 0, roles), read_figures_below(lines_of(text), 0, ("label", "task"))
    (3, 15, None, None)
    """
    shape = _shape(roles)
    if shape is None:
        return None
    rows, stop = _FigureReader(lines, shape).read(at)
    if sum(len(row.values) == shape.width for row in rows) < _FEWEST_ROWS or rows[0].names_columns:
        return None
    return [GridRow([*map(spans_of, row.cells(shape))]) for row in rows], stop


def _shape(roles: Sequence[ColumnRole | None]) -> Shape | None:
    """The columns of a table of figures, or None where these are others.

    >>> _shape(["label", "name", "unit", "value", "value"])
    Shape(width=2, unit=True, note=False)
    """
    note = bool(roles) and roles[-1] == "note"
    unit = len(roles) > 2 and roles[2] in ("unit", "lead")  # `Đơn vị` of figures is no office
    first = 2 + unit
    width = len(roles) - first - note
    if width < _FEWEST_VALUES or list(roles[:2]) != ["label", "name"]:
        return None
    values = all(role == "value" for role in roles[first : first + width])
    return Shape(width, unit, note) if values else None


def _header(lines: Sequence[Line], i: int) -> tuple[list[Line], int]:
    """The lines of the header, and the index after it.

    >>> text = "TT\\nChỉ tiêu\\n\\nĐVT\\n1\\nThu"
    >>> [line.text for line in _header(lines_of(text), 0)[0]], _header(lines_of(text), 0)[1], _header(lines_of("TT\\n" * 20), 0)[1]
    (['TT', 'Chỉ tiêu', 'ĐVT'], 3, 12)
    """
    header: list[Line] = []
    at = i
    while at < len(lines) and len(header) < 12:
        line = lines[at]
        if line.raw and (len(line.text) > 60 or column_role(line.text) is None):
            break
        if line.raw:
            header.append(line)
        at += 1
    return header, at


def _last_line(row: _FigureRow) -> Line:
    lines = [
        *row.label,
        *row.name,
        *row.unit,
        *(line for value in row.values for line in value),
        *row.note,
    ]
    return lines[-1]


def _is_next(text: str, last: str) -> bool:
    """Whether a number is the one after the last row's.

    >>> _is_next("3.", "2"), _is_next("8,1", "2"), _is_next("1", "")
    (True, False, False)
    """
    return last.isdecimal() and text.rstrip(".") == str(int(last) + 1)


def _wordy(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and not is_figure(text)


@dataclass(frozen=True, slots=True)
class LineOfFigures(AtLine):
    """A line of such a table, the row that stands open above it and the last number of a row."""

    shape: Shape
    row: _FigureRow
    last: str

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def below(self) -> str:
        """The words of the next line that has any."""
        rest = self.lines[self.i + 1 : self.i + 4]
        return next((line.text for line in rest if line.raw), "")

    @property
    def is_value(self) -> bool:
        """Whether it is a figure (`12,5`) that the row still lacks; the last of them may stand before words."""
        missing = self.row.missing(self.shape.width)
        if not missing or not is_figure(self.text):
            return False
        last = missing == 1 and (self.shape.note or not _is_next(self.text, self.last))
        return last or self.below.startswith("(") or not _wordy(self.below)

    @property
    def is_number(self) -> bool:
        """Whether it numbers a row that begins with it."""
        return (
            bool(label_marker(self.text))
            and not self.text.startswith(_BULLETS)
            and _wordy(self.below)
        )

    @property
    def is_unit(self) -> bool:
        """Whether it stands where the row's unit is to stand, above its first figure: `tỷ đồng`."""
        due = self.row.name and not self.row.unit and not self.row.values
        return self.shape.unit and bool(due) and is_figure(self.below)

    @property
    def is_remark(self) -> bool:
        """Whether it closes its row (`Vượt`): it is short, and the next line opens another, or has no figures yet."""
        if not (self.shape.note and self.row.values) or self.row.note:
            return False
        if len(self.text) > _LONGEST_REMARK or self.text.startswith(_BULLETS):
            return False
        rest = [line.text for line in self.lines[self.i + 1 : self.i + 6] if line.raw]
        numbered = len(rest) > 1 and label_marker(rest[0]) and _wordy(rest[1])
        return not rest or bool(numbered) or not is_figure(rest[0])


def _case_of(text: str, unit: bool = False, note: bool = False) -> LineOfFigures:
    """A line of a table of two columns of values: the last of a text that has lines before it, else the first."""
    reader = _FigureReader(lines_of(text), Shape(2, unit, note))
    at = max(len(reader.lines) - 2, 0)
    for k in range(at):
        reader.take(k)
    return reader.case(at)


LineUse = Literal["value", "more", "number", "unit", "remark", "next", "name", "end"]

# fmt: off
FIGURES: Rules[LineOfFigures, LineUse] = Rules("line-of-figures", _case_of, (
    Rule("figure", ("GRDP\n8,1\n8,5",), lambda line: line.is_value, "value"),
    Rule("in-brackets", ("GRDP\n8,1\n(ước)\n8,5",),
         lambda line: line.row.values and not line.row.note and line.text.startswith("("), "more"),
    Rule("number", ("1\nThu ngân sách",), lambda line: line.is_number, "number"),
    Rule("unit", ("GRDP\n%\n8,1", True), lambda line: line.is_unit, "unit"),
    Rule("no-words", ("GRDP\n--\nabc",), lambda line: not _wordy(line.text), "end"),
    Rule("remark", ("GRDP\n8,1\n8,5\nĐạt\nThu ngân sách", False, True), lambda line: line.is_remark, "remark"),
    Rule("name-of-the-next-row", ("GRDP\n8,1\n8,5\nThu ngân sách\n9",),
         lambda line: line.row.values or line.row.note, "next"),
    Rule("name", ("Thu ngân sách\n9",),
         lambda line: len(line.row.name) < _MOST_NAME_LINES and len(line.text) < _LONGEST_NAME, "name"),
    Rule("text", ("Sở Y tế\nchủ trì\nphối hợp\nbáo cáo\n9",), always, "end"),
))
# fmt: on


class _FigureReader:
    """Reads the rows of a table of figures; `row` is the one that stands open."""

    def __init__(self, lines: Sequence[Line], shape: Shape) -> None:
        self.lines = lines
        self.shape = shape
        self.rows: list[_FigureRow] = []
        self.last = ""
        self.row = _FigureRow()

    def case(self, k: int) -> LineOfFigures:
        return LineOfFigures(self.lines, k, self.shape, self.row, self.last)

    def read(self, at: int) -> tuple[list[_FigureRow], int]:
        """The rows from a line on, without what stands after the last one with figures, and where they end."""
        k = at
        while k < len(self.lines) and self.take(k):
            k += 1
        rows = [*self.rows, self.row]
        while rows and not rows[-1].values:
            rows.pop()
        if not rows:
            return [], at
        last = _last_line(rows[-1])
        end = next(k for k in range(at, len(self.lines)) if self.lines[k] is last) + 1
        return [row for row in rows if row.label or row.name], end

    def take(self, k: int) -> bool:
        """Take a line into the table; False where it stands after it."""
        line = self.lines[k]
        if not line.raw:
            return True
        use = FIGURES.decide(self.case(k))
        if use in ("number", "next"):
            self.rows.append(self.row)
            self.row = _FigureRow(label=[line]) if use == "number" else _FigureRow(name=[line])
            self.last = line.text.rstrip(".") if use == "number" else self.last
        elif use == "more":
            self.row.values[-1].append(line)
        elif use == "value":
            self.row.values.append([line])
        elif use != "end":
            {"unit": self.row.unit, "remark": self.row.note, "name": self.row.name}[use].append(
                line
            )
        return use != "end"
