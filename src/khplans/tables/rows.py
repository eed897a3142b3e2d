"""The rows of a plan's tables, and the order in which every file lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from khplans.tables.definition import TABLE_NAMES, Table, table

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
"""Column to value: str, int, float, `datetime.date`, or None for none."""
Rows = dict[str, list[Row]]
"""Table to rows."""


def empty_rows() -> Rows:
    """No rows of any table."""
    return {name: [] for name in TABLE_NAMES}


def sort_key(definition: Table, row: Mapping[str, Any]) -> tuple[object, ...]:
    """Where a row stands: by place in its document or plan where it has one, then by its key.

    >>> row = {"document_id": "d", "plan_id": "p", "start": 5, "task_id": "t", "block_id": "b", "agency_id": "a", "form": "f"}
    >>> [sort_key(table(name), row) for name in ("tasks", "blocks", "agency_names")]
    [('d', 5, 't'), ('p', 5, 'b'), ('a', 'f')]
    """
    key = tuple(row[column] for column in definition.primary_key)
    if "start" in definition.columns:
        is_documents = any(x.name == "document_id" and x.required for x in definition.fields)
        whole = "document_id" if is_documents else "plan_id"
        return (row[whole], row["start"] or 0, *key)
    return key


def sorted_rows(rows: Rows) -> Rows:
    """The same rows, each table sorted, with no value left out and none empty but None.

    Raises `ValueError` for a row with a column that its table has not.
    """
    ordered: Rows = {}
    for name in TABLE_NAMES:
        definition = table(name)
        whole = [_whole(definition, row) for row in rows[name]]
        ordered[name] = sorted(whole, key=partial(sort_key, definition))
    return ordered


def _whole(definition: Table, row: Mapping[str, Any]) -> Row:
    strange = row.keys() - set(definition.columns)
    if strange:
        raise ValueError(f"{definition.name} has no column {', '.join(sorted(strange))}")
    return {c: None if row.get(c) == "" else row.get(c) for c in definition.columns}


def row_id(definition: Table, row: Mapping[str, Any]) -> str:
    """A row's key as one text: the parts of a key of several columns joined by `|`.

    >>> row_id(table("agency_names"), {"agency_id": "vn-bo-y-te", "form": "BYT"})
    'vn-bo-y-te|BYT'
    """
    return "|".join(str(row[column]) for column in definition.primary_key)


def row_ids(definition: Table, data: pa.Table) -> list[str]:
    """The `row_id` of each row of a table, in order."""
    columns = (data[column].to_pylist() for column in definition.primary_key)
    return ["|".join(map(str, key)) for key in zip(*columns, strict=True)]


def merge_rows(definition: Table, parts: Iterable[Sequence[Row]]) -> list[Row]:
    """The union of rows by key: a value that one part lacks comes from the next that has it.

    >>> first, second = {"agency_id": "b", "name": None, "kind": "a"}, {"agency_id": "b", "name": "B", "kind": "c"}
    >>> merge_rows(table("agencies"), [[first], [second, {"agency_id": "a"}]])
    [{'agency_id': 'a'}, {'agency_id': 'b', 'name': 'B', 'kind': 'a'}]
    """
    merged: dict[tuple[object, ...], Row] = {}
    for rows in parts:
        for row in rows:
            key = tuple(row[column] for column in definition.primary_key)
            kept = merged.setdefault(key, row)
            if kept != row and None in kept.values():
                merged[key] = {
                    c: row.get(c) if value is None else value for c, value in kept.items()
                }
    return sorted(merged.values(), key=partial(sort_key, definition))


def name_own_documents(instruments: Sequence[Row], documents: Sequence[Row]) -> list[Row]:
    """Instruments with the document that each is, where it is one of ours.

    >>> documents = [{"instrument_id": one, "document_id": document} for one, document in (("i", "d"), ("i", "e"), (None, "f"))]
    >>> name_own_documents([{"instrument_id": "i"}, {"instrument_id": "j"}], documents)
    [{'instrument_id': 'i', 'document_id': 'd'}, {'instrument_id': 'j', 'document_id': None}]
    """
    own: dict[str, str] = {}
    for document in documents:
        if document["instrument_id"]:
            own.setdefault(document["instrument_id"], document["document_id"])
    return [{**row, "document_id": own.get(row["instrument_id"])} for row in instruments]
