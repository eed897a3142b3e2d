"""Letters without their marks, one for one, so that patterns can ignore accents and keep places."""

from __future__ import annotations

import unicodedata
from functools import cache

UPPER = "A-Z" + "".join(
    chr(c)
    for c in (*range(0xC0, 0xDF), *range(0x100, 0x1B1), *range(0x1EA0, 0x1EFA))
    if chr(c).isupper()
)
"""Capital letters of Vietnamese, for a character class: accented ones lie among the small."""


@cache
def _table() -> dict[int, str]:
    """Small plain letters for the letters of Vietnamese; `ð` of old fonts is read as `đ`."""
    table = {ord(letter): "d" for letter in "đĐðÐ"} | {ord("–"): "-", ord("—"): "-", ord("‑"): "-"}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        if code in table:
            continue
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(base) == 1:
            table[code] = base
    return table


def plain(text: str) -> str:
    """The text in small letters without accents and with plain hyphens, character for character.

    >>> plain("Số: 15/QĐ-UBND – Độc lập")
    'so: 15/qd-ubnd - doc lap'
    """
    return text.translate(_table())
