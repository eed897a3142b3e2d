"""From the coordinates of a PDF's page to points from the top left corner of the page as it is shown."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from khplans.intake.pages.glyphs import Glyph
from khplans.intake.pages.page import Box

RIGHT, DOWN, LEFT, UP = range(4)
"""The directions that text runs in, in quarter turns to the right."""
_FINE = 1_000
_STRAIGHT = 0.05
"""Quarter turns that text may be off."""


@dataclass(frozen=True, slots=True)
class Placing:
    """An affine map: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the inner coordinates, whose y runs up, comes to lie."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def after(self, inner: Placing) -> Placing:
        """`inner` first, then this one."""
        e, f = self.point(inner.e, inner.f)
        return Placing(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )

    def direction(self, x: float, y: float) -> int | None:
        """Which way a step of the inner coordinates goes; None for a slant.

        >>> Placing(1, 0, 0, -1, 0, 842).direction(0, 1) == UP, Placing(1, 0, 0, -1, 0, 842).direction(1, 1)
        (True, None)
        """
        turns = math.atan2(self.b * x + self.d * y, self.a * x + self.c * y) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < _STRAIGHT else None


def placing_of(page: Any, width: float, height: float) -> Placing:
    """The map of a page of PDFium's: its crop box and rotation are in it."""
    x, y = ctypes.c_int(), ctypes.c_int()
    size = (max(1, round(width * _FINE)), max(1, round(height * _FINE)))

    def seen(inner_x: float, inner_y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, inner_x, inner_y, x, y)
        return x.value / _FINE, y.value / _FINE

    e, f = seen(0, 0)
    (ax, bx), (cx, dx) = seen(1_000, 0), seen(0, 1_000)
    return Placing((ax - e) / 1_000, (bx - f) / 1_000, (cx - e) / 1_000, (dx - f) / 1_000, e, f)


def turned_point(
    x: float, y: float, direction: int, size: tuple[float, float]
) -> tuple[float, float]:
    """A point of a page of a size, once the page is turned so that text of a direction runs right.

    >>> turned_point(10, 20, DOWN, (600, 800)), turned_point(10, 20, UP, (600, 800))
    ((20, 590), (780, 10))
    """
    width, height = size
    places = ((x, y), (y, width - x), (width - x, height - y), (height - y, x))
    return places[direction]


def turned_box(box: Box, direction: int, size: tuple[float, float]) -> Box:
    x0, y0 = turned_point(box.left, box.top, direction, size)
    x1, y1 = turned_point(box.right, box.bottom, direction, size)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def turned_size(direction: int, size: tuple[float, float]) -> tuple[float, float]:
    """The size of a page, its sides changed about where it lies on one.

    >>> turned_size(RIGHT, (2.0, 3.0)), turned_size(DOWN, (2.0, 3.0))
    ((2.0, 3.0), (3.0, 2.0))
    """
    return size if direction in (RIGHT, LEFT) else (size[1], size[0])


def turned(glyph: Glyph, direction: int, size: tuple[float, float]) -> Glyph:
    """A character on its page turned so that text of a direction runs right."""
    x, y = turned_point(glyph.x, glyph.y, direction, size)
    return replace(glyph, box=turned_box(glyph.box, direction, size), x=x, y=y)
