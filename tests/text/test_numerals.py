"""Numbers as Vietnamese documents write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.text.numerals import is_exact, read_numeral


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.870", "1870"), ("96,25", "96.25"), ("1.260,500", "1260.5"), ("776.880", "776880"),
        ("15.312.000", "15312000"), ("03", "3"), ("05", "5"), ("8.1", "8.1"), ("0,48", "0.48"), ("12.5", "12.5"),
        ("1.219,11", "1219.11"), ("100", "100"), ("2.591", "2591"),
    ],
)  # fmt: skip
def test_values(written: str, value: str) -> None:
    assert read_numeral(written) == Decimal(value)


def test_a_ratio_has_no_thousands() -> None:
    assert read_numeral("12.345", ratio=True) == Decimal("12.345")
    assert read_numeral("1.234.567", ratio=True) == 1234567
    assert read_numeral("1.234,5", ratio=True) == Decimal("1234.5")


@pytest.mark.parametrize("written", ["1.234,5", "1.000,25", "12.345.678,9"])
def test_a_ratio_of_thousands_with_decimals(written: str) -> None:
    assert read_numeral(written, ratio=True) == read_numeral(written)


def test_a_torn_number_is_put_together() -> None:
    assert read_numeral("12 . 500") == read_numeral("12 .500") == 12500


def test_the_data_holds_fifteen_digits_exactly() -> None:
    assert is_exact("999.999.999.999.999")
    assert not is_exact("1.000.000.000.000.000")


@pytest.mark.parametrize("written", ["", "1.2.3.", "a", "1,2,3", "٣", "-5"])
def test_not_a_number(written: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_numeral(written)


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_reads_back(whole: int, decimals: int) -> None:
    written = f"{whole:,}".replace(",", ".") + f",{decimals:03}"
    assert read_numeral(written) == Decimal(f"{whole}.{decimals:03}")
