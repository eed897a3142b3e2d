"""Names of codes, laws and ordinances: knowledge/data/laws.csv."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from khplans.knowledge.table import read_table
from khplans.text.fold import fold


@cache
def laws_by_name() -> MappingProxyType[str, str]:
    """Names as in the table by the folded name or alias, without the word `Luật`.

    >>> laws_by_name()["to chuc hdnd va ubnd"]
    'Tổ chức Hội đồng nhân dân và Ủy ban nhân dân'
    """
    found: dict[str, str] = {}
    for row in read_table("laws"):
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            found.setdefault(fold(name), row["name"])
    return MappingProxyType(found)


@cache
def _by_letters() -> MappingProxyType[str, str]:
    return MappingProxyType({key.replace(" ", ""): name for key, name in laws_by_name().items()})


def law_named(written: str) -> str | None:
    """The table's name for a law's name as written, spaces lost or not; None where it has none.

    >>> law_named("tổ chức HĐND vàUBND"), law_named("Mặt trăng")
    ('Tổ chức Hội đồng nhân dân và Ủy ban nhân dân', None)
    """
    return _by_letters().get(fold(written).replace(" ", ""))
