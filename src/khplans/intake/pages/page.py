"""A page as it is seen: its words and drawn lines, each at its place, whether printed as text or recognised.

Places are in points (1/72 inch) from the top left corner of the page as it is shown, x to the right, y down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from khplans.layout import LeftOutKind

MIDDLE = 0.3
"""How far above its baseline the middle of a word or line is, in heights."""


class Box(NamedTuple):
    """The sides of what has a place on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


def box_around(boxes: Iterable[Box]) -> Box:
    """The box around some, one at least.

    >>> box_around([Box(1, 2, 3, 4), Box(2, 0, 5, 3)])
    Box(left=1, top=0, right=5, bottom=4)
    """
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank in between, in NFC, and the box around them.

    `baseline` is the y on which its letters stand: words of one line share it, whatever their
    height. `confidence` is from 0 to 100 where the word was recognised and None where the file has its
    characters. `raised` says that it stands above the line, smaller, as a power or the mark of a note. `read` is
    what was recognised where its accents were put right. `font` is the name of a font of before Unicode.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    confidence: float | None = None
    bold: bool = False
    italic: bool = False
    raised: bool = False
    read: str | None = None
    font: str = ""

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The x half way along it."""
        return (self.left + self.right) / 2

    @property
    def center(self) -> float:
        """The y half way up its letters."""
        return self.baseline - MIDDLE * self.height


@dataclass(frozen=True, slots=True)
class DrawnRule:
    """A straight line that is drawn, across (`y0 == y1`) or down (`x0 == x1`), with `x0 <= x1` and `y0 <= y1`."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def across(self) -> bool:
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that a page has and its text leaves out before it is read: a stamp, hidden words."""

    kind: LeftOutKind
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1, its size in points as it is shown, and what stands on it in no given order.

    `pictured` is the share of it, from 0 to 1, that pictures and drawn curves cover. `unmapped` counts
    characters of which the file doesn't tell what they are. `turned` are the degrees to the left by which its
    picture was turned to stand upright.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[DrawnRule, ...] = ()
    asides: tuple[Aside, ...] = ()
    pictured: float = 0.0
    unmapped: int = 0
    turned: float = 0.0
