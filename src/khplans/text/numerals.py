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

SPACED = r"\d{1,3}(?: \d{3})+(?:,\d+)?(?![.,]?\d| \d)"
"""A number with blanks between its thousands (`20 500`)."""
ENGLISH = r"\d{1,3}(?:,\d{3})+\.\d+(?![.,]?\d)|\d{1,3}(?:,\d{3}){2,}(?![.,]?\d)"
"""A number that only English separators explain (`1,234.5`, `1,234,567`)."""
POWER = r"(?:\d{1,2}(?:,\d{1,3})? ?[x×.*] ?)?10(?:\^\d(?!\d)|[²³⁴-⁹])"
"""A power of ten, or a small multiple of one (`2,5 x 10^6`, `10⁶`)."""
WRITTEN = rf"{POWER}|{ENGLISH}|{SPACED}|{NUMERAL}"
"""A number in any of these ways; like `NUMERAL` it has no groups of its own."""

_WHOLE = re.compile(NUMERAL, re.ASCII)
_SPACED = re.compile(SPACED, re.ASCII)
_ENGLISH = re.compile(ENGLISH, re.ASCII)
_POWER = re.compile(r"(?:(\S+?) ?[x×.*] ?)?10(?:\^(\d)|([²³⁴-⁹]))", re.ASCII)
_SUPERSCRIPTS = str.maketrans("²³⁴⁵⁶⁷⁸⁹", "23456789")
_MAYBE_ENGLISH = re.compile(r"[1-9]\d{0,2},\d\d0", re.ASCII)
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
MULTIPLIER = "|".join(MULTIPLIERS)
"""Any of these words, as a part of a larger pattern."""


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3_999


def roman(number: int) -> str:
    """A number in small Roman numerals; in digits where these have none for it.

    >>> roman(28), roman(0), roman(4000)
    ('xxviii', '0', '4000')
    """
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    made = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        made += letters * times
    return made


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


def looks_english(written: str) -> bool:
    """Whether the separators are English, or may be: three decimals that end in a nought.

    >>> looks_english("1,234.5"), looks_english("3,500"), looks_english("1.234,5"), looks_english("3,512")
    (True, True, False, False)
    """
    return bool(_ENGLISH.fullmatch(written) or _MAYBE_ENGLISH.fullmatch(written))


def read_numeral(written: str, *, ratio: bool = False) -> Decimal:
    """The number that `written` stands for.

    `ratio` says that it counts per cent or the like, where a lone point can hardly part thousands.
    A torn one (`12 . 500`) is put together. Raises `ValueError` where `written` is no number.

    >>> read_numeral("2.140"), read_numeral("94,35"), read_numeral("1.260,500"), read_numeral("03")
    (Decimal('2140'), Decimal('94.35'), Decimal('1260.500'), Decimal('3'))
    >>> read_numeral("8.1"), read_numeral("12.345", ratio=True)
    (Decimal('8.1'), Decimal('12.345'))
    >>> read_numeral("1.234,5", ratio=True), read_numeral("12 . 500")
    (Decimal('1234.5'), Decimal('12500'))
    >>> read_numeral("20 500,5"), read_numeral("1,234.5"), read_numeral("2,5 x 10^6")
    (Decimal('20500.5'), Decimal('1234.5'), Decimal('2500000.0'))
    """
    written = _TEAR.sub(".", written)
    if power := _POWER.fullmatch(written):
        exponent = int(power[2] or power[3].translate(_SUPERSCRIPTS))
        return read_numeral(power[1] or "1") * Decimal(10**exponent)
    if _ENGLISH.fullmatch(written):
        return Decimal(written.replace(",", ""))
    if _SPACED.fullmatch(written):
        written = written.replace(" ", "")
    if not _WHOLE.fullmatch(written):
        raise ValueError(f"not a number: {written!r}")
    if _THOUSANDS.fullmatch(written) and not (ratio and _LONE_POINT.fullmatch(written)):
        return Decimal(written.replace(".", "").replace(",", "."))
    return Decimal(written.replace(",", "."))
