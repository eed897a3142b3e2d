"""Finds numbers with a unit, and the words before them that bound them or make them a change.

A `Quantity` is only a way of writing; whether it measures anything is `evidence`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from khplans.extraction.indicators.units import read_denominator, read_unit
from khplans.knowledge.bare_quantities import implied_unit
from khplans.knowledge.comparators import NumberCue, number_cues
from khplans.knowledge.units import Unit, unit_per, units
from khplans.text.numerals import NUMERAL, read_numeral

Comparator = Literal["=", ">=", ">", "<=", "<", "~", ">~", "<~"]
Change = Literal["level", "increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `text[start:end]`, comparator and change words included.

    `number` is where the digits start, `lead` where all the cues before it do; `cues` are their
    forms, nearest first.
    `settled` says that a change is named but the number is where it ends (`giảm xuống 10%`).
    """

    start: int
    lead: int
    number: int
    end: int
    value: Decimal
    high: Decimal | None
    denominator: Decimal | None
    unit: Unit
    comparator: Comparator
    change: Change
    settled: bool
    yearly: bool
    cues: tuple[str, ...]
    misread: bool = False


# The sign of a lost comma: `khoảng 8 3%`, two short numbers side by side before a per cent.
_LOST_COMMA = re.compile(
    r"(?:đạt|tăng|giảm|khoảng|trên|dưới|là|còn|chiếm|hơn|thiểu|mức|bằng) (?P<low>\d{1,2}) $",
    re.IGNORECASE,
)
_RANKED = re.compile(r"\b(?:thứ|hạng|vị trí)(?: thứ)? $", re.IGNORECASE)
# A number torn apart: `12 . 500 tỷ đồng`.
_TORN = r"\d{1,3} \. ?\d{3}(?![.,]?\d)"
_IS_TORN = re.compile(_TORN)
_NUMBER = re.compile(
    rf"(?<![\w/.,])(?<!\w-)(?P<low>{_TORN}|{NUMERAL})(?P<percent> ?%)?"
    rf"(?: ?(?:-|–|—|÷|đến|tới) ?(?P<high>{NUMERAL})|(?: ?/ ?|/tổng số )(?P<whole>{NUMERAL}))?",
    re.ASCII,
)
_AFTER = re.compile(r" ?(?:(trở lên)|(trở xuống))")
_GOES_ON = re.compile(
    r"(?: \(?năm \d{4}\)?)? (?:xuống còn|xuống|lên|còn)(?: (?:dưới|trên|khoảng))? ", re.IGNORECASE
)
_GIVES = re.compile(
    r"(?:\b(?:đạt|là|còn|trên|dưới|khoảng|mức|lên|xuống|thiểu|nhất)|[:≥≤><]) ?$", re.IGNORECASE
)
_AND_MILLIONS = re.compile(r" (\d{1,3}) triệu(?: đồng\b|(?= *[.,;)]|$))")
_LAST_CLAUSE = re.compile(r"[;!?]|\. ")
_PER_10000 = re.compile(
    r"(?:trên|/) ?(?:(?:một|0?1) )?(?:vạn|10\.000) (?:người )?dân\b[^.;\d]*$", re.IGNORECASE
)
_NEVER_OVER = re.compile(r"\bkhông (?:để|vượt)\b[^,.;]*$", re.IGNORECASE)
# `(-10,1%)`, `tăng trưởng -2,5%`: a fall, and no dash between two numbers.
_MINUS = re.compile(r"(?:^|[ (:])[-−]$")
_NOTHING = re.compile(r"(?![.,/%-]?\d)(?= (?:vào|năm|trong|và|so)\b|[.,;)]|$)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_YEAR_BEFORE = re.compile(r"(?:năm|tháng|[-–/]|năm học|giai đoạn|thời kỳ) ?$", re.IGNORECASE)


def find_quantities(text: str) -> list[Quantity]:
    """All numbers with a unit, in order.

    >>> [text[q.start : q.end] for text in ["đạt trên 4 - 5%/năm và 68/92 xã"]
    ...  for q in find_quantities(text)]
    ['trên 4 - 5%/năm', '68/92 xã']
    """
    found: list[Quantity] = []
    position = 0
    while match := _NUMBER.search(text, position):
        quantity, position = _read(text, match)
        if quantity is None:
            quantity = _same_unit(text, match, found[-1]) if found else None
            quantity = quantity or _without_unit(text, match)
        if quantity:
            found.append(quantity)
    return found


def _read(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """The quantity at a number, and where to look on."""
    low, high, whole = match["low"], match["high"], match["whole"]
    start, end = match.start(), match.end()
    if high and (_is_year(text, low, start) or (match["percent"] and not _percent_at(text, end))):
        return _alone(text, match)
    if whole:
        return _of_whole(text, match)
    if not high and _is_divisor(text, start):
        return None, end
    read = read_unit(text, match.end("low") if not high else end)
    if read is None or (not high and _is_year(text, low, start) and read.unit.dimension == "count"):
        return (None, match.end("low")) if not high else _alone(text, match)
    ratio = read.unit.dimension == "percent"
    millions = _AND_MILLIONS.match(text, read.end)
    if millions and not high and read.unit.unit_id == "billion_vnd":
        value = read_numeral(low) + Decimal(millions[1]) / 1000
        return _with_words(text, start, millions.end(), value, None, None, read.unit), (
            millions.end()
        )
    first = read_numeral(low.replace(" ", ""), ratio=ratio) * read.factor
    second = read_numeral(high, ratio=ratio) * read.factor if high else None
    if second is not None and second <= first:
        return _alone(text, match) if match["percent"] else (None, match.end("low") + 1)
    return _with_words(text, start, read.end, first, second, None, read.unit), read.end


def _alone(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """Only the first of two numbers, as the second isn't its range."""
    start, end = match.start("low"), match.end("low")
    read = read_unit(text, end)
    if read is None or _is_year(text, match["low"], start):
        return None, end + 1
    value = (
        read_numeral(match["low"].replace(" ", ""), ratio=read.unit.dimension == "percent")
        * read.factor
    )
    return _with_words(text, start, read.end, value, None, None, read.unit), read.end


def _is_divisor(text: str, start: int) -> bool:
    """`Số bác sĩ trên 10.000 dân`: what something is counted by, no number of its own."""
    return (
        text[max(0, start - 5) : start].lower() == "trên "
        and (divisor := read_denominator(text, start)) is not None
        and divisor[0][0].isdigit()
    )


def _of_whole(text: str, match: re.Match[str]) -> tuple[Quantity | None, int]:
    """`68/92 xã`, a part of a whole, or `4/100.000 trẻ đẻ sống`, a rate."""
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
        return _with_words(
            text, start, end, read_numeral(match["low"].replace(" ", "")), None, None, unit
        ), end
    read = read_unit(text, match.end())
    if read is None or read.unit.dimension in ("percent", "money") or match["percent"]:
        return None, match.end()
    value, whole = read_numeral(match["low"].replace(" ", "")), read_numeral(match["whole"])
    if _RANKED.search(text[max(0, start - 12) : start]):
        read = replace(read, unit=units()["rank"])
    if whole < value or _is_year(text, match["whole"], match.start("whole")):
        return None, read.end
    return _with_words(text, start, read.end, value, None, whole, read.unit), read.end


def _same_unit(text: str, match: re.Match[str], before: Quantity) -> Quantity | None:
    """`23 ca sinh/1.000 phụ nữ xuống 18`: a number that has its unit from the one before."""
    end = match.end("low")
    if not _GOES_ON.fullmatch(text[before.end : match.start()]) or not _NOTHING.match(text, end):
        return None
    value = read_numeral(match["low"].replace(" ", ""))
    return _with_words(text, match.start(), end, value, None, None, before.unit)


def _without_unit(text: str, match: re.Match[str]) -> Quantity | None:
    """`Chỉ số phát triển con người (HDI) đạt 0,75`: a number whose unit the words imply."""
    end = match.end("low")
    if not _NOTHING.match(text, end) or not _GIVES.search(
        text[max(0, match.start() - 20) : match.start()]
    ):
        return None
    unit = implied_unit(_LAST_CLAUSE.split(text[max(0, match.start() - 110) : match.start()])[-1])
    if unit is None or _is_year(text, match["low"], match.start()):
        return None
    return _with_words(
        text, match.start(), end, read_numeral(match["low"].replace(" ", "")), None, None, unit
    )


def _percent_at(text: str, position: int) -> bool:
    return text.startswith(("%", " %", "‰", " phần trăm", " điểm"), position)


def _is_year(text: str, number: str, start: int) -> bool:
    return bool(_YEAR.fullmatch(number)) and bool(
        _YEAR_BEFORE.search(text[max(0, start - 12) : start])
    )


def _with_words(
    text: str,
    number: int,
    end: int,
    value: Decimal,
    high: Decimal | None,
    whole: Decimal | None,
    unit: Unit,
) -> Quantity:
    lost = _LOST_COMMA.search(text[max(0, number - 14) : number])
    misread = bool(lost) and unit.dimension == "percent" and high is None and value < 100
    if lost and misread:
        number -= len(lost["low"]) + 1
        value = Decimal(f"{lost['low']}.{value}") if value == int(value) else value
    if unit.dimension == "count" and _PER_10000.search(text[max(0, number - 90) : number]):
        unit = unit_per(unit, "10000")
    misread = misread or _IS_TORN.match(text, number) is not None
    start, lead, bound, change, settled, yearly, seen = _words_before(text, number)
    if bound == ">" and _NEVER_OVER.search(text[max(0, lead - 60) : lead]):
        bound = "<="
    if _MINUS.search(text[max(0, number - 2) : number]):
        start, change = min(start, number - 1), "decrease"
    after = _AFTER.match(text, end)
    if after:
        bound, end = (">=" if after[1] else "<="), after.end()
    return Quantity(
        start, lead, number, end, value, high, whole, unit, cast(Comparator, bound or "="),
        change, settled, yearly, seen, misread,
    )  # fmt: skip


# `mặt bằng`, `công bằng`, `văn bằng` are words of their own.
_NO_WORD_BEFORE = {"bằng": "(?<!mặt )(?<!công )(?<!văn )"}


@cache
def _cue_pattern() -> re.Pattern[str]:
    forms = sorted(number_cues(), key=lambda form: (-len(form), form))
    words = "|".join(_NO_WORD_BEFORE.get(form, "") + re.escape(form) for form in forms)
    return re.compile(rf"(?<!\w)(?<!trở )(?:{words})(?!\w)\s?$", re.IGNORECASE)


def _words_before(
    text: str, number: int
) -> tuple[int, int, str | None, Change, bool, bool, tuple[str, ...]]:
    """Walk back over the cues that stand before the number, one phrase at a time."""
    start, touching = number, True
    bound: str | None = None
    change: Change = "level"
    settled = yearly = False
    seen: list[str] = []
    position = number
    while cue_at := _cue_before(text, position):
        cue, position = cue_at
        seen.append(cue.form)
        if cue.kind == "bound":
            bound = cue.value if bound is None else _both(cue.value, bound)
        elif cue.kind == "change" and change == "level":
            change = "level" if settled else cast(Change, cue.value)
        settled = settled or cue.kind == "settle"
        yearly = yearly or cue.value == "per_year"
        touching = touching and (cue.kind in ("bound", "change") or cue.form in ("gấp", "từ"))
        if touching and cue.form != "từ":
            start = position
    return start, position, bound, change, settled, yearly, tuple(seen)


def _both(outer: str, inner: str) -> str:
    """`trên khoảng` is `>~`; of two bounds that don't go together the nearer counts."""
    return outer + inner if outer in "<>" and inner == "~" else inner


def _cue_before(text: str, position: int) -> tuple[NumberCue, int] | None:
    window = text[max(0, position - 22) : position]
    match = _cue_pattern().search(window)
    if match is None:
        return None
    return number_cues()[match[0].strip().lower()], position - len(window) + match.start()
