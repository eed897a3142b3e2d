"""From the bytes of a PDF to its text and layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khplans.errors import KhplansError, both
from khplans.intake.kinds import RECOGNISE
from khplans.intake.pages.flow import text_of_pages
from khplans.intake.pages.page import Page
from khplans.intake.pages.pdf import read_pdf
from khplans.intake.pages.recognition import Reason, needs_recognition
from khplans.intake.taken import Taken

_SHOWN = 10


def read_pages(data: bytes, where: str) -> Taken:
    """The text of a PDF and its layout; `where` is what errors call the file.

    Raises `KhplansError` as `read_pdf`, and where pages have no text that can be relied on.
    """
    read = read_pdf(data, where)
    _refuse_pictures(read.pages, where)
    return replace(text_of_pages(read.pages, where), tools=read.tools)


def _refuse_pictures(pages: Iterable[Page], where: str) -> None:
    """Raise `KhplansError` where the words of pages must be recognised from their picture."""
    found: dict[Reason, list[int]] = {}
    for page in pages:
        reason = needs_recognition(page)
        if reason:
            found.setdefault(reason, []).append(page.number)
    if found:
        vi = "; ".join(f"trang {_listed(numbers)} {why.vi}" for why, numbers in found.items())
        en = "; ".join(f"pages {_listed(numbers)}: {why.en}" for why, numbers in found.items())
        raise KhplansError(both(vi, en), where=where, remedy=RECOGNISE)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
