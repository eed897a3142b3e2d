"""Tells a number that measures the province from one that only looks like it.

A number with `%`, `tỷ đồng` or `tấn` measures something unless it is a norm (a fine, a fee, a
rate of tax, a share in a company); one of `xã`, `hộ` or `km` only where the clause counts it.
The words are in knowledge/data/clause_words.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.indicators.kinds import Setting
from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.clause_words import clause_words

_WINDOW = 160
_SMALL_MONEY = frozenset({"vnd", "thousand_vnd", "million_vnd"})
_PER_HEAD = re.compile(r"_per_(?!(?:year|month|day)$)")
_WEAK_CUES = frozenset(
    {"với", "từ", "đến", "tới", "được", "bằng", "trung bình", "bình quân", "ước"}
)
_RIGHT_BEFORE = r"(?<!\w)(?:WORDS) $"
_COUNTED = r"(?<!\w)(?:WORDS)[,:]? $"
_STRIVES = re.compile(r"\bphấn đấu\b[^.;]*$", re.IGNORECASE)
_EXTENTS = frozenset({"area", "length", "mass", "volume"})
_OPENS_CLAUSE = re.compile(r"(?:[;,(] ?|\bvà |\b(?:bao )?gồm:? )$", re.IGNORECASE)
# `có 2 cách`, `với 3 nội dung`: small numbers behind these say little.
_OF_ALL = re.compile(r"\btrong (?:tổng )?số $", re.IGNORECASE)
_VAGUE_HAVING = re.compile(r"\b(?:có|số|được)[,:]? $", re.IGNORECASE)
_MANY = 5
_RIGHT_BEHIND = r" ?(?:WORDS)(?!\w)"
_SOON_BEFORE = r"(?<!\w)(?:WORDS)(?!\w)[^.;]{0,60}$"
_SOON_BEHIND = r" [^.;]{0,90}?(?<!\w)(?:WORDS)(?!\w)"
_IN_CLAUSE_BEFORE = r"(?<!\w)(?:WORDS)(?!\w)[^,.;:]{0,40}$"
_NORM_BEFORE = (
    r"(?<!\w)(?:WORDS)(?: [^\W\d_]+){0,6}(?: ?[,:(])? ?"
    r"(?:từ |là |bằng |tối đa |không quá |thêm |ở mức |đến |cho |đối với )*$"
)
# `các xã có tỷ lệ hộ nghèo cao trên 25%`: which communes, not how much.
_QUALIFIES = re.compile(
    r"\b(?:(?:các|những) (?:[^\W\d_]+ ){1,4}có "
    r"(?:(?:[^\W\d_]+ ){0,6}(?:cao|thấp|chiếm|đạt) |(?:số dân|dân số|diện tích|quy mô|vốn) )?"
    r"|không (?:còn|có|để) (?:[^\W\d_]+ ){1,3}"
    r"|\d+ (?:[^\W\d_]+ ){1,4}có (?:tỷ|tỉ) lệ (?:[^\W\d_]+ ){1,6})"
    r"(?:trên|dưới|từ|hơn|không quá|ít nhất|quy mô) $",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?<!bình quân )\b(?:mỗi|từng) (?:[^\W\d_]+ ){1,4}(?:có |phải |đạt |ít nhất |tối thiểu )*$",
    re.IGNORECASE,
)
_IN_CASE = re.compile(r"(?:^|[.;:] )(?:các )?trường hợp [^.;:]*$", re.IGNORECASE)
_RULES = re.compile(
    r"(?: [^\W\d_]+){0,4},? (?:thì|phải|không được|được (?:phép|hưởng|hỗ trợ|vay|xem xét|miễn|bố trí"
    r"|chỉ định|áp dụng|ưu tiên|ưu đãi))(?!\w)"
)
# `Hộ nghèo là hộ có thu nhập từ 1.500.000 đồng/tháng trở xuống`.
_DEFINES = re.compile(
    r"\blà (?:các |những )?(?:hộ|người|doanh nghiệp|đối tượng|trường hợp|dự án|cơ sở|xã|đơn vị)\b"
    r"[^.;,]* có [^.;]*$",
    re.IGNORECASE,
)
_BUILT = frozenset({"m2", "metre", "centimetre"})
_AT_EACH = re.compile(r"(?: [^\W\d_]+){0,8} (?:tại|ở|cho) (?:mỗi|từng)\b", re.IGNORECASE)
# `Số xã đạt chuẩn nông thôn mới đến năm 2030: 60 xã`.
_NUMBER_OF = re.compile(r"(?:^|[.;] )(?:tổng )?số [^.;:]*: $", re.IGNORECASE)
_SUBJECT_OF = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|số) [^,.;:\d]*\b(?:dưới|trên|ít nhất|tối thiểu) $", re.IGNORECASE
)
_HAS_ANOTHER = re.compile(
    r"(?: (?!và |hoặc )[^\W\d_]+){0,8}? (?:còn|xuống|chiếm|đạt|là)\b[^,.;:\d]{0,25}\d",
    re.IGNORECASE,
)
# `Diện tích lúa hữu cơ 420 ha`, `trong đó cây dược liệu 100 ha`: an extent right behind its name.
_EXTENT_OF = r"(?:(?:^|[.;:,(] ?|\bvà )(?:WORDS)(?!\w)|\btrong (?:số )?đó\b)[^.;:,\d]{0,70}$"
_GOES_TO = re.compile(r"[^.;]{0,90}\b(?:lên|xuống|còn)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?! và )[^.;,\d]){0,60}(?:[,;]| và )[^.;,\d]{0,60}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clause:
    """What stands around a number: before its cues, right before its digits, and behind it."""

    lead: str
    near: str
    behind: str


def measures_something(
    text: str, quantity: Quantity, start: int, setting: Setting, before: Quantity | None
) -> bool:
    """Whether the number at hand is a target or a result.

    `start` is where its sentence starts, `setting` what is known from outside it, `before` the
    number before it that measures something.
    """
    unit = quantity.unit
    clause = _Clause(
        text[max(start, quantity.lead - _WINDOW) : quantity.lead],
        text[max(start, quantity.number - _WINDOW) : quantity.number],
        text[quantity.end : quantity.end + _WINDOW],
    )
    if (unit.evidence == "rate" and unit.dimension == "count") or _QUALIFIES.search(clause.near):
        return False
    if quantity.comparator != "=" and (
        _is_in_subject(quantity, clause) or _is_condition(quantity, clause)
    ):
        return False
    if unit.evidence in ("plain", "rate"):
        return not _is_norm(quantity, clause)
    if "_per_" in unit.unit_id and unit.dimension == "rate" and "bình quân" in quantity.cues:
        return True
    if quantity.denominator is not None and unit.dimension == "count":
        return True
    if unit.dimension == "count" and before is not None and _is_of_share(text, quantity, before):
        return True
    if unit.evidence == "subject":
        return _has_subject(quantity, clause.near, text[quantity.number : quantity.end])
    if unit.dimension == "money":
        return quantity.value >= 1_000_000 and not _is_norm(quantity, clause)
    listed = (
        before is not None
        and before.number >= start
        and (before.unit.dimension == "count" or before.unit == unit)
        and _LISTED.match(text[before.end : quantity.number])
    )
    same = listed or (
        before is not None and before.number >= start and before.unit.dimension == "count"
    )
    return _is_counted(quantity, clause, setting, bool(listed), bool(same))


def _is_of_share(text: str, quantity: Quantity, before: Quantity) -> bool:
    """`đạt 50% (8 xã)`: how many the share comes to."""
    return (
        before.unit.dimension == "percent"
        and text[before.end : quantity.lead] == " ("
        and text.startswith((")", ",", ";"), quantity.end)
    )


def _is_norm(quantity: Quantity, clause: _Clause) -> bool:
    """Whether it is a rate of tax, a fine, a fee, a share in a company and the like."""
    unit, near = quantity.unit, clause.near
    if unit.unit_id in _SMALL_MONEY and clause_words("norm-of-money").search(near):
        return True
    if unit.dimension == "money" and _PER_HEAD.search(unit.unit_id):
        return not clause_words("yields").search(near)
    if unit.dimension not in ("percent", "money") or unit.unit_id.startswith("billion"):
        return False
    told = unit.dimension == "percent" and clause_words("norm-behind", _RIGHT_BEHIND).match(
        clause.behind
    )
    if not told and not clause_words("norm", _NORM_BEFORE).search(near):
        return False
    return not clause_words("no-norm").search(near[-90:])


def _is_in_subject(quantity: Quantity, clause: _Clause) -> bool:
    """`Tỷ lệ số xã đạt dưới 10 tiêu chí còn 25%`: the number says of what the next one is."""
    if quantity.unit.dimension != "count" and len(quantity.cues) > 1:
        return False
    return bool(_SUBJECT_OF.search(clause.near) and _HAS_ANOTHER.match(clause.behind))


def _is_condition(quantity: Quantity, clause: _Clause) -> bool:
    """`Trường hợp vắng mặt trên 20% số buổi thì …`, `xe trên 3,5 tấn không được …`: when a rule
    holds, not how much there is."""
    if quantity.change != "level" or quantity.settled or "đạt" in quantity.cues:
        return False
    return bool(
        _IN_CASE.search(clause.near) or _DEFINES.search(clause.near) or _RULES.match(clause.behind)
    )


def _has_subject(quantity: Quantity, near: str, quote: str) -> bool:
    """Whether a word that the unit needs stands before the number (`gấp`, `tuổi thọ`) or in the
    unit itself (`390.000 buồng lưu trú`)."""
    words = f"{near} {quote}".lower()
    if quantity.unit.unit_id.startswith(("times", "rank_step")):
        words = near.lower()[-30:]
    elif quantity.comparator != "=" and quantity.unit.unit_id == "year":
        words = near.lower()[-60:]
    return any(word.lower() in words for word in quantity.unit.subject)


def _is_counted(
    quantity: Quantity, clause: _Clause, setting: Setting, listed: bool, same: bool
) -> bool:
    """Whether a clause counts the number of things, and not only mentions that many.

    `listed` says that it goes on a list of counts, `same` that one stands before it at all.
    """
    near, role = clause.near, setting.role
    if _AT_EACH.match(clause.behind) or _is_divisor(quantity):
        return False
    if _EACH.search(clause.lead) or _EACH.search(near):
        return False
    organises = bool(clause_words("organising", _IN_CLAUSE_BEFORE).search(clause.lead))
    starts = "từ" in quantity.cues and _GOES_TO.match(clause.behind)
    if quantity.change != "level" or quantity.settled or starts:
        return not organises
    cues = [cue for cue in quantity.cues if cue not in _WEAK_CUES]
    names = quantity.high is None and bool(clause_words("naming", _RIGHT_BEFORE).search(near))
    outcome = bool(clause_words("outcome", _SOON_BEHIND).match(clause.behind))
    if role in ("task", "organisation"):
        if quantity.value >= 10 and clause_words("achieving", _RIGHT_BEFORE).search(near):
            return True
        bounded = quantity.comparator != "=" and _STRIVES.search(clause.lead)
        if organises or not (outcome or bounded or quantity.value >= 50):
            return False
        aims = listed or "đạt" in cues or clause_words("aiming", _SOON_BEFORE).search(near)
        return (bool(cues) and cues != ["có"]) or (bool(aims) and not names)
    if quantity.unit.unit_id in _BUILT and quantity.comparator in (">=", "<="):
        return role == "objective" or bool(_STRIVES.search(clause.lead))
    reports = role == "situation" or (setting.reports and role != "objective")
    achieved = clause_words("achieving", _RIGHT_BEFORE).search(near)
    if organises and role != "objective" and not (reports and achieved):
        return False
    if cues or names:
        return bool(cues)
    if reports and _is_reported(quantity, clause, same):
        return True
    if _NUMBER_OF.search(near):
        return True
    if quantity.value >= 1000 or listed:
        return True
    if quantity.unit.dimension in _EXTENTS and clause_words("quantity", _EXTENT_OF).search(near):
        return True
    counting = clause_words("counting", _COUNTED)
    counts = counting.search(near) or (quantity.cues and counting.search(clause.lead))
    joins = clause_words("joining", _RIGHT_BEFORE).search(near)
    aims = clause_words("aiming", _SOON_BEFORE).search(clause.lead)
    known = role == "objective" or outcome or aims or quantity.value >= 20
    return bool(counts) and not joins and bool(known)


def _is_reported(quantity: Quantity, clause: _Clause, same: bool) -> bool:
    """Whether a text that tells how things stand says that there are so many."""
    if _OF_ALL.search(clause.lead):
        return False
    if quantity.unit.dimension in _EXTENTS or (same and _OPENS_CLAUSE.search(clause.lead)):
        return True
    if _VAGUE_HAVING.search(clause.lead):
        return quantity.value >= _MANY
    return clause_words("counting", _COUNTED).search(clause.lead) is not None


def _is_divisor(quantity: Quantity) -> bool:
    """`trên 01 ha đất`: what something else is measured by."""
    return quantity.value == 1 and quantity.cues[:1] in (("trên",), ("bình quân",))
