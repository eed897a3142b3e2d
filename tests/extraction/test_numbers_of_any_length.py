"""Numbers of every length and form: read to their last digit, or not at all."""

from __future__ import annotations

import pytest

import khplans


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Thu ngân sách đạt 1.234,5% kế hoạch năm 2024.", 1234.5),
        ("Kim ngạch xuất khẩu tăng 12.345,67% so với năm 2023.", 12345.67),
        ("Tỷ lệ giải ngân đạt 1.234.567,8% kế hoạch năm 2024.", 1234567.8),
        ("Thu ngân sách năm 2024 đạt 12 . 500 tỷ đồng.", 12500),
    ],
)
def test_values(words: str, value: float) -> None:
    assert khplans.read(f"KẾ HOẠCH\n1. Mục tiêu\n{words}").indicators.value.tolist() == [value]


@pytest.mark.parametrize("digits", ["9" * 16, "9" * 400, "9" * 5_000, "1." + "000." * 200 + "000"])
@pytest.mark.parametrize("unit", ["%", " tỷ đồng", " xã", "/92 xã", " đến 1 tỷ đồng"])
def test_a_number_that_no_column_holds_is_no_indicator(digits: str, unit: str) -> None:
    assert khplans.read(
        f"KẾ HOẠCH\n1. Mục tiêu\nThu ngân sách đạt {digits}{unit}."
    ).indicators.empty
