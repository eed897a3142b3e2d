"""Checks a downloaded release, or a file of one, against its sums; names the row that differs."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from filecmp import cmp
from importlib.metadata import version
from pathlib import Path
from typing import Any

from khplans.atomic import scratch
from khplans.errors import KhplansError, both, refusal
from khplans.packages.described import key_of, read_descriptor
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.reader import csv_resources
from khplans.packages.store import Store, file_sha256
from khplans.releases.explain import Difference, Keys, explain
from khplans.releases.facts import read_facts, read_provenance, read_versions
from khplans.releases.index import VERSIONS, list_releases, read_file, versions_json
from khplans.releases.sums import NAME, read_sums, sha256, sums_text
from khplans.releases.zipped import rezip, write_zip

_NOT_LISTED = f"khác mã băm trong {VERSIONS} / not the hash in {VERSIONS}"


@dataclass(frozen=True)
class Verification:
    """What verifying found. `files` were looked at; `notes` are no faults.

    `differences` are all that is wrong: none means that every byte is right.
    """

    what: str
    files: int
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether every byte is right."""
        return not self.differences


def verify_download(path: Path, releases: Path | None = None) -> Verification:
    """Check a downloaded folder, zip or single file against its sums, or a folder of releases.

    A folder or zip brings its SHA256SUMS; a single file is looked up in that beside it, or in the
    `releases` known here. Where versions.json is known, the sums themselves are checked too.

    Raises `KhplansError` where there is nothing to check against.
    """
    if path.is_file() and path.suffix != ".zip":
        return _verify_file(path, releases)
    if (path / VERSIONS).is_file():
        return _verify_all(path)
    store = Store(path)
    differences = list(check_store(store, releases))
    if path.is_file():
        differences += _check_zip_bytes(path, store, releases)
    return Verification(str(path), len(store.names()), tuple(differences))


def check_store(store: Store, releases: Path | None) -> Iterator[Difference]:
    """Each file against SHA256SUMS, and SHA256SUMS against versions.json where that is known."""
    if NAME not in store:
        raise refusal("no-sums-beside", store.path, name=NAME)
    try:
        raw = store.read(NAME)
        sums = read_sums(raw, f"{store.path}/{NAME}")
    except KhplansError as error:
        yield Difference(NAME, error.what)
        return
    entry = _entry(store, releases)
    if entry is not None and _whole_sums(sums, entry) != entry["sums_sha256"]:
        yield Difference(NAME, _NOT_LISTED, entry["sums_sha256"], sha256(raw))
    good = _good_copy(store, sums)
    for name in sorted({*sums, *store.names()} - {NAME}):
        if name not in store:
            yield Difference(name, both("thiếu tệp", "missing file"))
        elif name not in sums:
            yield Difference(name, both("tệp lạ, không có trong SHA256SUMS", "not in SHA256SUMS"))
        else:
            yield from _check_file(store, name, sums[name], good)


def _check_file(store: Store, name: str, expected: str, good: Store | None) -> Iterator[Difference]:
    try:
        with store.open(name) as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    except KhplansError as error:
        yield Difference(name, error.what)
        return
    if found == expected:
        return
    known = good.read(name) if good is not None and name in good else None
    if known is not None and sha256(known) == expected:
        descriptor = read_descriptor(good.read(DESCRIPTOR), str(good.path)) if good else {}
        yield from explain(name, known, store.read(name), table_keys(descriptor))
    else:
        yield Difference(name, both("khác mã băm", "not its hash"), expected, found)


def _good_copy(store: Store, sums: Mapping[str, str]) -> Store | None:
    """The zip beside the files, where it is whole: it tells which row of a damaged file differs."""
    for name, expected in sums.items():
        archive = store.path / name
        if "/" in name or archive.suffix != ".zip" or not archive.is_file():
            continue
        if file_sha256(archive) == expected:
            return Store(archive)
    return None


