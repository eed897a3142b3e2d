"""The files of the site that are not pages: styles, scripts, vendored libraries, the data itself."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from khplans.atomic import copy_tree
from khplans.intake.files import read_bytes
from khplans.intake.pages.shown import pictures_of_pages
from khplans.releases.versioning import newest_of
from khplans.settings import Settings
from khplans.site import material
from khplans.site.calendar import calendars
from khplans.site.cards import common_card
from khplans.site.catalog.croissant import croissant_json
from khplans.site.catalog.dcat import dcat_json, dcat_turtle
from khplans.site.catalog.description import description_of
from khplans.site.catalog.feeds import llms_txt, releases_feed, subject_feeds, warnings_feed
from khplans.site.catalogue import Catalogue
from khplans.site.colours import accent_css
from khplans.site.database import write_database
from khplans.site.languages import en, vi
from khplans.site.originals import Original, ReceivedFile
from khplans.site.reasons import reasons_files
from khplans.site.row_places import places_files
from khplans.site.script_words import with_words
from khplans.site.search.index import index_files

_STYLES = (
    "face.css",
    "frame.css",
    "marks.css",
    "pages.css",
    "chart.css",
    "search.css",
    "print.css",
)
_VENDORED = ("parquet-reader", "sql.js", "be-vietnam-pro")
_JOINED: Mapping[str, tuple[str, ...]] = {
    "site.js": (
        "assets/js/page.js",
        "assets/js/fold.js",
        "assets/js/visible.js",
        "assets/js/site.js",
        "assets/js/report.js",
        "assets/js/search.js",
        "assets/js/search-box.js",
        "assets/js/found.js",
    ),
    "plan.js": ("assets/js/plan.js", "assets/js/cite.js"),
    "explorer.js": ("assets/js/source.js", "assets/js/explorer.js"),
    "sql.js": ("assets/js/source.js", "assets/js/sql.js"),
    "sql-engine.js": ("vendor/sql.js/sql-wasm.js", "assets/js/fold.js", "assets/js/sql-engine.js"),
    "engine.js": (
        "vendor/parquet-reader/parquet-reader.js",
        "assets/js/fold.js",
        "assets/js/engine.js",
    ),
}
"""Scripts of the site that are served as one, so that a page asks once."""
_ALONE = ("filter.js", "lost.js", "picture.js", "sheet.js", "zoom.js")


def write_files(catalogue: Catalogue, folder: Path) -> None:
    """Write everything but pages into the built site."""
    with as_file(files("khplans.site")) as package:
        for name in _ALONE:
            text = with_words(_read(package / "assets" / "js" / name))
            _text(folder / "static" / "js" / name, text)
        before = material.small_script("base") + _read(package / "assets" / "js" / "before.js")
        _text(folder / "static" / "js" / "before.js", before)
        _text(folder / "static" / "js" / "palette.js", material.small_script("palette"))
        for name, parts in _JOINED.items():
            text = "\n".join(_part(package, part) for part in parts)
            _text(folder / "static" / "js" / name, text)
        styles = "".join(_read(package / "assets" / "css" / name) for name in _STYLES)
        accent = catalogue.settings.accent
        _text(
            folder / "static" / "site.css",
            material.styles() + _smaller(styles) + accent_css(accent),
        )
        logo = _read(package / "assets" / "logo.svg").replace(Settings().accent, accent)
        _text(folder / "static" / "logo.svg", logo)
        for name in _VENDORED:
            copy_tree(package / "vendor" / name, folder / "static" / "vendor" / name)
    _data(catalogue, folder / "data")
    for name, text in index_files(catalogue, folder):
        _text(folder / "static" / "search" / name, text)
    _beside_plans(catalogue, folder)
    for name, text in calendars(catalogue):
        _text(folder / "calendar" / name, text)
    description = description_of(catalogue, catalogue.base("../"))
    _text(folder / "catalog" / "dcat.jsonld", dcat_json(description))
    _text(folder / "catalog" / "dcat.ttl", dcat_turtle(description))
    _text(folder / "catalog" / "croissant.json", croissant_json(description))
    _text(folder / "feeds" / "releases.xml", releases_feed(catalogue))
    _text(folder / "feeds" / "warnings.xml", warnings_feed(catalogue))
    for name, text in subject_feeds(catalogue):
        _text(folder / name, text)
    _text(folder / "llms.txt", llms_txt(description_of(catalogue, catalogue.base("./"))))
    address = catalogue.settings.address
    sitemap = f"Sitemap: {address}sitemap.xml\n" if address else ""
    _text(folder / "robots.txt", f"User-agent: *\nAllow: /\n{sitemap}")
    write_database(catalogue, folder / "static" / "khplans.sqlite")
    _folder_scripts(folder)


def _beside_plans(catalogue: Catalogue, folder: Path) -> None:
    """What the pages of plans load when asked: places, reasons, files as received; the cards of shared links."""
    for name, text in places_files(catalogue):
        _text(folder / "static" / "plans" / name, text)
    for name, text in reasons_files(catalogue):
        _text(folder / "static" / "why" / name, text)
    for original in catalogue.received.values():
        _write_original(original, folder)
    for words in (vi, en) if catalogue.settings.address else ():
        _bytes(folder / "cards" / f"{words.code}.png", common_card(catalogue, words))


def _write_original(original: ReceivedFile, folder: Path) -> None:
    """The file as received, and pictures of its scanned pages."""
    data = read_bytes(original.file)
    _bytes(folder / original.path, data)
    if not isinstance(original, Original):
        return
    turned = {
        page.number: page.turned for page in original.pages if page.number in original.scanned
    }
    if turned:
        for number, picture in pictures_of_pages(data, str(original.file), turned).items():
            (folder / original.picture(number)).write_bytes(picture)


def _text(path: Path, text: str) -> None:
    _bytes(path, text.encode())


def _bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _part(package: Path, path: str) -> str:
    """A part of a script that is served as one, its words before it."""
    text = _read(package / path)
    return with_words(text) if path.startswith("assets/") else text


def _smaller(css: str) -> str:
    """Styles without comments and the space that means nothing.

    >>> _smaller("/* a */ a:hover, b { color: red; margin: 0 auto; }")
    'a:hover,b{color:red;margin:0 auto}'
    """
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(": ", ":").replace(";}", "}")


def _folder_scripts(folder: Path) -> None:
    """The tables and the database again as scripts, which are all that a browser lets a page read that
    was opened from a folder (`file://`)."""
    found = [(path.stem, path) for path in sorted((folder / "data" / "latest").glob("*.parquet"))]
    found.append(("khplans.sqlite", folder / "static" / "khplans.sqlite"))
    found.append(("sql-wasm.wasm", folder / "static" / "vendor" / "sql.js" / "sql-wasm.wasm"))
    for name, path in found:
        text = base64.b64encode(path.read_bytes()).decode("ascii")
        _text(folder / "static" / "folder" / f"{name}.js", f'khBytes("{name}","{text}");\n')


def _data(catalogue: Catalogue, folder: Path) -> None:
    """The stable addresses: data/<version>/<file>, data/1.2/<file> and data/1/<file> for the newest that
    begins so, data/latest/<file> for the newest of all, and data/versions.json, from which `khplans.load(source=…)` learns what there is."""
    for release in catalogue.releases:
        copy_tree(release.folder, folder / release.version)
    if catalogue.releases:
        listing = catalogue.releases[0].folder.parent / "versions.json"
        shutil.copyfile(listing, folder / listing.name)
    versions = [release.version for release in catalogue.releases]
    for start in sorted({v.rsplit(".", n)[0] for v in versions for n in (1, 2)}):
        copy_tree(folder / str(newest_of(start, versions)), folder / start)
    if not (folder / catalogue.version).exists():
        copy_tree(catalogue.collection.folder, folder / catalogue.version)
    copy_tree(catalogue.collection.folder, folder / "latest")
