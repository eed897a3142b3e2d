"""Reads a PDF on standard input and prints its pages: a process of its own, within bounds of time and memory.

First a line with how many pages there are and what reads them, then a line for each page; or a line
with a word of `pdf.REFUSALS` and the number of the page.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress

from khplans.intake.pages.embedded_fonts import EmbeddedFonts
from khplans.intake.pages.pdf_pages import TooMuch, read_page
from khplans.intake.pages.wire import page_line, send

MOST_PAGES = 2_000
MOST_MEMORY = 900_000_000
"""Bytes."""
_TO_OPEN_S, _A_PAGE_S = 10, 1
"""Seconds of the processor."""


def main() -> None:
    """Read and send."""
    _bound_memory()
    _bound_time(0)
    for line in _lines(sys.stdin.buffer.read()):
        send(line)


def _lines(data: bytes) -> Iterator[str]:
    import pypdfium2

    number = 0
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            yield _refused("pages" if count else "damaged", count)
            return
        _bound_time(count)
        yield json.dumps({"pages": count, "tools": _tools()})
        fonts = EmbeddedFonts(data)
        for number in range(1, count + 1):
            yield page_line(read_page(document, number, fonts))
    except TooMuch:
        yield _refused("page", number)
    except pypdfium2.PdfiumError as error:
        yield _refused("locked" if error.err_code == _locked() else "damaged", number)
    except (MemoryError, OSError):
        yield _refused("memory", number)


def _refused(why: str, number: int) -> str:
    return json.dumps({"refused": why, "page": number})


def _locked() -> int:
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDF_ERR_PASSWORD)


def _tools() -> list[str]:
    from importlib.metadata import version

    return [f"{name} {version(name)}" for name in ("pypdfium2", "pdfminer.six")]


def _bound_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has them
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _bound_time(pages: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        allowed = _TO_OPEN_S + _A_PAGE_S * pages
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hardest))


if __name__ == "__main__":
    main()
