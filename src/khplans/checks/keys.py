"""Keys inside a package, and the collection as the union of the plans' packages.

Great Expectations goes over the rows once, in the collection. A plan's package has the same rows
(`union`), so only its own keys remain to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.packages.union import DERIVED, SHARED
from khplans.tables.definition import ForeignKey, Table, tables
from khplans.tables.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa

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
        ids = package.ids[definition.name]
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
    known = package.known[link.table]
    wrong = [i for i, value in enumerate(values) if value is not None and value not in known]
    ids = package.ids[definition.name] if wrong else []
    return [ids[place] for place in wrong]


class UnionCheck:
    """Each row of a part is in the collection as it is, and the collection has no other.

    Excepted are documents that the collection takes from another plan, and the notes of that.
    """

    def __init__(self, shared: CheckedPackage, parts: Mapping[str, Path]) -> None:
        self._shared = {name: frozenset(shared.ids[name]) for name in SHARED}
        self._left = {name: set(ids) for name, ids in self._shared.items()}
        self._parts = dict(parts)
        self._counts = Counter({name: len(ids) for name, ids in self._shared.items()})
        self._wrong: dict[str, list[str]] = {definition.name: [] for definition in tables()}

    def compare(self, some: CheckedPackage) -> None:
        """Compare some plans of the collection with their parts."""
        there = [self._parts.pop(plan) for plan in some.plans if plan in self._parts]
        parts = [CheckedPackage(folder) for folder in there]
        for name, wrong in self._wrong.items():
            if name in SHARED:
                self._compare_ids(name, parts)
                continue
            self._counts[name] += some.arrow[name].num_rows
            if not _are_joined(some.arrow[name], [part.arrow[name] for part in parts]):
                rows = dict(zip(some.ids[name], some.rows[name], strict=True))
                wrong += _misplaced(rows, name, some, parts)

    def _compare_ids(self, name: str, parts: Sequence[CheckedPackage]) -> None:
        for part in parts:
            ids = part.ids[name]
            self._wrong[name] += [key for key in ids if key not in self._shared[name]]
            self._left[name].difference_update(ids)

    def results(self, some: CheckedPackage) -> Iterator[Result]:
        """What was found, once every slice was compared; `some` is any of them."""
        beyond = [CheckedPackage(folder) for folder in self._parts.values()]
        for name, wrong in self._wrong.items():  # of which the collection has no row
            if name in SHARED:
                self._compare_ids(name, beyond)
            else:
                wrong += _misplaced({}, name, some, beyond)
            missing = sorted(self._left[name]) if name in SHARED and name not in DERIVED else []
            yield judge("union", name, _UNION, self._counts[name], [*wrong, *missing])


def _are_joined(whole: pa.Table, parts: Sequence[pa.Table]) -> bool:
    """Whether a table has the rows of some others, one after the other, and no more."""
    import pyarrow as pa

    if not all(part.schema.equals(whole.schema) for part in parts):
        return False
    joined: bool = whole.equals(pa.concat_tables([whole.slice(0, 0), *parts]))
    return joined


def _misplaced(
    rows: Mapping[str, Row], name: str, some: CheckedPackage, parts: Sequence[CheckedPackage]
) -> Iterator[str]:
    """Ids of rows of parts that aren't among those of the collection, and of those that no part has."""
    left = set(rows)
    for part in parts:
        for key, row in zip(part.ids[name], part.rows[name], strict=True):
            if not _is_elsewhere(some, part, row):
                left.discard(key)
                if rows.get(key) != row:
                    yield key
    yield from sorted(key for key in left if not _tells_of_repeated(rows[key]))


def _tells_of_repeated(row: Row) -> bool:
    """Whether a warning, or a block, tells of a document that the collection takes elsewhere."""
    return "document-repeated" in (row.get("code"), row.get("reason"))


def _is_elsewhere(collection: CheckedPackage, part: CheckedPackage, row: Row) -> bool:
    """Whether the collection takes the row's document from another plan."""
    document_id = row.get("document_id", "")
    taken = collection.plan_of.get(document_id)
    return taken is not None and taken != part.plan_of.get(document_id)
