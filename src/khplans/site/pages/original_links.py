"""From a row to the page of the original that it stands on, and to the picture of a scanned one."""

from __future__ import annotations

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.markup import SitePage, anchor, link_to
from khplans.site.originals import Original
from khplans.site.row_places import NOTED
from khplans.site.templating import cell

MISREAD = ("number-unsure", "words-unsure")
"""The warnings of words that may have been misread in the picture of a page."""


def original_link(page: SitePage, original: Original, number: int, text: str) -> Markup:
    """A link to a page of the file as received."""
    address = page.file_link(original.path) + original.place(number)
    return link_to(address, text)


def scan_path(original: Original, number: int) -> str:
    """The path of the page that shows a scanned page's picture."""
    return original.picture(number).removesuffix(".webp")


def row_in_original(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> str:
    """Links to where a row stands in the original; nothing for a plan without pages, or whose original isn't published."""
    original = catalogue.original_of(row)
    if original is None:
        return ""
    number = original.page_at(row["start"]).number
    link = _numbered(page, original, number)
    if number not in original.scanned:
        return link
    place = anchor(table, row[NOTED[table]]) if table in NOTED else ""
    picture = page.words.say("see the picture")
    return f"{link} · {page.a(scan_path(original, number), picture, place)}"


def page_below(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> str:
    """The link to the page alone, in small, and a mark where words of the row may have been misread; as explorer.js has it."""
    original = catalogue.original_of(row)
    if original is None:
        return ""
    link = _numbered(page, original, original.page_at(row["start"]).number)
    doubts = catalogue.collection.doubts.get((table, row[NOTED[table]]), ())
    misread = any(doubt["code"] in MISREAD for doubt in doubts)
    return cell("in_original", link=link, doubt=misread and page.words.say("words in doubt"))


def _numbered(page: SitePage, original: Original, number: int) -> Markup:
    text = page.words.say("page %(number)s of the original", number=number)
    return original_link(page, original, number, text)
