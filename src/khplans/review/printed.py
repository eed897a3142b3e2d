"""Where the words of a printed PDF stand on its pages: its layout keeps that of recognised words alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.errors import KhplansError
from khplans.intake.files import read_bytes
from khplans.intake.plans import original_of

if TYPE_CHECKING:
    from khplans.intake.pages.page import Page
    from khplans.layout import Recognised
    from khplans.model import Source


def printed_words(folder: Path, source: Source) -> tuple[Recognised, ...]:
    """The words of a plan's PDF with their boxes; none where it is no PDF, has recognised words, or is read otherwise today."""
    original = original_of(folder)
    layout = source.layout
    if original is None or original.suffix != ".pdf" or layout is None or layout.words:
        return ()
    from khplans.intake.pages.flow import text_of_pages
    from khplans.intake.pages.old_fonts import in_unicode
    from khplans.intake.pages.pdf import read_pdf

    try:
        pages, _ = in_unicode(read_pdf(read_bytes(original), str(original)).pages, str(original))
        taken = text_of_pages(tuple(map(_as_recognised, pages)), str(original))
    except KhplansError:
        return ()
    same = taken.text == source.text and taken.layout is not None
    return taken.layout.words if same and taken.layout else ()


def _as_recognised(page: Page) -> Page:
    """A page whose words are kept with their boxes, as recognised ones are."""
    return replace(page, words=tuple(replace(word, confidence=100.0) for word in page.words))
