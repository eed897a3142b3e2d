"""The levels of local government: knowledge/data/levels.csv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from khplans.knowledge.table import read_table
from khplans.text.shadow import shadow

Rank = Literal["province", "district", "commune"]


@cache
def level_names(rank: Rank | None = None) -> tuple[str, ...]:
    """The names of the levels, or of those of a rank.

    >>> level_names("province")
    ('tỉnh', 'thành phố')
    """
    rows = read_table("levels")
    return tuple(row["name"] for row in rows if rank in (None, *row["ranks"].split(";")))


@cache
def only_provinces() -> frozenset[str]:
    """The levels that are never below the province (a city can be).

    >>> sorted(only_provinces())
    ['tỉnh']
    """
    below = (*level_names("district"), *level_names("commune"))
    return frozenset(level_names("province")) - frozenset(below)


@cache
def level_writings() -> Mapping[str, str]:
    """Levels by their names and abbreviations, in small letters without accents.

    >>> level_writings()["tp"], level_writings()["thi xa"]
    ('thành phố', 'thị xã')
    """
    return _by("name", "short")


@cache
def level_shorts() -> Mapping[str, str]:
    """Levels by their abbreviations.

    >>> sorted(level_shorts())
    ['tp', 'tx']
    """
    return _by("short")


@cache
def level_initials() -> Mapping[str, str]:
    """Levels by the letters that stand with a point before a place's name (`Q. 1`).

    >>> level_initials()["q"]
    'quận'
    """
    return _by("short", "initials")


def _by(*columns: str) -> Mapping[str, str]:
    return MappingProxyType(
        {
            shadow(row[column]): row["name"]
            for column in columns
            for row in read_table("levels")
            if row[column]
        }
    )
