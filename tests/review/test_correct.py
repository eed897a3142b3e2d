"""`khplans correct` writes one line into corrections.csv, where the words stand in one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_plans import LAO_CAI, add_plan, files_of

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


def test_words_are_found_however_their_accents_are_written(folder: Path) -> None:
    assert correct("a", "GIẢI PHÁP", "BIỆN PHÁP").exit_code == 0
    (one,) = load_plan(folder).source.corrections
    assert one.before == "GIA\u0309I PHÁP"


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
