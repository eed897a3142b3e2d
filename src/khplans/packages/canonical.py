"""A package's tables as canonical rows: what a value says, apart from how a file writes it.

Everything that compares, hashes or replays works on these rows, so a new CSV or Parquet writer
is no change. It reads whatever a descriptor declares: an older release's tables as well as today's.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from khplans.errors import refusal
from khplans.packages.described import key_of
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.reader import PackageReader, csv_resources
from khplans.packages.store import Store
from khplans.packages.stored import Key, Row, StoredRows, scratch_database

__all__ = [
    "Key",
    "Package",
    "PackageTable",
    "Row",
    "canonical",
    "package_of",
    "read_package",
]


_MOST_DIGITS = 400
"""Digits of a number before or after its point: those of floating point end with the 308th."""


@dataclass(frozen=True)
class PackageTable:
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

        >>> PackageTable("t", ("id", "n"), ("id",), {("a",): ("a", "1")}).content_hash()[:12]
        '0d45a5935afc'
        """
        digest = hashlib.sha256()
        for values in chain([self.columns], (row for _, row in self.in_order())):
            digest.update(json.dumps(values, ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()

    def in_order(self) -> Iterator[tuple[Key, Row]]:
        """The rows with their keys, in the order of the keys."""
        if isinstance(self.rows, StoredRows):
            return self.rows.in_order()
        return iter(sorted(self.rows.items()))

    def starting(self, part: str) -> list[dict[str, str]]:
        """The rows whose key starts with a part, each as column to text, in the file's order."""
        if isinstance(self.rows, StoredRows):
            rows = self.rows.starting(part)
        else:
            rows = [row for key, row in self.rows.items() if key[0] == part]
        return [dict(zip(self.columns, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class Package:
    """A data package: its descriptor and its tables by name, in the descriptor's order."""

    descriptor: Mapping[str, Any]
    tables: Mapping[str, PackageTable]

    @property
    def schemas(self) -> dict[str, Mapping[str, Any]]:
        """The Table Schema of each table."""
        return {name: one["schema"] for name, one in csv_resources(self.descriptor).items()}


def read_package(path: Path) -> Package:
    """Read the package in a folder or zip, or whose datapackage.json is given.

    Raises `KhplansError` for a missing or broken descriptor, a cell that isn't of its column's
    type, a header that isn't the schema's, or two rows of one key.
    """
    return package_of(Store(path.parent if path.name == DESCRIPTOR else path))


def package_of(store: Store) -> Package:
    """As `read_package`, from an open store."""
    reader, rows = PackageReader(store), scratch_database()
    resources = csv_resources(reader.descriptor)
    tables = {name: _read_table(reader, name, one, rows) for name, one in resources.items()}
    return Package(reader.descriptor, tables)


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
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"{text[:40]!r}")
    return format(number.normalize(), "f")


def _read_table(
    reader: PackageReader,
    name: str,
    resource: Mapping[str, Any],
    scratch: sqlite3.Connection,
) -> PackageTable:
    schema, where = resource["schema"], f"{reader.where}/{resource['path']}"
    columns = tuple(field["name"] for field in schema["fields"])
    kinds = tuple(field.get("type", "string") for field in schema["fields"])
    key = key_of(schema) or columns
    places = tuple(columns.index(part) for part in key)

    def as_canonical(cells: list[str]) -> Row:
        return tuple(map(canonical, cells, kinds))

    rows = reader.csv_rows(name, as_canonical)
    try:
        return PackageTable(name, columns, key, StoredRows(scratch, len(columns), places, rows))
    except sqlite3.Error as error:
        raise refusal("no-room-aside", where, error=error) from error
    except ValueError as error:
        raise refusal("key-twice", where, error=error) from error
