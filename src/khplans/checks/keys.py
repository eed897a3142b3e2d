"""Keys inside a package, and the collection as the union of the plans' packages.

Great Expectations goes over the rows once, in the collection. A plan's package has the same rows
(`union`), so only its own keys remain to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.packages.union import DERIVED, SHARED
from khplans.tables.definition import ForeignKey, Table, tables
from khplans.tables.rows import Row

_KEYS = (
    "Khóa không lặp và mọi liên kết đều có đích",
    "Keys are unique and every link has its target",
)
_UNION = (
    "Gói chung là hợp của các gói kế hoạch",
    "The collection is the union of the plans' packages",
)


def check_keys(package: CheckedPackage) -> Iterator[Result]:
    """Primary and foreign keys of a package's tables."""
    for definition in tables():
        ids = package.ids(definition.name)
        wrong = sorted(key for key, count in Counter(ids).items() if count > 1)
        for link in definition.foreign_keys:
            wrong += _broken(package, definition, link)
        yield judge("keys", definition.name, _KEYS, len(ids), wrong)


def check_links(package: CheckedPackage) -> Iterator[Result]:
    """The foreign keys of a package's tables, each by itself.

    Great Expectations would copy the ids that there are for every expectation it looks at.
    """
    for definition in tables():
        count = package.arrow[definition.name].num_rows
        for link in definition.foreign_keys:
            (column,), there = link.fields, link.table
            title = (f"{column} có trong bảng {there}", f"{column} is in the table {there}")
            wrong = _broken(package, definition, link)
            yield judge(f"schema.foreign-key.{column}", definition.name, title, count, wrong)


def _broken(package: CheckedPackage, definition: Table, link: ForeignKey) -> list[str]:
    """The ids of the rows that lead to no row."""
    values = package.arrow[definition.name][link.fields[0]].to_pylist()
    known = package.known(link.table) | {None}
    wrong = [place for place, value in enumerate(values) if value not in known]
    ids = package.ids(definition.name) if wrong else []
    return [ids[place] for place in wrong]


class UnionCheck:
    """Each row of a part is in the collection as it is, and the collection has no other.

    Excepted are documents that the collection takes from another plan, and the notes of that.
    """

    def __init__(self, shared: CheckedPackage, parts: Mapping[str, Path]) -> None:
        self._shared = {name: frozenset(shared.ids(name)) for name in SHARED}
        self._left = {name: set(ids) for name, ids in self._shared.items()}
        self._parts = dict(parts)
        self._counts = Counter({name: len(ids) for name, ids in self._shared.items()})
        self._wrong: dict[str, list[str]] = {definition.name: [] for definition in tables()}

    def compare(self, some: CheckedPackage) -> None:
        """Compare some plans of the collection with their parts."""
        rows = {
            name: dict(zip(some.ids(name), some.rows[name], strict=True))
            for name in self._wrong
            if name not in SHARED
        }
        left = {name: set(there) for name, there in rows.items()}
        for plan in some.plans:
            if plan in self._parts:
                self._compare_part(some, CheckedPackage(self._parts.pop(plan)), rows, left)
        for name, there in rows.items():
            extra = [key for key in left[name] if not _tells_of_repeated(there[key])]
            self._wrong[name] += sorted(extra)
            self._counts[name] += len(there)

    def _compare_part(
        self,
        some: CheckedPackage,
        part: CheckedPackage,
        rows: Mapping[str, Mapping[str, Row]],
        left: Mapping[str, set[str]],
    ) -> None:
        for name, wrong in self._wrong.items():
            if name in SHARED:
                ids = part.ids(name)
                wrong += [key for key in ids if key not in self._shared[name]]
                self._left[name].difference_update(ids)
                continue
            for key, row in zip(part.ids(name), part.rows[name], strict=True):
                if not _is_elsewhere(some, part, row):
                    left[name].discard(key)
                    if rows[name].get(key) != row:
                        wrong.append(key)

    def results(self, some: CheckedPackage) -> Iterator[Result]:
        """What was found, once every slice was compared; `some` is any of them."""
        empty: dict[str, dict[str, Row]] = {name: {} for name in self._wrong}
        for plan in list(self._parts):  # of which the collection has no row
            part = CheckedPackage(self._parts.pop(plan))
            self._compare_part(some, part, empty, {name: set() for name in empty})
        for name, wrong in self._wrong.items():
            missing = sorted(self._left[name]) if name in SHARED and name not in DERIVED else []
            yield judge("union", name, _UNION, self._counts[name], [*wrong, *missing])


def _tells_of_repeated(row: Row) -> bool:
    """Whether a warning, or a block, tells of a document that the collection takes elsewhere.

    >>> [_tells_of_repeated(row) for row in ({"code": "document-repeated"}, {"reason": "document-repeated"}, {"code": "unit-unknown"})]
    [True, True, False]
    """
    return "document-repeated" in (row.get("code"), row.get("reason"))


def _is_elsewhere(collection: CheckedPackage, part: CheckedPackage, row: Row) -> bool:
    """Whether the collection takes the row's document from another plan.

    >>> from types import SimpleNamespace
    >>> collection, part = (SimpleNamespace(plan_of=plans) for plans in ({"d": "a", "e": "b"}, {"d": "a", "e": "a"}))
    >>> [_is_elsewhere(collection, part, {"document_id": one}) for one in "def"]
    [False, True, False]
    """
    document_id = row.get("document_id", "")
    taken = collection.plan_of.get(document_id)
    return taken is not None and taken != part.plan_of.get(document_id)
