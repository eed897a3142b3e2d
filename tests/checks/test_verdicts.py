"""What the second reading says of a value beside its words: a table of words, values and verdicts for each column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from khplans.checks.words import RULES
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, Verdict

Row = dict[str, Any]
DOCUMENT: Row = {
    "document_id": "d", "plan_id": "p", "start": 0, "number": "1/KH-UBND", "title": "Phát triển rừng", "province": "Cà Mau", "date": date(2025, 3, 3),
}  # fmt: skip


def reading_of(
    text: str, document: Row, sections: Sequence[Row], blocks: Sequence[Row]
) -> SecondReading:
    whole = {
        "plan_id": "p",
        "block_id": "b",
        "continues_block_id": None,
        "kind": "paragraph",
        "start": 0,
        "end": len(text),
    }
    rows: dict[str, list[Row]] = {
        "documents": [{**DOCUMENT, "end": len(text), **document}], "corrections": [], "tasks": [], "citations": [],
        "sections": [{"document_id": "d", "parent_section_id": None, **one} for one in sections],
        "blocks": [{**whole, **one} for one in blocks] or [whole],
    }  # fmt: skip
    return SecondReading(rows, {"p": text}, {"agencies": [], "agency_names": [], "instruments": []})


def verdict(
    column: str,
    text: str,
    row: Row,
    document: Row | None = None,
    sections: Sequence[Row] = (),
    blocks: Sequence[Row] = (),
) -> Verdict:
    """Of a value whose row has the words between « and » in a text."""
    start, end = text.index("«"), text.index("»") - 1
    plain = text.replace("«", "").replace("»", "")
    table, name = column.split(".")
    (rule,) = (one for one in RULES if (one.table, one.column) == (table, name))
    reading = reading_of(plain, document or {}, sections, blocks)
    return rule.read(
        reading, {"document_id": "d", "section_id": None, "start": start, "end": end, **row}
    )


def due(day: date | None, words: str | None, basis: str | None = "stated") -> Row:
    return {"deadline": day, "deadline_text": words, "deadline_basis": basis}


JUNE = date(2025, 6, 30)
TASK = "«Sở Y tế trình đề án» ở tỉnh."


@pytest.mark.parametrize(
    ("row", "document", "expected"),
    [
        (due(None, None), {}, SAID),
        (due(JUNE, None), {}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6/2025"), {}, SAID),
        (due(JUNE, "trước ngày 30/6/25"), {}, SAID),
        (due(JUNE, "trước ngày 30/6/2026"), {}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6"), {}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": date(2024, 12, 9)}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": date(2023, 12, 9)}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6"), {"date": None}, CONTRADICTED),
        (due(JUNE, "trước ngày 30/6"), {"date": None, "title": "Phát triển rừng năm 2025"}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": None, "number": "1/2025/KH"}, SAID),
        (due(JUNE, "trước ngày 30/6"), {"date": None, "title": None, "number": None}, CONTRADICTED),
        (due(date(2025, 3, 13), "trong 10 ngày từ ngày ký", "counted"), {}, SAID),
        (due(date(2025, 3, 14), "trong 10 ngày từ ngày ký", "counted"), {}, CONTRADICTED),
    ],
)
def test_deadlines(row: Row, document: Row, expected: Verdict) -> None:
    assert verdict("tasks.deadline", TASK, row, document) is expected


def test_the_year_of_a_deadline_stands_in_the_task_above_it_or_in_its_heading() -> None:
    row = due(JUNE, "trước ngày 30/6")
    asked = {"row": row, "document": {"date": None}}
    assert verdict("tasks.deadline", "Năm 2025. «Sở Y tế trình đề án».", **asked) is SAID
    assert verdict("tasks.deadline", "«Sở Y tế trình đề án năm 2025».", **asked) is SAID
    assert verdict("tasks.deadline", TASK, **asked) is CONTRADICTED
    heading = {"section_id": "s", "heading": "Việc năm 2025", "start": 0}
    inside = {"row": {**row, "section_id": "s"}, "document": {"date": None}, "sections": [heading]}
    assert verdict("tasks.deadline", TASK, **inside) is SAID


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (due(None, None, None), SAID),
        (due(None, None, "stated"), CONTRADICTED),
        (due(JUNE, "trước ngày 30/6/2025", None), CONTRADICTED),
        (due(JUNE, "trước ngày 30/6/2025"), SAID),
        (due(JUNE, "30 ngày từ ngày ký", "counted"), SAID),
        (due(JUNE, "trước ngày 30/6/2025", "counted"), CONTRADICTED),
        (due(JUNE, None, "counted"), CONTRADICTED),
    ],
)
def test_the_basis_of_a_deadline(row: Row, expected: Verdict) -> None:
    assert verdict("tasks.deadline_basis", TASK, row) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ở Hà Nam, «Sở Y tế» chủ trì.", DOUBTFUL),
        ("«Sở Y tế» của Hà Nam chủ trì.", DOUBTFUL),
        (f"Ở Hà Nam.{' ' * 99}«Sở Y tế» chủ trì.", CONTRADICTED),
        ("«Sở Y tế» chủ trì.", CONTRADICTED),
    ],
)
def test_a_body_of_another_province_is_doubtful_where_that_is_named_near(
    text: str, expected: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = {"agency_id": "a", "name": "Sở Y tế", "province": "Hà Nam"}
    monkeypatch.setattr(SecondReading, "agencies", {"a": agency})
    monkeypatch.setattr(SecondReading, "forms", {("a", "Sở Y tế")})
    assert (
        verdict("task_agencies.agency_id", text, {"agency_id": "a", "form": "Sở Y tế"}) is expected
    )
