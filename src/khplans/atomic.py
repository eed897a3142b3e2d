"""Whole or nothing: a folder is made beside its target and takes its place in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` that replaces it when the block ends without an error.

    With an error, or when the process is killed, the target stays as it was; what a killed process
    left beside it is removed by the next. Raises `OSError` where the folder cannot be written, which
    names the target where the system (a full disk) names no file.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(target)
    made = target.parent / f".{target.name}.khplans-{os.getpid()}"
    made.mkdir()
    try:
        yield made
        _put_in_place(made, target)
    except OSError as error:
        if error.errno and not error.filename:
            error.filename = str(target)
        raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_file(path: Path, data: bytes) -> None:
    """Write a small file in one step, so that a reader, or a kill, never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.khplans-{os.getpid()}-{threading.get_ident()}")
    try:
        made.write_bytes(data)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def link_tree(source: Path, target: Path) -> None:
    """Take over a folder's files without copying their bytes where the disk allows it."""
    shutil.copytree(source, target, copy_function=link_file)


def link_file(source: Path | str, target: Path | str) -> None:
    """Take over one file likewise."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _put_in_place(made: Path, target: Path) -> None:
    """Rename `made` to `target`; what stood there is then where `made` was."""
    if not target.exists():
        made.rename(target)
        return
    if _exchange(made, target):
        return
    old = made.with_name(made.name + ".old")
    target.rename(old)
    made.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders atomically; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _remove_leftovers(target: Path) -> None:
    """Remove what killed processes left; a swap of two renames that was cut short is finished."""
    for left in sorted(target.parent.glob(f".{target.name}.khplans-*")):
        owner = left.name.rpartition("-")[2].removesuffix(".old")
        if owner.isdigit() and _runs(int(owner)):
            continue
        if left.name.endswith(".old") and not target.exists():
            left.rename(target)
        elif left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
