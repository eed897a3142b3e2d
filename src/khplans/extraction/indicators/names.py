"""Names what a number measures, in the plan's words and complete enough to stand alone."""

from __future__ import annotations

import re

from khplans.extraction.indicators.cues import Change
from khplans.extraction.indicators.leads import (
    capital,
    has_quantity,
    has_quantity_head,
    is_generic,
    small,
)
from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.clause_words import clause_words

_PLAN = r"(?:WORDS)(?!\w)"


def name_of(lead: str, base: str, carried: str, quantity: Quantity, counted: str) -> str:
    """The name of what is measured.

    `lead` are the words before, `base` those behind, `carried` the subject of the number before
    (`…, tăng 13%`), `counted` the unit's own words.
    """
    ratio = quantity.unit.dimension == "percent"
    head = _HEADS.get(quantity.unit.dimension)
    if "_per_hectare" in quantity.unit.unit_id and quantity.unit.dimension == "mass":
        head = "Năng suất"
    moves = quantity.settled or quantity.change != "level"
    other = quantity.unit.dimension == "count" and counted.lower() not in carried.lower()
    if carried and not lead and not base and moves and not other:
        return carried
    if head and counted and (is_generic(lead) or not has_quantity(lead)):
        return _counted_name(head, lead, base, quantity, counted)
    if carried and lead and not has_quantity_head(lead):
        whole = _elliptic(lead, carried)
        if whole:
            return whole
    if base and _DONE.match(lead) and quantity.unit.dimension in ("percent", "money"):
        return capital(f"{lead} {base}")
    if is_generic(lead):
        name = _from_behind(base, carried, quantity) or f"{lead} {base}".strip()
        return capital(name or (_CHANGES[quantity.change] if ratio else counted))
    if ratio and base and _is_plan(base):
        return f"{lead} so với {base}"
    if ratio and not has_quantity_head(lead):
        if quantity.change != "level" and has_quantity_head(base):
            return _from_behind(base, carried, quantity)
        if quantity.change != "level" and not lead.isupper():
            return f"{_CHANGES[quantity.change]} {small(lead)}"
        if any(cue.endswith("lệ") for cue in quantity.cues):
            return f"Tỷ lệ {small(lead)}"
        if base and not has_quantity(lead):
            return f"{lead} so với {base}" if quantity.cues else f"{lead} {base}"
    starts = "từ" in quantity.cues and quantity.high is None and quantity.comparator == "="
    return capital(_VERB.sub("", lead)) if quantity.settled or starts else lead


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
