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
from khplans.knowledge.wording import Wording

_START = attrgetter("start")
_GOES_ON = Wording(r"[^,;.():]*?\b(?:<settles>|đã|thì)\b", " nghìn người lên")
_ANOTHER_PART = re.compile(r"[,;.):]| và |\bđạt\b.*,")
_CUT = re.compile(r"[,;:]")
_CUT_BEHIND = re.compile(r"[,;:.(]")
_FARTHEST = 90
# `(năm 2022: 52,8%)`, `(năm 2022 là 52,8%)`: a time that opens a bracket is of what it gives there.
_GIVES = Wording(r",? ?(?:[:=]|(?:ước |chỉ )?(?:<is given>|<about>)\b|\d)", " là 52,8%")
# A day (`tại thời điểm 1/4/2016`) holds for its own clause.
_ONE_DAY = len("2016-04-01")
_COORDINATED = re.compile(r"[^.]{0,90}?(?:[;,(] ?| và )[^.;(]{0,40}")
# `giảm 2,5%, từ 11,6% năm 2013 xuống 9,1% năm 2014`, `thấp hơn mức 18,5 triệu tấn năm 2005`.
_COMPARES = Wording(r"\b(?:từ|so|hơn|bằng|cùng kỳ)\b", "thấp hơn mức", exact=True)
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
        here, frame = _Timing(text, part, quantities[first:last], inside, frame).told()
        told += here
        first, named = last, until
    return told, frame.value


class _Timing:
    """Gives the numbers of a sentence their times, from its beginning to its end.

    `here` is the time that holds for what follows, `frame` the one that holds for the sentence, `aside`
    the one that holds in a bracket that ends at `until`.
    """

    def __init__(
        self,
        text: str,
        part: Sentence,
        quantities: Sequence[Quantity],
        periods: Sequence[Period],
        frame: Told,
    ) -> None:
        self._text, self._part = text, part
        self._quantities, self._periods = quantities, periods
        self._here = self._aside = self._frame = Told(frame.value, False)
        self._until = part.start
        self._spent: set[int] = set()

    def told(self) -> tuple[list[Told], Told]:
        """The time of each number, and the one that holds after the sentence."""
        told = [self._next(i) for i in range(len(self._quantities))]
        self._share(told)
        if not self._quantities:
            frames = (Told(p.value, True) for p in self._periods if p.frames)
            return told, next(frames, self._frame)
        return told, self._frame

    def _next(self, i: int) -> Told:
        quantity = self._quantities[i]
        left = self._quantities[i - 1].end if i else self._part.start
        own = self._before(left, quantity)
        gap = self._text[own.end if own else left : quantity.start]
        behind = self._behind(i)
        if behind and (own is None or _CUT.search(gap)):
            self._spent |= {behind.start, quantity.start}
            return Told(behind.value, True)
        if quantity.start < self._until:
            return self._aside
        if ";" in gap and (self._frame.own or len(self._here.value or "") == _ONE_DAY):
            self._here = self._frame
        return self._here

    def _before(self, left: int, quantity: Quantity) -> Period | None:
        """Take in the times between the number before and this one; the last that holds for it."""
        own: Period | None = None
        for period in _between(self._periods, left, quantity.start):
            if period.end > quantity.start or period.start in self._spent:
                continue
            close = _closing(self._text, self._part.start, period)
            if close is not None:
                self._aside, self._until = Told(period.value, True), close
                continue
            self._here = own_time = Told(period.value, True)
            self._frame = own_time if period.frames else self._frame
            own = period
        return own

    def _behind(self, i: int) -> Period | None:
        """The time that follows a number and belongs to it."""
        more = i + 1 < len(self._quantities)
        right = self._quantities[i + 1].start if more else self._part.end
        quantity = self._quantities[i]
        following = next(iter(_between(self._periods, quantity.end, right)), None)
        return following and _behind(self._text, quantity, right, more, following)

    def _share(self, told: list[Told]) -> None:
        """Give the time behind the last of several numbers to those it is coordinated with."""
        for i in reversed(range(len(told) - 1)):
            one, following = self._quantities[i], self._quantities[i + 1]
            lends = told[i + 1].own and not told[i].own
            if lends and _shares_time(self._text, one, following, self._spent):
                told[i] = told[i + 1]
                self._spent.add(one.start)


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
