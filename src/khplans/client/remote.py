"""A release at an address: its files through the cache, whole and checked, offline afterwards."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from khplans.client.cache import Cache
from khplans.client.download import LONGEST, NotThereError, OfflineError, fetch, fetch_unknown, get
from khplans.client.listing import Listing, read_listing
from khplans.client.release_files import ReleaseFiles
from khplans.errors import KhplansError, both, refusal
from khplans.outside import version_form
from khplans.packages.described import read_descriptor
from khplans.packages.descriptor import DESCRIPTOR
from khplans.releases.sums import NAME as SUMS
from khplans.releases.sums import read_sums
from khplans.releases.versioning import newest_of, parse_version

MOST_OF_A_RELEASE = 4_000_000_000
"""Bytes of tables and texts that are fetched together: as in a zip."""

_TEXTS_AT_ONCE = 50_000_000  # bytes of plan texts that are fetched with the tables, not on demand


class RemoteReader:
    r"""The files of one release: from the cache, else from the address.

    >>> reader = RemoteReader("https://a.vn", "1.0.0", f"{'0' * 64}  data/a.csv\n".encode(), Cache(Path("cache")))
    >>> [name in reader for name in ("data/a.csv", "SHA256SUMS", "data/b.csv", "Z")]
    [True, True, False, False]
    """

    def __init__(self, address: str, version: str, sums: bytes, cache: Cache) -> None:
        self._address, self._version, self._cache = address, version, cache
        self._sums = read_sums(sums, f"{address}/{SUMS}")
        self._own = sums

    def __contains__(self, name: str) -> bool:
        return name == SUMS or name in self._sums

    def read(self, name: str) -> bytes:
        """The bytes of one file, checked; raises `KhplansError` where they can't be had."""
        if name == SUMS:
            return self._own
        if name not in self._sums:
            raise refusal("release-has-none", self._address, name=name)
        try:
            return fetch(f"{self._address}/{name}", self._sums[name], self._cache)
        except OfflineError as error:
            raise _not_cached(f"{self._version} ({name})", error) from error


def open_address(
    address: str, version: str | None, cache: Cache, sums_sha256: str | None = None
) -> ReleaseFiles:
    """A release at the address of a site, of its releases or of the one release.

    Its tables are fetched at once, its plans' texts too unless they are large. Raises
    `KhplansError`: offline and not in the cache; no such version; bytes that aren't the release's.
    """
    address = address.rstrip("/")
    noted = cache.note(address)
    kept = _kept_releases(noted)
    try:
        base, flat, listing = _look(address)
    except OfflineError as error:
        chosen = newest_of(version, kept)
        if chosen is None:
            raise _not_cached(version or both("mới nhất", "latest"), error) from error
        base, flat, said = noted["base"], noted["flat"], None
    else:
        chosen = listing.choose(version, address)
        said = listing.sums[chosen]
    release = base if flat else f"{base}/{chosen}"
    _same(release, sums_sha256, said, kept.get(chosen))
    sums = _sums(release, chosen, sums_sha256 or said or kept.get(chosen), cache)
    files = ReleaseFiles(RemoteReader(release, chosen, sums, cache), release)
    _fetch_all(files)
    digest = hashlib.sha256(sums).hexdigest()
    cache.write_note(address, {"base": base, "flat": flat, "releases": {**kept, chosen: digest}})
    return files


def open_kept(
    version: str, cache: Cache, catalogue: str, sums_sha256: str | None = None
) -> ReleaseFiles | None:
    """A version of a catalogue that was downloaded before, from wherever; None where there is none.

    Other catalogues have versions of the same numbers. `sums_sha256` says of itself which release is meant.
    """
    for source in cache.sources():
        for files in _kept_files(cache, source, version):
            if sums_sha256 in (None, files.sums_sha256) and (
                sums_sha256 or files.catalogue == catalogue
            ):
                return files
    return None


def kept_of(cache: Cache, catalogue: str) -> frozenset[str]:
    """The versions of a catalogue that were downloaded before, from wherever."""
    found: set[str] = set()
    for source in cache.sources():
        for version in _kept_releases(cache.note(source)):
            with suppress(KhplansError):  # of one that was not downloaded whole
                kept = _kept_files(cache, source, version)
                found.update(version for files in kept if files.catalogue == catalogue)
    return frozenset(found)


