"""Words that the machine that read the paper probably got wrong: right letters, wrong accents.

Nothing is changed: each is a doubt, with what it may have been. A maintainer who agrees writes it
into the plan's corrections.csv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from khplans.knowledge.common_phrases import CommonPhrase, common_phrases
from khplans.model import Document, Doubt
from khplans.text.passage import Passage
from khplans.text.shadow import shadow

_WORD = re.compile(r"\w+")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_NOT_PROSE = frozenset({"letterhead", "recipients", "signature", "furniture"})


def find_misreadings(document: Document) -> list[Doubt]:
    """Phrases written with accents that make no word there (`cấp có thấm quyền`), in order.

    Names do not count (`Vân Phong`), nor where in a word its tone stands (`hoá`, `hóa`).
    """
    doubts: list[Doubt] = []
    for block in document.blocks:
        if block.kind in _NOT_PROSE:
            continue
        for passage in [cell.text for cell in block.cells] or [block.text]:
            doubts.extend(_in_passage(passage))
    return doubts


def _in_passage(passage: Passage) -> Iterator[Doubt]:
    text = passage.text
    dim = shadow(text)
    words = [(match.start(), match.end()) for match in _WORD.finditer(dim)]
    known = common_phrases()
    after = 0
    for (start, middle), (again, end) in pairwise(words):
        if again != middle + 1 or dim[middle] != " " or start < after:
            continue
        for phrase in known.get(dim[start:end], ()):
            stop = start + len(phrase.phrase)
            if dim[start:stop] != shadow(phrase.phrase) or dim[stop : stop + 1].isalnum():
                continue
            after = stop
            if not (_is_name(text[start:stop]) or _is_right(text[start:stop], phrase)):
                span = passage.span(start, stop)
                yield Doubt("word-looks-misread", span, {"suggestion": phrase.phrase})
            break


def _is_name(words: str) -> bool:
    """Whether every word has a capital and small letters, as in `Vân Phong`."""
    return words.istitle()


def _is_right(words: str, phrase: CommonPhrase) -> bool:
    """Whether the words are the phrase, another right reading, or written without any accent."""
    written = _accents(words)
    rights = (phrase.phrase, *phrase.other_readings)
    return words.isascii() or any(written == _accents(right) for right in rights)


def _accents(words: str) -> tuple[str, tuple[str, ...]]:
    """Letters with their marks, and the tones word by word, wherever in the word they stand.

    >>> _accents("Văn hoá") == _accents("văn hóa")
    True
    """
    plain = unicodedata.normalize("NFD", words.lower())
    tones = tuple("".join(c for c in word if ord(c) in _TONES) for word in plain.split(" "))
    return plain.translate(_TONES), tones
