"""A number with its unit, and the words before it that bound it or make it a change (`tăng khoảng`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from khplans.extraction.indicators.units import read_denominator
from khplans.knowledge.comparators import NumberCue, Says, cues_that_say, number_cues
from khplans.knowledge.units import Unit, unit_per
from khplans.knowledge.wording import Wording
from khplans.text.numerals import WRITTEN, looks_english
from khplans.text.passage import Passage, Span

Comparator = Literal["=", ">=", ">", "<=", "<", "~", ">~", "<~"]
Change = Literal["level", "increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words before a number tell.

    `start` is where those that touch the number begin, `lead` where all of them do; `settled`
    says that a change is named but the number is where it ends; `forms` are nearest first.
    """

    start: int
    lead: int
    bound: Comparator | None
    change: Change
    settled: bool
    yearly: bool
    forms: tuple[str, ...]


@cache
def _cue_pattern() -> re.Pattern[str]:
    cues = sorted(number_cues().values(), key=lambda cue: (-len(cue.form), cue.form))
    words = "|".join(
        "".join(f"(?<!{word} )" for word in cue.not_after) + re.escape(cue.form) for cue in cues
    )
    return re.compile(rf"(?<!\w)(?<!trở )(?:{words})(?!\w)\s?$", re.IGNORECASE)


def cues_say(cues: Iterable[str], what: Says) -> bool:
    """Whether one of the cues before a number tells something of it.

    >>> cues_say(("từ", "tăng"), "starts"), cues_say(("tăng",), "starts")
    (True, False)
    """
    return not cues_that_say(what).isdisjoint(cues)


def words_before(text: str, number: int) -> Cues:
    """Walk back over the cues that stand before the number, one phrase at a time.

    >>> cues = words_before("tỷ lệ hộ nghèo giảm xuống dưới 10%", 31)
    >>> cues.bound, cues.change, cues.settled, cues.forms
    ('<', 'level', True, ('dưới', 'xuống', 'giảm'))
    """
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
        touching = touching and (cue.kind in ("bound", "change") or "touches" in cue.says)
        if touching and "starts" not in cue.says:
            start = position
    return Cues(
        start, position, cast("Comparator | None", bound), change, settled, yearly, tuple(seen)
    )


def _both(outer: str, inner: str) -> str:
    """`trên khoảng`, `khoảng trên` are `>~`; of two that don't go together the nearer counts.

    >>> _both("~", ">"), _both(">", "~"), _both(">", "<")
    ('>~', '>~', '<')
    """
    if outer == "~" and inner in "<>":
        return inner + outer
    return outer + inner if outer in "<>" and inner == "~" else inner


def _cue_before(text: str, position: int) -> tuple[NumberCue, int] | None:
    """The cue that ends right before a number, and where it begins.

    >>> cues = [_cue_before(text, len(text)) for text in ("đạt trên ", "rừng ")]
    >>> [cue and (cue[0].form, cue[1]) for cue in cues]
    [('trên', 4), None]
    """
    window = text[max(0, position - 22) : position]
    match = _cue_pattern().search(window)
    if match is None:
        return None
    return number_cues()[match[0].strip().lower()], position - len(window) + match.start()


# The sign of a lost comma: `khoảng 8 3%`, two short numbers side by side before a per cent.
_LOST_COMMA = Wording(r"<before a lost comma> (?P<low>\d{1,2}) $", "đạt khoảng 8 ")
# The same after a name: `Tỷ lệ che phủ rừng 4 5%`, but not `Tỷ lệ học sinh lớp 9 5%`.
_LOST_AFTER_NAME = Wording(
    r"(?:<share>|độ che phủ|tốc độ)(?: (?!<before a whole number> \d)[^\W\d_]+){1,12} (?P<low>\d{1,2}) $",
    "tỷ lệ bao phủ bảo hiểm 95 ",
)
# A number torn apart: `12 . 500 tỷ đồng`.
TORN = r"\d{1,3} \. ?\d{3}(?![.,]?\d)"
_IS_TORN = re.compile(TORN)
_WRITTEN = re.compile(WRITTEN, re.ASCII)
_AFTER = Wording(r" ?(?:(trở lên)|(trở xuống))", " trở lên", exact=True)
_LATER_UP = Wording(r" [^.;,\d]{1,60}? trở lên\b", " hộ gia đình trở lên", exact=True)
_PER_PEOPLE = Wording(
    r"(?:trên|/) ?(?=(?:(?:một|0?1) )?(?:vạn|1[0.]*0) (?:người )?dân\b"
    r"[^.;\d]*(?:\d+(?:,\d+)? [^.;,\d]{2,20}[;,] )?[^.;\d]*$)",
    "số bác sĩ trên một vạn dân đạt ",
)
_NEVER_OVER = Wording(r"\bkhông (?:để|vượt)\b[^,.;]*$", "không để ")
# `(-10,1%)`, `tăng trưởng -2,5%`: a fall, and no dash between two numbers.
_MINUS = re.compile(r"(?:^|[ (:])[-−]$")
# `4.200 tỷ đồng (+11,3%)`: a rise.
_PLUS = re.compile(r"[ (:]\+$")
_EXCEEDED_BY = Wording(r" (?:so|<plan>)\b", " dự toán", exact=True)


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
    english: bool = False


