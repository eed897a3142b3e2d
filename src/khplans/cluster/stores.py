"""Folders at the address of a store (s3://…, gs://…, whatever fsspec opens): brought here, put back changed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from khplans.atomic import scratch
from khplans.errors import KhplansError, refusal
from khplans.optional import needed
from khplans.outside import path_form
from khplans.packages.stamp import stamp_path
from khplans.packages.store import file_sha256, refuse_members


def is_store(place: str) -> bool:
    """Whether a place is the address of a store rather than a folder of this machine.

    >>> is_store("s3://kho/plans"), is_store("plans"), is_store("C:/plans")
    (True, False, False)
    """
    return "://" in place


class StoreFolder:
    """A folder at an address, or of this machine. What goes wrong there is told as `KhplansError`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        with _asking(self.address):
            self._fs, root = needed("fsspec.core", "dask").url_to_fs(self.address)
        self._root = root.rstrip("/")

    def names(self) -> set[str]:
        """The files in it and below by their path; none where there is no such folder."""
        with _asking(self.address):
            self._fs.invalidate_cache()
            try:
                found = self._fs.find(self._root)
            except FileNotFoundError:
                return set()
        below = (path.removeprefix(f"{self._root}/") for path in found)
        return {path_form(name, self.address) for name in below}

    def fetch(self, folder: Path) -> None:
        """Bring all files into a folder, which is there only if one of them is."""
        names = sorted(self.names())
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with _asking(self.address):
            self._fs.get([*map(self._at, names)], [str(folder / name) for name in names])

    def send(self, folder: Path, names: Iterable[str]) -> None:
        """Put files of a folder there."""
        chosen = sorted(names)
        with _asking(self.address):
            for parent in sorted(_parents(map(self._at, chosen))):
                self._fs.makedirs(parent, exist_ok=True)
            self._fs.put([str(folder / name) for name in chosen], [*map(self._at, chosen)])

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none."""
        with _asking(self.address):
            self._fs.invalidate_cache()  # workers put files there since it was listed
            try:
                return bytes(self._fs.cat_file(self._at(name)))
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes) -> None:
        """Put a file there. One that a kill cut short is found to be no archive by who reads it."""
        with _asking(self.address):
            self._fs.makedirs(self._root, exist_ok=True)
            self._fs.pipe_file(self._at(name), data)

    def remove(self, names: Iterable[str]) -> None:
        """Take files away, and the folders that are then empty, where a store has folders."""
        with _asking(self.address):
            if chosen := [self._at(name) for name in sorted(names)]:
                self._fs.rm(chosen)
        for parent in sorted(_parents(chosen), reverse=True):
            with suppress(Exception):  # it holds other files, or is none
                self._fs.rmdir(parent)

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"


def _parents(paths: Iterable[str]) -> set[str]:
    return {path.rpartition("/")[0] for path in paths}


@contextmanager
def _asking(address: str) -> Iterator[None]:
    """Each library of a store has errors of its own: all mean that the store could not do it."""
    try:
        yield
    except KhplansError:
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:300]
        raise refusal("store-failed", address, kind=type(error).__name__, said=said) from error


def packed(folder: Path) -> bytes:
    """The files of a folder as one archive: the same bytes for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def unpack(data: bytes | None, folder: Path, where: str) -> bool:
    """Write the files of an archive into a new folder; False, and no folder, where it isn't a whole one.

    Raises `KhplansError`, which names `where` it is from, for one that unpacks to too much or outside the folder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as made:
    ...     (folder := Path(made, "a")).mkdir()
    ...     _ = Path(folder, "b.txt").write_text("chữ")
    ...     data = packed(folder)
    ...     told = [unpack(one, Path(made, "c"), "a.zip") for one in (None, data[:-1], data)]
    ...     told, packed(Path(made, "c")) == data
    ([False, False, True], True)
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data or b"")) as archive:
            refuse_members(archive, len(data or b""), where)
            if archive.testzip() is not None:
                return False
            archive.extractall(folder)
    except (zipfile.BadZipFile, zlib.error):
        return False
    return True


@contextmanager
def brought(place: Path | str) -> Iterator[Path]:
    """A folder to read: that of this machine itself, what is at an address in a folder made aside."""
    if isinstance(place, Path):
        yield place
        return
    with scratch() as aside, naming(aside / "plans", place):
        StoreFolder(place).fetch(aside / "plans")
        yield aside / "plans"


@contextmanager
def kept_at(place: Path | str) -> Iterator[Path]:
    """A folder of packages: that of this machine itself; of an address what is there, put back when the block ends.

    What changed is put there, the stamp last, and only then is taken away what is gone.
    """
    if isinstance(place, Path):
        yield place
        return
    parent, name = _parted(place)
    with scratch() as aside, naming(aside / name, place):
        there, stamp = StoreFolder(parent), stamp_path(aside / name)
        StoreFolder(place).fetch(aside / name)
        if (noted := StoreFolder(f"{parent}/{stamp.parent.name}").read(stamp.name)) is not None:
            stamp.parent.mkdir()
            stamp.write_bytes(noted)
        before = _sums(aside)
        yield aside / name
        after = _sums(aside)
        changed = {one for one in after if before.get(one) != after[one]}
        last = {stamp.relative_to(aside).as_posix()} & changed
        for some in (changed - last, last):
            there.send(aside, some)
        there.remove(before.keys() - after.keys())
        parts = StoreFolder(parts_of(place))
        parts.remove(parts.names())


def parts_of(packages: str) -> str:
    """Where the packages of a build that is under way are kept, beside those of an address.

    >>> parts_of("s3://kho/goi/")
    's3://kho/.khplans/parts-goi'
    """
    parent, name = _parted(packages)
    return f"{parent}/.khplans/parts-{name}"


def _parted(address: str) -> tuple[str, str]:
    """The address of a folder's parent, and its name; raises `KhplansError` where the store has none above it."""
    parent, _, name = address.rstrip("/").rpartition("/")
    if not name or parent.endswith((":/", ":")):
        raise refusal("store-without-folder", address, such=f"{address.rstrip('/')}/datapackages")
    return parent, name


def _sums(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}


@contextmanager
def naming(here: Path, told: str) -> Iterator[None]:
    """Errors name the place that a person knows, not where it was brought."""
    try:
        yield
    except KhplansError as error:
        named(error, here, told)
        raise


def named(error: KhplansError, here: Path, told: str) -> KhplansError:
    """An error that names the place that a person knows.

    >>> print(named(KhplansError("no-text", "empty", where="/aside/plans/a:1"), Path("/aside/plans"), "s3://kho/plans"))
    s3://kho/plans/a:1: empty
    """
    error.where = error.where.replace(str(here), told.rstrip("/"))
    return error
