"""The search index: found by what people type, the same bytes each time, whatever its plans hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from khplans.knowledge.provinces import find_province
from khplans.site.places import Place
from khplans.site.search.entry import SearchEntry
from khplans.site.search.index import _rows
from khplans.site.search.things import abbreviations, province
from khplans.text.fold import fold


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Sở Nông nghiệp và Phát triển nông thôn", "SNN&PTNT"),
        ("Sở Nông nghiệp và Phát triển nông thôn", "SNNPTNT"),
        ("Ủy ban nhân dân tỉnh", "UBNDT"),
        ("Sở Giáo dục và Đào tạo", "GD&ĐT"),
        ("Sở Kế hoạch và Đầu tư", "SKH&ĐT"),
        ("Sở Y tế", "SYT"),
    ],
)
def test_initials_of_a_name_find_it(name: str, typed: str) -> None:
    assert fold(typed) in abbreviations(name)


def test_a_name_of_one_syllable_has_no_initials() -> None:
    assert abbreviations("Đảng") == set()


def test_a_province_s_page_is_found_by_its_towns_and_what_became_part_of_it() -> None:
    place, other = find_province("Khánh Hòa"), find_province("Ninh Thuận")
    assert place
    assert other
    entry = province(Place(place.name, place, [other]))
    assert (entry.kind, entry.page, entry.title) == (
        "province",
        "provinces/khanh-hoa",
        "Khánh Hòa",
    )
    assert {"tỉnh Khánh Hòa", "Nha Trang", "Ninh Thuận", "Phan Rang"} <= set(entry.also)


def test_no_part_of_the_index_is_large(site: Path) -> None:
    parts = list((site / "static" / "search").iterdir())
    assert max(part.stat().st_size for part in parts) < 40_000


def test_a_paragraph_whose_pieces_say_the_same_is_found_once() -> None:
    dots = SearchEntry("passage", "plans/a", "I", "." * 2_000)
    after = SearchEntry("passage", "plans/a", "I", "Sở Y tế")
    rows = _rows([dots, dots, after])
    assert [row[5] for row in rows] == ["." * 2_000, "Sở Y tế"]
