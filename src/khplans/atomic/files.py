"""A folder or file is made aside and takes its place in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from khplans.atomic.hold import REPLACED, holding, put_back, work_of
from khplans.atomic.scratch import WORK, scratch

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(target: Path, within: Path | None = None) -> Iterator[Path]:
    """An empty folder that replaces `target` when the block ends without an error.

    It is made beside `within`, the output that the target is a part of, where it isn't one by itself.

    With an error, or when the process is killed, the target stays as it was; what a killed process
    left is removed by the next. Raises `KhplansError` where another run writes there, and `OSError`
    where the folder can't be written, which names the target rather than what was made aside.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    output = within or target
    with holding(output), scratch(work_of(output)) as aside:
        put_back(target.parent / WORK / REPLACED)
        made = aside / target.name
        with _naming(target, made):
            made.mkdir()
            yield made
            _put_in_place(made, target)


def write_file(path: Path, data: bytes) -> None:
    """Write a small file in one step, so that a reader, or a kill, never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with scratch(path.parent) as aside, _naming(path, made := aside / path.name):
        made.write_bytes(data)
        made.replace(path)


def copy_tree(
    source: Path, target: Path, copy: Callable[[Path, Path], object] = shutil.copyfile
) -> None:
    """Copy a folder's files, until one can't be: raises the `OSError` of that one."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            copy_tree(path, target / path.name, copy)
        else:
            copy(path, target / path.name)


def link_tree(source: Path, target: Path) -> None:
    """Take over a folder's files without copying their bytes where the disk allows it."""
    copy_tree(source, target, link_file)


def link_file(source: Path | str, target: Path | str) -> None:
    """Take over one file likewise."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@contextmanager
def _naming(target: Path, made: Path) -> Iterator[None]:
    """Failures of the system name the file that a person knows, not the one made aside."""
    try:
        yield
    except OSError as error:
        path = Path(os.fsdecode(error.filename2 or error.filename or made))
        if error.errno and path.is_relative_to(made.parent):
            inside = path.relative_to(made) if path.is_relative_to(made) else ""
            error.filename, error.filename2 = str(target / inside), None
        raise


def _put_in_place(made: Path, target: Path) -> None:
    """Rename `made` to `target`; what stood there is then where `made` was, or gone."""
    if not target.exists():
        made.rename(target)
    elif not _exchange(made, target):
        _swap(made, target)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders atomically; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _swap(made: Path, target: Path) -> None:
    """The same in two renames; one that is cut short between them is put right by the next hold."""
    replaced = target.parent / WORK / REPLACED
    replaced.mkdir(parents=True, exist_ok=True)
    old = replaced / target.name
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
    replaced.rmdir()
