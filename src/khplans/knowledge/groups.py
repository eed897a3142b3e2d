"""Groups of agencies (`các sở, ban, ngành`): knowledge/data/groups.csv and group_phrases.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khplans.knowledge.table import read_table


@dataclass(frozen=True, slots=True)
class Noun:
    """What `các` makes into a group: `sở`, `cơ quan báo chí`."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a group by themselves, with its normal name."""

    words: str
    name: str
    kind: str


@cache
def nouns() -> tuple[Noun, ...]:
    """The nouns of groups.csv."""
    return tuple(Noun(row["noun"], row["kind"]) for row in read_table("groups"))


@cache
def phrases() -> tuple[Phrase, ...]:
    """The phrases of group_phrases.csv."""
    rows = read_table("group_phrases")
    return tuple(Phrase(row["phrase"], row["name"], row["kind"]) for row in rows)
