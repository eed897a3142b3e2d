"""Builds, releases and sites that are killed at any step: the next run makes good, nothing is left over.

They are killed before the last renames and at steps drawn by a seed; the processes' ids repeat, as in
containers.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killing import Run, run_apart, steps_of
from proofs import Ran
from rounds import draws, rounds
from small_plans import LAO_CAI, add_plan, files_of
from toy_project import Project, make_project

from khplans.pipeline import build
from khplans.site.build import build_site

ROOT = Path(__file__).parents[2]
SMALL = "lao-cai-15-kh-ubnd-2025"


def build_plans(root: Path) -> None:
    build(root / "plans", root / "datapackages")


def release(root: Path) -> None:
    project = Project(root)
    project.make_release(project.build)


def show(root: Path) -> None:
    build_site(root)


def change_plan(root: Path) -> None:
    shutil.rmtree(root / "plans" / SMALL)
    add_plan(root / "plans", SMALL, LAO_CAI.replace("10%", "11%"))


def change_toy(root: Path) -> None:
    project = Project(root)
    plan = project.plans / "tinh-b-2-kh-ubnd-2024" / "source.txt"
    plan.write_text(plan.read_text("utf-8").replace("mở rộng", "cơ bản"), "utf-8")
    project.build(project.plans, project.packages)
    project.check(project.packages)


def change_pages(root: Path) -> None:
    (root / "khplans.toml").write_text('address = "https://elsewhere.example.vn/"\n')


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A catalogue with a small plan, built."""
    add_plan(tmp_path / "plans", SMALL, LAO_CAI)
    assert run_apart(build_plans, tmp_path) == 0
    return tmp_path


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A toy project, released once."""
    project = make_project(tmp_path)
    project.build(project.plans, project.packages)
    project.check(project.packages)
    assert run_apart(release, tmp_path) == 0
    return tmp_path


@pytest.fixture
def shown(small: Path) -> Path:
    """A catalogue with a small plan and a site of it."""
    (small / "docs").symlink_to(ROOT / "docs")
    assert run_apart(show, small) == 0
    return small


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path) -> Iterator[Path]:
    """The temporary folder of these runs."""
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def tree(root: Path) -> set[str]:
    """Every file and folder."""
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def killed_and_run_again(
    root: Path, run: Run, change: Callable[[Path], None], output: str, seed: int, kills: int
) -> int:
    """How often it was killed."""
    before = files_of(root / output)
    change(root)
    origin = root.with_name(f"{root.name}-origin")
    shutil.copytree(root, origin, symlinks=True)
    assert run_apart(run, root) == 0
    after, whole = files_of(root / output), tree(root)
    assert after != before
    draw = draws(seed)
    steps = steps_of(root)
    last = len(steps)
    renames = [number for number, step in enumerate(steps, 1) if step == "os.rename"]
    moments = {last, *renames[-kills:], *(draw.randint(1, last) for _ in range(kills))}
    for moment in sorted(moments):
        shutil.rmtree(root)
        shutil.copytree(origin, root, symlinks=True)
        assert run_apart(run, root, kill_at=moment) == -9, moment
        assert files_of(root / output) in (before, after), f"killed at {moment} of {last}"
        assert run_apart(run, root) == 0, f"killed at {moment} of {last}"
        assert files_of(root / output) == after
        assert tree(root) == whole, f"killed at {moment} of {last}"
    return len(moments)


def test_a_build(small: Path, record_property: Ran) -> None:
    kills = killed_and_run_again(
        small, build_plans, change_plan, "datapackages", seed=1, kills=rounds(2, 30)
    )
    record_property("runs", kills)


def test_a_release(toy: Path, record_property: Ran) -> None:
    kills = killed_and_run_again(toy, release, change_toy, "releases", seed=2, kills=rounds(2, 30))
    record_property("runs", kills)


def test_a_site(shown: Path, record_property: Ran) -> None:
    kills = killed_and_run_again(shown, show, change_pages, "site", seed=3, kills=rounds(1, 15))
    record_property("runs", kills)
