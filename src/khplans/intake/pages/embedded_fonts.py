"""The characters of a PDF that doesn't tell what they are, by what its embedded fonts say of them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

from khplans.intake.old_encodings import font_encoding
from khplans.intake.pages.glyphs import UNKNOWN, Glyph, readable
from khplans.intake.pages.placing import Placing

INVISIBLE = 3
"""The way of drawing text in which nothing is drawn."""
_MOST_NESTED = 12

Found = list[tuple[Glyph, int | None]]


class EmbeddedFonts:
    """Reads pages of a PDF by pdfminer, which looks into the fonts where a map to letters is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[Any] = []
        self._rest: Iterator[Any] | None = None

    def characters(self, number: int, placing: Placing) -> Found:
        """The characters of a page, by its number from 1, each with the direction that its text runs in.

        None of those that can't be seen, and none at all where the page can't be read so.
        """
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        try:
            return [_placed(one, placing) for one in _characters(self._render(number))]
        except Exception:
            # As many ways to be damaged as PDF has: PDFium's reading stands.
            return []

    def _render(self, number: int) -> Any:
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
        from pdfminer.pdfpage import PDFPage

        if self._rest is None:
            self._rest = PDFPage.get_pages(io.BytesIO(self._data))
        self._pages += islice(self._rest, number - len(self._pages))
        page = self._pages[number - 1]
        resources = PDFResourceManager()
        device = _shown_alone(resources)
        interpreter = PDFPageInterpreter(resources, device)
        as_it_is = (1, 0, 0, 1, 0, 0)
        device.begin_page(page, as_it_is)
        interpreter.render_contents(page.resources, page.contents, ctm=as_it_is)
        return device.cur_item


def _shown_alone(resources: Any) -> Any:
    """What gathers the characters of a page that can be seen."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTLayoutContainer

    class ShownAlone(PDFPageAggregator):
        def render_string(self, textstate: Any, *rest: Any) -> None:
            shown = self.cur_item
            if textstate.render == INVISIBLE:
                self.cur_item = LTLayoutContainer(shown.bbox)
            super().render_string(textstate, *rest)
            self.cur_item = shown

    return ShownAlone(resources)


def _characters(thing: Any, depth: int = 0) -> Iterator[Any]:
    from pdfminer.layout import LTChar, LTFigure

    for part in thing:
        if isinstance(part, LTChar):
            yield part
        elif isinstance(part, LTFigure) and depth < _MOST_NESTED:
            yield from _characters(part, depth + 1)


def _placed(one: Any, placing: Placing) -> tuple[Glyph, int | None]:
    a, b, _, _, x, y = one.matrix
    name = one.fontname.rpartition("+")[2]
    font = name.lower()
    text = one.get_text()
    glyph = Glyph(
        UNKNOWN if text.startswith("(cid:") else readable(text, name),
        placing.box(*one.bbox),
        *placing.point(x, y),
        "bold" in font,
        "italic" in font,
        font=name if font_encoding(name) else "",
    )
    return glyph, placing.direction(a, b)
