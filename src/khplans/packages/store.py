"""The files of a package or release, wherever they are: a folder or a zip."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from khplans.errors import KhplansError, both

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


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

    def names(self) -> list[str]:
        """Paths of all files, with `/`, sorted."""
        if self._zip is not None:
            return sorted(n for n in self._zip.namelist() if not n.endswith("/"))
        found = (p for p in self.path.rglob("*") if p.is_file())
        return sorted(p.relative_to(self.path).as_posix() for p in found)

    def __contains__(self, name: str) -> bool:
        if self._zip is not None:
            return name in self._zip.NameToInfo
        return (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises `KhplansError` where it isn't there, is damaged, or its path leaves the store.
        """
        with self.open(name) as stream:
            return stream.read()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One file, to be read bit by bit; raises as `read` does."""
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts or ":" in name or "\\" in name:
            raise KhplansError(
                both("đường dẫn ra ngoài gói", f"a path that leaves the package: {name!r}"),
                where=str(self.path),
            )
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
