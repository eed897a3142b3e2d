"""What citations go by: the words around a mention, the names of laws, how a document speaks of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class EnactedLaw:
    """A law as it was passed: its full name (`Luật Đất đai`), its number, none for the Constitution's.

    In force on the days from `in_force_from` to the day before `in_force_until`, which is None where
    nothing that was read ends it.
    """

    law: str
    number: str | None
    passed: date
    in_force_from: date
    in_force_until: date | None

    def ended(self, day: date) -> bool:
        """Whether it is not known to be in force any more on a day."""
        return self.in_force_until is not None and self.in_force_until <= day

    def in_force(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return self.in_force_from <= day and not self.ended(day)


@cache
def enacted_laws() -> MappingProxyType[str, tuple[EnactedLaw, ...]]:
    """The laws that were passed under each full name.

    >>> [law.number for law in enacted_laws()["Luật Đất đai"] if law.in_force(date(2025, 3, 1))]
    ['31/2024/QH15']
    """
    found: dict[str, list[EnactedLaw]] = {}
    for row in read_table("enacted_laws"):
        passed, start = (date.fromisoformat(row[name]) for name in ("date", "in_force_from"))
        until = date.fromisoformat(row["in_force_until"]) if row["in_force_until"] else None
        law = EnactedLaw(row["law"], row["number"] or None, passed, start, until)
        found.setdefault(law.law, []).append(law)
    return MappingProxyType({name: tuple(laws) for name, laws in found.items()})
