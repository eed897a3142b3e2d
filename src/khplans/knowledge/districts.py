"""Which province a district, town or city below it lies in: knowledge/data/districts.csv."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from types import MappingProxyType

from khplans.knowledge.provinces import Province, on_day, provinces_by_name
from khplans.knowledge.table import read_table
from khplans.text.fold import fold

_KIND = re.compile(r"(?:thanh pho|thi xa|huyen|quan|tp|t p|tx) ")


@cache
def _provinces_of() -> MappingProxyType[str, Province | None]:
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
