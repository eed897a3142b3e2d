"""A number with its unit, and what the words around it make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from khplans.extraction.indicators.cues import Change, Comparator, words_before
from khplans.extraction.indicators.units import read_denominator
from khplans.knowledge.units import Unit, unit_per

# The sign of a lost comma: `khoảng 8 3%`, two short numbers side by side before a per cent.
_LOST_COMMA = re.compile(
    r"(?:đạt|tăng|giảm|khoảng|trên|dưới|là|còn|chiếm|hơn|thiểu|mức|bằng) (?P<low>\d{1,2}) $",
    re.IGNORECASE,
)
# The same behind a name: `Tỷ lệ che phủ rừng 4 5%`, but not `Tỷ lệ học sinh lớp 9 5%`.
_LOST_BEHIND_NAME = re.compile(
    r"(?:(?:tỷ|tỉ) (?:lệ|trọng)|độ che phủ|tốc độ)(?: [^\W\d_]+){1,12}"
    r"(?<! năm)(?<! quý)(?<! số)(?<! thứ)(?<! khóa)(?<! khoá)(?<! tháng)(?<! loại)(?<! cấp)(?<! độ)"
    r"(?<! lần)(?<! đợt)(?<! hạng)(?<! nhóm)(?<! lớp)(?<! đoạn)(?<! vùng)(?<! mũi)(?<! liều)(?<! dưới)"
    r"(?<! trên)(?<! bậc)(?<! khối)(?<! khu)(?<! mức) (?P<low>\d{1,2}) $",
    re.IGNORECASE,
)
# A number torn apart: `12 . 500 tỷ đồng`.
TORN = r"\d{1,3} \. ?\d{3}(?![.,]?\d)"
_IS_TORN = re.compile(TORN)
_AFTER = re.compile(r" ?(?:(trở lên)|(trở xuống))")
_PER_PEOPLE = re.compile(
    r"(?:trên|/) ?(?=(?:(?:một|0?1) )?(?:vạn|1[0.]*0) (?:người )?dân\b"
    r"[^.;\d]*(?:\d+(?:,\d+)? [^.;,\d]{2,20}[;,] )?[^.;\d]*$)",
    re.IGNORECASE,
)
_NEVER_OVER = re.compile(r"\bkhông (?:để|vượt)\b[^,.;]*$", re.IGNORECASE)
# `(-10,1%)`, `tăng trưởng -2,5%`: a fall, and no dash between two numbers.
_MINUS = re.compile(r"(?:^|[ (:])[-−]$")
# `4.200 tỷ đồng (+11,3%)`: a rise.
_PLUS = re.compile(r"[ (:]\+$")
_EXCEEDED_BY = re.compile(r" (?:so|dự toán|kế hoạch|chỉ tiêu|nghị quyết)\b")


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


def with_words(
    text: str,
    number: int,
    end: int,
    value: Decimal,
    high: Decimal | None,
    whole: Decimal | None,
    unit: Unit,
) -> Quantity:
    """The quantity whose digits start at `number` and whose unit ends at `end`, with the bound,
    the change and the sign that the words around it give."""
    lost = _LOST_COMMA.search(text[max(0, number - 14) : number])
    if lost is None and value < 10 and text[max(0, number - 2) : number - 1].isdigit():
        lost = _LOST_BEHIND_NAME.search(text[max(0, number - 110) : number])
    misread = bool(lost) and unit.dimension == "percent" and high is None and value < 100
    if lost and misread:
        number -= len(lost["low"]) + 1
        value = Decimal(f"{lost['low']}.{value}") if value == int(value) else value
    if unit.dimension == "count":
        per = _PER_PEOPLE.search(text, max(0, number - 90), number)
        divisor = read_denominator(text, per.end()) if per else None
        unit = unit_per(unit, divisor[0]) if divisor else unit
    misread = misread or _IS_TORN.match(text, number) is not None
    cues = words_before(text, number)
    start, change, yearly = cues.start, cues.change, cues.yearly
    if change == "level" and not cues.settled and text.startswith(": ", max(0, cues.lead - 2)):
        named = words_before(text, cues.lead - 2)
        if named.yearly and named.change != "level":
            change, yearly = named.change, True
    bound: Comparator = cues.bound or "="
    if bound == ">" and _NEVER_OVER.search(text[max(0, cues.lead - 60) : cues.lead]):
        bound = "<="
    exceeds = cues.forms[:1] == ("vượt",) and unit.dimension not in ("percent", "times")
    if exceeds and not _EXCEEDED_BY.match(text, end):
        bound = ">"
    if _MINUS.search(text[max(0, number - 2) : number]):
        start, change = min(start, number - 1), "decrease"
    elif unit.dimension == "percent" and _PLUS.search(text[max(0, number - 2) : number]):
        start, change = min(start, number - 1), "increase"
    after = _AFTER.match(text, end)
    if after:
        bound, end = (">=" if after[1] else "<="), after.end()
    return Quantity(
        start, cues.lead, number, end, value, high, whole, unit, bound,
        change, cues.settled, yearly, cues.forms, misread,
    )  # fmt: skip
