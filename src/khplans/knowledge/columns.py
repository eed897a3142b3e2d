"""What a table's column holds, told by its header: knowledge/data/columns.csv."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import cast, get_args

from khplans.knowledge.table import read_table
from khplans.model import ColumnRole
from khplans.text.fold import fold


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
    """
    key = f" {fold(header)} "
    if re.fullmatch(r" (?:kh|th|uth|nam)? ?(?:19|20)\d\d(?: (?:19|20)?\d\d)? ", key):
        return "value"
    return next((role for words, role in _rules() if words in key), None)


def lists_things(roles: Collection[ColumnRole]) -> bool:
    """Whether a table with such columns only lists what is there: documents, people, rates. It charges nobody.

    >>> lists_things(["label", "task", "listed"]), lists_things(["label", "task", "listed", "lead"])
    (True, False)
    """
    return "listed" in roles and not {"lead", "coordinate"}.intersection(roles)
