"""The files of a package or release, wherever they are: a folder or a zip."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from khplans.errors import KhplansError, refusal
from khplans.outside import is_below, path_form

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


MOST_MEMBERS = 200_000
"""Files in a zip; more than the packages of a hundred thousand plans have."""
MOST_OF_A_MEMBER = 1_000_000_000
"""Unpacked bytes of one of them: as of a file that is downloaded."""
MOST_TIMES = 200
"""How many times its own size a zip unpacks to: a bomb to a thousand, the tables of plans to twenty."""
ALWAYS = 10_000_000
"""Bytes that any zip may unpack to."""


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, which is not read whole."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Store:
    """Reads files by their path inside a folder or a zip.

    Raises `KhplansError` where `path` is neither, or the zip can't be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        if path.is_dir():
            return
        if not path.is_file():
            raise refusal("store-not-there", path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise refusal("zip-unreadable", path, error=error) from error
        refuse_members(self._zip, path.stat().st_size, str(path))

    @property
    def where(self) -> str:
        """The path, for people."""
        return str(self.path)

    def names(self) -> list[str]:
        """Paths of all files, with `/`, sorted; raises `KhplansError` where there are links."""
        if self._zip is not None:
            return sorted(n for n in self._zip.namelist() if not n.endswith("/"))
        names = []
        for path in self.path.rglob("*"):
            name = path.relative_to(self.path).as_posix()
            if path.is_symlink():
                raise _link(name, str(self.path))
            if path.is_file():
                names.append(name)
        return sorted(names)

    def __contains__(self, name: str) -> bool:
        if self._zip is not None:
            return name in self._zip.NameToInfo
        return is_below(name) and (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises `KhplansError` where it isn't there, is damaged, or its path leaves the store.
        """
        with self.open(name) as stream:
            return stream.read()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One file, to be read bit by bit; raises as `read` does."""
        path_form(name, str(self.path))
        try:
            with self._zip.open(name) if self._zip else self._open_file(name) as stream:
                yield stream
        except (KeyError, FileNotFoundError, NotADirectoryError) as error:
            raise refusal("file-of-package-missing", self.path, name=name) from error
        except (*_DAMAGE, OSError) as error:
            if self._zip is None:
                raise
            raise refusal("file-of-package-damaged", self.path, name=name, error=error) from error

    def _open_file(self, name: str) -> IO[bytes]:
        """A file of the folder, reached through no link: that may lead to any file of this machine."""
        at, mode = str(self.path), 0
        for part in name.split("/"):
            at = f"{at}/{part}"
            mode = os.lstat(at).st_mode
            if stat.S_ISLNK(mode):
                raise _link(name, str(self.path))
        if not stat.S_ISREG(mode):  # a folder, or a pipe, which would be waited for
            raise FileNotFoundError(name)
        return Path(at).open("rb")


def _link(name: str, where: str) -> KhplansError:
    return refusal("link-in-package", where, name=name)


def refuse_members(archive: zipfile.ZipFile, size: int, where: str) -> None:
    """Raise `KhplansError` for a zip that unpacks to too much, or to what is no file below a folder.

    `size` is that of the zip itself, in bytes.
    """
    members = archive.infolist()
    sizes = [member.file_size for member in members]
    most = max(ALWAYS, MOST_TIMES * size)
    if len(sizes) > MOST_MEMBERS or max(sizes, default=0) > MOST_OF_A_MEMBER or sum(sizes) > most:
        raise refusal(
            "zip-unpacks-to-much",
            where,
            files=len(sizes),
            size=sum(sizes),
            most_files=MOST_MEMBERS,
            most_of_one=MOST_OF_A_MEMBER,
            most=most,
        )
    for member in members:
        path_form(member.orig_filename.removesuffix("/"), where)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _link(member.filename, where)
    if len({member.filename for member in members}) < len(members):
        raise refusal("zip-names-twice", where)
