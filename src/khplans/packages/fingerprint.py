"""Hashes that tell whether a plan must be built again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import khplans
from khplans.knowledge.own import own_folder
from khplans.packages.package import CHECKS
from khplans.packages.store import file_sha256

STAGES = (
    "text", "errors.py", "optional.py", "outside.py", "atomic", "rules.py", "layout.py", "model.py", "knowledge", "settings.py", "intake", "reading",
    "extraction", "linking", "tables", "packages", "cluster", "pipeline.py",
)  # fmt: skip


@cache
def code_fingerprint(*more: str, libraries: tuple[str, ...] = ("pyarrow",)) -> str:
    """SHA-256 (hex) of the code and knowledge that make a package, and of `more` modules.

    A catalogue's own knowledge, and the versions of the libraries whose bytes or findings end up in
    the output, count too.
    """
    digest = hashlib.sha256()
    root = Path(khplans.__file__).parent
    for stage in (*STAGES, *more):
        _add_tree(digest, root, root / stage)
    if own := own_folder():
        _add_tree(digest, own, own)
    for library in libraries:
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library} -\n".encode())
    return digest.hexdigest()


def folder_fingerprint(folder: Path) -> str:
    """SHA-256 (hex) of the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    _add_tree(digest, folder, folder)
    return digest.hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 (hex) of each file of a package by its path, but for what the checks write."""
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in _files(folder)}


def _add_tree(digest: hashlib._Hash, root: Path, path: Path) -> None:
    for file in _files(path):
        data = file.read_bytes()
        name = file.relative_to(root).as_posix()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)


def _files(path: Path) -> Iterator[Path]:
    """The files of a folder that make its content: all but what was compiled or found of it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("a.py", "a.pyc", CHECKS):
    ...         Path(folder, name).touch()
    ...     [path.name for path in _files(Path(folder))], [path.name for path in _files(Path(folder, "a.py"))]
    (['a.py'], ['a.py'])
    """
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        skipped = file.name == CHECKS or file.suffix == ".pyc"
        if not skipped and file.is_file():
            yield file
