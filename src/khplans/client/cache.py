"""What was downloaded, kept by its SHA-256: a file is there whole and right, or not at all.

objects/ab/abcd…      a file, named by its SHA-256
partial/…             what a broken-off download left, taken up again by the next
locks/…               held while a download is gathered
sources/<hash>.json   what a source (an address) was last seen to hold
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from khplans.atomic import write_file
from khplans.errors import KhplansError
from khplans.outside import Keyed, is_flag, is_sha256, is_text, is_version, read_object, sha256_form
from khplans.packages.store import file_sha256

_NOTE = {
    "source": is_text,
    "base?": is_text,
    "flat?": is_flag,
    "releases?": Keyed(is_version, is_sha256),
    "zip?": is_sha256,
}


def cache_folder() -> Path:
    """Where downloads are kept: `KHPLANS_CACHE`, or the user's own cache folder.

    >>> before = os.environ.pop("KHPLANS_CACHE", None)
    >>> usual = cache_folder()
    >>> os.environ["KHPLANS_CACHE"] = "/a"
    >>> usual.name, cache_folder()
    ('khplans', PosixPath('/a'))
    >>> _ = os.environ.pop("KHPLANS_CACHE") if before is None else os.environ.update(KHPLANS_CACHE=before)
    """
    from platformdirs import user_cache_path

    chosen = os.environ.get("KHPLANS_CACHE")
    return Path(chosen) if chosen else user_cache_path("khplans", appauthor=False)


class Cache:
    """Files by their SHA-256 under one folder; several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of that hash is, or would be; raises `KhplansError` for what is no hash."""
        sha256_form(sha256, str(self.folder))
        return self.folder / "objects" / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes | None:
        """The file of that hash; None where it isn't there. A damaged one is thrown away."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
        self.path(sha256).unlink(missing_ok=True)
        return None

    def holds(self, sha256: str) -> bool:
        """Whether the file of that hash is here, whole; a damaged one is thrown away."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        whole = file_sha256(path) == sha256
        if not whole:
            path.unlink(missing_ok=True)
        return whole

    def add(self, data: bytes) -> str:
        """Keep a file; returns its hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        write_file(self.path(sha256), data)
        return sha256

    @contextmanager
    def gathering(self, key: str) -> Iterator[Path]:
        """Where a download with that key (a SHA-256) is gathered, by one process at a time."""
        from filelock import FileLock

        partial, locks = self.folder / "partial", self.folder / "locks"
        sha256_form(key, str(self.folder))
        for folder in (partial, locks):
            folder.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / key):
            yield partial / f"{key}.part"

    def keep(self, part: Path, sha256: str) -> bool:
        """Make a gathered file the file of its hash; one of another hash is thrown away."""
        right = file_sha256(part) == sha256
        if right:
            self.path(sha256).parent.mkdir(parents=True, exist_ok=True)
            part.replace(self.path(sha256))
        else:
            part.unlink()
        return right

    def note(self, source: str) -> dict[str, Any]:
        """What a source was last seen to hold; empty where it was never seen."""
        return _read_note(self._note(source))

    def write_note(self, source: str, noted: dict[str, Any]) -> None:
        """Remember what a source holds."""
        text = json.dumps({**noted, "source": source}, ensure_ascii=False, indent=1, sort_keys=True)
        write_file(self._note(source), text.encode())

    def sources(self) -> Iterator[str]:
        """The sources that were ever seen, sorted by the hash of their address."""
        for path in sorted((self.folder / "sources").glob("*.json")):
            if noted := _read_note(path):
                yield noted["source"]

    def _note(self, source: str) -> Path:
        key = hashlib.sha256(source.encode()).hexdigest()[:24]
        return self.folder / "sources" / f"{key}.json"


def _read_note(path: Path) -> dict[str, Any]:
    """What a note says; one that is spoilt says nothing."""
    try:
        return read_object(path.read_bytes(), str(path), _NOTE)
    except (FileNotFoundError, KhplansError):
        return {}
