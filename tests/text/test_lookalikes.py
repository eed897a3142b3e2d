"""Characters that stand for others are read as what is meant; offsets stay those of the source."""

from __future__ import annotations

import pytest

from khplans.text.passage import Span, read_passage


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Ðến năm ２０２５ ðạt ４５％", "Đến năm 2025 đạt 45%"),
        ("ＱĐ－ＵＢＮＤ（１）", "QĐ-UBND(1)"),
        ("ɖô thị Ɖông Ɖô", "đô thị Đông Đô"),
        ("45‐KH‑A−B‒C", "45-KH-A-B-C"),
        ("12⁄QĐ∕UBND", "12/QĐ/UBND"),
        ("quý Ⅲ, mục ⅳ", "quý III, mục iv"),
        ("Khánh Hòa – Đà Nẵng — Huế", "Khánh Hòa – Đà Nẵng — Huế"),
        ("25 m², 30°C, ½", "25 m², 30°C, ½"),
    ],
)
def test_lookalikes(source: str, text: str) -> None:
    assert read_passage(source, [Span(0, len(source))]).text == text


def test_their_offsets() -> None:
    source = "quý Ⅲ/２０２５ tỷ ðồng"
    passage = read_passage(source, [Span(0, len(source))])
    for words, there in (("III", "Ⅲ"), ("I", "Ⅲ"), ("2025", "２０２５"), ("25 tỷ đ", "２５ tỷ ð")):
        at = passage.text.rindex(words)
        assert passage.span(at, at + len(words)).of(source) == there
