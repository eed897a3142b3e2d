"""Folders for what is half made. One that a killed process left is known by its lock, which nobody holds."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WORK = ".khplans"
"""The folder beside what khplans makes that holds what it needs for itself; nothing published."""

_SCRATCH = f"{WORK}-"


@contextmanager
def scratch(place: Path | None = None) -> Iterator[Path]:
    """An empty folder of this user's alone in `place` (or the system's temporary folder).

    It is removed when the block ends; where the process is killed, by the next that asks for one
    there. Raises `OSError` where `place` can't be written.
    """
    from filelock import FileLock

    place = place or Path(tempfile.gettempdir())
    clear_scratch(place)
    folder = place / f"{_SCRATCH}{secrets.token_hex(8)}"
    with FileLock(_lock_of(folder)):
        try:
            folder.mkdir(mode=0o700)
            yield folder
        finally:
            _remove(folder)


def in_scratch(path: Path) -> bool:
    """Whether a path is a scratch folder or in one, where no other run writes.

    >>> in_scratch(Path("/a/.khplans-0a/packages")), in_scratch(Path("/a/datapackages"))
    (True, False)
    """
    return any(part.name.startswith(_SCRATCH) for part in (path, *path.parents))


def clear_scratch(place: Path) -> None:
    """Remove the scratch folders in `place` of processes that are no more; others' are left alone."""
    from filelock import FileLock, Timeout

    for lock in sorted(place.glob(f"{_SCRATCH}*.lock")):
        with suppress(OSError, Timeout), FileLock(lock, blocking=False):
            _remove(lock.with_suffix(""))


def _remove(folder: Path) -> None:
    """Remove a scratch folder, and last its lock: while that is there, the folder is known as ours."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        _lock_of(folder).unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")
