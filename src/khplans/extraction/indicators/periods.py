"""The times that a text names for its numbers.

The rules are those of tests/gold/README.md: a base of comparison (`so với năm 2020`), a time in
a name (`Chiến lược … đến năm 2030`) and an outlook (`tầm nhìn 2045`) are no period.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from khplans.knowledge.clause_words import clause_words
from khplans.knowledge.wording import Wording
from khplans.text.dates import DateMention, find_dates


@dataclass(frozen=True, slots=True)
class Period:
    """A time named at `text[start:end]`; `value` is as in the column `period`.

    `frames` says that it may hold for the numbers after it too (`Đến năm 2030, …`).
    """

    start: int
    end: int
    value: str
    frames: bool


_SO_FAR = re.compile(
    r"\b(?:(?:lũy|luỹ) kế|tính chung|cộng dồn) (\d{1,2}) tháng\b(?! (?:đầu|cuối|năm|\d))"
    r"|\b(\d{1,2}) tháng(?= (?:là|ước|đạt)\b)",
    re.IGNORECASE,
)
_BARE_YEAR = Wording(r"\b<until> (20\d\d)(?=[,:]| <after a year>\b)", "Đến 2025, ")
# Not `từ năm 2021 đến nay`, which has a start of its own.
_UNTIL_NOW = re.compile(r"(?:^|(?<=[.;:] ))(?:tính )?đến nay\b", re.IGNORECASE)
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_THAT_IS = re.compile(r" \((?:tính )?")
_WHOLE_YEAR = re.compile(r"\bcả năm\b(?! \d)", re.IGNORECASE)
_UNTIL = Wording(r"<until>(?: hết| cuối)?(?: ngày)? $", "đến hết ")
_FRAME = Wording(r"<before a time that frames> $", "giai đoạn ")
_OPENS = Wording(r"^(?:giai đoạn|thời kỳ|trong|các năm|từ)\b", "Giai đoạn 2021-2025")
_CLAUSE_START = re.compile(r"(?:^|[.;:,(–-] ?)(?:và |riêng |trong đó,? )?$", re.IGNORECASE)
_BASE = Wording(
    r"\b(?:<base>|bằng \d[\d.,]*% (?:của )?|gấp [\d.,]+ lần)\b[^.;:,()]{0,60}$",
    "thấp hơn cùng kỳ ",
)
# `tầm nhìn đến năm 2050`, unless it says more: `định hướng đến năm 2050 đạt 80%`.
_OUTLOOK = re.compile(r"\b(?:tầm nhìn|định hướng)\b[^.;:,()]{0,30}$", re.IGNORECASE)
_SAYS_MORE = Wording(r":|,? (?:<rate>|đạt|là|khoảng|phấn đấu|\d)", " đạt 80%")
_NAMED = r"(?<!\w)(?:WORDS)(?!\w)[^.;:,()]*$"
_CARRIED_OUT = Wording(
    r"\b(?:thực hiện|triển khai)\b[^.;]*\b<long plan>\b[^.;]*\b<until its end> ?$",
    "Thực hiện Chiến lược phát triển bền vững đến ",
)
_ON_A_DAY = Wording(
    r"<before a day>(?: hết| cuối| sáng| \d+ ?(?:h|giờ)\d*)?(?: ngày)? ?$", "tính đến hết ngày "
)
_OF_A_NUMBER = re.compile(r"/[A-ZĐ][\w-]*,? (?:ngày )?$")


def find_periods(
    text: str, year: int | None, *, heading: bool = False, today: str = ""
) -> list[Period]:
    """The times that numbers of the text may speak of; `year` completes those that name none.

    `today` is the document's day, up to which `đến nay` tells.

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
        Period(match.start(1), match.end(), match[1], True) for match in _BARE_YEAR.finditer(text)
    ]
    if today and "đến nay" in text.lower():
        found += [
            Period(match.start(), match.end(), today, True) for match in _UNTIL_NOW.finditer(text)
        ]
    if year is not None and " tháng" in text:
        found += _months_so_far(text, year)
    return _exact(text, sorted(found, key=lambda period: period.start))


def _exact(text: str, found: list[Period]) -> list[Period]:
    """`6 tháng đầu năm (từ ngày 15/12/2020 đến ngày 14/6/2021)`: the days count."""
    for i in reversed(range(len(found) - 1)):
        days = found[i + 1]
        if _DAYS.fullmatch(days.value) and _THAT_IS.fullmatch(text[found[i].end : days.start]):
            found[i : i + 2] = [replace(found[i], end=days.end, value=days.value)]
    return found


def _is_no_period(text: str, mention: DateMention, before: str, names: re.Pattern[str]) -> bool:
    """Whether it is a base of comparison, a part of a name, a citation's date or an outlook."""
    so_far = text.startswith(" đến nay", mention.j)
    named = names.search(before) or _BASE.search(before) or _is_citation_date(before, mention)
    outlook = _OUTLOOK.search(before) and not _SAYS_MORE.match(text, mention.j)
    return bool(so_far or named or outlook)


def _months_so_far(text: str, year: int) -> list[Period]:
    """`lũy kế 10 tháng`: the year's months up to then, without `đầu năm`."""
    found = []
    for match in _SO_FAR.finditer(text):
        months = int(match[1] or match[2])
        if 1 <= months <= 11:
            so_far = DateMention(date(year, 1, 1), _last_day(year, months), "part", 0, 0)
            found.append(Period(match.start(), match.end(), period_value(so_far), True))
    return found


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


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
    """A full date counts only where the text says `đến`, `tính đến`, `trong ngày`."""
    if mention.precision != "day":
        return False
    return not _ON_A_DAY.search(before) or _OF_A_NUMBER.search(before) is not None
