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
from operator import itemgetter

from khplans.intake.pages.page import Word
from khplans.text.syllables import TONES

PAIRS = "word_pairs.txt"
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

    def first(self, word: str) -> float:
        """How likely a word is, as a logarithm."""
        return math.log(self._alone(word))

    def next(self, left: str, word: str) -> float:
        """How likely a word is after another, as a logarithm."""
        count = self.pairs.get((left, word), 0) + _SMOOTHING * self._alone(word)
        return math.log(count / (self.singles.get(left, 0) + _SMOOTHING))

    def known(self, left: str | None, word: str, right: str | None) -> int:
        """How often a word is known beside the one or the other."""
        return max(
            self.pairs.get((left, word), 0) if left else 0,
            self.pairs.get((word, right), 0) if right else 0,
        )

    def _alone(self, word: str) -> float:
        return (self.singles.get(word, 0) + 0.05) / self.total


def repaired(words: Sequence[Word], pairs: WordPairs | None = None) -> list[Word]:
    """Recognised words in the order of reading, each with the accents that the words beside it call for.

    `Word.read` keeps what was read where that is changed.

    >>> [word.text for word in repaired([Word(x, 0, 0, 1, 1, 1, 93) for x in ("Sửa", "đôi,", "bô", "sung")])]
    ['Sửa', 'đổi,', 'bổ', 'sung']
    """
    known = pairs or _pairs()
    forms = [_LETTERS.fullmatch(word.text) for word in words]
    made = list(words)
    for start, end in _stretches(forms):
        found = _Stretch(known, words[start:end], [form[2] for form in forms[start:end] if form])
        for place, better in found.changes():
            form = forms[start + place]
            assert form
            word = words[start + place]
            text = f"{form[1]}{_set_like(form[2], better)}{form[3]}"
            made[start + place] = replace(word, text=text, read=word.text)
    return made


def _stretches(forms: Sequence[re.Match[str] | None]) -> Iterator[tuple[int, int]]:
    """From where to where words stand with nothing but blanks between."""
    start = 0
    for place, form in enumerate(forms):
        if form is None or form[1]:
            if start < place:
                yield start, place
            start = place if form else place + 1
        if form and form[3]:
            yield start, place + 1
            start = place + 1
    if start < len(forms):
        yield start, len(forms)


class _Stretch:
    """Words in a row, as they were read, and the likeliest of the same letters."""

    def __init__(self, known: WordPairs, words: Sequence[Word], letters: Sequence[str]) -> None:
        self._known = known
        self._read = [key(x) for x in letters]
        self._costs = [_cost(word.confidence) for word in words]

    def changes(self) -> Iterator[tuple[int, str]]:
        """The places of words that others stand for: such as are known beside their neighbours, where the ones read aren't."""
        best = self._likeliest()
        around: list[str | None] = [None, *best, None]
        for place, (as_read, word) in enumerate(zip(self._read, best, strict=True)):
            left, right = around[place], around[place + 2]
            if word == as_read or self._known.known(left, as_read, right):
                continue
            if self._known.known(left, word, right) >= _FEWEST:
                yield place, word

    def _likeliest(self) -> list[str]:
        """The words of these letters that are likeliest together, less what it costs to change each."""
        ways: dict[str, tuple[float, list[str]]] = {}
        for place in range(len(self._read)):
            ways = {
                word: self._best_way(ways, word, place) for word in self._choices(self._read[place])
            }
        return max(ways.values(), key=itemgetter(0))[1]

    def _choices(self, as_read: str) -> Sequence[str]:
        return sorted({as_read, *self._known.accented.get(letters_of(as_read), ())})

    def _best_way(
        self, ways: Mapping[str, tuple[float, list[str]]], word: str, place: int
    ) -> tuple[float, list[str]]:
        cost = 0.0 if word == self._read[place] else self._costs[place]
        if not ways:
            return self._known.first(word) - cost, [word]
        steps = (
            (likely + self._known.next(left, word) - cost, way)
            for left, (likely, way) in ways.items()
        )
        likely, way = max(steps, key=itemgetter(0))
        return likely, [*way, word]


def _cost(confidence: float | None) -> float:
    return next(gain for below, gain in _GAINS if (confidence or 0.0) < below)


def key(word: str) -> str:
    """A syllable in small letters with its tone at the end, wherever it was written.

    >>> key("Hoà") == key("hòa")
    True
    """
    apart = unicodedata.normalize("NFD", word.lower())
    tone = "".join(sign for sign in apart if sign in TONES)
    return unicodedata.normalize("NFC", "".join(x for x in apart if x not in TONES)) + tone


def letters_of(word: str) -> str:
    """A syllable without any accent."""
    apart = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _set_like(read: str, word: str) -> str:
    """A word of the table with its tone where it is written, in capitals as what was read.

    >>> _set_like("BO", "bổ"), _set_like("Bo", "bổ"), _set_like("bo", "bổ")
    ('BỔ', 'Bổ', 'bổ')
    """
    shown = _composed(word)
    if read.isupper() and (len(read) > 1 or len(shown) == 1):
        return shown.upper()
    return shown[0].upper() + shown[1:] if read[0].isupper() else shown


def _composed(word: str) -> str:
    """The tone of a key put on the vowel that bears it.

    >>> _composed(key("thuyền")), _composed(key("của")), _composed(key("quả")), _composed(key("hòa")), _composed(key("kế"))
    ('thuyền', 'của', 'quả', 'hòa', 'kế')
    """
    tone = word[-1] if word[-1] in TONES else ""
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
    for line in lines:
        *words, count = line.split()
        if len(words) == 1:
            singles[words[0]] = int(count)
        else:
            pairs[words[0], words[1]] = int(count)
    accented: dict[str, list[str]] = {}
    for word in singles:
        accented.setdefault(letters_of(word), []).append(word)
    return WordPairs(singles, pairs, accented, sum(singles.values()))
