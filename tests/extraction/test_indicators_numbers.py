"""Ways of writing a number: blanks between thousands, currencies in front, several magnitudes, powers."""

from __future__ import annotations

import pytest

from khplans.checks.words.numbers import numbers_in
from khplans.text.numerals import read_numeral

from .indicator_help import indicators

# A sentence => quote, value, upper value, unit, name (- where it doesn't matter).
WRITTEN = """
Thu ngân sách trên địa bàn đạt 31 250 tỷ đồng. => 31 250 tỷ đồng | 31250 | - | billion_vnd | Thu ngân sách trên địa bàn
Chi đầu tư phát triển đạt 4\u00a0120,5 tỷ đồng. => 4\u00a0120,5 tỷ đồng | 4120.5 | - | billion_vnd | Chi đầu tư phát triển
Dân số 1 200 000 người. => 1 200 000 người | 1200000 | - | person | Dân số
Thu từ 20 500 đến 21 000 tỷ đồng. => 20 500 đến 21 000 tỷ đồng | 20500 | 21000 | billion_vnd | -
Tổng vốn đăng ký đạt US$ 640 triệu. => US$ 640 triệu | 640 | - | million_usd | Tổng vốn đăng ký
Vốn viện trợ đạt US$12,5 triệu. => US$12,5 triệu | 12.5 | - | million_usd | Vốn viện trợ
Xuất khẩu đạt USD 1,2 - 1,5 tỷ. => USD 1,2 - 1,5 tỷ | 1.2 | 1.5 | billion_usd | Xuất khẩu
Xuất khẩu thủy sản đạt $85 triệu. => $85 triệu | 85 | - | million_usd | Xuất khẩu thủy sản
Xuất khẩu đạt 1,85 tỷ US$. => 1,85 tỷ US$ | 1.85 | - | billion_usd | Xuất khẩu
Tổng chi đạt 9.876 tỷ 50 triệu đồng. => 9.876 tỷ 50 triệu đồng | 9876.05 | - | billion_vnd | Tổng chi
Tổng vốn 3 tỷ 250 triệu USD. => 3 tỷ 250 triệu USD | 3.25 | - | billion_usd | Tổng vốn
Thu phí đạt 2 tỷ 345 triệu 600 nghìn đồng. => 2 tỷ 345 triệu 600 nghìn đồng | 2.3456 | - | billion_vnd | Thu phí
Tổng vốn 2 nghìn 400 tỷ đồng. => 2 nghìn 400 tỷ đồng | 2400 | - | billion_vnd | Tổng vốn
Thu nhập đạt 4 triệu 800 nghìn đồng/người/tháng. => 4 triệu 800 nghìn đồng/người/tháng | 4.8 | - | million_vnd_per_person_per_month | -
Đàn gia cầm đạt 7 triệu 520 nghìn con. => 7 triệu 520 nghìn con | 7520000 | - | animal | Đàn gia cầm
Dung tích hữu ích đạt 1,5 x 10^6 m3. => 1,5 x 10^6 m3 | 1500000 | - | m3 | Dung tích hữu ích
Trữ lượng nước đạt 3.10⁵ m3. => 3.10⁵ m3 | 300000 | - | m3 | Trữ lượng nước
Xây dựng mới 9 trạm bơm. => 9 trạm bơm | 9 | - | pumping_station | Số trạm bơm xây dựng mới
Mở tối thiểu 20 lớp. => tối thiểu 20 lớp | 20 | - | class | Số lớp mở
"""
ENGLISH = """
Thu ngân sách đạt 2,345.6 tỷ đồng. => 2345.6
Tổng chi đạt 1,250,000 triệu đồng. => 1250000
Thu nhập bình quân đạt 4,200 USD. => 4.2
"""
NOT_ENGLISH = ("Thu đạt 2.345,6 tỷ đồng.", "Tỷ lệ đạt 3,512%.", "Vốn đạt 0,500 tỷ đồng.")
TWO_NUMBERS = (
    "Trong tháng 12 500 hộ thoát nghèo.",
    "Số học sinh lớp 9 500 em.",
    "Năm 2024 500 tấn.",
)


def lines(table: str) -> list[list[str]]:
    return [line.replace(" => ", " | ").split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("sentence", "quote", "value", "high", "unit", "name"), lines(WRITTEN))
def test_numbers(sentence: str, quote: str, value: str, high: str, unit: str, name: str) -> None:
    ((found, one),) = indicators(sentence)
    assert (found, one.value, one.unit) == (quote, float(value), unit)
    assert one.value_high == (None if high == "-" else float(high))
    assert name in ("-", one.name)
    assert "separators-look-english" not in {doubt.code for doubt in one.doubts}
    assert numbers_in(found)


@pytest.mark.parametrize(("sentence", "value"), lines(ENGLISH))
def test_english_separators_are_read_with_a_doubt(sentence: str, value: str) -> None:
    ((_, one),) = indicators(sentence)
    assert one.value == float(value)
    assert "separators-look-english" in {doubt.code for doubt in one.doubts}


@pytest.mark.parametrize("sentence", NOT_ENGLISH)
def test_vietnamese_separators_are_no_doubt(sentence: str) -> None:
    ((_, one),) = indicators(sentence)
    assert "separators-look-english" not in {doubt.code for doubt in one.doubts}


@pytest.mark.parametrize("sentence", TWO_NUMBERS)
def test_a_blank_between_two_numbers_parts_no_thousands(sentence: str) -> None:
    assert all(one.value in (500, 9) for _, one in indicators(sentence))


@pytest.mark.parametrize("written", ["20 50", "1,23.4", "10^", "1 2345"])
def test_what_is_no_number(written: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_numeral(written)
