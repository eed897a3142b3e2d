"""Which bodies of a province a group takes in (`các sở, ban, ngành`), where reviewed tables list them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.agencies import bodies_by_name, nouns
from khplans.knowledge.provinces import has_district
from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording
from khplans.text.fold import fold

Basis = Literal["department", "district"]

_GROUP = Wording(r"(.*?\bcác) (.+)", "thủ trưởng các sở")
_BETWEEN = Wording(r", | và ", " và ", exact=True)


@dataclass(frozen=True, slots=True)
class Opening:
    """How the names of bodies open that a group takes in (folded), and which list has them all."""

    words: str
    basis: Basis


@cache
def openings_of(group: str) -> tuple[Opening, ...]:
    """How the names of the bodies open that a group takes in; none for an open group.

    >>> [one.words for one in openings_of("Các sở, ban, ngành")]
    ['so']
    >>> openings_of("Các sở, ngành có liên quan"), openings_of("Sở Y tế")
    ((), ())
    """
    found = _GROUP.fullmatch(group)
    if not found:
        return ()
    head, parts = fold(found[1]), [fold(part) for part in _BETWEEN.split(found[2])]
    known = _openings()
    closed = all((head, part) in known or part in _nouns() for part in parts)
    return tuple(known[head, part] for part in parts if (head, part) in known) if closed else ()


def basis_of(group: str, body: str, province: str) -> Basis | None:
    """By which list a body of a province is in a group of that province; None where none says so.

    >>> basis_of("Ủy ban nhân dân các huyện, thị xã, thành phố", "Ủy ban nhân dân thành phố Nha Trang", "Khánh Hòa")
    'district'
    >>> basis_of("Các sở, ban, ngành", "Sở Y tế", "Khánh Hòa")
    'department'
    >>> basis_of("Các sở, ban, ngành", "Sở Nào Đó", "Khánh Hòa")
    """
    name = fold(body)
    for opening in openings_of(group):
        rest = name.removeprefix(f"{opening.words} ")
        if rest != name and _is_listed(opening.basis, name, rest, province):
            return opening.basis
    return None


def _is_listed(basis: Basis, name: str, rest: str, province: str) -> bool:
    """Whether a group's member is one that the tables have: a department by its name, a place by its district.

    >>> _is_listed("department", "so y te", "", "khanh hoa"), _is_listed("department", "so hoa", "", "khanh hoa")
    (True, False)
    >>> _is_listed("place", "", "van ninh", "khanh hoa"), _is_listed("place", "", "van ninh", "ha noi")
    (True, False)
    """
    return name in bodies_by_name() if basis == "department" else has_district(province, rest)


@cache
def _openings() -> MappingProxyType[tuple[str, str], Opening]:
    return MappingProxyType(
        {
            (fold(row["group"]), fold(row["noun"])): Opening(
                fold(row["opening"]), cast(Basis, row["basis"])
            )
            for row in read_table("group_members")
        }
    )


@cache
def _nouns() -> frozenset[str]:
    return frozenset(fold(noun.words) for noun in nouns())
