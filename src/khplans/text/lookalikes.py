"""Characters that stand for others: full-width forms, the Icelandic eth for đ, Cyrillic capitals that look
Latin, odd hyphens, Ⅲ for III.

Keyboards, fonts and converters put them in; a reader sees the letter or sign that is meant.
"""

from __future__ import annotations

import unicodedata

_ROMAN = "\u2160-\u217f"
_FULL_WIDTH = "\uff01-\uff5e"
_USUAL = {
    "ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "⁄": "/", "∕": "/",
    **dict(zip("АВЕКМНОРСТХ", "ABEKMHOPCTX", strict=True)),
}  # fmt: skip

LOOKALIKE = f"[{''.join(_USUAL)}{_ROMAN}{_FULL_WIDTH}]"
"""A pattern for one of them."""


def usual(character: str) -> str:
    """What it stands for.

    >>> [usual(x) for x in "Ðð５Ａⅲ‑−Р"]
    ['Đ', 'đ', '5', 'A', 'iii', '-', '-', 'P']
    """
    return _USUAL.get(character) or unicodedata.normalize("NFKC", character)
