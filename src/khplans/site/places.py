"""The provinces of a collection: what stands of each in it, and how mergers tie them to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khplans.knowledge.provinces import Province, provinces
from khplans.tables.rows import Row
from khplans.text.fold import slug


@dataclass(frozen=True)
class Place:
    """A province with its rows: `known` is what the reviewed table says of it, None for a name that it lacks.

    `takes_in` are the provinces that became a part of it.
    """

    name: str
    known: Province | None
    takes_in: Sequence[Province] = ()
    documents: Sequence[Row] = ()
    agencies: Sequence[Row] = ()
    tasks: Sequence[Row] = ()
    indicators: Sequence[Row] = ()

    @property
    def key(self) -> str:
        """What its page and files are named by."""
        return place_key(self.name)

    @property
    def names(self) -> Sequence[str]:
        """What people look it up by: its name, with its kind and in other spellings, and the provinces that it took in.

        >>> from khplans.knowledge.provinces import find_province
        >>> Place("Đắk Lắk", find_province("Đắk Lắk"), [find_province("Phú Yên")]).names
        ['Đắk Lắk', 'tỉnh Đắk Lắk', 'Đắc Lắc', 'Đăk Lăk', 'Dak Lak', 'ĐắkLắk', 'Phú Yên']
        """
        own = [f"{self.known.kind} {self.name}", *self.known.aliases] if self.known else []
        return [self.name, *own, *(other.name for other in self.takes_in)]

    @property
    def dated(self) -> Sequence[Row]:
        """Its tasks that have a deadline."""
        return [task for task in self.tasks if task["deadline"]]

    @property
    def plans(self) -> Sequence[str]:
        """The plans that have a document of it, in the order of their documents."""
        return list(dict.fromkeys(row["plan_id"] for row in self.documents))


@dataclass
class _Rows:
    names: set[str] = field(default_factory=set)
    documents: list[Row] = field(default_factory=list)
    agencies: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)


def place_key(name: str) -> str:
    """What a province's page is named by.

    >>> place_key("Bà Rịa - Vũng Tàu")
    'ba-ria-vung-tau'
    """
    return slug(name) or "x"


def places_of(tables: Mapping[str, Sequence[Row]]) -> dict[str, Place]:
    """The provinces that rows are of, and those tied to them by mergers, by key, sorted."""
    found = _rows(tables)
    known = {place_key(province.name): province for province in provinces()}
    taken: dict[str, list[Province]] = defaultdict(list)
    for province in known.values():
        if province.into:
            taken[place_key(province.into)].append(province)
    return {
        key: Place(
            known[key].name if key in known else min(found[key].names),
            known.get(key), taken.get(key, ()), found[key].documents, found[key].agencies,
            found[key].tasks, found[key].indicators,
        )
        for key in sorted(_tied(found, known, taken))
    }  # fmt: skip


def _rows(tables: Mapping[str, Sequence[Row]]) -> dict[str, _Rows]:
    """The rows of each province that the collection names."""
    found: dict[str, _Rows] = defaultdict(_Rows)
    of_document = {row["document_id"]: row["province"] for row in tables["documents"]}
    for table in ("documents", "agencies", "tasks", "indicators"):
        for row in tables[table]:
            name = row["province"] if "province" in row else of_document.get(row["document_id"])
            if name:
                found[place_key(name)].names.add(name)
                getattr(found[place_key(name)], table).append(row)
    return found


def _tied(
    keys: Iterable[str], known: Mapping[str, Province], taken: Mapping[str, Sequence[Province]]
) -> set[str]:
    """These provinces, those that they became a part of, and those that became a part of any of them."""
    tied, more = set(), set(keys)
    while more:
        key = more.pop()
        tied.add(key)
        province = known.get(key)
        near = [place_key(province.into)] if province and province.into else []
        near += [place_key(other.name) for other in taken.get(key, ())]
        more.update(other for other in near if other not in tied)
    return tied
