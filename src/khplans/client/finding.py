"""Where a release is: inside the installed package, a folder, a zip, an address, the cache."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files as package_files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from khplans.client.backing import ReleaseBacking
from khplans.client.cache import Cache, cache_folder
from khplans.client.collection import Collection
from khplans.client.given import path_of, place_of
from khplans.client.listing import Listing, no_such_version, read_listing
from khplans.client.lockfile import Pin, find_lock, read_lock
from khplans.client.release_files import Reader, ReleaseFiles
from khplans.errors import KhplansError, refusal
from khplans.outside import is_address, is_version
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.stamp import COLLECTION
from khplans.packages.store import Store
from khplans.releases.facts import require_version
from khplans.releases.versioning import newest_of, parse_version

if TYPE_CHECKING:
    import pandas as pd

_LISTING = "versions.json"


def load(version: str | None = None, source: str | os.PathLike[str] | None = None) -> Collection:
    """A release of the data.

    With no arguments: the version that a `khplans.lock` in this folder or above pins, else the
    newest release that came with the package; neither needs a network. The version `1.2`, or `1`, is
    the newest that begins so. `source` is a folder, a zip or an `http(s)` address (of a site, its `data/`, or one release); what comes from an
    address is kept and is there offline afterwards. Every file is compared with the release's
    hashes before it is used.

    Raises `KhplansError`: no such version; offline and not in the cache; bytes that are not the
    release's.

    >>> import khplans
    >>> khplans.load().tasks["deadline"].dtype.kind
    'M'
    """
    pin = None
    if version is None and source is None and (lock := find_lock(Path.cwd())):
        pin = read_lock(lock)
        version, source = pin.version, pin.source
    version = None if version is None else str(version)
    expected = pin.sha256 if pin else None
    place = place_of(source)
    files = _find(version, place, expected)
    _refuse_other_version(files)
    if version is not None and files.version and not newest_of(version, [files.version]):
        raise no_such_version(version, [files.version or ""], files.where)
    made = Pin(files.version, place, files.sums_sha256) if files.version else None
    return Collection(ReleaseBacking(files), made)


def versions(source: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """The versions that there are, newest first: of the installed catalogue, or at a source as `load` takes it.

    `level` is the step from the version before it (major, minor, patch), `latest` the one that `load` takes,
    `withdrawn` says why a version should no longer be used, `here` whether it needs no network.

    >>> import khplans
    >>> khplans.versions().columns.tolist()
    ['version', 'released', 'level', 'latest', 'withdrawn', 'here']
    """
    import pandas as pd

    listing, here = _listing(source)
    names = sorted(listing.sums, key=parse_version, reverse=True)
    about = [listing.about.get(name, {}) for name in names]
    return pd.DataFrame(
        {
            "version": names,
            "released": pd.to_datetime(
                pd.Series([one.get("released") for one in about], dtype=str)
            ),
            "level": [one.get("level") for one in about],
            "latest": [name == listing.latest for name in names],
            "withdrawn": [listing.withdrawn.get(name) for name in names],
            "here": [name in here for name in names],
        }
    )


def _listing(source: str | os.PathLike[str] | None) -> tuple[Listing, frozenset[str]]:
    """What versions there are at a source, and which of them are on this machine."""
    from khplans.client.remote import kept_of, kept_versions, look
    from khplans.settings import Settings

    place = place_of(source)
    if place is not None and is_address(place):
        if not place.endswith(".zip"):
            cache = Cache(cache_folder())
            return look(place, cache), kept_versions(cache, place)
    elif place is not None and (found := _listing_in(_places(path_of(place)))):
        return found
    elif place is None and (found := _listing_in(_own_folders())):
        listing, there = found
        return listing, there | kept_of(Cache(cache_folder()), Settings().name)
    version = load(source=source).version or ""
    return Listing({version: None} if version else {}, version or None, {}), frozenset({version})


def _listing_in(folders: Iterable[Path]) -> tuple[Listing, frozenset[str]] | None:
    """The listing of the first folder that has one, and which of its versions are there."""
    for folder in folders:
        if (folder / _LISTING).is_file():
            listing = _read_listing(folder)
            there = {one for one in listing.sums if (folder / one / DESCRIPTOR).is_file()}
            if (folder / DESCRIPTOR).is_file():  # inside the package, which has the latest alone
                there.add(listing.latest or "")
            return listing, frozenset(there)
    return None


def _read_listing(folder: Path) -> Listing:
    path = folder / _LISTING
    return read_listing(path.read_bytes(), str(path))


def _refuse_other_version(files: ReleaseFiles) -> None:
    """A folder or address that ends in a version holds that version.

    >>> from types import SimpleNamespace
    >>> files = [SimpleNamespace(where=where, version="1.2.0") for where in ("a/1.2.0", "a/b", "a/1.3.0")]
    >>> _refuse_other_version(files[0]), _refuse_other_version(files[1])
    (None, None)
    >>> _refuse_other_version(files[2])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    khplans.errors.KhplansError: a/1.3.0: thư mục 1.3.0 chứa phiên bản 1.2.0 / the f...
    """
    said = files.where.rstrip("/").rpartition("/")[2]
    if is_version(said) and files.version is not None:
        require_version(said, files.version, files.where)


def _find(version: str | None, place: str | None, expected: str | None) -> ReleaseFiles:
    if place is None:
        return installed(version, expected)
    if is_address(place):
        from khplans.client.remote import open_address, open_zip

        cache = Cache(cache_folder())
        if not place.endswith(".zip"):
            return open_address(place, version, cache, expected)
        return _open(open_zip(place, cache), version, expected, shown=place)
    return _open(path_of(place), version, expected)


def installed(version: str | None, expected: str | None = None) -> ReleaseFiles:
    """The release that came with the package, a checkout's own, or one downloaded before."""
    there: list[str] = []
    for folder in _own_folders():
        if (folder / DESCRIPTOR).is_file():
            files = ReleaseFiles(Store(folder), str(folder), expected)
            if newest_of(version, filter(None, [files.version])):
                return _as_listed(files, folder)
            there.append(files.version or "")
        elif (folder / _LISTING).is_file():
            listing = _read_listing(folder)
            if listing.meant(version):
                return _open(folder, version, expected)
            there += listing.sums
    if version is None:
        raise refusal("catalogue-without-release")
    from khplans.client.remote import open_kept
    from khplans.settings import Settings

    kept = open_kept(version, Cache(cache_folder()), Settings().name, expected)
    if kept is None:
        raise refusal("version-not-here", version=version, there=", ".join(there))
    return kept


