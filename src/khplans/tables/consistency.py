"""Doubts that show only when the rows of a document stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.model import Doubt
from khplans.tables.cross_checks import CROSS_CHECKS
from khplans.tables.doubts import row_doubt
from khplans.tables.identity import Identity, identity_of
from khplans.tables.rows import Row, Rows


def doubts_between_rows(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    """Table, row and doubt, for every row that does not agree with another.

    >>> from khplans.pipeline import rows_of
    >>> head = "UBND TỈNH PHÚ YÊN\\nSố: 5/KH-UBND\\nPhú Yên, ngày 5 tháng 6 năm 2025\\nKẾ HOẠCH\\nTrồng rừng"
    >>> def codes(day):
    ...     rows = rows_of(f"{head}\\nI. NHIỆM VỤ\\n1. Trồng rừng trước ngày {day}/2025.")
    ...     return [doubt.code for _, _, doubt in doubts_between_rows(rows)]
    >>> codes("1/7"), codes("1/5")
    ([], ['deadline-before-document'])
    """
    for check in CROSS_CHECKS:
        for row, facts in check.compare(rows):
            if facts is not None:
                yield check.table, row, row_doubt(row, check.code, **facts)
    yield from _letterheads(rows)
    yield from _twice(rows)


def _letterheads(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    """The documents whose letterhead lacks its number, type or date.

    >>> document = {"document_id": "d", "start": 0, "end": 9, "number": "5/KH-UBND", "document_type": "Kế hoạch", "date": 1}
    >>> [doubt.facts for _, _, doubt in _letterheads({"documents": [document, {**document, "date": None}]})]
    [{'missing': 'ngày/date'}]
    """
    names = {"number": "số/number", "document_type": "loại/type", "date": "ngày/date"}
    for document in rows["documents"]:
        missing = ", ".join(name for column, name in names.items() if not document.get(column))
        if missing:
            yield "documents", document, row_doubt(document, "document-incomplete", missing=missing)


def _twice(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    """The documents that the plan has a second time.

    >>> document = {"document_id": "d", "start": 0, "end": 9, "number": "5/KH-UBND", "issuer_id": "phu-yen-ubnd", "date": None}
    >>> again = {**document, "document_id": "e", "start": 20}
    >>> others = again, {**again, "number": None}, {**again, "number": "6/KH-UBND"}
    >>> [[doubt.facts["first"] for _, _, doubt in _twice({"documents": [document, one]})] for one in others]
    [['d'], [], []]
    """
    first: dict[Identity, str] = {}
    for document in sorted(rows["documents"], key=lambda row: row["start"]):
        identity = identity_of(document)
        if identity is None:
            continue
        there = first.setdefault(identity, document["document_id"])
        if there != document["document_id"]:
            facts = {"number": identity.number, "first": there}
            yield "documents", document, row_doubt(document, "document-twice", **facts)
