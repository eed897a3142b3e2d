"""Keys inside a plan's package, and the collection as the union of the plans' packages.

Great Expectations goes over the rows once, in the collection. A plan's package has the same rows
(`union`), so only its own keys remain to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.packages.union import SHARED
from khplans.tables.definition import tables
from khplans.tables.rows import Row, row_id

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
        for key in definition.foreign_keys:
            column, target = key.fields[0], key.references[0]
            there = {row[target] for row in package.rows[key.table]} | {None}
            wrong += [
                row_id(definition, row)
                for row in package.rows[definition.name]
                if row[column] not in there
            ]
        yield judge("keys", definition.name, _KEYS, len(ids), wrong)


def check_union(collection: CheckedPackage, parts: Iterable[CheckedPackage]) -> Iterator[Result]:
    """Each row of a part is in the collection as it is, and the collection has no other.

    Excepted are documents that the collection takes from another plan, and the notes of that.
    """
    rows = {
        definition.name: dict(
            zip(collection.ids(definition.name), collection.rows[definition.name], strict=True)
        )
        for definition in tables()
    }
    left = {name: set(there) for name, there in rows.items()}
    wrong: dict[str, list[str]] = {name: [] for name in rows}
    for part in parts:
        for name, there in rows.items():
            for key, row in zip(part.ids(name), part.rows[name], strict=True):
                if name not in SHARED and _is_elsewhere(collection, part, row):
                    continue
                left[name].discard(key)
                if not (key in there if name in SHARED else there.get(key) == row):
                    wrong[name].append(key)
    for name, there in rows.items():
        extra = [key for key in left[name] if there[key].get("code") != "document-repeated"]
        yield judge("union", name, _UNION, len(there), [*wrong[name], *sorted(extra)])


def _is_elsewhere(collection: CheckedPackage, part: CheckedPackage, row: Row) -> bool:
    """Whether the collection takes the row's document from another plan."""
    document_id = row["document_id"]
    taken = collection.plan_of.get(document_id)
    return taken is not None and taken != part.plan_of.get(document_id)
