"""What citations go by: the words around a mention, the names of laws, how a document speaks of another."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from khplans.knowledge.table import read_table
from khplans.text.fold import fold


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


@cache
def laws_by_name() -> MappingProxyType[str, str]:
    """Names as in the table by the folded name or alias, without the word `Luật`.

    >>> laws_by_name()["to chuc hdnd va ubnd"]
    'Tổ chức Hội đồng nhân dân và Ủy ban nhân dân'
    """
    found: dict[str, str] = {}
    for row in read_table("laws"):
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            found.setdefault(fold(name), row["name"])
    return MappingProxyType(found)


@cache
def _by_letters() -> MappingProxyType[str, str]:
    return MappingProxyType({key.replace(" ", ""): name for key, name in laws_by_name().items()})


def law_named(written: str) -> str | None:
    """The table's name for a law's name as written, spaces lost or not; None where it has none.

    >>> law_named("tổ chức HĐND vàUBND"), law_named("Mặt trăng")
    ('Tổ chức Hội đồng nhân dân và Ủy ban nhân dân', None)
    """
    return _by_letters().get(fold(written).replace(" ", ""))


@cache
def any_of(*uses: str) -> str:
    """A pattern of the words of these uses, the longest first.

    >>> re.match(any_of("post"), "Chủ tịch nước")[0]
    'Chủ tịch'
    """
    words = [row["words"] for row in read_table("citation_words") if row["use"] in uses]
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
