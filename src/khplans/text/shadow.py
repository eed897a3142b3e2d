"""A text's shadow: the same text in small ASCII letters, character for character.

Names are compared folded, but folding changes lengths. A shadow keeps them: what matches at
`shadow(text)[i:j]` stands at `text[i:j]`.
"""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def _table() -> dict[int, str]:
    """What each character of Latin script is without its accents and in small letters.

    >>> [chr(_table()[ord(letter)]) if isinstance(_table()[ord(letter)], int) else _table()[ord(letter)] for letter in "ĐÐĂ–"]
    ['d', 'd', 'a', '-']
    """
    table = dict.fromkeys(map(ord, "–—‐‑−"), "-")
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        folded = unicodedata.normalize("NFD", chr(code).lower().replace("ð", "đ"))[0]
        table[code] = "d" if folded == "đ" else folded
    return table


def shadow(text: str) -> str:
    """Small letters without accents, dashes as hyphens, every character in its place.

    >>> shadow("Sở LĐTBXH – Khánh Hòa")
    'so ldtbxh - khanh hoa'
    """
    return text.translate(_table())
