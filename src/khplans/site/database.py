"""All tables as one SQLite file, for the page where people ask in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from khplans.packages.sqlite_file import new_database
from khplans.site.catalogue import Catalogue
from khplans.tables.definition import tables

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}


def write_database(catalogue: Catalogue, path: Path) -> None:
    """Write every table; dates are ISO texts. The same tables give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with new_database(path) as connection:
        for definition in tables():
            columns = ", ".join(f'"{f.name}" {_TYPES[f.type]}' for f in definition.fields)
            connection.execute(f'CREATE TABLE "{definition.name}" ({columns})')
            marks = ", ".join("?" * len(definition.fields))
            connection.executemany(
                f'INSERT INTO "{definition.name}" VALUES ({marks})',
                ([_plain(row.get(name)) for name in definition.columns] for row in catalogue.collection.tables[definition.name]),
            )  # fmt: skip


def _plain(value: Any) -> Any:
    """A value as JSON has it: days as text.

    >>> from datetime import date
    >>> _plain(date(2025, 1, 2)), _plain(5)
    ('2025-01-02', 5)
    """
    return value.isoformat() if hasattr(value, "isoformat") else value
