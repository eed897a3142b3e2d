"""An unchanged plan is not built again; whatever changed is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan, files_of

from khplans import pipeline
from khplans.packages import stamp
from khplans.pipeline import BuildResult, build

SMALL, REAL = "lao-cai-15-kh-ubnd-2025", "khanh-hoa-9902-kh-ubnd-2021"


def test_nothing_changed_is_said_and_nothing_touched(plans: Path, out: Path) -> None:
    marks = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert build(plans, out) == BuildResult((), (REAL, SMALL), (), changed=False)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == marks


def test_a_changed_plan_alone_is_built(plans: Path, out: Path) -> None:
    before = files_of(out)
    shutil.rmtree(plans / SMALL)
    add_plan(plans, SMALL, LAO_CAI.replace("10%", "11%"))
    result = build(plans, out)
    assert (result.built, result.unchanged, result.changed) == ((SMALL,), (REAL,), True)
    after = files_of(out)
    assert after[f"{SMALL}/indicators.csv"] != before[f"{SMALL}/indicators.csv"]
    assert after["khplans/indicators.csv"] != before["khplans/indicators.csv"]


@pytest.mark.parametrize("name", ["plan.toml", "corrections.csv"])
def test_what_is_known_about_a_plan_counts(plans: Path, out: Path, name: str) -> None:
    path = plans / SMALL / name
    at = LAO_CAI.index("10%")
    more = f"{at},{at + 3},10%,11%,Thử\n" if name == "corrections.csv" else "# ghi chú\n"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    assert build(plans, out).built == (SMALL,)


def test_changed_code_or_knowledge_builds_all(
    plans: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "code_fingerprint", lambda: "other code")
    assert build(plans, out).built == (REAL, SMALL)


def test_the_fingerprint_of_the_code_sees_knowledge(tmp_path: Path) -> None:
    from khplans.packages.fingerprint import folder_fingerprint

    source = Path(pipeline.__file__).parent
    shutil.copytree(source / "knowledge", tmp_path / "knowledge")
    before = folder_fingerprint(tmp_path)
    table = tmp_path / "knowledge" / "data" / "units.csv"
    table.write_text(table.read_text("utf-8") + "# một dòng\n", encoding="utf-8")
    assert folder_fingerprint(tmp_path) != before


@pytest.mark.parametrize("damage", ["alter", "remove", "add"])
def test_a_damaged_package_is_made_again(plans: Path, out: Path, damage: str) -> None:
    before = files_of(out)
    path = out / SMALL / "tasks.csv"
    if damage == "alter":
        path.write_bytes(path.read_bytes().replace(b"30/6", b"31/6"))
    elif damage == "remove":
        path.unlink()
    else:
        (out / SMALL / "strange.csv").write_text("x")
    assert build(plans, out).built == (SMALL,)
    assert files_of(out) == before


def test_a_damaged_collection_is_made_again(plans: Path, out: Path) -> None:
    before = files_of(out)
    (out / "khplans" / "tasks.parquet").write_bytes(b"PAR1")
    assert build(plans, out).changed
    assert files_of(out) == before


def test_a_plan_that_is_gone_leaves_no_package(plans: Path, out: Path) -> None:
    shutil.rmtree(plans / SMALL)
    result = build(plans, out)
    assert result.removed == (SMALL,)
    assert sorted(path.name for path in out.iterdir()) == [REAL, "khplans"]
    assert SMALL.encode() not in (out / "khplans" / "documents.csv").read_bytes()


def test_a_damaged_stamp_only_costs_time(plans: Path, out: Path) -> None:
    (out.parent / ".khplans" / "build-out.json").write_text("{", encoding="utf-8")
    assert build(plans, out).built == (REAL, SMALL)
