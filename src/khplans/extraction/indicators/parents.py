"""Which number is a part of which: what stands behind `trong đó`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.extraction.indicators.clauses import Sentence, sentence_at
from khplans.extraction.indicators.quantity import Quantity

_AMONG = re.compile(
    r"\btrong (?:đó|số đó)\b(?P<list>[^;.,:]{0,30}:)?|\bbao gồm\b:?|\bgồm:", re.IGNORECASE
)


def parents_of(
    text: str, parts: Sequence[Sentence], quantities: Sequence[Quantity]
) -> list[int | None]:
    """For each number the position of the one it is a part of, or None.

    The parts reach to the next `;`, or, after `trong đó:`, to the end of the sentence, and never
    beyond the brackets that `trong đó` stands in.
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
            whole, to_the_end = i - 1, bool(among["list"])
            depth = between.count("(", among.start()) - between.count(")", among.start())
        parents.append(whole)
    return parents
