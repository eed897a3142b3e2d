"""What people judged is told where others look: by the build, by `why`, by the checks, by a plan read anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from under_review import HOSTILE, session_of

from khplans.checks.words.row_reading import SecondReading, whole_rows
from khplans.checks.words.tasks import RULES
from khplans.cli import group
from khplans.intake import again, load_plan
from khplans.intake.again import take_again
from khplans.intake.taken import Taken
from khplans.pipeline import tables_of
from khplans.review.session import Session, told_of
from khplans.why import why

TRADE = HOSTILE.index("Sở Công Thương đẩy")


def judge(session: Session, **values: str) -> None:
    one = next(i for i in session.state.items if (i.table, i.span.start) == ("tasks", TRADE))
    session.confirm(one.key, told_of(one), values, "xem ảnh", False)


def test_the_build_tells_of_a_judgement_that_is_not_applied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(session_of(folder), deadline="2025-06-30")
    review = folder / "review.csv"
    review.write_text(review.read_text("utf-8").replace("2024-06-30", "2023-06-30"), "utf-8")
    monkeypatch.chdir(folder.parent.parent)
    said = CliRunner().invoke(group, ["build"])
    assert said.exit_code == 0
    assert "of review.csv (tasks.deadline) is not applied" in said.stdout
    assert len([line for line in said.stdout.splitlines() if "review.csv" in line]) == 2


def test_why_says_that_a_person_put_a_row_right(folder: Path) -> None:
    judge(session_of(folder), deadline="2025-06-30")
    plan = load_plan(folder)
    row = next(row for row in tables_of(plan)["tasks"] if row["start"] == TRADE)
    told = why(replace(plan, judgements=()), "tasks", row["task_id"], row)
    assert told.changed == ("deadline", "deadline_basis")
    assert "A person put this row right" in str(told)
    gone = why(
        replace(plan, judgements=()),
        "tasks",
        "a:II:9",
        {**row, "start": 0, "end": 3, "reviewed": "added"},
    )
    assert "The rules alone don't give it" in gone.verdict


def test_what_a_person_gave_or_confirmed_is_a_doubt_of_the_second_reading_and_no_error(
    folder: Path,
) -> None:
    judge(session_of(folder), deadline="2025-09-30")
    rows = tables_of(load_plan(folder))
    (check,) = (rule for rule in RULES if rule.column == "deadline")

    def results() -> dict[str, str]:
        reading = SecondReading(whole_rows(rows), {"a": HOSTILE}, whole_rows(rows))
        return {one.check: one.status for one in check.results(reading, reading.in_text["tasks"])}

    assert results() == {"words.deadline": "passed", "words.deadline.doubt": "failed"}
    task = next(row for row in rows["tasks"] if row["start"] == TRADE)
    task["reviewed"] = "confirmed"
    assert results()["words.deadline"] == "passed"
    task["reviewed"] = None
    assert results()["words.deadline"] == "failed"


def test_a_judgement_follows_its_words_when_a_plan_is_read_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(session_of(folder), deadline="2025-06-30")
    for anew, lost in (("\n" + HOSTILE, 0), (HOSTILE.replace("Sở Công Thương đẩy", "X"), 2)):
        monkeypatch.setattr(again, "take", lambda *_, text=anew, **__: Taken(text))
        read = take_again(folder)
        assert len(read.lost) == lost
        moved = folder.parent.parent / str(lost) / "a"
        shutil.copytree(folder, moved)
        (moved / "review.csv").write_bytes(read.files["review.csv"])
        starts = {one.span.start for one in load_plan(moved).judgements}
        assert starts == {TRADE if lost else TRADE + 1}
