"""The words of scanned pages, recognised in processes of their own, two pages side by side."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path

from khplans.errors import refusal
from khplans.intake.pages.pdf import PagesRead
from khplans.intake.pages.process import Progress, refuse_unread, run, start
from khplans.intake.pages.wire import page_of
from khplans.intake.parsers import needed

PICTURES = frozenset(("png", "jpeg", "tiff"))
"""Kinds of files that are pictures of pages."""
LANGUAGE = "vie"
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_OF_ONE_PAGE = (b"\x89PNG", b"\xff\xd8\xff")
_AT_ONCE = 2
_LONGEST_S = 7_200
"""Of the clock; the processes themselves are bound by seconds of the processor for each page."""


def recognise(
    data: bytes, where: str, numbers: Sequence[int] | None = None, progress: Progress | None = None
) -> PagesRead:
    """The pages of a PDF, PNG, JPEG or TIFF as they are recognised: those of these numbers, or all of them.

    Each word has its confidence; a number that two looks read otherwise has hardly any. Pages that are
    turned are straightened. `progress` is told of each page. Raises
    `KhplansError` where Tesseract or its Vietnamese model isn't installed, for damaged files, and beyond
    bounds: pixels, pages, ten seconds of the processor a page, two gigabytes of memory.
    """
    folder = _models(where)
    has_one = data.startswith(_OF_ONE_PAGE) or (numbers is not None and len(numbers) == 1)
    parts = 1 if has_one else _AT_ONCE
    workers = [
        start("recognise_process", json.dumps([folder, part, parts, numbers]))
        for part in range(parts)
    ]
    run(workers, data, _LONGEST_S, progress)
    for worker in workers:
        refuse_unread(worker, "scan", where)
    pages = [page_of(line) for worker in workers for line in worker.lines]
    return PagesRead(
        tuple(sorted(pages, key=attrgetter("number"))), tuple(workers[0].told["tools"])
    )


def _models(where: str) -> str:
    """The folder that has Tesseract's models."""
    for module in ("cv2", "PIL", "pypdfium2", "tesserocr"):
        vi, en = "là bản quét, cần {} để nhận dạng", "a scan: recognising it needs {}"
        needed(module, where, "scan", vi, en)
    for folder in (os.environ.get("TESSDATA_PREFIX", ""), *_FOLDERS):
        if folder and (Path(folder) / f"{LANGUAGE}.traineddata").is_file():
            return folder
    raise refusal("tesseract-model-missing", where)