def _kept_files(cache: Cache, source: str, version: str) -> Iterator[ReleaseFiles]:
    """What was downloaded from a source of the version, or the newest one that begins so."""
    noted = cache.note(source)
    kept = _kept_releases(noted)
    meant = newest_of(version, kept) or version
    sums = cache.read(kept[meant]) if meant in kept else None
    if sums is not None:
        release = noted["base"] if noted["flat"] else f"{noted['base']}/{meant}"
        yield ReleaseFiles(RemoteReader(release, meant, sums, cache), release)


def open_zip(address: str, cache: Cache) -> Path:
    """Where the cache has a release's zip, downloaded if need be.

    A release never changes, so a zip that was downloaded is not asked for again.
    """
    kept = cache.note(address).get("zip")
    if kept is not None and cache.holds(kept):
        return cache.path(kept)
    try:
        sha256 = fetch_unknown(address, cache)
    except OfflineError as error:
        raise _not_cached(address, error) from error
    cache.write_note(address, {"zip": sha256})
    return cache.path(sha256)


def look(address: str, cache: Cache) -> Listing:
    """What versions an address has; offline, those that were downloaded from it."""
    address = address.rstrip("/")
    try:
        return _look(address)[2]
    except OfflineError as error:
        kept = _kept_releases(cache.note(address))
        if not kept:
            raise _not_cached(both("mọi bản", "any"), error) from error
        return Listing(kept, max(kept, key=parse_version), {})


def kept_versions(cache: Cache, address: str) -> frozenset[str]:
    """The versions that were downloaded from an address."""
    return frozenset(_kept_releases(cache.note(address.rstrip("/"))))


def _look(address: str) -> tuple[str, bool, Listing]:
    """Where the releases are, whether there it is one release itself, and what versions there are."""
    for base in (address, f"{address}/data", f"{address}/releases"):
        try:
            return base, False, read_listing(get(f"{base}/versions.json"), f"{base}/versions.json")
        except NotThereError:
            continue
    url = f"{address}/{DESCRIPTOR}"
    version = version_form(read_descriptor(get(url), url).get("version"), url)
    return address, True, Listing({version: None}, version, {})


def _kept_releases(noted: Mapping[str, Any]) -> dict[str, str]:
    """The releases that a note speaks of, with the hash of their SHA256SUMS.

    >>> _kept_releases({"base": "a", "flat": False, "releases": {"1.0.0": "x"}}), _kept_releases({"releases": {"1.0.0": "x"}})
    ({'1.0.0': 'x'}, {})
    """
    whole = {"base", "flat", "releases"} <= noted.keys()
    return dict(noted["releases"]) if whole else {}


def _same(where: str, *hashes: str | None) -> None:
    """Refuse a release whose SHA256SUMS is another than the one pinned, announced or seen before."""
    if len(set(hashes) - {None}) > 1:
        raise refusal("release-changed", where)


def _sums(release: str, version: str, sha256: str | None, cache: Cache) -> bytes:
    """The release's SHA256SUMS, by its hash where that is known."""
    url = f"{release}/{SUMS}"
    try:
        if sha256 is not None:
            return fetch(url, sha256, cache)
        data = get(url)
    except OfflineError as error:
        raise _not_cached(version, error) from error
    cache.add(data)
    return data


def _fetch_all(files: ReleaseFiles) -> None:
    """Bring into the cache what the client reads: tables, and texts that aren't large."""
    begun, size = time.monotonic(), 0
    for path in _at_once(files.descriptor["resources"]):
        size += len(files.read(path))
        if size > MOST_OF_A_RELEASE or time.monotonic() - begun > LONGEST:
            raise refusal("release-too-large", files.where, most=MOST_OF_A_RELEASE, longest=LONGEST)


def _at_once(resources: Iterable[Mapping[str, Any]]) -> list[str]:
    """The paths of what is fetched before anything is asked.

    >>> tables = [{"path": "a.parquet", "format": "parquet"}, {"path": "a.csv"}]
    >>> [_at_once([*tables, {"path": "sources/p.txt", "bytes": size}]) for size in (5, _TEXTS_AT_ONCE + 1)]
    [['a.parquet', 'sources/p.txt'], ['a.parquet']]
    """
    tables = [r["path"] for r in resources if r.get("format") == "parquet"]
    texts = [r for r in resources if r["path"].startswith("sources/")]
    large = sum(r.get("bytes") or 0 for r in texts) > _TEXTS_AT_ONCE
    return tables if large else [*tables, *(r["path"] for r in texts)]


def _not_cached(what: str, error: OfflineError) -> OfflineError:
    return OfflineError.called("version-not-cached", error.where, what=what)