def _own_folders() -> Iterable[Path]:
    """The data inside the package, and the releases of the checkout that it runs from."""
    package = Path(str(package_files("khplans")))
    yield package / "data"
    yield package.parents[1] / "releases"


def _places(path: Path) -> tuple[Path, ...]:
    """Where the releases of a folder's catalogue can be."""
    return path, path / "data", path / "releases"


def _open(
    path: Path, version: str | None, expected: str | None, shown: str | None = None
) -> ReleaseFiles:
    """A release in a folder or zip: itself, or one of those that a listing there names."""
    if path.name == DESCRIPTOR:
        path = path.parent
    for folder in _places(path):
        if (folder / _LISTING).is_file() and not (folder / DESCRIPTOR).is_file():
            listing = _read_listing(folder)
            path = folder / listing.choose(version, str(folder))
            break
    store = Store(path)
    reader: Reader = store
    if DESCRIPTOR not in store:
        reader = _Inside(store, _only_package(store, shown or str(path)))
    return _as_listed(ReleaseFiles(reader, shown or str(path), expected), path)


def _as_listed(files: ReleaseFiles, path: Path) -> ReleaseFiles:
    """The files, where their SHA256SUMS is the one that a versions.json with or beside them names."""
    for folder in (path, path.parent) if path.is_dir() else ():  # a zip's lacks the zip's own line
        if files.version is not None and (folder / _LISTING).is_file():
            try:
                listing = _read_listing(folder)
            except KhplansError:
                continue  # another program's file of that name
            files.require_sums(listing.sums.get(files.version), _LISTING)
    return files


def _only_package(store: Store, where: str) -> str:
    """The folder, with a slash after it, of a store's one package, or of the collection in it."""
    inside = [
        n.removesuffix(DESCRIPTOR) for n in store.names() if PurePosixPath(n).name == DESCRIPTOR
    ]
    if f"{COLLECTION}/" in inside:
        return f"{COLLECTION}/"
    if len(inside) == 1:
        return inside[0]
    if inside:
        names = ", ".join(name.rstrip("/") for name in inside[:5])
        raise refusal("several-packages", where, names=names)
    raise refusal("no-package-here", where, descriptor=DESCRIPTOR)


class _Inside:
    """What stands under a folder of a store."""

    def __init__(self, store: Store, prefix: str) -> None:
        self._store, self._prefix = store, prefix

    def __contains__(self, name: str) -> bool:
        return self._prefix + name in self._store

    def read(self, name: str) -> bytes:
        return self._store.read(self._prefix + name)
