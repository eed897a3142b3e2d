"""Figures on texts that the program had not seen stand beside those on the plans, wherever these are told."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from pathlib import Path

import frictionless
import pytest

from khplans.errors import KhplansError
from khplans.intake.files import SUFFIXES
from khplans.knowledge.schema import parse_schema
from khplans.releases.accuracy_lines import accuracy_lines
from khplans.scoring.report import accuracy_csv, accuracy_json
from khplans.scoring.score import Figure, Score
from khplans.scoring.unseen import figure_rows, plan_forms, read_unseen, wilson

CHECKS = Path(__file__).parents[2] / "checks"
PLANS = Score((Figure("tasks", "all", "recall", 1.0, 20, 20, 20), Figure("tasks", "a", "recall", 1.0, 20, 20, 20)), ())  # fmt: skip
SETS = "set,documents,description,description_en,development_since\n"
FIGURES = "set,measured,code,form,table,field,scope,right,expected,given\n"


def written(folder: Path, sets: str, figures: str) -> Path:
    (folder / "unseen_sets.csv").write_text(SETS + sets, "utf-8")
    (folder / "unseen_figures.csv").write_text(FIGURES + figures, "utf-8")
    return folder


@pytest.mark.parametrize("name", ["unseen_sets", "unseen_figures"])
def test_the_committed_figures_keep_their_table_schemas(name: str) -> None:
    schema = str(files("khplans.scoring") / f"{name}.schema.json")
    resource = frictionless.Resource(
        path=f"{name}.csv", schema=schema, basepath=str(CHECKS), format="csv"
    )
    resource.schema.foreign_keys = []  # the other table is held to them by khplans itself
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    assert read_unseen(CHECKS)


def test_counts_give_shares_by_form_and_over_all_forms(tmp_path: Path) -> None:
    rows = (
        "s,2026-01-02,abcdef1,doc,tasks,rows,all,8,10,16\n"
        "s,2026-01-02,abcdef1,md,tasks,rows,all,1,2,2\n"
        "s,2026-01-02,abcdef1,md,tasks,lead,named,0,1,\n"
        "s,2026-01-02,abcdef1,txt,indicators,rows,all,0,0,4\n"
    )
    [one] = read_unseen(written(tmp_path, "s,3,Ba văn bản,Three texts,\n", rows))
    found = {(f.form, f.table, f.measure, f.scope): (f.right, f.n) for f in one.figures}
    assert found == {
        ("doc", "tasks", "recall", "all"): (8, 10),
        ("doc", "tasks", "precision", "all"): (8, 16),
        ("md", "tasks", "recall", "all"): (1, 2),
        ("md", "tasks", "precision", "all"): (1, 2),
        ("md", "tasks", "lead", "named"): (0, 1),
        ("txt", "indicators", "precision", "all"): (0, 4),
        ("all", "tasks", "recall", "all"): (9, 12),
        ("all", "tasks", "precision", "all"): (9, 18),
        ("all", "tasks", "lead", "named"): (0, 1),
        ("all", "indicators", "precision", "all"): (0, 4),
    }
    # as epitools and statsmodels give them
    assert [round(end, 4) for end in wilson(9, 12)] == [0.4677, 0.9111]
    assert (wilson(0, 5)[0], wilson(5, 5)[1]) == (0.0, 1.0)


GOOD = "s,2026-01-02,abcdef1,doc,tasks,rows,all,8,10,16"


@pytest.mark.parametrize(
    ("bad", "line", "words"),
    [
        ("t,2026-01-02,abcdef1,doc,tasks,rows,all,8,10,16", 2, "unseen_sets"),
        (GOOD.replace("8,10", "11,10"), 2, "right is above"),
        (GOOD.replace("8,10", "-1,10"), 2, "below 0"),
        (GOOD.replace("8,10", "tám,10"), 2, "no integer"),
        (GOOD.replace("rows", "colour"), 2, "no such table or field"),
        (GOOD.replace("rows", "lead"), 2, "rows alone"),
        (GOOD.replace("doc", "cassette"), 2, "is none of"),
        (GOOD.replace("abcdef1", "newest"), 2, "not of its form"),
        (GOOD.replace("-01-02", "-01-04"), 2, "development set"),
        (f"{GOOD}\n{GOOD}", 3, "same as line 2"),
        (GOOD.replace("10,16", "10"), 2, "cells"),
        (
            f"{GOOD}\n{GOOD.replace('doc', 'md').replace('10,16', '10,')}",
            3,
            "for all forms or for none",
        ),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, bad: str, line: int, words: str) -> None:
    written(tmp_path, "s,3,Ba văn bản,Three texts,2026-01-03\n", bad + "\n")
    with pytest.raises(KhplansError) as caught:
        read_unseen(tmp_path)
    assert f"unseen_figures.csv:{line}" in caught.value.where
    assert words in str(caught.value)


def test_each_form_of_file_that_is_taken_in_has_figures(tmp_path: Path) -> None:
    schema = parse_schema(
        "f", (files("khplans.scoring") / "unseen_figures.schema.json").read_text("utf-8")
    )
    [form] = [field.enum for field in schema.fields if field.name == "form"]
    for suffix in SUFFIXES:
        folder = tmp_path / f"plan{suffix}"
        folder.mkdir()
        (folder / "source.txt").write_text("Sở Y tế báo cáo.", "utf-8")
        tools = '"tesseract 5.3.0"' if suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff") else ""
        (folder / "plan.toml").write_text(f"tools = [{tools}]\n", "utf-8")
        (folder / f"original{suffix}").touch()
    found = plan_forms(tmp_path)
    assert len(found) == len(SUFFIXES)
    assert set(found.values()) <= set(form)
    assert (found["plan.htm"], found["plan.png"]) == ("html", "scan")


def test_a_set_without_figures_is_told(tmp_path: Path) -> None:
    written(tmp_path, "s,3,Ba văn bản,Three texts,\n", "")
    with pytest.raises(KhplansError, match="without figures"):
        read_unseen(tmp_path)


def test_what_is_published_carries_both_kinds() -> None:
    unseen = read_unseen(CHECKS)
    made = accuracy_json(PLANS, {"a": "docx", "b": "pdf"}, unseen)
    assert made["forms"] == {"a": "docx"}
    told = {(f["table"], f["measure"]) for f in made["unseen"][0]["figures"]}
    assert {("tasks", "recall"), ("citations", "date"), ("documents", "issuer")} <= told
    rows = list(csv.DictReader(io.StringIO(accuracy_csv(PLANS, {"a": "docx"}, unseen))))
    assert {row["set"] for row in rows} == {"plans", *(one.name for one in unseen)}
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows if row["set"] != "plans")
    words = "\n".join(line if isinstance(line, str) else line[2] for line in accuracy_lines(PLANS, {}, unseen))  # fmt: skip
    assert "upper bound" in words
    assert "94,2 % [89,3 %–96,9 %]; n = 154: .doc 107/107" in words
    assert "development set" in words


def test_a_score_gives_the_lines_to_add(tmp_path: Path) -> None:
    def of(plan: str, *measures: tuple[str, int, int, int]) -> tuple[Figure, ...]:
        return tuple(Figure("tasks", plan, m, h / g, h, g, f) for m, h, g, f in measures)

    score = Score(
        (
            *of("a", ("recall", 8, 10, 16), ("precision", 8, 10, 16), ("lead", 3, 8, 8)),
            *of("b", ("recall", 1, 2, 2), ("f1", 1, 2, 2), ("lead", 1, 1, 1)),
            *of("all", ("recall", 9, 12, 18)),
        ),
        (),
    )
    lines = figure_rows(score, {"a": "docx", "b": "docx"}, "s", "2026-01-02", "abcdef123456")
    assert lines == (
        "s,2026-01-02,abcdef123456,docx,tasks,lead,all,4,9,\n"
        "s,2026-01-02,abcdef123456,docx,tasks,rows,all,9,12,18\n"
    )
    [one] = read_unseen(written(tmp_path, "s,2,Hai văn bản,Two texts,\n", lines))
    assert {(f.measure, f.right, f.n) for f in one.figures} == {
        ("lead", 4, 9), ("recall", 9, 12), ("precision", 9, 18),
    }  # fmt: skip


def test_a_catalogue_without_such_figures_says_so() -> None:
    assert accuracy_json(PLANS, {}, ())["unseen"] == []
    lines = list(accuracy_lines(PLANS, {}, ()))
    assert "This catalogue has measured none" in str(lines[1])
    assert list(accuracy_lines(Score((), ()), {}, ())) == []
