"""From a row to the page of the original that it stands on, and to the picture of a scanned one."""

from __future__ import annotations

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.markup import Page, anchor, esc
from khplans.site.originals import Original
from khplans.site.places import NOTED

MISREAD = ("number-unsure", "words-unsure")
"""The warnings of words that may have been misread in the picture of a page."""


def original_link(page: Page, original: Original, number: int, text: str) -> str:
    """A link to a page of the file as received."""
    address = page.file_link(original.path) + original.place(number)
    return f'<a href="{esc(address)}">{esc(text)}</a>'


def scan_path(original: Original, number: int) -> str:
    """The path of the page that shows a scanned page's picture."""
    return original.picture(number).removesuffix(".webp")


def row_in_original(catalogue: Catalogue, page: Page, table: str, row: Row) -> str:
    """Links to where a row stands in the original; nothing for a plan without pages, or whose original isn't published."""
    original = catalogue.original_of(row)
    if original is None:
        return ""
    words, number = page.words, original.page_at(row["start"]).number
    text = words(f"trang {number} bản gốc", f"page {number} of the original")
    links = [original_link(page, original, number, text)]
    if number in original.scanned:
        place = anchor(table, row[NOTED[table]])
        links.append(
            page.a(scan_path(original, number), words("xem ảnh", "see the picture"), place)
        )
    return " · ".join(links)


def is_misread(catalogue: Catalogue, table: str, row: Row) -> bool:
    """Whether words of a row may have been misread in the picture of their page."""
    doubts = catalogue.collection.doubts.get((table, row[NOTED[table]]), ())
    return any(doubt["code"] in MISREAD for doubt in doubts)


def below_link(catalogue: Catalogue, page: Page, table: str, row: Row) -> str:
    """The same in small below the link to a row's words, with a mark where they may have been misread."""
    links = row_in_original(catalogue, page, table, row)
    if links and is_misread(catalogue, table, row):
        mark = page.words("có chữ ngờ", "words in doubt")
        links += f' <span class="kh-tag warn">{mark}</span>'
    return f"<br><small>{links}</small>" if links else ""
