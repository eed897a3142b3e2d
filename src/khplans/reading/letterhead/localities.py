"""In which province a document was made: by its issuer's name, else by the place it is dated from."""

from __future__ import annotations

from datetime import date

from khplans.knowledge.provinces import Province, find_province, province_of_district
from khplans.knowledge.wording import Wording

_PROVINCE = Wording(r"<province or its committee> ([^\W\d_].*)$", "Tỉnh ủy An Giang", exact=True)
_DISTRICT = Wording(r"<district or its committee> (.+)$", "Huyện ủy Cam Lâm", exact=True)
_COMMUNE = Wording("(?:^| )<level commune> ", "xã Suối Cát", exact=True)


def province_of_body(issuer: str, day: date | None = None) -> Province | None:
    """The province that a body's name tells, itself or by a district.

    >>> province_of_body("Ủy ban nhân dân tỉnh Hà Giang").name
    'Hà Giang'
    >>> province_of_body("Huyện ủy Mường Khương").name, province_of_body("Thành ủy Hội An").name
    ('Lào Cai', 'Quảng Nam')
    >>> province_of_body("Ủy ban nhân dân xã Hòa An"), province_of_body("Bộ Tài chính")
    (None, None)
    """
    if named := _PROVINCE.search(issuer):
        return find_province(named[1]) or province_of_district(named[1], day)
    named = _DISTRICT.search(issuer)
    return (
        (province_of_district(named[0], day) or province_of_district(named[1], day))
        if named
        else None
    )


def province_of_place(place: str, issuer: str | None, day: date | None = None) -> Province | None:
    """The province of the place that a letterhead is dated from.

    A commune may bear the name of another province's district: its place tells a province only
    where it is one.

    >>> province_of_place("Sa Đéc", None, date(2020, 1, 2)).name
    'Đồng Tháp'
    >>> province_of_place("Kim Sơn", "Ủy ban nhân dân xã Kim Sơn")
    """
    found = find_province(place, day)
    if found or (issuer and _COMMUNE.search(issuer)):
        return found
    return province_of_district(place, day)
