"""Words of pages that stand in the fonts of before Unicode, put into Unicode where they stand.

TCVN3 has the letter ư where Latin-1 has its soft hyphen; most PDFs say that a hyphen stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, islice

from khplans.intake.old_encodings import FontTexts
from khplans.intake.pages.glyphs import SOFT_HYPHEN
from khplans.intake.pages.needs_recognition import STRANGE, needs_recognition
from khplans.intake.pages.page import Page, Word
from khplans.text.syllables import vietnamese_words

_HYPHEN_AT_LETTER = re.compile(r"(?<=[^\W\d_A-Z])-|-(?=[^\W\d_A-Z])")
_MOST_TRIED = 20
"""Hyphens of a word; those after them stay."""


def in_unicode(pages: Sequence[Page], where: str) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """The pages with their words in Unicode, and the old encodings that these were in, by name.

    All of the file's words tell, or the names of its fonts; pages that are to be recognised whatever their
    letters mean stay as they are. Raises `KhplansError` where viparse, which has
    the tables, isn't installed.
    """
    told = [page for page in pages if needs_recognition(page) in (None, STRANGE)]
    pieces = ((word.font, _surface(word.text)) for page in told for word in page.words)
    fonts = FontTexts(pieces, where)
    made = {page.number: replace(page, words=tuple(_words(page.words, fonts))) for page in told}
    return tuple(made.get(page.number, page) for page in pages), fonts.encodings


def _surface(text: str) -> str:
    """A word as its encoding is judged by: each hyphen that may be a letter as that letter."""
    return _HYPHEN_AT_LETTER.sub(SOFT_HYPHEN, text)


def _words(words: Iterable[Word], fonts: FontTexts) -> Iterable[Word]:
    """The words, those of a line together: capitals are told by the letters beside them."""
    for (_, font), line in groupby(words, lambda word: (word.baseline, word.font)):
        of_line = list(line)
        texts = [_with_letters(word.text, font, fonts) for word in of_line]
        plain = fonts.as_seen(" ".join(texts), font).split(" ")
        for word, text in zip(of_line, plain, strict=True):
            yield replace(word, text=text.replace(SOFT_HYPHEN, "-"), font="")


def _with_letters(text: str, font: str, fonts: FontTexts) -> str:
    """A word in which hyphens are letters wherever that makes a Vietnamese word of it."""
    if fonts.encoding(font) != "TCVN3":
        return text
    found = islice(_HYPHEN_AT_LETTER.finditer(text), _MOST_TRIED)
    for place in [match.start() for match in found]:
        with_letter = text[:place] + SOFT_HYPHEN + text[place + 1 :]
        share = _share(fonts.as_seen(with_letter, font))
        if share and share >= _share(fonts.as_seen(text, font)):
            text = with_letter
    return text


def _share(text: str) -> float:
    good, words = vietnamese_words(text)
    return good / words if words else 0.0
