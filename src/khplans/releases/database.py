"""A release as one SQLite file, for Datasette, DuckDB and everything else that opens one.

Its tables are the release's, with their keys; `tasks_named`, `indicators_named` and `citations_named` are
views with names beside the ids. Dates are ISO texts. The same tables give the same bytes: the file is
vacuumed, and SQLite's own version, which it notes at its head, is replaced by one that doesn't vary.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from khplans.packages.canonical import Package, PackageTable
from khplans.packages.described import key_of
from khplans.packages.sqlite_file import new_database

_TYPES = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL"}
_VALUES = {"INTEGER": int, "REAL": float, "TEXT": str}
_VERSION = 3_040_000
_VERSION_AT = 96
"""Where the header has the number of the SQLite that wrote the file (https://sqlite.org/fileformat.html)."""

_PLAN = (
    "d.province, d.number AS plan_number, d.plan_title, d.date AS plan_date, d.plan_id"
    " FROM {table} t JOIN documents d USING (document_id)"
)
_AGENCIES = (
    "(SELECT group_concat(name, '; ') FROM (SELECT a.name FROM task_agencies p JOIN agencies a"
    " USING (agency_id) WHERE p.task_id = t.task_id AND p.role = '{role}' ORDER BY p.rowid)) AS {role}"
)
_VIEWS = {
    "tasks": f"SELECT t.*, {_AGENCIES.format(role='lead')}, {_AGENCIES.format(role='coordinate')}, "
    + _PLAN.format(table="tasks"),
    "indicators": "SELECT t.*, CASE t.change WHEN 'decrease' THEN -t.value ELSE t.value END AS signed_value,"
    " (SELECT m.name FROM measures m WHERE m.measure_id = t.measure_id) AS measure,"
    " (SELECT u.name FROM units u WHERE u.unit_id = t.unit) AS unit_name, "
    + _PLAN.format(table="indicators"),
    "citations": "SELECT t.*, (SELECT coalesce(i.number, i.title) FROM instruments i"
    " WHERE i.instrument_id = t.instrument_id) AS instrument, " + _PLAN.format(table="citations"),
}


def write_database(path: Path, package: Package) -> None:
    """Write the tables and views into a new file."""
    with new_database(path) as connection:
        for name, table in package.tables.items():
            _write_table(connection, table, package.schemas[name])
        for name, query in _VIEWS.items():
            connection.execute(f'CREATE VIEW "{name}_named" AS {query}')
    with path.open("r+b") as file:
        file.seek(_VERSION_AT)
        file.write(_VERSION.to_bytes(4, "big"))


def _write_table(
    connection: sqlite3.Connection, table: PackageTable, schema: Mapping[str, Any]
) -> None:
    kinds = [_TYPES.get(field.get("type", ""), "TEXT") for field in schema["fields"]]
    parts = [f"{_quoted(c)} {kind}" for c, kind in zip(table.columns, kinds, strict=True)]
    if key := key_of(schema):
        parts.append(f"PRIMARY KEY ({', '.join(map(_quoted, key))})")
    parts += _foreign_keys(table.name, schema)
    connection.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join(parts)})")
    marks = ", ".join("?" * len(kinds))
    connection.executemany(
        f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", _rows(table, kinds)
    )


def _rows(table: PackageTable, kinds: list[str]) -> Iterator[list[Any]]:
    """The rows with their values typed; nothing for an empty cell.

    >>> table = PackageTable("t", ("a", "b"), ("a",), {("1",): ("1", ""), ("2",): ("2", "x")})
    >>> list(_rows(table, ["INTEGER", "TEXT"]))
    [[1, None], [2, 'x']]
    """
    for row in table.rows.values():
        yield [_VALUES[kind](cell) if cell else None for kind, cell in zip(kinds, row, strict=True)]


def _foreign_keys(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    """The foreign keys of a table, as SQL has them; one without a table's name is to itself.

    >>> keys = [("a", "b", "c"), (["d", "e"], "", ["f", "g"])]
    >>> keys = [{"fields": own, "reference": {"resource": table, "fields": there}} for own, table, there in keys]
    >>> list(_foreign_keys("t", {"foreignKeys": keys}))
    ['FOREIGN KEY ("a") REFERENCES "b" ("c")', 'FOREIGN KEY ("d", "e") REFERENCES "t" ("f", "g")']
    """
    for key in schema.get("foreignKeys", ()):
        there = key["reference"]
        columns, keys = (
            ", ".join(map(_quoted, [v] if isinstance(v, str) else v))
            for v in (key["fields"], there["fields"])
        )
        yield f"FOREIGN KEY ({columns}) REFERENCES {_quoted(there['resource'] or name)} ({keys})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
