"""`khplans score` gives the figures of the scorer that the project is judged by."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sample_packages import GOLD, change_cells, write_package, write_sample

from khplans.errors import KhplansError
from khplans.packages.canonical import Package, PackageTable, read_package
from khplans.scoring.falls import find_falls, refuse_falls
from khplans.scoring.gold import Gold, for_same_texts, gold_hash, read_gold
from khplans.scoring.matching import pair_up
from khplans.scoring.report import accuracy_csv, accuracy_json, score_text
from khplans.scoring.score import Score, score
from khplans.scoring.unseen import read_unseen

SCORER = GOLD / "score.py"
UNSEEN = read_unseen(Path(__file__).parents[2] / "checks")


@pytest.fixture(scope="module")
def perfect(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("perfect")
    write_sample(folder)
    return folder


def damaged(folder: Path, to: Path) -> Path:
    """The sample with rows lost, moved, doubled and mistaken."""
    package = read_package(folder)
    tables = dict(package.tables)

    def every(name: str, step: int, **cells: str) -> None:
        table = tables[name]
        for i, key in enumerate(table.rows):
            if i % step == 0:
                tables[name] = change_cells(tables[name], key, **cells)

    def drop(name: str, step: int) -> None:
        rows = {k: r for i, (k, r) in enumerate(tables[name].rows.items()) if i % step}
        tables[name] = PackageTable(name, tables[name].columns, tables[name].key, rows)

    drop("citations", 7)
    drop("tasks", 11)
    drop("task_agencies", 5)
    every("indicators", 6, unit="person")
    every("indicators", 9, value="1")
    every("tasks", 8, deadline="2031-01-01")
    every("documents", 3, signer="Ai Đó")
    every("citations", 10, start="0", end="60")
    write_package(to, package.descriptor, tables)
    return to


def official_figures(package: Path) -> dict[tuple[str, str, str], str]:
    lines = subprocess.run(
        [sys.executable, str(SCORER), str(package), str(GOLD)],
        check=True, capture_output=True, encoding="utf-8",
    ).stdout.splitlines()  # fmt: skip
    figures = {}
    for line in lines:
        table, plan, measure, value = line.split()[:4]
        figures[table, plan, measure] = value
    return figures


@pytest.mark.parametrize("broken", [False, True])
def test_figures_are_those_of_the_official_scorer(
    perfect: Path, tmp_path: Path, broken: bool
) -> None:
    folder = damaged(perfect, tmp_path) if broken else perfect
    result = score(read_package(folder).tables, read_gold(GOLD))
    ours = {(f.table, f.plan, f.measure): f"{f.value:.4f}" for f in result.figures}
    official = official_figures(folder)
    assert len(official) > 20
    assert {key: ours.get(key) for key in official} == official
    assert broken == any(value != "1.0000" for value in official.values())


def test_each_miss_and_extra_is_listed_with_its_words(perfect: Path, tmp_path: Path) -> None:
    result = score(read_package(damaged(perfect, tmp_path)).tables, read_gold(GOLD))
    for table in ("citations", "indicators", "tasks"):
        everywhere = next(
            f for f in result.figures if (f.table, f.plan, f.measure) == (table, "all", "f1")
        )
        listed = [d for d in result.differences if d.table == table]
        missed = [d for d in listed if d.kind == "missed"]
        extra = [d for d in listed if d.kind == "extra"]
        assert len(missed) == everywhere.gold - everywhere.hits
        assert len(extra) == everywhere.found - everywhere.hits
        assert all(d.words for d in listed)
    wrong = [d for d in result.differences if d.field == "deadline"]
    assert {d.found for d in wrong} == {"2031-01-01"}


def test_precision_and_recall_by_plan(perfect: Path) -> None:
    result = score(read_package(perfect).tables, read_gold(GOLD))
    measures = {(f.table, f.plan, f.measure) for f in result.figures}
    for plan in (*read_gold(GOLD).plans, "all"):
        assert {("tasks", plan, m) for m in ("precision", "recall", "f1", "lead")} <= measures


def test_a_plan_whose_text_changed_is_not_scored_but_named(perfect: Path) -> None:
    gold = read_gold(GOLD)
    plan = gold.plans[0]
    text = Path("plans", plan, "source.txt").read_bytes().decode()
    kept = for_same_texts(gold, {plan: text})
    assert kept.stale == ()
    assert kept.plans == gold.plans
    shifted = for_same_texts(gold, {plan: "Thêm một dòng.\n" + text})
    assert shifted.stale == (plan,)
    assert plan not in shifted.plans
    result = score(read_package(perfect).tables, shifted)
    assert {f.plan for f in result.figures} == {*gold.plans, "all"} - {plan}
    assert any(plan in line for line in score_text(result))


def test_a_fall_is_refused_with_its_figures_and_rows(perfect: Path, tmp_path: Path) -> None:
    gold = read_gold(GOLD)
    before = score(read_package(perfect).tables, gold)
    after = score(read_package(damaged(perfect, tmp_path)).tables, gold)
    assert find_falls(before, before) == []
    assert find_falls(after, before) == []
    refuse_falls([])
    falls = find_falls(before, after)
    assert ("tasks", "all", "deadline") in {
        (f.after.table, f.after.plan, f.after.measure) for f in falls
    }
    assert all(fall.rows for fall in falls if fall.after.measure not in ("precision",))
    with pytest.raises(KhplansError) as caught:
        refuse_falls(falls)
    assert "deadline 1.0000 → " in str(caught.value)
    assert "missed" in str(caught.value)


def test_report_files_say_the_same(perfect: Path, tmp_path: Path) -> None:
    result = score(read_package(damaged(perfect, tmp_path)).tables, read_gold(GOLD))
    rows = list(csv.DictReader(io.StringIO(accuracy_csv(result, {}, UNSEEN))))
    written = json.loads(json.dumps(accuracy_json(result, {}, UNSEEN)))
    of_sets = [figure for one in written["unseen"] for figure in one["figures"]]
    assert written["figures"]
    assert of_sets
    assert [(r["table"], r["plan"], r["measure"], float(r["value"])) for r in rows] == [
        (f["table"], f.get("plan", ""), f["measure"], f["value"])
        for f in (*written["figures"], *of_sets)
    ]
    assert len(written["differences"]) == len(result.differences)


def test_larger_overlap_pairs_first_and_one_to_one() -> None:
    gold = [{"span": (0, 10), "id": "a"}, {"span": (8, 20), "id": "b"}]
    found = [
        {"span": (9, 19), "id": "x"},
        {"span": (0, 9), "id": "y"},
        {"span": (30, 31), "id": "z"},
    ]
    pairs, missed, extra = pair_up(gold, found, lambda g, f: True)
    assert [(g["id"], f["id"]) for g, f in pairs] == [("b", "x"), ("a", "y")]
    assert missed == []
    assert [f["id"] for f in extra] == ["z"]


def test_a_long_row_far_before_is_still_seen() -> None:
    pairs, _, _ = pair_up(
        [{"span": (90, 95)}], [{"span": (1, 2)}, {"span": (0, 99)}], lambda g, f: True
    )
    assert pairs == [({"span": (90, 95)}, {"span": (0, 99)})]


def test_gold_hash_follows_the_answers(tmp_path: Path) -> None:
    (tmp_path / "tasks.jsonl").write_text("{}\n", "utf-8")
    before = gold_hash(tmp_path)
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    assert gold_hash(tmp_path) == before
    (tmp_path / "tasks.jsonl").write_text("{} \n", "utf-8")
    assert gold_hash(tmp_path) != before


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("tasks", b"{"),
        ("tasks", b"[]"),
        ("tasks", b"\xff"),
        ("tasks", b'{"plan": "a"}'),
        ("tasks", b'{"plan": "a", "document": "a", "start": "a", "end": 1, "lead": [], "coordinate": []}'),
        ("tasks", b'{"plan": "a", "document": "a", "start": 0, "end": 1, "lead": [1], "coordinate": []}'),
        ("indicators", b'{"plan": "a", "document": "a", "start": 0, "end": 1, "value": "8"}'),
        ("citations", b'{"plan": "a", "document": "a", "start": 0, "end": 1, "number": 8}'),
        ("documents", b'{"plan": "a", "document": "a", "start": 0, "end": 1, "title": "a"}'),
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_told_with_its_line(
    tmp_path: Path, table: str, line: bytes
) -> None:
    (tmp_path / f"{table}.jsonl").write_bytes(b"\n" + line + b"\n")
    with pytest.raises(KhplansError, match="a broken answer") as told:
        read_gold(tmp_path)
    assert told.value.where == str(tmp_path / f"{table}.jsonl:2")


def test_a_folder_without_answers_is_told(tmp_path: Path) -> None:
    with pytest.raises(KhplansError, match="no gold answers"):
        read_gold(tmp_path)


def test_an_empty_package_scores_nothing_found() -> None:
    package = Package(
        {},
        {"documents": PackageTable("documents", ("document_id", "plan_id"), ("document_id",), {})},
    )
    result: Score = score(package.tables, Gold({"tasks": read_gold(GOLD).records["tasks"]}))
    assert {f.value for f in result.figures if f.measure == "recall"} == {0.0}
