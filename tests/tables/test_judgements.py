"""What a person judged is applied to the rows, or a warning says on which line of review.csv and why not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan

from khplans.errors import KhplansError
from khplans.intake import load_plan
from khplans.intake.review_file import judged_columns, review_bytes
from khplans.model import Judgement
from khplans.pipeline import tables_of
from khplans.tables.definition import table
from khplans.tables.judged import ROLES, JudgedRows, reading_of
from khplans.tables.rows import Row, Rows
from khplans.text.passage import Span

HEALTH = LAO_CAI[LAO_CAI.index("Sở Y tế chủ") : LAO_CAI.index("\n2. Sở Công")]
TRADE = LAO_CAI[LAO_CAI.index("Sở Công Thương đẩy") : LAO_CAI.index("\n\nIII. ")]
CITED = "Nghị quyết số 01/NQ-CP ngày 08/01/2025"
HEAD = "ỦY BAN NHÂN DÂN"
RESOLUTION = "document_type: Nghị quyết\nnumber: 01/NQ-CP\ndate: 2025-01-08\nissuer: Chính phủ"


def judged(words: str, what: str, before: str = "", after: str = "") -> Judgement:
    start = LAO_CAI.index(words)
    name, _, column = what.partition(".")
    span = Span(start, start + len(words))
    return Judgement(
        name, column, span, words, before, after, "xem ảnh", "Lan", date(2025, 4, 1), 0
    )


def rows_of(tmp_path: Path, *judgements: Judgement) -> Rows:
    folder = add_plan(tmp_path / "plans", "a", LAO_CAI)
    (folder / "review.csv").write_bytes(review_bytes(judgements))
    return tables_of(load_plan(folder))


def at(rows: Rows, name: str, words: str) -> Row:
    (row,) = (r for r in rows[name] if r["start"] == LAO_CAI.index(words))
    return row


def told(rows: Rows) -> list[str]:
    return [row["code"] for row in rows["warnings"] if row["code"].startswith("judgement-")]


def test_what_can_be_judged_are_columns_of_the_tables() -> None:
    for name, columns in judged_columns().items():
        named = set(columns) - ({*ROLES} if name == "tasks" else set())
        assert named - {"issuer"} <= set(table(name).columns)


def test_a_task_is_put_right(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        judged(HEALTH, "tasks.lead", "Sở Y tế", "Sở Nội vụ; Sở Tài chính"),
        judged(HEALTH, "tasks.coordinate", "Sở Tài chính", ""),
        judged(HEALTH, "tasks.deadline", "2025-06-30", "2025-09-30"),
        judged(HEALTH, "tasks.output", "", "Đề án"),
    )
    task = at(rows, "tasks", HEALTH)
    assert (task["deadline"], task["deadline_basis"]) == (date(2025, 9, 30), "review")
    assert (task["output"], task["reviewed"]) == ("Đề án", "corrected")
    parts = [p for p in rows["task_agencies"] if p["task_id"] == task["task_id"]]
    assert [(p["agency_id"], p["role"], p["basis"]) for p in parts] == [
        ("lao-cai-so-noi-vu", "lead", "review"),
        ("lao-cai-so-tai-chinh", "lead", "review"),
    ]
    assert "lao-cai-so-y-te" not in {row["agency_id"] for row in rows["agencies"]}
    assert at(rows, "tasks", TRADE)["reviewed"] is None
    assert not told(rows)


def test_an_indicator_and_its_measure_are_put_right(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        judged("10%", "indicators.name", "Tốc độ tăng trưởng kinh tế (GRDP)", "Tỷ lệ hộ nghèo"),
        judged("10%", "indicators.change", "increase", "level"),
        judged("37,9%", "indicators.value", "37.9", "73.9"),
    )
    assert at(rows, "indicators", "10%")["measure_id"] == "poverty-rate"
    assert at(rows, "indicators", "37,9%")["value"] == 73.9
    assert "percentage-does-not-match" not in {row["code"] for row in rows["warnings"]}


def test_a_head_is_put_right_and_with_it_which_document_it_is(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        judged(HEAD, "documents.number", "15/KH-UBND", "16/KH-UBND"),
        judged(HEAD, "documents.date", "2025-02-20", "2024-02-20"),
        judged(HEAD, "documents.issuer", "Ủy ban nhân dân tỉnh", "Hội đồng nhân dân tỉnh"),
    )
    (document,) = rows["documents"]
    assert document["issuer_id"] == "lao-cai-hoi-dong-nhan-dan-tinh"
    assert "16-kh-ubnd-2024" in document["instrument_id"]
    assert "deadline-before-document" not in {row["code"] for row in rows["warnings"]}


def test_rows_that_are_none_go_with_what_hangs_on_them(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        judged(TRADE, "tasks", "lead: Sở Công Thương", ""),
        judged("10%", "indicators", "name: x", ""),
        judged(CITED, "citations", RESOLUTION, ""),
        judged("II. NHIỆM VỤ, GIẢI PHÁP", "sections", "-", ""),
    )
    assert [row["task_id"].rpartition(":")[2] for row in rows["tasks"]] == ["1", "1"]
    assert at(rows, "tasks", HEALTH)["section_id"] is None
    assert at(rows, "tasks", HEALTH)["section"] is None
    assert len(rows["indicators"]) == 2
    assert not [*rows["citations"], *rows["instruments"]]
    assert "deadline-before-document" not in {row["code"] for row in rows["warnings"]}
    assert not told(rows)


def test_what_was_missed_is_added_at_its_words(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        judged("nâng cao chất lượng khám, chữa bệnh", "tasks", "", "lead: Sở Y tế\ndeadline: 2025-12-31"),
        judged("kinh tế - xã hội năm 2025", "indicators", "", "name: Tỷ lệ hộ nghèo\nvalue: 3.5\nunit: percent"),
        judged("Trịnh Xuân", "citations", "", "document_type: Luật\nname: Đất đai"),
    )  # fmt: skip
    task = at(rows, "tasks", "nâng cao")
    assert (task["section"], task["text"]) == ("II", "nâng cao chất lượng khám, chữa bệnh")
    assert task["task_id"].endswith(f":II:rt{task['start']}")
    number = at(rows, "indicators", "kinh tế - xã hội năm 2025")
    assert (number["measure_id"], number["value"], number["kind"]) == (
        "poverty-rate",
        3.5,
        "target",
    )
    cited = at(rows, "citations", "Trịnh Xuân")
    assert cited["instrument_id"] in {row["instrument_id"] for row in rows["instruments"]}
    assert {task["reviewed"], number["reviewed"], cited["reviewed"]} == {"added"}


def test_a_confirmed_row_is_reviewed_as_it_now_reads(tmp_path: Path) -> None:
    right = "lead: Sở Công Thương\ndeadline: 2025-06-30"
    rows = rows_of(
        tmp_path,
        judged(TRADE, "tasks.deadline", "2024-06-30", "2025-06-30"),
        judged(TRADE, "tasks", right, right),
        judged(CITED, "citations", RESOLUTION, RESOLUTION),
    )
    assert at(rows, "tasks", TRADE)["reviewed"] == "corrected"
    assert at(rows, "citations", CITED)["reviewed"] == "confirmed"
    assert not told(rows)


@pytest.mark.parametrize(
    ("judgement", "code"),
    [
        (judged(TRADE, "tasks.deadline", "2023-06-30", "2025-06-30"), "judgement-outdated"),
        (judged(TRADE, "tasks.deadline", "2023-06-30", "2024-06-30"), "judgement-needless"),
        (judged(TRADE, "tasks", "lead: Sở Y tế", "lead: Sở Y tế"), "judgement-outdated"),
        (judged("Công Thương", "tasks.deadline", "2023-06-30", "2024-06-30"), "judgement-outdated"),
        (judged("Công Thương", "tasks", "lead: Sở Y tế", ""), "judgement-needless"),
        (judged(CITED, "citations", "", RESOLUTION), "judgement-needless"),
        (judged(CITED, "citations", "", "document_type: Luật\nname: Đất đai"), "judgement-outdated"),
    ],
)  # fmt: skip
def test_one_that_no_longer_holds_is_told_and_not_applied(
    tmp_path: Path, judgement: Judgement, code: str
) -> None:
    plain = rows_of(tmp_path / "plain")
    rows = rows_of(tmp_path, judgement)
    assert told(rows) == [code]
    (warning,) = (row for row in rows["warnings"] if row["code"] == code)
    assert "2 của review.csv" in warning["message"]
    assert "ine 2 of review.csv" in warning["message_en"]
    for name in ("tasks", "task_agencies", "citations"):
        assert [{**r, "reviewed": None} for r in rows[name]] == [
            {**r, "reviewed": None} for r in plain[name]
        ]


@pytest.mark.parametrize("start", [0, 10_000])
def test_one_whose_words_are_gone_is_told(tmp_path: Path, start: int) -> None:
    words = "Sở Du lịch làm"
    one = Judgement(
        "tasks", "lead", Span(start, start + len(words)), words, "a", "b", "r", "Lan", date(2025, 4, 1), 0
    )  # fmt: skip
    rows = rows_of(tmp_path, one)
    assert told(rows) == ["judgement-words-gone"]
    assert words in rows["warnings"][0]["message"] + rows["warnings"][-1]["message"]


@pytest.mark.parametrize(
    ("what", "after", "said"),
    [
        ("tasks.deadline", "30/6/2025", "ngày YYYY-MM-DD"),
        ("tasks.cadence", "daily", "phải là một trong"),
    ],
)
def test_a_value_that_a_column_cannot_hold_names_its_line(
    tmp_path: Path, what: str, after: str, said: str
) -> None:
    before = "2024-06-30" if what == "tasks.deadline" else ""
    with pytest.raises(KhplansError, match=said) as refused:
        rows_of(tmp_path, judged(TRADE, what, before, after))
    assert refused.value.where == "a/review.csv:2"


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("value: 3\nunit: percent", "name"),
        ("name: a\nvalue: 3,5\nunit: percent", "'3,5' không phải số"),
        ("name: a\nvalue: nan\nunit: percent", "'nan' không phải số"),
        ("name: a\nvalue: 3\nunit: percnt", "gần nhất: percent"),
        ("name: a\ncolour: red", "mỗi dòng của `to`"),
    ],
)
def test_a_row_that_cannot_be_added_says_why(tmp_path: Path, added: str, said: str) -> None:
    with pytest.raises(KhplansError, match=said):
        rows_of(tmp_path, judged("Trịnh Xuân", "indicators", "", added))


HEADER = "start,end,words,what,from,to,reason,who,date\n"


@pytest.mark.parametrize(
    ("written", "where", "said"),
    [
        ("start,end\n", 1, "cột phải là"),
        (HEADER + "1,2\n", 2, "có 2 ô, cần 9"),
        (HEADER + "a,2,x,tasks,,-,r,w,2025-01-01\n", 2, "start"),
        (HEADER + "0,3,ỦY,tasks,,-,r,w,2025-01-01\n", 2, "3 ký tự"),
        (HEADER + "0,2,ỦY,task,,-,r,w,2025-01-01\n", 2, "không phải một trong"),
        (HEADER + "0,2,ỦY,tasks,,-,,w,2025-01-01\n", 2, "reason: ô trống"),
        (HEADER + "0,2,ỦY,tasks,,-,r,w,2025-13-01\n", 2, "date"),
        (HEADER + "0,2,ỦY,tasks,,-,r,w,1025-01-01\n", 2, "từ 1945"),
        (HEADER + "0,2,ỦY,tasks,,,r,w,2025-01-01\n", 2, "đều trống"),
        (HEADER + "0,2,ỦY,tasks,a,b,r,w,2025-01-01\n", 2, "mỗi cột một dòng"),
        (HEADER + "0,2,ỦY,tasks.lead,a,a,r,w,2025-01-01\n", 2, "giống"),
        (HEADER + 2 * "0,2,ỦY,tasks,,-,r,w,2025-01-01\n", 3, "trùng dòng 2"),
        (HEADER + '0,2,"ỦY,tasks,,-,r,w,2025-01-01\n', 2, "không phải CSV"),
    ],
)
def test_a_broken_file_names_its_line(tmp_path: Path, written: str, where: int, said: str) -> None:
    folder = add_plan(tmp_path / "plans", "a", LAO_CAI)
    path = folder / "review.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(KhplansError, match=said) as refused:
        load_plan(folder)
    assert refused.value.where == f"{path}:{where}"


def test_readings_are_what_review_csv_says_of_a_whole_row(tmp_path: Path) -> None:
    rows = rows_of(tmp_path)
    seen = JudgedRows(rows)
    for name, reading in (("citations", RESOLUTION), ("sections", "-")):
        assert reading_of(name, seen.values(name, rows[name][0])) == reading
