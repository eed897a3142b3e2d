"""The characters of a PDF that doesn't tell what they are, by what its embedded fonts say of them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

from khplans.intake.pages.placing import PlacedGlyph, Placing

_MOST_UNKNOWN = 0.1
"""The share of characters that the fonts may not know."""
_MOST_NESTED = 12

Found = list[tuple[PlacedGlyph, int | None]]


class EmbeddedFonts:
    """Reads pages of a PDF by pdfminer, which looks into the fonts where a map to letters is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[Any] = []
        self._rest: Iterator[Any] | None = None

    def characters(self, number: int, placing: Placing) -> Found | None:
        """The characters of a page, by its number from 1, each with the direction that its text runs in.

        None where the fonts don't know what they are either, or the page can't be read so.
        """
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        try:
            characters = list(_characters(self._render(number)))
        except Exception:
            # As many ways to be damaged as PDF has: PDFium's reading stands.
            return None
        unknown = sum(one.get_text().startswith("(cid:") for one in characters)
        if not characters or unknown > _MOST_UNKNOWN * len(characters):
            return None
        return [_placed(one, placing) for one in characters]

    def _render(self, number: int) -> Any:
        from pdfminer.converter import PDFPageAggregator
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
        from pdfminer.pdfpage import PDFPage

        if self._rest is None:
            self._rest = PDFPage.get_pages(io.BytesIO(self._data))
        self._pages += islice(self._rest, number - len(self._pages))
        page = self._pages[number - 1]
        resources = PDFResourceManager()
        device = PDFPageAggregator(resources)
        interpreter = PDFPageInterpreter(resources, device)
        as_it_is = (1, 0, 0, 1, 0, 0)
        device.begin_page(page, as_it_is)
        interpreter.render_contents(page.resources, page.contents, ctm=as_it_is)
        made = device.cur_item
        return made


def _characters(thing: Any, depth: int = 0) -> Iterator[Any]:
    from pdfminer.layout import LTChar, LTFigure

    for part in thing:
        if isinstance(part, LTChar):
            yield part
        elif isinstance(part, LTFigure) and depth < _MOST_NESTED:
            yield from _characters(part, depth + 1)


def _placed(one: Any, placing: Placing) -> tuple[PlacedGlyph, int | None]:
    a, b, _, _, x, y = one.matrix
    font = one.fontname.lower()
    text = one.get_text()
    glyph = PlacedGlyph(
        "\ufffd" if text.startswith("(cid:") else text,
        placing.box(*one.bbox),
        *placing.point(x, y),
        "bold" in font,
        "italic" in font,
    )
    return glyph, placing.direction(a, b)
