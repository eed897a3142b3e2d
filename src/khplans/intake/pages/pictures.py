"""The pages of a file as pictures in shades of grey: of a PDF as it would be printed, of PNG, JPEG and TIFF as they are."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageOps

Grey = Any
"""Shades of grey: a NumPy array of bytes, a row a line of the picture."""
DPI = 300
"""Dots per inch at which words are recognised; most scans are made so."""
MOST_PIXELS = 100_000_000
"""Of a picture as it comes; a page of A3 at 600 dpi has 70 million."""
_MOST_READ = 36_000_000
"""Pixels of a page that words are recognised in: A2 at 300 dpi."""
_PLAUSIBLE_DPI = (100, 1_200)
_LONG_SIDE = 842
"""Points of a page of A4, where a picture doesn't tell its size."""
_FORMATS = ("PNG", "JPEG", "TIFF", "MPO")
_NO_PAGE = 1
"""The bit of a TIFF's NewSubfileType that tells a small copy from a page."""
_SUBFILE_TYPE = 254


class Unreadable(ValueError):
    """A file that gives no picture of a page: `why` is a word that `refusals.csv` has after `scan-`."""

    def __init__(self, why: str) -> None:
        self.why = why


def pictures_of(data: bytes) -> PdfPictures | ImagePictures:
    """The pages of a file. Raises `Unreadable`."""
    with _damages():
        return PdfPictures(data) if data.startswith(b"%PDF") else ImagePictures(data)


@contextmanager
def _damages() -> Iterator[None]:
    try:
        yield
    except (MemoryError, Unreadable):
        raise
    except Exception as error:
        # Pictures are damaged in as many ways as their formats have.
        raise Unreadable("damaged") from error


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture and its dots per inch, which are never more than `DPI`."""

    pixels: Grey
    dpi: float


class PdfPictures:
    """The pages of a PDF."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self._document)

    def picture(self, number: int) -> Picture:
        """The picture of a page, counted from 1. Raises `Unreadable`."""
        with _damages():
            page = self._document[number - 1]
            width, height = page.get_size()
            dpi = min(DPI, 72 * math.sqrt(_MOST_READ / max(1, width * height)))
            pixels = page.render(scale=dpi / 72, grayscale=True).to_numpy()
            return Picture(pixels.copy(), dpi)


class ImagePictures:
    """The pages of a PNG, JPEG or TIFF. Raises `Unreadable`, and what Pillow raises of a damaged file."""

    def __init__(self, data: bytes) -> None:

        # The picture's size is looked at before it is unpacked.
        Image.MAX_IMAGE_PIXELS = None
        self._image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if self._image.format == "PNG" and getattr(self._image, "is_animated", False):
            raise Unreadable("animated")
        self._frames = list(self._pages())

    def __len__(self) -> int:
        return len(self._frames)

    def picture(self, number: int) -> Picture:
        """The picture of a page, counted from 1. Raises `Unreadable`."""
        with _damages():
            return self._picture(number)

    def _picture(self, number: int) -> Picture:
        self._image.seek(self._frames[number - 1])
        if math.prod(self._image.size) > MOST_PIXELS:
            raise Unreadable("large")
        shown = _on_white(ImageOps.exif_transpose(self._image))
        dpi = _dpi(shown, self._image.info.get("dpi"))
        smaller = min(1.0, DPI / dpi, math.sqrt(_MOST_READ / math.prod(shown.size)))
        if smaller < 1:
            width, height = (max(1, round(side * smaller)) for side in shown.size)
            shown = shown.resize((width, height), reducing_gap=2.0)
        return Picture(np.array(shown), dpi * smaller)

    def _pages(self) -> Iterator[int]:
        """The places of the pictures that are pages: of a JPEG of several the first."""
        if self._image.format != "TIFF":
            yield 0
            return
        for place in range(getattr(self._image, "n_frames", 1)):
            self._image.seek(place)
            tags: Any = getattr(self._image, "tag_v2", {})
            if not tags.get(_SUBFILE_TYPE, 0) & _NO_PAGE:
                yield place


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in shades of grey, white where nothing is."""
    if image.mode.startswith("I;16"):
        return image.point(lambda shade: shade / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("L")
    return image.convert("L")


def _dpi(image: Image.Image, said: Any) -> float:
    """What a picture says, if that can be; else by the long side of A4.

    >>> from types import SimpleNamespace
    >>> picture = SimpleNamespace(size=(1000, 2000))
    >>> _dpi(picture, (300, 300)), _dpi(picture, (1, 1)) == _dpi(picture, None)
    (300.0, True)
    """
    least, most = _PLAUSIBLE_DPI
    dots = float(said[0]) if isinstance(said, tuple) and said else 0.0
    return dots if least <= dots <= most else 72 * max(image.size) / _LONG_SIDE
