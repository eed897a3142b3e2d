"""Draws pages of the file on standard input as they are shown to people: a process of its own, within bounds.

First a line that tells how many pages were asked for and their numbers, then for each its picture in Base64;
or a line with a word that `refusals.csv` has after `scan-` and the number of the page.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Iterator, Sequence

from PIL import Image

from khplans.intake.pages.bounds import A_PICTURE_S, PICTURES_MEMORY, bound_memory, bound_time
from khplans.intake.pages.pictures import Grey, Unreadable, pictures_of
from khplans.intake.pages.wire import refused_line, send

LONGEST_SIDE = 1_754
"""Pixels: A4 at 150 dpi, in which small print can be read."""
MOST_BYTES = 300_000
"""Of a picture."""
_QUALITIES = (50, 30, 15)
"""Of WebP, the first that keeps a picture within `MOST_BYTES`; beyond the last it is halved."""

Wanted = Sequence[tuple[int, float]]
"""Pages by number, and the degrees to the left by which each is to be turned."""


def main() -> None:
    """Draw and send."""
    bound_memory(PICTURES_MEMORY)
    bound_time(A_PICTURE_S)
    for line in _lines(sys.stdin.buffer.read(), json.loads(sys.argv[1])):
        send(line)


def _lines(data: bytes, wanted: Wanted) -> Iterator[str]:
    yield json.dumps({"pages": len(wanted), "numbers": [number for number, _ in wanted]})
    number = 1
    try:
        pictures = pictures_of(data)
        for number, turned in wanted:
            bound_time(A_PICTURE_S)
            drawn = shown(pictures.picture(number).pixels, turned)
            yield base64.b64encode(_packed(drawn)).decode("ascii")
    except Unreadable as error:
        yield refused_line(error.why, number)
    except MemoryError:
        yield refused_line("memory", number)


def shown(pixels: Grey, turned: float) -> Image.Image:
    """The page upright and no larger than people need it."""
    quarters = round(turned / 90)
    drawn = Image.fromarray(pixels).rotate(90 * quarters, expand=True)
    scale = min(1.0, LONGEST_SIDE / max(drawn.size))
    size = (max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale)))
    drawn = drawn.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    angle = turned - 90 * quarters
    return drawn.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else drawn


def _packed(drawn: Image.Image) -> bytes:
    while True:
        for quality in _QUALITIES:
            made = io.BytesIO()
            drawn.save(made, "WEBP", quality=quality)
            if made.tell() <= MOST_BYTES:
                return made.getvalue()
        drawn = drawn.resize((max(1, drawn.width // 2), max(1, drawn.height // 2)))


if __name__ == "__main__":
    main()
