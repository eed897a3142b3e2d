"""Keys inside a package, and the collection as the union of the plans' packages.

Great Expectations goes over the rows once, in the collection. A plan's package has the same rows
(`union`), so only its own keys remain to be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.packages.union import DERIVED, SHARED
from khplans.tables.definition import ForeignKey, Table, table, tables
from khplans.tables.rows import Row, row_ids


def check_keys(package: CheckedPackage) -> Iterator[Result]:
    """Primary and foreign keys of a package's tables."""
    for definition in tables():
        ids = package.ids[definition.name]
        wrong = sorted(key for key, count in Counter(ids).items() if count > 1)
        for link in definition.foreign_keys:
            wrong += _broken(package, definition, link)
        yield judge("keys", definition.name, len(ids), wrong)


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
            yield judge(f"schema.foreign-key.{column}", definition.name, count, wrong, title=title)


def _broken(package: CheckedPackage, definition: Table, link: ForeignKey) -> list[str]:
    """The ids of the rows that lead to no row."""
    values = package.arrow[definition.name][link.fields[0]].to_pylist()
    known = package.known[link.table]
    wrong = [i for i, value in enumerate(values) if value is not None and value not in known]
    ids = package.ids[definition.name] if wrong else []
    return [ids[place] for place in wrong]


class UnionCheck:
    """Each row of a part is in the collection as it is, and the collection has no other.

    Excepted are documents that the collection takes from another plan, and the notes of that. Rows are looked
    at where the lines of the CSV files differ: that those say the same as Parquet is a check of the files.
    """

    def __init__(self, shared: CheckedPackage, parts: Mapping[str, Path]) -> None:
        self._shared = {name: shared.known[name] for name in SHARED}
        self._left = {name: set(ids) for name, ids in self._shared.items()}
        self._parts = dict(parts)
        self._counts = {
            definition.name: shared.about[definition.name][1] for definition in tables()
        }
        self._wrong: dict[str, list[str]] = {name: [] for name in self._counts}
        for folder in parts.values():
            self._compare_ids(CheckedPackage(folder))
        own = (name for name in self._counts if name not in SHARED)
        self._unlike = [
            name for name in own if not _are_joined(shared.folder, parts.values(), name)
        ]

    def _compare_ids(self, part: CheckedPackage) -> None:
        for name, shared in self._shared.items():
            ids = row_ids(table(name), part.reader.table(name, table(name).primary_key))
            self._wrong[name] += [key for key in ids if key not in shared]
            self._left[name].difference_update(ids)

    def compare(self, some: CheckedPackage) -> None:
        """Compare some plans of the collection with their parts, where their lines aren't those of the parts."""
        there = [self._parts.pop(plan) for plan in some.plans if plan in self._parts]
        parts = [CheckedPackage(folder) for folder in there]
        for name in self._unlike:
            rows = dict(zip(some.ids[name], some.rows[name], strict=True))
            self._wrong[name] += _misplaced(rows, name, some, parts)

    def results(self, some: CheckedPackage) -> Iterator[Result]:
        """What was found, once every slice was compared; `some` is any of them."""
        beyond = [CheckedPackage(folder) for folder in self._parts.values()]
        for name in self._unlike:  # the rows of plans of which the collection has none
            self._wrong[name] += _misplaced({}, name, some, beyond)
        for name, wrong in self._wrong.items():
            missing = sorted(self._left[name]) if name in SHARED and name not in DERIVED else []
            yield judge("union", name, self._counts[name], [*wrong, *missing])


def _are_joined(collection: Path, parts: Iterable[Path], name: str) -> bool:
    r"""Whether the lines of a table's CSV are those of the parts, one after the other, and no more.

    >>> from tempfile import TemporaryDirectory
    >>> def joined(*texts):
    ...     with TemporaryDirectory() as folder:
    ...         made = [Path(folder, str(n)) for n in range(len(texts))]
    ...         for place, text in zip(made, texts):
    ...             place.mkdir()
    ...             Path(place, "a.csv").write_text(text)
    ...         return _are_joined(made[0], made[1:], "a")
    >>> joined("id\n1\n2\n", "id\n1\n", "id\n2\n"), joined("id\n1\n2\n", "id\n2\n", "id\n1\n")
    (True, False)
    >>> joined("id\n1\n2\n", "id\n1\n"), joined("id\n1\n", "ID\n1\n"), joined("id\n1\n", "id\n1\n", "id\n2\n")
    (False, False, False)
    """
    with (collection / f"{name}.csv").open("rb") as stream:
        header = stream.readline()
        for part in parts:
            own = (part / f"{name}.csv").read_bytes()
            if header + stream.read(len(own) - len(header)) != own:
                return False
        return not stream.read(1)


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
