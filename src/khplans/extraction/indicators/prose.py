"""Indicators in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.extraction.indicators.clauses import Sentence, sentence_at, sentences
from khplans.extraction.indicators.context import Context
from khplans.extraction.indicators.evidence import Counting, measures_something
from khplans.extraction.indicators.kinds import Place, Setting, Words
from khplans.extraction.indicators.leads import small
from khplans.extraction.indicators.names import as_change
from khplans.extraction.indicators.naming import around_of, names_of, same_subject
from khplans.extraction.indicators.parents import parents_of
from khplans.extraction.indicators.periods import find_periods
from khplans.extraction.indicators.quantities import find_quantities
from khplans.extraction.indicators.quantity import Quantity
from khplans.extraction.indicators.result import Found, goes_on, make_indicator
from khplans.extraction.indicators.timing import assign_periods
from khplans.text.passage import Passage

_DIGIT = re.compile(r"\d")
_ORDERS = frozenset({"task", "organisation"})
_MOVES_ON = re.compile(r" (?:hiện nay |hiện tại )?(?:xuống|lên|còn)\b", re.IGNORECASE)
_BOUNDS = frozenset({"khoảng", "gần", "hơn", "trên", "xấp xỉ", "tương đương"})
_ASIDE = re.compile(r" |, |(?: [^\W\d_]+){0,3} \(")
_SHORT_LIST = re.compile(r"(?: (?!so |kế |dự )[^\W\d_]+){1,4}, ")
_SHORT_LIST_ON = re.compile(r",(?: [^\W\d_]+){1,5} ")
# `tăng 8,2% (kế hoạch là 8%)`, `tăng 7,7%, tương đương 1,6 triệu đồng`: the same change again.
_RESTATES = re.compile(
    r"(?:\((?:kế hoạch|mục tiêu|chỉ tiêu|dự toán|nghị quyết|KH|NQ)\b[^()\d]*"
    r"|\btương đương (?:khoảng |gần |hơn |trên )?)$",
    re.IGNORECASE,
)


def read_prose(passage: Passage, context: Context) -> tuple[list[Found], str | None]:
    """The indicators of a passage, and the time that holds at its end."""
    text = passage.text
    if not _DIGIT.search(text) and "gấp" not in text:
        return [], context.period
    parts = sentences(text)
    quantities = _measuring(passage, parts, context.setting)
    if not quantities and context.setting.role in _ORDERS:
        return [], context.period
    periods = find_periods(text, _year_spoken_of(context), today=context.setting.today)
    told, frame = assign_periods(text, parts, quantities, periods, context.period)
    if not quantities:
        return [], frame
    names = names_of(passage, parts, quantities, periods, context.lead)
    words = Words(text, passage)
    found: list[Found] = []
    heads: list[int] = []
    for i, (quantity, parent) in enumerate(
        zip(quantities, parents_of(text, parts, quantities), strict=True)
    ):
        around = around_of(parts, quantities, i)
        place = Place(around.start, around.left, quantity.lead, quantity.number, quantity.end)
        period = told[i].value
        kind = words.kind_of(place, period, context.setting, inherited=not told[i].own)
        if _is_base(text, quantity) and kind == "target":
            kind, period = "actual", str(context.setting.year) if context.setting.year else None
        heads.append(heads[-1] if names[i].follows and same_subject(names, i) else i)
        name, whole = names[i].name, None if parent is None else heads[parent]
        if whole is not None and not name.lower().startswith(names[whole].name.lower()):
            name = f"{names[whole].name} – {small(name)}"
        indicator = make_indicator(passage, quantity, name, kind, period)
        before = found[-1].indicator.change if found and names[i].follows else "level"
        if indicator.change == "level" != before and (
            (goes_on(quantity, names[i].lead) and quantities[i - 1].unit.dimension == "percent")
            or _RESTATES.search(text[max(0, quantity.number - 60) : quantity.number])
            or _is_in_percent(text, quantity, quantities[i - 1])
            or _is_coordinate(text, quantity, quantities[i - 1])
        ):
            indicator = make_indicator(
                passage, quantity, as_change(name, before), kind, period, before
            )
        found.append(Found(indicator, whole))
    return found, frame


def _year_spoken_of(context: Context) -> int | None:
    """The year that `quý I` and `cả năm` are of: in a plan for the coming year, that one."""
    year, period = context.setting.year, context.period
    return year + 1 if year and period == str(year + 1) else year


def _is_base(text: str, quantity: Quantity) -> bool:
    """`từ 27,8% xuống còn 23,8%`: where a movement starts, which is how things stand, unless it
    names a time of its own."""
    return "từ" in quantity.cues and bool(_MOVES_ON.match(text, quantity.end))


def _is_in_percent(text: str, quantity: Quantity, before: Quantity) -> bool:
    """`giảm 580 vụ (8,38%)`: the same fall once more, in per cent."""
    return (
        quantity.unit.dimension == "percent" != before.unit.dimension
        and not quantity.settled
        and set(quantity.cues) <= _BOUNDS
        and _ASIDE.fullmatch(text[before.end : quantity.lead]) is not None
    )


def _is_coordinate(text: str, quantity: Quantity, before: Quantity) -> bool:
    """`Giảm 10% số đơn vị và 10% biên chế`, `giảm 30% thời gian, 30% chi phí`: for both."""
    return (
        not quantity.cues
        and quantity.unit == before.unit
        and before.change != "level"
        and (
            text.endswith("và ", 0, quantity.lead)
            or _SHORT_LIST.fullmatch(text[before.end : quantity.lead]) is not None
        )
    )


def _measuring(passage: Passage, parts: Sequence[Sentence], setting: Setting) -> list[Quantity]:
    """The numbers of a passage that measure something."""
    text = passage.text
    quantities: list[Quantity] = []
    norm: Quantity | None = None
    for quantity in find_quantities(text):
        start = parts[sentence_at(parts, quantity.number)].start
        before = quantities[-1] if quantities else None
        goes_on_a_norm = norm is not None and _lists(text, norm, quantity)
        case = Counting(passage, quantity, start, setting, before)
        if not goes_on_a_norm and measures_something(case):
            quantities.append(quantity)
            norm = None
        else:
            norm = quantity if quantity.unit.dimension == "percent" else None
    return quantities


def _lists(text: str, norm: Quantity, quantity: Quantity) -> bool:
    """`hỗ trợ 50%, ngân sách huyện 30%`: what goes on a list of norms is a norm."""
    return (
        quantity.unit == norm.unit
        and quantity.change == "level"
        and _SHORT_LIST_ON.fullmatch(text[norm.end : quantity.lead]) is not None
    )
