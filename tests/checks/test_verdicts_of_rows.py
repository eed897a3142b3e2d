"""The texts and rows that the second reading looks at, and what becomes of its verdicts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from inspect import signature

import pytest
from verdicts import Row, at, plain, reading_of, span, whole

from khplans.checks.words import (
    RULES,
    SHARED_RULES,
    agencies,
    citations,
    documents,
    indicators,
    measures,
    short_citations,
    units,
)
from khplans.checks.words.numbers import numbers_in
from khplans.checks.words.places import Text
from khplans.checks.words.row_reading import SecondReading, whole_rows
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, ColumnCheck, Verdict
from khplans.tables.definition import tables

# --- a text


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (0, 15, "sản phẩm năm 21"),
        (-5, 15, "sản phẩm năm 21"),
        (4, 8, "phẩm"),
        (4, 7, "phấ"),
        (8, 15, "năm 21"),
        (6, 10, "ấm n"),
        (0, 3, "sản"),
        (9, 5, ""),
        (9, 999, "năm 21!"),
    ],
)
def test_words_between_two_offsets_are_corrected_where_they_are_whole(
    start: int, end: int, said: str
) -> None:
    text = Text("sản phấm\nnăm 20!", ((4, 8, "phẩm"), (14, 15, "1")))
    assert text.said(start, end) == said


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023. [đạt «5%» xã]. Năm 2024",
        "Năm 2023; [đạt «5%» xã]\tNăm 2024",
        "Năm 2023|[đạt «5%» xã]|Năm 2024",
        "[Năm 2.023 đạt «5%» xã 2.024]",
        "Năm 2023\n[Đạt «5%» xã]\nNăm 2024",
        "[Năm 2023\nđạt «5%» xã\nnăm 2024]",
        "[Năm 2023\n  đạt «5%» xã\n  (năm 2024]",
        "[Năm 2023\n   đạt «5%» xã\n   năm 2024]",
        "Năm 2023\n    [đạt «5%» xã]\n    năm 2024",
        "Năm 2023\n[- đạt «5%» xã]\n- năm 2024",
        "Năm 2023\n1. [đạt «5%» xã]\n2. năm 2024",
        "Năm 2023\n\n[đạt «5%» xã]\n\nnăm 2024",
        f"x[{'x' * 500}«5%»{'x' * 500}]x",
        f".  [{'x' * 498}«5%»{'x' * 498}]. x",
        f".  [{'x' * 498}«5%»{'x' * 499}.] x",
    ],
)
def test_a_sentence_cell_or_line_around_a_span(text: str) -> None:
    """It stands between [ and ]."""
    clause = text[text.index("[") + 1 : text.index("]")]
    text = text.replace("[", "").replace("]", "")
    own = span(text)
    found = Text(plain(text)).clause(own["start"], own["end"])
    start = plain(text).index(plain(clause))
    assert found == (start, start + len(plain(clause)))


# --- rows


def test_corrections_are_those_of_the_plan() -> None:
    text = "Nam lua"
    rows = [{"start": 4, "end": 7, "after": "lúa"}, {"start": 0, "end": 3, "after": None}]
    elsewhere = [{"document_id": "e", "start": 0, "end": 7, "after": "Kho"}]
    reading = reading_of(text, corrections=[*rows, *elsewhere])
    assert reading.text({"document_id": "doc"}).said(0, 7) == "lúa"
    assert reading.text({"document_id": "e"}).text == ""
    assert reading.text({"document_id": "doc"}).tight == "lua"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"start": 0, "end": 3}, True),
        ({"start": 3, "end": 3}, True),
        ({"start": 0, "end": 4}, False),
        ({"start": -1, "end": 3}, False),
        ({"start": 2, "end": 1}, False),
        ({"start": 0, "end": 3, "document_id": "e"}, False),
        ({"start": 0, "end": 0, "document_id": "e"}, False),
        ({"start": None, "end": None, "document_id": "e"}, True),
    ],
)
def test_in_the_text(row: Row, expected: bool) -> None:
    assert reading_of("Rừ!").is_in_text({"document_id": "doc", **row}) is expected
    assert reading_of("Rừ!").is_in_text({"name": "Rừng"})


def test_unaccepted() -> None:
    reading = SecondReading({"documents": [{"document_id": "doc", "plan_id": "p"}]}, {}, {}, {"p"})
    rows: list[Row] = [{"document_id": "doc"}, {"document_id": "e"}, {}]
    assert [reading.is_unaccepted(row) for row in rows] == [True, False, False]
    assert not reading_of("Rừng").is_unaccepted({"document_id": "doc"})


def test_people_judge_the_task_of_a_part_unless_they_gave_the_part() -> None:
    reading = reading_of("Rừng", tasks=[{"task_id": "t", "reviewed": "confirmed"}])
    part: Row = {"task_id": "t", "role": "lead", "basis": "cell"}
    assert reading.judged(part) is reading.tasks["t"]
    for row in (
        {**part, "basis": "".join(["re", "view"])},
        {**part, "task_id": "u"},
        {"role": "lead"},
    ):
        assert reading.judged(row) is row
    assert reading.judged({"task_id": "t"}) == {"task_id": "t"}


def test_a_block_goes_on_after_the_foot_of_a_page() -> None:
    text = "Mở. Một, Chân. hai. Ba."
    first, foot, more, last = "Một,", "Chân.", "hai.", "Ba."
    blocks = [
        at(text, last, block_id="last"),
        at(text, more, block_id="more", continues_block_id="first"),
        at(text, foot, block_id="foot", kind="furniture"),
        at(text, first, block_id="first"),
    ]
    reading = reading_of(text, blocks=blocks)
    found = {}
    for words in ("Mở", first, foot, more, last):
        block = reading.block_of({"document_id": "doc", **at(text, words)})
        found[words] = block and (block["block_id"], text[block["start"] : block["end"]])
    assert found == {
        "Mở": None, first: ("first", "Một, Chân. hai."), foot: ("foot", foot), more: ("foot", foot), last: ("last", last),
    }  # fmt: skip
    assert [reading.block_start({"document_id": "doc", "start": n}) for n in (0, 3, 4, 22)] == [0, 0, 4, 20]  # fmt: skip


def rows_of(kinds: str) -> tuple[SecondReading, list[Row]]:
    """Of blocks of one character each: `r` a row, `c` names of columns, `f` furniture, `p` a paragraph."""
    names = {"r": "row", "c": "columns", "f": "furniture", "p": "paragraph"}
    blocks = [
        {"block_id": str(i), "kind": names[kind], "start": i, "end": i + 1}
        for i, kind in enumerate(kinds)
    ]
    reading = reading_of(kinds, blocks=blocks)
    return reading, reading.rows["blocks"]


@pytest.mark.parametrize(
    ("kinds", "above"),
    [
        ("r", []), ("rr", [0]), ("rrr", [1, 0]), ("prr", [1]), ("rpr", []), ("rfr", [0]), ("rcr", [0]), ("rrp", []),
        ("r" * 61, list(range(60))[::-1]), ("r" * 62, list(range(1, 61))[::-1]),
    ],
)  # fmt: skip
def test_the_rows_above_in_a_table(kinds: str, above: list[int]) -> None:
    reading, blocks = rows_of(kinds)
    found = [block["start"] for block in reading.rows_above(blocks[-1])]
    assert found == (above if kinds != "rrp" else [1, 0])


@pytest.mark.parametrize(
    ("kinds", "names"),
    [("r", []), ("cr", [0]), ("ccpr", [1, 0]), ("cccr", [2, 1, 0]), ("ccccr", [3, 2, 1]), ("crc", [0])],
)  # fmt: skip
def test_the_names_above_a_row(kinds: str, names: list[int]) -> None:
    reading, blocks = rows_of(kinds)
    assert [block["start"] for block in reading.names_above(blocks[-1])] == names
    assert reading.names_above({"plan_id": "q", "start": 9}) == []


def test_the_row_of_a_table() -> None:
    reading, blocks = rows_of("pr")
    found = [reading.row_of_table({"document_id": "doc", "start": n}) for n in (0, 1)]
    assert found == [None, blocks[1]]


def test_mentions_before() -> None:
    text = "Một. Hai, ba, bốn"
    blocks = [at(text, words, block_id=words) for words in ("Một.", "Hai, ba, bốn")]
    mentions = [
        at(text, words, citation_id=words) for words in ("bốn", "ba, ", "Hai", "Một", "Hai, ba")
    ]
    reading = reading_of(text, blocks=blocks, citations=mentions)

    def before(words: str, reach: int) -> list[str]:
        row = {"document_id": "doc", **at(text, words)}
        found = reading.mentions_before(row, reach)
        return [one["citation_id"] for one in found]

    assert before("bốn", 99) == ["Hai", "Hai, ba", "ba, "]
    assert before("bốn", 9) == ["Hai", "Hai, ba", "ba, "]
    assert before("bốn", 8) == ["ba, "]
    assert before("ba", 99) == ["Hai"]
    assert before("Hai", 99) == []


def test_sections_that_hold_each_other_end() -> None:
    sections = [
        {"section_id": "a", "parent_section_id": "b"},
        {"section_id": "b", "parent_section_id": "a"},
    ]
    reading = reading_of("Rừng", sections=sections)
    found = [one["section_id"] for one in reading.headings({"section_id": "a"})]
    assert found == ["a", "b"]
    assert reading.headings({"section_id": None}) == []


def test_rows_that_schemas_do_not_allow_are_left_out() -> None:
    rows: dict[str, list[Row]] = {one.name: [] for one in tables()}
    unit: Row = {"unit_id": "kg", "name": "kg", "name_en": "kilogram", "symbol": None}
    task = {**whole("tasks", {"task_id": "t", "text": "Xây kho"}, 9), "cadence": None}
    for change, kept in (({}, True), ({"name": None}, False), ({"unit_id": "K G!"}, False)):
        assert whole_rows({**rows, "units": [{**unit, **change}]})["units"] == (
            [{**unit, **change}] if kept else []
        )
    for cadence, kept in (("yearly", True), ("never", False), (None, True)):
        made = {**task, "cadence": cadence}
        assert whole_rows({**rows, "tasks": [made]})["tasks"] == ([made] if kept else [])


def test_what_the_reviewed_tables_say_is_worked_out_once() -> None:
    """It would be gone over for each row."""
    modules = (agencies, citations, documents, indicators, measures, short_citations, units)
    asked = [one for module in modules for one in vars(module).values() if callable(one)]
    of_tables = [one for one in asked if hasattr(one, "__code__") or hasattr(one, "cache_info")]
    whole = {one for one in of_tables if not signature(one).parameters}
    assert len(whole) > 20
    assert [one for one in whole if not hasattr(one, "cache_info")] == []


@pytest.mark.parametrize("made", [Text(""), reading_of(""), RULES[0], numbers_in("5")[0]])
def test_what_was_read_does_not_change(made: object) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(made, next(iter(fields(made))).name, None)


# --- what becomes of verdicts


def results(rows: list[tuple[Verdict, Row]], *, sure: bool = False, new: bool = False) -> list[str]:
    """Check, severity, rows that failed of those looked at, the first of these, the title."""
    some = [whole("tasks", {"task_id": str(i), **row}, 4) for i, (_, row) in enumerate(rows)]
    documents = [{"document_id": "doc", "plan_id": "p"}]
    made = {"documents": documents, "corrections": [], "tasks": some}
    reading = SecondReading(made, {"p": "Rừng"}, {}, {"p"} if new else set())
    said = {str(i): one for i, (one, _) in enumerate(rows)}
    check = ColumnCheck(
        "tasks", "text", ("Lời", "Words"), lambda _, row: said[row["task_id"]], sure
    )
    return [
        f"{one.check} {one.severity} {one.failed}/{one.checked} {','.join(one.examples)} {one.title}: {one.title_en}"
        for one in check.results(reading, reading.in_text["tasks"])
    ]


def test_contradictions_are_errors_and_doubts_warnings() -> None:
    nowhere = (CONTRADICTED, {"document_id": "e"})
    assert results(
        [(SAID, {}), (CONTRADICTED, {}), (DOUBTFUL, {}), (CONTRADICTED, {}), nowhere]
    ) == [
        "words.text error 2/4 1,3 Lời: Words",
        "words.text.doubt warning 1/4 2 Không còn ngờ: Lời: No doubt left: Words",
    ]
    assert results([(SAID, {}), (CONTRADICTED, {})], sure=True) == [
        "words.text error 1/2 1 Lời: Words"
    ]
    assert results([(DOUBTFUL, {})], sure=True) == [
        "words.text error 0/1  Lời: Words",
        "words.text.doubt warning 1/1 0 Không còn ngờ: Lời: No doubt left: Words",
    ]  # of a package whose tables have more columns than ours


def test_columns_that_are_never_in_doubt() -> None:
    sure = {(rule.table, rule.column) for rule in (*RULES, *SHARED_RULES) if rule.sure}
    assert sure == {
        ("short_citations", "quote"), ("units", "name"), ("measures", "name"), ("agencies", "agency_id"),
        ("agency_members", "agency_id"), ("agency_names", "form"),
    }  # fmt: skip


def test_what_a_person_judged_is_a_doubt() -> None:
    assert results(
        [(CONTRADICTED, {"reviewed": "confirmed"}), (SAID, {"reviewed": "confirmed"})]
    ) == [
        "words.text error 0/2  Lời: Words",
        "words.text.doubt warning 1/2 0 Không còn ngờ: Lời: No doubt left: Words",
    ]


def test_contradictions_in_plans_that_nobody_accepted_are_warnings() -> None:
    rows: list[tuple[Verdict, Row]] = [
        (SAID, {}), (CONTRADICTED, {}), (DOUBTFUL, {}), (CONTRADICTED, {"reviewed": "confirmed"}),
    ]  # fmt: skip
    assert results(rows, new=True) == [
        "words.text.unaccepted warning 1/4 1 Ở kế hoạch chưa nhận: Lời: In plans not yet accepted: Words",
        "words.text error 0/4  Lời: Words",
        "words.text.doubt warning 2/4 2,3 Không còn ngờ: Lời: No doubt left: Words",
    ]
