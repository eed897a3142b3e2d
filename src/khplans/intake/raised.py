"""What raised words stand for: a power, a degree, or the mark of a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LENGTH = re.compile(r"(?<![^\W\d_])(?:[kcdmh]?m|dam|Nm)$")
"""A unit of length at the end of the words before: `m` of m²."""
_TEN = re.compile(r"(?<![\d.,])10$")
_DEGREE = re.compile(r"\s*[CF](?!\w)")
MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|\*{1,5}|[†‡§¶])[\])]?")
_AREA_OR_VOLUME = ("2", "3")
_THOUSANDS = ("3", "6", "9", "12")


_SEEN = 16
"""Characters before raised words that can tell what they are."""


def end_of(parts: Sequence[str]) -> str:
    """The end of a text in parts, as much of it as `raised` looks at.

    >>> end_of(["Kế hoạch phát triển rừng, đạt 20.", "500 m"])
    'ng, đạt 20.500 m'
    """
    return "".join(parts[-_SEEN:])[-_SEEN:]


def raised(words: str, before: str, after: str = "") -> str | None:
    """Raised words as they stand in a text between `before` and `after`; None for a note's mark.

    >>> raised("2", "bình quân 25 m", "/người"), raised("3", "10"), raised("o", "trên 30", "C")
    ('²', '³', '°')
    >>> raised("1", "đạt 20.500"), raised("(*)", "Sở Y tế"), raised("th", "the 10")
    (None, None, 'th')
    """
    words = words.strip()
    if words in _AREA_OR_VOLUME and _LENGTH.search(before):
        return words.translate(_POWERS)
    if words in _THOUSANDS and _TEN.search(before):
        return words.translate(_POWERS)
    if words in ("o", "0", "O") and _DEGREE.match(after):
        return "°"
    return None if MARK.fullmatch(words) else words
