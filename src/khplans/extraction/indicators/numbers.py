"""Finds numbers with a unit, and the words before them that bound them or make them a change.

A `Quantity` is only a way of writing; whether it measures anything, `evidence` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from khplans.extraction.indicators.quantity import TORN, Quantity, with_words
from khplans.extraction.indicators.units import (
    UnitRead,
    currency_before,
    read_compound,
    read_denominator,
    read_unit,
)
from khplans.knowledge.units import Unit, implied_unit, units
from khplans.knowledge.wording import Wording, words_for
from khplans.text.numerals import WRITTEN, is_exact, read_numeral

_RANKED = Wording(r"\b<ranked>(?: thứ)? $", "đứng thứ ")
# `Lớp 9 500 em`, `tháng 12 500 hộ`: two numbers, and no blank between thousands.
_ONE_BLANK = re.compile(r"\d+ \d+(?:,\d+)?", re.ASCII)
_NUMBERED = Wording(r"(?:(?<!dân )(?<!tổng )số|<numbered>) $", "phụ lục ")
_RANGES = (" đến ", " tới ", " - ", " – ")
_HIGH = Wording(rf"(?a: (?:đến|tới|-|–) (?:khoảng )?({WRITTEN}))", " đến khoảng 30", exact=True)
_MOVES = Wording(r"\b<moves>\b[^.;,:]*\btừ $", "tăng tỷ lệ hộ dân từ ")
_GOES_ON = Wording(
    r"(?: \(?năm \d{4}\)?)? (?:xuống còn|<settles>)(?: <loose bound>)? ", " năm 2020 lên khoảng "
)
_GIVES = Wording(r"(?:\b<gives a value>|[:≥≤><]) ?$", "đạt khoảng ")
_TIMES = {
    "đôi": Decimal(2), "rưỡi": Decimal("1.5"), "hai": Decimal(2), "ba": Decimal(3),
    "bốn": Decimal(4), "năm": Decimal(5), "mười": Decimal(10),
}  # fmt: skip
_IN_WORDS = Wording(
    rf"\bgấp (?:<about> )?(đôi|rưỡi|(?:{'|'.join(_TIMES)})(?= lần))(?: lần)?\b", "gấp hơn hai lần"
)
# What came of a plan stands over it (`8.793/6.500 đảng viên`); smaller numbers are dates and scales.
_LEAST_PLAN = 20
_NO_FRACTION = Wording(r"(?:<no fraction>|[-–/.]) ?$", "đường ")
_FRACTION_AFTER = Wording(r" <fraction of>\b", " diện tích", exact=True)
_LAST_CLAUSE = re.compile(r"[;!?]|\. ")
_NOTHING = Wording(r"(?![.,/%-]?\d)(?= <ends a ratio>\b|[.,;)]|$)", " vào năm 2025", exact=True)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_YEAR_BEFORE = Wording(r"(?:<before a year>|[-–/]) ?$", "giai đoạn ")


@cache
def _number() -> re.Pattern[str]:
    """A number, its range or what it is a part of; a space before it may be lost: `tăng1,36%`."""
    glued = "|".join(f"(?<={word})" for word in words_for("glued to a number"))
    return re.compile(
        rf"(?:(?<![\w/.,])(?<!\w-)|{glued})(?P<low>{TORN}|{WRITTEN})(?P<percent> ?%)?"
        rf"(?: ?(?:-|–|—|÷|đến|tới) ?(?P<high>{WRITTEN})|(?: ?/ ?|/tổng số )(?P<whole>{WRITTEN}))?",
        re.ASCII,
    )


def find_quantities(text: str) -> list[Quantity]:
    """All numbers with a unit, in order.

    >>> [text[q.start : q.end] for text in ["đạt trên 4 - 5%/năm và 45/60 xã"]
    ...  for q in find_quantities(text)]
    ['trên 4 - 5%/năm', '45/60 xã']
    """
    found: list[Quantity] = []
    position = 0
    while match := _number().search(text, position):
        if not all(is_exact(match[name] or "") for name in ("low", "high", "whole")):
            position = match.end()
            continue
        if _are_two_numbers(text, match):
            position = match.start() + match["low"].index(" ") + 1
            continue
        quantity, position = _read(text, match)
        if quantity is None:
            quantity = _same_unit(text, match, found[-1]) if found else None
            quantity = quantity or _without_unit(text, match)
        if quantity:
            found.append(quantity)
    if "gấp" in text:
        found = sorted(found + _in_words(text), key=lambda quantity: quantity.number)
    return found


def _in_words(text: str) -> list[Quantity]:
    """`tăng gấp đôi`, `gấp ba lần`: times without a digit."""
    return [
        with_words(
            text,
            match.start(1),
            match.end(),
            _TIMES[match[1].lower()],
            None,
            None,
            units()["times"],
        )
        for match in _IN_WORDS.finditer(text)
    ]


Read = tuple[Quantity | None, int]
"""The quantity at a number, and where to look on."""


def _are_two_numbers(text: str, match: re.Match[str]) -> bool:
    """Whether a blank in a number parts two: `Lớp 9 500 em`, `8 100%`.

    >>> [_are_two_numbers(text, _number().search(text)) for text in ("lớp 9 500 em", "đạt 9 500 em")]
    [True, False]
    """
    if not _ONE_BLANK.fullmatch(match["low"]):
        return False
    return bool(
        match["percent"] or _NUMBERED.search(text[max(0, match.start() - 8) : match.start()])
    )


def _read(text: str, match: re.Match[str]) -> Read:
    """The quantity at a number, by the first way of reading it that fits.

    >>> text = "1.234 tỷ 500 triệu đồng"
    >>> _read(text, _number().search(text))[0].value
    Decimal('1234.5')
    """
    for way in _WAYS:
        if (read := way(text, match)) is not None:
            return read
    return None, match.end("low")


def _first_of_two(text: str, match: re.Match[str]) -> Read | None:
    """`năm 2024-5 xã`, `5% - 20 xã`: two numbers that are no range.

    >>> [_first_of_two(text, _number().search(text)) is not None for text in ("năm 2024-5 xã", "4-5 xã")]
    [True, False]
    """
    if not match["high"]:
        return None
    apart = match["percent"] and not _percent_at(text, match.end())
    return _alone(text, match) if apart or _is_year(text, match["low"], match.start()) else None


def _part_of_whole(text: str, match: re.Match[str]) -> Read | None:
    """`45/60 xã`.

    >>> [_part_of_whole(text, _number().search(text)) is not None for text in ("45/60 xã", "45 xã")]
    [True, False]
    """
    return _of_whole(text, match) if match["whole"] else None


def _divisor(text: str, match: re.Match[str]) -> Read | None:
    """`Số bác sĩ trên 10.000 dân`.

    >>> texts = "Số bác sĩ trên 10.000 dân", "đạt trên 12 con", "trên 10.000-12.000 dân"
    >>> [_divisor(text, _number().search(text)) for text in texts]
    [(None, 21), None, None]
    """
    is_one = not match["high"] and _is_divisor(text, match.start())
    return (None, match.end()) if is_one else None


def _in_currency(text: str, match: re.Match[str]) -> Read | None:
    """`US$ 1.850 triệu`: the currency stands in front.

    >>> text = "đạt US$ 1.850 triệu"
    >>> found = _in_currency(text, _number().search(text))[0]
    >>> found.value, found.unit.unit_id
    (Decimal('1850'), 'million_usd')
    """
    currency = currency_before(text, match.start(), match.end())
    if currency is None or match["percent"]:
        return None
    begin, read = currency
    first = read_numeral(match["low"]) * read.factor
    high = read_numeral(match["high"]) * read.factor if match["high"] else None
    if high is not None and high <= first:
        return None
    return with_words(text, begin, read.end, first, high, None, read.unit), read.end


def _in_several_magnitudes(text: str, match: re.Match[str]) -> Read | None:
    """`1.234 tỷ 500 triệu đồng`, `7 triệu 520 nghìn con`.

    >>> text = "7 triệu 520 nghìn con"
    >>> int(_in_several_magnitudes(text, _number().search(text))[0].value)
    7520000
    """
    compound = None if match["high"] or match["percent"] else read_compound(text, match.end())
    if compound is None:
        return None
    more, read = compound
    value = (read_numeral(match["low"]) + more) * read.factor
    return with_words(text, match.start(), read.end, value, None, None, read.unit), read.end


def _with_unit(text: str, match: re.Match[str]) -> Read | None:
    """A number before its unit (`5%`, `20 xã`), and no year (`năm 2024 xã`).

    >>> [_with_unit(text, _number().search(text)) is not None for text in ("đạt 5%", "năm 2024 xã", "5-6%")]
    [True, False, False]
    """
    read = None if match["high"] else read_unit(text, match.end("low"))
    if read is None or _is_year_of(text, match, read):
        return None
    first = read_numeral(match["low"], ratio=read.unit.dimension == "percent") * read.factor
    high, end = _up_to(text, match.start(), read, first) or (None, read.end)
    return with_words(text, match.start(), end, first, high, None, read.unit), end


def _range(text: str, match: re.Match[str]) -> Read | None:
    """`4 - 5%/năm`; a range that falls is two numbers.

    >>> [(q.value, q.high) for q in find_quantities("đạt 4 - 5%/năm, giảm 5 - 4 xã")]
    [(Decimal('4'), Decimal('5')), (Decimal('4'), None)]
    """
    if not match["high"]:
        return None
    read = read_unit(text, match.end())
    if read is None:
        return _alone(text, match)
    ratio = read.unit.dimension == "percent"
    first, second = (read_numeral(match[one], ratio=ratio) * read.factor for one in ("low", "high"))
    if second > first:
        return with_words(text, match.start(), read.end, first, second, None, read.unit), read.end
    return _alone(text, match) if match["percent"] else (None, match.end("low") + 1)


def _is_year_of(text: str, match: re.Match[str], read: UnitRead) -> bool:
    """Whether what reads as a number of things is a year.

    >>> texts = "năm 2025 xã", "năm 2025 ha", "có 300 xã"
    >>> matches = [_number().search(text) for text in texts]
    >>> [_is_year_of(text, one, read_unit(text, one.end("low"))) for text, one in zip(texts, matches)]
    [True, False, False]
    """
    return read.unit.dimension == "count" and _is_year(text, match["low"], match.start())


_WAYS: tuple[Callable[[str, re.Match[str]], Read | None], ...] = (
    _first_of_two,
    _part_of_whole,
    _divisor,
    _in_currency,
    _in_several_magnitudes,
    _with_unit,
    _range,
)


def _up_to(text: str, start: int, read: UnitRead, first: Decimal) -> tuple[Decimal, int] | None:
    """`từ 62 triệu đồng đến 65 triệu đồng`: a range that names its unit twice, and no movement
    (`tăng từ 30 triệu đồng đến 45 triệu đồng`).

    >>> [(int(q.value), q.high and int(q.high)) for q in find_quantities("từ 62 triệu đồng đến 65 triệu đồng")]
    [(62, 65)]
    >>> len(find_quantities("tăng từ 30 triệu đồng đến 45 triệu đồng"))
    2
    """
    if not text.startswith(_RANGES, read.end) or _MOVES.search(text[max(0, start - 50) : start]):
        return None
    match = _HIGH.match(text, read.end)
    other = read_unit(text, match.end()) if match and is_exact(match[1]) else None
    if match is None or other is None or other.unit != read.unit:
        return None
    second = read_numeral(match[1], ratio=read.unit.dimension == "percent") * other.factor
    return (second, other.end) if second > first else None


def _alone(text: str, match: re.Match[str]) -> Read:
    """Only the first of two numbers, as the second isn't its range.

    >>> texts = "5% - 20 xã", "năm 2024-5 xã", "5 abc"
    >>> found = [_alone(text, _number().search(text)) for text in texts]
    >>> [(quantity and str(quantity.value), stop) for quantity, stop in found]
    [('5', 2), (None, 9), (None, 2)]
    """
    start, end = match.start("low"), match.end("low")
    read = read_unit(text, end)
    if read is None or _is_year(text, match["low"], start):
        return None, end + 1
    value = read_numeral(match["low"], ratio=read.unit.dimension == "percent") * read.factor
    return with_words(text, start, read.end, value, None, None, read.unit), read.end


def _is_divisor(text: str, start: int) -> bool:
    """`Số bác sĩ trên 10.000 dân`: what something is counted by, no number of its own.

    >>> _is_divisor("Số bác sĩ trên 10.000 dân", 15), _is_divisor("đạt trên 12 con", 9)
    (True, False)
    """
    return (
        text[max(0, start - 5) : start].lower() == "trên "
        and (divisor := read_denominator(text, start)) is not None
        and divisor[0][0].isdigit()
    )


def _of_whole(text: str, match: re.Match[str]) -> Read:
    """`45/60 xã`, a part of a whole, or `4/100.000 trẻ đẻ sống`, a rate.

    >>> [(q.value, q.denominator, q.unit.unit_id) for q in find_quantities("45/60 xã, 4/100.000 trẻ đẻ sống")]
    [(Decimal('45'), Decimal('60'), 'commune'), (Decimal('4'), None, 'per_100000_live_births')]
    """
    start = match.start()
    divisor = read_denominator(text, match.start("whole"))
    if divisor and divisor[0][0] == "1" and not match["percent"]:
        suffix, end = divisor
        unit = units().get(f"per_{suffix}") or Unit(
            f"per_{suffix}",
            f"/{text[match.start('whole') : end]}",
            f"per {suffix}",
            "rate",
            "plain",
        )
        return with_words(text, start, end, read_numeral(match["low"]), None, None, unit), end
    if match["percent"]:
        return _alone(text, match)
    read = read_unit(text, match.end())
    value, whole = read_numeral(match["low"]), read_numeral(match["whole"])
    if read is None or read.unit.dimension == "percent":
        return _fraction(text, match, value, whole), match.end()
    planned = min(value, whole) >= _LEAST_PLAN
    if read.unit.dimension == "money" and not planned:
        return None, match.end()
    if _RANKED.search(text[max(0, start - 12) : start]):
        read = replace(read, unit=units()["rank"])
    if (whole < value and not planned) or _is_year(text, match["whole"], match.start("whole")):
        return None, read.end
    return with_words(text, start, read.end, value, None, whole, read.unit), read.end


def _fraction(text: str, match: re.Match[str], value: Decimal, whole: Decimal) -> Quantity | None:
    """`giảm 2/3 so với năm trước`, `trên 1/2 số hộ`: a part that has no unit.

    >>> [(q.value, q.denominator) for q in find_quantities("trên 1/2 số hộ")], find_quantities("ngày 1/2 tại xã")
    ([(Decimal('1'), Decimal('2'))], [])
    """
    whole_end, low = match.end(), match.start()
    if not 0 < value < whole <= 10 or _NO_FRACTION.search(text[max(0, low - 8) : low]):
        return None
    made = with_words(text, low, whole_end, value, None, whole, units()["part"])
    moves = made.change != "level" or made.settled or made.comparator != "="
    said = _FRACTION_AFTER.match(text, whole_end)
    return made if said or (moves and _NOTHING.match(text, whole_end)) else None


def _same_unit(text: str, match: re.Match[str], before: Quantity) -> Quantity | None:
    """`23 ca sinh/1.000 phụ nữ xuống 18`: a number that has its unit from the one before.

    >>> [q.unit.unit_id for q in find_quantities("tỷ suất 23 ca sinh/1.000 phụ nữ xuống 18")]
    ['birth_per_1000_women', 'birth_per_1000_women']
    """
    end = match.end("low")
    if not _GOES_ON.fullmatch(text[before.end : match.start()]) or not _NOTHING.match(text, end):
        return None
    value = read_numeral(match["low"])
    return with_words(text, match.start(), end, value, None, None, before.unit)


def _without_unit(text: str, match: re.Match[str]) -> Quantity | None:
    """`Chỉ số phát triển con người (HDI) đạt 0,75`: a number whose unit the words imply.

    >>> [(q.value, q.unit.unit_id) for q in find_quantities("Chỉ số phát triển con người (HDI) đạt 0,75")]
    [(Decimal('0.75'), 'index')]
    """
    end = match.end("low")
    if not _NOTHING.match(text, end) or not _GIVES.search(
        text[max(0, match.start() - 20) : match.start()]
    ):
        return None
    unit = implied_unit(_LAST_CLAUSE.split(text[max(0, match.start() - 110) : match.start()])[-1])
    if unit is None or _is_year(text, match["low"], match.start()):
        return None
    return with_words(text, match.start(), end, read_numeral(match["low"]), None, None, unit)


def _percent_at(text: str, position: int) -> bool:
    """Whether a number is one of per cent, or of points.

    >>> _percent_at("5 %", 1), _percent_at("5 xã", 1)
    (True, False)
    """
    return text.startswith(("%", " %", "‰", " phần trăm", " điểm"), position)


def _is_year(text: str, number: str, start: int) -> bool:
    """Whether a number is a year, by the words before it.

    >>> _is_year("năm 2024", "2024", 4), _is_year("đạt 2024 con", "2024", 4)
    (True, False)
    """
    return bool(_YEAR.fullmatch(number)) and bool(
        _YEAR_BEFORE.search(text[max(0, start - 12) : start])
    )
