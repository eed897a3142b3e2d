"""Measures: what is measured, the same across plans and years (knowledge/data/measures.csv)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table
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
        """Whether a folded name, with a space at either end, is one of this measure.

        Words have a space at either end too; those that a name must begin with have a `^` before.
        """
        return any(
            all(key.startswith(word[1:]) if word[0] == "^" else word in key for word in alternative)
            for alternative in self.words
        ) and not any(word in key for word in self.without)


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
                tuple(_spaced(words.split("+")) for words in row["words"].split("|")),
                _spaced(word for word in row["without"].split("|") if word),
            )
            for row in read_table("measures")
        }
    )


@cache
def measures_by_name() -> Mapping[str, tuple[Measure, ...]]:
    """The measures of each folded name in measure_names.csv."""
    found: dict[str, tuple[Measure, ...]] = {}
    for row in read_table("measure_names"):
        key = fold(row["form"])
        found[key] = (*found.get(key, ()), measures()[row["measure_id"]])
    return MappingProxyType(found)


def _spaced(words: Iterable[str]) -> tuple[str, ...]:
    """Words with a space at either end; a `^` stays before those that a name must begin with.

    >>> _spaced(["hộ nghèo", "^tỷ lệ"])
    (' hộ nghèo ', '^ tỷ lệ ')
    """
    return tuple(f"^ {word[1:]} " if word[0] == "^" else f" {word} " for word in words)


@cache
def themes() -> Mapping[str, tuple[str, str]]:
    """The names of the themes of measures, in Vietnamese and English.

    >>> themes()["budget"]
    ('Ngân sách', 'Budget')
    """
    rows = read_table("themes")
    return MappingProxyType({row["theme"]: (row["name"], row["name_en"]) for row in rows})
