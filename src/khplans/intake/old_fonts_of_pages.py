"""Words of a web page that stand in the fonts of before Unicode, put into Unicode where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from khplans.intake.old_encodings import FontTexts

_FAMILY = re.compile(r"font-family\s*:\s*([^;,]{1,100})", re.IGNORECASE)


def to_unicode(root: Any, where: str) -> tuple[str, ...]:
    """Put the words of a tree that are in old encodings into Unicode; gives the encodings.

    The font is that of `face` or of the element's own style. Raises `KhplansError` where viparse,
    which has the tables, isn't installed.
    """
    pieces = list(_pieces(root))
    fonts = FontTexts(((font, getattr(x, place)) for x, place, font in pieces), where)
    if fonts.encodings:
        for element, place, font in pieces:
            setattr(element, place, fonts.as_seen(getattr(element, place), font))
    return fonts.encodings


def _pieces(root: Any) -> Iterator[tuple[Any, Literal["text", "tail"], str]]:
    """The stretches of characters, each with what it belongs to and its font."""
    from lxml import etree

    fonts = [""]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            fonts.append(_font(element) or fonts[-1])
            if element.text:
                yield element, "text", fonts[-1]
        else:
            fonts.pop()
            if element.tail:
                yield element, "tail", fonts[-1]


def _font(element: Any) -> str:
    style = _FAMILY.search(element.get("style", ""))
    return style[1].strip() if style else element.get("face", "").partition(",")[0]
