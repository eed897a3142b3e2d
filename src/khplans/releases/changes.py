"""Row-level changes between two sets of tables: found, written, read back and replayed.

`replay(old, find_changes(old, new))` gives the new tables exactly.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from khplans.packages.canonical import Key, PackageTable, Row
from khplans.packages.csv_file import csv_cell
from khplans.releases.schemas import SchemaChange

CSV_COLUMNS: tuple[str, ...] = (
    "table", "row_id", "change", "column", "before", "after", "reason", "plan_id", "words",
)  # fmt: skip

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class CellChange:
    """A column's value before and after, with its reason once that is known."""

    column: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True)
class RowChange:
    """A row that was added, removed or changed.

    `cells` holds the values that are not empty of an added or removed row, and the changed ones of
    a changed row. `reason` is `plan`, `source`, `correction`, `review`, `code` or
    `knowledge:<table>`; of a changed row it is that of its
    cells, joined by `+` where they differ. `words` are what a person knows the row by.
    """

    table: str
    key: Key
    change: Kind
    cells: tuple[CellChange, ...]
    reason: str = ""
    plan_id: str = ""
    words: str = ""

    @property
    def row_id(self) -> str:
        """The key as one text: itself, or a JSON list where the key has several columns."""
        return self.key[0] if len(self.key) == 1 else json.dumps(self.key, ensure_ascii=False)


