"""Pages of scans as pictures for people, drawn in a process of their own."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from khplans.errors import KhplansError, both
from khplans.intake.pages.process import run, start
from khplans.intake.pages.recognise import refuse_unread

_LONGEST_S = 7_200


def pictures_of_pages(data: bytes, where: str, turned: Mapping[int, float]) -> dict[int, bytes]:
    """Pages of a PDF, PNG, JPEG or TIFF as WebP, by their number.

    `turned` has the pages that are wanted, each with the degrees to the left by which it stood straight when
    its words were recognised. The same file gives the same bytes. Raises `KhplansError` where Pillow or
    pypdfium2 isn't installed, and as `recognise` for what can't be drawn.
    """
    _refuse_without_tools(where)
    wanted = sorted(turned.items())
    worker = start("shown_process", json.dumps(wanted))
    run([worker], data, _LONGEST_S)
    refuse_unread(worker, where)
    lines = zip(wanted, worker.lines, strict=True)
    return {number: base64.b64decode(line) for (number, _), line in lines}


def _refuse_without_tools(where: str) -> None:
    try:
        import PIL
        import pypdfium2  # noqa: F401
    except ImportError as error:
        raise KhplansError(
            "library-missing",
            both(f"cần {error.name} để vẽ trang quét", f"drawing scanned pages needs {error.name}"),
            where=where,
            remedy="pip install 'khplans[scan]'",
        ) from None
    del PIL
