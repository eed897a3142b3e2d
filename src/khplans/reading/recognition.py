"""What may have been misread in the picture of a page: words of low confidence, and numbers that look misread."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from khplans.layout import Recognised
from khplans.model import Doubt, Source
from khplans.text.passage import Span

_SURE_WORD = 80.0
"""Confidence from which on hardly a word has wrong letters; of those below two in five are wrong."""
_SURE_NUMBER = 95.0
_ROMAN = re.compile(r"\W*[IVXLC]{2,}\W*(?:/\d{4}\W*)?")
_MIXED = re.compile(r"\d[IlOoSŠ§|\]\[!]|(?<![^\W\d_])[IlOoSŠ§|!]{1,2}\d")
_DOUBLED = re.compile(r"[ĐÐ]{2}")
_ROMAN_MISREAD = re.compile(
    r"\W*(?=[IVXHl|1]*[HNl|])(?=[IVXHNl|1]*[IH])[IVXHNl|1]{2,5}(?:/\d{4})?\W*"
)


@dataclass(frozen=True, slots=True)
class Unsure:
    """Why a recognised word is doubted: its name, words for which it holds, and whether it is about a number."""

    name: str
    example: tuple[str, float]
    holds: Callable[[str, float], bool]
    of_number: bool = True


REASONS = (
    Unsure("roman-misread", ("IH/2025", 97.0), lambda word, _: _ROMAN_MISREAD.fullmatch(word) is not None),
    Unsure("letters-in-a-number", ("I5", 97.0), lambda word, _: _MIXED.search(word) is not None),
    Unsure("letter-doubled", ("12/QĐĐ-UBND", 97.0), lambda word, _: _DOUBLED.search(word) is not None),
    Unsure("number-of-low-confidence", ("30/6", 94.0), lambda word, sure: sure < _SURE_NUMBER and any(map(str.isdigit, word))),
    Unsure("roman-of-low-confidence", ("II", 94.0), lambda word, sure: sure < _SURE_NUMBER and _ROMAN.fullmatch(word) is not None),
    Unsure("word-of-low-confidence", ("trinh", 79.0), lambda _, sure: sure < _SURE_WORD, of_number=False),
)  # fmt: skip
"""The first that holds is it."""


RowsAt = Callable[[Span], Collection[int]]
"""The rows, by any number, whose words stand in a stretch of the text."""


def recognition_doubts(
    source: Source, rows_at: RowsAt = lambda _: ()
) -> Iterator[tuple[int | None, Doubt]]:
    """The doubtful words of each row and page, and of each line what is of no row (None).

    Numbers and other words are told apart, and those whose accents were put right. Words that a person
    has corrected are doubted no longer.

    >>> from dataclasses import replace
    >>> from khplans.layout import Layout
    >>> word = Recognised(Span(0, 2), 1, (0, 0, 1, 1), 99.0)
    >>> def codes(text, word): return [doubt.code for _, doubt in recognition_doubts(Source("p", text, layout=Layout(words=(word,))))]
    >>> codes("1O rừng", word), codes("10 rừng", word), codes("to rừng", replace(word, confidence=20.0))
    (['number-unsure'], [], ['words-unsure'])
    >>> codes("có rừng", replace(word, read="co")), list(recognition_doubts(Source("p", "1O")))
    (['accents-repaired'], [])
    """
    words = source.layout.words if source.layout else ()
    ends = [found.start() for found in re.finditer("\n", source.text)] if words else []
    told: dict[tuple[int | None, int, int | None, str], list[Recognised]] = {}
    for word in words:
        code = _code(source.text, word)
        if code is None or any(word.span.overlaps(one.span) for one in source.corrections):
            continue
        rows = rows_at(word.span)
        line = None if rows else bisect_left(ends, word.span.start)
        for row in rows or (None,):
            told.setdefault((row, word.page, line, code), []).append(word)
    for (row, _, _, code), found in told.items():
        yield row, _doubt(code, found, source.text)


def unsure_of(word: str, confidence: float) -> Unsure | None:
    """Why a word recognised with a confidence is doubted, if it is.

    >>> [unsure_of(*reason.example) is reason for reason in REASONS]
    [True, True, True, True, True, True]
    >>> unsure_of("HĐND", 97.0), unsure_of("III/2025", 96.0), unsure_of("Số:", 96.0)
    (None, None, None)
    """
    return next((reason for reason in REASONS if reason.holds(word, confidence)), None)


def why_unsure(word: Recognised, text: str) -> Unsure | None:
    """Why a word of a text is doubted, if it is: by what was recognised, before its accents were put right.

    >>> from dataclasses import replace
    >>> word = Recognised(Span(0, 2), 1, (0, 0, 1, 1), 99.0)
    >>> [bool(why_unsure(one, "10 rừng")) for one in (word, replace(word, read="1O"), replace(word, confidence=10.0))]
    [False, True, True]
    """
    return unsure_of(word.read or word.span.of(text), word.confidence)


def _code(text: str, word: Recognised) -> str | None:
    """Why a recognised word is doubtful: a number (`1O%`), other words, accents that were put in.

    >>> from dataclasses import replace
    >>> word = Recognised(Span(0, 2), 1, (0, 0, 1, 1), 99.0)
    >>> _code("1O", word), _code("10", word), _code("to", replace(word, confidence=20.0)), _code("có", replace(word, read="co"))
    ('number-unsure', None, 'words-unsure', 'accents-repaired')
    """
    reason = why_unsure(word, text)
    if reason:
        return "number-unsure" if reason.of_number else "words-unsure"
    return "accents-repaired" if word.read else None


def _doubt(code: str, words: list[Recognised], text: str) -> Doubt:
    shown = (_shown(text[word.span.start : word.span.end], word) for word in words)
    facts = {"words": ", ".join(shown), "page": str(words[0].page)}
    return Doubt(code, Span(words[0].span.start, words[-1].span.end), facts)


def _shown(word: str, recognised: Recognised) -> str:
    """A word with what was recognised, where its accents were put right.

    >>> from dataclasses import replace
    >>> word = Recognised(Span(0, 2), 1, (0, 0, 1, 1), 99.0)
    >>> _shown("có", replace(word, read="co")), _shown("có", word)
    ('co → có', 'có')
    """
    return f"{recognised.read} → {word}" if recognised.read else word
