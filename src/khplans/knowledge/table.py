"""Reads the reviewed tables in `knowledge/data`: CSV with a header, and `#` lines for remarks.

A catalogue has rows of its own in tables of the same names and columns (see `khplans.knowledge.own`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from khplans.errors import refusal
from khplans.knowledge.own import own_lines
from khplans.knowledge.schema import Column, Row, Schema, check_rows, knowledge_schema
from khplans.outside import bounded_rows


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `knowledge/data/<name>.csv` as read-only mappings of column to text, in file order.

    A catalogue's own rows stand before them.

    A line that starts with `#` is a remark, not a row; an empty cell is the empty text.
    Raises `KhplansError` for a row that the table's schema (`<name>.schema.json`) does not allow.

    >>> read_table("document_types")[0]["name"]
    'Hiến pháp'
    """
    rows = library_rows(name)
    found = own_lines(name)
    if found is None:
        return rows
    own_path, written = found
    return (*(row for _, row in parse_table(name, written, own_path, rows)), *rows)


@cache
def library_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows that the library itself has of a table. Raises as `read_table`."""
    path = f"knowledge/data/{name}.csv"
    resource = files("khplans.knowledge") / "data" / f"{name}.csv"
    try:
        lines = resource.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise refusal("knowledge-unreadable", path) from error
    return tuple(row for _, row in parse_table(name, lines, path))


def parse_table(
    name: str, lines: Sequence[str], path: str, others: Sequence[Row] = ()
) -> list[tuple[int, Row]]:
    """The rows in a table's lines, with their numbers, held to the table's schema.

    `others` are rows that the table has besides.
    Raises `KhplansError` with the line, the column and the value that is wrong.
    """
    return parse_rows(knowledge_schema(name), lines, path, _column, others)


def parse_rows(
    schema: Schema, lines: Sequence[str], path: str, column: Column, others: Sequence[Row] = ()
) -> list[tuple[int, Row]]:
    """As `parse_table`, of any table that people write; `column` gives what its references may name."""
    kept = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    try:
        records = list(bounded_rows(csv.reader(line for _, line in kept)))
    except csv.Error as error:  # a cell that is too long
        raise refusal("not-csv", path, error=error) from None
    header = records[0] if records else []
    if header != schema.header:
        raise refusal(
            "columns-wrong", f"{path}:1", header=",".join(header), wanted=",".join(schema.header)
        )
    rows: list[tuple[int, Row]] = []
    for cells, (number, _) in zip(records[1:], kept[1:], strict=False):
        if len(cells) != len(header):
            raise refusal(
                "cells-miscounted", f"{path}:{number}", count=len(cells), wanted=len(header)
            )
        rows.append((number, MappingProxyType(dict(zip(header, cells, strict=True)))))
    check_rows(schema, rows, path, column, others)
    return rows


def _column(name: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table(name))


def table_names() -> tuple[str, ...]:
    """The names of all tables, sorted.

    >>> "measures" in table_names()
    True
    """
    folder = files("khplans.knowledge") / "data"
    names = (path.name for path in folder.iterdir())
    return tuple(sorted(n.removesuffix(".csv") for n in names if n.endswith(".csv")))
