"""Letters without their marks, one for one, so that patterns can ignore accents and keep places."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 12)
def _base(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def plain(text: str) -> str:
    """The text in small letters without accents; character k stands for character k.

    >>> plain("Số: 15/QĐ-UBND – Độc lập")
    'so: 15/qd-ubnd – doc lap'
    """
    return "".join(map(_base, text))
