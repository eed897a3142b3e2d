"""What a person who names files means: those files, all of a folder, all of a zip, within bounds."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from khplans.errors import refusal
from khplans.intake.files import MOST_BYTES, read_bytes, take
from khplans.intake.kinds import kind_of
from khplans.intake.pages.process import Progress
from khplans.intake.taken import Received

_MOST_FILES = 10_000
_MOST_UNPACKED = 2_000_000_000
"""Bytes that what is read of a zip may unpack to."""
_LOCKED = 0x1


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sent: where it stands, for people, and the zip that it is in, and where in it."""

    path: Path
    within: tuple[Path, ZipInfo] | None = None

    def receive(self, progress: Progress | None = None) -> Received:
        """The file and what it gives; `progress` is told of each page that is recognised. Raises `KhplansError` for what can't be read or taken in."""
        data = read_bytes(self.path) if self.within is None else self._unpacked(*self.within)
        return Received(self.path, data, take(data, self.path, strict=False, progress=progress))

    def _unpacked(self, archive: Path, entry: ZipInfo) -> bytes:
        try:
            with ZipFile(archive) as opened, opened.open(entry) as stream:
                data = stream.read(MOST_BYTES + 1)
        except Exception as error:
            # A damaged archive fails in as many ways as zip has.
            raise refusal("zip-damaged", self.path, kind=type(error).__name__) from None
        if len(data) > MOST_BYTES:
            raise refusal("zip-member-long", self.path, most=MOST_BYTES // 10**6)
        return data


def gather(paths: Iterable[Path]) -> tuple[Sent, ...]:
    """The files that are meant, in order: each by itself, those of a folder and of a zip by name.

    Raises `KhplansError` for a path that isn't there, a folder that can't be read, a folder or zip without
    files, and more than can be taken in at once.
    """
    try:
        found = tuple(islice((sent for path in paths for sent in _sent(path)), _MOST_FILES + 1))
    except OSError as error:
        raise refusal("no-permission", error.filename, error=error) from None
    if len(found) > _MOST_FILES:
        raise refusal("too-many-files", most=_MOST_FILES)
    return found


def _sent(path: Path) -> Iterator[Sent]:
    """The files of a folder or archive, or the file itself.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("a.txt", ".hidden"): Path(folder, name).touch()
    ...     [one.path.name for one in _sent(Path(folder))], [one.path.name for one in _sent(Path(folder, "a.txt"))]
    (['a.txt'], ['a.txt'])
    """
    if path.is_dir():
        yield from _of_folder(path)
    elif _is_archive(path):
        yield from _of_zip(path)
    else:
        yield Sent(path)


def _of_folder(folder: Path) -> Iterator[Sent]:
    """The files of a folder and of those in it; links are not followed."""
    found = sorted(islice(_plain_files(folder), _MOST_FILES + 1))
    if not found:
        raise refusal("folder-without-files", folder)
    for path in found:
        yield from _of_zip(path) if _is_archive(path) else [Sent(path)]


def _plain_files(folder: Path) -> Iterator[Path]:
    """A person's files in a folder and below.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("a.txt", ".b", "~$c.docx", "d/e.txt", ".f/g.txt"):
    ...         Path(folder, name).parent.mkdir(exist_ok=True)
    ...         Path(folder, name).touch()
    ...     Path(folder, "h.txt").symlink_to(Path(folder, "a.txt"))
    ...     sorted(path.name for path in _plain_files(Path(folder)))
    ['a.txt', 'e.txt']
    """

    def refuse(error: OSError) -> None:
        raise error

    for within, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if _is_plain((name,))]
        paths = (Path(within, name) for name in names if _is_plain((name,)))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def _is_plain(parts: tuple[str, ...]) -> bool:
    """Whether a path is a person's file rather than a system's own.

    >>> [_is_plain(parts) for parts in (("a", "b.txt"), (".git", "b"), ("__MACOSX", "b"), ("..", "b"))]
    [True, False, False, True]
    """
    named = (part for part in parts if part not in (".", ".."))
    return not any(part.startswith((".", "~$", "__MACOSX")) for part in named)


def _is_archive(path: Path) -> bool:
    """Whether a file is a zip of files rather than one document, by its bytes."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return False
        with path.open("rb") as stream:
            return stream.read(2) == b"PK" and kind_of(read_bytes(path)).name == "zip"
    except OSError:  # told when it is read
        return False


def _of_zip(archive: Path) -> Iterator[Sent]:
    try:
        with ZipFile(io.BytesIO(read_bytes(archive))) as opened:
            entries = [one for one in opened.infolist() if _is_file(one)]
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise refusal("zip-damaged", archive, kind=type(error).__name__) from None
    if any(one.flag_bits & _LOCKED for one in entries):
        raise refusal("zip-locked", archive)
    if len(entries) > _MOST_FILES or sum(one.file_size for one in entries) > _MOST_UNPACKED:
        raise refusal("zip-of-much", archive)
    if not entries:
        raise refusal("zip-empty", archive)
    for one in sorted(entries, key=lambda one: one.filename):
        # Its name is told and gives the suffix; no path is made of it.
        yield Sent(archive / PurePosixPath(one.filename).name, (archive, one))


def _is_file(entry: ZipInfo) -> bool:
    """Whether an entry of an archive is a person's file.

    >>> [_is_file(ZipInfo(name)) for name in ("a/b.txt", "a/", "__MACOSX/b.txt")]
    [True, False, False]
    """
    return not entry.is_dir() and _is_plain(PurePosixPath(entry.filename).parts)
