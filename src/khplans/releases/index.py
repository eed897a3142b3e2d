"""The releases of a folder and versions.json, which lists them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from khplans.errors import KhplansError, refusal
from khplans.outside import is_version, people_rows, read_object
from khplans.packages.canonical import Package, package_of
from khplans.packages.store import Store, file_sha256
from khplans.releases.facts import read_facts, read_provenance, require_version
from khplans.releases.failed import FAILED
from khplans.releases.sums import NAME, sha256
from khplans.releases.versioning import parse_version

VERSIONS = "versions.json"
WITHDRAWN = "withdrawn.csv"


@dataclass(frozen=True)
class Release:
    """A release on disk."""

    folder: Path

    @property
    def version(self) -> str:
        """Its version, which is its folder's name."""
        return self.folder.name

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """Its release.json; raises `KhplansError` where that is of another version."""
        path = self.folder / "release.json"
        facts = read_facts(read_file(path), str(path))
        require_version(self.version, facts["version"], str(self.folder))
        return facts

    @property
    def name(self) -> str:
        """The catalogue's name, with which the names of its workbook and zip begin."""
        return str(self.facts.get("name", "khplans"))

    @cached_property
    def package(self) -> Package:
        """Its tables."""
        return package_of(Store(self.folder))

    @property
    def plans(self) -> Path:
        """Its plans, as they came in."""
        return self.folder / "plans"

    @cached_property
    def provenance(self) -> Mapping[str, Any]:
        """What it was made from; empty for a release from before that was written down."""
        path = self.folder / "provenance.json"
        return read_provenance(read_file(path), str(path)) if path.is_file() else {}


def list_releases(releases: Path) -> list[Release]:
    """Every release in a folder, newest version first.

    A release is whole once its folder has its name, so a folder is all there is to ask.
    """
    if not releases.is_dir():
        return []
    found = (path for path in releases.iterdir() if path.is_dir() and is_version(path.name))
    return [Release(p) for p in sorted(found, key=lambda p: parse_version(p.name), reverse=True)]


def belongs_to_releases(path: Path) -> bool:
    """Whether something in a folder of releases is a release, what lists them, or a note about them."""
    about = (VERSIONS, WITHDRAWN, FAILED, "README.md")
    is_release = is_version(path.name) and path.is_dir()
    return is_release or path.name in about or path.name.startswith(".")


def newest_release(releases: Path) -> Release | None:
    """The release with the highest version, withdrawn or not: what the next one is compared with."""
    return next(iter(list_releases(releases)), None)


def versions_json(releases: Path) -> bytes:
    """What versions.json has to hold, from the folders.

    `newest` is the version made last, `latest` the newest that is not withdrawn: what readers should
    take. `sums_sha256` is the hash of the release's SHA256SUMS, so that this one file proves all.
    """
    listed = list_releases(releases)
    withdrawn = _withdrawn(releases / WITHDRAWN, [release.version for release in listed])
    entries = [_entry(release, withdrawn.get(release.version)) for release in listed]
    good = [entry["version"] for entry in entries if "withdrawn" not in entry]
    return json_bytes(
        {
            "name": listed[0].name if listed else "khplans",
            "newest": entries[0]["version"] if entries else None,
            "latest": good[0] if good else None,
            "versions": entries,
        }
    )


def _entry(release: Release, withdrawn: Mapping[str, str] | None) -> dict[str, Any]:
    facts = release.facts
    archive = release.folder / f"{release.name}-{release.version}.zip"
    if not archive.is_file():
        raise _missing(archive)
    entry: dict[str, Any] = {
        "version": release.version,
        "released": facts.get("released"),
        "previous": facts.get("previous"),
        "level": facts.get("level"),
        "path": f"{release.version}/",
        "sums_sha256": sha256(Store(release.folder).read(NAME)),
        "zip": {
            "path": f"{release.version}/{archive.name}",
            "bytes": archive.stat().st_size,
            "sha256": file_sha256(archive),
        },
        "rows": {name: table["rows"] for name, table in facts.get("tables", {}).items()},
    }
    if withdrawn is not None:
        entry["withdrawn"] = dict(withdrawn)
    return entry


def _withdrawn(path: Path, there: Sequence[str]) -> dict[str, dict[str, str]]:
    """Why each withdrawn version was; one that isn't there would be passed over in silence."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, str]] = {}
    for line, row in people_rows(path, ("version", "reason", "reason_en")):
        version = row.pop("version")
        if version not in there or not all(cell.strip() for cell in row.values()):
            raise refusal("withdrawal-incomplete", f"{path}:{line}", there=", ".join(there))
        found[version] = row
    return found


def read_json(path: Path) -> Mapping[str, Any]:
    """A JSON object; raises `KhplansError` where the file holds none."""
    return read_object(read_file(path), str(path), {})


def read_file(path: Path) -> bytes:
    """A file's bytes; raises `KhplansError` where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _missing(path) from error


def _missing(path: Path) -> KhplansError:
    return refusal("release-file-missing", path)


def json_bytes(value: Any) -> bytes:
    """JSON as every release writes it: UTF-8, indented, keys as given, a line feed at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