@dataclass(frozen=True)
class TableShape:
    """A table's columns and key in the new version, and its columns' old names where renamed."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    renamed: Mapping[str, str]


@dataclass(frozen=True)
class Changes:
    """All that turns the old tables into the new: schema changes, the new layout, the rows."""

    schema: tuple[SchemaChange, ...]
    layout: Mapping[str, TableShape]
    rows: tuple[RowChange, ...]

    def __bool__(self) -> bool:
        return bool(self.schema or self.rows)


def find_changes(
    old: Mapping[str, PackageTable],
    new: Mapping[str, PackageTable],
    schema: tuple[SchemaChange, ...] = (),
) -> Changes:
    """Compare row by row, by key; `schema` says which columns were renamed."""
    layout: dict[str, TableShape] = {}
    rows: list[RowChange] = []
    for name, table in new.items():
        renamed = {
            change.before: change.after
            for change in schema
            if change.table == name and change.change == "column-renamed"
        }
        layout[name] = TableShape(table.columns, table.key, renamed)
        before = _in_order(old.get(name), name, layout[name])
        rows += _compare_rows(name, before, table)
    return Changes(schema, layout, tuple(rows))


def replay(old: Mapping[str, PackageTable], changes: Changes) -> dict[str, PackageTable]:
    """The new tables, from the old ones and the changes.

    Raises `ValueError` where the changes were not made from these tables.
    """
    new: dict[str, PackageTable] = {}
    for name, layout in changes.layout.items():
        rows = _laid_out(old.get(name), layout)
        for change in changes.rows:
            if change.table == name:
                _apply(change, layout.columns, rows)
        new[name] = PackageTable(name, layout.columns, layout.key, rows)
    return new


def _apply(change: RowChange, columns: tuple[str, ...], rows: dict[Key, Row]) -> None:
    if (change.key in rows) == (change.change == "added"):
        raise ValueError(f"{change.table} {change.row_id}: cannot be {change.change}")
    row = list(rows.pop(change.key, ("",) * len(columns)))
    if change.change == "removed":
        return
    for cell in change.cells:
        place = columns.index(cell.column)
        if row[place] != cell.before:
            raise ValueError(f"{change.table} {change.row_id}: {cell.column} is {row[place]!r}")
        row[place] = cell.after
    rows[change.key] = tuple(row)


def _laid_out(table: PackageTable | None, layout: TableShape) -> dict[Key, Row]:
    """The old rows in the new columns: renamed ones moved, removed ones dropped, new ones empty."""
    if table is None:
        return {}
    places = _places(table, layout)
    if any(places[layout.columns.index(part)] is None for part in layout.key):
        return {}
    laid = (
        tuple("" if place is None else row[place] for place in places)
        for row in table.rows.values()
    )
    key_places = [layout.columns.index(part) for part in layout.key]
    rows: dict[Key, Row] = {}
    for row in laid:
        rows.setdefault(tuple(row[place] for place in key_places), row)
    return rows


def _places(table: PackageTable, layout: TableShape) -> list[int | None]:
    """Where each of the new columns stands among the old, None where it is new."""
    names = {layout.renamed.get(c, c): i for i, c in enumerate(table.columns)}
    return [names.get(column) for column in layout.columns]


def _in_order(
    table: PackageTable | None, name: str, layout: TableShape
) -> Iterator[tuple[Key, Row]]:
    """The old rows in the new columns, by key."""
    if table is not None and tuple(layout.renamed.get(k, k) for k in table.key) == layout.key:
        places = _places(table, layout)
        return (
            (key, tuple("" if place is None else row[place] for place in places))
            for key, row in table.in_order()
        )
    return iter(sorted(_laid_out(table, layout).items()))


def _compare_rows(
    name: str, before: Iterator[tuple[Key, Row]], table: PackageTable
) -> Iterator[RowChange]:
    """Old and new rows side by side, both in the order of their keys; only one of each is held."""
    empty = ("",) * len(table.columns)
    after = table.in_order()
    old, new = next(before, None), next(after, None)
    while old or new:
        key = min(pair[0] for pair in (old, new) if pair)
        was = now = None
        if old and old[0] == key:
            was, old = old[1], next(before, None)
        if new and new[0] == key:
            now, new = new[1], next(after, None)
        if was == now:
            continue
        kind: Kind = "added" if was is None else "removed" if now is None else "changed"
        pairs = zip(table.columns, was or empty, now or empty, strict=True)
        cells = tuple(CellChange(c, b, a) for c, b, a in pairs if b != a)
        yield RowChange(name, key, kind, cells)


def changes_json(changes: Changes, previous: str | None, version: str) -> dict[str, Any]:
    """The changes as changes.json has them; `read_changes` turns it back."""
    return {
        "from": previous,
        "to": version,
        "schema": [change.as_dict() for change in changes.schema],
        "layout": {
            name: {
                "columns": list(layout.columns),
                "primaryKey": list(layout.key),
                "renamed": dict(layout.renamed),
            }
            for name, layout in changes.layout.items()
        },
        "rows": [
            {
                "table": row.table,
                "key": list(row.key),
                "change": row.change,
                "reason": row.reason,
                "plan_id": row.plan_id,
                "words": row.words,
                "cells": [[c.column, c.before, c.after, c.reason] for c in row.cells],
            }
            for row in changes.rows
        ],
    }


def read_changes(written: Mapping[str, Any]) -> Changes:
    """The changes that a changes.json describes."""
    return Changes(
        tuple(SchemaChange(**change) for change in written["schema"]),
        {
            name: TableShape(tuple(x["columns"]), tuple(x["primaryKey"]), x["renamed"])
            for name, x in written["layout"].items()
        },
        tuple(
            RowChange(
                row["table"],
                tuple(row["key"]),
                row["change"],
                tuple(CellChange(*cell) for cell in row["cells"]),
                row["reason"],
                row["plan_id"],
                row["words"],
            )
            for row in written["rows"]
        ),
    )


def changes_csv(changes: Changes) -> str:
    """The changes as changes.csv has them: a line a changed cell, added row or removed row.

    An added row stands as a JSON object in `after`, a removed one in `before`.
    """
    lines = [CSV_COLUMNS]
    for row in changes.rows:
        for column, before, after, reason in _csv_cells(row):
            told = (row.table, row.row_id, row.change, column, before, after, reason)
            lines.append((*told, row.plan_id, row.words))
    return "".join(",".join(map(csv_cell, line)) + "\n" for line in lines)


def _csv_cells(row: RowChange) -> Iterable[tuple[str, str, str, str]]:
    """The cells of a changed row one by one, a row that came or went as a whole.

    >>> list(_csv_cells(RowChange("t", ("1",), "changed", (CellChange("a", "0", "1", "code"),))))
    [('a', '0', '1', 'code')]
    >>> [list(_csv_cells(RowChange("t", ("1",), kind, (CellChange("a", "", "1"),), "code")))[0][1:3] for kind in ("added", "removed")]
    [('', '{"a": "1"}'), ('{"a": "1"}', '')]
    """
    if row.change == "changed":
        return [(c.column, c.before, c.after, c.reason) for c in row.cells]
    values = {c.column: c.after or c.before for c in row.cells}
    whole = json.dumps(values, ensure_ascii=False)
    added = row.change == "added"
    return [("", "" if added else whole, whole if added else "", row.reason)]
