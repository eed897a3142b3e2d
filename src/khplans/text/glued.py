"""Words that a text lost the blanks between, where lines were put together: `cácsở, ban`, `cơquan`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence, Set
from functools import lru_cache

from khplans.text.syllables import TONES, is_syllable, toneless

_WORD = re.compile(rf"(?<![\w{TONES}])[^\W\d_]+(?![\w{TONES}])")
_SHORTEST, _LONGEST = 4, 14
"""Letters of two syllables."""
_FEWEST = 3
"""Different words must be glued before any is taken for it: one may be a slip, or foreign."""
_SHORT = 200
"""Characters; less is no text, but a line or a name."""
_MOST_WORDS = 10_000
_VOWELS = frozenset("aăâeêioôơuưy")
_NO_END = ("ă", "â")
"""Vowels that no syllable ends with."""
_STOPS = ("c", "ch", "p", "t")
"""Ends of syllables that have a tone."""


def cuts_between(source: str, start: int, end: int) -> Sequence[int]:
    """Where blanks were lost in a stretch of a text, in order; none in a text where that is no habit.

    >>> source = "Giao cácsở và cơquan, đơnvị thuộcTrung ương; các sở". ljust(200)
    >>> [source[cut : cut + 4] for cut in cuts_between(source, 0, len(source))]
    ['sở v', 'quan', 'vị t', 'Trun']
    >>> cuts_between("Giao cácsở và cơquan".ljust(200), 0, 200)
    ()
    """
    if len(source) < _SHORT:
        return ()
    cuts = _cuts(source)
    return cuts[bisect_left(cuts, start + 1) : bisect_left(cuts, end)] if cuts else ()


@lru_cache(maxsize=4)
def _cuts(source: str) -> tuple[int, ...]:
    """All places of a text where a blank was lost."""
    words = set(_WORD.findall(source))
    long = [word for word in words if _SHORTEST <= len(word) <= _LONGEST and not word.isascii()]
    glued = [word for word in long if not _is_word(word)]
    if len(glued) < _FEWEST:
        return ()
    known = {word.lower() for word in words}
    halves = {word: at for word in glued if (at := _second_half(word, known))}
    if sum(word[0].islower() for word in halves) < _FEWEST:
        return ()
    found = ((match.start(), halves.get(match[0])) for match in _WORD.finditer(source))
    return tuple(start + at for start, at in found if at)


def _second_half(word: str, known: Set[str]) -> int:
    """Where the second of two glued syllables begins, told by their form or by the text's own words; 0 if unclear.

    >>> _second_half("cơquan", set()), _second_half("nưước", set()), _second_half("trungương", set())
    (2, 0, 0)
    >>> _second_half("trungương", {"trung", "ương"}), _second_half("Kếhoạch", {"kế", "hoạch"})
    (5, 2)
    """
    ways = [at for at in range(1, len(word)) if _fit(word[:at], word[at:])]
    if len(ways) > 1 or not word[0].islower():
        ways = [at for at in ways if {word[:at].lower(), word[at:].lower()} <= known]
    return ways[0] if len(ways) == 1 else 0


def _fit(first: str, second: str) -> bool:
    """Whether two syllables can stand beside each other unparted: `cơ`, `quan`; two vowels meet in one syllable."""
    meet = toneless(first[-1]) in _VOWELS and toneless(second[0]) in _VOWELS
    return not meet and _is_whole(first) and _is_whole(second)


@lru_cache(maxsize=_MOST_WORDS)
def _is_word(word: str) -> bool:
    return is_syllable(word)


@lru_cache(maxsize=_MOST_WORDS)
def _is_whole(half: str) -> bool:
    """Whether letters are a syllable with its tone and its end.

    >>> [_is_whole(half) for half in ("thực", "thưc", "luậ", "hiện")]
    [True, False, False, True]
    """
    bare = toneless(half)
    if not is_syllable(half) or bare.endswith(_NO_END):
        return False
    return not bare.endswith(_STOPS) or any(
        sign in TONES for sign in unicodedata.normalize("NFD", half)
    )
