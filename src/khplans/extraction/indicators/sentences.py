"""The sentences of a passage, and which number in them is a part of which (`trong đó`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from khplans.extraction.indicators.quantity import Quantity
from khplans.knowledge.wording import Wording

_STOP = re.compile(r"[.!?…]+[\"”’)»]* +(?=[\"“‘(«\-+•]?\w)")
_SHORT = Wording(r"(?:^|[\s.(])(?:[A-ZĐ]|<abbreviation>)$", "PGS", exact=True)
_AMONG = Wording(
    r"\btrong (?:đó|số đó)\b(?P<list>[^;.,:]{0,30}:)?|\bbao gồm\b:?|\bgồm:", "trong đó"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `text[start:end]`, its full stop included."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a passage; together they cover it.

    >>> text = "Thu đạt 2.140 tỷ đồng. Chi tại TP. Vinh tăng 2,5%."
    >>> [text[s.start : s.end] for s in sentences(text)]
    ['Thu đạt 2.140 tỷ đồng. ', 'Chi tại TP. Vinh tăng 2,5%.']
    """
    starts = [0]
    for match in _STOP.finditer(text):
        after = text[match.end()].lstrip()
        opens = after.isupper() or after.isdigit() or not after.isalnum()
        if opens and not _SHORT.search(text[max(0, match.start() - 5) : match.start()]):
            starts.append(match.end())
    return [Sentence(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def sentence_at(found: Sequence[Sentence], position: int) -> int:
    """The index of the sentence that `position` stands in.

    >>> sentence_at([Sentence(0, 5), Sentence(5, 9)], 5)
    1
    """
    return bisect_right(found, position, key=lambda sentence: sentence.start) - 1


def parents_of(
    text: str, parts: Sequence[Sentence], quantities: Sequence[Quantity]
) -> list[int | None]:
    """For each number the position of the one it is a part of, or None.

    The parts reach to the next `;`, or, after `trong đó:`, to the end of the sentence, and never
    beyond the brackets that `trong đó` stands in.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> text = "Trồng 500 ha rừng, trong đó 200 ha rừng phòng hộ; 30 ha cây ăn quả."
    >>> parents_of(text, sentences(text), find_quantities(text))
    [None, 0, None]
    """
    parents: list[int | None] = []
    whole: int | None = None
    to_the_end = False
    depth = 0
    for i, quantity in enumerate(quantities):
        sentence = parts[sentence_at(parts, quantity.number)]
        same = i > 0 and quantities[i - 1].number >= sentence.start
        between = text[quantities[i - 1].end if same else sentence.start : quantity.number]
        depth = between.count("(") - between.count(")") + (depth if same else 0)
        if not same or depth < 0 or (";" in between and not to_the_end):
            whole = None
        among = _AMONG.search(between) if same else None
        if among:
            whole, to_the_end = _last_outside_brackets(text, quantities, i), bool(among["list"])
            depth = between.count("(", among.start()) - between.count(")", among.start())
        parents.append(whole)
    return parents


def _last_outside_brackets(text: str, quantities: Sequence[Quantity], i: int) -> int:
    """The number before the number `i`; of one in brackets that says the same otherwise, the one before that.

    >>> from khplans.extraction.indicators.numbers import find_quantities
    >>> text = "Tỷ lệ xã đạt chuẩn 50% (8 xã), trong đó miền núi 20%"
    >>> _last_outside_brackets(text, find_quantities(text), 2)
    0
    """
    last = quantities[i - 1]
    aside = text.endswith(" (", 0, last.lead) and text.startswith(")", last.end)
    return i - 2 if aside and i > 1 else i - 1
