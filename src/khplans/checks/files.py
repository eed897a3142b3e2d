"""The files of a package: hashes, types, Parquet equal to CSV, order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.checks.package import CheckedPackage, unreadable
from khplans.checks.results import Result, judge
from khplans.errors import KhplansError
from khplans.packages.csv_file import PART_ROWS, csv_parts
from khplans.packages.parquet_file import count_parquet, parquet_parts, parquet_schema
from khplans.packages.store import Store
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import Table, tables

if TYPE_CHECKING:
    import pyarrow as pa

_HASHES = ("Mã băm đúng như datapackage.json ghi", "Hashes are those of datapackage.json")
_TYPES = ("Cột và kiểu của Parquet đúng như lược đồ", "Parquet has the schema's columns and types")
_SAME = ("Parquet và CSV có cùng các dòng", "Parquet and CSV have the same rows")


def check_files(package: CheckedPackage) -> Iterator[Result]:
    """Every file is the one described, and both forms of a table say the same."""
    yield check_hashes(package)
    for definition in tables():
        paths = [package.folder / f"{definition.name}.{form}" for form in ("csv", "parquet")]
        try:
            schema, count = parquet_schema(paths[1]), count_parquet(paths[1])
        except (OSError, ValueError) as error:
            raise unreadable(package.folder, error) from error
        typed = schema.equals(arrow_schema(definition.name))
        wrong = [] if typed else [f"{definition.name}.parquet"]
        yield judge("files.types", definition.name, _TYPES, len(definition.fields), wrong)
        yield judge("files.same-rows", definition.name, _SAME, count, _unlike(definition, *paths))


def _unlike(definition: Table, csv: Path, parquet: Path) -> list[str]:
    """The name of the CSV file, where its rows aren't those of the Parquet file."""
    pairs = zip_longest(csv_parts(csv, definition, PART_ROWS), parquet_parts(parquet, PART_ROWS))
    try:
        same = all(
            part is not None and batch is not None and _same(part, batch) for part, batch in pairs
        )
    except (KhplansError, OSError, ValueError) as error:
        return [f"{csv.name}: {error}"]
    return [] if same else [csv.name]


def _same(part: pa.Table, batch: pa.RecordBatch) -> bool:
    import pyarrow as pa

    same: bool = part.equals(pa.Table.from_batches([batch]).cast(part.schema))
    return same


def check_hashes(package: CheckedPackage) -> Result:
    """Every file is there with the hash that the descriptor gives."""
    resources = package.descriptor["resources"]
    wrong = [one["path"] for one in resources if _hash(package, one["path"]) != one.get("hash")]
    return judge("files.hash", "package", _HASHES, len(resources), wrong)


def _hash(package: CheckedPackage, path: str) -> str | None:
    try:
        with Store(package.folder).open(path) as stream:
            digest = hashlib.file_digest(stream, "sha256")  # type: ignore[arg-type]
    except KhplansError:
        return None
    return f"sha256:{digest.hexdigest()}"
