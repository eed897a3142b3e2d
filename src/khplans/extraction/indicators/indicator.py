"""Puts an indicator together: its change, its unit and the doubts about the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from khplans.extraction.indicators.numbers import find_quantities
from khplans.extraction.indicators.quantity import Change, NumberCase, Quantity, cues_say
from khplans.extraction.indicators.target_or_result import Kind
from khplans.extraction.indicators.words_around import has_quantity_head
from khplans.knowledge.units import is_known_unit
from khplans.knowledge.wording import Wording
from khplans.model import Doubt, Indicator
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import Passage, passage_of

_GROWTH_NAME = Wording(r"(?:<pace> )?(?:tăng trưởng|tăng(?! cường|-))\b", "Tốc độ tăng trưởng")
# `Mục tiêu GRDP năm 2024 là 8,6%`: a per cent of the product itself is its growth.
_PRODUCT = Wording(
    r"(?:tổng sản phẩm <product of>(?: \((?:GRDP|GDP)\))?|GRDP|GDP)"
    r"(?: (?:<the whole> )?<whose product>)*",
    "Tổng sản phẩm trên địa bàn (GRDP) toàn tỉnh",
)
# `giá trị sản xuất nông nghiệp 4%/năm`: by the year it rises, unless it is interest or a share.
_NO_GROWTH = Wording("<no growth>", "lãi suất cho vay")
_FALL_NAME = Wording(r"(?:(?:<pace>|kéo|cắt) )?giảm\b", "Tỷ lệ giảm hộ nghèo")
_FALLS_YEARLY = Wording(r"\bgiảm <each time> năm\b", "Tỷ lệ hộ nghèo giảm hằng năm")
# `Tăng tỷ lệ … lên 15%`: the verb is told to somebody, the number is where it should lead.
_TOLD_TO_CHANGE = Wording(r"<told to change> <brought to>", "Tăng tỷ lệ hộ dân")
# `Giảm dần thâm hụt, kiểm soát nhập siêu dưới 10%`: what is held has no change of its own.
_HELD = Wording(r", <held>\b[^,]*$", "Giảm thâm hụt, kiểm soát nhập siêu")
# `đạt 100% nghị quyết`: how much of a plan was carried out is a level, whatever the plan was.
_OF_PLAN = Wording(" so với <plan>", "thu ngân sách so với dự toán")
_ADDED = Wording(r"tăng thêm(?: trong năm| <each time> năm)?$", "tăng thêm hằng năm")
_GOES_TO = Wording(r"[^.;,]{0,40}(?:, ?)?\b<settles>\b", " hộ nghèo xuống")
_STARTS_FROM = Wording(r"(?: \(?(?:năm )?\d{4}\)?)? <settles>\b", " năm 2020 lên", exact=True)
_RATE = Wording(r"\b<share>|\bnghèo\b|độ che phủ|thất nghiệp", "Tỷ lệ")
_GROWTH_RATE = Wording(r"<rate> (?:tăng|(?:cắt )?giảm)\b", "Tỷ lệ tăng")
_SHARE = Wording(r"<share>\b", "Tỷ trọng")
_OVER_THE_WHOLE = Wording(r"<can exceed the whole>|\bthu\b", "giải ngân vốn đầu tư")
_NO_CHANGE = Wording(r"đóng góp|hoàn thành", "mức đóng góp")


@dataclass(frozen=True, slots=True)
class FoundIndicator:
    """An indicator and the position, in its passage's list, of the one it is a part of."""

    indicator: Indicator
    parent: int | None


