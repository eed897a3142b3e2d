"""The time a number speaks of: from its clause, the sentence before, the heading, the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from khplans.extraction.indicators.clauses import Sentence
from khplans.extraction.indicators.periods import Period
from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.clause_words import clause_words

_START = attrgetter("start")
_GOES_ON = re.compile(r"[^,;.():]*?\b(?:lên|xuống|còn|đã|thì)\b", re.IGNORECASE)
_ANOTHER_PART = re.compile(r"[,;.):]| và |\bđạt\b.*,")
_CUT = re.compile(r"[,;:]")
_CUT_BEHIND = re.compile(r"[,;:.(]")
_FARTHEST = 90
# `(năm 2022: 52,8%)`, `(năm 2022 là 52,8%)`: a time that opens a bracket is of what it gives there.
_GIVES = re.compile(
    r",? ?(?:[:=]|(?:ước |chỉ )?(?:đạt|là|còn|có|bằng|chiếm|khoảng|trên|dưới|gần|hơn)\b|\d)",
    re.IGNORECASE,
)
# A day (`tại thời điểm 1/4/2016`) holds for its own clause.
_ONE_DAY = len("2016-04-01")
_COORDINATED = re.compile(r"[^.]{0,90}?(?:[;,(] ?| và )[^.;(]{0,40}")
# `giảm 2,5%, từ 11,6% năm 2013 xuống 9,1% năm 2014`, `thấp hơn mức 18,5 triệu tấn năm 2005`.
_COMPARES = re.compile(r"\b(?:từ|so|hơn|bằng|cùng kỳ)\b")
# A quantity of its own begins another statement.
_HEADS = r"[;,(] ?(?:và )?(?:WORDS)(?!\w)"


@dataclass(frozen=True, slots=True)
class Told:
    """The period of a number, and whether its own sentence names it."""

    value: str | None
    own: bool


def assign_periods(
    text: str,
    parts: Sequence[Sentence],
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    inherited: str | None,
) -> tuple[list[Told], str | None]:
    """The period of each number, and the one that holds at the end of the passage.

    `inherited` holds until a sentence names a time of its own.
    """
    told: list[Told] = []
    frame = Told(inherited, False)
    first = named = 0
    for part in parts:
        last, until = first, named
        while last < len(quantities) and quantities[last].start < part.end:
            last += 1
        while until < len(periods) and periods[until].start < part.end:
            until += 1
        inside = periods[named:until]
        here, frame = _in_sentence(text, part, quantities[first:last], inside, frame)
        told += here
        first, named = last, until
    return told, frame.value


def _in_sentence(
    text: str,
    part: Sentence,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    frame: Told,
) -> tuple[list[Told], Told]:
    told: list[Told] = []
    spent: set[int] = set()
    here = aside = frame = Told(frame.value, False)
    until = part.start
    for i, quantity in enumerate(quantities):
        left = quantities[i - 1].end if i else part.start
        more = i + 1 < len(quantities)
        right = quantities[i + 1].start if more else part.end
        own: Period | None = None
        for period in _between(periods, left, quantity.start):
            if period.end <= quantity.start and period.start not in spent:
                close = _closing(text, part.start, period)
                if close is not None:
                    aside, until = Told(period.value, True), close
                    continue
                here = Told(period.value, True)
                frame = here if period.frames else frame
                own = period
        gap = text[own.end if own else left : quantity.start]
        following = next(iter(_between(periods, quantity.end, right)), None)
        behind = following and _behind(text, quantity, right, more, following)
        if behind and (own is None or _CUT.search(gap)):
            spent |= {behind.start, quantity.start}
            told.append(Told(behind.value, True))
        elif quantity.start < until:
            told.append(aside)
        else:
            if ";" in gap and (frame.own or len(here.value or "") == _ONE_DAY):
                here = frame
            told.append(here)
    for i in reversed(range(len(quantities) - 1)):
        if (
            not told[i].own
            and told[i + 1].own
            and _shares_time(text, quantities[i], quantities[i + 1], spent)
        ):
            told[i] = told[i + 1]
            spent.add(quantities[i].start)
    if not quantities:
        frame = next((Told(p.value, True) for p in periods if p.frames), frame)
    return told, frame


def _shares_time(text: str, one: Quantity, next_one: Quantity, timed: set[int]) -> bool:
    """`90% ở thành thị và 80% ở nông thôn vào năm 2030`, `dưới 17% (miền núi dưới 28%) vào năm
    2025`: the time behind the last number is that of those it is coordinated with."""
    if next_one.start not in timed or one.unit != next_one.unit:
        return False
    gap = text[one.end : next_one.lead]
    if _COMPARES.search(text[one.end : next_one.number]):
        return False
    return bool(_COORDINATED.fullmatch(gap)) and not clause_words("quantity", _HEADS).search(gap)


def _closing(text: str, start: int, period: Period) -> int | None:
    """Where the brackets end that a time stands in: it holds in them and no farther."""
    opening = text.rfind("(", start, period.start)
    if opening < 0 or ")" in text[opening : period.start]:
        return None
    close = text.find(")", period.end)
    return None if close < 0 else close


def _between(periods: Sequence[Period], left: int, right: int) -> Sequence[Period]:
    """The periods that begin at `left` or behind it and before `right`."""
    first = bisect_left(periods, left, key=_START)
    return periods[first : bisect_left(periods, right, first, key=_START)]


def _behind(text: str, quantity: Quantity, right: int, more: bool, period: Period) -> Period | None:
    """The period that follows the number, where it belongs to it (`70% vào năm 2030`)."""
    gap = text[quantity.end : period.start].removeprefix(" (")
    rest = text[period.end : right]
    if len(gap) > _FARTHEST or _CUT_BEHIND.search(gap):
        return None
    if more and text.startswith(" (", quantity.end) and ")" not in rest and _GIVES.match(rest):
        return None
    if not more or _GOES_ON.match(rest) or _ANOTHER_PART.search(rest):
        return period
    return None
