"""The search index: small, and found by what people type."""

from __future__ import annotations

from pathlib import Path

import pytest

from khplans.site.search import abbreviations
from khplans.text.fold import fold


def test_today_s_index_is_under_300_kilobytes(site: Path) -> None:
    assert sum(p.stat().st_size for p in (site / "static" / "search").iterdir()) < 300_000


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
