"""Provinces and centrally run cities, before and after 1 July 2025, and the districts that they had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording
from khplans.text.fold import fold

# A town's or district's kind before its name, as it is folded (`T.P` as `t p`).
_KIND = Wording("(?:<level district>|<short level>|t p) ", "thi xa ninh hoa", folded=True)


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `name` without its kind, statistical code, the first and last day that it was.

    `into` is the name of the province that it became a part of, `into_by` the document that says so.
    """

    name: str
    kind: Literal["tỉnh", "thành phố"]
    code: str
    since: date | None
    until: date | None
    into: str
    into_by: str
    seats: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def provinces() -> tuple[Province, ...]:
    """All of them, of before and after the mergers, in the order of their codes.

    >>> phú_yên = next(one for one in provinces() if one.name == "Phú Yên")
    >>> str(phú_yên.until), phú_yên.into, provinces()[0].since
    ('2025-06-30', 'Đắk Lắk', None)
    """
    return tuple(
        Province(
            row["name"],
            cast(Literal["tỉnh", "thành phố"], row["kind"]),
            row["code"],
            date.fromisoformat(row["since"]) if row["since"] else None,
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["into"],
            row["into_by"],
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


@cache
def _by_letters() -> MappingProxyType[str, Province]:
    """The same without spaces, for names that lost theirs (`HỒCHÍ MINH`)."""
    return MappingProxyType({k.replace(" ", ""): p for k, p in provinces_by_name().items()})


def find_province(place: str, day: date | None = None) -> Province | None:
    """The province that a place in a letterhead means: its name, or a town that is its seat.

    With a day, the province that the place was in on that day.

    >>> find_province("TP. Hồ Chí Minh").kind, find_province("tỉnh Đăk Lăk").name
    ('thành phố', 'Đắk Lắk')
    >>> find_province("Phan Thiết", date(2024, 5, 2)).name, find_province("Phan Thiết", date(2025, 8, 1)).name
    ('Bình Thuận', 'Lâm Đồng')
    >>> find_province("Huế", date(2010, 3, 1)).name
    'Thừa Thiên Huế'
    >>> find_province("Paris")
    """
    key = fold(place)
    found = _lookup(key)
    for kind in ("tinh ", "thanh pho ", "thi xa ", "tx ", "tp ", "t p "):
        if found is None and key.startswith(kind):
            found = _lookup(key[len(kind) :])
    return on_day(found, day) if found and day else found


def _lookup(key: str) -> Province | None:
    """The province of a folded name, its spaces lost or not.

    >>> [found and found.name for found in map(_lookup, ("khanh hoa", "khanhhoa", "khanh"))]
    ['Khánh Hòa', 'Khánh Hòa', None]
    """
    return provinces_by_name().get(key) or _by_letters().get(key.replace(" ", ""))


def on_day(province: Province, day: date) -> Province:
    """The province whose land a province's was on a day, by the mergers and foundings since.

    >>> on_day(find_province("Bắc Giang"), date(2025, 7, 1)).name
    'Bắc Ninh'
    """
    if province.since and day < province.since:
        return next((p for p in provinces() if p.into == province.name), province)
    if province.until and day > province.until:
        return on_day(provinces_by_name()[fold(province.into)], day)
    return province


@cache
def _provinces_of() -> MappingProxyType[str, Province | None]:
    """The province of each district by its folded name; None where several provinces have one of that name.

    >>> _provinces_of()["van ninh"].name, _provinces_of()["chau thanh"]
    ('Khánh Hòa', None)
    """
    found: dict[str, Province | None] = {}
    for row in read_table("districts"):
        province = provinces_by_name()[fold(row["province"])]
        for name in row["names"].split(";"):
            key = fold(name)
            found[key] = None if key in found else province
    return MappingProxyType(found)


def province_of_district(name: str, day: date | None = None) -> Province | None:
    """The province of a district (on a day); None for a name that none or several have.

    >>> province_of_district("huyện Nga Sơn").name, province_of_district("Châu Thành")
    ('Thanh Hóa', None)
    >>> province_of_district("quận Tân Phú").name, province_of_district("Tân Phú")
    ('Hồ Chí Minh', None)
    >>> province_of_district("Phú Quốc", date(2025, 9, 1)).name
    'An Giang'
    """
    key = fold(name)
    kind = _KIND.match(key)
    found = _provinces_of().get(key) or (_provinces_of().get(key[kind.end() :]) if kind else None)
    return on_day(found, day) if found and day else found


def has_district(province: str, name: str) -> bool:
    """Whether a province had a district of that name (without its kind) before 1 July 2025.

    >>> has_district("Khánh Hòa", "Nha Trang"), has_district("Khánh Hòa", "Châu Thành")
    (True, False)
    """
    return fold(name) in _districts().get(fold(province), frozenset())


@cache
def _districts() -> MappingProxyType[str, frozenset[str]]:
    return MappingProxyType(
        {
            fold(row["province"]): frozenset(_without_kind(n) for n in row["names"].split(";"))
            for row in read_table("districts")
        }
    )


def _without_kind(name: str) -> str:
    return _KIND.sub("", fold(name), count=1)
