"""The kinds of official document, with their symbols: knowledge/data/document_types.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from khplans.knowledge.table import read_table
from khplans.text.fold import fold


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document: its full name, the symbols that stand for it in a number, other names."""

    name: str
    symbols: tuple[str, ...]
    aliases: tuple[str, ...]
    traits: frozenset[str]


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All kinds, in the order of the table (the law first, then administration, then the Party)."""
    return tuple(
        DocumentType(
            row["name"],
            tuple(filter(None, row["symbols"].split(";"))),
            tuple(filter(None, row["aliases"].split(";"))),
            frozenset(filter(None, row["is"].split(";"))),
        )
        for row in read_table("document_types")
    )


Trait = Literal["decision", "issued", "law", "norms", "numbered", "orders", "regulation", "reports"]


@cache
def types_with(trait: Trait) -> frozenset[str]:
    """The names of the kinds that have a trait.

    >>> "Nghị định" in types_with("norms"), "Đề án" in types_with("numbered")
    (True, True)
    """
    return frozenset(kind.name for kind in document_types() if trait in kind.traits)


@cache
def types_by_name() -> MappingProxyType[str, DocumentType]:
    """Kinds by the folded name or alias.

    >>> types_by_name()["ke hoach"].name
    'Kế hoạch'
    """
    found: dict[str, DocumentType] = {}
    for kind in document_types():
        for name in (kind.name, *kind.aliases):
            found.setdefault(fold(name), kind)
    return MappingProxyType(found)


@cache
def types_by_symbol() -> MappingProxyType[str, DocumentType]:
    """Kinds by symbol in capitals; a symbol of several kinds gives the first in the table.

    Capitals keep `đ` apart from `d`: `QĐ` and `ĐA` are symbols, `QD` and `DA` are others.

    >>> types_by_symbol()["CTR"].name, types_by_symbol()["TT"].name
    ('Chương trình', 'Thông tư')
    """
    found: dict[str, DocumentType] = {}
    for kind in document_types():
        for symbol in kind.symbols:
            found.setdefault(symbol.upper(), kind)
    return MappingProxyType(found)
