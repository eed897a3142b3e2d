"""The files of a package: hashes, types, Parquet equal to CSV, order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.errors import KhplansError
from khplans.packages.csv_file import read_csv
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import tables

_HASHES = ("Mã băm đúng như datapackage.json ghi", "Hashes are those of datapackage.json")
_TYPES = ("Cột và kiểu của Parquet đúng như lược đồ", "Parquet has the schema's columns and types")
_SAME = ("Parquet và CSV có cùng các dòng", "Parquet and CSV have the same rows")


def check_files(package: CheckedPackage) -> Iterator[Result]:
    """Every file is the one described, and both forms of a table say the same."""
    yield check_hashes(package)
    for definition in tables():
        parquet = package.arrow[definition.name]
        typed = parquet.schema.equals(arrow_schema(definition.name))
        wrong = [] if typed else [f"{definition.name}.parquet"]
        yield judge("files.types", definition.name, _TYPES, len(definition.fields), wrong)
        try:
            csv = read_csv(package.folder / f"{definition.name}.csv", definition)
            wrong = [] if csv.equals(parquet.cast(csv.schema)) else [f"{definition.name}.csv"]
        except (KhplansError, OSError, ValueError) as error:
            wrong = [f"{definition.name}.csv: {error}"]
        yield judge("files.same-rows", definition.name, _SAME, parquet.num_rows, wrong)


def check_hashes(package: CheckedPackage) -> Result:
    """Every file is there with the hash that the descriptor gives."""
    resources = package.descriptor.get("resources", [])
    wrong = [one["path"] for one in resources if _hash(package, one["path"]) != one.get("hash")]
    return judge("files.hash", "package", _HASHES, len(resources), wrong)


def _hash(package: CheckedPackage, path: str) -> str | None:
    try:
        with (package.folder / path).open("rb") as stream:
            return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError:
        return None
