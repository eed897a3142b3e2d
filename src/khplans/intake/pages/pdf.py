"""The pages of a PDF, read in a process of its own that a harmful file can't take along."""

from __future__ import annotations

from dataclasses import dataclass

from khplans.errors import both
from khplans.intake.pages.page import Page
from khplans.intake.pages.process import Progress, refuse_unread, run, start
from khplans.intake.pages.wire import page_of
from khplans.intake.parsers import parser_of

_LONGEST_S = 1_800
"""Of the clock; the process itself is bound by seconds of the processor for each page."""
_SAVE_AGAIN = both(
    "mở bằng trình đọc PDF rồi in lại thành PDF", "open it in a PDF reader and print it to PDF anew"
)
_SPLIT = both("chia nhỏ tệp", "split the file")
REFUSALS = {
    "locked": ("PDF có mật khẩu", "a PDF with a password",
               both("gỡ mật khẩu rồi lưu lại", "take the password off and save it again")),
    "damaged": ("PDF hỏng", "a damaged PDF", _SAVE_AGAIN),
    "pages": ("PDF quá nhiều trang: {page}", "a PDF of too many pages: {page}", _SPLIT),
    "much": ("PDF quá nhiều chữ hoặc nét kẻ: dừng ở trang {page}", "a PDF of too many characters or lines: stopped at page {page}", _SPLIT),
    "page": ("PDF có trang quá lớn: trang {page}", "a PDF with a page beyond bounds: page {page}", _SAVE_AGAIN),
    "memory": ("đọc PDF cần quá nhiều bộ nhớ, từ trang {page}", "reading the PDF takes too much memory, from page {page} on", _SPLIT),
    "time": ("đọc PDF quá lâu: hơn một giây mỗi trang, dừng ở trang {page}",
             "reading the PDF takes more than a second a page: stopped at page {page}", _SAVE_AGAIN),
    "crash": ("PDF hỏng hoặc quá lớn: đọc bị ngắt ở trang {page}", "a PDF damaged or beyond bounds: reading it broke off at page {page}", _SAVE_AGAIN),
}  # fmt: skip
"""What is said of a PDF that can't be read, in both languages, and what to do."""


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
    refuse_unread(worker, REFUSALS, where)
    return PagesRead(tuple(map(page_of, worker.lines)), tuple(worker.told["tools"]))
