"""Reads a PDF on standard input and prints its pages: a process of its own, within bounds of time and memory.

First a line with how many pages there are and what reads them, then a line for each page; or a line
with a word that `refusals.csv` has after `pdf-` and the number of the page.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version

import pypdfium2
import pypdfium2.raw as pdfium

from khplans.intake.decoding import MOST_CHARACTERS
from khplans.intake.pages.bounds import MOST_PAGES, bound_memory, bound_time
from khplans.intake.pages.embedded_fonts import EmbeddedFonts
from khplans.intake.pages.pdf_pages import TooMuch, read_page
from khplans.intake.pages.wire import page_line, refused_line, send

MOST_MEMORY = 900_000_000
"""Bytes."""
MOST_RULES = 1_000_000
"""Of a file; a page of tables has some hundreds, their pieces counted each."""
_TO_OPEN_S, _A_PAGE_S = 10, 1
"""Seconds of the processor."""


def main() -> None:
    """Read and send."""
    bound_memory(MOST_MEMORY)
    bound_time(_TO_OPEN_S)
    for line in _lines(sys.stdin.buffer.read()):
        send(line)


def _lines(data: bytes) -> Iterator[str]:
    number = characters = rules = 0
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            yield refused_line("pages" if count else "damaged", count)
            return
        bound_time(_A_PAGE_S * count)
        yield json.dumps({"pages": count, "tools": _tools()})
        fonts = EmbeddedFonts(data)
        for number in range(1, count + 1):
            page = read_page(document, number, fonts)
            characters += sum(len(word.text) for word in page.words)
            characters += sum(len(aside.text) for aside in page.asides)
            rules += len(page.rules)
            if characters > MOST_CHARACTERS or rules > MOST_RULES:
                yield refused_line("much", number)
                return
            yield page_line(page)
    except TooMuch:
        yield refused_line("page", number)
    except pypdfium2.PdfiumError as error:
        yield refused_line(
            "locked" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "damaged", number
        )
    except (MemoryError, OSError):
        yield refused_line("memory", number)


def _tools() -> list[str]:
    return [f"{name} {version(name)}" for name in ("pypdfium2", "pdfminer.six")]


if __name__ == "__main__":
    main()
