"""Pages of scans as pictures for people, drawn in a process of their own."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from khplans.intake.pages.process import refuse_unread, run, start
from khplans.intake.parsers import needed

_LONGEST_S = 7_200


def pictures_of_pages(data: bytes, where: str, turned: Mapping[int, float]) -> dict[int, bytes]:
    """Pages of a PDF, PNG, JPEG or TIFF as WebP, by their number.

    `turned` has the pages that are wanted, each with the degrees to the left by which it stood straight when
    its words were recognised. The same file gives the same bytes. Raises `KhplansError` where Pillow or
    pypdfium2 isn't installed, and as `recognise` for what can't be drawn.
    """
    for module in ("PIL", "pypdfium2"):
        needed(module, where, "scan", "cần {} để vẽ trang quét", "drawing scanned pages needs {}")
    wanted = sorted(turned.items())
    worker = start("shown_process", json.dumps(wanted))
    run([worker], data, _LONGEST_S)
    refuse_unread(worker, "scan", where)
    lines = zip(wanted, worker.lines, strict=True)
    return {number: base64.b64decode(line) for (number, _), line in lines}
