"""What the second reading says of a number's columns beside its words: words, values and verdicts for each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from verdicts import Row, at, verdict

from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, Verdict

WRONG = CONTRADICTED


@pytest.mark.parametrize(
    ("text", "value", "unit", "expected"),
    [
        ("«4,5%»", 4.5, "percent", SAID),
        ("«4,5%»", 4.6, "percent", WRONG),
        ("«45 tỷ đồng»", 45.0, "billion_vnd", SAID),
        ("«45 tỷ đồng»", 4.5, "billion_vnd", WRONG),
        ("«45 tỷ đồng»", 45.0, "vnd", WRONG),
        ("«45 tỷ đồng»", 45e9, "vnd", SAID),
        ("«45»", 45.0, "billion_vnd", SAID),
        ("«2 tỷ 350 triệu đồng»", 2.35, "billion_vnd", SAID),
        ("«2 tỷ 350 triệu đồng»", 2.36, "billion_vnd", WRONG),
        ("«gấp đôi»", 2.0, "times", SAID),
        ("«gấp đôi»", 3.0, "times", WRONG),
        ("«gấp đôi»", 1.0, "times", WRONG),
        ("«nhiều»", 1.0, "times", WRONG),
        ("Nước triệu m3 «1,8»", 1.8e6, "m3", SAID),
        ("Nước triệu m3 «1,8»", 1.8e3, "m3", WRONG),
        ("Nước triệu m3 «1,8 - 2»", 1.8e6, "m3", SAID),
        ("Nước triệu m3 «1,8 - 2»", 2e6, "m3", WRONG),
        ("Nước triệu m3 «1,8 kho»", 1.8e6, "m3", WRONG),
        ("Nước triệu kho «1,8»", 1.8e6, "m3", WRONG),
        ("Nước\n«1,8» triệu m3", 1.8e6, "m3", SAID),
        ("«1,8» triệu m3\nNước", 1.8e6, "m3", SAID),
        ("Nước triệu m3\n«1,8»\nbể triệu m3", 1.8e6, "m3", WRONG),
        ("Nước triệu aaaaaaaa m3 «1,8»", 1.8e6, "m3", SAID),
        ("Nước triệu aaaaaaaaa m3 «1,8»", 1.8e6, "m3", WRONG),
    ],
)
def test_value(text: str, value: float, unit: str, expected: Verdict) -> None:
    assert verdict("indicators.value", text, {"value": value, "unit": unit}) is expected


@pytest.mark.parametrize(
    ("quote", "high", "expected"),
    [
        ("4%", None, SAID), ("4 - 5%", None, WRONG), ("4 - 5%", 5.0, SAID), ("4 - 5%", 4.0, WRONG), ("4%", 4.0, WRONG),
        ("4% đến 5%", None, WRONG), ("4 đến 5%", None, WRONG), ("4 - 5 - 6%", None, SAID), ("4 - 5 - 6%", 6.0, WRONG),
        ("5 tỷ, thêm 4 tỷ", None, SAID), ("nhiều", 4.0, WRONG),
    ],
)  # fmt: skip
def test_value_high(quote: str, high: float | None, expected: Verdict) -> None:
    assert verdict("indicators.value_high", f"«{quote}»", {"value_high": high}) is expected


@pytest.mark.parametrize(
    ("quote", "unit", "denominator", "expected"),
    [
        ("45/60 xã", "commune", 60.0, SAID), ("45/60 xã", "commune", 45.0, WRONG), ("45/60 xã", "commune", None, WRONG),
        ("45 xã", "commune", 60.0, WRONG), ("45 và 60 xã", "commune", 60.0, WRONG), ("45 xã", "commune", None, SAID),
        ("27/10.000", "bed_per_10000", None, SAID), ("27/1.000", "per_1000", None, SAID), ("1/3", "part", None, SAID),
        ("1/3", "person", None, WRONG),
    ],
)  # fmt: skip
def test_denominator(quote: str, unit: str, denominator: float | None, expected: Verdict) -> None:
    row = {"unit": unit, "denominator": denominator}
    assert verdict("indicators.denominator", f"«{quote}»", row) is expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("«1/3»", "part", SAID),
        ("«3»", "part", WRONG),
        ("«gấp đôi»", "times", SAID),
        ("«gấp đôi»", "percent", WRONG),
        ("«2 lần»", "times", SAID),
        ("«2 lần»", "percent", WRONG),
        ("«45 xã»", "commune", SAID),
        ("xã «45 tỷ»", "commune", WRONG),
        ("«US$ 1.850 triệu»", "million_usd", SAID),
        ("«1.850 triệu»", "million_usd", WRONG),
        ("«2 tỷ 350 triệu USD»", "billion_usd", SAID),
        ("Số xã: «45»", "commune", SAID),
        ("Số xã «45 trở lên»", "commune", SAID),
        ("Số kho: «45»", "commune", WRONG),
        ("Số xã. Kho: «45»", "commune", SAID),
        (f"xã{'.' * 2998}«45»", "commune", SAID),
        (f"xã{'.' * 2999}«45»", "commune", WRONG),
        ("Giường bệnh trên 10.000 dân: «27 giường»", "bed_per_10000", SAID),
        ("Giường bệnh: «27 giường»", "bed_per_10000", WRONG),
        ("Giường bệnh trên 10.000 dân: «27 kho»", "bed_per_10000", WRONG),
        ("Kho: «27 giường/vạn dân»", "bed_per_10000", SAID),
        ("Hạng «5»", "rank", SAID),
        ("Chỉ số «5 index»", "index", SAID),
        ("Chỉ số «5 kho»", "index", WRONG),
        ("«5 ca»", "per_100000_live_births", SAID),
    ],
)
def test_unit(text: str, unit: str, expected: Verdict) -> None:
    assert verdict("indicators.unit", text, {"unit": unit}) is expected


def test_the_unit_of_a_count_of_a_whole_may_be_unwritten() -> None:
    row = {"unit": "index", "denominator": 9.0}
    assert verdict("indicators.unit", "Chỉ số «5/9 kho»", row) is SAID


@pytest.mark.parametrize(
    ("text", "unit", "name", "change", "expected"),
    [
        ("«5%»", "percent", None, "level", SAID),
        ("«5%»", "tonne", None, "level", WRONG),
        ("«5%/năm»", "percent_per_year", None, "level", SAID),
        ("Bình quân «5%»", "percent_per_year", None, "level", SAID),
        ("Đạt «5%»", "percent_per_year", None, "level", WRONG),
        ("Bình quân «5%/người»", "percent_per_person", None, "level", WRONG),
        ("«5%/năm»", "percent", None, "level", WRONG),
        ("«5% / năm»", "percent", None, "level", WRONG),
        ("«5 điểm %»", "percentage_point", None, "level", SAID),
        ("«5 điểm %»", "percent", None, "level", WRONG),
        ("«5%»", "percentage_point", None, "decrease", WRONG),
        ("«5%»", "percentage_point", "Hộ nghèo", "decrease", SAID),
        ("«5%»", "percentage_point", "Hộ nghèo", "level", WRONG),
        ("«5%»", "percentage_point", "Rừng", "decrease", WRONG),
        ("«5%»", "percent", "Tỷ lệ hộ nghèo", "decrease", WRONG),
        ("«5%»", "percent", "Mức giảm tỷ lệ hộ nghèo", "decrease", WRONG),
        ("«5%»", "percent", "Tỷ lệ hộ nghèo", "level", SAID),
        ("«5%»", "percent", "Hộ nghèo", "decrease", SAID),
    ],
)
def test_per_cent(text: str, unit: str, name: str | None, change: str, expected: Verdict) -> None:
    row = {"unit": unit, "name": name, "change": change}
    assert verdict("indicators.unit", text, row) is expected


@pytest.mark.parametrize(
    ("text", "comparator", "expected"),
    [
        ("«trên 5%»", ">", SAID),
        ("«trên5%»", ">", SAID),
        ("«trên 5%»", "=", WRONG),
        ("«≥5%»", ">=", SAID),
        ("«khoảng 4 - 5%»", "~", SAID),
        ("«5% hộ trên xã»", "=", SAID),
        ("«5% hộ trên xã»", ">", WRONG),
        ("«5% trở lên»", ">=", SAID),
        ("«5% trở lên»", "=", WRONG),
        ("«cao hơn 5%»", "=", SAID),
        ("«cao hơn 5%»", "<", WRONG),
        ("«hơn 5%»", "=", WRONG),
        ("Đạt «5%»", "=", SAID),
        ("Đạt «5%»", ">", WRONG),
        ("Trên mức «5%»", ">", SAID),
        ("Trên mức «5%»", "<", WRONG),
        ("Trên mức. Đạt «5%»", ">", WRONG),
        ("«5%» trở lên", ">=", SAID),
        ("«5%» trở lên", ">", WRONG),
        (f"Trên {'x' * 55} «5%»", ">", SAID),
        (f"Trên {'x' * 56} «5%»", ">", WRONG),
        (f"«5%» {'x' * 21} trở lên", ">=", SAID),
        (f"«5%» {'x' * 22} trở lên", ">=", WRONG),
    ],
)
def test_comparator(text: str, comparator: str, expected: Verdict) -> None:
    assert verdict("indicators.comparator", text, {"comparator": comparator}) is expected


def test_words_before_another_number_are_of_that() -> None:
    text, row = "Trên 7 xã và «5%»", {"comparator": ">"}
    before, other = (at(text, words, indicator_id=words) for words in ("7 xã", "Trên"))
    assert verdict("indicators.comparator", text, row) is SAID
    assert verdict("indicators.comparator", text, row, indicators=[before]) is WRONG
    assert verdict("indicators.comparator", text, row, indicators=[other, before]) is WRONG
    elsewhere = {**before, "document_id": "c"}
    assert verdict("indicators.comparator", text, row, indicators=[elsewhere]) is SAID


@pytest.mark.parametrize(
    ("text", "change", "more", "expected"),
    [
        ("«tăng 5%»", "increase", {}, SAID),
        ("«tăng 5%»", "decrease", {}, WRONG),
        ("«tăng 5%»", "level", {}, WRONG),
        ("«giảm 5%»", "level", {}, WRONG),
        ("«tăng lên 5%»", "level", {}, SAID),
        ("«giảm còn 5%»", "level", {}, SAID),
        ("«giảm còn 5%»", "decrease", {}, SAID),
        ("«giảm còn 5%»", "increase", {}, WRONG),
        ("tăng «5%»", "level", {}, SAID),
        ("đạt «5%»", "level", {"name": "Tốc độ tăng đàn bò"}, WRONG),
        ("đạt «5 xã»", "level", {"name": "Tốc độ tăng đàn bò"}, SAID),
        ("đạt «5%»", "level", {"name": "Đàn bò"}, SAID),
        ("giảm «5%»", "decrease", {}, SAID),
        ("đạt «5%»", "decrease", {"name": "Mức giảm"}, SAID),
        ("đạt «-5%»", "decrease", {}, SAID),
        ("đạt «5%»", "decrease", {}, WRONG),
        ("tăng «5%»", "increase", {}, SAID),
        ("đạt «5%»", "increase", {"name": "Tốc độ tăng"}, SAID),
        ("đạt «5%»", "increase", {}, WRONG),
        ("đạt «5%»", "increase", {"unit": "percent_per_year"}, DOUBTFUL),
        ("tương đương «5 xã»", "increase", {}, DOUBTFUL),
        ("Tăng. Đạt «5%»", "increase", {}, DOUBTFUL),
        ("Tăng. Đạt «5 xã»", "increase", {}, WRONG),
        (f"Ừ. tăng. {'x' * 154}«5%»", "increase", {}, DOUBTFUL),
        (f"Ừ. tăng. {'x' * 155}«5%»", "increase", {}, WRONG),
    ],
)
def test_change(text: str, change: str, more: Row, expected: Verdict) -> None:
    assert verdict("indicators.change", text, {"change": change, **more}) is expected


BEFORE, NOW, LATER = "2024", "2025", "2026"


@pytest.mark.parametrize(
    ("text", "kind", "period", "role", "expected"),
    [
        ("Đạt «5%»", "target", None, "other", SAID),
        ("Đạt «5%»", "actual", BEFORE, "other", SAID),
        ("Đạt «5%»", "target", BEFORE, "other", WRONG),
        ("Phấn đấu «5%»", "target", BEFORE, "other", DOUBTFUL),
        ("Đạt «5%»", "target", "2025-03-03", "other", WRONG),
        ("Đạt «5%»", "target", "2025-03-04", "other", SAID),
        ("Đạt «5%»", "target", LATER, "situation", SAID),
        ("Đạt «5%»", "actual", LATER, "other", WRONG),
        ("Đạt «5%»", "actual", LATER, "situation", DOUBTFUL),
        ("Đạt «5%»", "actual", LATER, "task", WRONG),
        ("Dự kiến «5%»", "actual", LATER, "other", DOUBTFUL),
        ("Ước «5%»", "actual", LATER, "other", DOUBTFUL),
        ("Đạt «5%»", "actual", "2025-03-03/2026", "other", SAID),
        ("Đạt «5%»", "target", NOW, "other", SAID),
        ("Đạt «5%»", "target", NOW, "situation", WRONG),
        ("Mục tiêu. Đạt «5%»", "target", NOW, "situation", SAID),
        ("Đạt «5%»", "actual", NOW, "other", SAID),
        ("Đạt «5%»", "actual", NOW, "situation", SAID),
        ("Đạt «5%»", "actual", NOW, "objective", WRONG),
        ("Đạt «5%»", "actual", NOW, "task", WRONG),
        ("Đạt «5%»", "actual", NOW, "organisation", WRONG),
        ("Đã đạt «5%»", "actual", NOW, "task", SAID),
        ("Đạt «ước 5%»", "actual", NOW, "task", SAID),
        ("Giảm từ «5%» xuống 3%", "actual", NOW, "task", SAID),
        ("Giảm từ «5%» rồi 3%", "actual", NOW, "task", WRONG),
        ("Giảm «5%» xuống 3%", "actual", NOW, "task", WRONG),
        (f"Từ «5%» {'x' * 53} xuống", "actual", NOW, "task", SAID),
        (f"Từ «5%» {'x' * 54} xuống", "actual", NOW, "task", WRONG),
        ("Thực hiện\n5\n«5»", "actual", NOW, "task", SAID),
        ("Thực hiện\n5\n«5%»", "actual", NOW, "task", WRONG),
        ("Đạt «5%»", "estimate", BEFORE, "other", WRONG),
        ("Ước «5%»", "estimate", BEFORE, "other", SAID),
        ("Ước «5%»", "forecast", BEFORE, "other", WRONG),
        ("Dự báo «5%»", "forecast", LATER, "other", DOUBTFUL),
        (f"Ước. {'x' * 200}: «5%»", "estimate", BEFORE, "other", SAID),
        (f"Ước. {'x' * 200} «5%»", "estimate", BEFORE, "other", WRONG),
        (f"Ước. {'x' * 200} «5»", "estimate", BEFORE, "other", SAID),
        (f"Đạt. {'x' * 200} «5»", "estimate", BEFORE, "other", WRONG),
    ],
)
def test_kind(text: str, kind: str, period: str | None, role: str, expected: Verdict) -> None:
    sections = [
        {"section_id": "s", "role": "other", "parent_section_id": "above"},
        {"section_id": "above", "role": role, "parent_section_id": "top"},
        {"section_id": "top", "role": "evaluation"},
    ]
    row = {"kind": kind, "period": period, "section_id": "s"}
    assert verdict("indicators.kind", text, row, sections=sections) is expected
    undated = verdict("indicators.kind", text, row, {"date": None}, sections=sections)
    assert undated is SAID


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("«8%»", None, SAID),
        ("Năm 2024 đạt «8%»", "2024", SAID),
        ("Năm 2024 đạt «8%»", "2023", WRONG),
        ("Từ năm 2021 đến 2024 đạt «8%»", "2021/2024", SAID),
        ("Từ năm 2021 đạt «8%»", "2021/2024", WRONG),
        ("«8%»", "2025", SAID),
        ("«8%»", "2026", WRONG),
        (f"Năm 2026. {'x' * 599}«8%»", "2026", SAID),
        (f"Năm 2026. {'x' * 600}«8%»", "2026", DOUBTFUL),
        (f"Năm 2026. {'x' * 600}, năm 2024 «8%»", "2026", WRONG),
        (f"Năm 2026. {'x' * 600}, năm 2024 «5»", "2026", DOUBTFUL),
        (f"{'x' * 2000}2026{'x' * 2996}«8%»", "2026", DOUBTFUL),
        (f"{'x' * 2000}2026{'x' * 2997}«8%»", "2026", WRONG),
        (f"{'x' * 1996}2026{'x' * 3000}«8%»", "2026", DOUBTFUL),
        (f"{'x' * 1997}2026{'x' * 3000}«8%»", "2026", WRONG),
        ("So với năm 2026 đạt «8%»", "2026", DOUBTFUL),
        ("Rừng (2021 - 2026) đạt «8%»", "2021/2026", DOUBTFUL),
        ("Tháng 5 năm 2024 đạt «8%»", "2024-05", SAID),
        ("Tháng 6 năm 2024 đạt «8%»", "2024-05", WRONG),
        ("Ngày 20/5/2024 đạt «8%»", "2024-05-20", SAID),
        ("Tháng 5 năm 2024 đạt «8%»", "2024-05-27", WRONG),
        ("Tháng 5 năm 2024 đạt «8%»", "2024-05-28", SAID),
        ("Tháng 5 năm 2024 đạt «8%»", "2024-05-02", WRONG),
        ("Năm 2024 đạt «8%»", "2024-12", SAID),
        ("6 tháng đầu năm 2024 đạt «8%»", "2024-01-01/2024-06-30", SAID),
        ("9 tháng đầu năm 2024 đạt «8%»", "2024-01-01/2024-06-30", WRONG),
        ("Năm 2024 đạt «8%»", "2024-01-01", WRONG),
        ("Tháng 6/2023 đến 2024 đạt «8%»", "2023-06/2024-01-01", WRONG),
        ("Ngày 15, 6 tháng năm 2024 đạt «8%»", "2024-01-15/2024-06-30", WRONG),
        ("Quý III năm 2024 đạt «8%»", "2024-07/2024-09", SAID),
        ("Quý II năm 2024 đạt «8%»", "2024-04/2024-06", SAID),
        ("Quý II năm 2024 đạt «8%»", "2024-07/2024-09", WRONG),
    ],
)
def test_period(text: str, period: str | None, expected: Verdict) -> None:
    assert verdict("indicators.period", text, {"period": period}, {"number": "KH"}) is expected


@pytest.mark.parametrize(
    ("text", "document", "heading", "expected"),
    [
        ("«5%»", {"date": date(2026, 1, 1)}, None, SAID),
        ("«5%»", {"date": None}, None, WRONG),
        ("«5%»", {"title": "Rừng 2026"}, None, SAID),
        ("«5%»", {"title": None}, None, WRONG),
        ("«5%»", {"number": "1/2026/NQ"}, None, SAID),
        ("«5%»", {"number": None}, None, WRONG),
        ("«5%»", {}, "Việc năm 2026", SAID),
        ("Năm 2026. «5%»", {"start": 10}, None, WRONG),
        (f"{'x' * 2996}2026{'x' * 3000}«5%»", {"start": 1000}, None, DOUBTFUL),
        (f"{'x' * 2997}2026{'x' * 3000}«5%»", {"start": 1000}, None, WRONG),
        (f"Năm 2026. {'x' * 600}, năm 2024 «5%»", {"date": None}, None, DOUBTFUL),
        (f"Năm 2026. {'x' * 600}, năm 2024 «5%»", {"start": 10, "date": None}, None, WRONG),
    ],
)
def test_what_lends_a_number_its_year(
    text: str, document: Row, heading: str | None, expected: Verdict
) -> None:
    sections = [{"section_id": "s", "heading": heading}]
    row = {"period": "2026", "section_id": "s"}
    assert verdict("indicators.period", text, row, document, sections=sections) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Đạt «5%»", None, SAID),
        ("Trồng rừng đạt «5%»", "Tỷ lệ rừng trồng", SAID),
        ("Trồng cây đạt «5%»", "Sâm trồng", WRONG),
        ("Một hai «5%». Ba bốn", "Một hai ba bốn", SAID),
        ("Một «5%». Hai ba", "Một hai ba", WRONG),
        ("Một hai «5%». Ba bốn", "Ba bốn – một hai", SAID),
        ("Một hai «5%». Ba bốn", "Một hai – ba bốn", WRONG),
        (f"{'x' * 2000}. Trồng rừng «5%».\n{'x' * 113} biển", "Biển – rừng trồng", SAID),
        (f"{'x' * 2000}. Trồng rừng «5%».\n{'x' * 114} biển", "Biển – rừng trồng", WRONG),
        (f"Biển. {'x' * 700} trồng rừng «5%»", "Biển – rừng trồng", SAID),
    ],
)
def test_name(text: str, name: str | None, expected: Verdict) -> None:
    assert verdict("indicators.name", text, {"name": name}) is expected


def test_a_name_away_from_its_number_may_be_that_of_the_one_before() -> None:
    def of(name: str, *others: Any) -> Verdict:
        text = f"Trồng rừng «9%».{' x' * 99} 7 rồi «5%»".replace("«9%»", "9%")
        before = [at(text, words, name=name, indicator_id=words) for words, name in others]
        return verdict("indicators.name", text, {"name": name}, indicators=before)

    assert of("Trồng rừng", ("9%", "Trồng rừng")) is DOUBTFUL
    assert of("Trồng rừng", ("9%", "Trồng cây")) is WRONG
    assert of("Trồng rừng", ("9%", "Trồng rừng"), ("7", "Trồng cây")) is WRONG
    assert of("Trồng rừng") is WRONG
    assert of("Trồng biển", ("9%", "Trồng biển")) is WRONG


@pytest.mark.parametrize(
    ("name", "unit", "change", "measure", "expected"),
    [
        ("Tỷ lệ che phủ rừng", "percent", "level", "forest-cover", SAID),
        ("Tỷ lệ che phủ rừng", "percent", "level", None, WRONG),
        ("Tỷ lệ che phủ rừng", "tonne", "level", "forest-cover", WRONG),
        (None, "percent", "level", None, SAID),
        ("GDP", "percent", "increase", "gdp-growth", SAID),
        ("GDP", "percent", "level", "gdp-growth", WRONG),
        ("GDP", "percent_per_year", "level", "gdp-growth", SAID),
    ],
)
def test_measure(
    name: str | None, unit: str, change: str, measure: str | None, expected: Verdict
) -> None:
    row = {"name": name, "unit": unit, "change": change, "measure_id": measure}
    assert verdict("indicators.measure_id", "«5%»", row) is expected
