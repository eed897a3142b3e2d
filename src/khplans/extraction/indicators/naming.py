"""Names the numbers of a passage in turn: a name goes on until another begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khplans.extraction.indicators.clauses import Sentence, sentence_at
from khplans.extraction.indicators.leads import (
    base_of,
    has_quantity_head,
    is_generic,
    lead_of,
    opens_bracket,
    predicate_of,
    small,
    tidy,
    without_opener,
)
from khplans.extraction.indicators.names import name_of
from khplans.extraction.indicators.periods import Period
from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.clause_words import clause_words

_NUMBER = re.compile(r"^(?:[\d.,/\s÷–—-]|(?:đến|tới) )+")
_ASPECT = r"(?:WORDS)(?!\w)"
_DIGIT = re.compile(r"\d")
_TIME = re.compile(
    r",? (?:(?:đến|vào|trong|cuối|hết) )*(?:năm|giai đoạn|thời kỳ) \d[\d\s/–-]*", re.IGNORECASE
)
_SHARE = re.compile(r"(?:Tỷ|Tỉ) (?:lệ|trọng) (?:số )?")
_MOVES = re.compile(r"^(?:Mức giảm|Tăng trưởng) ")
_LONGEST_TOPIC = 120


@dataclass(frozen=True, slots=True)
class Around:
    """Where a number's sentence starts, where the number before it ends, and the next begins."""

    start: int
    left: int
    right: int
    end: int
    last: bool


def around_of(parts: Sequence[Sentence], quantities: Sequence[Quantity], i: int) -> Around:
    part = parts[sentence_at(parts, quantities[i].number)]
    left = max(part.start, quantities[i - 1].end if i else 0)
    last = i + 1 == len(quantities) or quantities[i + 1].start >= part.end
    return Around(part.start, left, part.end if last else quantities[i + 1].lead, part.end, last)


@dataclass(frozen=True, slots=True)
class Named:
    """A name, the words before the number that gave it, and whether a number stands before it
    in the same sentence."""

    name: str
    lead: str
    follows: bool


def same_subject(names: Sequence[Named], i: int) -> bool:
    """Whether a number only adds to the one before it (`đạt 95% dự toán, tăng 13%`)."""
    return names[i].name.startswith(names[i - 1].name.partition(" so với ")[0])


def names_of(
    text: str,
    parts: Sequence[Sentence],
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    above: str = "",
) -> list[Named]:
    """Name each number; within a sentence a name goes on until another begins.

    `above` are the words that lead in the list that the passage is an item of.
    """
    named: list[Named] = []
    carried, sentence, base_before = "", -1, ""
    above = topic = _topic(above)
    root = ""
    for i, quantity in enumerate(quantities):
        around = around_of(parts, quantities, i)
        before, follows = carried, bool(carried) and around.start == sentence
        if around.start != sentence:
            carried, sentence, root = "", around.start, ""
            topic = _topic(text[around.start : quantity.lead].rpartition(": ")[0]) or above
        base = base_of(text, quantity, around.right)
        lead = lead_of(text, around.left, quantity, periods, base)
        if base and not around.last and text.endswith("và ", 0, around.right):
            nearest = around_of(parts, quantities, i + 1)
            shared = predicate_of(base_of(text, quantities[i + 1], nearest.right))
            base = base.removesuffix(" và") + shared
        if lead and lead.lower() in base_before.lower():
            lead = ""
        elif base_before and lead.lower().startswith(base_before.lower()):
            lead = tidy(lead[len(base_before) :])
        base_before = base or (base_before if opens_bracket(text, quantity) else "")
        if not (carried or lead or base) and i and quantity.unit == quantities[i - 1].unit:
            carried = before
        counted = _NUMBER.sub("", text[quantity.number : quantity.end])
        name = name_of(lead, base, carried, quantity, counted)
        if opens_bracket(text, quantity) and quantity.unit.dimension == "count":
            name = _count_of_share(carried, counted) or name
        whole = _whole_of(text, quantity, name, topic, root)
        if whole:
            name = f"{whole} – {small(_MOVES.sub('', name))}"
        elif has_quantity_head(name):
            root = name.partition(" so với ")[0]
        if not is_generic(lead) or not carried or (base and name.endswith(base)):
            carried = name.partition(" so với ")[0]
        named.append(Named(name, lead, follows))
    return named


def _count_of_share(carried: str, counted: str) -> str:
    """`Tỷ lệ xã đạt chuẩn 50% (8 xã)`: the number of what the share is of."""
    share = _SHARE.match(carried)
    rest = carried[share.end() :] if share else ""
    return f"Số {rest}" if rest.lower().startswith(counted.lower()) else ""


def _topic(words: str) -> str:
    """The quantity that a lead-in names for what stands behind it (`Tỷ lệ hộ nghèo năm 2024: …`)."""
    head = tidy(_TIME.sub("", without_opener(words.removesuffix(":"))))
    fits = has_quantity_head(head) and not _DIGIT.search(head) and len(head) <= _LONGEST_TOPIC
    return head if fits else ""


def _whole_of(text: str, quantity: Quantity, name: str, topic: str, root: str) -> str:
    """What a number is a share or sum of, where its own words say only of whom (`khu vực miền núi`,
    `trẻ 5-18 tuổi`)."""
    if quantity.unit.dimension not in ("percent", "money"):
        return ""
    moves = _MOVES.match(name)
    if moves:
        inside = text.rfind("(", 0, quantity.lead) > text.rfind(")", 0, quantity.lead)
        rate = root.lower().find("tỷ lệ") >= 0 and name != root
        return root if inside and rate and not root.startswith(name) else ""
    if has_quantity_head(name):
        return ""
    if topic:
        return topic
    return root if clause_words("aspect", _ASPECT).match(name) else ""
