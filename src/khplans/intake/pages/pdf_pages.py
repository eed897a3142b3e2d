"""The pages of a PDF by PDFium: characters at their places, drawn lines, annotations.

Runs in a process of its own (see `pdf`), as a file may be made to harm who reads it.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from khplans.intake.old_encodings import font_encoding
from khplans.intake.pages.drawing import Drawing, drawing_of
from khplans.intake.pages.embedded_fonts import INVISIBLE, EmbeddedFonts
from khplans.intake.pages.glyphs import SOFT_HYPHEN, UNKNOWN, Glyph, readable, words_of
from khplans.intake.pages.page import Aside, Box, DrawnRule, Page, Word, box_around
from khplans.intake.pages.placing import RIGHT, Placing, placing_of, turned, turned_box, turned_size

MOST_GLYPHS = 100_000
"""Characters of a page; one of the smallest print has 20 000."""
WIDEST = 20_000
"""Points; PDF itself allows 14 400."""
_BAD_MAP = 0.02
"""The share of characters that the file doesn't tell from which on its fonts are asked instead."""
_BOLD_WEIGHT, _ITALIC_FLAG, _BOLD_FLAG = 600, 1 << 6, 1 << 18
_LONGEST_FONT = 128
_MOST_ANNOTATIONS = 10_000

Size = tuple[float, float]


class TooMuch(ValueError):
    """A page beyond bounds."""


@dataclass(frozen=True, slots=True)
class _Style:
    """The looks of a text object."""

    hidden: bool
    bold: bool
    italic: bool
    font: str
    direction: int | None

    @property
    def old_font(self) -> str:
        """The name of the font, if it is one of before Unicode."""
        return self.font if font_encoding(self.font) else ""


