"""Finding what the site shows: the newest release, else the collection as last built."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from khplans import __version__
from khplans.errors import refusal
from khplans.outside import Keyed, is_count, is_text, read_object
from khplans.packages.store import Store
from khplans.releases.failed import read_failed
from khplans.releases.index import list_releases as releases_of
from khplans.releases.index import read_file, read_json
from khplans.scoring.unseen import read_unseen
from khplans.settings import Settings
from khplans.site.catalogue import UNRELEASED, Catalogue, PublishedRelease, list_files
from khplans.site.data import SiteData
from khplans.site.originals import read_received, read_sources


def read_catalogue(
    root: Path,
    collection: Path | None,
    releases: Path | None,
    settings: Settings,
    *,
    unreleased: bool = False,
) -> Catalogue:
    """Read the package to show and the releases beside it.

    Raises `KhplansError` where there is no package.
    """
    releases = releases or root / "releases"
    known = list_releases(releases)
    newest = known[0] if known else None
    folder = collection or (newest.folder if newest else root / "datapackages" / "khplans")
    if not (folder / "datapackage.json").is_file():
        raise refusal("no-package-yet", folder)
    for published in (folder, *(release.folder for release in known)):
        Store(published).names()  # a link in it would publish any file of this machine
    read = SiteData(folder)
    sources = read_sources(root / "plans", read)
    built = _day(read.descriptor.get("created"), folder)
    return Catalogue(
        collection=read,
        version=UNRELEASED if unreleased else newest.version if newest else __version__,
        released=newest.released if newest and newest.released else built,
        files=list_files(folder),
        settings=settings,
        releases=known,
        failed=read_failed(releases),
        accuracy=_optional(folder / "accuracy.json"),
        unseen=read_unseen(root / "checks"),
        checks=_optional(folder / "checks.json"),
        proofs=read_proofs(root / "docs" / "proofs.json"),
        sources=sources,
        received=read_received(root / "plans", sources),
    )


def read_proofs(path: Path) -> Mapping[str, Any]:
    """What `make prove` gave, by file of tests; nothing where it gave nothing. Raises `KhplansError`."""
    if not path.is_file():
        return {}
    counts = dict.fromkeys(("passed", "failed", "runs", "seed"), is_count)
    shape = Keyed(is_text, {**counts, "date": is_text, "machine": is_text})
    found: Mapping[str, Any] = read_object(read_file(path), str(path), {"tests": shape})["tests"]
    for one in found.values():
        _day(one["date"], path)
    return found


def list_releases(folder: Path) -> list[PublishedRelease]:
    """The releases of a folder, newest first."""
    found = []
    for release in releases_of(folder):
        when = _day(release.facts.get("released"), release.folder)
        found.append(PublishedRelease(release.version, when, release.folder, release.facts))
    return found


def _day(said: str | None, folder: Path) -> date | None:
    """The day that a date or time is of; raises `KhplansError` for what is neither."""
    if not said:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError as error:
        raise refusal("date-malformed", folder, said=said[:40]) from error


def _optional(path: Path) -> Mapping[str, Any]:
    return read_json(path) if path.is_file() else {}
