"""The files of the site that are not pages: styles, scripts, vendored libraries, the data itself."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from khplans.site.calendar import calendars
from khplans.site.catalog.croissant import croissant_json
from khplans.site.catalog.dcat import dcat_json, dcat_turtle
from khplans.site.catalog.feeds import llms_txt, releases_feed, warnings_feed
from khplans.site.catalog.model import describe
from khplans.site.catalogue import Catalogue
from khplans.site.database import write_database
from khplans.site.search import index_files

_STYLES = ("base.css", "pages.css")
_VENDORED = ("parquet-reader", "sql.js", "be-vietnam-pro")


def write_files(catalogue: Catalogue, folder: Path) -> None:
    """Write everything but pages into the built site."""
    with as_file(files("khplans.site")) as package:
        _copy(package / "assets" / "js", folder / "static" / "js")
        styles = [(package / "assets" / "css" / name).read_text("utf-8") for name in _STYLES]
        _text(folder / "static" / "site.css", "".join(styles))
        shutil.copyfile(package / "assets" / "logo.svg", folder / "static" / "logo.svg")
        for name in _VENDORED:
            _copy(package / "vendor" / name, folder / "static" / "vendor" / name)
    _data(catalogue, folder / "data")
    for name, text in index_files(catalogue):
        _text(folder / "static" / "search" / name, text)
    for name, text in calendars(catalogue):
        _text(folder / "calendar" / name, text)
    description = describe(catalogue)
    _text(folder / "catalog" / "dcat.jsonld", dcat_json(description))
    _text(folder / "catalog" / "dcat.ttl", dcat_turtle(description))
    _text(folder / "catalog" / "croissant.json", croissant_json(description))
    _text(folder / "feeds" / "releases.xml", releases_feed(catalogue))
    _text(folder / "feeds" / "warnings.xml", warnings_feed(catalogue))
    _text(folder / "llms.txt", llms_txt(description))
    _text(
        folder / "robots.txt",
        f"User-agent: *\nAllow: /\nSitemap: {catalogue.address('sitemap.xml')}\n",
    )
    write_database(catalogue, folder / "static" / "khplans.sqlite")


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))


def _data(catalogue: Catalogue, folder: Path) -> None:
    """The stable addresses: data/<version>/<file>, data/latest/<file> for the newest, and
    data/versions.json, from which `khplans.load(source=…)` learns what there is."""
    for release in catalogue.releases:
        _copy(release.folder, folder / release.version)
    if catalogue.releases:
        listing = catalogue.releases[0].folder.parent / "versions.json"
        shutil.copyfile(listing, folder / listing.name)
    if not (folder / catalogue.version).exists():
        _copy(catalogue.collection.folder, folder / catalogue.version)
    _copy(catalogue.collection.folder, folder / "latest")
