"""Doubts that show when rows stand beside each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from khplans.intake import Taken, unregistered
from khplans.pipeline import tables_of
from khplans.tables.consistency import doubts_between_rows
from khplans.tables.cross_checks import CROSS_CHECKS
from khplans.tables.rows import Rows, empty_rows

NO_AMOUNTS = (
    "percent",
    "percentage_point_per_year",
    "per_1000",
    "quintal_per_hectare",
    "million_vnd_per_person_per_year",
    "bed_per_10000",
    "index",
)


def rows_of(document_date: date | None = date(2024, 5, 13)) -> Rows:
    rows = empty_rows()
    rows["documents"].append(
        {"document_id": "d", "number": "1/KH-UBND", "document_type": "Kế hoạch", "date": document_date, "start": 0, "end": 999}
    )  # fmt: skip
    return rows


def codes(rows: Rows) -> list[tuple[str, str]]:
    return [(name, doubt.code) for name, _, doubt in doubts_between_rows(rows)]


def indicator(key: str, value: float, start: int, **more: Any) -> dict[str, Any]:
    return {
        "indicator_id": key, "document_id": "d", "value": value, "value_high": None, "unit": "billion_vnd",
        "change": "level", "kind": "target", "period": "2024", "denominator": None,
        "parent_indicator_id": None, "start": start, "end": start + 8, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("deadline", "wanted"),
    [
        (date(2024, 5, 12), [("tasks", "deadline-before-document")]),
        (date(2024, 5, 13), []),
        (date(2024, 12, 31), []),
        (None, []),
    ],
)
def test_deadlines(deadline: date | None, wanted: list[tuple[str, str]]) -> None:
    rows = rows_of()
    rows["tasks"].append({"document_id": "d", "deadline": deadline, "start": 1, "end": 5})
    assert codes(rows) == wanted


def test_a_document_without_date_dates_nothing() -> None:
    rows = rows_of(None)
    rows["tasks"].append({"document_id": "d", "deadline": date(1990, 1, 1), "start": 1, "end": 5})
    rows["citations"].append({"document_id": "d", "date": date(2090, 1, 1), "start": 1, "end": 5})
    assert codes(rows) == [("documents", "document-incomplete")]


@pytest.mark.parametrize(
    ("cited", "wanted"),
    [(date(2024, 5, 14), [("citations", "citation-after-document")]), (date(2024, 5, 13), [])],
)
def test_citations(cited: date, wanted: list[tuple[str, str]]) -> None:
    rows = rows_of()
    rows["citations"].append({"document_id": "d", "date": cited, "start": 1, "end": 5})
    assert codes(rows) == wanted


@pytest.mark.parametrize(
    ("parts", "whole", "told"),
    [
        # Thu ngân sách 16.687 tỷ đồng, trong đó thu nội địa 14.500 và thu xuất nhập khẩu 2.187.
        ([14500, 2187], 16687, False),
        ([14500], 16687, False),
        ([14500, 2887], 16687, True),
        ([14530, 2187], 16687, False),  # rounding
    ],
)
def test_parts(parts: list[float], whole: float, told: bool) -> None:
    rows = rows_of()
    rows["indicators"].append(indicator("w", whole, 10))
    rows["indicators"] += [
        indicator(f"p{n}", value, 100 * n, parent_indicator_id="w")
        for n, value in enumerate(parts, 1)
    ]
    assert codes(rows) == [("indicators", "parts-do-not-add-up")] * told


def test_amounts_in_a_time_add_up() -> None:
    rows = rows_of()
    rows["indicators"] += [
        indicator("w", 10, 10, unit="tonne_per_year"),
        indicator("p", 30, 100, unit="tonne_per_year", parent_indicator_id="w"),
    ]
    assert codes(rows) == [("indicators", "parts-do-not-add-up")]


@pytest.mark.parametrize(
    "change",
    [
        *({"unit": unit} for unit in NO_AMOUNTS),
        {"change": "increase"},
        {"period": "2023"},
        {"unit": "person"},
    ],
)
def test_what_is_not_comparable_is_not_added(change: dict[str, str]) -> None:
    rows = rows_of()
    whole = change if change.get("unit") in NO_AMOUNTS else {}
    rows["indicators"].append(indicator("w", 10, 10, **whole))
    rows["indicators"].append(indicator("p", 90, 100, parent_indicator_id="w", **change))
    assert codes(rows) == []


@pytest.mark.parametrize(
    ("count", "whole", "share", "told"),
    [
        (68, 92, 73.9, False),  # 73,913
        (68, 92, 74, False),
        (68, 92, 37.9, True),
        (1, 3, 33.33, False),
        (1, 3, 33.5, True),
    ],
)
def test_shares(count: float, whole: float, share: float, told: bool) -> None:
    rows = rows_of()
    rows["indicators"].append(indicator("c", count, 10, unit="commune", denominator=whole))
    rows["indicators"].append(indicator("s", share, 25, unit="percent"))
    assert codes(rows) == [("indicators", "percentage-does-not-match")] * told


def test_a_percentage_far_from_the_count_is_of_something_else() -> None:
    rows = rows_of()
    rows["indicators"].append(indicator("c", 68, 10, unit="commune", denominator=92))
    rows["indicators"].append(indicator("s", 12, 90, unit="percent"))
    assert codes(rows) == []


def test_ranges() -> None:
    rows = rows_of()
    rows["indicators"].append(indicator("r", 5, 10, value_high=4))
    rows["indicators"].append(indicator("o", 4, 50, value_high=5))
    assert codes(rows) == [("indicators", "range-reversed")]


def test_a_letterhead_that_lacks_something_says_what() -> None:
    rows = rows_of(None)
    rows["documents"][0]["number"] = None
    ((name, row, doubt),) = doubts_between_rows(rows)
    assert (name, row["document_id"], doubt.code) == ("documents", "d", "document-incomplete")
    assert doubt.facts == {"missing": "số/number, ngày/date"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, True),
        ({"date": date(2023, 5, 13)}, False),
        ({"number": "2/KH-UBND"}, False),
        ({"issuer_id": "b"}, False),
        ({"issuer_id": None}, False),
        ({"number": None}, False),
    ],
)
def test_a_document_twice_in_one_file(more: dict[str, Any], told: bool) -> None:
    rows = rows_of()
    rows["documents"][0]["issuer_id"] = "a"
    rows["documents"].insert(
        0, {**rows["documents"][0], "document_id": "e", "start": 1000, "end": 2000, **more}
    )
    found = [
        (row["document_id"], doubt.facts)
        for _, row, doubt in doubts_between_rows(rows)
        if doubt.code == "document-twice"
    ]
    assert found == ([("e", {"number": "1/KH-UBND", "first": "d"})] if told else [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Số xã đạt chuẩn nông thôn mới là 68/92 xã (tỷ lệ 37,9%).", ["68/92 là 73,91%"]),
        ("Số xã đạt chuẩn nông thôn mới là 68/92 xã (tỷ lệ 73,9%).", []),
        (
            "Thu ngân sách nhà nước 16.687 tỷ đồng, trong đó thu xuất nhập khẩu 12.087 tỷ đồng, thu nội địa 14.600 tỷ đồng.",
            ["Các phần cộng lại là 26.687, lớn hơn tổng 16.687"],
        ),
        ("Thực hiện Quyết định số 57/QĐ-UBND ngày 20/5/2024.", ["Ghi ngày 2024-05-20"]),
        ("Sở Y tế báo cáo kết quả trước ngày 01/02/2023.", ["Thời hạn 2023-02-01 ở trước"]),
    ],
)
def test_each_is_told_once_in_the_words_of_the_plan(line: str, said: list[str]) -> None:
    head = "UBND TỈNH KHÁNH HÒA\nSố: 15/KH-UBND\nKhánh Hòa, ngày 13 tháng 5 năm 2024\nKẾ HOẠCH\nPhát triển\n\nII. NHIỆM VỤ\n"
    text = f"{head}{line}\n"
    rows = tables_of(unregistered("a", Taken(text), text.encode()))
    codes = {check.code for check in CROSS_CHECKS}
    told = [row["message"] for row in rows["warnings"] if row["code"] in codes]
    assert len(told) == len(said)
    assert all(one.startswith(start) for one, start in zip(told, said, strict=True))
