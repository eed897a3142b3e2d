"""The picture that a shared link shows (Open Graph): a page's title on the colour of the catalogue."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage, shorten
from khplans.text.visible import visible

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_EDGE = 80
_SIZES = (64, 54, 46)
"""Of the title, the first in which it has room."""
_LINES = 5
_SHADES = 16


def add_card(catalogue: Catalogue, page: SitePage, title: str, below: str) -> None:
    """Give a page a picture of its own; without an address nothing could name it."""
    if catalogue.settings.address is None:
        return
    page.picture = f"cards/{page.file.removesuffix('.md')}.png"
    page.files[page.picture] = card(catalogue, page.words, title, below)


def common_card(catalogue: Catalogue, words: Language) -> bytes:
    """The picture of the pages that have none of their own."""
    settings = catalogue.settings
    return card(catalogue, words, words(settings.title, settings.title_en), settings.publisher)


def card(catalogue: Catalogue, words: Language, title: str, below: str) -> bytes:
    """A PNG with a title and a line below it; the same bytes each time."""
    from PIL import Image, ImageDraw

    drawn = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(drawn)
    pen.text((_EDGE, 62), visible(catalogue.heading(words)), font=_font(600, 34), fill=210)
    pen.rectangle((_EDGE, 122, _EDGE + 96, 127), fill=210)
    size, lines = _fitted(shorten(visible(title), 220))
    top = 165
    for line in lines:
        pen.text((_EDGE, top), line, font=_font(600, size), fill=255)
        top += round(size * 1.25)
    pen.text((_EDGE, HEIGHT - 84), _broken(visible(below), 400, 30)[0], font=_font(400, 30), fill=210)  # fmt: skip
    shades = drawn.point([value * _SHADES // 256 for value in range(256)])
    picture = Image.frombytes("P", shades.size, shades.tobytes())
    picture.putpalette(_ramp(catalogue.settings.accent))
    made = io.BytesIO()
    picture.save(made, "PNG", bits=4, compress_level=3)
    return made.getvalue()


def _ramp(accent: str) -> list[int]:
    """From the colour to white.

    >>> _ramp("#0b5563")[:3], _ramp("#0b5563")[-3:]
    ([11, 85, 99], [255, 255, 255])
    """
    ground = [int(accent[i : i + 2], 16) for i in (1, 3, 5)]
    last = _SHADES - 1
    return [round(c + (255 - c) * step / last) for step in range(_SHADES) for c in ground]


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size in which a title has room, and its lines."""
    for size in _SIZES:
        lines = _broken(title, 600, size)
        if len(lines) * size * 1.25 <= HEIGHT - 280:
            break
    return size, lines[:_LINES]


def _broken(text: str, weight: int, size: int) -> list[str]:
    """A text in lines that fit the picture's width; a word that is wider is cut."""
    font, lines = _font(weight, size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * _EDGE:
            lines[-1] = longer
        else:
            while font.getlength(word) > WIDTH - 2 * _EDGE:
                word = word[: len(word) * 3 // 4]
            lines.append(word)
    return lines if lines[0] else lines[1:] or [""]


@cache
def _font(weight: int, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    vendored = files("khplans.site") / "vendor" / "be-vietnam-pro" / f"be-vietnam-pro-{weight}.woff2"  # fmt: skip
    with vendored.open("rb") as file:
        return ImageFont.truetype(io.BytesIO(file.read()), size, layout_engine=ImageFont.Layout.BASIC)  # fmt: skip
