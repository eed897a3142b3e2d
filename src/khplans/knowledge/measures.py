"""Measures: what is measured, the same across plans and years (knowledge/data/measures.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table
from khplans.knowledge.units import units
from khplans.text.fold import fold

Aspect = Literal["level", "change", "plan"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured; `unit` is the one it is usually given in."""

    measure_id: str
    name: str
    name_en: str
    theme: str
    unit: str
    aspect: Aspect
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]

    def fits(self, key: str) -> bool:
        """Whether a folded name, with a space at either end, is one of this measure."""
        return any(
            all(f" {word} " in key for word in alternative) for alternative in self.words
        ) and not any(f" {word} " in key for word in self.without)


@cache
def measures() -> Mapping[str, Measure]:
    """All measures by id.

    >>> measures()["forest-cover"].name_en
    'Forest cover'
    """
    return MappingProxyType(
        {
            row["measure_id"]: Measure(
                row["measure_id"],
                row["name"],
                row["name_en"],
                row["theme"],
                row["unit"],
                cast(Aspect, row["aspect"]),
                tuple(tuple(words.split("+")) for words in row["words"].split("|")),
                tuple(word for word in row["without"].split("|") if word),
            )
            for row in read_table("measures")
        }
    )


def find_measure(name: str, dimension: str, change: str) -> str | None:
    """The measure of an indicator by its name, its unit's dimension and its change.

    Of a name with a whole before it (`Thu ngân sách nhà nước – thu nội địa`) the part counts,
    the whole helps where the part alone says nothing.

    >>> find_measure("Tỷ lệ che phủ rừng", "percent", "level")
    'forest-cover'
    >>> find_measure("Thu ngân sách nhà nước – thu nội địa", "money", "level")
    'domestic-revenue'
    """
    parts = (name.rpartition(" – ")[2], name) if " – " in name else (name,)
    for part in parts:
        found = _find(fold(part), dimension, change != "level" and dimension == "percent")
        if found:
            return found
    return None


@cache
def _by_dimension() -> Mapping[tuple[str, Aspect], tuple[Measure, ...]]:
    groups: dict[tuple[str, Aspect], list[Measure]] = {}
    for measure in measures().values():
        unit = units().get(measure.unit)
        dimension = unit.dimension if unit else "rate"
        groups.setdefault((dimension, measure.aspect), []).append(measure)
    return MappingProxyType({key: tuple(group) for key, group in groups.items()})


@lru_cache(maxsize=1 << 14)
def _find(key: str, dimension: str, changes: bool) -> str | None:
    spaced = f" {key} "
    of_plan = " so voi ke hoach" in spaced or " so voi du toan" in spaced
    aspects: tuple[Aspect, ...] = ("change",) if changes else ("plan", "level") if of_plan else ("level",)
    if dimension == "percent" and " so voi " not in spaced and not changes:
        aspects = ("level",)
    for aspect in aspects:
        for measure in _by_dimension().get((dimension, aspect), ()):
            if measure.fits(spaced):
                return measure.measure_id
    return None
