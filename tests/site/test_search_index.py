"""The search index: found by what people type, the same bytes each time, whatever its plans hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from khplans.site.search.pages import province_pages
from khplans.site.search.things import abbreviations
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


def test_a_province_s_page_is_found_by_its_towns_and_what_became_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "provinces").mkdir()
    (tmp_path / "provinces" / "khanh-hoa.html").write_text("", encoding="utf-8")
    (entry,) = province_pages(tmp_path)
    assert (entry.kind, entry.page, entry.title) == (
        "province",
        "provinces/khanh-hoa",
        "Khánh Hòa",
    )
    assert {"tỉnh Khánh Hòa", "Nha Trang", "Ninh Thuận", "Phan Rang"} <= set(entry.also)


def test_no_part_of_the_index_is_large(site: Path) -> None:
    parts = list((site / "static" / "search").iterdir())
    assert max(part.stat().st_size for part in parts) < 40_000
