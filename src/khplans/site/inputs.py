"""Finding what the site shows: the newest release, else the collection as last built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from khplans import __version__
from khplans.errors import KhplansError
from khplans.site.catalogue import Catalogue, Release, list_files
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
    folder = collection or (_package(newest) if newest else None) or root / "datapackages" / "khplans"
    if not (folder / "datapackage.json").is_file():
        raise KhplansError(
            "chưa có gói dữ liệu / no data package yet",
            where=str(folder),
            remedy="chạy khplans build / run khplans build",
        )
    read = Collection(folder)
    created = str(read.descriptor.get("created", ""))[:10]
    received = date.fromisoformat(created) if created else None
    return Catalogue(
        collection=read,
        version=newest.version if newest else __version__,
        released=newest.released if newest and newest.released else received,
        files=list_files(folder),
        site_url=site_url,
        releases=known,
        accuracy=(),
        checks={},
    )


def list_releases(folder: Path) -> list[Release]:
    """The releases of a folder, newest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path.name.replace(".", "").isdigit():
            facts = _json(path / "release.json")
            day = str(facts.get("released") or facts.get("date") or "")[:10]
            when = date.fromisoformat(day) if day else None
            found.append(Release(path.name, when, path, facts))
    return sorted(found, key=lambda r: tuple(map(int, r.version.split("."))), reverse=True)


def _package(release: Release) -> Path | None:
    if release.folder is None:
        return None
    for folder in (release.folder, release.folder / "khplans", release.folder / "data"):
        if (folder / "datapackage.json").is_file():
            return folder
    return None


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found
