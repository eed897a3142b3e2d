"""What numbers a few words can say: a second, simpler reading than the one that made the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.text.fold import fold

_POWER = re.compile(r"(?:(\d+(?:,\d+)?) ?[x×.*] ?)?10(?:\^(\d)|([²³⁴-⁹]))", re.ASCII)
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d)")
_DIGITS = re.compile(
    rf"{_POWER.pattern}|{_SPACED.pattern}|\d+(?: ?[.,] ?\d+)*(?: \d(?=\s?%))?", re.ASCII
)
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_SCALES = {
    "chuc": 1e1, "tram": 1e2, "nghin": 1e3, "ngan": 1e3, "van": 1e4,
    "trieu": 1e6, "tr": 1e6, "trd": 1e6, "ty": 1e9, "ti": 1e9, "tydong": 1e9,
}  # fmt: skip
# `12 trạm bơm` is no hundred.
_STATION = re.compile(r"^ ?trạm(?!\w).*", re.IGNORECASE)
_MULTIPLES = {"gap doi": 2.0, "gap ba": 3.0, "gap ruoi": 1.5, "mot nua": 50.0}
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written: what its digits can mean, and what the words after it multiply it by."""

    readings: frozenset[float]
    scale: float
    end: int

    def says(self, value: float) -> bool:
        """Whether it can be that value."""
        return any(same(reading * self.scale, value) for reading in self.readings)


def same(one: float, other: float) -> bool:
    """Whether two numbers are the same but for the rounding of floats.

    >>> same(1e6, 1_000_001.0), same(1e6, 1_000_001.1), same(-2.0, -2.0), same(-2.0, 2.0)
    (True, False, True, False)
    >>> same(0.0, 0.9e-9), same(0.0, 1.1e-9)
    (True, False)
    """
    return abs(one - other) <= _NEAR * max(1e-3, abs(one), abs(other))


def numbers_in(words: str) -> list[Written]:
    """The numbers written in some words, in order.

    A number with no words of size after it has those of the next (`7 - 7,5 triệu lượt`).

    >>> [(sorted(one.readings), one.scale) for one in numbers_in("7 - 7,5 triệu lượt, 45/60 xã")]
    [([7.0], 1000000.0), ([7.5], 1000000.0), ([45.0], 1.0), ([60.0], 1.0)]
    >>> [one.says(14_250e9) for one in numbers_in("14.250 tỷ đồng")]
    [True]
    >>> [one.says(8.3) for one in numbers_in("khoảng 8 3%/năm")]
    [True]
    >>> def scales(words):
    ...     return [one.scale for one in numbers_in(words)]
    >>> scales("5 nghìn đến 6 triệu"), scales("5 và 6 triệu"), scales("2 nghìn tỷ"), scales("3 chục vạn")
    ([1000.0, 1000000.0], [1.0, 1000000.0], [1000000000000.0], [100000.0])
    >>> scales("12 trăm"), scales("12 trạm bơm"), scales("4 5 6 triệu"), scales("5 xã triệu"), scales("5 triệu đến 6")
    ([100.0], [1.0], [1000000.0, 1000000.0, 1000000.0], [1.0], [1000000.0, 1.0])
    >>> words = "từ 7 đến 15 xã"
    >>> [words[one.end :] for one in numbers_in(words)]
    [' đến 15 xã', ' xã']
    """
    words = re.sub(r"\s", " ", words)
    matches = list(_DIGITS.finditer(words))
    found: list[Written] = []
    scale = 1.0
    for i in reversed(range(len(matches))):
        until = matches[i + 1].start() if i + 1 < len(matches) else len(words)
        between = words[matches[i].end() : until]
        if not _is_range(between):
            scale = _scale(between)
        found.append(Written(_readings(matches[i][0]), scale, matches[i].end()))
    return found[::-1]


def said_in_words(words: str) -> float | None:
    """The number that a few words say without a digit.

    >>> [said_in_words(words) for words in ("tăng gấp đôi", "gấp ba", "gấp rưỡi", "một nửa", "nhiều")]
    [2.0, 3.0, 1.5, 50.0, None]
    """
    key = fold(words)
    return next((value for form, value in _MULTIPLES.items() if form in key), None)


def _readings(token: str) -> frozenset[float]:
    """
    >>> _readings("20 500"), _readings("20 500,5"), _readings("2,5 x 10^6"), _readings("10²"), _readings("3.10⁴")
    (frozenset({20500.0}), frozenset({20500.5}), frozenset({2500000.0}), frozenset({100.0}), frozenset({30000.0}))
    >>> [sorted(_readings(token)) for token in ("1.234", "1,234", "1.234,5", "1,234.5", "1.234.567", "8 3", "1.2", "1,2,3")]
    [[1234.0], [1.234, 1234.0], [1234.5], [1234.5], [1234567.0], [8.3], [1.2], [123.0]]
    """
    if power := _POWER.fullmatch(token):
        times = float((power[1] or "1").replace(",", "."))
        return frozenset({times * 10.0 ** int(power[2] or "²³⁴⁵⁶⁷⁸⁹".index(power[3]) + 2)})
    if _SPACED.fullmatch(token):
        return frozenset({float(token.replace(" ", "").replace(",", "."))})
    token = re.sub(r" (?=\d)(?<=\d )", ",", token).replace(" ", "")
    found = set()
    grouped = _GROUPED.fullmatch(token)
    if grouped:
        point = "," if grouped[1] == "." else "."
        found.add(float(token.replace(grouped[1], "").replace(point, ".")))
    if token.count(",") + token.count(".") <= 1 and not (grouped and grouped[1] == "."):
        found.add(float(token.replace(",", ".")))
    return frozenset(found) or frozenset({float(re.sub(r"[.,]", "", token))})


def _scale(after: str) -> float:
    scale = 1.0
    for word in fold(_STATION.sub("", after)).split():
        if word not in _SCALES:
            break
        scale *= _SCALES[word]
    return scale


def _is_range(between: str) -> bool:
    return fold(between) in ("", "den", "toi")
