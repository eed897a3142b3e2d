"""The year that holds in a document whose date was left to be filled in."""

from __future__ import annotations

import pytest

from khplans.extraction.document_year import year_of
from khplans.model import Source
from khplans.reading import read_documents

TEXT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LAM GIANG\tĐộc lập - Tự do - Hạnh phúc
Số:      /KH-UBND\tLam Giang, {line}

KẾ HOẠCH
Sửa chữa cầu treo

Căn cứ Quyết định số 12/2019/QĐ-UBND ngày 15 tháng 3 năm 2019;
I. NHIỆM VỤ
1. Sở Xây dựng kiểm tra các cầu treo.
"""


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("ngày 05 tháng 6 năm 2024", 2024),
        ("ngày     tháng 6 năm 2024", 2024),
        ("ngày ... tháng 6 năm 2024", 2024),
        ("ngày     tháng     năm", None),
    ],
)
def test_a_date_line_without_its_day_tells_the_year(line: str, year: int | None) -> None:
    (document,) = read_documents(Source("p", TEXT.format(line=line))).documents
    assert year_of(document) == year
