"""All tables as one SQLite file, for the page where people ask in SQL."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Any

from khplans.site.catalogue import Catalogue
from khplans.tables.definition import tables

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}


def write_database(catalogue: Catalogue, path: Path) -> None:
    """Write every table; dates are ISO texts. The same tables give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        for definition in tables():
            columns = ", ".join(f'"{f.name}" {_TYPES[f.type]}' for f in definition.fields)
            connection.execute(f'CREATE TABLE "{definition.name}" ({columns})')
            marks = ", ".join("?" * len(definition.fields))
            connection.executemany(
                f'INSERT INTO "{definition.name}" VALUES ({marks})',
                ([_plain(row.get(name)) for name in definition.columns] for row in catalogue.collection.tables[definition.name]),
            )  # fmt: skip
        connection.commit()
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, str(error), str(path)) from error
        raise
    finally:
        connection.close()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
