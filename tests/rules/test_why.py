"""`why` tells the rules behind a row, and says where today's rules no longer give it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from word_files import cell, paragraph, row, run, table, word_file

import khplans
from khplans.cli import group
from khplans.client.rows import Row
from khplans.client.rules import why_of
from khplans.errors import KhplansError
from khplans.intake import load_plan
from khplans.intake.review_file import review_bytes
from khplans.model import Judgement
from khplans.pipeline import tables_of
from khplans.text.passage import Span

TEXT = """ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA
KẾ HOẠCH
Thực hiện Nghị quyết số 09-NQ/TW
I. NHIỆM VỤ
1. Sở Y tế chủ trì, báo cáo kết quả thực hiện với Ủy ban nhân dân
tỉnh trước ngày 30/6/2024.
2. Sở Tài chính tăng thu ngân sách 8,1%.
"""


def test_every_row_of_a_plan_just_read_has_its_rules() -> None:
    plan = khplans.read(TEXT)
    ids = [*plan.tasks.task_id, *plan.sections.section_id]
    for row_id in ids:
        answer = plan.why(row_id)
        assert answer.found
        assert answer.changed == ()
        assert answer.reasons
    joined = plan.why(plan.tasks.task_id[0])
    assert "small-letter-goes-on" in [reason.rule for reason in joined.reasons]
    assert all(reason.quote == TEXT[reason.start : reason.end] for reason in joined.reasons)


def test_a_row_that_the_rules_no_longer_give() -> None:
    plan = khplans.read(TEXT)
    values = dict(plan.row(plan.tasks.task_id[0]))
    other = why_of(plan, Row("tasks", values["task_id"], {**values, "text": "bịa"}), _nothing)
    gone = why_of(plan, Row("tasks", "text:IX:9", {**values, "start": 0, "end": 5}), _nothing)
    assert other.changed == ("text",)
    assert "text" in other.verdict
    assert not gone.found
    assert "no longer" in gone.verdict


def test_a_row_that_has_another_id_since_a_person_took_out_one_before_it() -> None:
    plan = khplans.read(TEXT)
    values = dict(plan.row(plan.tasks.task_id[1]))
    before = str(plan.tasks.task_id[0])
    for moved in (before, "text:IX:9"):
        answer = why_of(plan, Row("tasks", moved, {**values, "task_id": moved}), _nothing)
        assert (answer.found, answer.changed) == (True, ())


def test_a_row_without_words_says_so() -> None:
    plan = khplans.read(TEXT)
    with pytest.raises(KhplansError, match="points at no words"):
        plan.why(plan.agencies.agency_id[0])


def test_the_command_tells_the_same() -> None:
    kp = khplans.load()
    row_id = kp.tasks.task_id[0]
    said = CliRunner().invoke(group, ["why", row_id])
    data = json.loads(CliRunner().invoke(group, ["why", row_id, "--json"]).output)
    answer = kp.why(row_id)
    assert said.output == f"{answer}\n"
    assert [one["rule"] for one in data["reasons"]] == [one.rule for one in answer.reasons]


def _word_plan(path: Path) -> Path:
    def of(*lines: str) -> str:
        return cell(*(paragraph(run(line)) for line in lines))

    task = of("Trồng rừng ven biển", "2 xã Vĩnh Hải", "3 xã Phước Dinh")
    rows = (row(of("TT"), of("Nhiệm vụ"), of("Chủ trì")), row(of("1"), task, of("Sở Y tế")))
    body = [paragraph(run("KẾ HOẠCH")), paragraph(run("Việc của các sở")), table(*rows)]
    path.write_bytes(word_file("".join(body)))
    return path


@pytest.mark.parametrize("whole", [False, True], ids=["file", "folder"])
def test_the_tables_of_a_word_file_are_read_as_they_stand_in_it(
    tmp_path: Path, whole: bool
) -> None:
    path = _word_plan(tmp_path / "ke-hoach.docx")
    plan = khplans.read(tmp_path if whole else path)
    (task_id,) = plan.tasks.task_id
    as_text = why_of(plan, plan.row(task_id), _nothing)
    assert (plan.why(task_id).changed, as_text.changed) == ((), ("text", "end"))


def test_the_folder_of_a_plan_is_read_with_what_stands_in_it_and_what_people_judged(
    tmp_path: Path,
) -> None:
    _word_plan(tmp_path / "ke-hoach.docx")
    (tmp_path / "plans").mkdir()
    with contextlib.chdir(tmp_path):
        said = CliRunner().invoke(group, ["add", "ke-hoach.docx", "--origin", "https://a.vn"])
    assert said.exit_code == 0, said.output
    (folder,) = (tmp_path / "plans").iterdir()
    found = load_plan(folder)
    (task,) = tables_of(found)["tasks"]
    span = Span(task["start"], task["end"])
    judged = Judgement(
        "tasks", "deadline", span, span.of(found.source.text), "", "2024-07-31", "compared", "Lan",
        date(2026, 11, 29), 2,
    )  # fmt: skip
    (folder / "review.csv").write_bytes(review_bytes([judged]))
    for where in (folder, tmp_path / "plans"):
        plan = khplans.read(where)
        assert plan.tasks.reviewed.tolist() == ["corrected"]
        answer = plan.why(plan.tasks.task_id[0])
        assert (answer.found, answer.changed) == (True, ())


def test_what_people_judged_is_not_told_as_a_change_of_the_rules() -> None:
    plan = khplans.read(TEXT)
    found = plan.row(plan.tasks.task_id[0])
    span = Span(found["start"], found["end"])
    said = Judgement(
        "tasks", "deadline", span, span.of(TEXT), found["deadline"].isoformat(), "2024-07-31",
        "compared", "Lan", date(2026, 11, 29), 2,
    )  # fmt: skip
    judged = review_bytes([said])
    now = {"deadline": date(2024, 7, 31), "deadline_basis": "review", "reviewed": "corrected"}
    released = Row("tasks", found.row_id, {**found, **now})
    answer = why_of(plan, released, lambda plan_id: {"review.csv": judged})
    alone = why_of(plan, released, _nothing)
    assert (answer.changed, alone.changed) == ((), ("deadline", "deadline_basis"))


def _nothing(plan_id: str) -> Mapping[str, bytes]:
    return {}
