"""ZIP files whose bytes follow from their content and the lock file alone.

Python's zipfile takes its compression from whichever zlib the interpreter was linked with, so
two machines can give two files. Here the deflated data comes from pyarrow, which brings its own
zlib and is pinned by the lock file, and nothing else varies: entries sorted, 1980-01-01, no
permissions, no system.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from khplans.errors import KhplansError

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
    body, central = bytearray(), bytearray()
    for name in sorted(files):
        data, path = files[name], name.encode("utf-8")
        packed = _deflate(data)
        method = 8 if len(packed) < len(data) else 0
        packed = packed if method else data
        if len(files) > 0xFFFF or len(body) + len(packed) + len(data) > _LIMIT:
            raise KhplansError(
                "quá lớn cho một tệp zip / too large for a zip",
                where=name,
                remedy="4 GB, 65.535 tệp",
            )
        about = (_UTF8, method, 0, _DATE, zlib.crc32(data), len(packed), len(data), len(path))
        central += _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, _VERSION, *about, 0, 0, 0, 0, 0, len(body)
        ) + path  # fmt: skip
        body += _LOCAL.pack(b"PK\x03\x04", _VERSION, *about, 0) + path + packed
    end = _END.pack(
        b"PK\x05\x06", 0, 0, len(files), len(files), len(central), len(body), 0
    )  # fmt: skip
    return bytes(body + central + end)


def _deflate(data: bytes) -> bytes:
    import pyarrow as pa

    packed: bytes = pa.Codec("gzip", compression_level=9).compress(data, asbytes=True)
    return packed[_GZIP_HEADER:-_GZIP_FOOTER]
