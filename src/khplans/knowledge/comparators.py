"""Words before a number that bound it (`trên`, `tối thiểu`) or say that it is a rise or fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table

Says = Literal[
    "average",
    "divides",
    "exceeds",
    "has",
    "nears",
    "rate",
    "reaches",
    "starts",
    "touches",
    "verb",
    "weak",
]
CueKind = Literal["bound", "change", "settle", "link"]


@dataclass(frozen=True, slots=True)
class NumberCue:
    """A word or phrase before a number; `value` is the comparator or the change it gives.

    It is none after one of the words `not_after` (`mặt bằng`).
    """

    form: str
    kind: CueKind
    value: str
    says: frozenset[str] = frozenset()
    not_after: tuple[str, ...] = ()


@cache
def number_cues() -> Mapping[str, NumberCue]:
    """All cues by their form in lower case.

    >>> number_cues()["tối thiểu"].value
    '>='
    """
    return MappingProxyType(
        {
            row["form"]: NumberCue(
                row["form"],
                cast(CueKind, row["kind"]),
                row["value"],
                frozenset(filter(None, row["says"].split(";"))),
                tuple(filter(None, row["not_after"].split(";"))),
            )
            for row in read_table("comparators")
        }
    )


@cache
def cues_that_say(what: Says) -> frozenset[str]:
    """The forms that tell something of the number.

    >>> sorted(cues_that_say("divides"))
    ['bình quân', 'trên']
    """
    return frozenset(cue.form for cue in number_cues().values() if what in cue.says)