@dataclass(frozen=True)
class NumberCase:
    """A number of a passage about which rules decide."""

    passage: Passage
    quantity: Quantity

    @property
    def span(self) -> Span:
        return self.passage.span(self.quantity.start, self.quantity.end)

    @property
    def is_percent(self) -> bool:
        return self.quantity.unit.dimension == "percent"


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
    the change and the sign that the words around it give.

    >>> from khplans.knowledge.units import units
    >>> found = with_words("tăng trên 5% trở lên", 10, 12, Decimal(5), None, None, units()["percent"])
    >>> found.change, found.comparator, found.end
    ('increase', '>=', 20)
    >>> lost = ("tăng khoảng 12 3%", Decimal(3)), ("tăng khoảng 12 3,0%", Decimal("3.0"))
    >>> [with_words(text, 15, len(text), value, None, None, units()["percent"]).value for text, value in lost]
    [Decimal('12.3'), Decimal('3.0')]
    >>> with_words("từ 80% số hộ trở lên", 3, 6, Decimal(80), None, None, units()["percent"]).comparator
    '>='
    """
    lost = high is None and unit.dimension == "percent" and _lost_comma(text, number, value)
    if lost:
        number -= len(lost) + 1
        value = Decimal(f"{lost}.{value}") if value.as_tuple().exponent == 0 else value
    misread = bool(lost) or _IS_TORN.match(text, number) is not None
    unit = _per_people(text, number, unit)
    cues = words_before(text, number)
    change, yearly = _change(text, cues)
    bound, end = _after(text, end, _bound(text, end, cues, unit))
    if bound == "=" and cues.forms[:1] == ("từ",) and _LATER_UP.match(text, end):
        bound = ">="
    start, change = _sign(text, number, unit, cues.start, change)
    return Quantity(
        start, cues.lead, number, end, value, high, whole, unit, bound,
        change, cues.settled, yearly, cues.forms, misread, _is_english(text, number, end),
    )  # fmt: skip


def _is_english(text: str, number: int, end: int) -> bool:
    """Whether a number from `number` on has separators that are English, or may be.

    >>> _is_english("đạt 1,234.5 tỷ đồng", 4, 19), _is_english("đạt 1.234,5 tỷ đồng", 4, 19)
    (True, False)
    """
    return any(looks_english(one[0]) for one in _WRITTEN.finditer(text, number, end))


def _lost_comma(text: str, number: int, value: Decimal) -> str:
    """The digits before a comma that was lost (`khoảng 8 3%`), or nothing.

    >>> _lost_comma("đạt khoảng 8 3%", 13, Decimal(3)), _lost_comma("lớp 9 5%", 6, Decimal(5))
    ('8', '')
    """
    lost = _LOST_COMMA.search(text[max(0, number - 14) : number])
    if lost is None and value < 10 and text[max(0, number - 2) : number - 1].isdigit():
        lost = _LOST_AFTER_NAME.search(text[max(0, number - 110) : number])
    return lost["low"] if lost and value < 100 else ""


def _per_people(text: str, number: int, unit: Unit) -> Unit:
    """The unit by heads, where the words before the number say so (`Số bác sĩ trên 1 vạn dân đạt 8`).

    >>> from khplans.knowledge.units import units
    >>> _per_people("Số bác sĩ trên 1 vạn dân đạt 8", 29, units()["doctor"]).unit_id
    'doctor_per_10000'
    """
    per = (
        _PER_PEOPLE.search(text, max(0, number - 90), number) if unit.dimension == "count" else None
    )
    divisor = read_denominator(text, per.end()) if per else None
    return unit_per(unit, divisor[0]) if divisor else unit


def _change(text: str, cues: Cues) -> tuple[Change, bool]:
    """Rise, fall or level, and whether by the year; a colon may part them from the number.

    >>> texts = "tăng 5%", "Tăng bình quân hàng năm: 5%", "GRDP: 5%"
    >>> [_change(text, words_before(text, text.index("5"))) for text in texts]
    [('increase', False), ('increase', True), ('level', False)]
    """
    after_a_colon = text.startswith(": ", max(0, cues.lead - 2))
    if cues.change == "level" and not cues.settled and after_a_colon:
        named = words_before(text, cues.lead - 2)
        if named.yearly:
            return named.change, True
    return cues.change, cues.yearly


def _bound(text: str, end: int, cues: Cues, unit: Unit) -> Comparator:
    """What bounds the number, by the words before it.

    >>> from khplans.knowledge.units import units
    >>> text = "không để tỷ lệ sinh trên 5%"
    >>> _bound(text, len(text), words_before(text, 25), units()["percent"])
    '<='
    """
    bound: Comparator = cues.bound or "="
    if bound == ">" and _NEVER_OVER.search(text[max(0, cues.lead - 60) : cues.lead]):
        bound = "<="
    exceeds = cues_say(cues.forms[:1], "exceeds") and unit.dimension not in ("percent", "times")
    return ">" if exceeds and not _EXCEEDED_BY.match(text, end) else bound


def _after(text: str, end: int, bound: Comparator) -> tuple[Comparator, int]:
    """The bound and the end with `trở lên`, `trở xuống` after the unit.

    >>> _after("5% trở lên", 2, "="), _after("5% hộ", 2, ">")
    (('>=', 10), ('>', 2))
    """
    after = _AFTER.match(text, end)
    if after is None:
        return bound, end
    return (">=" if after[1] else "<="), after.end()


def _sign(text: str, number: int, unit: Unit, start: int, change: Change) -> tuple[int, Change]:
    """Where the quantity starts and its change, with a sign before its digits (`-10,1%`).

    >>> from khplans.knowledge.units import units
    >>> _sign("đạt -10,1%", 5, units()["percent"], 5, "level"), _sign("5%", 0, units()["percent"], 0, "level")
    ((4, 'decrease'), (0, 'level'))
    """
    signs = text[max(0, number - 2) : number]
    if _MINUS.search(signs):
        return min(start, number - 1), "decrease"
    if unit.dimension == "percent" and _PLUS.search(signs):
        return min(start, number - 1), "increase"
    return start, change