def make_indicator(
    passage: Passage,
    quantity: Quantity,
    name: str,
    kind: Kind,
    period: str | None,
    change: Change | None = None,
) -> Indicator:
    """The indicator of a number.

    >>> text = "Tỷ lệ hộ nghèo giảm 1,5%, thu 250 tỷ đồng, trồng 30 chậu"
    >>> found = [make_indicator(passage_of(text), one, "Tên", "target", "2026") for one in find_quantities(text)]
    >>> [(one.value, one.unit, one.change, [doubt.code for doubt in one.doubts]) for one in found]
    [(1.5, 'percent', 'decrease', []), (250.0, 'billion_vnd', 'level', [])]
    """
    change = change or change_of(passage, quantity, name)
    span = passage.span(quantity.start, quantity.end)
    doubts = []
    if not is_known_unit(quantity.unit):
        doubts.append(Doubt("unit-unknown", span, {"words": quantity.unit.name}))
    if quantity.misread or _is_too_much(quantity, name, change):
        doubts.append(Doubt("number-looks-misread", span))
    if quantity.english:
        doubts.append(Doubt("separators-look-english", span))
    return Indicator(
        span=span,
        name=name,
        value=float(quantity.value),
        value_high=None if quantity.high is None else float(quantity.high),
        unit=_unit_id(quantity, change, name),
        comparator=quantity.comparator,
        change=change,
        kind=kind,
        period=period,
        denominator=None if quantity.denominator is None else float(quantity.denominator),
        doubts=tuple(doubts),
    )


@dataclass(frozen=True)
class Changing(NumberCase):
    """A number that may be a rise or fall, and the name of what it measures."""

    name: str

    @once
    def head(self) -> str:
        """The name without the whole that it is a part of."""
        return self.name.rpartition(" – ")[2]

    def goes_on(self, pattern: re.Pattern[str]) -> bool:
        """Whether the words after the number begin so."""
        return pattern.match(self.passage.text, self.quantity.end) is not None


def _case_of(text: str, name: str) -> Changing:
    passage = passage_of(text)
    return Changing(passage, find_quantities(passage.text)[0], name)


def _is_where_it_starts(case: Changing) -> bool:
    opened = cues_say(case.quantity.cues, "starts") and case.quantity.high is None
    return opened and case.goes_on(_GOES_TO.pattern)


def _has_no_change_of_its_own(case: Changing) -> bool:
    counted = case.quantity.unit.dimension in ("percent", "count")
    return not counted or case.goes_on(_STARTS_FROM.pattern)


def _rises_by_the_year(case: Changing) -> bool:
    by_the_year = case.quantity.unit.unit_id == "percent_per_year" and has_quantity_head(case.head)
    return by_the_year and not _NO_GROWTH.search(case.head)


# fmt: off
CHANGES: Rules[Changing, Change | Literal["own"]] = Rules("change-of-a-number", _case_of, (
    Rule("where-it-starts", ("giảm từ 5% xuống 3%", "Tỷ lệ hộ nghèo"), _is_where_it_starts, "level"),
    Rule("falls-below", ("giảm dưới 10%", "Tỷ lệ suy dinh dưỡng"),
         lambda case: _falls_below(case.quantity, case.name), "level"),
    Rule("growth-at-a-level", ("đạt mức 8%", "Tăng trưởng GRDP"),
         lambda case: (case.quantity.cues == ("đạt mức",) and case.is_percent
                       and _GROWTH_NAME.match(case.head)), "increase"),
    Rule("told-before-it", ("tăng 8,1%", "GRDP"),
         lambda case: case.quantity.change != "level" or case.quantity.settled, "own"),
    Rule("no-change-of-its-own", ("đạt 5 tỷ đồng", "Mức tăng thu"), _has_no_change_of_its_own, "level"),
    Rule("held", ("dưới 10%", "Giảm dần thâm hụt, kiểm soát nhập siêu"),
         lambda case: _HELD.search(case.head), "level"),
    Rule("share-of-a-plan", ("đạt 100%", "Tăng trưởng GRDP so với kế hoạch"),
         lambda case: _OF_PLAN.search(case.head), "level"),
    Rule("told-to-change", ("đạt 15%", "Tăng tỷ lệ che phủ rừng"),
         lambda case: (_TOLD_TO_CHANGE.match(case.head)
                       and cues_say(case.quantity.cues, "verb")), "level"),
    Rule("per-cent-of-the-product", ("là 8,6%", "GRDP"),
         lambda case: case.is_percent and _PRODUCT.fullmatch(case.head), "increase"),
    Rule("per-cent-by-the-year", ("đạt 4%/năm", "Giá trị sản xuất nông nghiệp"),
         _rises_by_the_year, "increase"),
    Rule("name-of-a-fall", ("đạt 2%", "Mức giảm tỷ lệ hộ nghèo"),
         lambda case: (_FALL_NAME.match(case.head) or case.head.endswith(" giảm")
                       or _FALLS_YEARLY.search(case.head)), "decrease"),
    Rule("name-of-a-rise", ("đạt 8%", "Tốc độ tăng trưởng GRDP"),
         lambda case: (_GROWTH_NAME.match(case.head) or _ADDED.search(case.head)
                       or case.head.endswith(" tăng")), "increase"),
    Rule("a-level", ("đạt 45%", "Tỷ lệ che phủ rừng"), always, "level"),
))
# fmt: on


