"""Finding what the site shows: the newest release, else the collection as last built."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from khplans.errors import KhplansError
from khplans.releases.index import list_releases as releases_of
from khplans.releases.index import read_json
from khplans.site.catalogue import UNRELEASED, Catalogue, Release, list_files
from khplans.site.data import Collection


def read_catalogue(
    root: Path, collection: Path | None, releases: Path | None, site_url: str
) -> Catalogue:
    """Read the package to show and the releases beside it.

    Raises `KhplansError` where there is no package.
    """
    releases = releases or root / "releases"
    known = list_releases(releases)
    newest = known[0] if known else None
    folder = collection or (newest.folder if newest else root / "datapackages" / "khplans")
    if not (folder / "datapackage.json").is_file():
        raise KhplansError(
            "chưa có gói dữ liệu / no data package yet",
            where=str(folder),
            remedy="chạy khplans build / run khplans build",
        )
    read = Collection(folder)
    shown = next((release for release in known if release.folder == folder), None)
    created = str(read.descriptor.get("created", ""))[:10]
    received = date.fromisoformat(created) if created else None
    return Catalogue(
        collection=read,
        version=shown.version if shown else UNRELEASED,
        released=shown.released if shown and shown.released else received,
        files=list_files(folder),
        site_url=site_url,
        releases=known,
        accuracy=_optional(folder / "accuracy.json"),
        checks=_optional(folder / "checks.json"),
    )


def list_releases(folder: Path) -> list[Release]:
    """The releases of a folder, newest first."""
    found = []
    for release in releases_of(folder):
        day = str(release.facts.get("released") or "")[:10]
        when = date.fromisoformat(day) if day else None
        found.append(Release(release.version, when, release.folder, release.facts))
    return found


def _optional(path: Path) -> Mapping[str, Any]:
    return read_json(path) if path.is_file() else {}
