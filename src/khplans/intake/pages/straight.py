"""A scanned page straightened, and the lines drawn on it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from khplans.intake.pages.pictures import Grey

_MOST_TURNED = 8.0
"""Degrees by which a page is looked at for being turned."""
_COARSE, _FINE = 0.5, 0.05
_LEAST_TURNED = 0.15
_SMALL_SIDE = 800
"""Pixels of the long side of the picture in which the angle is measured."""
_SPECK = 3
"""Pixels of a speck of dust."""
_WHITE = 250
_SHADED = 0.2
"""Share of paper that isn't white, from which on it is cleaned; the edges of letters take 5 %."""
_SPECKLED = 0.25
"""Share of specks in all that is dark, from which on a page is cleaned; in real scans it is 12 % at most."""


@dataclass(frozen=True, slots=True)
class PixelLine:
    """A line across or down a picture, in pixels: where it is on the other axis, and from where to where it goes."""

    across: bool
    at: float
    start: float
    end: float


def straightened(pixels: Grey) -> tuple[Grey, float]:
    """The page so turned that its lines lie level, and by how many degrees to the left; dust goes first, which turning would spread."""
    if _is_speckled(pixels):
        pixels = cv2.medianBlur(pixels, 3)
    pixels = _on_clean_paper(pixels)
    angle = turned_by(pixels)
    return (_turned(pixels, angle), angle) if abs(angle) >= _LEAST_TURNED else (pixels, 0.0)


def turned_by(pixels: Grey) -> float:
    """Degrees by which the lines of a page fall to the right: those at which its rows differ most."""
    scale = _SMALL_SIDE / max(pixels.shape)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)

    def contrast(angle: float) -> float:
        # To the nearest dot: smoothing would favour the page as it is.
        turned = cv2.warpAffine(ink, _turning(ink, angle), ink.shape[::-1], flags=cv2.INTER_NEAREST)
        rows = turned.sum(axis=1, dtype=np.int64)
        return float((np.diff(rows) ** 2).sum())

    def best(middle: float, reach: float, step: float) -> float:
        count = round(reach / step)
        return max((middle + step * i for i in range(-count, count + 1)), key=contrast)

    return best(best(0.0, _MOST_TURNED, _COARSE), _COARSE, _FINE)


def _turned(pixels: Grey, angle: float) -> Grey:
    matrix, size = _turning(pixels, angle), pixels.shape[::-1]
    turned: Grey = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255)
    return turned


def _turning(pixels: Grey, angle: float) -> Any:
    height, width = pixels.shape
    return cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)


def _is_speckled(pixels: Grey) -> bool:
    """Whether a good part of all that is dark on a page is dust."""
    _, ink = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    return bool((stats[1:count, cv2.CC_STAT_AREA] <= _SPECK).sum() > _SPECKLED * count)


def _on_clean_paper(pixels: Grey) -> Grey:
    """The page with its paper white, where that is of many shades: in a cell of few words they would pass for ink."""
    darkest, _ = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = pixels[pixels > darkest]
    if not paper.size or (paper < _WHITE).mean() < _SHADED:
        return pixels
    cleaned = pixels.copy()
    cleaned[pixels > (darkest + float(paper.mean())) / 2] = 255
    return cleaned


def pixel_lines(pixels: Grey, dpi: float) -> tuple[PixelLine, ...]:
    """The lines on a straight page, across before down, each put to those that it ends at."""
    _, ink = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    across = _long(_joined(_drawn(ink, dpi, across=True), dpi), dpi / 4)
    down = _long(_joined(_drawn(ink, dpi, across=False), dpi), dpi / 6)
    down = [line for line in down if any(_meet(line, other, dpi / 12) for other in across)]
    ends_across = [_put_to(line, down, dpi / 12) for line in across]
    return (*ends_across, *(_put_to(line, across, dpi / 12) for line in down))


def _drawn(ink: Grey, dpi: float, *, across: bool) -> Iterator[PixelLine]:
    """The straight pieces of a page that are long and thin."""

    def block(along: int, beside: int) -> Grey:
        shape = (along, beside) if across else (beside, along)
        element: Grey = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        return element

    # Bent by a pixel or two along their way, lines hold together when they are thickened first.
    pieces = cv2.morphologyEx(
        cv2.dilate(ink, block(1, 3)), cv2.MORPH_OPEN, block(round(dpi / 6), 1)
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(pieces)
    for left, top, width, height, _ in stats[1:count]:
        long, thin = (width, height) if across else (height, width)
        if thin <= dpi / 12 and long >= 4 * thin:
            start, at = (left, top) if across else (top, left)
            yield PixelLine(across, float(at + thin / 2), float(start), float(start + long))


def _joined(lines: Iterator[PixelLine], dpi: float) -> list[PixelLine]:
    """Pieces of a line that lie in a row, as one."""
    made: list[PixelLine] = []
    for line in sorted(lines, key=lambda line: line.start):
        for i, other in enumerate(made):
            in_row = abs(other.at - line.at) <= dpi / 40 and line.start - other.end <= dpi / 10
            if in_row:
                made[i] = replace(other, end=max(other.end, line.end), at=(other.at + line.at) / 2)
                break
        else:
            made.append(line)
    return sorted(made, key=lambda line: (line.at, line.start))


def _long(lines: list[PixelLine], least: float) -> list[PixelLine]:
    return [line for line in lines if line.end - line.start >= least]


def _meet(line: PixelLine, other: PixelLine, near: float) -> bool:
    """Whether a line touches one of the other way, or nearly so.

    >>> across, down = PixelLine(True, 5, 0, 10), PixelLine(False, 3, 6, 20)
    >>> _meet(across, down, 1), _meet(across, down, 0), _meet(across, PixelLine(False, 12, 0, 20), 1)
    (True, False, False)
    """
    return (
        other.start - near <= line.at <= other.end + near
        and line.start - near <= other.at <= line.end + near
    )


def _put_to(line: PixelLine, others: list[PixelLine], near: float) -> PixelLine:
    """The line, its ends on the lines that they nearly meet."""
    places = [other.at for other in others if _meet(line, other, near)]
    start = min(places, key=lambda at: abs(at - line.start), default=math.inf)
    end = min(places, key=lambda at: abs(at - line.end), default=math.inf)
    return replace(
        line,
        start=start if abs(start - line.start) <= near else line.start,
        end=end if abs(end - line.end) <= near else line.end,
    )
