"""The characters that draw boxes, as the `+`, `-` and `|` that other drawings have in their places."""

from __future__ import annotations

import re

_BARS = "│┃┆┇┊┋║╎╏╽╿"
_DASHES = "─━┄┅┈┉═╌╍╼╾"
_ALL = "".join(map(chr, range(0x2500, 0x2580)))
_PLAIN = str.maketrans(
    {sign: "|" if sign in _BARS else "-" if sign in _DASHES else "+" for sign in _ALL}
)
_DRAWS = re.compile(f"[{_ALL}]")


def plain_boxes(text: str) -> str:
    """The text, place for place, its boxes drawn with `+`, `-` and `|`.

    >>> plain_boxes("├──┼──┤│ a║")
    '+--+--+| a|'
    """
    return text.translate(_PLAIN) if _DRAWS.search(text) else text
