"""Measures: what is measured, the same across plans and years (knowledge/data/measures.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table
from khplans.knowledge.units import Unit, units
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


def find_measure(name: str, unit: Unit, change: str) -> str | None:
    """The measure of an indicator by its name, its unit and its change.

    Of a name with a whole before it (`Thu ngân sách nhà nước – thu nội địa`) the part counts,
    the whole helps where the part alone says nothing.

    >>> find_measure("Tỷ lệ che phủ rừng", units()["percent"], "level")
    'forest-cover'
    >>> find_measure("Thu ngân sách nhà nước – thu nội địa", units()["billion_vnd"], "level")
    'domestic-revenue'
    """
    sort = _sort(unit)
    parts = (name.rpartition(" – ")[2], name) if " – " in name else (name,)
    for part in parts:
        found = _find(fold(part), sort, change != "level" and sort == "percent")
        if found:
            return found
    return None


_SCALED = frozenset({"percent", "money", "mass", "area", "length", "volume", "power", "energy"})


def _sort(unit: Unit) -> str:
    """What must agree: money is money in any scale, but communes are not schools."""
    return unit.dimension if unit.dimension in _SCALED else unit.unit_id


@cache
def _by_sort() -> Mapping[tuple[str, Aspect], tuple[Measure, ...]]:
    groups: dict[tuple[str, Aspect], list[Measure]] = {}
    for measure in measures().values():
        unit = units().get(measure.unit)
        sort = _sort(unit) if unit else measure.unit
        groups.setdefault((sort, measure.aspect), []).append(measure)
    return MappingProxyType({key: tuple(group) for key, group in groups.items()})


@lru_cache(maxsize=1 << 14)
def _find(key: str, sort: str, changes: bool) -> str | None:
    spaced = f" {key} "
    of_plan = " so voi ke hoach" in spaced or " so voi du toan" in spaced
    aspects: tuple[Aspect, ...] = (
        ("change",) if changes else ("plan", "level") if of_plan else ("level",)
    )
    if sort == "percent" and " so voi " not in spaced and not changes:
        aspects = ("level",)
    for aspect in aspects:
        for measure in _by_sort().get((sort, aspect), ()):
            if measure.fits(spaced):
                return measure.measure_id
    return None
