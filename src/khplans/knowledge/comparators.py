"""Words before a number that bound it (`trên`, `tối thiểu`) or say that it is a rise or fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.table import read_table

CueKind = Literal["bound", "change", "settle", "link"]


@dataclass(frozen=True, slots=True)
class NumberCue:
    """A word or phrase before a number; `value` is the comparator or the change it gives."""

    form: str
    kind: CueKind
    value: str


@cache
def number_cues() -> Mapping[str, NumberCue]:
    """All cues by their form in lower case.

    >>> number_cues()["tối thiểu"].value
    '>='
    """
    return MappingProxyType(
        {
            row["form"]: NumberCue(row["form"], cast(CueKind, row["kind"]), row["value"])
            for row in read_table("comparators")
        }
    )