def _check_zip_bytes(path: Path, store: Store, releases: Path | None) -> Iterator[Difference]:
    """What the members don't tell is found by packing them anew: a ZIP of ours has one form.

    Where another pyarrow is installed, whose zlib may compress otherwise, the compressed data is
    taken as it is (its content was checked) and the envelope alone is made anew.
    """
    try:
        made_by = read_provenance(store.read("provenance.json"), path.name)["tools"]["pyarrow"]
        with scratch() as folder:
            packed = folder / path.name
            with packed.open("wb") as out:
                if made_by == version("pyarrow"):
                    write_zip(out, store.names(), lambda name: io.BytesIO(store.read(name)))
                else:
                    out.write(rezip(path.read_bytes()))
            if not cmp(packed, path, shallow=False):
                yield from explain(path.name, packed.read_bytes(), path.read_bytes(), {})
    except (KhplansError, ValueError, KeyError, zipfile.BadZipFile, struct.error):
        return  # a damaged member, told already
    entry = _entry(store, releases)
    if entry is not None and entry["zip"]["sha256"] != (digest := file_sha256(path)):
        yield Difference(path.name, _NOT_LISTED, entry["zip"]["sha256"], digest)


def _whole_sums(sums: Mapping[str, str], entry: Mapping[str, Any]) -> str:
    """The hash of a release's SHA256SUMS, from that or the one in its zip, which lacks the zip's line."""
    archive = entry["zip"]["path"].rpartition("/")[2]
    whole = {archive: entry["zip"]["sha256"], **sums}
    return sha256(sums_text(whole))


def _verify_all(releases: Path) -> Verification:
    """Every release of a folder, and versions.json, which has to say what they say."""
    differences: list[Difference] = []
    files = 1
    for release in list_releases(releases):
        store = Store(release.folder)
        files += len(store.names())
        found = check_store(store, None)
        differences += (replace(d, file=f"{release.version}/{d.file}") for d in found)
    return Verification(str(releases), files, (*differences, *check_versions(releases)))


def _entry(store: Store, releases: Path | None) -> Mapping[str, Any] | None:
    """What versions.json, beside the folder or among the known releases, says of this version."""
    for folder in (store.path.parent, releases):
        if folder is None or not (folder / VERSIONS).is_file():
            continue
        try:
            number = read_facts(store.read("release.json"), str(store.path))["version"]
            listed = read_versions(read_file(folder / VERSIONS), str(folder / VERSIONS))["versions"]
        except KhplansError:
            continue
        entries: dict[str, Mapping[str, Any]] = {e["version"]: e for e in listed}
        if {"zip", "sums_sha256"} <= entries.get(number, {}).keys():
            return entries[number]
    return None


def check_versions(releases: Path) -> Iterator[Difference]:
    """versions.json against what the folders say."""
    path = releases / VERSIONS
    if not path.is_file():
        yield Difference(VERSIONS, both("thiếu tệp", "missing file"))
        return
    try:
        yield from explain(VERSIONS, versions_json(releases), path.read_bytes(), {})
    except KhplansError as error:
        yield Difference(VERSIONS, f"{error.where}: {error.what}")


def _verify_file(path: Path, releases: Path | None) -> Verification:
    data = path.read_bytes()
    digest = sha256(data)
    for folder in path.resolve().parents[:4]:
        if not (folder / NAME).is_file():
            continue
        name = path.resolve().relative_to(folder).as_posix()
        sums = read_sums((folder / NAME).read_bytes(), str(folder / NAME))
        if name in sums:
            found = list(
                _check_file(Store(folder), name, sums[name], _good_copy(Store(folder), sums))
            )
            return Verification(str(path), 1, tuple(found))
    known = list_releases(releases) if releases else []
    for release in known:
        sums = read_sums(Store(release.folder).read(NAME), str(release.folder / NAME))
        for name, expected in sums.items():
            if expected == digest:
                return Verification(str(path), 1, (), (f"{name}, khplans {release.version}",))
    for release in known:
        store = Store(release.folder)
        for name in store.names():
            if name.rpartition("/")[2] == path.name:
                keys = table_keys(release.package.descriptor)
                found = explain(path.name, store.read(name), data, keys)
                note = both("so với", f"compared with {name}, khplans {release.version}")
                return Verification(str(path), 1, tuple(found), (note,))
    raise refusal("file-of-no-release", path, name=NAME)


def table_keys(descriptor: Mapping[str, Any]) -> Keys:
    """The key columns of each table of a release, its own lists of changes and figures included."""
    tables = csv_resources(descriptor).items()
    return {
        **{name: key_of(resource["schema"]) for name, resource in tables},
        "changes": ("table", "row_id", "change", "column"),
        "accuracy": ("table", "plan", "measure"),
    }
