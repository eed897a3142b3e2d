"""`khplans correct` writes one line into corrections.csv, where the words stand in one place."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small_plans import LAO_CAI, add_plan, files_of

from khplans.checks.blocks import check_blocks
from khplans.checks.words.documents import RULES as documents_checks
from khplans.checks.words.row_reading import SecondReading, whole_rows
from khplans.checks.words.tasks import RULES as tasks_checks
from khplans.cli import group
from khplans.intake import load_plan
from khplans.pipeline import tables_of

TEXT = LAO_CAI.replace("Sở Công Thương đẩy", "Sở Công Thưong đẩy").replace("GIẢI", "GIA\u0309I")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return add_plan(tmp_path / "plans", "a", TEXT)


def correct(row_id: str, before: str, after: str, reason: str = "xem ảnh") -> Result:
    return CliRunner().invoke(group, ["correct", row_id, before, after, "--reason", reason])


@pytest.mark.parametrize("row_id", ["a", "a:II:2"])
def test_a_word_is_put_right(folder: Path, row_id: str) -> None:
    before = files_of(folder)
    assert correct(row_id, "Thưong", "Thương").exit_code == 0
    (one,) = load_plan(folder).source.corrections
    assert (one.before, one.after, one.reason) == ("Thưong", "Thương", "xem ảnh")
    assert "lao-cai-so-cong-thuong" in {
        row["agency_id"] for row in tables_of(load_plan(folder))["agencies"]
    }
    changed = {name for name, data in files_of(folder).items() if before.get(name) != data}
    assert changed == {"corrections.csv"}


def test_what_a_run_wrote_that_was_broken_off_is_not_written_again(folder: Path) -> None:
    assert correct("a", "Thưong", "Thương").exit_code == 0
    written = files_of(folder)
    assert correct("a", "Thưong", "Thương").exit_code == 0
    assert files_of(folder) == written
    assert "have a correction already" in correct("a", "Thưong", "Thường").stderr


def test_words_are_found_however_their_accents_are_written(folder: Path) -> None:
    assert correct("a", "GIẢI PHÁP", "BIỆN PHÁP").exit_code == 0
    (one,) = load_plan(folder).source.corrections
    assert one.before == "GIA\u0309I PHÁP"


NOISE = LAO_CAI.replace("Công Thương đẩy mạnh", "Công ~ Thương đẩy\n(mộc tròn)\nmạnh |").replace("10%", "1~0%")  # fmt: skip


def test_words_that_are_none_are_taken_out_and_those_behind_keep_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    noisy = load_plan(add_plan(tmp_path / "plans", "a", NOISE))
    for row_id, words, after in (
        ("a", "Công ~", "Công"),
        ("a", "|", ""),
        ("a", "(mộc tròn)", ""),
        ("a", "1~0", "10"),
    ):
        assert correct(row_id, words, after).exit_code == 0
    folder, plain = (
        tmp_path / "plans" / "a",
        load_plan(add_plan(tmp_path / "clean" / "plans", "a", LAO_CAI)),
    )
    rows, clean = tables_of(load_plan(folder)), tables_of(plain)
    for name in ("tasks", "indicators"):
        for one, other in zip(rows[name], clean[name], strict=True):
            words = NOISE[one["start"] : one["end"]]
            for noise in ("~", "|", "(mộc tròn)"):
                words = words.replace(noise, "")
            there = LAO_CAI[other["start"] : other["end"]]
            assert words.split() == there.split()
            assert one.get("text") == other.get("text")
    assert [row["after"] for row in rows["corrections"]] == ["10", "Công", None, None]
    aside = {
        NOISE[row["start"] : row["end"]] for row in rows["blocks"] if row["reason"] == "set-aside"
    }
    assert aside == {"(mộc tròn)"}
    checked: Any = SimpleNamespace(rows=rows, plans=("a",), sources={"a": NOISE})
    assert {one.status for one in check_blocks(checked)} == {"passed"}
    reading = SecondReading(whole_rows(rows), {"a": noisy.source.text}, whole_rows(rows))
    results = [
        result
        for check in (*tasks_checks, *documents_checks)
        for result in check.results(reading, reading.in_text[check.table])
    ]
    assert not [
        one.examples for one in results if one.status == "failed" and one.severity == "error"
    ]


@pytest.mark.parametrize(
    ("row_id", "before", "after", "said"),
    [
        ("a", "Sở", "Số", "đứng ở 3 chỗ"),
        ("a", "Thuong", "Thương", "không có chữ"),
        ("b", "Sở", "Số", "không có kế hoạch hay dòng"),
        ("a", "Thưong", "Thưong", "chữ đúng"),
        ("a", "Thưong", " ", "chữ đúng"),
    ],
)
def test_what_cannot_be_corrected_says_why_and_nothing_is_written(
    folder: Path, row_id: str, before: str, after: str, said: str
) -> None:
    files = files_of(folder)
    result = correct(row_id, before, after)
    assert result.exit_code == 1
    assert said in result.stderr
    assert files_of(folder) == files


def test_a_second_correction_of_the_same_words_names_the_first(folder: Path) -> None:
    assert correct("a", "Thưong", "Thương").exit_code == 0
    again = correct("a", "Công Thưong", "Công Thương")
    assert "corrections.csv:2" in again.stderr
    assert len(load_plan(folder).source.corrections) == 1


PROPOSED = LAO_CAI.replace(
    "Sở Công Thương đẩy", "Phát triển chợ, phát triển nghề rèn, phát triến nghề gốm; nghiên cứu khóa học. Tiên độ. Sở Công Thương đẩy"
)  # fmt: skip


def test_what_the_text_proves_is_proposed_and_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = add_plan(tmp_path / "plans", "a", PROPOSED)
    files = files_of(folder)
    listed = CliRunner().invoke(group, ["correct", "a", "--json"])
    assert files_of(folder) == files
    first, second = json.loads(listed.stdout)["proposals"]
    assert (first["before"], first["after"]) == ("phát triến", "phát triển")
    assert second["after"] == "nghiên cứu khoa học"
    assert "3 lần" in first["reason"]

    assert (
        CliRunner().invoke(group, ["correct", "a", "--accept", str(second["start"])]).exit_code == 0
    )
    (one,) = load_plan(folder).source.corrections
    assert (one.before, one.after, one.reason) == (
        "nghiên cứu khóa học",
        second["after"],
        second["reason"],
    )
    assert CliRunner().invoke(group, ["correct", "a", "--accept"]).exit_code == 0
    assert len(load_plan(folder).source.corrections) == 2
    again = CliRunner().invoke(group, ["correct", "a", "--accept"])
    assert again.exit_code == 1
    assert "không có đề nghị nào" in again.stderr


@pytest.mark.parametrize("given", [["Sở"], ["Sở", "Số"], ["Sở", "Số", "--accept"]])
def test_a_correction_that_lacks_a_part_is_refused(folder: Path, given: list[str]) -> None:
    files = files_of(folder)
    result = CliRunner().invoke(group, ["correct", "a", *given])
    assert result.exit_code == 2
    assert "--reason" in result.stderr
    assert files_of(folder) == files
