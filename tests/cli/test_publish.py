"""The whole line on a small project: everything made, nothing made twice, nothing lost to an error."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
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
        if path.is_file()
    }


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
