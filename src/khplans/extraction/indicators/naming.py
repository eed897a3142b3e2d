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
from khplans.extraction.indicators.names import Naming, name_of
from khplans.extraction.indicators.periods import Period
from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.clause_words import clause_words
from khplans.text.passage import Passage

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


class _Names:
    """Names the numbers of a passage in turn, and what goes on from one to the next."""

    def __init__(
        self,
        passage: Passage,
        parts: Sequence[Sentence],
        quantities: Sequence[Quantity],
        periods: Sequence[Period],
        above: str,
    ) -> None:
        self._passage, self._text = passage, passage.text
        self._parts, self._quantities, self._periods = parts, quantities, periods
        self._above = self._topic = _topic(above)
        self._carried, self._base_before, self._root = "", "", ""
        self._sentence = -1

    def name(self, i: int) -> Named:
        """Name the number `i`; those before it have their names."""
        quantity = self._quantities[i]
        around = around_of(self._parts, self._quantities, i)
        before, follows = self._carried, bool(self._carried) and around.start == self._sentence
        if around.start != self._sentence:
            self._open_sentence(around.start, quantity)
        lead, base = self._words_around(i, around)
        same_unit = i > 0 and quantity.unit == self._quantities[i - 1].unit
        if not (self._carried or lead or base) and same_unit:
            self._carried = before
        name = self._named(quantity, lead, base)
        if not is_generic(lead) or not self._carried or (base and name.endswith(base)):
            self._carried = name.partition(" so với ")[0]
        return Named(name, lead, follows)

    def _open_sentence(self, start: int, quantity: Quantity) -> None:
        self._carried, self._sentence, self._root = "", start, ""
        led = self._text[start : quantity.lead].rpartition(": ")[0]
        self._topic = _topic(led) or self._above

    def _words_around(self, i: int, around: Around) -> tuple[str, str]:
        """The words before a number and those behind it, what the number before has taken left out."""
        quantity = self._quantities[i]
        base = base_of(self._text, quantity, around.right)
        lead = lead_of(self._text, around.left, quantity, self._periods, base)
        if base and not around.last and self._text.endswith("và ", 0, around.right):
            base = base.removesuffix(" và") + self._shared_predicate(i + 1)
        taken = self._base_before.lower()
        if lead and lead.lower() in taken:
            lead = ""
        elif taken and lead.lower().startswith(taken):
            lead = tidy(lead[len(taken) :])
        kept = self._base_before if opens_bracket(self._text, quantity) else ""
        self._base_before = base or kept
        return lead, base

    def _shared_predicate(self, i: int) -> str:
        """What the words behind the next number say of both (`90% … và 80% … được dùng nước sạch`)."""
        nearest = around_of(self._parts, self._quantities, i)
        return predicate_of(base_of(self._text, self._quantities[i], nearest.right))

    def _named(self, quantity: Quantity, lead: str, base: str) -> str:
        text = self._text
        counted = _NUMBER.sub("", text[quantity.number : quantity.end])
        name = name_of(Naming(self._passage, quantity, lead, base, self._carried, counted))
        if opens_bracket(text, quantity) and quantity.unit.dimension == "count":
            name = _count_of_share(self._carried, counted) or name
        whole = _whole_of(text, quantity, name, self._topic, self._root)
        if whole:
            return f"{whole} – {small(_MOVES.sub('', name))}"
        if has_quantity_head(name):
            self._root = name.partition(" so với ")[0]
        return name


def names_of(
    passage: Passage,
    parts: Sequence[Sentence],
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    above: str = "",
) -> list[Named]:
    """Name each number; within a sentence a name goes on until another begins.

    `above` are the words that lead in the list that the passage is an item of.
    """
    names = _Names(passage, parts, quantities, periods, above)
    return [names.name(i) for i in range(len(quantities))]


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
