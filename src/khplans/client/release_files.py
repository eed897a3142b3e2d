"""A release's files, each compared with its SHA-256 before it is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import IO, Any, Protocol

from khplans.client.lockfile import LOCK
from khplans.errors import refusal
from khplans.packages.described import read_descriptor
from khplans.packages.descriptor import DESCRIPTOR
from khplans.releases.facts import read_facts
from khplans.releases.sums import NAME as SUMS
from khplans.releases.sums import read_sums

FACTS = "release.json"


class Reader(Protocol):
    """Gives a file's bytes by its path inside a release; `khplans.packages.store.Store` is one."""

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises `KhplansError` where it isn't there."""
        ...

    def __contains__(self, name: str) -> bool: ...


class HeldFiles:
    """Files in memory, by their paths."""

    def __init__(self, files: Mapping[str, bytes], where: str) -> None:
        self._files, self._where = files, where

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises `KhplansError` where it isn't there."""
        if name not in self._files:
            raise refusal("release-lacks", self._where, name=name)
        return self._files[name]


class ReleaseFiles:
    """The files of one release or package, wherever they are.

    `where` is for people: a folder, a zip, an address. The list of hashes is itself checked whole,
    against that in release.json: a wrong byte in it is found though no file with that line is read.
    `pinned`, where given, is what the SHA-256 of SHA256SUMS has to be by khplans.lock.
    """

    def __init__(self, reader: Reader, where: str, pinned: str | None = None) -> None:
        self.where = where
        self._reader = reader
        self.sums_sha256: str | None = None
        self._sums: Mapping[str, str] = {}
        if SUMS in reader:
            text = reader.read(SUMS)
            self.sums_sha256 = hashlib.sha256(text).hexdigest()
            self._sums = _parse_sums(text, f"{where}/{SUMS}")
        self.require_sums(pinned, LOCK)
        self.descriptor = _parse(self.read(DESCRIPTOR), f"{where}/{DESCRIPTOR}")
        if not self._sums:
            self._sums = _hashes_of(self.descriptor)
        self.facts: Mapping[str, Any] = {}
        if FACTS in self._sums and FACTS in reader:
            self.facts = _parse_facts(self.read(FACTS), f"{where}/{FACTS}")
            self._refuse_other_sums()

    def require_sums(self, sha256: str | None, told_by: str) -> None:
        """Refuse a SHA256SUMS of another hash than the one (None: any) that `told_by` gives."""
        if sha256 not in (None, self.sums_sha256):
            raise refusal("sums-altered", self.where, sums=SUMS, told_by=told_by)

    def _refuse_other_sums(self) -> None:
        listed = {one["path"]: one["sha256"] for one in self.facts.get("files", ())}
        beyond = {
            FACTS,
            f"{self.facts.get('name', 'khplans')}-{self.version}.zip",
        }  # which release.json can't list
        if listed and listed != {n: h for n, h in self._sums.items() if n not in beyond}:
            raise refusal("sums-at-odds", self.where, sums=SUMS, facts=FACTS)

    @property
    def version(self) -> str | None:
        """The release's version, or None for a package that is no release."""
        version: str | None = self.descriptor.get("version")
        return version

    @property
    def catalogue(self) -> str:
        """The name of the catalogue whose release it is."""
        return str(self.descriptor.get("name", ""))

    def names(self) -> list[str]:
        """The paths of the files that have a hash, sorted."""
        return sorted(self._sums)

    def read_by_client(self) -> dict[str, bytes]:
        """The files that the client reads, checked: tables as Parquet, texts, what describes them."""
        tables = {r["path"] for r in self.descriptor["resources"] if r.get("format") == "parquet"}
        about = {SUMS, DESCRIPTOR, FACTS, "changes.csv"}
        wanted = [
            n
            for n in (*self._sums, SUMS, DESCRIPTOR)
            if n in tables | about or n.startswith("sources/") or n.endswith(beside_a_text())
        ]
        return {n: self._reader.read(n) if n == SUMS else self.read(n) for n in wanted if n in self}

    def __contains__(self, path: str) -> bool:
        return path in self._reader

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """A file whose bytes were checked; raises as `read` does."""
        yield BytesIO(self.read(path))

    def read(self, path: str) -> bytes:
        """The bytes of a file, checked; raises `KhplansError` where they are not the release's."""
        data = self._reader.read(path)
        expected = self._sums.get(path)
        bare = path == DESCRIPTOR and self.sums_sha256 is None
        if not bare and hashlib.sha256(data).hexdigest() != expected:
            raise refusal("release-file-altered", f"{self.where}/{path}")
        return data


def beside_a_text() -> tuple[str, str]:
    """The files of a plan that its rows are read by, beside its text and its corrections.

    >>> beside_a_text()
    ('layout.json', 'review.csv')
    """
    from khplans.intake.plans import LAYOUT
    from khplans.intake.review_file import REVIEW

    return LAYOUT, REVIEW


@lru_cache(maxsize=4)
def _parse(data: bytes, where: str) -> Mapping[str, Any]:
    """The descriptor; kept, since reading it anew takes as long as reading a table."""
    return MappingProxyType(read_descriptor(data, where))


@lru_cache(maxsize=4)
def _parse_sums(data: bytes, where: str) -> Mapping[str, str]:
    return MappingProxyType(read_sums(data, where))


@lru_cache(maxsize=4)
def _parse_facts(data: bytes, where: str) -> Mapping[str, Any]:
    """A release.json, which was checked against its hash."""
    return MappingProxyType(read_facts(data, where))


def _hashes_of(descriptor: Mapping[str, Any]) -> dict[str, str]:
    return {
        resource["path"]: resource["hash"].removeprefix("sha256:")
        for resource in descriptor["resources"]
        if resource.get("hash")
    }
