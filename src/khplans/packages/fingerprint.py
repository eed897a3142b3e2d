"""Hashes that tell whether a plan must be built again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import khplans
from khplans.packages.package import CHECKS

_STAGES = (
    "atomic.py", "errors.py", "outside.py", "model.py", "pipeline.py", "text", "knowledge", "intake", "reading",
    "extraction", "tables", "packages",
)  # fmt: skip


@cache
def code_fingerprint(*more: str, libraries: tuple[str, ...] = ("pyarrow",)) -> str:
    """SHA-256 (hex) of the code and knowledge that make a package, and of `more` modules.

    The versions of the libraries whose bytes or findings end up in the output count too.
    """
    digest = hashlib.sha256()
    root = Path(khplans.__file__).parent
    for stage in (*_STAGES, *more):
        _add_tree(digest, root, root / stage)
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


def _add_tree(digest: hashlib._Hash, root: Path, path: Path) -> None:
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    for file in files:
        skipped = file.name == CHECKS or file.suffix == ".pyc"
        if skipped or not file.is_file():
            continue
        data = file.read_bytes()
        name = file.relative_to(root).as_posix()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
