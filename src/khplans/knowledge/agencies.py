"""Agencies, groups of them (`các sở, ban, ngành`), and which body each belongs to: the tables agencies.csv and beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from khplans.knowledge.provinces import provinces_by_name
from khplans.knowledge.table import read_table
from khplans.model import Agency
from khplans.text.fold import fold

Place = Literal["drop", "keep", "level", "central"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that many provinces have, or a central one.

    `place` says what becomes of a level and a place after the name: they fall away (`drop`,
    Sở Y tế tỉnh X), the level is a part of the name (`keep`, Công an tỉnh) or even needed (`level`, Thuế tỉnh), or none is meant.
    `head` is the word (`Sở`, `Bộ`, `Phòng`) that a list of such bodies may say once, and initials leave out.
    """

    name: str
    name_en: str
    kind: str
    place: Place
    head: str


@dataclass(frozen=True, slots=True)
class NameHead:
    """Words that open the name of a body that no list has: `Ban Quản lý`, `Trung tâm`.

    `sure` is false where a name that no list has is more likely a slip (`Sở …`); `topic` says that
    the name tells what the body is for, in small letters (`Ban Chỉ đạo phòng, chống tội phạm`).
    """

    words: str
    name: str
    kind: str
    sure: bool
    topic: bool


@cache
def bodies() -> tuple[Body, ...]:
    """The bodies of agencies.csv."""
    return tuple(
        Body(row["name"], row["name_en"], row["kind"], cast(Place, row["place"]), row["head"])
        for row in read_table("agencies")
    )


@cache
def bodies_by_name() -> MappingProxyType[str, Body]:
    """Bodies by folded name.

    >>> bodies_by_name()["so y te"].name_en
    'Department of Health'
    """
    return MappingProxyType({fold(body.name): body for body in bodies()})


@cache
def other_names() -> tuple[tuple[str, Body], ...]:
    """(form, body) of agency_names.csv."""
    known = {body.name: body for body in bodies()}
    return tuple((row["form"], known[row["name"]]) for row in read_table("agency_names"))


@cache
def short_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(words, their abbreviations) of agency_words.csv: `Ủy ban nhân dân` is `UBND`."""
    return tuple(
        (row["words"], tuple(row["short"].split(";"))) for row in read_table("agency_words")
    )


@cache
def heads() -> tuple[NameHead, ...]:
    """The heads of agency_heads.csv."""
    return tuple(
        NameHead(row["head"], row["name"], row["kind"], row["sure"] == "yes", row["topic"] == "yes")
        for row in read_table("agency_heads")
    )


@cache
def posts() -> tuple[str, ...]:
    """Posts whose holder stands for the body: `Giám đốc`, `Thủ trưởng`."""
    return tuple(row["post"] for row in read_table("agency_posts"))


@cache
def sectors() -> tuple[str, ...]:
    """Short names of sectors as they stand after `ngành`: `Giáo dục`, `Ngân hàng`."""
    return tuple(row["sector"] for row in read_table("agency_sectors"))


def english_name(name: str) -> str:
    """The English name of an agency by its canonical name; empty where there is none.

    >>> english_name("Công an tỉnh"), english_name("Sở Y tế"), english_name("Ban Chỉ đạo 389")
    ('Provincial Police', 'Department of Health', '')
    """
    body = bodies_by_name().get(fold(name))
    if body:
        return body.name_en
    for suffix, english in (("tỉnh", "Provincial"), ("thành phố", "Municipal")):
        body = bodies_by_name().get(fold(name.removesuffix(f" {suffix}")))
        if body and body.place == "keep":
            return f"{english} {body.name_en}"
    return ""


@dataclass(frozen=True, slots=True)
class Noun:
    """What `các` makes into a group: `sở`, `cơ quan báo chí`.

    `sort` is `office` for a province's own offices, `state` for other bodies of the state, `place`
    for provinces and cities.
    """

    words: str
    kind: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a group by themselves, with its normal name."""

    words: str
    name: str
    kind: str


@cache
def nouns() -> tuple[Noun, ...]:
    """The nouns of groups.csv."""
    return tuple(Noun(row["noun"], row["kind"], row["is"]) for row in read_table("groups"))


@cache
def phrases() -> tuple[Phrase, ...]:
    """The phrases of group_phrases.csv."""
    rows = read_table("group_phrases")
    return tuple(Phrase(row["phrase"], row["name"], row["kind"]) for row in rows)


def parent_of(agency: Agency) -> Agency | None:
    """The body above it, in the same province; None where the table doesn't say.

    >>> parent_of(Agency("Sở Y tế", "Khánh Hòa", "department")).name
    'Ủy ban nhân dân tỉnh'
    >>> parent_of(Agency("Sở Y tế", "Hà Nội", "department")).name
    'Ủy ban nhân dân thành phố'
    >>> parent_of(Agency("Chính phủ", None, "central"))
    """
    province = provinces_by_name().get(fold(agency.province or ""))
    if province is None:
        return None
    name = f"{fold(agency.name)} "
    for opening, parent, kind in _parents(province.kind):
        if name.startswith(opening):
            return Agency(parent, agency.province, kind)
    return None


@cache
def _parents(level: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            f"{fold(row['opening'].format(level=level))} ",
            row["parent"].format(level=level),
            row["parent_kind"],
        )
        for row in read_table("agency_parents")
    )
