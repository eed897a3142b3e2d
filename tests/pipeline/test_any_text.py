"""No text whatever breaks the tables: keys hold, spans are the source's, nothing raises."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_plans import LAO_CAI

from khplans.intake import Plan
from khplans.model import Source
from khplans.pipeline import tables_of
from khplans.tables.definition import tables

LINES = LAO_CAI.splitlines()
PIECES = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(
        [
            "PHỤ LỤC", "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn", "1\tXây dựng đề án\tSở Y tế\tQuý I/2025",
            "| TT | Nội dung | Chủ trì |", "|---|---|---|", "| 1 | Rà soát | UBND các huyện |", "\u00a0", "\f",
            "QUYẾT ĐỊNH", "Điều 1.", "a)", "II.", "II.", "- ", "trong đó thu nội địa 14.500 tỷ đồng", "\u200b",
            "Nghị quyết số 26-NQ/TW (gọi tắt là Nghị quyết 26)", "Thực hiện Nghị quyết 26",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.from_regex(
        r"(Thu ngân sách |Tỷ lệ hộ nghèo |Có |Năm )?(đạt|tăng|giảm|từ|trên|gấp|còn|ước)? ?"
        r"[0-9]{1,30}([.,/ –-][0-9]{1,20}){0,4} ?"
        r"(%|‰|tỷ đồng|nghìn tỷ đồng|triệu USD|xã|ha|lần|người/năm|/100.000 trẻ đẻ sống|kế hoạch|/20[0-9]{2})?"
        r"( (đến|xuống|lên|so với|-) [0-9.,]{1,20} ?(%|tỷ đồng|triệu)?)?\\.?",
        fullmatch=True,
    ),
    st.from_regex(
        r"(trước|đến|trong|từ|hết|chậm nhất) ?(ngày|tháng|quý|năm|Quý) ?[0-9IVXlⅢ]{1,12}([./-][0-9]{1,9}){0,3}",
        fullmatch=True,
    ),
)  # fmt: skip
FIGURES = st.one_of(
    st.from_regex(r"[0-9]{1,3}([.,][0-9]{3}){0,6}([.,][0-9]{1,4})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,3} \. ?[0-9]{3}(,[0-9])?", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}[/.-][0-9]{1,4}[/.-](0000|9999|[0-9]{1,5})", fullmatch=True),
    st.from_regex(r"[IVXLCDMl]{1,30}", fullmatch=True),
    st.integers(1, 5000).map("9".__mul__),
    st.sampled_from(
        ["٣٤", "१२", "１２", "²³", "Ⅳ", "1e999999999", "0", "0000", "9999", "-1.234,5"]
    ),
)
AROUND = st.sampled_from(
    [
        "", "đạt ", "tăng ", "từ ", "gấp ", "năm ", "quý ", "ngày ", "tháng ", "trước ngày ", "Điều ", "số ",
        "Nghị quyết số ", "trên ", " %", "%", "% kế hoạch", " tỷ đồng", " tỷ 200 triệu đồng", " triệu 520 nghìn con",
        " xã", "/năm", "/100.000 dân", "/9999", " - ", " đến ", "/NQ-CP", ". ", ") ", "\t", "\u0300", "\u2028", "\x1b",
    ]
)  # fmt: skip
WITH_FIGURES = st.lists(st.one_of(FIGURES, AROUND), max_size=9).map("".join)


def plan_of(text: str) -> Plan:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Plan(Source("van-ban", text), "Văn bản", "", None, "", None, digest)


@given(st.lists(PIECES, max_size=40).map("\n".join))
def test_tables_of_any_text_hold_together(text: str) -> None:
    rows = tables_of(plan_of(text or " "))
    keys: dict[tuple[str, str], set[Any]] = {}
    for definition in tables():
        found = [
            tuple(row[column] for column in definition.primary_key) for row in rows[definition.name]
        ]
        assert len(found) == len(set(found)), definition.name
        for field in definition.fields:
            values = {row[field.name] for row in rows[definition.name]}
            keys[definition.name, field.name] = values
            assert "" not in values
            assert not (field.required and None in values), (definition.name, field.name)
            if field.values:
                assert values <= {value.value for value in field.values} | {None}
    for definition in tables():
        for key in definition.foreign_keys:
            there = keys[key.table, key.references[0]] | {None}
            assert keys[definition.name, key.fields[0]] <= there, (definition.name, key.fields)
    for name in ("citations", "short_citations", "indicators"):
        for row in rows[name]:
            assert text[row["start"] : row["end"]] == row["quote"]
    assert rows["documents"]


@given(st.lists(st.one_of(WITH_FIGURES, PIECES), max_size=12).map("\n".join))
def test_no_number_of_any_form_raises_or_is_worth_more_than_it_says(text: str) -> None:
    for row in tables_of(plan_of(text or " "))["indicators"]:
        assert text[row["start"] : row["end"]] == row["quote"]
        assert abs(row["value"]) < 1e21  # fifteen digits of thousands of billions


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("Thu ngân sách đạt 1.234,5% kế hoạch.", "percent", 1234.5),
        ("Số thuê bao đạt 12 . 500 triệu 520 nghìn con.", "animal", 12500520000),
        ("Thu ngân sách đạt 12 . 500 tỷ 200 triệu đồng.", "billion_vnd", 12500.2),
    ],
)
def test_a_number_of_an_odd_form_is_read(words: str, unit: str, value: float) -> None:
    (row,) = tables_of(plan_of(words))["indicators"]
    assert (row["unit"], row["value"]) == (unit, value)


@pytest.mark.parametrize("digits", ["9" * 16, "9" * 400, "1" + ".000" * 60])
def test_a_number_longer_than_the_data_can_hold_is_none(digits: str) -> None:
    words = f"Thu ngân sách từ 5 tỷ đồng đến {digits} tỷ đồng. Số thuê bao đạt {digits} tỷ con."
    rows = tables_of(plan_of(words))["indicators"]
    assert [(row["value"], row["value_high"]) for row in rows] == [(5, None)]


@given(st.lists(PIECES, max_size=12).map("\n".join))
def test_ids_do_not_depend_on_the_run(text: str) -> None:
    assert tables_of(plan_of(text or " ")) == tables_of(plan_of(text or " "))
