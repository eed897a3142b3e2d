"""Bodies that issue documents and the symbols that imply them: knowledge/data/issuers.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from khplans.knowledge.table import read_table
from khplans.text.fold import fold


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body: its full name, other ways of writing it, the symbols that stand for it in a number.

    `local` bodies take a place: there is one in every province, district or commune.
    """

    name: str
    aliases: tuple[str, ...]
    symbols: tuple[str, ...]
    local: bool


@cache
def issuers() -> tuple[Issuer, ...]:
    """All of them, in the order of the table."""
    return tuple(
        Issuer(
            row["name"],
            tuple(filter(None, row["aliases"].split(";"))),
            tuple(filter(None, row["symbols"].split(";"))),
            row["place"] == "yes",
        )
        for row in read_table("issuers")
    )


@cache
def _by_symbol() -> MappingProxyType[str, Issuer]:
    found: dict[str, Issuer] = {}
    for issuer in issuers():
        for symbol in issuer.symbols:
            found.setdefault(symbol.upper(), issuer)
    return MappingProxyType(found)


@cache
def issuers_by_name() -> MappingProxyType[str, Issuer]:
    """Bodies by folded name or alias.

    >>> issuers_by_name()["uy ban nhan dan"] is issuers_by_name()["ubnd"]
    True
    """
    found: dict[str, Issuer] = {}
    for issuer in issuers():
        for name in (issuer.name, *issuer.aliases):
            found.setdefault(fold(name), issuer)
    return MappingProxyType(found)


_DIGITS = re.compile(r"\d+$")


def issuer_of_symbol(part: str) -> Issuer | None:
    """The body that a part of a number's symbol stands for.

    >>> issuer_of_symbol("TTg").name, issuer_of_symbol("QH15").name, issuer_of_symbol("XDND")
    ('Thủ tướng Chính phủ', 'Quốc hội', None)
    """
    part = part.upper()
    return _by_symbol().get(part) or _by_symbol().get(_DIGITS.sub("#", part))
