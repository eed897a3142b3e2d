"""Words that the machine that read the paper probably got wrong: right letters, wrong accents.

Nothing is changed: each is a doubt, with what it may have been. A maintainer who agrees writes it
into the plan's corrections.csv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from khplans.knowledge.common_phrases import CommonPhrase, common_phrases
from khplans.model import Document, Doubt
from khplans.text.passage import Passage
from khplans.text.shadow import shadow

_PAIR = re.compile(r"\w++(?= (\w+))")
"""A word that a space and another follow."""
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_NOT_PROSE = frozenset({"letterhead", "recipients", "signature", "furniture"})


def find_misreadings(document: Document) -> list[Doubt]:
    """Phrases written with accents that make no word there (`cấp có thấm quyền`), in order.

    Names do not count (`Vân Phong`), nor where in a word its tone stands (`hoá`, `hóa`).

    >>> from khplans.reading.documents import document_of
    >>> text = "I. NHIỆM VỤ\\n1. Trình cấp có thấm quyền.\\n2. Trình cấp có thẩm quyền."
    >>> [doubt.span.of(text) for doubt in find_misreadings(document_of(text))]
    ['cấp có thấm quyền']
    >>> [doubt.span.of(text) for doubt in find_misreadings(document_of(text.replace("1. ", "| Nhiệm vụ | Chủ trì |\\n|---|---|\\n| ")))]
    ['có thẩm quyền.']
    """
    doubts: list[Doubt] = []
    for block in document.blocks:
        if block.kind in _NOT_PROSE:
            continue
        for passage in [cell.text for cell in block.cells if not cell.merged] or [block.text]:
            doubts.extend(_in_passage(passage))
    return doubts


def _in_passage(passage: Passage) -> Iterator[Doubt]:
    """The doubtful phrases of a passage, none of which overlap.

    >>> from khplans.text.passage import passage_of
    >>> text = "phat triển kinh tế"
    >>> [doubt.facts for doubt in _in_passage(passage_of(text))]
    [{'suggestion': 'phát triển'}]
    """
    text = passage.text
    dim = shadow(text)
    after = 0
    for pair in _PAIR.finditer(dim):
        start = pair.start()
        if start < after or (phrase := _phrase_at(dim, start, pair.end(1))) is None:
            continue
        after = start + len(phrase.letters)
        written = text[start:after]
        if not (_is_right(written, phrase) or _is_name(written)):
            span = passage.span(start, after)
            yield Doubt("word-looks-misread", span, {"suggestion": phrase.phrase})


def _phrase_at(dim: str, start: int, end: int) -> CommonPhrase | None:
    """The known phrase in plain letters that begins at `start`; its first two words end at `end`.

    >>> found = _phrase_at("cap co tham quyen", 0, 6)
    >>> found and found.phrase
    'cấp có thẩm quyền'
    """
    for phrase in common_phrases().get(dim[start:end], ()):
        stop = start + len(phrase.letters)
        if dim.startswith(phrase.letters, start) and not dim[stop : stop + 1].isalnum():
            return phrase
    return None


def _is_name(words: str) -> bool:
    """Whether every word has a capital and small letters, or a name begins within the words.

    >>> _is_name("Vân Phong"), _is_name("phần Cấp"), _is_name("phát triến"), _is_name("PHÁT TRIẾN")
    (True, True, False, False)
    """
    return words.istitle() or any(word.istitle() for word in words.split()[1:])


def _is_right(words: str, phrase: CommonPhrase) -> bool:
    """Whether the words are right but for case and for where in a word its tone stands.

    >>> phrase = CommonPhrase("văn hóa", "van hoa", frozenset({"văn hóa"}))
    >>> [_is_right(words, phrase) for words in ("văn hóa", "Văn hoá", "văn hòa")]
    [True, True, False]
    """
    if words in phrase.right:
        return True
    written = _accents(words)
    return any(written == _accents(right) for right in phrase.right)


@lru_cache(maxsize=4096)
def _accents(words: str) -> tuple[str, tuple[str, ...]]:
    """Letters with their marks, and the tones word by word, wherever in the word they stand.

    >>> _accents("Văn hoá") == _accents("văn hóa")
    True
    """
    plain = unicodedata.normalize("NFD", words.lower())
    tones = tuple("".join(c for c in word if ord(c) in _TONES) for word in plain.split(" "))
    return plain.translate(_TONES), tones
