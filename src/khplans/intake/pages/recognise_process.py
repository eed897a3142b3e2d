"""Recognises the pages of the file on standard input and prints them: a process of its own, within bounds.

First a line that tells how many pages there are, the numbers of those that it reads and what reads them,
then a line for each; or a line with a word of `recognise.REFUSALS` and the number of the page.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from khplans.intake.pages.pictures import Animated, Damaged, TooLarge, pictures_of
from khplans.intake.pages.recognise import LANGUAGE
from khplans.intake.pages.recognised_page import Recogniser
from khplans.intake.pages.wire import page_line, send

MOST_PAGES = 2_000
MOST_MEMORY = 2 << 30
"""Bytes of addresses, of which libraries take the most without using them."""
A_PAGE_S = 10
"""Seconds of the processor."""


def main() -> None:
    """Read and send."""
    _bound_memory()
    _bound_time()
    folder, part, parts, numbers = json.loads(sys.argv[1])
    for line in _lines(sys.stdin.buffer.read(), folder, slice(part, None, parts), numbers):
        send(line)


def _lines(data: bytes, folder: str, part: slice, numbers: Sequence[int] | None) -> Iterator[str]:
    number = 1
    try:
        pictures = pictures_of(data)
        wanted = numbers or range(1, len(pictures) + 1)
        if len(wanted) > MOST_PAGES:
            yield _refused("pages", len(wanted))
            return
        own = list(wanted)[part]
        yield json.dumps({"pages": len(wanted), "numbers": own, "tools": _tools(folder)})
        recogniser = Recogniser(folder) if own else None
        for number in own:
            _bound_time()
            assert recogniser
            yield page_line(recogniser.page(number, pictures.picture(number)))
    except TooLarge:
        yield _refused("large", number)
    except Animated:
        yield _refused("animated", number)
    except MemoryError:
        yield _refused("memory", number)
    except Damaged:
        yield _refused("damaged", number)


def _refused(why: str, number: int) -> str:
    return json.dumps({"refused": why, "page": number})


def _tools(folder: str) -> list[str]:
    """What recognises, with versions; the model has none but its bytes."""
    import tesserocr

    model = hashlib.sha256((Path(folder) / f"{LANGUAGE}.traineddata").read_bytes())
    version = tesserocr.tesseract_version().split()[1]
    return [f"tesseract {version}", f"{LANGUAGE}.traineddata {model.hexdigest()[:12]}"]


def _bound_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has them
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _bound_time() -> None:
    """From now on a page's time, and no more."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = int(used.ru_utime + used.ru_stime) + 1 + A_PAGE_S
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hardest))


if __name__ == "__main__":
    main()
