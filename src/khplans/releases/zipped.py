"""ZIP files whose bytes follow from their content and the lock file alone.

Python's zipfile takes its compression from whichever zlib the interpreter was linked with, so
two machines can give two files. Here the deflated data comes from pyarrow, which brings its own
zlib and is pinned by the lock file, and nothing else varies: entries sorted, 1980-01-01, no
permissions, no system.
"""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import IO, Any

from khplans.errors import refusal

_DATE = (1 << 5) | 1  # 1980-01-01, the first day that a ZIP can name
_UTF8 = 1 << 11
_VERSION = 20
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LIMIT = 0xFFFFFFFF
_GZIP_HEADER, _GZIP_FOOTER = 10, 8
_STORED, _DEFLATED = 0, 8
_AT_ONCE = 1 << 16


def write_zip(out: IO[bytes], names: Iterable[str], read: Callable[[str], IO[bytes]]) -> None:
    """Write a ZIP of the files of these names, none of which is held whole.

    Raises `KhplansError` beyond 4 GB or 65,535 files, where the plain format ends.

    >>> texts = {"b": b"a" * 999, "a": bytes(range(256)), "c": b"12"}
    >>> write_zip(out := io.BytesIO(), texts, lambda name: io.BytesIO(texts[name]))
    >>> packed = zipfile.ZipFile(out)
    >>> [(one.filename, one.file_size, one.compress_size) for one in packed.infolist()]
    [('a', 256, 256), ('b', 999, 11), ('c', 2, 2)]
    >>> all(packed.read(name) == text for name, text in texts.items())
    True
    """
    members = _Members(out)
    for name in sorted(names):
        with read(name) as stream:
            members.add(name, stream)
    members.end()


def rezip(data: bytes) -> bytes:
    """The envelope that `write_zip` gives, around the compressed data of a ZIP as they are.

    Equal to a ZIP of ours whichever zlib is here, unless something in its headers was altered.
    Raises `zipfile.BadZipFile` where the members can't be found.
    """
    out = io.BytesIO()
    members = _Members(out)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            names = data[info.header_offset + _LOCAL.size - 4 : info.header_offset + _LOCAL.size]
            start = info.header_offset + _LOCAL.size + sum(struct.unpack("<HH", names))
            packed = data[start : start + info.compress_size]
            members.add_packed(info, packed)
    members.end()
    return out.getvalue()


class _Members:
    """Writes members one after the other, then where each stands."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._count = 0
        self._central = bytearray()

    def add(self, name: str, stream: IO[bytes]) -> None:
        """Write a member: deflated, unless that makes it no shorter."""
        start = self._out.tell()
        self._out.seek(_LOCAL.size + len(name.encode()), io.SEEK_CUR)
        body = self._out.tell()
        crc, size = _deflate(stream, self._out)
        method, end = _DEFLATED, self._out.tell()
        if end - body >= size:
            method, end = _STORED, body + size
            self._out.seek(body)
            stream.seek(0)
            shutil.copyfileobj(stream, self._out)
            self._out.truncate()
        self._note(name, method, crc, (end - body, size), start)
        self._out.seek(end)

    def add_packed(self, info: zipfile.ZipInfo, packed: bytes) -> None:
        """Write a member as it stands in another ZIP."""
        start = self._out.tell()
        self._out.seek(_LOCAL.size + len(info.filename.encode()), io.SEEK_CUR)
        self._out.write(packed)
        end = self._out.tell()
        sizes = (len(packed), info.file_size)
        self._note(info.filename, info.compress_type, info.CRC, sizes, start)
        self._out.seek(end)

    def _note(self, name: str, method: int, crc: int, sizes: tuple[int, int], start: int) -> None:
        path = name.encode("utf-8")
        if self._count == 0xFFFF or start + max(sizes) > _LIMIT:
            raise refusal("zip-too-large", name)
        about = (*(_UTF8, method, 0, _DATE, crc), *sizes, len(path))
        place = (0, 0, 0, 0, 0, start)
        self._central += _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *about, *place) + path
        self._out.seek(start)
        self._out.write(_LOCAL.pack(b"PK\x03\x04", _VERSION, *about, 0) + path)
        self._count += 1

    def end(self) -> None:
        """Write the directory of the members."""
        sizes = (self._count, self._count, len(self._central), self._out.tell())
        self._out.write(self._central)
        self._out.write(_END.pack(b"PK\x05\x06", 0, 0, *sizes, 0))
        self._out.truncate()


def _deflate(stream: IO[bytes], out: IO[bytes]) -> tuple[int, int]:
    """Write a file deflated; gives the check sum and the length of what was read."""
    import pyarrow as pa

    crc = size = 0
    bare = _Bare(out)
    with pa.CompressedOutputStream(pa.PythonFile(bare, mode="w"), "gzip") as packed:
        while data := stream.read(_AT_ONCE):
            crc, size = zlib.crc32(data, crc), size + len(data)
            packed.write(data)
    return crc, size


class _Bare(io.RawIOBase):
    """Passes on what gzip writes without its header and footer."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._skip, self._held = _GZIP_HEADER, b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        count = len(data)
        held = self._held + bytes(data)[self._skip :]
        self._skip = max(0, self._skip - count)
        self._out.write(held[:-_GZIP_FOOTER])
        self._held = held[-_GZIP_FOOTER:]
        return count
