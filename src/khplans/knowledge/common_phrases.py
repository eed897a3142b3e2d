"""Phrases that plans use everywhere, to tell misread words by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from khplans.knowledge.table import read_table
from khplans.text.shadow import shadow


@dataclass(frozen=True, slots=True)
class CommonPhrase:
    """A phrase of two words or more, its letters without accents, and all right words of those letters."""

    phrase: str
    letters: str
    right: frozenset[str]


@cache
def common_phrases() -> Mapping[str, tuple[CommonPhrase, ...]]:
    """Common phrases by the shadow of their first two words, the longest first.

    >>> [known.phrase for known in common_phrases()["chi tieu"]]
    ['chỉ tiêu']
    """
    found: dict[str, list[CommonPhrase]] = {}
    for row in read_table("common_phrases"):
        phrase, letters = row["phrase"], shadow(row["phrase"])
        right = frozenset({phrase, letters, *filter(None, row["other_readings"].split(";"))})
        opening = " ".join(letters.split()[:2])
        found.setdefault(opening, []).append(CommonPhrase(phrase, letters, right))
    return MappingProxyType(
        {key: tuple(sorted(known, key=lambda k: -len(k.phrase))) for key, known in found.items()}
    )
