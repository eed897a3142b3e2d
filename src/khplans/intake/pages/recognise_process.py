"""Recognises the pages of the file on standard input and prints them: a process of its own, within bounds.

First a line that tells how many pages there are, the numbers of those that it reads and what reads them,
then a line for each; or a line with a word that `refusals.csv` has after `scan-` and the number of the page.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import tesserocr

from khplans.intake.pages.bounds import (
    A_PICTURE_S,
    MOST_PAGES,
    PICTURES_MEMORY,
    bound_memory,
    bound_time,
)
from khplans.intake.pages.pictures import Unreadable, pictures_of
from khplans.intake.pages.recognise import LANGUAGE
from khplans.intake.pages.recognised_page import Recogniser
from khplans.intake.pages.wire import page_line, refused_line, send


def main() -> None:
    """Read and send."""
    bound_memory(PICTURES_MEMORY)
    bound_time(A_PICTURE_S)
    folder, part, parts, numbers = json.loads(sys.argv[1])
    for line in _lines(sys.stdin.buffer.read(), folder, slice(part, None, parts), numbers):
        send(line)


def _lines(data: bytes, folder: str, part: slice, numbers: Sequence[int] | None) -> Iterator[str]:
    number = 1
    try:
        pictures = pictures_of(data)
        wanted = numbers or range(1, len(pictures) + 1)
        if len(wanted) > MOST_PAGES:
            yield refused_line("pages", len(wanted))
            return
        own = list(wanted)[part]
        yield json.dumps({"pages": len(wanted), "numbers": own, "tools": _tools(folder)})
        recogniser = Recogniser(folder) if own else None
        for number in own:
            bound_time(A_PICTURE_S)
            assert recogniser
            yield page_line(recogniser.page(number, pictures.picture(number)))
    except Unreadable as error:
        yield refused_line(error.why, number)
    except MemoryError:
        yield refused_line("memory", number)


def _tools(folder: str) -> list[str]:
    """What recognises, with versions; the model has none but its bytes."""
    model = hashlib.sha256((Path(folder) / f"{LANGUAGE}.traineddata").read_bytes())
    version = tesserocr.tesseract_version().split()[1]
    return [f"tesseract {version}", f"{LANGUAGE}.traineddata {model.hexdigest()[:12]}"]


if __name__ == "__main__":
    main()
