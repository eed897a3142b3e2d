"""Which bodies a group takes in, and the units that numbers count in."""

from __future__ import annotations

import pytest

from khplans.intake import Taken, unregistered
from khplans.knowledge.groups import basis_of, openings_of
from khplans.pipeline import tables_of
from khplans.tables.agencies import members_of

DISTRICTS = "Ủy ban nhân dân các huyện, thị xã, thành phố"


@pytest.mark.parametrize(
    ("group", "openings"),
    [
        ("Các sở, ban, ngành", ["so"]),
        ("Các sở, ngành, địa phương", ["so"]),
        ("Các sở và ngành", ["so"]),
        (
            DISTRICTS,
            ["uy ban nhan dan huyen", "uy ban nhan dan thi xa", "uy ban nhan dan thanh pho"],
        ),
        ("Các sở, ban, ngành có liên quan", []),
        ("Các đơn vị có liên quan", []),
        ("Các cơ quan, đơn vị, địa phương", []),
        ("Ủy ban nhân dân các huyện miền núi", []),
        ("Ủy ban nhân dân các xã, phường", []),
        ("Các huyện, thị xã", []),
        ("Sở Y tế", []),
        ("", []),
    ],
)
def test_only_a_group_of_listed_bodies_takes_some_in(group: str, openings: list[str]) -> None:
    assert [one.words for one in openings_of(group)] == openings


@pytest.mark.parametrize(
    ("body", "province", "basis"),
    [
        ("Ủy ban nhân dân thành phố Nha Trang", "Khánh Hòa", "district"),
        ("Ủy ban nhân dân huyện Cam Lâm", "Khánh Hòa", "district"),
        ("Ủy ban nhân dân thành phố Nha Trang", "Điện Biên", None),
        ("Ủy ban nhân dân quận Hoàng Mai", "Hà Nội", None),  # this group names no quận
        ("Ủy ban nhân dân huyện Nơi Khác", "Khánh Hòa", None),
        ("Ủy ban nhân dân tỉnh", "Khánh Hòa", None),
        (DISTRICTS, "Khánh Hòa", None),
    ],
)
def test_a_district_is_in_the_group_of_its_own_province(
    body: str, province: str, basis: str | None
) -> None:
    assert basis_of(DISTRICTS, body, province) == basis


def test_groups_and_members_are_of_one_province() -> None:
    rows = [
        {"agency_id": f"{place}-{name}", "name": name, "province": place or None}
        for place in ("Khánh Hòa", "Điện Biên", "")
        for name in ("Các sở, ngành", "Sở Y tế")
    ]
    assert {(row["group_id"], row["agency_id"]) for row in members_of(rows)} == {
        ("Khánh Hòa-Các sở, ngành", "Khánh Hòa-Sở Y tế"),
        ("Điện Biên-Các sở, ngành", "Điện Biên-Sở Y tế"),
    }


def test_every_unit_of_a_number_has_a_row() -> None:
    text = "KẾ HOẠCH\nI. MỤC TIÊU\nTỷ lệ che phủ rừng đạt 45%. Trồng mới 1.200 ha rừng. Có 15 viên đá.\n"
    rows = tables_of(unregistered("text", Taken(text), text.encode()))
    units = {row["unit_id"]: row for row in rows["units"]}
    assert {row["unit"] for row in rows["indicators"]} <= set(units)
    assert (units["percent"]["name"], units["percent"]["symbol"]) == ("%", "%")
    assert (units["hectare"]["name_en"], units["hectare"]["symbol"]) == ("hectares", "ha")
