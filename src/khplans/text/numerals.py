"""Numbers as Vietnamese documents write them, and as data does.

A point parts thousands and a comma the decimals (Thông tư 01/2011/TT-BNV and everyday use), but
figures copied from spreadsheets have it the other way round, so a lone point before one or two
digits is read as a decimal point.
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMERAL = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
"""A number as written, as a part of a larger pattern; it has no groups of its own."""

_WHOLE = re.compile(NUMERAL, re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_LONE_POINT = re.compile(r"\d+\.\d+", re.ASCII)
_TEAR = re.compile(r" \. ?")
_EXACT_DIGITS = 15
"""Decimal digits that a 64-bit floating-point number always keeps."""

MULTIPLIERS = {
    "trăm": Decimal(100),
    "nghìn": Decimal(1_000),
    "ngàn": Decimal(1_000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
}
"""Words that multiply the number before them."""


def plain_number(value: float) -> str:
    """A number as machines read it: a point before the decimals, none where there are none.

    >>> plain_number(16687.0), plain_number(8.1)
    ('16687', '8.1')
    """
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def is_exact(written: str) -> bool:
    """Whether the data can hold the number as written, to its last digit.

    >>> is_exact("1.234.567,89"), is_exact("12345678901234567890")
    (True, False)
    """
    return sum(map(str.isdigit, written)) <= _EXACT_DIGITS


def read_numeral(written: str, *, ratio: bool = False) -> Decimal:
    """The number that `written` stands for.

    `ratio` says that it counts per cent or the like, where a lone point can hardly part thousands.
    A torn one (`12 . 500`) is put together. Raises `ValueError` where `written` is no number.

    >>> read_numeral("1.870"), read_numeral("96,25"), read_numeral("1.260,500"), read_numeral("03")
    (Decimal('1870'), Decimal('96.25'), Decimal('1260.500'), Decimal('3'))
    >>> read_numeral("8.1"), read_numeral("12.345", ratio=True)
    (Decimal('8.1'), Decimal('12.345'))
    >>> read_numeral("1.234,5", ratio=True), read_numeral("12 . 500")
    (Decimal('1234.5'), Decimal('12500'))
    """
    written = _TEAR.sub(".", written)
    if not _WHOLE.fullmatch(written):
        raise ValueError(f"not a number: {written!r}")
    if _THOUSANDS.fullmatch(written) and not (ratio and _LONE_POINT.fullmatch(written)):
        return Decimal(written.replace(".", "").replace(",", "."))
    return Decimal(written.replace(",", "."))
