"""Characters at their places to words: lines by their baselines, whatever order and fonts they come in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from khplans.intake.old_encodings import font_encoding
from khplans.intake.pages.page import Box, Word, box_around
from khplans.intake.word.symbols import with_symbols

_SAME_LINE = 0.25
"""How far baselines of a line may lie apart, in heights of its characters."""
_BLANK, _TOLD_BLANK = 0.18, 0.06
"""Gaps that part words, in heights: any, and where whoever drew them tells that a blank is meant."""
_RAISED_BY = (0.12, 0.7)
"""How far above a line raised characters stand, in heights of the line's."""
_RAISED_SIZE = 0.85
"""How high they are at most."""
_RAISED_BESIDE = 0.5
"""How far from it at most."""
UNKNOWN = "\ufffd"
"""Stands for a character of which a file doesn't tell what it is."""
_READ_AS = str.maketrans(
    {"\ufffe": "-", "\u0002": "-", "\ufb01": "fi", "\ufb02": "fl", "\xa0": " "}
)
"""PDFium has U+FFFE for a hyphen at a line's end."""
SOFT_HYPHEN = "\xad"
"""A hyphen or, in a font of before Unicode, a letter: `old_fonts` tells."""
_PRIVATE = range(0xF000, 0xF100)
"""Where fonts with a character map of their own have their 256 signs."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that is drawn: its box, the point that it stands on, and its font's looks.

    `ends_word` says that a blank is meant after it; `font` is the name of one of before Unicode.
    """

    text: str
    box: Box
    x: float
    y: float
    bold: bool = False
    italic: bool = False
    ends_word: bool = False
    font: str = ""

    @property
    def height(self) -> float:
        return self.box.bottom - self.box.top


def readable(text: str, font: str) -> str:
    r"""A character of a PDF, set in a font of this name, as a reader sees it; `UNKNOWN` where that isn't told.

    >>> readable("\ufb01", "Times"), readable("\0", "Times") == readable("", "Times") == UNKNOWN
    ('fi', True)
    """
    if font_encoding(font) and len(text) == 1 and ord(text) in _PRIVATE:
        text = chr(ord(text) - _PRIVATE.start)
    seen = with_symbols(text, font).translate(_READ_AS)
    is_known = seen.isspace() or seen == SOFT_HYPHEN or (seen and seen.isprintable())
    return seen if is_known else UNKNOWN


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """The words that characters make up, line by line and from left to right; blanks part them, and gaps.

    >>> def glyph(text, left, y=20, size=10):
    ...     return Glyph(text, Box(left, y - size, left + 5, y), left, y)
    >>> [word.text for word in words_of([glyph("n", 5), glyph("A", 0), glyph(" ", 10), glyph("B", 12), glyph("C", 40)])]
    ['An', 'B', 'C']
    >>> [(word.text, word.raised, word.baseline) for word in words_of([glyph("m", 0), glyph("2", 5, 16, 6)])]
    [('m', False, 20), ('2', True, 20)]
    """
    lines = _lines(_composed(glyphs))
    words = [word for line in lines for word in _words(line)]
    return sorted(_told_raised(words), key=attrgetter("baseline", "left"))


def _composed(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Characters with the combining marks that follow them."""
    made: list[Glyph] = []
    for glyph in glyphs:
        if made and glyph.text and unicodedata.combining(glyph.text[0]):
            made[-1] = replace(made[-1], text=made[-1].text + glyph.text)
        else:
            made.append(glyph)
    return made


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each line, from left to right."""
    lines: list[list[Glyph]] = []
    baseline = height = 0.0
    for glyph in sorted(glyphs, key=attrgetter("y")):
        if not lines or glyph.y - baseline > _SAME_LINE * min(height, glyph.height):
            lines.append([])
            baseline, height = glyph.y, glyph.height
        lines[-1].append(glyph)
    return [sorted(line, key=attrgetter("box.left")) for line in lines]


def _words(line: Sequence[Glyph]) -> list[Word]:
    words: list[list[Glyph]] = [[]]
    for glyph in line:
        before = words[-1][-1] if words[-1] else None
        if glyph.text.isspace():
            words.append([])
            continue
        if before and _are_parted(before, glyph):
            words.append([])
        words[-1].append(glyph)
    return [_word(glyphs) for glyphs in words if glyphs]


def _are_parted(before: Glyph, glyph: Glyph) -> bool:
    blank = _TOLD_BLANK if before.ends_word else _BLANK
    return glyph.box.left - before.box.right > blank * max(before.height, glyph.height)


def _word(glyphs: Sequence[Glyph]) -> Word:
    baselines = sorted(glyph.y for glyph in glyphs)
    return Word(
        unicodedata.normalize("NFC", "".join(glyph.text for glyph in glyphs)),
        *box_around(glyph.box for glyph in glyphs),
        baselines[len(baselines) // 2],
        bold=all(glyph.bold for glyph in glyphs),
        italic=all(glyph.italic for glyph in glyphs),
        font=glyphs[0].font,
    )


def _told_raised(words: Sequence[Word]) -> list[Word]:
    """The words, with those told that stand above the end or the beginning of another, smaller than it."""
    highest = max((word.height for word in words), default=0.0)
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(round(word.baseline), []).append(word)
    return [
        _raised(word, rows) if word.height <= _RAISED_SIZE * highest else word for word in words
    ]


def _raised(word: Word, rows: dict[int, list[Word]]) -> Word:
    reach = round(2 * word.height) + 1
    for row in range(round(word.baseline), round(word.baseline) + reach):
        for base in rows.get(row, ()):
            if _is_above(word, base):
                return replace(word, raised=True, baseline=base.baseline)
    return word


def _is_above(word: Word, base: Word) -> bool:
    if word.height > _RAISED_SIZE * base.height:
        return False
    low, high = _RAISED_BY
    beside = min(abs(word.left - base.right), abs(base.left - word.right))
    by = base.baseline - word.baseline
    return beside < _RAISED_BESIDE * base.height and low * base.height < by < high * base.height
