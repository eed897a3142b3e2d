"""From a collection to the finished site: pages and files, MkDocs, and one swap at the end."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from khplans.atomic import replacing, scratch
from khplans.errors import KhplansError
from khplans.site.catalogue import UNRELEASED, Catalogue
from khplans.site.files import write_files
from khplans.site.inputs import read_catalogue
from khplans.site.markup import Page
from khplans.site.pages import all_pages
from khplans.site.pages.plan_parts import divide_plans
from khplans.site.words import en, vi

Progress = Callable[[str], None]


def build_site(
    root: Path,
    *,
    collection: Path | None = None,
    releases: Path | None = None,
    out: Path | None = None,
    unreleased: bool = False,
    progress: Progress = lambda message: None,
) -> Path:
    """Build the catalogue of the repository at `root` into `out` (`root/site`) and return its path.

    `unreleased` says on every page that the data is not released. `collection` is the folder of the package to show (the newest release's, else
    `root/datapackages/khplans`), `releases` the folder of releases. What stood at `out` is replaced at
    the very end; where anything fails it stays. Raises `KhplansError`.
    """
    out = out or root / "site"
    config_file = root / "mkdocs.yml"
    if not config_file.is_file():
        raise KhplansError(
            "không có mkdocs.yml / no mkdocs.yml",
            where=str(root),
            remedy="chạy trong thư mục dự án / run it in the project's folder",
        )
    with replacing(out) as made, scratch(made.parent) as pages:
        catalogue = read_catalogue(
            root, collection, releases, _site_url(config_file), unreleased=unreleased
        )
        catalogue = replace(catalogue, parts=divide_plans(catalogue))
        progress("viết các trang / writing pages")
        _copy_written(root / "docs", pages)
        write_pages(catalogue, pages)
        progress("dựng trang bằng MkDocs / building with MkDocs")
        _mkdocs(config_file, pages, made, catalogue)
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


def _write(folder: Path, page: Page) -> None:
    path = folder / page.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.markdown(), encoding="utf-8", newline="\n")


def _site_url(config_file: Path) -> str:
    import yaml

    found = yaml.safe_load(config_file.read_text("utf-8"))
    return str(found["site_url"])


def _copy_written(docs: Path, work: Path) -> None:
    for path in sorted(docs.rglob("*.md")):
        target = work / path.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


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
                settings: dict[str, Any] = {"docs_dir": str(docs), "site_dir": str(out)}
                config = load_config(str(config_file), **settings)
                config.extra["unreleased"] = catalogue.version == UNRELEASED
                if theme.is_dir() and str(theme) not in config.theme.dirs:
                    config.theme.dirs.insert(0, str(theme))
                build(config)
        except MkDocsException as error:
            raise KhplansError(str(error), where=str(config_file)) from error
        finally:
            logger.removeHandler(messages)
            logger.propagate = True
    if messages.found:
        raise KhplansError(
            "MkDocs cảnh báo / MkDocs warns: " + "; ".join(messages.found[:3]),
            where=str(config_file),
            remedy="sửa liên kết hoặc trang đó / fix that link or page",
        )
    for unused in ("assets",):
        shutil.rmtree(out / unused, ignore_errors=True)
    (out / "sitemap.xml.gz").unlink(missing_ok=True)


def _epoch(catalogue: Catalogue) -> str:
    """The date that MkDocs takes for the build's: the release's, so that bytes don't change by day."""
    from calendar import timegm

    released = catalogue.released
    return str(timegm(released.timetuple())) if released else "0"
