"""The whole line on a small project: everything made, nothing made twice, nothing lost to an error."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAN = "dien-bien-04-ct-ubnd-2021"


def publish(project: Path, *options: str, good: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "khplans", "publish", *options],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) == good, done.stderr
    assert "Traceback" not in done.stderr
    return done


def hashes(project: Path) -> dict[str, str]:
    """Every published file by its path."""
    return {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("datapackages", "releases", "site")
        for path in sorted((project / folder).rglob("*"))
        if path.is_file() and path.name != "failed.csv"
    }


def failed(project: Path) -> list[list[str]]:
    """The stage and the kind of error of each run that failed, the first one first."""
    path = project / "releases" / "failed.csv"
    lines = path.read_text("utf-8").splitlines()[1:] if path.is_file() else []
    return [line.split(",")[1:] for line in lines]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A repository with one plan, published once."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("checks", "docs", f"plans/{PLAN}", "tests/gold"):
        shutil.copytree(ROOT / folder, project / folder)
    for name in ("khplans.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, project / name)
    done = publish(project)
    assert "releases/1.0.0" in done.stdout
    assert "site/index.html" in done.stdout
    return project


def test_it_makes_packages_a_release_and_the_site(project: Path) -> None:
    for path in (
        f"datapackages/{PLAN}/datapackage.json",
        "datapackages/khplans/checks.json",
        "releases/versions.json",
        "releases/1.0.0/SHA256SUMS",
        "site/index.html",
        "site/data/versions.json",
    ):
        assert (project / path).is_file(), path


def test_with_nothing_changed_it_says_so_and_touches_nothing(project: Path) -> None:
    before = hashes(project)
    done = publish(project)
    assert "nothing changed" in done.stdout
    assert json.loads(publish(project, "--json").stdout)["changed"] is False
    assert hashes(project) == before


def test_a_bad_plan_stops_it_and_leaves_all_as_it_was(project: Path) -> None:
    before = hashes(project)
    bad = project / "plans" / "tinh-khac"
    shutil.copytree(project / "plans" / PLAN, bad)
    (bad / "source.txt").write_bytes(b"\xff\xfe\x00 khong phai van ban")
    try:
        done = publish(project, good=False)
    finally:
        shutil.rmtree(bad)
    last = done.stderr.splitlines()[-1]
    assert last.startswith("khplans: ")
    assert "tinh-khac" in last
    assert hashes(project) == before
    assert failed(project)[-1] == ["build", "encoding-unknown"]


def _with_no_row(checks: Path) -> None:
    path = checks / "row_counts.csv"
    header = path.read_text("utf-8").splitlines()[0]
    path.write_text(f"{header}\n{PLAN},tasks,9000,9001\n", "utf-8")


def _with_another_byte(release: Path) -> None:
    with (release / "tasks.csv").open("ab") as stream:
        stream.write(b"\n")


def _with_a_broken_link(docs: Path) -> None:
    (docs / "about.md").write_text("# A\n\n[b](nowhere.md)\n", "utf-8")


BREAKING: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "check": ("checks", "check-failed", _with_no_row),
    "release": ("releases/1.0.0", "release-altered", _with_another_byte),
    "site": ("docs", "site-warning", _with_a_broken_link),
}


def broken(project: Path, stage: str, kept: Path) -> str:
    """What is told of a run that fails at a stage; what was broken for it is whole again."""
    folder, _, spoil = BREAKING[stage]
    shutil.copytree(project / folder, kept)
    spoil(project / folder)
    try:
        return publish(project, good=False).stderr
    finally:
        shutil.rmtree(project / folder)
        shutil.copytree(kept, project / folder)


@pytest.mark.parametrize("stage", BREAKING)
def test_a_run_that_fails_is_recorded_with_its_stage_and_kind_and_nothing_else(
    project: Path, stage: str, tmp_path: Path
) -> None:
    before, runs = hashes(project), failed(project)
    told, code = broken(project, stage, tmp_path / "kept"), BREAKING[stage][1]
    assert told.rstrip().endswith(f"[{code}]")
    assert failed(project) == [*runs, [stage, code]]
    assert hashes(project) == before


def test_the_next_site_shows_the_runs_that_failed_in_both_languages(
    project: Path, tmp_path: Path
) -> None:
    broken(project, "check", tmp_path / "kept")
    runs = failed(project)
    publish(project)
    for page, heading, meaning in (
        ("releases/index.html", "Những lần phát hành hỏng", "Có kiểm tra dữ liệu không đạt"),
        ("en/releases/index.html", "Runs that failed", "A check of the data failed"),
    ):
        told = (project / "site" / page).read_text("utf-8").split('<h2 id="failed"')[1]
        assert heading in told
        assert meaning in told
        assert all(f"#{code}" in told for _, code in runs)
        assert told.count(" UTC") == len(runs)
    assert "nothing changed" in publish(project).stdout
    assert failed(project) == runs


def test_a_correction_makes_a_new_release_and_another_run_is_told_who_makes_it(
    project: Path,
) -> None:
    import khplans

    path = project / "plans" / PLAN / "corrections.csv"
    right = path.read_text("utf-8")
    text = (project / "plans" / PLAN / "source.txt").read_bytes().decode("utf-8")
    task = khplans.load(source=project).tasks.iloc[0]
    word = text[task.start : task.start + 3]
    path.write_text(
        f"{right.splitlines()[0]}\n{task.start},{task.start + 3},{word},Xem,thử\n", "utf-8"
    )
    before = hashes(project)
    command = [sys.executable, "-W", "ignore", "-m", "khplans", "publish", "--json"]
    first = subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (project / ".khplans" / "holder.json").is_file():
        assert first.poll() is None
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)
    second = publish(project, good=False)
    assert second.returncode == 1
    (told,) = second.stderr.splitlines()
    assert f"`khplans publish --json` is writing here: process {first.pid} on " in told
    assert hashes(project) == before
    first.send_signal(signal.SIGCONT)
    printed, _ = first.communicate()
    assert first.returncode == 0
    report = json.loads(printed)
    assert report["changed"] is True
    assert report["version"] != "1.0.0"
    assert khplans.load(source=project).version == report["version"]
    assert khplans.load(source=project / "site", version="1.0.0").version == "1.0.0"
    assert subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "khplans", "verify", "releases"], cwd=project, check=False
    ).returncode == 0  # fmt: skip
    left = sorted(path.name for path in (project / ".khplans").iterdir())
    assert left == ["build-datapackages.json", "site.sha256"]
