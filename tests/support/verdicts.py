"""For tests of the second reading: a text of a few words, its rows, and what is said of one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from khplans.checks.package import CheckedPackage
from khplans.checks.words import RULES, SHARED_RULES
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import Verdict
from khplans.tables.definition import table, tables

Row = dict[str, Any]
DOCUMENT: Row = {
    "number": "1/KH-UBND", "title": "Phát triển rừng", "plan_title": "Rừng", "province": "Cà Mau", "date": date(2025, 3, 3),
}  # fmt: skip
USUAL: dict[str, Row] = {
    "sections": {"role": "other"},
    "blocks": {"block_id": "b", "kind": "paragraph"},
    "indicators": {"unit": "percent", "comparator": "=", "change": "level", "kind": "target"},
    "task_agencies": {"task_id": "t", "agency_id": "a", "role": "lead", "basis": "named-in-text"},
}


def plain(text: str) -> str:
    return text.replace("«", "").replace("»", "")


def at(text: str, words: str, **row: Any) -> Row:
    """A row that has some words of a text."""
    start = plain(text).index(words)
    return {"start": start, "end": start + len(words), **row}


def span(text: str) -> Row:
    """Of the words between « and »."""
    start, end = text.index("«"), text.index("»") - 1
    return {"start": start, "end": end, "quote": plain(text)[start:end]}


def whole(name: str, row: Row, length: int) -> Row:
    """A row with all columns of its table, of the one document and the whole text where it says no other.

    As read from a file: none of its words and days is the same object as one of the program's.
    """
    ids = {"document_id": "doc", "plan_id": "p", "start": 0, "end": length}
    columns = table(name).columns
    given = {column: ids.get(column) for column in columns}
    made = given | USUAL.get(name, {}) | {c: v for c, v in row.items() if c in columns}
    return {column: _as_read(value) for column, value in made.items()}


def _as_read(value: Any) -> Any:
    if isinstance(value, str):
        return "".join([*value])
    return value.replace() if isinstance(value, date) else value


def rows_of_tables(
    text: str, document: Row | None, rows: Mapping[str, Sequence[Row]]
) -> dict[str, list[Row]]:
    of_all = {**rows, "documents": [{**DOCUMENT, **(document or {})}, *rows.get("documents", ())]}
    return {
        one.name: [whole(one.name, row, len(text)) for row in of_all.get(one.name, ())]
        for one in tables()
    }


def reading_of(text: str, document: Row | None = None, **rows: Sequence[Row]) -> SecondReading:
    made = rows_of_tables(text, document, rows)
    made["blocks"] = made["blocks"] or [whole("blocks", {}, len(text))]
    return SecondReading(made, {"p": plain(text)}, made)


def package_of(text: str, document: Row | None = None, **rows: Sequence[Row]) -> CheckedPackage:
    """A package of such rows that is on no disk."""
    package = CheckedPackage(Path("nowhere"))
    made = rows_of_tables(text, document, rows)
    owners = {row["document_id"]: row["plan_id"] for row in made["documents"]}
    reader = SimpleNamespace(plans=["p"], owners=owners)
    vars(package).update(reader=reader, rows=made, sources={"p": text})
    return package


def verdict(
    column: str,
    text: str,
    row: Mapping[str, Any] | None = None,
    document: Row | None = None,
    **rows: Sequence[Row],
) -> Verdict:
    """Of a value (`table.column`) whose row has the words between « and » in a text."""
    name, column = column.split(".")
    (rule,) = (one for one in (*RULES, *SHARED_RULES) if (one.table, one.column) == (name, column))
    own = {**(span(text) if "«" in text else {}), **(row or {})}
    if name == "documents":
        document = {**own, **(document or {})}
    else:
        rows = {**rows, name: [own, *rows.get(name, ())]}
    reading = reading_of(text, document, **rows)
    return rule.read(reading, reading.rows[name][0])
