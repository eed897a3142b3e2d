"""A collection is checked some plans at a time, with the results of the whole."""

from __future__ import annotations

import shutil
import tracemalloc
from pathlib import Path

import pytest
from rounds import rounds
from small_plans import LAO_CAI, add_plan
from spoiling import RULES

from khplans.checks import run, slices
from khplans.checks.keys import UnionCheck
from khplans.checks.run import check_collection, check_rows
from khplans.checks.slices import Slices
from khplans.packages.package import as_arrow, write_table
from khplans.packages.reader import OwnReader
from khplans.packages.union import write_collection
from khplans.pipeline import build
from khplans.tables.definition import table

REAL = Path(__file__).parents[2] / "plans" / "khanh-hoa-9902-kh-ubnd-2021"


def parts_of(packages: Path) -> list[Path]:
    return sorted(path for path in packages.iterdir() if path.name != "khplans")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans of which two bring the same documents along, with one of another kind between them."""
    root = tmp_path_factory.mktemp("slices")
    for name in ("a-ke-hoach", "c-ke-hoach"):
        add_plan(root / "plans", name, (REAL / "source.txt").read_bytes().decode())
    add_plan(root / "plans", "b-ke-hoach", LAO_CAI)
    build(root / "plans", root / "datapackages")
    return root / "datapackages"


def test_a_slice_for_each_plan_finds_what_one_slice_finds(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = packages / "khplans"
    every = run.expectations_of
    step = rounds(6, 1)  # Great Expectations takes its time for each
    monkeypatch.setattr(run, "expectations_of", lambda *arguments: every(*arguments)[::step])
    assert [some.plans for some in Slices(folder)] == [("a-ke-hoach", "b-ke-hoach", "c-ke-hoach")]
    whole = check_collection(folder, parts_of(packages), RULES)
    monkeypatch.setattr(slices, "TEXT_AT_ONCE", 1)
    assert [some.plans for some in Slices(folder)] == [
        ("a-ke-hoach",), ("b-ke-hoach",), ("c-ke-hoach",),
    ]  # fmt: skip
    assert check_collection(folder, parts_of(packages), RULES) == whole
    union = {one.table: one.status for one in whole.results if one.check == "union"}
    assert set(union.values()) == {"passed"}


def test_every_row_is_in_one_slice(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = Slices(packages / "khplans")
    for size in (1, 20_000):
        monkeypatch.setattr(slices, "TEXT_AT_ONCE", size)
        some = list(Slices(packages / "khplans"))
        for name in slices.OWN:
            assert [row for one in some for row in one.rows[name]] == whole.rows[name]


def test_a_row_out_of_place_is_found(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(packages / "khplans", tmp_path / "khplans")
    monkeypatch.setattr(slices, "TEXT_AT_ONCE", 1)
    rows = OwnReader(tmp_path / "khplans").rows("tasks")
    write_table(tmp_path / "khplans", table("tasks"), [as_arrow(table("tasks"), rows[::-1])])
    check = UnionCheck(Slices(packages / "khplans").shared, {p.name: p for p in parts_of(packages)})
    for some in Slices(tmp_path / "khplans"):
        check.compare(some)
    wrong = {one.table for one in check.results(Slices(packages / "khplans").shared) if one.failed}
    assert wrong == {"tasks"}


def test_memory_is_flat_in_the_number_of_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times the plans take the memory of one slice and of their ids, not of their rows."""
    monkeypatch.setattr(slices, "TEXT_AT_ONCE", 5_000)
    text = LAO_CAI.replace("2. Sở Công Thương", "2. Sở Công Thương " + "khẩn trương " * 200)
    for number in range(40):
        plan = text.replace("15/KH-UBND", f"{number + 1}/KH-UBND")
        add_plan(tmp_path / "plans", f"lao-cai-{number:02d}", plan)
    build(tmp_path / "plans", tmp_path / "packages", workers=1)
    peaks = []
    for count in (5, 40):
        made = tmp_path / f"of-{count}"
        made.mkdir()
        write_collection(made, parts_of(tmp_path / "packages")[:count])
        check_rows(made, RULES)  # what is read once and kept
        tracemalloc.start()
        report = check_rows(made, RULES)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.errors == ()
    assert peaks[1] < 1.5 * peaks[0]
