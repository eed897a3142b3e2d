"""How well a text reads as Vietnamese, by the form of its syllables alone."""

from __future__ import annotations

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The marks of the five tones that are written, as combining characters."""
_NO_TONES = dict.fromkeys(map(ord, TONES))
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:i[aê]|y[aê]|uy[aê]?|u[aâêôơ]|ư[aơ]|o[aăeo]|[aăâeêioôơuưy])"
    r"(?:(?P<stop>ch?|p|t)|nh?|ng|m|[iyou])?"
)
_SPACES = re.compile(r"[\x00-\x7f\u2000-\u206f]+")
_NOT_IN_WORDS = re.compile(r"[^\w\u0300-\u0323\x80-\U0010ffff]+")


def vietnamese_words(text: str) -> tuple[int, int]:
    """Of the words with a letter or sign outside ASCII: how many are Vietnamese syllables, how many there are.

    >>> vietnamese_words("Uỷ ban nhân dân tỉnh"), vietnamese_words("Uû ban nh©n d©n tØnh"), vietnamese_words("Núñez")
    ((4, 4), (0, 4), (0, 1))
    """
    words = [word for word in _NOT_IN_WORDS.split(text) if not word.isascii() and _shown(word)]
    return sum(map(is_syllable, words)), len(words)


def toneless(word: str) -> str:
    """A word in small letters without its tone.

    >>> toneless("Nghị")
    'nghi'
    """
    apart = unicodedata.normalize("NFD", word.lower()).translate(_NO_TONES)
    return unicodedata.normalize("NFC", apart)


def _shown(word: str) -> bool:
    """Whether it has more outside ASCII than typographic signs.

    >>> _shown("Đường"), _shown("a – b")
    (True, False)
    """
    return bool(_SPACES.sub("", word))


def is_syllable(word: str) -> bool:
    """Whether a word has the form of a Vietnamese syllable.

    >>> is_syllable("HÙNG"), is_syllable("VPTU")
    (True, False)
    """
    form = _SYLLABLE.fullmatch(toneless(word))
    if form is None:
        return False
    tones = [sign for sign in unicodedata.normalize("NFD", word) if sign in TONES]
    return not tones or (len(tones) == 1 and (not form["stop"] or tones[0] in "\u0301\u0323"))
