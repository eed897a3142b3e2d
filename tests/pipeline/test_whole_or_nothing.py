"""A build that fails or is killed leaves the last output untouched."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_plans import LAO_CAI, add_plan, files_of

from khplans import pipeline
from khplans.errors import KhplansError
from khplans.packages import package, union
from khplans.pipeline import build

SMALL = "lao-cai-15-kh-ubnd-2025"


@pytest.fixture
def out(plans: Path, out: Path) -> Path:
    """A finished build whose small plan has changed since."""
    shutil.rmtree(plans / SMALL)
    add_plan(plans, SMALL, LAO_CAI.replace("10%", "11%"))
    return out


def left_over(out: Path) -> list[str]:
    """What is beside the output that a finished build doesn't leave."""
    beside = {path.relative_to(out.parent).as_posix() for path in out.parent.glob(".*/*")}
    return sorted(beside - {".khplans/build-out.json"})


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (package, "write_csv"),
        (package, "write_parquet"),
        (package, "write_descriptor"),
        (union, "write_table"),
        (union, "write_descriptor"),
        (union, "link_file"),
        (pipeline, "folder_fingerprint"),
    ],
)
def test_a_disk_that_fails_midway(
    plans: Path, out: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    before = files_of(out)
    real = getattr(module, name)
    calls = 0

    def fail(*args: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2 or name == "write_descriptor":
            raise OSError(28, "No space left on device", "tasks.csv")
        return real(*args, **named)

    monkeypatch.setattr(module, name, fail)
    with pytest.raises(OSError, match="No space left"):
        build(plans, out)
    assert files_of(out) == before
    assert left_over(out) == []
    monkeypatch.undo()
    assert build(plans, out).built == (SMALL,)


def test_checks_that_stop_it(plans: Path, out: Path) -> None:
    before = files_of(out)
    seen = []

    def inspect(packages: Path) -> None:
        seen.append((packages / SMALL / "tasks.csv").read_bytes())
        raise KhplansError("check-failed", "không đạt · failed")

    with pytest.raises(KhplansError, match="failed"):
        build(plans, out, inspect=inspect)
    assert seen
    assert files_of(out) == before
    assert left_over(out) == []


def test_checks_see_an_unchanged_build_too(plans: Path, out: Path) -> None:
    build(plans, out)
    seen: list[Path] = []
    assert not build(plans, out, inspect=seen.append).changed
    assert seen == [out]


def test_killed_before_what_was_built_takes_its_place(plans: Path, out: Path) -> None:
    """`test_killed_runs.py` kills at any step."""
    before = files_of(out)
    code = (
        "import sys, time; from pathlib import Path; from khplans import pipeline;"
        "real = pipeline.write_collection\n"
        "def slow(*args):\n    real(*args); print('written', flush=True); time.sleep(60)\n"
        "pipeline.write_collection = slow\n"
        "pipeline.build(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(plans), str(out)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"written\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert files_of(out) == before
    assert build(plans, out).built == (SMALL,)
    assert left_over(out) == []


def test_a_worker_that_fails_names_its_plan(
    plans: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(out)
    (plans / SMALL / "source.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(KhplansError, match=SMALL):
        build(plans, out, workers=2)
    add_plan(plans, "zzz", "x")
    with pytest.raises(KhplansError):
        build(plans, out, workers=2)
    assert files_of(out) == before


def test_a_fault_while_reading_is_one_line(
    plans: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(plan: object) -> None:
        raise IndexError("list index out of range")

    before = files_of(out)
    monkeypatch.setattr(pipeline, "tables_of", break_down)
    with pytest.raises(KhplansError, match=f"{SMALL}.*IndexError") as raised:
        build(plans, out)
    assert "\n" not in str(raised.value)
    assert files_of(out) == before


@pytest.mark.parametrize("workers", [1, 2])
def test_keeping_on_leaves_out_what_cannot_be_read(plans: Path, out: Path, workers: int) -> None:
    add_plan(plans, "zzz", LAO_CAI.replace("15/KH", "16/KH"))
    (plans / SMALL / "source.txt").write_bytes(b"\xff\xfe")
    result = build(plans, out, workers=workers, keep_going=True)
    (failed,) = result.failed
    assert failed == SMALL
    assert str(plans / SMALL / "source.txt") in result.failed[SMALL].where
    assert "zzz" in result.built
    assert not (out / SMALL).exists()
    collection = files_of(out / "khplans")
    assert SMALL.encode() not in collection["documents.csv"]
    assert b"zzz" in collection["documents.csv"]
    before = files_of(out)
    with pytest.raises(KhplansError, match=SMALL):
        build(plans, out)
    assert files_of(out) == before
    shutil.rmtree(plans / SMALL)
    build(plans, out.parent / "without")
    assert files_of(out.parent / "without") == before
    add_plan(plans, SMALL, LAO_CAI)
    assert build(plans, out).built == (SMALL,)


def test_keeping_on_with_nothing_left_changes_nothing(
    plans: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(out)
    for folder in plans.iterdir():
        (folder / "source.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(KhplansError, match=f"{SMALL}/source.txt"):
        build(plans, out, keep_going=True)
    assert files_of(out) == before


def test_a_folder_that_cannot_be_written(plans: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        blocked = Path("/proc/khplans")
    else:
        blocked = tmp_path / "blocked"
        blocked.mkdir(mode=0o500)
        blocked = blocked / "out"
    with pytest.raises(OSError, match=r"khplans|blocked"):
        build(plans, blocked)


def test_a_disk_that_takes_no_more_is_told_in_a_line(plans: Path, out: Path) -> None:
    """A limit on the size of files stands for a full disk: what the system says is of that kind."""
    before = files_of(out)
    command = 'ulimit -f 16; exec "$0" -m khplans build --plans "$1" --to "$2"'
    done = subprocess.run(
        ["bash", "-c", command, sys.executable, plans, out], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"khplans: {out}")
    assert "file too large for this disk" in last
    assert "choose another disk" in last
    assert files_of(out) == before
    assert left_over(out) == []


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def _wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to that")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads Linux's /proc")
def test_workers_end_with_the_run_that_is_killed(plans: Path, out: Path) -> None:
    add_plan(plans, "lao-cai-16-kh-ubnd-2025", LAO_CAI.replace("15/", "16/"))
    code = (
        "import sys; from pathlib import Path; from khplans.pipeline import build\n"
        "if __name__ == '__main__':\n"
        "    build(Path(sys.argv[1]), Path(sys.argv[2]), workers=2)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(plans), str(out)])
    _wait_until(lambda: len(_children(process.pid)) == 3)  # two workers and what tracks them
    children = _children(process.pid)
    process.kill()
    process.wait()
    _wait_until(lambda: not any(_runs(child) for child in children))


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_files_that_are_not_packages_are_not_swept_away(plans: Path, tmp_path: Path) -> None:
    precious = tmp_path / "thesis"
    precious.mkdir()
    (precious / "chapter1.docx").write_bytes(b"years of work")
    with pytest.raises(KhplansError, match="chapter1"):
        build(plans, precious)
    assert files_of(precious) == {"chapter1.docx": b"years of work"}
