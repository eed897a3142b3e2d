"""Which unit a few words can say, by the reviewed tables of their forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from khplans.knowledge.table import read_table

_MONEY = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_BASES = {
    "100": "100",
    "1000": "1.000|1000|nghìn|ngàn",
    "10000": "10.000|10000|vạn",
    "100000": "100.000|100000",
}
_WORD = r"(?<![^\W\d_]){}(?![^\W\d_])"


def scale_of(unit: str) -> float:
    """What one of a unit is in the single thing that it counts.

    >>> [scale_of(unit) for unit in ("billion_vnd", "million_vnd_per_person", "thousand_vnd", "person")]
    [1000000000.0, 1000000.0, 1000.0, 1.0]
    """
    return _MONEY.get(unit.split("_")[0], 1.0)


def lowered(words: str) -> str:
    """Lower case, composed, with single spaces: symbols such as `%` and `²` stay."""
    return " ".join(unicodedata.normalize("NFC", words).lower().split())


def says_unit(unit: str, words: str) -> bool:
    """Whether some words hold a form of a unit, and of what it is counted by.

    >>> says_unit("million_vnd_per_person", "triệu đồng/người"), says_unit("percent", "8,1%/năm")
    (True, True)
    >>> says_unit("billion_vnd", "triệu đồng"), says_unit("percent_per_year", "8,1%")
    (False, False)
    >>> says_unit("bed_per_10000", "giường/vạn"), says_unit("bed_per_10000", "giường/nghìn"), says_unit("rain", "rain")
    (True, False, False)
    >>> says_unit("hectare", "5ha"), says_unit("hectare", "thai"), says_unit("percent", "5%x"), says_unit("bed_per_x", "giường x")
    (True, False, True, True)
    """
    parts = unit.split("_per_")
    text = lowered(words)
    return _has(_heads().get(parts[0], frozenset()), text) and all(
        _has(_per().get(part, frozenset({part})), text) for part in parts[1:]
    )


def is_written(unit: str) -> bool:
    """Whether the reviewed tables know how a unit is written.

    >>> is_written("bed_per_10000"), is_written("rank")
    (True, False)
    """
    return unit.split("_per_")[0] in _heads()


def _has(forms: frozenset[str], text: str) -> bool:
    return any(_pattern(form).search(text) for form in forms if form in text)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_WORD.format(re.escape(form)) if form[-1].isalnum() else re.escape(form))


@cache
def _heads() -> Mapping[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for row in read_table("unit_forms"):
        forms.setdefault(row["unit_id"], set()).add(lowered(row["form"]))
    return {unit: frozenset(some) for unit, some in forms.items()}


@cache
def _per() -> Mapping[str, frozenset[str]]:
    forms: dict[str, set[str]] = {base: set(some.split("|")) for base, some in _BASES.items()}
    for row in read_table("unit_denominators"):
        forms.setdefault(row["suffix"], set()).add(lowered(row["form"]))
    return {part: frozenset(some) for part, some in forms.items()}
