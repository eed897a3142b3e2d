"""Doubts that show only when the rows of a document stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.model import Doubt
from khplans.tables.cross_checks import CROSS_CHECKS
from khplans.tables.doubts import row_doubt
from khplans.tables.identity import Identity, identity_of
from khplans.tables.rows import Row, Rows


def doubts_between_rows(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    """Table, row and doubt, for every row that does not agree with another."""
    for check in CROSS_CHECKS:
        for row, facts in check.compare(rows):
            if facts is not None:
                yield check.table, row, row_doubt(row, check.code, **facts)
    yield from _letterheads(rows)
    yield from _twice(rows)


def _letterheads(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    names = {"number": "số/number", "document_type": "loại/type", "date": "ngày/date"}
    for document in rows["documents"]:
        missing = ", ".join(name for column, name in names.items() if not document.get(column))
        if missing:
            yield "documents", document, row_doubt(document, "document-incomplete", missing=missing)


def _twice(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    first: dict[Identity, str] = {}
    for document in sorted(rows["documents"], key=lambda row: row["start"]):
        identity = identity_of(document)
        if identity is None:
            continue
        there = first.setdefault(identity, document["document_id"])
        if there != document["document_id"]:
            facts = {"number": identity.number, "first": there}
            yield "documents", document, row_doubt(document, "document-twice", **facts)
