"""From the bytes of a PDF, or of pictures of pages, to their text and layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khplans.errors import both
from khplans.intake.pages.flow import listed, text_of_pages
from khplans.intake.pages.needs_recognition import RecognitionReason, needs_recognition
from khplans.intake.pages.old_fonts import in_unicode
from khplans.intake.pages.page import Page
from khplans.intake.pages.pdf import PagesRead, read_pdf
from khplans.intake.pages.process import Progress
from khplans.intake.pages.recognise import recognise
from khplans.intake.taken import Taken

_LONG = 20
"""Pages of text from which on reading them takes longer than a moment."""


def read_pages(data: bytes, where: str, progress: Progress | None = None) -> Taken:
    """The text of a PDF and its layout; `where` is what errors call the file.

    The words of pages that have no text that can be relied on are recognised. `progress` is told of each
    page that is read, of long files alone, and of each that is recognised. Raises `KhplansError` as
    `read_pdf` and `recognise`.
    """
    read = read_pdf(data, where, _of_long_files(progress))
    pages, encodings = in_unicode(read.pages, where)
    reasons = {page.number: why for page in pages if (why := needs_recognition(page))}
    if not reasons:
        return replace(text_of_pages(pages, where), tools=read.tools, encodings=encodings)
    recognised = recognise(data, where, tuple(reasons), progress)
    taken = text_of_pages(tuple(_all_pages(pages, recognised.pages)), where)
    doubts = (*taken.doubts, *_doubts(reasons))
    tools = (*read.tools, *recognised.tools)
    return replace(taken, tools=tools, encodings=encodings, doubts=doubts)


def _of_long_files(progress: Progress | None) -> Progress | None:
    """What is told of each page that is read, if there are so many that people wait for it.

    >>> said = []
    >>> told = _of_long_files(lambda *page: said.append(page))
    >>> told(1, _LONG - 1), told(1, _LONG), _of_long_files(None)(1, _LONG)
    (None, None, None)
    >>> said == [(1, _LONG)]
    True
    """

    def told(done: int, total: int) -> None:
        if progress and total >= _LONG:
            progress(done, total)

    return told


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
        shown = listed(numbers)
        yield both(f"trang {shown} {why.vi}: đã nhận dạng", f"pages {shown}: {why.en}; recognised")
