"""The pages of a PDF, read in a process of its own that a harmful file can't take along."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from khplans.errors import KhplansError, both
from khplans.intake.pages.bounded_process import refusal, started, why_ended
from khplans.intake.pages.page import Page
from khplans.intake.pages.wire import page_of

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


def read_pdf(data: bytes, where: str) -> PagesRead:
    """The pages of a PDF; `where` is what errors call the file.

    Raises `KhplansError` where it has a password, is damaged, or is beyond bounds: pages, their size and
    characters, a second of the processor a page, a gigabyte of memory.
    """
    _refuse_without_tools(where)
    printed, ended = _run(data)
    first, *lines = printed.rstrip("\n").split("\n")
    told = _told(first)
    last = _told(lines[-1]) if lines else told
    for answer in (told, last):
        if "refused" in answer:
            raise refusal(REFUSALS, answer["refused"], answer["page"], where)
    if ended != 0 or len(lines) != told.get("pages"):
        raise refusal(REFUSALS, why_ended(ended), len(lines) + 1, where)
    return PagesRead(tuple(map(page_of, lines)), tuple(told["tools"]))


def _refuse_without_tools(where: str) -> None:
    try:
        import pdfminer
        import pypdfium2  # noqa: F401
    except ImportError as error:
        raise KhplansError(
            both(f"cần {error.name} để đọc .pdf", f"reading .pdf needs {error.name}"),
            where=where,
            remedy="pip install 'khplans[pdf]'",
        ) from None
    del pdfminer


def _run(data: bytes) -> tuple[str, int | None]:
    """What the process that reads a PDF prints, and how it ended; None where it had to be ended."""
    process = started("khplans.intake.pages.pdf_process")
    try:
        printed, _ = process.communicate(data, timeout=_LONGEST_S)
    except subprocess.TimeoutExpired:
        return "", None
    finally:
        if process.returncode is None:
            process.kill()
            process.communicate()
    return printed.decode("utf-8", "replace"), process.returncode


def _told(line: str) -> dict[str, Any]:
    """What a line says that isn't a page."""
    return json.loads(line) if line.startswith("{") else {}
