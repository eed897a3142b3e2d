"""Provinces and centrally run cities, before and after 1 July 2025: knowledge/data/provinces.csv."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table
from khplans.text.fold import fold


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `name` without its kind, statistical code, the last day that it was."""

    name: str
    kind: Literal["tỉnh", "thành phố"]
    code: str
    until: date | None
    seats: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def provinces() -> tuple[Province, ...]:
    """All of them, of before and after the mergers, in the order of their codes."""
    return tuple(
        Province(
            row["name"],
            cast(Literal["tỉnh", "thành phố"], row["kind"]),
            row["code"],
            date.fromisoformat(row["until"]) if row["until"] else None,
            tuple(filter(None, row["seats"].split(";"))),
            tuple(filter(None, row["aliases"].split(";"))),
        )
        for row in read_table("provinces")
    )


@cache
def provinces_by_name() -> MappingProxyType[str, Province]:
    """Provinces by folded name, alias or seat.

    >>> provinces_by_name()["khanh hoa"].name, provinces_by_name()["nha trang"].name
    ('Khánh Hòa', 'Khánh Hòa')
    """
    found = {fold(p.name): p for p in provinces()}
    for province in provinces():
        for other in (*province.aliases, *province.seats):
            found.setdefault(fold(other), province)
    return MappingProxyType(found)


def find_province(place: str) -> Province | None:
    """The province that a place in a letterhead means: its name, or a town that is its seat.

    >>> find_province("TP. Hồ Chí Minh").kind, find_province("tỉnh Đăk Lăk").name
    ('thành phố', 'Đắk Lắk')
    >>> find_province("Paris")
    """
    key = fold(place)
    known = provinces_by_name()
    if key in known:
        return known[key]
    for kind in ("tinh ", "thanh pho ", "thi xa ", "tp ", "t p "):
        if key.startswith(kind) and key[len(kind) :] in known:
            return known[key[len(kind) :]]
    return None
