"""The header of a table: which columns it has, and whether a line is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khplans.knowledge.columns import column_role
from khplans.model import ColumnRole
from khplans.reading.lines.line import Line
from khplans.text.fold import fold

_LONGEST = 90
_STANDARDS = ("chi tieu ", "yeu cau ", "muc dat ")


@dataclass(frozen=True)
class Columns:
    """The headers of a table and the role of each column."""

    headers: tuple[str, ...]
    roles: tuple[ColumnRole, ...]


def read_columns(headers: Sequence[str]) -> Columns | None:
    """The columns under these headers, or None where they are no headers of a table.

    >>> read_columns(["TT", "Nhiệm vụ", "Chủ trì"]).roles, read_columns(["Sở Y tế", "báo cáo"])
    (('label', 'task', 'lead'), None)
    """
    if len(headers) < 2 or any(len(header) > _LONGEST for header in headers):
        return None
    found = [column_role(header) for header in headers]
    known = sum(role is not None for role in found)
    if known < 2 or known * 2 < len(headers):
        return None
    if not headers[0]:
        found[0] = "label"
    if all(role in ("value", None) for role in found):
        return None
    roles = _each_once(_of_criteria(headers, found))
    if "task" not in roles and "name" not in roles and found.count(None) == 1:
        at = roles.index("other")
        roles = (*roles[:at], "task", *roles[at + 1 :])
    return Columns(tuple(headers), roles)


def _of_criteria(
    headers: Sequence[str], found: Sequence[ColumnRole | None]
) -> Sequence[ColumnRole | None]:
    """The roles of a table of criteria: the name of a row is what it asks for, the criterion stands over several rows.

    >>> _of_criteria(["TT", "Tiêu chí", "Nội dung", "Chỉ tiêu"], ["label", "name", "task", "name"])
    ['label', None, 'name', None]
    >>> _of_criteria(["TT", "Nội dung", "Chỉ tiêu"], ["label", "task", "name"])
    ['label', 'task', 'name']
    """
    names = [f"{fold(header)} " for header in headers]
    asks = next((k for k, name in enumerate(names) if name.startswith("noi dung ")), 0)
    over = [k for k in range(asks) if "tieu chi " in names[k]]
    sets = [k for k in range(asks, len(names)) if names[k].startswith(_STANDARDS)]
    if not over or not sets:
        return found
    of_none = {*over, *sets}
    return ["name" if k == asks else None if k in of_none else role for k, role in enumerate(found)]


def columns_of_table(headers: Sequence[str]) -> Columns:
    """The columns under the first row of what is known to be a table, whatever they are called.

    >>> columns_of_table(["Xã", "Số hộ", "Ghi chú"]).roles
    ('other', 'other', 'note')
    """
    found = (column_role(header) if len(header) <= _LONGEST else None for header in headers)
    roles = _each_once([role if role in ("label", "note", "unit") else None for role in found])
    return read_columns(headers) or Columns(tuple(headers), roles)


def _each_once(found: Sequence[ColumnRole | None]) -> tuple[ColumnRole, ...]:
    """Roles of which those that a table has once stand once.

    >>> _each_once(["label", "task", "task", "value", "value", None])
    ('label', 'task', 'other', 'value', 'value', 'other')
    """
    roles: list[ColumnRole] = []
    for role in found:
        once = role in ("label", "task", "name", "lead", "coordinate")
        roles.append("other" if role is None or (once and role in roles) else role)
    return tuple(roles)


def heads_table(line: Line) -> bool:
    """Whether a line is the header of a table (`TT|Nhiệm vụ`), or the first cell of one (`STT`).

    It ends a title also where nothing else stands between the two.

    >>> from khplans.reading.lines.line import lines_of
    >>> [heads_table(line) for line in lines_of("TT|Nhiệm vụ\\n|TT|Nhiệm vụ|\\nSTT\\nNhiệm vụ")]
    [True, True, True, False]
    """
    if "|" in line.raw or "\t" in line.raw:
        mark = "|" if "|" in line.raw else "\t"
        cells = line.raw.strip(f"{mark} ").split(mark)
        return read_columns([cell.strip(" *_") for cell in cells]) is not None
    return len(line.text) < 12 and column_role(line.text) == "label"


def opens_table(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is the first cell of a header of three or more, one a line: `TT`, `Nhiệm vụ`, `Chủ trì`.

    Such a table ends a letterhead, also where nothing else tells them apart.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "TT\\nNhiệm vụ\\nChủ trì", "TT\\nNhiệm vụ", "TT\\nTrồng rừng\\nSở Y tế", "Nhiệm vụ\\nTT\\nChủ trì", "\\nTT\\nChủ trì"
    >>> [opens_table(lines_of(text), 0) for text in texts]
    [True, False, False, False, False]
    """
    line = lines[i]
    if not line.text or len(line.text) >= 12 or column_role(line.text) != "label":
        return False
    below = [after.text for after in lines[i + 1 : i + 7] if after.raw][:2]
    return len(below) == 2 and all(len(text) <= 60 and column_role(text) for text in below)


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns.

    >>> counts_columns(["(1)", "(2)", "(3)"]), counts_columns(["A", "B", "1", "2"]), counts_columns(["1", "2", "4"])
    (True, True, False)
    """
    told = [text.strip("()[]. ") for text in texts]
    numbers = [text for text in told if text.isdecimal()]
    letters = told[: len(told) - len(numbers)]
    return (
        len(told) > 2
        and letters == [*"ABCD"][: len(letters)]
        and numbers == [str(n) for n in range(1, len(numbers) + 1)]
    )
