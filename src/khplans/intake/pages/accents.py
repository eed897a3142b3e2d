"""Accents that recognition misread, put right by the words beside them; no letter and no digit is touched.

`word_pairs.txt` counts how often syllables follow each other in plans; `tests/support/word_pairs.py` made it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from khplans.intake.pages.page import Word

PAIRS = "word_pairs.txt"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LETTERS = re.compile(r"(\W*)([^\W\d_]+)(\W*)")
_VOWELS = re.compile(r"(?:qu|gi(?=[aăâeêoôơuưy])|[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)")
_FEWEST = 2
"""How often a pair is known that tells a word's accents."""
_SMOOTHING = 5.0
_GAINS = ((90.0, 2.0), (96.0, 4.0), (101.0, 8.0))
"""By how much, in the logarithm of how likely it is, another word must be better below each confidence."""


@dataclass(frozen=True, slots=True)
class WordPairs:
    """How often syllables occur, and pairs of them, in small letters with the tone at the end."""

    singles: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    accented: Mapping[str, Sequence[str]]
    """The syllables of the same letters."""
    total: int

    def likely(self, left: str | None, word: str, right: str | None) -> float:
        """How likely a word is between two others, as a logarithm."""
        alone = self._alone(word)
        before = math.log(alone) if left is None else self._after(left, word, alone)
        return before + (0.0 if right is None else self._after(word, right, self._alone(right)))

    def known(self, left: str | None, word: str, right: str | None) -> int:
        """How often a word is known beside the one or the other."""
        return max(
            self.pairs.get((left, word), 0) if left else 0,
            self.pairs.get((word, right), 0) if right else 0,
        )

    def _alone(self, word: str) -> float:
        return (self.singles.get(word, 0) + 0.05) / self.total

    def _after(self, left: str, word: str, alone: float) -> float:
        count = self.pairs.get((left, word), 0) + _SMOOTHING * alone
        return math.log(count / (self.singles.get(left, 0) + _SMOOTHING))


def repaired(words: Sequence[Word], pairs: WordPairs | None = None) -> list[Word]:
    """Recognised words in the order of reading, each with the accents that the words beside it call for.

    `Word.read` keeps what was read where that is changed.

    >>> [word.text for word in repaired([Word(x, 0, 0, 1, 1, 1, 93) for x in ("Sửa", "đôi,", "bô", "sung")])]
    ['Sửa', 'đổi,', 'bổ', 'sung']
    """
    known = pairs or _pairs()
    forms = [_LETTERS.fullmatch(word.text) for word in words]
    made: list[Word] = []
    left: str | None = None
    for i, (word, form) in enumerate(zip(words, forms, strict=True)):
        if form is None:
            made.append(word)
            left = None
            continue
        right = _begins(forms[i + 1]) if i + 1 < len(forms) and not form[3] else None
        as_read = key(form[2])
        right_word = _better(known, None if form[1] else left, as_read, right, word.confidence)
        if right_word != as_read:
            text = f"{form[1]}{_set_like(form[2], right_word)}{form[3]}"
            word = replace(word, text=text, read=word.text)
        made.append(word)
        left = None if form[3] else right_word
    return made


def key(word: str) -> str:
    """A syllable in small letters with its tone at the end, wherever it was written.

    >>> key("Hoà") == key("hòa")
    True
    """
    apart = unicodedata.normalize("NFD", word.lower())
    tone = "".join(sign for sign in apart if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(x for x in apart if x not in _TONES)) + tone


def letters_of(word: str) -> str:
    """A syllable without any accent."""
    apart = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _better(
    known: WordPairs, left: str | None, word: str, right: str | None, confidence: float | None
) -> str:
    """The word of these letters that stands here, if one is known here, the one read isn't, and it is likelier by far."""
    others = known.accented.get(letters_of(word), ())
    best = max(others, key=lambda x: known.likely(left, x, right), default=word)
    if known.known(left, best, right) < _FEWEST or known.known(left, word, right):
        return word
    gain = known.likely(left, best, right) - known.likely(left, word, right)
    needed = next(gain for below, gain in _GAINS if (confidence or 0.0) < below)
    return best if gain > needed else word


def _begins(form: re.Match[str] | None) -> str | None:
    return key(form[2]) if form and not form[1] else None


def _set_like(read: str, word: str) -> str:
    """A word of the table with its tone where it is written, in capitals as what was read."""
    shown = _composed(word)
    if read.isupper() and (len(read) > 1 or len(shown) == 1):
        return shown.upper()
    return shown[0].upper() + shown[1:] if read[0].isupper() else shown


def _composed(word: str) -> str:
    """The tone of a key put on the vowel that bears it.

    >>> _composed(key("thuyền")), _composed(key("của")), _composed(key("quả")), _composed(key("hòa")), _composed(key("kế"))
    ('thuyền', 'của', 'quả', 'hòa', 'kế')
    """
    tone = word[-1] if word[-1] in _TONES else ""
    plain = word.removesuffix(tone) if tone else word
    place = _place_of_tone(plain)
    return unicodedata.normalize("NFC", plain[: place + 1] + tone + plain[place + 1 :])


def _place_of_tone(plain: str) -> int:
    """The vowel with a mark of its own, the last of two; else the first, or the second before an end or of three."""
    found = _VOWELS.match(plain)
    if found is None:
        return len(plain) - 1
    start, end = found.span(1)
    marked = [place for place in range(start, end) if plain[place] in "ăâêôơư"]
    if marked:
        return marked[-1]
    is_second = end - start > 2 or (end - start == 2 and end < len(plain))
    return start + 1 if is_second else start


@cache
def _pairs() -> WordPairs:
    return pairs_of((files(__package__) / PAIRS).read_text("utf-8").splitlines())


def pairs_of(lines: Sequence[str]) -> WordPairs:
    """The counts of a file: a syllable and its count a line, or two of them and theirs."""
    singles: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for *words, count in _rows(lines):
        if len(words) == 1:
            singles[words[0]] = int(count)
        else:
            pairs[words[0], words[1]] = int(count)
    accented: dict[str, list[str]] = {}
    for word in singles:
        accented.setdefault(letters_of(word), []).append(word)
    return WordPairs(singles, pairs, accented, sum(singles.values()))


def _rows(lines: Sequence[str]) -> Iterator[list[str]]:
    for line in lines:
        yield line.split()
