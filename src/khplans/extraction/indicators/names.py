"""Names what a number measures, in the plan's words and complete enough to stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from khplans.extraction.indicators.cues import Change, say
from khplans.extraction.indicators.leads import (
    capital,
    has_quantity,
    has_quantity_head,
    is_generic,
    small,
)
from khplans.extraction.indicators.quantities import find_quantities
from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.clause_words import clause_words
from khplans.rules import Rule, Rules, always
from khplans.text.passage import Passage, Span, read_passage

_PLAN = r"(?:WORDS)(?!\w)"


@dataclass(frozen=True)
class Naming:
    """A number to be named.

    `lead` are the words before it, `base` those behind, `carried` the subject of the number before
    (`…, tăng 13%`), `counted` the unit's own words.
    """

    passage: Passage
    quantity: Quantity
    lead: str
    base: str
    carried: str
    counted: str

    @property
    def span(self) -> Span:
        return self.passage.span(self.quantity.start, self.quantity.end)

    @property
    def is_percent(self) -> bool:
        return self.quantity.unit.dimension == "percent"

    @property
    def changes(self) -> bool:
        """Whether it is a rise or fall."""
        return self.quantity.change != "level"

    @cached_property
    def generic(self) -> bool:
        """Whether the words before it name nothing."""
        return is_generic(self.lead)

    @property
    def head(self) -> str:
        """What a number of its unit is called: `Số`, `Diện tích`; empty for a share or a sum."""
        unit = self.quantity.unit
        yields = "_per_hectare" in unit.unit_id and unit.dimension == "mass"
        return "Năng suất" if yields else _HEADS.get(unit.dimension, "")

    @property
    def counts_others(self) -> bool:
        """Whether it counts other things than the number before."""
        others = self.counted.lower() not in self.carried.lower()
        return self.quantity.unit.dimension == "count" and others

    @property
    def bare(self) -> bool:
        """Whether neither words before nor behind it name it."""
        return not self.lead and not self.base

    @cached_property
    def whole(self) -> str:
        """The name that goes on from the number before (`Tỷ trọng công nghiệp 45%, dịch vụ 40%`)."""
        alone = self.carried and self.lead and not has_quantity_head(self.lead)
        return _elliptic(self.lead, self.carried) if alone else ""

    @property
    def unnamed_share(self) -> bool:
        """Whether it is a share whose words name a thing, not a quantity."""
        return self.is_percent and not has_quantity_head(self.lead)

    @property
    def starts(self) -> bool:
        """Whether a movement starts at it (`từ 5% lên 8%`)."""
        quantity = self.quantity
        return say(quantity.cues, "starts") and quantity.high is None and quantity.comparator == "="


def _case_of(
    text: str, lead: str = "", base: str = "", carried: str = "", counted: str = ""
) -> Naming:
    passage = read_passage(text, [Span(0, len(text))])
    return Naming(passage, find_quantities(passage.text)[0], lead, base, carried, counted)


def _goes_on(case: Naming) -> bool:
    moves = case.quantity.settled or case.changes
    return bool(case.carried and case.bare and moves and not case.counts_others)


def _counts(case: Naming) -> bool:
    named = case.generic or not has_quantity(case.lead)
    return bool(case.head and case.counted and named)


def _is_done(case: Naming) -> bool:
    """`tiết kiệm 10% chi thường xuyên`: what is done with a sum or a share is a part of its name."""
    shared = case.quantity.unit.dimension in ("percent", "money")
    return bool(case.base and _DONE.match(case.lead) and shared)


def _carried(case: Naming) -> str:
    return case.carried


def _by_what_is_counted(case: Naming) -> str:
    return _counted_name(case.head, case.lead, case.base, case.quantity, case.counted)


def _whole(case: Naming) -> str:
    return case.whole


def _done_with(case: Naming) -> str:
    return capital(f"{case.lead} {case.base}")


def _behind(case: Naming) -> str:
    return _from_behind(case.base, case.carried, case.quantity)


def _of_generic(case: Naming) -> str:
    name = _behind(case) or f"{case.lead} {case.base}".strip()
    last = _CHANGES[case.quantity.change] if case.is_percent else case.counted
    return capital(name or last)


def _against_a_plan(case: Naming) -> str:
    return f"{case.lead} so với {case.base}"


def _change_of_thing(case: Naming) -> str:
    return f"{_CHANGES[case.quantity.change]} {small(case.lead)}"


def _rate_of_thing(case: Naming) -> str:
    return f"Tỷ lệ {small(case.lead)}"


def _with_base(case: Naming) -> str:
    return f"{case.lead} {case.base}"


def _without_verb(case: Naming) -> str:
    return capital(_VERB.sub("", case.lead))


def _lead(case: Naming) -> str:
    return case.lead


# fmt: off
NAMES: Rules[Naming, Callable[[Naming], str]] = Rules("name-of-a-number", _case_of, (
    Rule("goes-on", ("tăng 13%", "", "", "Thu nội địa"), _goes_on, _carried),
    Rule("what-is-counted", ("đạt 12 xã", "", "đạt chuẩn", "", "xã"), _counts, _by_what_is_counted),
    Rule("head-of-the-number-before", ("chiếm 40%", "Dịch vụ", "", "Tỷ trọng công nghiệp"),
         lambda case: case.whole, _whole),
    Rule("what-is-done", ("10%", "Tiết kiệm", "chi thường xuyên"), _is_done, _done_with),
    Rule("words-behind", ("đạt 45%", "", "dân số tham gia bảo hiểm"),
         lambda case: case.generic, _of_generic),
    Rule("against-a-plan", ("đạt 95%", "Thu nội địa", "dự toán"),
         lambda case: case.is_percent and case.base and _is_plan(case.base), _against_a_plan),
    Rule("change-of-what-is-behind", ("giảm 3%", "Nông thôn", "tỷ lệ hộ nghèo"),
         lambda case: case.unnamed_share and case.changes and has_quantity_head(case.base), _behind),
    Rule("change-of-a-thing", ("tăng 5%", "Công nghiệp"),
         lambda case: case.unnamed_share and case.changes and not case.lead.isupper(), _change_of_thing),
    Rule("rate-of-a-thing", ("đạt tỷ lệ 45%", "Xã đạt chuẩn"),
         lambda case: case.unnamed_share and say(case.quantity.cues, "rate"),
         _rate_of_thing),
    Rule("thing-against-its-base", ("đạt 45%", "Học sinh", "số học sinh toàn tỉnh"),
         lambda case: (case.unnamed_share and case.base and not has_quantity(case.lead)
                       and case.quantity.cues), _against_a_plan),
    Rule("thing-and-its-base", ("45%", "Học sinh", "số học sinh toàn tỉnh"),
         lambda case: case.unnamed_share and case.base and not has_quantity(case.lead), _with_base),
    Rule("where-a-movement-leads", ("lên 15%", "Tăng tỷ lệ che phủ rừng"),
         lambda case: case.quantity.settled or case.starts, _without_verb),
    Rule("words-before", ("đạt 45%", "Tỷ lệ che phủ rừng"), always, _lead),
))
# fmt: on


def name_of(case: Naming) -> str:
    """The name of what is measured.

    >>> name_of(_case_of("tăng 5%", "Công nghiệp"))
    'Tăng trưởng công nghiệp'
    """
    return NAMES.decide(case)(case)


_HEADS = {
    "count": "Số",
    "rate": "Số",
    "area": "Diện tích",
    "length": "Chiều dài",
    "mass": "Sản lượng",
}
_CHANGES = {"increase": "Tăng trưởng", "decrease": "Mức giảm", "level": "Tỷ lệ"}
# `trên địa bàn tỉnh đã xảy ra`, `làm chết 5 người`: where, and what did it.
_PLACE = re.compile(
    r"^(?:trên )?(?:toàn (?:quốc|tỉnh|thành phố|huyện|xã|ngành)|cả (?:nước|tỉnh)|địa bàn(?: \w+){0,2}?)"
    r"(?: đã| có|,)*(?= |$) ?",
    re.IGNORECASE,
)
_CAUSES = re.compile(r"^làm(?: |$)|(?<=tạo việc làm mới) cho$|(?<=tạo việc làm) cho$")
# What is done with a sum or a share is a part of its name: `tiết kiệm 10% chi thường xuyên`.
_DONE = re.compile(
    r"(?:tiết kiệm|cắt giảm|tinh giản|thu hồi|bổ sung|hỗ trợ|bố trí)$", re.IGNORECASE
)
_MULTIPLIER = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ) ", re.IGNORECASE)
_VERB = re.compile(r"^(?:Tăng|Giảm|Nâng|Hạ) (?=(?:tỷ|tỉ) (?:lệ|trọng|suất))")


def as_change(name: str, change: Change) -> str:
    """The name of a rise or fall, where it was that of a share (`Giảm 10% … và 10% biên chế`)."""
    rest = name.removeprefix("Tỷ lệ ")
    return f"{_CHANGES[change]} {rest}" if rest != name else name


def _counted_name(head: str, lead: str, base: str, quantity: Quantity, counted: str) -> str:
    """`Số xã đạt chuẩn nông thôn mới`, `Diện tích trồng mới rừng`."""
    noun = small(_MULTIPLIER.sub("", counted)) if head == "Số" else ""
    drops = is_generic(lead) or len(lead.split()) > 8 or (base and head == "Số")
    verb = "" if drops else small(_PLACE.sub("", lead))
    verb = _CAUSES.sub("", verb)
    name = " ".join(word for word in (head, noun, verb, base) if word)
    if quantity.change == "increase" and "tăng thêm" not in name:
        name += " tăng thêm"
    return name


def _from_behind(base: str, carried: str, quantity: Quantity) -> str:
    """The name where no words before the number give it."""
    plan = _is_plan(base)
    ratio = quantity.unit.dimension == "percent"
    if base and ratio and quantity.change != "level" and not plan:
        return f"{_CHANGES[quantity.change]} {base}"
    if ratio and quantity.change == "level" and carried.startswith("Số ") and (plan or not base):
        return f"Tỷ lệ {carried[3:]}" + (f" so với {base}" if base else "")
    if base and ratio and not plan:
        return f"Tỷ lệ {base}"
    if carried and base and plan and not carried.endswith(base):
        return f"{carried} so với {base}"
    return carried


def _elliptic(lead: str, carried: str) -> str:
    """`Tỷ trọng công nghiệp 45%, dịch vụ 40%`: the head of the number before goes on."""
    if len(lead.split()) > 7:
        return ""
    first = lead.partition(" ")[0].lower()
    at = carried.lower().rfind(f" {first} ")
    if at > 0 and len(lead.split()) <= 3:
        return carried[: at + 1] + small(lead)
    share = _SHARED_HEAD.match(carried)
    return f"{share[0]} {small(lead)}" if share else ""


_SHARED_HEAD = re.compile(
    r"(?:Tỷ|Tỉ) trọng(?: khu vực)?(?=\b)|(?:Tốc độ )?[Tt]ăng trưởng(?: bình quân)?"
    r"|Tốc độ tăng(?: bình quân)?|Mức giảm"
)


def _is_plan(base: str) -> bool:
    """Whether a percentage is measured against a plan or the economy (`51,44% dự toán`)."""
    return bool(clause_words("plan", _PLAN).match(base))
