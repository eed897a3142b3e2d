"""Which number is a part of which: what stands behind `trong đó` is a part of what stands before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.extraction.indicators.clauses import Sentence, sentence_at
from khplans.extraction.indicators.quantities import Quantity

_AMONG = re.compile(
    r"\btrong (?:đó|số đó)\b(?P<list>[^;.,:]{0,30}:)?|\bbao gồm\b:?|\bgồm:", re.IGNORECASE
)


def parents_of(
    text: str, parts: Sequence[Sentence], quantities: Sequence[Quantity]
) -> list[int | None]:
    """For each number the position of the one it is a part of, or None.

    The parts reach to the next `;`, to the closing bracket, or, after `trong đó:`, to the end
    of the sentence.
    """
    parents: list[int | None] = []
    whole: int | None = None
    to_the_end = False
    for i, quantity in enumerate(quantities):
        sentence = parts[sentence_at(parts, quantity.number)]
        same = i > 0 and quantities[i - 1].number >= sentence.start
        between = text[quantities[i - 1].end if same else sentence.start : quantity.number]
        if not same or (whole is not None and _closes(between, to_the_end)):
            whole = None
        among = _AMONG.search(between) if same else None
        if among:
            whole, to_the_end = i - 1, bool(among["list"])
        parents.append(whole)
    return parents


def _closes(between: str, to_the_end: bool) -> bool:
    return between.count(")") > between.count("(") or (";" in between and not to_the_end)
