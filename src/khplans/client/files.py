"""A release's files, each compared with its SHA-256 before it is used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from khplans.errors import KhplansError, both
from khplans.packages.descriptor import DESCRIPTOR
from khplans.releases.sums import NAME as SUMS
from khplans.releases.sums import read_sums


class Reader(Protocol):
    """Gives a file's bytes by its path inside a release; `khplans.packages.store.Store` is one."""

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises `KhplansError` where it isn't there."""
        ...

    def __contains__(self, name: str) -> bool: ...


class ReleaseFiles:
    """The files of one release or package, wherever they are.

    `where` is for people: a folder, a zip, an address. `sums_sha256`, where given, is what the
    SHA-256 of the release's own SHA256SUMS has to be, so that nothing can have been changed since.
    """

    def __init__(self, reader: Reader, where: str, *, sums_sha256: str | None = None) -> None:
        self.where = where
        self._reader = reader
        self.sums_sha256: str | None = None
        self._sums: Mapping[str, str] = {}
        if SUMS in reader:
            text = reader.read(SUMS)
            self.sums_sha256 = hashlib.sha256(text).hexdigest()
            self._sums = read_sums(text, f"{where}/{SUMS}")
        if sums_sha256 is not None and sums_sha256 != self.sums_sha256:
            raise KhplansError(
                both(f"{SUMS} không phải là tệp đã ghim", f"{SUMS} is not the one that was pinned"),
                where=where,
                remedy=both(
                    "tải lại bản phát hành, hoặc xóa khplans.lock nếu cố ý đổi",
                    "get the release again, or delete khplans.lock if the change is meant",
                ),
            )
        self.descriptor = _parse(self.read(DESCRIPTOR), f"{where}/{DESCRIPTOR}")
        if not self._sums:
            self._sums = _hashes_of(self.descriptor)

    @property
    def version(self) -> str | None:
        """The release's version, or None for a package that is no release."""
        version = self.descriptor.get("version")
        return version if isinstance(version, str) else None

    def __contains__(self, path: str) -> bool:
        return path in self._reader

    def read(self, path: str) -> bytes:
        """The bytes of a file, checked; raises `KhplansError` where they are not the release's."""
        data = self._reader.read(path)
        expected = self._sums.get(path)
        bare = path == DESCRIPTOR and self.sums_sha256 is None
        if not bare and hashlib.sha256(data).hexdigest() != expected:
            raise KhplansError(
                both(
                    "nội dung tệp không khớp mã băm của bản phát hành",
                    "the file's bytes are not those of the release",
                ),
                where=f"{self.where}/{path}",
                remedy=both("tải lại hoặc cài lại", "download or install it again"),
            )
        return data


@lru_cache(maxsize=4)
def _parse(data: bytes, where: str) -> Mapping[str, Any]:
    """The descriptor; kept, since reading it anew takes as long as reading a table."""
    try:
        value = json.loads(data)
        if not isinstance(value["resources"], list):
            raise ValueError("resources")
    except (ValueError, KeyError, TypeError) as error:
        raise KhplansError(
            both("mô tả gói dữ liệu hỏng", f"broken package descriptor ({error!r})"),
            where=where,
            remedy=both("tải lại hoặc cài lại", "download or install it again"),
        ) from error
    return MappingProxyType(value)


def _hashes_of(descriptor: Mapping[str, Any]) -> dict[str, str]:
    return {
        resource["path"]: resource["hash"].removeprefix("sha256:")
        for resource in descriptor["resources"]
        if "path" in resource and str(resource.get("hash", "")).startswith("sha256:")
    }
