"""Runs that are killed, or whose disk takes no more, at a chosen step, in processes of their own.

The processes' ids repeat as in containers.
"""

from __future__ import annotations

import errno
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

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_TAKING_AWAY = ("os.remove", "os.rmdir", "shutil.rmtree")

Run = Callable[[Path], object]


def run_apart(run: Run, root: Path, kill_at: int | None = None, refused: int | None = None) -> int:
    """Run it in another process and return its exit status: -9 where it was killed.

    `kill_at` is the number of the step of the file system before which it is killed; with an error number
    `refused`, from that step on whatever writes is refused so. The process's id, as it sees it itself, is
    always 7; its temporary folder is `root/tmp`.
    """
    forks = get_context("forkserver")
    forks.set_forkserver_preload(["warmed"])
    process = forks.Process(target=_run, args=(run, root, kill_at, refused))
    with patch.dict(os.environ, {"PYTHONPATH": str(Path(__file__).parent)}):
        process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _run(run: Run, root: Path, kill_at: int | None, refused: int | None = None) -> None:
    tempfile.tempdir = str(root / "tmp")
    os.getpid = lambda: 7
    steps: list[str] = []
    done: list[bool] = []

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if done or event not in _STEPS or not _is_in(root, arguments[0]):
            return
        steps.append(event)
        if not kill_at or len(steps) < kill_at:
            return
        if refused is None:
            signal.raise_signal(signal.SIGKILL)
        elif _is_refused(event, arguments, refused):
            raise OSError(refused, os.strerror(refused), str(arguments[0]))

    sys.addaudithook(count)
    try:
        run(root)
    finally:
        done.append(True)
        (root / "steps").write_text("\n".join(steps))


def _is_refused(event: str, arguments: tuple[object, ...], refused: int) -> bool:
    """Whether a disk that is full, or can only be read, lets this not be done."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & _WRITING)
    if event in _TAKING_AWAY:
        return refused == errno.EROFS
    return event != "os.scandir"


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
