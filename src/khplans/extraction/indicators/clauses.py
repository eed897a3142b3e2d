"""Cuts a passage into sentences and says which stretch of words belongs to a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_STOP = re.compile(r"[.!?…]+[\"”’)»]* +(?=[\"“‘(«\-+•]?\w)")
_SHORT = re.compile(r"(?:^|[\s.(])(?:[A-ZĐ]|TP|Tp|TX|TT|GS|PGS|TS|ThS|BS|St|đ/c|v\.v)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `text[start:end]`, its full stop included."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a passage; together they cover it.

    >>> text = "Thu đạt 1.870 tỷ đồng. Chi tại TP. Vinh tăng 2,5%."
    >>> [text[s.start : s.end] for s in sentences(text)]
    ['Thu đạt 1.870 tỷ đồng. ', 'Chi tại TP. Vinh tăng 2,5%.']
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
