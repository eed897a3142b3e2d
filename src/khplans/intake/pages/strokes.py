"""Roman I, II and III told by their strokes: with serifs that touch, recognition reads them as H, IH or 11."""

from __future__ import annotations

import cv2
import numpy as np

from khplans.intake.pages.pictures import Grey

_HEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7)
"""Where a sign is cut across, from its top to its foot."""
_MOST_SPREAD = 0.1
"""By how much strokes may lean unlike each other from the first cut to the last, in heights of the sign."""
_LEAST_HEIGHT = 8


def upright_strokes(pixels: Grey) -> int | None:
    """How many upright strokes stand in a part of a page; None where they lean apart, or aren't the same at each height."""
    _, ink = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size < _LEAST_HEIGHT:
        return None
    top, height = int(rows[0]), int(rows[-1] - rows[0])
    cuts = [_middles(ink[top + round(place * height)]) for place in _HEIGHTS]
    if len({len(cut) for cut in cuts}) > 1:
        return None
    lean = [foot - head for head, foot in zip(cuts[0], cuts[-1], strict=True)]
    return len(lean) if lean and max(lean) - min(lean) <= _MOST_SPREAD * height else None


def _middles(row: Grey) -> list[float]:
    """The middles of the dark stretches of a line of a picture."""
    edges = np.flatnonzero(np.diff(np.pad(row > 0, 1).astype(np.int8)))
    return [float(start + end) / 2 for start, end in edges.reshape(-1, 2)]