@dataclass(slots=True)
class _PageText:
    """The characters of a page, by the direction that they run in; those that can't be seen or run askew."""

    glyphs: dict[int, list[Glyph]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    askew: list[str] = field(default_factory=list)
    unmapped: int = 0
    _last: list[Glyph] = field(default_factory=list)

    def add(self, glyph: Glyph, style: _Style, size: Size) -> None:
        if style.hidden or _is_outside(glyph.box, size):
            self.hidden.append(glyph.text)
        elif style.direction is None:
            self.askew.append(glyph.text)
        else:
            self._last = self.glyphs.setdefault(style.direction, [])
            self._last.append(glyph)

    def end_word(self) -> None:
        """Note that a blank or a line's end is meant after the last character."""
        if self._last:
            self._last[-1] = replace(self._last[-1], ends_word=True)

    @property
    def count(self) -> int:
        return sum(map(len, self.glyphs.values()))


def read_page(document: Any, number: int, fonts: EmbeddedFonts) -> Page:
    """A page of an open document, by its number from 1. Raises `TooMuch` for one beyond bounds."""
    page = document[number - 1]
    try:
        size = page.get_size()
        if max(size) > WIDEST:
            raise TooMuch
        placing = placing_of(page, *size)
        text = _text(page, placing, size)
        if text.unmapped > _BAD_MAP * text.count:
            text = _by_fonts(fonts, number, placing, size, text)
        made = _page(number, size, text, drawing_of(page, placing))
        stamps = _annotations(document, page, number)
        return replace(made, asides=(*made.asides, *stamps))
    finally:
        page.close()


def _text(page: Any, placing: Placing, size: Size) -> _PageText:
    """The characters of a page that its file has, without those that PDFium makes up."""
    shown = page.get_textpage()
    count = shown.count_chars()
    if count > MOST_GLYPHS:
        raise TooMuch
    made = _PageText()
    styles: dict[int, _Style] = {}
    for i in range(count):
        if pdfium.FPDFText_IsGenerated(shown, i) == 1:
            made.end_word()
            continue
        thing = pdfium.FPDFText_GetTextObject(shown, i)
        key = ctypes.cast(thing, ctypes.c_void_p).value or 0
        style = styles.get(key) or styles.setdefault(key, _style(shown, i, thing, placing))
        glyph = _glyph(shown, i, style, placing)
        if glyph.text == UNKNOWN or pdfium.FPDFText_HasUnicodeMapError(shown, i) == 1:
            made.unmapped += 1
        made.add(glyph, style, size)
    shown.close()
    return made


def _glyph(shown: Any, i: int, style: _Style, placing: Placing) -> Glyph:
    text = readable(chr(pdfium.FPDFText_GetUnicode(shown, i)), style.font)
    loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(shown, i, loose)
    pdfium.FPDFText_GetCharOrigin(shown, i, x, y)
    box = placing.box(loose.left, loose.bottom, loose.right, loose.top)
    at_x, at_y = placing.point(x.value, y.value)
    return Glyph(text, box, at_x, at_y, style.bold, style.italic, font=style.old_font)


def _style(shown: Any, i: int, thing: Any, placing: Placing) -> _Style:
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(_LONGEST_FONT)
    length = pdfium.FPDFText_GetFontInfo(shown, i, name, _LONGEST_FONT, flags)
    font = name.value.decode("utf-8", "replace") if 0 < length <= _LONGEST_FONT else ""
    font = font.rpartition("+")[2]
    weight = pdfium.FPDFText_GetFontWeight(shown, i)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(shown, i, matrix)
    alpha = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(shown, i, *alpha)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
    return _Style(
        mode == INVISIBLE or alpha[3].value == 0,
        weight >= _BOLD_WEIGHT or bool(flags.value & _BOLD_FLAG) or "bold" in font.lower(),
        bool(flags.value & _ITALIC_FLAG) or "italic" in font.lower(),
        font,
        placing.direction(matrix.a, matrix.b),
    )


def _is_outside(box: Box, size: Size) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return not (0 <= x <= size[0] and 0 <= y <= size[1])


def _by_fonts(
    fonts: EmbeddedFonts, number: int, placing: Placing, size: Size, text: _PageText
) -> _PageText:
    """The characters of a page as its embedded fonts know them; as they are where those know no more of them."""
    found = fonts.characters(number, placing)
    made = _PageText(unmapped=sum(glyph.text == UNKNOWN for glyph, _ in found))
    for glyph, direction in found:
        made.add(glyph, _Style(False, False, False, "", direction), size)
    made.hidden = text.hidden
    return made if found and made.unmapped < text.unmapped else text


def _page(number: int, size: Size, text: _PageText, drawing: Drawing) -> Page:
    """The page, turned so that most of its text runs right."""
    main = max(text.glyphs, key=lambda way: (len(text.glyphs[way]), -way), default=RIGHT)
    words: list[Word] = []
    for way in sorted(text.glyphs):
        found = words_of(turned(glyph, way, size) for glyph in text.glyphs[way])
        words += found if way == main else _turned_lines(found, way, main, size)
    width, height = turned_size(main, size)
    pictured = min(1.0, sum(box.area for box in drawing.pictures) / max(1.0, width * height))
    unread = (Aside("hidden", "".join(text.hidden)), Aside("other", "".join(text.askew)))
    return Page(
        number,
        round(width, 2),
        round(height, 2),
        tuple(words),
        tuple(_turned_rule(rule, main, size) for rule in drawing.rules),
        tuple(aside for aside in unread if aside.text.strip()),
        round(pictured, 4),
        text.unmapped,
    )


def _turned_lines(words: Sequence[Word], way: int, main: int, size: Size) -> list[Word]:
    """Lines of text that runs another way than most of the page's, each as one word with its blanks."""
    lines: dict[float, list[Word]] = {}
    for word in words:
        lines.setdefault(round(word.baseline), []).append(word)
    back = (main - way) % 4
    made = []
    for line in lines.values():
        box = box_around(word.box for word in line)
        place = turned_box(box, back, turned_size(way, size))
        made.append(Word(" ".join(word.text for word in line), *place, place.bottom))
    return made


def _turned_rule(rule: DrawnRule, way: int, size: Size) -> DrawnRule:
    box = turned_box(Box(rule.x0, rule.y0, rule.x1, rule.y1), way, size)
    return DrawnRule(*(round(x, 2) for x in box))


def _annotations(document: Any, page: Any, number: int) -> list[Aside]:
    """The words of a page's annotations and stamps: those that it has more once they are drawn into it."""
    if not _has_annotations(page):
        return []
    shown = page.get_textpage()
    before = _characters(shown)
    shown.close()
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    flat = document[number - 1]
    try:
        shown = flat.get_textpage()
        if shown.count_chars() > 2 * MOST_GLYPHS:
            raise TooMuch
        after = _characters(shown)
        shown.close()
    finally:
        flat.close()
    known = Counter(before)
    words = " ".join("".join(_more(after, known)).split())
    return [Aside("stamp", words)] if words else []


def _more(characters: str, known: Counter[str]) -> Iterator[str]:
    """What characters there are over those known; blanks always."""
    for character in characters:
        if character.isspace():
            yield " "
        elif known[character] > 0:
            known[character] -= 1
        else:
            yield character


def _has_annotations(page: Any) -> bool:
    """Whether there is more than links and notes that open on a click."""
    for i in range(min(_MOST_ANNOTATIONS, pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _characters(shown: Any) -> str:
    codes = (pdfium.FPDFText_GetUnicode(shown, i) for i in range(shown.count_chars()))
    return "".join(readable(chr(code), "") for code in codes if code).replace(SOFT_HYPHEN, "-")
