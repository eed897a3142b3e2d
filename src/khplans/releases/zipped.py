"""ZIP files whose bytes follow from their content and the lock file alone.

Python's zipfile takes its compression from whichever zlib the interpreter was linked with, so
two machines can give two files. Here the deflated data comes from pyarrow, which brings its own
zlib and is pinned by the lock file, and nothing else varies: entries sorted, 1980-01-01, no
permissions, no system.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khplans.errors import KhplansError, both

_DATE = (1 << 5) | 1  # 1980-01-01, the first day that a ZIP can name
_UTF8 = 1 << 11
_VERSION = 20
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LIMIT = 0xFFFFFFFF
_GZIP_HEADER, _GZIP_FOOTER = 10, 8


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files, by path.

    Raises `KhplansError` beyond 4 GB or 65,535 files, where the plain format ends.

    >>> import io, zipfile
    >>> zipfile.ZipFile(io.BytesIO(zip_bytes({"a.txt": "Sở Y tế".encode()}))).read("a.txt").decode()
    'Sở Y tế'
    """
    members = []
    for name in sorted(files):
        data = files[name]
        packed = _deflate(data)
        deflated = len(packed) < len(data)
        body = packed if deflated else data
        members.append(_Member(name, 8 if deflated else 0, zlib.crc32(data), len(data), body))
    return _assemble(members)


def rezip(data: bytes) -> bytes:
    """The envelope that `zip_bytes` gives, around the compressed data of a ZIP as they are.

    Equal to a ZIP of ours whichever zlib is here, unless something in its headers was altered.
    Raises `zipfile.BadZipFile` where the members can't be found.
    """
    members = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            names = data[info.header_offset + _LOCAL.size - 4 : info.header_offset + _LOCAL.size]
            start = info.header_offset + _LOCAL.size + sum(struct.unpack("<HH", names))
            packed = data[start : start + info.compress_size]
            members.append(
                _Member(info.filename, info.compress_type, info.CRC, info.file_size, packed)
            )
    return _assemble(members)


@dataclass(frozen=True)
class _Member:
    name: str
    method: int
    crc: int
    size: int
    packed: bytes


def _assemble(members: Sequence[_Member]) -> bytes:
    body, central = bytearray(), bytearray()
    for member in members:
        path = member.name.encode("utf-8")
        if len(members) > 0xFFFF or len(body) + len(member.packed) + member.size > _LIMIT:
            raise KhplansError(
                both("quá lớn cho một tệp zip", "too large for a zip"),
                where=member.name,
                remedy=both("giới hạn 4 GB, 65.535 tệp", "the limits are 4 GB and 65,535 files"),
            )
        about = (
            *(_UTF8, member.method, 0, _DATE, member.crc),
            *(len(member.packed), member.size, len(path)),
        )
        place = (0, 0, 0, 0, 0, len(body))
        central += _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *about, *place) + path
        body += _LOCAL.pack(b"PK\x03\x04", _VERSION, *about, 0) + path + member.packed
    count = len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), len(body), 0)
    return bytes(body + central + end)


def _deflate(data: bytes) -> bytes:
    import pyarrow as pa

    packed: bytes = pa.Codec("gzip", compression_level=9).compress(data, asbytes=True)
    return packed[_GZIP_HEADER:-_GZIP_FOOTER]
