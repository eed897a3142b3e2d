"""What a table's column holds, told by its header: knowledge/data/columns.csv."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from typing import cast, get_args

from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording
from khplans.model import ColumnRole
from khplans.text.fold import fold

_END_OF_TIME = r"(?:(?:tu|den)(?: <calendar>){0,2}|(?:<moment> )?<begins or ends>)"
_BOUNDS = Wording(
    rf" {_END_OF_TIME}(?: (?:va )?{_END_OF_TIME})? ", " bắt đầu kết thúc ", folded=True
)
"""A header of nothing but one or both ends of a time: `Từ tháng`, `Bắt đầu - kết thúc`."""
_VALUE = Wording(r" (?:<of a year>)? ?(?:19|20)\d\d(?: (?:19|20)?\d\d)? ", " TH 2024 ", folded=True)
_BEGINS = Wording(r" (?:<begins work>|tu(?: <calendar>){0,2} $)", " khởi công", folded=True)
_ENDS = Wording(r" <ends work> ", " hoàn thành ", folded=True)


@cache
def _rules() -> tuple[tuple[str, ColumnRole], ...]:
    roles = get_args(ColumnRole)
    rows = read_table("columns")
    assert all(row["role"] in roles for row in rows), "columns.csv: unknown role"
    return tuple((f" {row['words']} ", cast(ColumnRole, row["role"])) for row in rows)


@lru_cache(maxsize=1 << 16)
def column_role(header: str) -> ColumnRole | None:
    """The role of the column under this header, or None where nothing is known of its words.

    >>> column_role("Cơ quan chủ trì"), column_role("Đơn vị tính"), column_role("Năm 2025")
    ('lead', 'unit', 'value')
    >>> column_role("Thời gian Bắt đầu"), column_role("Thời gian Kết thúc"), column_role("Bắt đầu - kết thúc")
    ('other', 'deadline', 'deadline')
    """
    key = f" {fold(header)} "
    if _VALUE.fullmatch(key):
        return "value"
    if _BOUNDS.fullmatch(key):
        role: ColumnRole | None = "deadline"
    else:
        role = next((role for words, role in _rules() if words in key), None)
    return "other" if role == "deadline" and _only_begins(key) else role


def _only_begins(key: str) -> bool:
    """Whether the folded header of a column of times asks when the work begins, not when it ends.

    >>> _only_begins(" tu thang "), _only_begins(" thoi gian tu thang den thang "), _only_begins(" tien do ")
    (True, False, False)
    """
    return bool(_BEGINS.search(key)) and not _ENDS.search(key)


def lists_things(roles: Collection[ColumnRole]) -> bool:
    """Whether a table with such columns only lists what is there: documents, people, rates. It charges nobody.

    >>> lists_things(["label", "task", "listed"]), lists_things(["label", "task", "listed", "lead"])
    (True, False)
    """
    return "listed" in roles and not {"lead", "coordinate"}.intersection(roles)
