"""From a collection to the finished site: pages and files, MkDocs, and one swap at the end."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from khplans.atomic import replacing, scratch
from khplans.errors import KhplansError, refusal
from khplans.packages.store import Store
from khplans.settings import read_settings
from khplans.site.catalogue import HERE, UNRELEASED, Catalogue
from khplans.site.files import write_files
from khplans.site.inputs import read_catalogue
from khplans.site.languages import Language, en, vi, vietnamese_words
from khplans.site.markup import MARK, SitePage, esc, in_markdown
from khplans.site.material import drop_unused
from khplans.site.pages import all_pages
from khplans.site.pages.plan_parts import divide_plans
from khplans.site.pages.unseen import unseen_figures

Progress = Callable[[str], None]
_OF_A_SITE = "catalog/dcat.jsonld"
"""A file that every site has and hardly anything else."""


def build_site(
    root: Path,
    *,
    collection: Path | None = None,
    releases: Path | None = None,
    out: Path | None = None,
    unreleased: bool = False,
    progress: Progress = lambda message: None,
) -> Path:
    """Build the site of the catalogue at `root` into `out` (`root/site`) and return its path.

    `unreleased` says on every page that the data is not released. `collection` is the folder of the package to show (the newest release's, else
    `root/datapackages/khplans`), `releases` the folder of releases. What stood at `out` is replaced at
    the very end; where anything fails it stays. Raises `KhplansError`.
    """
    out = out or root / "site"
    refuse_strange(root, out)
    with replacing(out) as made, scratch(made.parent) as pages:
        settings = read_settings(root)
        catalogue = read_catalogue(root, collection, releases, settings, unreleased=unreleased)
        catalogue = replace(catalogue, parts=divide_plans(catalogue))
        progress("viết các trang / writing pages")
        with as_file(files("khplans.site") / "docs") as own:
            written = _copy_written(own, pages, catalogue)
        if (root / "docs").is_dir():
            Store(root / "docs").names()  # a link in it would publish any file of this machine
            written |= _copy_written(root / "docs", pages, catalogue)
        write_pages(catalogue, pages)
        progress("dựng trang bằng MkDocs / building with MkDocs")
        with as_file(files("khplans.site") / "mkdocs.yml") as config_file:
            _mkdocs(config_file, pages, made, catalogue)
        with_code = (
            path for tree in (made, made / "en") for path in (tree / "tables").glob("*.html")
        )
        for path in sorted({*(made / name for name in written), *with_code}):
            _put_marks(path)
        # Behind MkDocs' back: it would make pages of the notes that releases hold as Markdown.
        progress("chép tệp dữ liệu / copying data files")
        write_files(catalogue, made)
    return out


def write_pages(catalogue: Catalogue, folder: Path) -> int:
    """Write every generated page in both languages; returns how many."""
    count = 0
    for words in (vi, en):
        for page in all_pages(catalogue, words):
            _write(folder, page)
            count += 1
    return count


def _write(folder: Path, page: SitePage) -> None:
    for name, content in {page.file: page.markdown(), **page.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def refuse_strange(root: Path, out: Path) -> None:
    """Raise `KhplansError` where a folder, but a catalogue's own `site`, that the site is to replace
    holds something else."""
    if out.resolve() == (root / "site").resolve():
        return
    if out.is_dir() and any(out.iterdir()) and not (out / _OF_A_SITE).is_file():
        raise refusal("site-folder-taken", out)


def _copy_written(docs: Path, work: Path, catalogue: Catalogue) -> set[str]:
    """Pages by hand and the pictures in them; those of a catalogue take the place of the library's of the same name.

    Gives the names that they will have in the site.
    """
    written = set()
    for path in sorted(docs.rglob("*.md")):
        if path.name == "README.md":  # tells people about the folder
            continue
        target = work / path.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        language = en if path.relative_to(docs).parts[0] == "en" else vi
        for name, words in _said(catalogue, language).items():
            text = text.replace(f"@{name}@", words)
        target.write_text(text, encoding="utf-8", newline="")
        written.add(path.relative_to(docs).with_suffix(".html").as_posix())
    for path in sorted(docs.rglob("*.webp")):
        shutil.copyfile(path, work / path.relative_to(docs))
    return written


_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)


def _put_marks(page: Path) -> None:
    """Let the browser put the site's own address into a page's code; other words of a page may be a plan's."""
    text = page.read_text("utf-8")
    marked = _CODE.sub(lambda code: code[0].replace(HERE, MARK), text)
    if marked != text:
        page.write_text(marked, encoding="utf-8", newline="")


def _said(catalogue: Catalogue, language: Language) -> dict[str, str]:
    """What the pages by hand say of the catalogue, each in place of its `@NAME@`."""
    settings = catalogue.settings
    licence = settings.licensed
    return {
        "BRAND": in_markdown(catalogue.heading(language)),
        "PUBLISHER": in_markdown(settings.publisher),
        "CONTACT": in_markdown(settings.contact or "–"),
        "LICENCE": licence.short,
        "LICENCE_ADDRESS": licence.address,
        "LOAD": catalogue.load,
        "UNSEEN": unseen_figures(catalogue.unseen, language),
    }


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _mkdocs(config_file: Path, docs: Path, out: Path, catalogue: Catalogue) -> None:
    """Run MkDocs; a warning of its is our error, as with `--strict`."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    logger.propagate = False
    with _environment(SOURCE_DATE_EPOCH=_epoch(catalogue), NO_MKDOCS_2_WARNING="1"):
        try:
            with as_file(files("khplans.site") / "theme") as theme:
                config = load_config(
                    str(config_file),
                    docs_dir=str(docs),
                    site_dir=str(out),
                    site_url=catalogue.settings.address or "",
                    # Material escapes it at some places and not at others.
                    site_name=Markup(esc(catalogue.settings.heading)),
                )
                config.extra |= _extra(catalogue)
                english = copy(config)
                english.site_name = Markup(esc(catalogue.heading(en)))
                config.extra["english"] = english
                if theme.is_dir() and str(theme) not in config.theme.dirs:
                    config.theme.dirs.insert(0, str(theme))
                build(config)
        except MkDocsException as error:
            raise KhplansError("site-warning", str(error), where=str(config_file)) from error
        finally:
            logger.removeHandler(messages)
            logger.propagate = True
    if messages.found:
        raise KhplansError(
            "site-warning",
            "MkDocs cảnh báo / MkDocs warns: " + "; ".join(messages.found[:3]),
            where=str(config_file),
            remedy="sửa liên kết hoặc trang đó / fix that link or page",
        )
    drop_unused(out / "assets")
    (out / "sitemap.xml.gz").unlink(missing_ok=True)
    if catalogue.settings.address is None:  # which a sitemap's addresses begin with
        (out / "sitemap.xml").unlink()


def _extra(catalogue: Catalogue) -> dict[str, Any]:
    """What the frame of every page says."""
    return {
        "vietnamese": vietnamese_words(),
        "unreleased": catalogue.version == UNRELEASED,
        "version": catalogue.version,
        "name": catalogue.settings.name,
        "contact": catalogue.settings.contact,
        "licence": catalogue.settings.licensed.short,
    }


def _epoch(catalogue: Catalogue) -> str:
    """The date that MkDocs takes for the build's: the release's, so that bytes don't change by day."""
    from calendar import timegm

    released = catalogue.released
    return str(timegm(released.timetuple())) if released else "0"
