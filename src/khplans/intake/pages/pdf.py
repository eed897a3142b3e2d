"""The pages of a PDF, read in a process of its own that a harmful file can't take along."""

from __future__ import annotations

from dataclasses import dataclass

from khplans.intake.pages.page import Page
from khplans.intake.pages.process import Progress, refuse_unread, run, start
from khplans.intake.pages.wire import page_of
from khplans.intake.parsers import parser_of

_LONGEST_S = 1_800
"""Of the clock; the process itself is bound by seconds of the processor for each page."""


@dataclass(frozen=True, slots=True)
class PagesRead:
    """The pages of a file, in order, and the tools that read them."""

    pages: tuple[Page, ...]
    tools: tuple[str, ...]


def read_pdf(data: bytes, where: str, progress: Progress | None = None) -> PagesRead:
    """The pages of a PDF; `where` is what errors call the file. `progress` is told of each page.

    Raises `KhplansError` where it has a password, is damaged, or is beyond bounds: pages, their size and
    characters, a second of the processor a page, a gigabyte of memory.
    """
    for module in ("pdfminer", "pypdfium2"):
        parser_of(".pdf", module, where, extra="pdf")
    worker = start("pdf_process")
    run([worker], data, _LONGEST_S, progress)
    refuse_unread(worker, "pdf", where)
    return PagesRead(tuple(map(page_of, worker.lines)), tuple(worker.told["tools"]))
