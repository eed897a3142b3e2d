"""Tells whether a piece of text is a person's name, as it stands under a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.knowledge.document_types import types_by_name
from khplans.knowledge.provinces import find_province
from khplans.knowledge.wording import Wording, opening_words
from khplans.text.fold import fold
from khplans.text.syllables import is_syllable

_SIGNED = Wording(r"\s*\(?đã ký\)?$", "Trần Văn Bình (đã ký)")
_RANKS = Wording(
    r"(?:\(?\s*(?i:<signed>)\s*\)?\s*[:.;-]?\s*|<degree>\s*[.,]\s*"
    r"|<rank> <rank of an officer>\s+)+",
    "(Đã ký) GS. TS. ",
    exact=True,
)
_WORD = r"[^\W\d_]['’]?(?:[^\W\d_]|['’.])*"
_VOWEL = re.compile("[aeiouy]")
_ABBREVIATION = 3
"""Letters from which on a word in capitals that is no syllable is no part of a name in small letters."""
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,5}}")


def person_name(text: str) -> str | None:
    """The name in a piece of a signature block, without ranks and `(Đã ký)`, or None.

    >>> person_name("(Đã ký) Trần Văn Bình"), person_name("GS.TS. LÊ VĂN A")
    ('Trần Văn Bình', 'Lê Văn A')
    >>> person_name("PHỤ LỤC"), person_name("CHỦ TỊCH"), person_name("Nơi nhận")
    (None, None, None)
    """
    bare = text[:80].strip(" .,;:*|/_-")
    if mark := _RANKS.match(bare):
        bare = bare[mark.end() :].strip()
    bare = _SIGNED.sub("", bare)
    if not _NAME.fullmatch(bare):
        return None
    words = bare.split()
    if not all(word[0].isupper() for word in words) or not _may_be_names(words):
        return None
    if find_province(bare):
        return None
    key = fold(bare)
    if key in types_by_name() or opening_words("signer").match(key):
        return None
    if opening_words("no_person").match(key):
        return None
    if bare.isupper():
        return " ".join(word.capitalize() for word in words)
    return bare


def _may_be_names(words: Sequence[str]) -> bool:
    """Whether each word has a vowel or is cut short by a dot, and none is an abbreviation among words in small letters.

    >>> names = ("Lưu Văn An", "LƯU VĂN AN", "Lưu Văn HÙNG", "Ng. Văn An", "Lưu VPTU", "Ặ Sn")
    >>> [_may_be_names(words.split()) for words in names]
    [True, True, True, True, False, False]
    """
    in_capitals = all(map(str.isupper, words))
    longer = [word for word in words if len(word) > 1 and not word.endswith(".")]
    return all(
        _VOWEL.search(fold(word)) and (in_capitals or not _is_abbreviation(word)) for word in longer
    )


def _is_abbreviation(word: str) -> bool:
    """Whether a word in capitals is no syllable: `HĐND`.

    >>> [_is_abbreviation(word) for word in ("HĐND", "Hđnd", "LAN", "H")]
    [True, False, False, False]
    """
    return len(word) >= _ABBREVIATION and word.isupper() and not is_syllable(word)
