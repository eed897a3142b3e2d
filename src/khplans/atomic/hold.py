"""One writer at a time. The system ends a hold with its process; a file beside it tells who holds."""

from __future__ import annotations

import datetime
import functools
import inspect
import json
import os
import platform
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from khplans.atomic.scratch import WORK, clear_scratch, in_scratch
from khplans.errors import AnotherRun
from khplans.text.visible import visible

if TYPE_CHECKING:
    from filelock import BaseFileLock

P = ParamSpec("P")
R = TypeVar("R")

REPLACED = "replaced"
"""Folder of outputs that a swap of two renames has put aside, each under its own name."""

_LOCK, _HOLDER = "lock", "holder.json"
_TRIES, _PAUSE = 25, 0.02  # seconds; a holder that has only just begun has yet to write its name
_LONGEST = 200  # characters of a command that are told
_MOST = 10_000  # bytes of a holder's file that are read


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a folder."""

    command: str
    process: int
    host: str
    since: datetime.datetime


@contextmanager
def holding(*targets: Path) -> Iterator[None]:
    """Be the only process that writes these outputs, until the block ends or the process does.

    What is held is the folder that each output stands in: the catalogue's. A thread that holds it
    may hold it again. What killed processes left in it is put right first. Raises `AnotherRun`,
    which names the holder, at once where another holds it, and `OSError` where it can't be written.
    """
    with ExitStack() as held:
        for place in sorted({place for target in targets for place in _places(target)}):
            held.enter_context(_holding(place))
        yield


def holds(*names: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function hold, while it runs, the outputs that its parameters of these names are."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def held(*args: P.args, **named: P.kwargs) -> R:
            given = signature.bind(*args, **named).arguments
            with holding(*(given[name] for name in names)):
                return function(*args, **named)

        return held

    return decorate


def recover(*folders: Path) -> None:
    """Put right what killed runs left inside folders, rather than beside outputs. Raises as `holding`."""
    with holding(*(folder / WORK for folder in folders if (folder / WORK).is_dir())):
        pass


def work_of(target: Path) -> Path:
    """The folder for what khplans needs itself to make an output.

    It stands beside the output; what is itself made in one (a preview) has that one.
    """
    folder = target.resolve().parent
    inside = [parent for parent in (folder, *folder.parents) if parent.name == WORK]
    return inside[-1] if inside else folder / WORK


def _places(target: Path) -> Iterator[Path]:
    """The folders whose locks guard an output: its own, and the catalogue's that this one is in.

    In a folder that can't be written nothing is replaced, so packages there are checked without one.
    What stands around a scratch folder or a catalogue in the system's temporary folder is not the run's: that
    folder is everybody's.
    """
    folder = work_of(target).parent
    inner = in_scratch(folder)
    if in_scratch(target.resolve()) and not inner:
        return
    if not folder.exists() or os.access(folder, os.W_OK):
        yield folder
    is_everybody_s = folder.parent == Path(tempfile.gettempdir()).resolve()
    if not inner and not is_everybody_s and (folder.parent / WORK).is_dir():
        yield folder.parent


@contextmanager
def _holding(place: Path) -> Iterator[None]:
    from filelock import FileLock

    work = place / WORK
    lock = FileLock(work / _LOCK, is_singleton=True, blocking=False)
    if lock.is_locked:  # by this thread
        yield
        return
    with _leaving_no_empty_folders(work):
        _acquire(lock, place)
        try:
            _write_holder(work / _HOLDER)
            put_back(work / REPLACED)
            for place in (work, Path(tempfile.gettempdir())):
                clear_scratch(place)
            yield
        finally:
            (work / _HOLDER).unlink(missing_ok=True)
            with suppress(OSError):
                (work / _LOCK).unlink()
            lock.release()


@contextmanager
def _leaving_no_empty_folders(work: Path) -> Iterator[None]:
    """Remove `work` and what had to be made for it where the block has put nothing there."""
    fresh = [folder for folder in (work, *work.parents) if not folder.exists()] or [work]
    try:
        yield
    finally:
        with suppress(OSError):
            for folder in fresh:
                folder.rmdir()


def _acquire(lock: BaseFileLock, place: Path) -> None:
    """Take the lock, or raise `AnotherRun`.

    A holder that ends takes its files away and one that begins has yet to write its name, so look again.
    """
    from filelock import Timeout

    for tries_left in reversed(range(_TRIES)):
        try:
            Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
            if Path(lock.lock_file).exists():
                return
            lock.release()
        except FileNotFoundError:
            if not tries_left:
                raise
        except Timeout:
            holder = _read_holder(place / WORK / _HOLDER)
            if holder or not tries_left:
                raise _refusal(place, holder) from None
        time.sleep(_PAUSE)
    raise _refusal(place, None)


def _refusal(place: Path, holder: Holder | None) -> AnotherRun:
    if holder is None:
        return AnotherRun.called("another-run-unnamed", place)
    since = f"{holder.since:%Y-%m-%d %H:%M:%S} UTC"
    held = datetime.datetime.now(datetime.UTC).replace(microsecond=0) - holder.since
    return AnotherRun.called("another-run-named", place, holder=holder, since=since, held=held)


def _this_process() -> Holder:
    program = Path(sys.argv[0])
    name = program.parent.name if program.name == "__main__.py" else program.name
    command = shlex.join([name, *sys.argv[1:]])[:_LONGEST]
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return Holder(command, os.getpid(), platform.node(), now)


def _write_holder(path: Path) -> None:
    """Say who holds, in one step: another run that looks never finds half of it."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)  # never written through, should it be a link
    with aside.open("x", encoding="utf-8") as stream:
        json.dump(asdict(_this_process()), stream, default=str)
    aside.replace(path)


def _read_holder(path: Path) -> Holder | None:
    """Who says to be holding; None where the file doesn't tell. Its words are shown, never obeyed."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            said = json.loads(stream.read(_MOST))
        words = [
            " ".join(visible(str(said[name])[:_LONGEST]).split()) for name in ("command", "host")
        ]
        since = datetime.datetime.fromisoformat(said["since"]).astimezone(datetime.UTC)
        return Holder(words[0], int(said["process"]), words[1], since)
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return None


def put_back(replaced: Path) -> None:
    """Finish swaps that were cut short: what has no successor goes back, what has one is removed."""
    if not replaced.is_dir() or replaced.is_symlink() or replaced.parent.is_symlink():
        return
    for old in sorted(replaced.iterdir()):
        target = replaced.parent.parent / old.name
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    with suppress(OSError):
        replaced.rmdir()