def change_of(passage: Passage, quantity: Quantity, name: str) -> Change:
    """The change that its own words tell, else its name (`Tốc độ tăng trưởng GRDP đạt 8%`).

    >>> change_of(*vars(_case_of("đạt 8%", "Tốc độ tăng trưởng GRDP")).values())
    'increase'
    """
    case = Changing(passage, quantity, name)
    change = CHANGES.decide(case)
    return quantity.change if change == "own" else change


def _falls_below(quantity: Quantity, name: str) -> bool:
    """`Tỷ lệ suy dinh dưỡng giảm dưới 10%`: the rate is to fall below it, not by it.

    >>> texts = "giảm dưới 10%", "giảm 10%"
    >>> [_falls_below(find_quantities(text)[0], "Tỷ lệ suy dinh dưỡng") for text in texts]
    [True, False]
    """
    falls = quantity.change == "decrease" and quantity.comparator == "<"
    percent = quantity.unit.unit_id == "percent" and not quantity.yearly
    return falls and percent and bool(_RATE.search(name))


def shares_change(quantity: Quantity, lead: str) -> bool:
    """`GRDP tăng 8%, nông nghiệp 3%`: the change of the number before holds for this one too, but
    a contribution to growth (`đóng góp 0,67 điểm phần trăm`) is no growth.

    >>> [shares_change(find_quantities("3%")[0], lead) for lead in ("nông nghiệp", "đóng góp", "")]
    [True, False, False]
    """
    told = quantity.settled or cues_say(quantity.cues, "verb")
    other = has_quantity_head(lead) or _NO_CHANGE.search(lead)
    few = 0 < len(lead.split()) <= 7
    return quantity.unit.dimension == "percent" and few and not told and not other


def _unit_id(quantity: Quantity, change: Change, name: str) -> str:
    """A rise or fall of a rate is in percentage points, and by the year where the text says so.

    >>> _unit_id(find_quantities("giảm 3%")[0], "decrease", "Tỷ lệ hộ nghèo")
    'percentage_point'
    """
    unit = quantity.unit.unit_id
    if unit not in ("percent", "percent_per_year"):
        return unit
    if quantity.yearly and change != "level":
        unit = "percent_per_year"
    head = name.rpartition(" – ")[2]
    if change != "level" and _RATE.search(head) and not _GROWTH_RATE.match(head):
        return unit.replace("percent", "percentage_point")
    return unit


def _is_too_much(quantity: Quantity, name: str, change: Change) -> bool:
    """A share of a whole above 100 per cent: `tỷ lệ hộ nghèo 120%`.

    >>> [_is_too_much(find_quantities("đạt 120%")[0], name, "level") for name in ("Tỷ lệ hộ nghèo", "Tỷ lệ giải ngân")]
    [True, False]
    """
    head = name.rpartition(" – ")[2]
    of_whole = _SHARE.match(head) and not _OVER_THE_WHOLE.search(name)
    level = quantity.unit.unit_id == "percent" and change == "level"
    return level and quantity.value > 100 and bool(of_whole)
