"""Tables of figures that came out one cell a line, where cells are missing or rows have no number.

The words tell what a line is: behind a name come as many figures as there are columns of values,
then perhaps a remark; whatever does not keep to that gets no figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from khplans.knowledge.columns import column_role
from khplans.reading.layout.cell_lines import Cells
from khplans.reading.layout.labels import label_marker
from khplans.reading.lines.line import Line
from khplans.text.numerals import NUMERAL

_FIGURE = re.compile(
    rf"(?:[≥≤><=~]{{1,2}}|khoảng|trên|dưới|hơn|tăng|giảm|đạt|[+\-−])? ?(?:{NUMERAL})(?: ?[-–] ?(?:{NUMERAL}))?"
    r" ?(?:%|‰)?(?: trở lên| trở xuống)?|[-–x]",
    re.IGNORECASE | re.ASCII,
)
_BULLETS = ("-", "+", "•")
_LONGEST_NAME = 160
_LONGEST_REMARK = 40
_FEWEST_VALUES = 2
_FEWEST_ROWS = 3
_FEWEST_LETTERS = 3


@dataclass(slots=True)
class _Row:
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

    def cells(self, width: int, unit: bool, note: bool) -> Cells:
        """The row's cells; figures that are not one a column stay together in the first."""
        values = self.values
        if len(values) != width:
            values = [[line for value in values for line in value]] + [[] for _ in range(width - 1)]
        units = [self.unit] if unit else []
        return [self.label, self.name, *units, *values, *([self.note] if note else [])]


def read_figures(lines: Sequence[Line], i: int) -> tuple[Cells, Cells, int] | None:
    """The header cells and the rows' cells of a table of figures that begins at line `i`, all in
    one run, and the index behind it; None where no such table begins here.

    Its columns are a number, a name, perhaps a unit, two or more of values and perhaps one of
    remarks; without a column for them the names tell the units (`Giá trị xuất khẩu (triệu USD)`).
    """
    header, at = _header(lines, i)
    roles = [column_role(line.text) for line in header]
    note = bool(roles) and roles[-1] == "note"
    unit = len(header) > 2 and (roles[2] == "unit" or header[2].low.startswith("don vi"))
    first = 2 + unit
    width = len(roles) - first - note
    if width < _FEWEST_VALUES or roles[:2] != ["label", "name"]:
        return None
    if any(role != "value" for role in roles[first : first + width]):
        return None
    rows, stop = _rows([line for line in lines[at : at + 2000] if line.raw], width, unit, note)
    if sum(len(row.values) == width for row in rows) < _FEWEST_ROWS:
        return None
    end = next(j for j in range(at, len(lines)) if lines[j] is stop) + 1 if stop else at
    cells = [cell for row in rows for cell in row.cells(width, unit, note)]
    return [[line] for line in header], cells, end


def _header(lines: Sequence[Line], i: int) -> tuple[list[Line], int]:
    """The lines of the header, and the index behind it."""
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


def _rows(
    lines: Sequence[Line], width: int, unit: bool, note: bool
) -> tuple[list[_Row], Line | None]:
    """The rows that the lines make up, and the last line used."""
    rows: list[_Row] = []
    row = _Row()
    last: Line | None = None
    for k, line in enumerate(lines):
        text = line.text
        following = lines[k + 1].text if k + 1 < len(lines) else ""
        missing = row.missing(width)
        # The last figure may stand before words; any other has a figure behind it.
        goes_on = following.startswith("(") or not _wordy(following)
        last_one = missing == 1 and (note or not _is_next(text, row, rows))
        if missing and _FIGURE.fullmatch(text) and (goes_on or last_one):
            row.values.append([line])
        elif row.values and not row.note and text.startswith("("):
            row.values[-1].append(line)
        elif label_marker(text) and not text.startswith(_BULLETS) and _wordy(following):
            rows.append(row)
            row = _Row(label=[line])
        elif unit and row.name and not row.unit and not row.values and _FIGURE.fullmatch(following):
            row.unit.append(line)
        elif not _wordy(text):
            break
        elif row.values and note and not row.note and _is_remark(lines, k):
            row.note.append(line)
        elif row.values or row.note:
            rows.append(row)
            row = _Row(name=[line])
        elif len(row.name) < 3 and len(text) < _LONGEST_NAME:
            row.name.append(line)
        else:
            break
        last = line
    rows.append(row)
    return _ended(rows, last)


def _ended(rows: list[_Row], last: Line | None) -> tuple[list[_Row], Line | None]:
    """Without what stands behind the last row with figures: that is text again."""
    if rows and not rows[-1].values:
        while rows and not rows[-1].values:
            rows.pop()
        last = _last_line(rows[-1]) if rows else None
    return [row for row in rows if row.label or row.name], last


def _last_line(row: _Row) -> Line:
    lines = [
        *row.label,
        *row.name,
        *row.unit,
        *(line for value in row.values for line in value),
        *row.note,
    ]
    return lines[-1]


def _is_next(text: str, row: _Row, rows: Sequence[_Row]) -> bool:
    """Whether a number is that of the next row, as the one before has a figure less."""
    numbered = row if row.label else next((r for r in reversed(rows) if r.label), row)
    last = numbered.label[0].text.rstrip(".") if numbered.label else ""
    return last.isdecimal() and text.rstrip(".") == str(int(last) + 1)


def _wordy(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and not _FIGURE.fullmatch(text)


def _is_remark(lines: Sequence[Line], k: int) -> bool:
    """Whether a short line closes its row: the next one opens another, or has no figures yet."""
    text = lines[k].text
    if len(text) > _LONGEST_REMARK or text.startswith(_BULLETS):
        return False
    if k + 1 >= len(lines):
        return True
    after = lines[k + 1].text
    numbered = label_marker(after) and k + 2 < len(lines) and _wordy(lines[k + 2].text)
    return bool(numbered) or not _FIGURE.fullmatch(after)
