"""A page printed from a browser: the hour and title over it, the address under it, are none of its words."""

from __future__ import annotations

from khplans.model import Source
from khplans.reading import read_documents

TEXT = """UBND TỈNH LAM GIANG
Số: 12/CT-UBND

CHỈ THỊ
Về việc kiểm tra cầu treo

1. Sở Xây dựng kiểm tra các cầu treo và báo cáo các9/7/24, 4:05 PM Trung ương
https://vanban.example.vn/ban-in.aspx?id=12 1/2
Sở có liên quan trước mùa mưa.
"""


def test_what_a_browser_prints_does_not_part_a_sentence() -> None:
    (document,) = read_documents(Source("p", TEXT)).documents
    texts = [block.text.text for block in document.blocks if block.kind == "item"]
    apart = [block.reason for block in document.blocks if block.kind == "furniture"]
    assert texts == [
        "Sở Xây dựng kiểm tra các cầu treo và báo cáo các Sở có liên quan trước mùa mưa."
    ]
    assert apart == ["running-header", "running-header"]
