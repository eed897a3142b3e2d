"""Which body a body belongs to: knowledge/data/agency_parents.csv."""

from __future__ import annotations

from functools import cache

from khplans.knowledge.provinces import provinces_by_name
from khplans.knowledge.table import read_table
from khplans.model import Agency
from khplans.text.fold import fold


def parent_of(agency: Agency) -> Agency | None:
    """The body above it, in the same province; None where the table doesn't say.

    >>> parent_of(Agency("Sở Y tế", "Khánh Hòa", "department")).name
    'Ủy ban nhân dân tỉnh'
    >>> parent_of(Agency("Sở Y tế", "Hà Nội", "department")).name
    'Ủy ban nhân dân thành phố'
    >>> parent_of(Agency("Chính phủ", None, "central"))
    """
    province = provinces_by_name().get(fold(agency.province or ""))
    if province is None:
        return None
    name = f"{fold(agency.name)} "
    for opening, parent, kind in _openings(province.kind):
        if name.startswith(opening):
            return Agency(parent, agency.province, kind)
    return None


@cache
def _openings(level: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            f"{fold(row['opening'].format(level=level))} ",
            row["parent"].format(level=level),
            row["parent_kind"],
        )
        for row in read_table("agency_parents")
    )
