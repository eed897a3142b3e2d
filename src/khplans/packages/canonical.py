"""A package's tables as canonical rows: what a value says, apart from how a file writes it.

Everything that compares, hashes or replays works on these rows, so a new CSV or Parquet writer
is no change. It reads whatever a descriptor declares: an older release's tables as well as today's.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from khplans.errors import KhplansError, both
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.store import Store

Key = tuple[str, ...]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows by key, in the file's order; a row has a text for each column, empty where it has no value."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rows: Mapping[Key, Row]

    def record(self, key: Key) -> dict[str, str]:
        """One row as column to text."""
        return dict(zip(self.columns, self.rows[key], strict=True))

    def content_hash(self) -> str:
        """SHA-256 (hex) of the canonical rows: UTF-8 JSON lines, the columns, then each row by key.

        >>> Table("t", ("id", "n"), ("id",), {("a",): ("a", "1")}).content_hash()[:12]
        '0d45a5935afc'
        """
        digest = hashlib.sha256()
        for values in (self.columns, *(self.rows[key] for key in sorted(self.rows))):
            digest.update(json.dumps(values, ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()


@dataclass(frozen=True)
class Package:
    """A data package: its descriptor and its tables by name, in the descriptor's order."""

    descriptor: Mapping[str, Any]
    tables: Mapping[str, Table]

    @property
    def schemas(self) -> dict[str, Mapping[str, Any]]:
        """The Table Schema of each table."""
        return {r["name"]: r.get("schema", {}) for r in csv_resources(self.descriptor)}


def read_package(path: Path) -> Package:
    """Read the package in a folder or zip, or whose datapackage.json is given.

    Raises `KhplansError` for a missing or broken descriptor, a cell that isn't of its column's
    type, a header that isn't the schema's, or two rows of one key.
    """
    return package_of(Store(path.parent if path.name == DESCRIPTOR else path))


def package_of(store: Store) -> Package:
    """As `read_package`, from an open store."""
    where = f"{store.path}/{DESCRIPTOR}"
    try:
        descriptor = json.loads(store.read(DESCRIPTOR))
        tables = {
            resource["name"]: _read_table(store, resource) for resource in csv_resources(descriptor)
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KhplansError(
            both("mô tả gói dữ liệu hỏng", f"broken package descriptor ({error!r})"),
            where=where,
            remedy=both("chạy khplans build", "run khplans build"),
        ) from error
    return Package(descriptor, tables)


def csv_resources(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The resources that are CSV tables, in the descriptor's order."""
    return [r for r in descriptor["resources"] if str(r["path"]).endswith(".csv")]


def canonical(text: str, kind: str) -> str:
    """One way of writing a value of a Table Schema type.

    >>> canonical("8.10", "number"), canonical("16687.0", "number"), canonical("007", "integer")
    ('8.1', '16687', '7')
    >>> canonical("True", "boolean"), canonical("007", "string")
    ('true', '007')
    """
    if not text or kind not in ("number", "integer", "boolean"):
        return text
    if kind == "boolean":
        return text.lower()
    if kind == "integer":
        return str(int(text))
    return format(Decimal(text).normalize(), "f")


def _read_table(store: Store, resource: Mapping[str, Any]) -> Table:
    name, path = resource["name"], resource["path"]
    where = f"{store.path}/{path}"
    schema = resource["schema"]
    columns = tuple(field["name"] for field in schema["fields"])
    kinds = tuple(field.get("type", "string") for field in schema["fields"])
    declared = schema.get("primaryKey") or columns
    key = (declared,) if isinstance(declared, str) else tuple(declared)
    places = [columns.index(part) for part in key]
    csv.field_size_limit((1 << 31) - 1)
    reader = csv.reader(io.StringIO(_decode(store.read(path), where), newline=""))
    if tuple(next(reader, ())) != columns:
        raise KhplansError(
            both("tên cột không khớp lược đồ", "the header is not the schema's"),
            where=f"{where}:1",
            remedy=both("chạy khplans build", "run khplans build"),
        )
    rows: dict[Key, Row] = {}
    for cells in reader:
        try:
            row = tuple(canonical(c, k) for c, k in zip(cells, kinds, strict=True))
        except (ValueError, InvalidOperation) as error:
            raise KhplansError(
                both(
                    "dòng không đúng lược đồ",
                    f"a row that is not of the schema: {cells[:3]!r} ({error})",
                ),
                where=f"{where}:{reader.line_num}",
            ) from error
        row_key = tuple(row[place] for place in places)
        if row_key in rows:
            raise KhplansError(
                both("khóa lặp lại", f"a key occurs twice: {', '.join(row_key)}"),
                where=f"{where}:{reader.line_num}",
            )
        rows[row_key] = row
    return Table(name, columns, key, rows)


def _decode(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KhplansError(
            both("không phải UTF-8", f"not UTF-8 at byte {error.start}"), where=where
        ) from error
