"""Pages of the built site by their own headings: themes, the guides and all that is no row's."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from khplans.site.search.entry import SearchEntry

_OF_ROWS = ("plans", "agencies", "measures", "instruments", "provinces")
"""Folders whose pages, but for the list of them, are found by what they show."""
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="?description"? content="([^"]*)"')


def other_pages(site: Path) -> Iterator[SearchEntry]:
    """The built pages that are no row's, in the order of their paths."""
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).with_suffix("")
        own = path.parts[0] in _OF_ROWS and path.name != "index"
        english = site / "en" / path.with_suffix(".html")
        if own or path.parts[0] in ("en", "data") or not english.is_file():
            continue
        title, text = _says(file)
        title_en, text_en = _says(english)
        theme = path.parts[0] == "themes" and path.name != "index"
        yield SearchEntry(
            "theme" if theme else "page",
            path.as_posix(),
            title,
            text,
            title_en=title_en,
            text_en=text_en,
        )


def _says(file: Path) -> tuple[str, str]:
    """A page's first heading and its description."""
    page = file.read_text("utf-8")
    heading, description = _TITLE.search(page), _DESCRIPTION.search(page)
    title = re.sub(r"<[^>]*>", "", heading[1]) if heading else ""
    return html.unescape(title).strip(), html.unescape(description[1]) if description else ""
