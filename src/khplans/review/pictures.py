"""The pages of a plan's original as pictures, each drawn by a process of its own, within bounds."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_DPI = 110
_LONGEST_S = 30
_MOST_MEMORY = 2_000_000_000
_KEPT = 64
_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


def has_pages(path: Path) -> bool:
    """Whether a file as received is a PDF or a picture of pages."""
    with path.open("rb") as stream:
        return stream.read(4).startswith(_PICTURES)


def drawer(path: Path) -> Callable[[int], bytes | None]:
    """Draws a page as PNG, those last asked for at once; None for a page that can't be drawn."""

    @lru_cache(_KEPT)
    def draw(page: int) -> bytes | None:
        command = [sys.executable, "-P", "-m", "khplans.review.pictures", str(path), str(page)]
        try:
            made = subprocess.run(command, capture_output=True, timeout=_LONGEST_S, check=False)
        except subprocess.TimeoutExpired:
            return None
        return made.stdout if made.returncode == 0 and made.stdout.startswith(b"\x89PNG") else None

    return draw


def main(path: str, page: str) -> None:
    """Draw a page on standard output."""
    with suppress(ImportError, ValueError, OSError):  # not every system has them
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST_S, _LONGEST_S))
    from PIL import Image

    from khplans.intake.pages.pictures import pictures_of

    picture = pictures_of(Path(path).read_bytes()).picture(int(page))
    shown = Image.fromarray(picture.pixels)
    smaller = min(1.0, _DPI / picture.dpi)
    size = (max(1, round(shown.width * smaller)), max(1, round(shown.height * smaller)))
    out = io.BytesIO()
    shown.resize(size, Image.Resampling.LANCZOS).save(out, "PNG")
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:3])
