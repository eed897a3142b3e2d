"""Bodies that issue documents and the symbols that imply them: knowledge/data/issuers.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.provinces import Province
from khplans.knowledge.table import read_table
from khplans.text.fold import fold


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body: its full name, other ways of writing it, the symbols that stand for it in a number.

    `place` tells whose name follows a local body's (there is one in every province, or one in
    every district or commune), and is empty for the one body of the country; `named_with` how:
    with the place's kind (Ủy ban nhân dân tỉnh X), or in the committee's own name (Tỉnh ủy X). `under` is the body
    whose name stands above its own in a letterhead.
    """

    name: str
    aliases: tuple[str, ...]
    symbols: tuple[str, ...]
    place: Literal["", "province", "district"] = ""
    letterhead: str = ""
    under: str = ""
    named_with: Literal["", "committee", "kind"] = ""

    @property
    def local(self) -> bool:
        """Whether there are many of its kind, told apart by their places."""
        return bool(self.place)

    def heads_letters_as(self, province: Province | None) -> str | None:
        """Its name as it heads letters in the province; None where it takes a place not known.

        >>> from khplans.knowledge.provinces import find_province
        >>> issuer_of_symbol("TU").heads_letters_as(find_province("Đà Nẵng"))
        'Thành ủy Đà Nẵng'
        >>> issuer_of_symbol("SYT").heads_letters_as(None)
        """
        if not self.place:
            return self.letterhead or self.name
        if province is None or self.place == "district":
            return None
        if self.named_with == "committee":
            committee = "Tỉnh ủy" if province.kind == "tỉnh" else "Thành ủy"
            return f"{self.name.replace('Tỉnh ủy', committee)} {province.name}"
        return f"{self.name} {province.kind} {province.name}"


@cache
def issuers() -> tuple[Issuer, ...]:
    """All of them, in the order of the table."""
    return tuple(
        Issuer(
            row["name"],
            tuple(filter(None, row["aliases"].split(";"))),
            tuple(filter(None, row["symbols"].split(";"))),
            cast(Literal["", "province", "district"], row["place"]),
            row["letterhead"],
            row["under"],
            cast(Literal["", "committee", "kind"], row["named_with"]),
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


_ABBREVIATED = re.compile(r"[A-ZĐ]{2}|&")


@cache
def central_names() -> MappingProxyType[str, str]:
    """The names of the country's own bodies in full, in their usual case, by folded name.

    >>> central_names()["ngan hang nha nuoc"], "nhnn" in central_names()
    ('Ngân hàng Nhà nước', False)
    """
    found: dict[str, str] = {}
    for issuer in issuers():
        for name in (issuer.name, *issuer.aliases):
            if not issuer.place and not _ABBREVIATED.search(name):
                found.setdefault(fold(name), name)
    return MappingProxyType(found)


_DIGITS = re.compile(r"\d+$")


def issuer_of_symbol(part: str) -> Issuer | None:
    """The body that a part of a number's symbol stands for.

    >>> issuer_of_symbol("TTg").name, issuer_of_symbol("QH15").name, issuer_of_symbol("XDND")
    ('Thủ tướng Chính phủ', 'Quốc hội', None)
    """
    part = part.upper()
    return _by_symbol().get(part) or _by_symbol().get(_DIGITS.sub("#", part))
