"""The files of a package or release, wherever they are: a folder or a zip."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from khplans.errors import KhplansError, both
from khplans.outside import is_below, path_form

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


MOST_MEMBERS = 200_000
"""Files in a zip; more than the packages of a hundred thousand plans have."""
MOST_OF_A_MEMBER = 4_000_000_000
"""Unpacked bytes of one of them."""


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
            raise KhplansError(
                both("không có thư mục hay tệp zip này", "no such folder or zip"),
                where=str(path),
                remedy=both("xem lại đường dẫn", "check the path"),
            )
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise KhplansError(
                both("không phải tệp zip đọc được", f"not a readable zip ({error})"),
                where=str(path),
                remedy=both("tải lại tệp", "download it again"),
            ) from error
        members = self._zip.infolist()
        largest = max((member.file_size for member in members), default=0)
        if len(members) > MOST_MEMBERS or largest > MOST_OF_A_MEMBER:
            raise KhplansError(
                both(
                    f"tệp zip bung ra quá lớn ({len(members)} tệp, tệp lớn nhất {largest} byte)",
                    f"the zip unpacks to more than {MOST_MEMBERS} files or {MOST_OF_A_MEMBER} bytes",
                ),
                where=str(path),
                remedy=both("không dùng tệp này", "don't use this file"),
            )

    def names(self) -> list[str]:
        """Paths of all files, with `/`, sorted."""
        if self._zip is not None:
            return sorted(n for n in self._zip.namelist() if not n.endswith("/"))
        found = (p for p in self.path.rglob("*") if p.is_file())
        return sorted(p.relative_to(self.path).as_posix() for p in found)

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
        if self._zip is None:
            self._refuse_link(name)
        try:
            with self._zip.open(name) if self._zip else (self.path / name).open("rb") as stream:
                yield stream
        except (KeyError, FileNotFoundError, IsADirectoryError) as error:
            raise KhplansError(
                both("thiếu tệp", f"missing file: {name}"),
                where=str(self.path),
                remedy=both("tải lại hoặc dựng lại", "download or build it again"),
            ) from error
        except (*_DAMAGE, OSError) as error:
            if self._zip is None:
                raise
            raise KhplansError(
                both("tệp bị hỏng", f"damaged file: {name} ({error})"),
                where=str(self.path),
                remedy=both("tải lại", "download it again"),
            ) from error

    def _refuse_link(self, name: str) -> None:
        """A file reached through a link may be any file of this machine."""
        parts = name.split("/")
        if any((self.path / "/".join(parts[: i + 1])).is_symlink() for i in range(len(parts))):
            raise KhplansError(
                both("tệp là một liên kết", f"a link, not a file: {name}"),
                where=str(self.path),
                remedy=both("chép tệp vào gói", "copy the file into the package"),
            )
