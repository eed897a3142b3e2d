"""What is drawn on a PDF's page: the straight lines that tables are made of, and how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from khplans.intake.pages.page import Box, DrawnRule
from khplans.intake.pages.placing import Placing

MOST_OBJECTS = 300_000
_MOST_NESTED = 12
_THIN = 2.5
"""Points: a filled rectangle that is less wide is a line. Word draws borders so, and shades with wider ones."""
_STRAIGHT = 0.6
"""Points that a straight line may be off."""
_WHITE = 250

Point = tuple[float, float]
Path = list[Point]


@dataclass(slots=True)
class Drawing:
    """The lines of a page, the boxes of its pictures and of what is drawn with curves, and how much was looked at."""

    rules: list[DrawnRule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0


def drawing_of(page: Any, placing: Placing) -> Drawing:
    """What is drawn on a page of PDFium's; what lies beyond `MOST_OBJECTS` or is nested deeper than 12 isn't looked at."""
    made = Drawing()
    things = (pdfium.FPDFPage_GetObject(page, i) for i in range(pdfium.FPDFPage_CountObjects(page)))
    _draw(things, placing, made, 0)
    return made


def _draw(things: Iterator[Any], placing: Placing, made: Drawing, depth: int) -> None:
    for thing in things:
        made.objects += 1
        if made.objects > MOST_OBJECTS:
            return
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _draw_path(thing, placing.after(_matrix(thing)), made)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            made.pictures.append(_bounds(thing, placing))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_NESTED:
            count = max(0, pdfium.FPDFFormObj_CountObjects(thing))
            inner = (pdfium.FPDFFormObj_GetObject(thing, i) for i in range(count))
            _draw(inner, placing.after(_matrix(thing)), made, depth + 1)


def _matrix(thing: Any) -> Placing:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, m):
        return Placing(1, 0, 0, 1, 0, 0)
    return Placing(m.a, m.b, m.c, m.d, m.e, m.f)


def _bounds(thing: Any, placing: Placing) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return placing.box(left.value, bottom.value, right.value, top.value)


def _draw_path(thing: Any, placing: Placing, made: Drawing) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
    filled = bool(fill.value) and _is_seen(thing, pdfium.FPDFPageObj_GetFillColor)
    stroked = bool(stroke.value) and _is_seen(thing, pdfium.FPDFPageObj_GetStrokeColor)
    if not (filled or stroked):
        return
    paths = _paths(thing, placing)
    if paths is None:
        made.pictures.append(_path_box(thing, placing))
        return
    for path in paths:
        made.rules += _sides(path) if stroked else _thin_box(path)


def _is_seen(thing: Any, colour_of: Any) -> bool:
    """Whether a colour shows on paper."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(thing, *parts):
        return True
    *colour, alpha = (part.value for part in parts)
    return alpha > 0 and min(colour) < _WHITE


def _paths(thing: Any, placing: Placing) -> list[Path] | None:
    """The corners of each part of a path; None for one with curves."""
    paths: list[Path] = []
    for segment, point in _segments(thing, placing):
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return None
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not paths:
            paths.append([])
        paths[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            paths[-1].append(paths[-1][0])
    return paths


def _segments(thing: Any, placing: Placing) -> Iterator[tuple[Any, Point]]:
    """The segments of a path, each with the point that it goes to."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(max(0, pdfium.FPDFPath_CountSegments(thing))):
        segment = pdfium.FPDFPath_GetPathSegment(thing, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        yield segment, placing.point(x.value, y.value)


def _path_box(thing: Any, placing: Placing) -> Box:
    xs, ys = zip(*(point for _, point in _segments(thing, placing)), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _sides(path: Path) -> Iterator[DrawnRule]:
    """The straight sides of a path that is stroked.

    >>> list(_sides([(0, 5), (100, 5.2), (120, 40)]))
    [DrawnRule(x0=0, y0=5, x1=100, y1=5)]
    """
    for (x0, y0), (x1, y1) in pairwise(path):
        if abs(y1 - y0) <= _STRAIGHT < abs(x1 - x0):
            yield DrawnRule(min(x0, x1), y0, max(x0, x1), y0)
        elif abs(x1 - x0) <= _STRAIGHT < abs(y1 - y0):
            yield DrawnRule(x0, min(y0, y1), x0, max(y0, y1))


def _thin_box(path: Path) -> Iterator[DrawnRule]:
    """The line that a thin rectangle draws.

    >>> list(_thin_box([(10, 5), (100, 5), (100, 6), (10, 6), (10, 5)])), list(_thin_box([(10, 5), (100, 5), (100, 60), (10, 60)]))
    ([DrawnRule(x0=10, y0=5.5, x1=100, y1=5.5)], [])
    """
    xs, ys = [x for x, _ in path], [y for _, y in path]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    wide, high = right - left, bottom - top
    if high < _THIN and high < wide:
        yield DrawnRule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif wide < _THIN and wide < high:
        yield DrawnRule((left + right) / 2, top, (left + right) / 2, bottom)
