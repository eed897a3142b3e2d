"""The times that a text names, and the one that a number speaks of.

The rules are those of tests/gold/README.md: a base of comparison (`so với năm 2020`), a time in
a name (`Chiến lược … đến năm 2030`) and an outlook (`tầm nhìn 2045`) are no period.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from khplans.extraction.indicators.quantity import Quantity
from khplans.extraction.indicators.sentences import Sentence
from khplans.knowledge.wording import Wording, clause_words
from khplans.text.dates import DateMention, find_dates, last_day


@dataclass(frozen=True, slots=True)
class Period:
    """A time named at `text[start:end]`; `value` is as in the column `period`.

    `frames` says that it may hold for the numbers after it too (`Đến năm 2030, …`).
    """

    start: int
    end: int
    value: str
    frames: bool


_SO_FAR = Wording(
    r"\b<so far> (\d{1,2}) tháng\b(?! (?:<goes on after months>|\d))"
    r"|\b(\d{1,2}) tháng(?= <gives so far>\b)",
    "lũy kế 9 tháng",
)
_BARE_YEAR = Wording(r"\b<until> (20\d\d)(?=[,:]|$| <after a year>\b)", "Đến 2025, ")
# Not `từ năm 2021 đến nay`, which has a start of its own.
_UNTIL_NOW = Wording(r"(?:^|(?<=[.;:] ))(?:tính )?đến nay\b", "Tính đến nay")
_PAST_TERM = Wording(r"\bnhiệm kỳ (?:vừa )?qua\b", "Trong nhiệm kỳ qua")
# `Kế hoạch năm 2013 xác định …`: the plan itself speaks, and its year is that of what it sets.
_PLAN_SPEAKS = Wording(r"(?:^|[.;:] )(?:<plan>|<long plan>)(?: [^\W\d_]+){0,8} $", "Kế hoạch ")
_SPEAKS = Wording(r" (?:đã )?<sets>\b", " xác định")
# `thấp hơn so với năm 2020 (5%)`: the base is told in brackets.
_FAR_FROM = Wording(r"\b<far from> so với [^.;:()]*$", "thấp hơn so với thực hiện ")
_GIVEN_ASIDE = Wording(r" \((?:<is given> )?(?:<about> )?\d", " (39%)")
_LIST = Wording(r"\)?(?: <lists>)?:", " gồm:")
_YEARS = re.compile(r"\d{4}/\d{4}")
_YEAR = 4
"""Letters of a bare year."""
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_THAT_IS = Wording(r" \((?:tính )?", " (tính ", exact=True)
_WHOLE_YEAR = Wording(r"\bcả năm\b(?! \d)", "cả năm")
_UNTIL = Wording(r"<until>(?: hết| cuối)?(?: ngày)? $", "đến hết ")
_FRAME = Wording(r"<before a time that frames> $", "giai đoạn ")
_OPENS = Wording(r"^(?:<span>|<opens a time of years>)\b", "Giai đoạn 2021-2025")
_CLAUSE_START = Wording(r"(?:^|[.;:,(–-] ?)(?:và |riêng |trong đó,? )?$", ", riêng ")
_BASE = Wording(
    r"\b(?:<base>|bằng \d[\d.,]*% (?:của )?|gấp [\d.,]+ lần)\b[^.;:,()]{0,60}$",
    "thấp hơn cùng kỳ ",
)
# `tầm nhìn đến năm 2050`, unless it says more: `định hướng đến năm 2050 đạt 80%`.
_OUTLOOK = Wording(r"\b<outlook>\b[^.;:,()]{0,30}$", "tầm nhìn đến ")
_SAYS_MORE = Wording(r":|,? (?:<rate>|<says more>|\d)", " đạt 80%")
_NAMED = r"(?<!\w)(?:WORDS)(?!\w)[^.;:,()]*$"
_CARRIED_OUT = Wording(
    r"\b(?:thực hiện|triển khai)\b[^.;]*\b<long plan>\b[^.;]*\b<until its end> ?$",
    "Thực hiện Chiến lược phát triển bền vững đến ",
)
_ON_A_DAY = Wording(
    r"<before a day>(?: <late on a day>| \d+ ?(?:h|giờ)\d*)?(?: ngày)? ?$", "tính đến hết ngày "
)
# A mean of years speaks of the years named before, not of the last one.
_MEAN_OF_YEARS = Wording(r"\bbình quân <of each year>\b[^.;]*$", "sản lượng bình quân hàng năm: ")
_MEAN = Wording(r"\bbình quân(?! đầu)\b[^.;]*$", "sản lượng bình quân ")
_OF_A_NUMBER = Wording(r"/[A-ZĐ][\w-]*,? (?:ngày )?$", "12/QĐ-UBND, ngày ", exact=True)


def find_periods(
    text: str, year: int | None, *, heading: bool = False, today: str = "", term: str = ""
) -> list[Period]:
    """The times that numbers of the text may speak of; `year` completes those that name none.

    `today` is the document's day, up to which `đến nay` tells, `term` what `nhiệm kỳ qua` is.

    In a heading or title the name is mostly the document's own (`Chương trình … năm 2013`).

    >>> [p.value for p in find_periods("Đến năm 2030 tăng 4 lần so với năm 2020", 2023)]
    ['2030']
    >>> [p.value for p in find_periods("GRDP 9 tháng năm 2021 ước giảm 6,42%", 2021)]
    ['2021-01-01/2021-09-30']
    """
    found = []
    names = clause_words("holds-a-time", _NAMED, exact=True)
    for mention in find_dates(text, year):
        before = text[max(0, mention.i - 130) : mention.i]
        if _is_no_period(text, mention, before, _CARRIED_OUT.pattern if heading else names):
            continue
        frames = bool(
            _FRAME.search(before)
            or _OPENS.match(text[mention.i : mention.j])
            or _CLAUSE_START.search(before)
        )
        found.append(Period(mention.i, mention.j, period_value(mention, before), frames))
    if year is not None:
        found += [
            Period(match.start(), match.end(), str(year), True)
            for match in _WHOLE_YEAR.finditer(text)
        ]
    found += [
        Period(match.start(1), match.end(), match[1], True)
        for match in _BARE_YEAR.finditer(text)
        if not _is_outlook(text, match.start(1), match.end())
    ]
    if today and "đến nay" in text.lower():
        found += [
            Period(match.start(), match.end(), today, True) for match in _UNTIL_NOW.finditer(text)
        ]
    if term and "nhiệm kỳ" in text.lower():
        found += [
            Period(match.start(), match.end(), term, True) for match in _PAST_TERM.finditer(text)
        ]
    if year is not None and " tháng" in text:
        found += _months_so_far(text, year)
    return _exact(text, sorted(found, key=lambda period: period.start))


def _exact(text: str, found: list[Period]) -> list[Period]:
    """`6 tháng đầu năm (từ ngày 15/12/2020 đến ngày 14/6/2021)`: the days count.

    >>> text = "6 tháng đầu năm (từ ngày 15/12/2020 đến ngày 14/6/2021)"
    >>> found = [Period(0, 15, "2021-01-01/2021-06-30", True), Period(17, 54, "2020-12-15/2021-06-14", True)]
    >>> [one.value for one in _exact(text, list(found))]
    ['2020-12-15/2021-06-14']
    >>> len(_exact(text.replace("(", ";"), list(found)))
    2
    """
    for i in reversed(range(len(found) - 1)):
        days = found[i + 1]
        if _DAYS.fullmatch(days.value) and _THAT_IS.fullmatch(text[found[i].end : days.start]):
            found[i : i + 2] = [replace(found[i], end=days.end, value=days.value)]
    return found


def _is_no_period(text: str, mention: DateMention, before: str, names: re.Pattern[str]) -> bool:
    """Whether it is a base of comparison (`so với năm 2020`), a part of a name, a citation's date or an outlook.

    >>> texts = "đạt 5% năm 2020", "so với năm 2020", "năm 2020 đến nay", "Chương trình năm 2020", "ngày 2/3/2020"
    >>> dates = [find_dates(text)[0] for text in texts]
    >>> names = re.compile("Chương trình $")
    >>> [_is_no_period(text, one, text[: one.i], names) for text, one in zip(texts, dates)]
    [False, True, True, True, True]
    >>> texts = "thấp hơn so với năm 2020 (5%)", "Kế hoạch năm 2013 xác định"
    >>> names = re.compile("Kế hoạch $")
    >>> [_is_no_period(text, one, text[: one.i], names) for text in texts for one in find_dates(text)]
    [False, False]
    """
    if _is_base_aside(text, mention.i, mention.j):
        return False
    if _SPEAKS.match(text, mention.j) and _PLAN_SPEAKS.search(before):
        return False
    so_far = text.startswith(" đến nay", mention.j)
    named = names.search(before) or _BASE.search(before) or _is_citation_date(before, mention)
    return bool(so_far or named or _is_outlook(text, mention.i, mention.j))


def _is_base_aside(text: str, start: int, end: int) -> bool:
    """`thấp hơn so với năm 2020 (5%)`: what a number is compared with, told in brackets right after its time.

    >>> texts = "thấp hơn so với năm 2020 (5%)", "tăng so với năm 2020 (5%)"
    >>> [_is_base_aside(text, text.index("năm"), text.index(" (")) for text in texts]
    [True, False]
    """
    far = _FAR_FROM.search(text, max(0, start - 90), start)
    return far is not None and _GIVEN_ASIDE.match(text, end) is not None


def _is_outlook(text: str, start: int, end: int) -> bool:
    """Whether a time is only looked out to beyond another (`…, tầm nhìn đến năm 2050`); one that opens
    a heading or a sentence is the time of what follows.

    >>> texts = "Tầm nhìn đến năm 2045", "Quy hoạch đến năm 2030, tầm nhìn đến năm 2045"
    >>> [_is_outlook(text, len(text) - 4, len(text)) for text in texts]
    [False, True]
    """
    begin = max(0, start - 130)
    outlook = _OUTLOOK.search(text, begin, start)
    if outlook is None or _SAYS_MORE.match(text, end):
        return False
    return not (text[: outlook.start()].endswith((". ", "; ")) or outlook.start() == 0)


def _months_so_far(text: str, year: int) -> list[Period]:
    """`lũy kế 10 tháng`: the year's months up to then, without `đầu năm`.

    >>> [[one.value for one in _months_so_far(text, 2025)] for text in ("lũy kế 10 tháng", "lũy kế 12 tháng", "trong 10 tháng")]
    [['2025-01-01/2025-10-31'], [], []]
    """
    found = []
    for match in _SO_FAR.finditer(text):
        months = int(match[1] or match[2])
        if 1 <= months <= 11:
            so_far = DateMention(date(year, 1, 1), last_day(year, months), "part", 0, 0)
            found.append(Period(match.start(), match.end(), period_value(so_far), True))
    return found


def period_value(mention: DateMention, before: str = "") -> str:
    """The time as the column `period` writes it; `before` is the text in front of it.

    >>> from khplans.text.dates import parse_date
    >>> period_value(parse_date("giai đoạn 2021-2025"))
    '2021/2025'
    >>> period_value(parse_date("quý III năm 2021"), "đến hết ")
    '2021-09-30'
    """
    if mention.precision == "year":
        return str(mention.start.year)
    if mention.precision == "years":
        return f"{mention.start.year}/{mention.end.year}"
    if mention.precision == "day" or _UNTIL.search(before):
        return mention.end.isoformat()
    return f"{mention.start.isoformat()}/{mention.end.isoformat()}"


def _is_citation_date(before: str, mention: DateMention) -> bool:
    """A full date counts only where the text says `đến`, `tính đến`, `trong ngày`.

    >>> (day,), (year,) = find_dates("ngày 2/3/2020"), find_dates("năm 2020")
    >>> _is_citation_date("của tỉnh, ", day), _is_citation_date("tính đến ", day), _is_citation_date("của tỉnh, ", year)
    (True, False, False)
    """
    if mention.precision != "day":
        return False
    return not _ON_A_DAY.search(before) or _OF_A_NUMBER.search(before) is not None


_START = attrgetter("start")
_GOES_ON = Wording(r"[^,;.():]*?\b(?:<settles>|đã|thì)\b", " nghìn người lên")
_ANOTHER_PART = Wording(r"[,;.):]| và |\bđạt\b.*,", " và ", exact=True)
_CUT = re.compile(r"[,;:]")
_CUT_AFTER = re.compile(r"[,;:.(]")
_FARTHEST = 90
# `(năm 2022: 52,8%)`, `(năm 2022 là 52,8%)`: a time that opens a bracket is of what it gives there.
_GIVES = Wording(r",? ?(?:[:=]|(?:ước |chỉ )?(?:<is given>|<about>)\b|\d)", " là 52,8%")
# A day (`tại thời điểm 1/4/2016`) holds for its own clause.
_ONE_DAY = len("2016-04-01")
_COORDINATED = Wording(r"[^.]{0,90}?(?:[;,(] ?| và )[^.;(]{0,40}", " và ", exact=True)
# `giảm 2,5%, từ 11,6% năm 2013 xuống 9,1% năm 2014`, `thấp hơn mức 18,5 triệu tấn năm 2005`.
_COMPARES = Wording(r"\b<opens a base>\b", "thấp hơn mức", exact=True)
# A quantity of its own begins another statement.
_HEADS = r"[;,(] ?(?:và )?(?:WORDS)(?!\w)"


@dataclass(frozen=True, slots=True)
class NumberPeriod:
    """The period of a number, and whether its own sentence names it."""

    value: str | None
    own: bool


def assign_periods(
    text: str,
    parts: Sequence[Sentence],
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    inherited: str | None,
) -> tuple[list[NumberPeriod], str | None]:
    """The period of each number, and the one that holds at the end of the passage.

    `inherited` holds until a sentence names a time of its own.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> from khplans.extraction.indicators.sentences import sentences
    >>> text = "Thu 5 tỷ đồng. Năm 2024 thu 6 tỷ đồng. Chi 3 tỷ đồng."
    >>> told, last = assign_periods(text, sentences(text), find_quantities(text), find_periods(text, 2025), "2023")
    >>> [one.value for one in told], last
    (['2023', '2024', '2024'], '2024')
    """
    told: list[NumberPeriod] = []
    frame = NumberPeriod(inherited, False)
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
    spans = [one for one in periods if _is_span(one.value)]
    means = [_of_mean(text, *one, spans, inherited) for one in zip(quantities, told, strict=True)]
    return means, frame.value


def _within(value: str, span: str | None) -> bool:
    """Whether a year lies within years.

    >>> _within("2025", "2021/2025"), _within("2030", "2021/2025"), _within("2021-05-01", "2021/2025")
    (True, False, False)
    """
    first, _, last = (span or "").partition("/")
    return len(value) == _YEAR and first <= value <= last


def _opens_list(text: str, end: int) -> bool:
    """Whether a list with a colon follows a time at once: `Các chỉ tiêu giai đoạn 2021-2025 gồm: …`.

    >>> [_opens_list(text, 4) for text in ("2025 gồm: thu", "2025: thu", "2025, thu")]
    [True, True, False]
    """
    return _LIST.match(text, end) is not None


def _is_span(value: str | None) -> bool:
    """Whether a time is several years: `2021/2025`."""
    return bool(value and _YEARS.fullmatch(value))


def _of_mean(
    text: str,
    quantity: Quantity,
    told: NumberPeriod,
    spans: Sequence[Period],
    inherited: str | None,
) -> NumberPeriod:
    """The time of a number, or the years named last before it where it is a mean of years and stands at one of them.

    >>> from khplans.reading.documents import document_of
    >>> from khplans.extraction.indicators.find import find_indicators
    >>> words = "Chỉ tiêu giai đoạn 2021-2025: tỷ lệ hộ nghèo năm 2025 còn 3%; số dân tăng bình quân hàng năm 1%."
    >>> [one.period for one in find_indicators(document_of(f"I. MỤC TIÊU\\n1. {words}"))]
    ['2025', '2021/2025']
    """
    if told.own or not told.value or len(told.value) != _YEAR:
        return told
    before = [one.value for one in spans if one.end <= quantity.start]
    years = before[-1] if before else inherited
    yearly = quantity.unit.name.endswith("_per_year")
    mean = _MEAN if yearly else _MEAN_OF_YEARS
    if not (_is_span(years) and mean.search(text, 0, quantity.start)):
        return told
    return NumberPeriod(years, False)


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
        frame: NumberPeriod,
    ) -> None:
        self._text, self._part = text, part
        self._quantities, self._periods = quantities, periods
        self._here = self._aside = self._frame = NumberPeriod(frame.value, False)
        self._until = part.start
        self._frame_of_list = False
        self._spent: set[int] = set()

    def told(self) -> tuple[list[NumberPeriod], NumberPeriod]:
        """The time of each number, and the one that holds after the sentence."""
        told = [self._next(i) for i in range(len(self._quantities))]
        self._share(told)
        if not self._quantities:
            frames = (NumberPeriod(p.value, True) for p in self._periods if p.frames)
            return told, next(frames, self._frame)
        return told, self._frame

    def _next(self, i: int) -> NumberPeriod:
        """The time of a number: one before it since the last number, one right after it, else what holds so far."""
        quantity = self._quantities[i]
        left = self._quantities[i - 1].end if i else self._part.start
        own = self._before(left, quantity)
        gap = self._text[own.end if own else left : quantity.start]
        after = self._after(i)
        if after and (own is None or _CUT.search(gap)):
            self._spent |= {after.start, quantity.start}
            return NumberPeriod(after.value, True)
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
                self._aside, self._until = NumberPeriod(period.value, True), close
                continue
            self._here = own_time = NumberPeriod(period.value, True)
            listed = self._frame_of_list and _is_span(self._frame.value)
            if period.frames and not (listed and _within(period.value, self._frame.value)):
                self._frame, self._frame_of_list = own_time, _opens_list(self._text, period.end)
            own = period
        return own

    def _after(self, i: int) -> Period | None:
        """The time that follows a number and belongs to it."""
        more = i + 1 < len(self._quantities)
        right = self._quantities[i + 1].start if more else self._part.end
        quantity = self._quantities[i]
        following = next(iter(_between(self._periods, quantity.end, right)), None)
        return following and _after(self._text, quantity, right, more, following)

    def _share(self, told: list[NumberPeriod]) -> None:
        """Give the time after the last of several numbers to those it is coordinated with."""
        for i in reversed(range(len(told) - 1)):
            one, following = self._quantities[i], self._quantities[i + 1]
            lends = told[i + 1].own and not told[i].own
            if lends and _shares_time(self._text, one, following, self._spent):
                told[i] = told[i + 1]
                self._spent.add(one.start)


def _shares_time(text: str, one: Quantity, next_one: Quantity, timed: set[int]) -> bool:
    """`90% ở thành thị và 80% ở nông thôn vào năm 2030`, `dưới 17% (miền núi dưới 28%) vào năm
    2025`: the time after the last number is that of those it is coordinated with.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> texts = "90% ở thành thị và 80% ở nông thôn", "90% dân số; 80 ha", "90% so với 80%"
    >>> pairs = [find_quantities(text) for text in texts]
    >>> [_shares_time(text, one, other, {other.start}) for text, (one, other) in zip(texts, pairs)]
    [True, False, False]
    >>> _shares_time(texts[0], *pairs[0], set())
    False
    """
    if next_one.start not in timed or one.unit != next_one.unit:
        return False
    gap = text[one.end : next_one.lead]
    if _COMPARES.search(text[one.end : next_one.number]):
        return False
    return bool(_COORDINATED.fullmatch(gap)) and not clause_words("quantity", _HEADS).search(gap)


def _closing(text: str, start: int, period: Period) -> int | None:
    """Where the brackets end that a time stands in: it holds in them and no farther.

    >>> texts = "5% (năm 2024 là 4%) và", "5% (4%) năm 2024", "5% (năm 2024", "5% năm 2024 (4%)"
    >>> [_closing(text, 0, find_periods(text, 2025)[0]) for text in texts]
    [18, None, None, None]
    >>> text = "3%, thấp hơn so với năm 2020 (5%) và"
    >>> _closing(text, 0, find_periods(text, 2025)[0])
    32
    """
    if _is_base_aside(text, period.start, period.end):
        return text.find(")", period.end)
    opening = text.rfind("(", start, period.start)
    if opening < 0 or ")" in text[opening : period.start]:
        return None
    close = text.find(")", period.end)
    return None if close < 0 else close


def _between(periods: Sequence[Period], left: int, right: int) -> Sequence[Period]:
    """The periods that begin at `left` or after it and before `right`."""
    first = bisect_left(periods, left, key=_START)
    return periods[first : bisect_left(periods, right, first, key=_START)]


def _after(text: str, quantity: Quantity, right: int, more: bool, period: Period) -> Period | None:
    """The period that follows the number, where it belongs to it (`70% vào năm 2030`).

    >>> from khplans.extraction.indicators.find import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Tỷ lệ hộ nghèo còn 5% vào năm 2030.")
    >>> [one.period for one in find_indicators(document)]
    ['2030']
    """
    gap = text[quantity.end : period.start].removeprefix(" (")
    rest = text[period.end : right]
    if len(gap) > _FARTHEST or _CUT_AFTER.search(gap):
        return None
    if more and text.startswith(" (", quantity.end) and ")" not in rest and _GIVES.match(rest):
        return None
    if not more or _GOES_ON.match(rest) or _ANOTHER_PART.search(rest):
        return period
    return None
