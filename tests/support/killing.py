"""Runs that are killed at a chosen step, in processes of their own whose ids repeat as in containers."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

_STEPS = (
    "open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir", "shutil.rmtree",
)  # fmt: skip

Run = Callable[[Path], object]


def run_apart(run: Run, root: Path, kill_at: int | None = None) -> int:
    """Run it in another process and return its exit status: -9 where it was killed.

    `kill_at` is the number of the step of the file system before which it is killed. The process's
    id, as it sees it itself, is always 7; its temporary folder is `root/tmp`.
    """
    forks = get_context("forkserver")
    forks.set_forkserver_preload(["warmed"])
    process = forks.Process(target=_run, args=(run, root, kill_at))
    with patch.dict(os.environ, {"PYTHONPATH": str(Path(__file__).parent)}):
        process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _run(run: Run, root: Path, kill_at: int | None) -> None:
    tempfile.tempdir = str(root / "tmp")
    os.getpid = lambda: 7
    steps: list[str] = []

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STEPS and _is_in(root, arguments[0]):
            steps.append(event)
            if len(steps) == kill_at:
                signal.raise_signal(signal.SIGKILL)

    sys.addaudithook(count)
    run(root)
    (root / "steps").write_text("\n".join(steps))


def run_killed(
    begin: Callable[[Path], Callable[[Path], object]], start: Path, root: Path, kills: Sequence[int]
) -> list[int]:
    """Run it once for each number of a step before which it is killed, in the folders 0, 1, … of `root`.

    `begin` is given the folder `start` and what it gives a copy of it, in forks of one process: what it read is
    read once. Gives the exit status of each run.
    """
    forks = get_context("forkserver")
    forks.set_forkserver_preload(["warmed"])
    process = forks.Process(target=_fork_each, args=(begin, start, root, kills))
    with patch.dict(os.environ, {"PYTHONPATH": str(Path(__file__).parent)}):
        process.start()
    process.join()
    assert process.exitcode == 0
    return [int(line) for line in (root / "statuses").read_text().split()]


def _fork_each(
    begin: Callable[[Path], Callable[[Path], object]], start: Path, root: Path, kills: Sequence[int]
) -> None:
    run = begin(start)
    statuses = []
    for number, step in enumerate(kills):
        copied = root / str(number)
        shutil.copytree(start, copied)
        if not (child := os.fork()):
            _run(run, copied, step)
            os._exit(0)
        statuses.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    (root / "statuses").write_text(" ".join(map(str, statuses)))


def _is_in(root: Path, path: object) -> bool:
    return isinstance(path, str | Path) and str(path).startswith(str(root))


def steps_of(root: Path) -> list[str]:
    """The steps of the last run that was not killed."""
    return (root / "steps").read_text().splitlines()


_watched: list[Callable[[str], None]] = []


@cache
def _look_at_every_step() -> None:
    """Once a process: an audit hook can't be taken away."""

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event not in _STEPS or not _watched:
            return
        watcher = _watched.pop()  # what it does itself is no step
        watcher(f"{event} {arguments[:2]}")
        _watched.append(watcher)

    sys.addaudithook(look)


@contextmanager
def watching(is_right: Callable[[], bool]) -> Iterator[list[str]]:
    """Ask before every step of the file system; the list is of the steps before which it wasn't so."""
    wrong: list[str] = []

    def look(step: str) -> None:
        if not is_right():
            wrong.append(step)

    _look_at_every_step()
    _watched.append(look)
    try:
        yield wrong
    finally:
        _watched.clear()
    look("at the end")
