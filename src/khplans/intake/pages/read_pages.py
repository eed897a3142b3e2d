"""From the bytes of a PDF, or of pictures of pages, to their text and layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khplans.errors import both
from khplans.intake.pages.flow import text_of_pages
from khplans.intake.pages.needs_recognition import RecognitionReason, needs_recognition
from khplans.intake.pages.page import Page
from khplans.intake.pages.pdf import PagesRead, read_pdf
from khplans.intake.pages.recognise import Progress, recognise
from khplans.intake.taken import Taken

_SHOWN = 10


def read_pages(data: bytes, where: str, progress: Progress | None = None) -> Taken:
    """The text of a PDF and its layout; `where` is what errors call the file.

    The words of pages that have no text that can be relied on are recognised. `progress` is told of each
    such page. Raises `KhplansError` as `read_pdf` and `recognise`.
    """
    read = read_pdf(data, where)
    reasons = {page.number: why for page in read.pages if (why := needs_recognition(page))}
    if not reasons:
        return replace(text_of_pages(read.pages, where), tools=read.tools)
    recognised = recognise(data, where, tuple(reasons), progress)
    pages = tuple(_all_pages(read.pages, recognised.pages))
    taken = text_of_pages(pages, where)
    doubts = (*taken.doubts, *_doubts(reasons))
    return replace(taken, tools=(*read.tools, *recognised.tools), doubts=doubts)


def read_pictures(data: bytes, where: str, progress: Progress | None = None) -> Taken:
    """The text of a PNG, JPEG or TIFF and its layout. Raises `KhplansError` as `recognise`."""
    read: PagesRead = recognise(data, where, progress=progress)
    return replace(text_of_pages(read.pages, where), tools=read.tools)


def _all_pages(read: Iterable[Page], recognised: Iterable[Page]) -> Iterable[Page]:
    """The pages, of those that were recognised the words and rules as recognised."""
    seen = {page.number: page for page in recognised}
    for page in read:
        yield replace(seen[page.number], asides=page.asides) if page.number in seen else page


def _doubts(reasons: dict[int, RecognitionReason]) -> Iterable[str]:
    found: dict[RecognitionReason, list[int]] = {}
    for number, why in reasons.items():
        found.setdefault(why, []).append(number)
    for why, numbers in found.items():
        shown = _listed(numbers)
        yield both(f"trang {shown} {why.vi}: đã nhận dạng", f"pages {shown}: {why.en}; recognised")


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
