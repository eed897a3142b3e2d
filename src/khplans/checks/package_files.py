"""The files of a package: hashes, types, Parquet equal to CSV, order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.errors import KhplansError
from khplans.packages.csv_file import PART_ROWS, arrow_parts, typed
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import Table, tables

if TYPE_CHECKING:
    import pyarrow as pa


def check_files(package: CheckedPackage) -> Iterator[Result]:
    """Every file is the one described, and both forms of a table say the same."""
    yield check_hashes(package)
    for definition in tables():
        name = definition.name
        schema, count = package.about[name]
        wrong = [] if schema.equals(arrow_schema(name)) else [f"{name}.parquet"]
        yield judge("files.types", name, len(definition.fields), wrong)
        yield judge("files.same-rows", name, count, _unlike(package, definition))


def _unlike(package: CheckedPackage, definition: Table) -> list[str]:
    """The name of the CSV file, where its rows aren't those of the Parquet file."""
    name = definition.name
    read = package.reader.csv_rows(name, typed(definition))
    pairs = zip_longest(arrow_parts(read, definition), _batches(package, name))
    try:
        same = all(
            part is not None and batch is not None and _same(part, batch) for part, batch in pairs
        )
    except (KhplansError, ValueError) as error:
        return [f"{name}.csv: {error}"]
    return [] if same else [f"{name}.csv"]


def _batches(package: CheckedPackage, name: str) -> Iterator[pa.RecordBatch]:
    """A table's rows in parts; where they are one part, that is kept for the other checks."""
    if package.about[name][1] > PART_ROWS:
        yield from package.reader.parts(name)
    else:
        yield from package.arrow[name].to_batches()


def _same(part: pa.Table, batch: pa.RecordBatch) -> bool:
    import pyarrow as pa

    same: bool = part.equals(pa.Table.from_batches([batch]).cast(part.schema))
    return same


def check_hashes(package: CheckedPackage) -> Result:
    """Every file is there with the hash that the descriptor gives."""
    resources = package.reader.descriptor["resources"]
    wrong = [one["path"] for one in resources if _hash(package, one["path"]) != one.get("hash")]
    return judge("files.hash", "package", len(resources), wrong)


def _hash(package: CheckedPackage, path: str) -> str | None:
    try:
        with package.reader.files.open(path) as stream:
            digest = hashlib.file_digest(stream, "sha256")  # type: ignore[arg-type]
    except KhplansError:
        return None
    return f"sha256:{digest.hexdigest()}"
