"""The time a number speaks of: from its clause, the sentence before, the heading, the document.

The rules are those of tests/gold/README.md: a base of comparison (`so với năm 2020`), a time in
a name (`Chiến lược … đến năm 2030`) and an outlook (`tầm nhìn 2045`) are no period.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.extraction.indicators.clauses import Sentence
from khplans.extraction.indicators.quantities import Quantity
from khplans.knowledge.clause_words import clause_words
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
_UNTIL = re.compile(r"(?:đến|tới|hết|cuối|trước)(?: hết| cuối)?(?: ngày)? $", re.IGNORECASE)
_FRAME = re.compile(
    r"(?:đến|tới|hết|cuối|trong|vào|ngay từ|giai đoạn|kể từ|tính|qua|từ|của|thời kỳ|cả) $",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^(?:giai đoạn|thời kỳ|trong|các năm|từ)\b", re.IGNORECASE)
_CLAUSE_START = re.compile(r"(?:^|[.;:,(–-] ?(?:và |riêng |trong đó,? )?)$")
_BASE = re.compile(
    r"(?:\bso(?: với| sánh)?|cùng kỳ|\bbằng \d[\d.,]*% (?:của )?|\bgiá|\bchuẩn|tầm nhìn|định hướng|\bhơn|"
    r"\bgấp [\d.,]+ lần)\b[^.;:,(]{0,60}$",
    re.IGNORECASE,
)
_NAMED = r"(?<!\w)(?:WORDS)(?!\w)[^.;:,()]*$"
_CARRIED_OUT = re.compile(
    r"\b(?:thực hiện|triển khai)\b[^.;]*\b(?:chiến lược|quy hoạch|chương trình|đề án|nghị quyết)\b"
    r"[^.;]*\b(?:đến|giai đoạn|nhiệm kỳ|khóa|khoá) ?$",
    re.IGNORECASE,
)


def find_periods(text: str, year: int | None, *, heading: bool = False) -> list[Period]:
    """The times that numbers of the text may speak of; `year` completes those that name none.

    In a heading or title the name is mostly the document's own (`Chương trình … năm 2013`).

    >>> [p.value for p in find_periods("Đến năm 2030 tăng 4 lần so với năm 2020", 2023)]
    ['2030']
    >>> [p.value for p in find_periods("GRDP 9 tháng năm 2021 ước giảm 8,59%", 2021)]
    ['2021-01-01/2021-09-30']
    """
    found = []
    names = clause_words("holds-a-time", _NAMED, exact=True)
    for mention in find_dates(text, year):
        before = text[max(0, mention.i - 130) : mention.i]
        named = (_CARRIED_OUT if heading else names).search(before)
        if (
            text.startswith(" đến nay", mention.j)
            or named
            or _BASE.search(before)
            or _is_citation_date(before, mention)
        ):
            continue
        frames = bool(
            _FRAME.search(before)
            or _OPENS.match(text[mention.i : mention.j])
            or _CLAUSE_START.search(before)
        )
        found.append(Period(mention.i, mention.j, period_value(mention, before), frames))
    if year is not None and " tháng" in text:
        found += _months_so_far(text, year)
        found.sort(key=lambda period: period.start)
    return found


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
        >>> period_value(parse_date("giai đoạn 2021-2025")), period_value(parse_date("quý III năm 2021"), "đến hết ")
        ('2021/2025', '2021-09-30')
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
    return not re.search(
        r"(?:đến|tới|hết|trong|vào|kể từ|trước|từ|sáng|tính)(?: hết| cuối| sáng| \d+ ?(?:h|giờ)\d*)?(?: ngày)? ?$",
        before,
        re.IGNORECASE,
    ) or bool(re.search(r"/[A-ZĐ][\w-]*,? (?:ngày )?$", before))


_BINDS_ON = re.compile(r"[^,;.():]*?\b(?:lên|xuống|còn|đã|thì)\b", re.IGNORECASE)
_PARTS = re.compile(r"[,;.):]| và |\bđạt\b.*,")


def assign_periods(
    text: str,
    parts: Sequence[Sentence],
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    inherited: str | None,
) -> tuple[list[str | None], str | None]:
    """The period of each number, and the one that holds at the end of the passage.

    `inherited` holds until a sentence names a time of its own.
    """
    values: list[str | None] = []
    frame = inherited
    k = 0
    for part in parts:
        inside = [p for p in periods if part.start <= p.start < part.end]
        first = k
        while k < len(quantities) and quantities[k].start < part.end:
            k += 1
        numbers = quantities[first:k]
        spent: set[int] = set()
        for i, quantity in enumerate(numbers):
            left = numbers[i - 1].end if i else part.start
            right = numbers[i + 1].start if i + 1 < len(numbers) else part.end
            behind = _behind(text, quantity, right, i + 1 < len(numbers), inside)
            before = [p for p in inside if left <= p.start and p.end <= quantity.start]
            before = [p for p in before if p.start not in spent]
            for period in before:
                if period.frames:
                    frame = period.value
            own = before[-1] if before else None
            if behind and (own is None or re.search(r"[,;:]", text[own.end : quantity.start])):
                spent.add(behind.start)
                values.append(behind.value)
            elif own and not re.search(r"[;]", text[own.end : quantity.start]):
                values.append(own.value)
            else:
                values.append(frame)
        if not numbers:
            frame = next((p.value for p in inside if p.frames), frame)
    return values, frame


def _behind(
    text: str, quantity: Quantity, right: int, more: bool, inside: Sequence[Period]
) -> Period | None:
    """The period that stands behind the number and belongs to it (`70% vào năm 2030`)."""
    for period in inside:
        if not quantity.end <= period.start < right:
            continue
        gap = text[quantity.end : period.start]
        if len(gap) > 90 or re.search(
            r"[,;:.(]", gap.replace(" (", "", 1) if len(gap) < 6 else gap
        ):
            return None
        rest = text[period.end : right]
        if not more or _BINDS_ON.match(rest) or _PARTS.search(rest):
            return period
        return None
    return None
