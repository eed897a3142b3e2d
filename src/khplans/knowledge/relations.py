"""How a document speaks of another, by the words before the mention: knowledge/data/relations.csv."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from khplans.knowledge.table import read_table


@cache
def relations_by_cue() -> MappingProxyType[str, str]:
    """Relations by cue words in lower case.

    >>> relations_by_cue()["căn cứ"]
    'legal_basis'
    """
    return MappingProxyType(
        {
            cue: row["relation"]
            for row in read_table("relations")
            for cue in filter(None, row["cues"].split(";"))
        }
    )
