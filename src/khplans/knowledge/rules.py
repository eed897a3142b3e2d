"""What each named rule goes by, in words for the readers of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from khplans.knowledge.table import read_table


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in a sentence of each language; `source` is the text that sets it, where there is one."""

    vi: str
    en: str
    source: str


@cache
def rule_words() -> Mapping[tuple[str, str], RuleWords]:
    """The words of each rule by table and rule; a table's own question has the rule's name empty.

    >>> rule_words()["continues", "sentence-ended"].en
    'The sentence above has ended.'
    """
    rows = read_table("rules")
    return MappingProxyType(
        {(r["table"], r["rule"]): RuleWords(r["vi"], r["en"], r["source"]) for r in rows}
    )
