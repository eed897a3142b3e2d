"""What changed between versions of the data."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING

from khplans.errors import refusal

if TYPE_CHECKING:
    import pandas as pd

    from khplans.client.backing import Backing
    from khplans.client.collection import Collection
    from khplans.packages.canonical import Package

CHANGES = "changes.csv"


def changes(backing: Backing) -> pd.DataFrame:
    """See `Collection.changes`."""
    from khplans.client.backing import ReleaseBacking

    if not isinstance(backing, ReleaseBacking) or CHANGES not in backing.files:
        raise refusal("release-without-changes", backing.where)
    return _frame(backing.files.read(CHANGES).decode("utf-8"))


def compare(new: Collection, other: Collection) -> pd.DataFrame:
    """See `Collection.compare`."""
    from khplans.releases.changes import changes_csv, find_changes
    from khplans.releases.row_words import give_words
    from khplans.releases.schemas import compare_schemas

    before, after = _package(other), _package(new)
    found = find_changes(before.tables, after.tables, compare_schemas(before, after))
    return _frame(changes_csv(give_words(found, before.tables, after.tables)))


def _frame(csv: str) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(io.StringIO(csv), dtype=str, keep_default_na=False, na_values=[""])


def _package(collection: Collection) -> Package:
    """The tables of a collection as those that compare releases take them."""
    from khplans.packages.canonical import Package, PackageTable, canonical
    from khplans.packages.described import key_of

    tables, resources = {}, []
    for name in collection.tables:
        schema, arrow = collection.schema(name), collection.arrow(name)
        kinds = [field.get("type", "string") for field in schema["fields"]]
        columns = tuple(arrow.schema.names)
        key = key_of(schema) or columns
        places = [columns.index(part) for part in key]
        rows = {}
        for cells in zip(*(column.to_pylist() for column in arrow.columns), strict=True):
            row = tuple(
                "" if cell is None else canonical(str(cell), kind)
                for cell, kind in zip(cells, kinds, strict=True)
            )
            rows[tuple(row[place] for place in places)] = row
        tables[name] = PackageTable(name, columns, key, rows)
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    return Package({"resources": resources}, tables)


def other_of(other: Collection | str | os.PathLike[str], here: str | None) -> Collection:
    """The collection that is meant: itself, that of a version, a folder, a zip or an address."""
    from khplans.client.collection import Collection
    from khplans.client.finding import load

    if isinstance(other, Collection):
        return other
    if isinstance(other, str) and re.fullmatch(r"\d+(\.\d+){0,2}", other):
        return load(other, here)
    return load(source=other)
