"""The words of a page's picture, by Tesseract: those in ruled tables a cell at a time."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import cv2
import numpy as np
from PIL import Image
from tesserocr import PSM, RIL, PyTessBaseAPI, iterate_level

from khplans.intake.pages.accents import repaired
from khplans.intake.pages.page import DrawnRule, Page, Word
from khplans.intake.pages.pictures import Grey, Picture
from khplans.intake.pages.recognise import LANGUAGE
from khplans.intake.pages.straight import PixelLine, pixel_lines, straightened
from khplans.intake.pages.strokes import upright_strokes

_UNSURE = 55.0
"""Mean confidence of a page's words under which it may lie on its side or upside down."""
_FEWEST_WORDS = 8
_FEWEST_LONG = 4
_SURE = 80.0
_LONG_WORD = 4
"""Letters."""
_EXACT = re.compile(r"\d|(?<![^\W\d_])[IVXHl1|]{2,}(?![^\W\d_])")
"""Tokens of which one letter makes another number or quarter."""
_QUARTER = re.compile(r"(?!1\b)[IHNl1|]{1,4}((?:/\d{4})?\W*)")
"""A quarter of the year whose strokes can be counted, as it is read or misread, and what stands after it; `1` is a figure."""
_HANGING = re.compile("[-gjpqyQ,;()–\u0323]")
"""Signs that don't end on the baseline."""
_BELOW = 0.25
"""How far letters reach below the baseline, in heights above it."""
_WIDE_GAP = 2.0
"""In heights of the words beside it."""
_UNEQUAL = 40.0
"""The confidence of such a token that a second look reads otherwise."""
_LARGER = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """A part of a picture that lines enclose: where it begins, and which pixels of the box around it are its own."""

    left: int
    top: int
    own: Any

    def around(self, pixels: Grey) -> Grey:
        """The box around it, of the pixels of a page."""
        height, width = self.own.shape
        return pixels[self.top : self.top + height, self.left : self.left + width]


class Recogniser:
    """Tesseract with its Vietnamese model, which lies in `folder`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._api: Any = PyTessBaseAPI(path=folder, lang=LANGUAGE)

    def page(self, number: int, picture: Picture) -> Page:
        """What stands on a page's picture, straightened."""
        made = self._page(number, picture)
        on_its_side = _lies_on_its_side(made.words)
        if not (on_its_side or _is_unsure(made.words)):
            return made
        quarters = self._turned_by_quarters(picture.pixels)
        if not quarters:
            return made

        turned = self._page(number, replace(picture, pixels=np.rot90(picture.pixels, quarters).copy()))  # fmt: skip
        is_better = _confidence(turned.words) > _confidence(made.words)
        upright = replace(turned, turned=turned.turned + 90 * quarters)
        return upright if on_its_side or is_better else made

    def _page(self, number: int, picture: Picture) -> Page:
        (pixels, turned), dpi = straightened(picture.pixels), picture.dpi
        lines = pixel_lines(pixels, dpi)
        cells = cells_of(lines, pixels.shape, dpi)
        words = [*self._words_around(pixels, cells, dpi), *self._words_in(pixels, cells, dpi)]
        words = list(self._looked_at_again(words, pixels, dpi))
        height, width = pixels.shape
        return Page(
            number,
            width * 72 / dpi,
            height * 72 / dpi,
            tuple(_placed(word, scale=72 / dpi) for word in words),
            tuple(_rule(line, 72 / dpi) for line in lines),
            pictured=1.0,
            turned=turned,
        )

    def _words_around(self, pixels: Grey, cells: Sequence[_Cell], dpi: float) -> list[Word]:
        around = pixels.copy()
        for cell in cells:
            cell.around(around)[cell.own] = 255
        return repaired(self._words(around, PSM.AUTO, dpi))

    def _words_in(self, pixels: Grey, cells: Sequence[_Cell], dpi: float) -> Iterator[Word]:
        for cell in cells:
            part = np.where(cell.own, cell.around(pixels), np.uint8(255))
            if _has_ink(part, dpi):
                for word in repaired(self._sure_words(_framed(part, dpi), dpi)):
                    yield _placed(word, cell.left - _frame(dpi), cell.top - _frame(dpi))

    def _words(self, pixels: Grey, mode: int, dpi: float) -> list[Word]:
        found = self._found(pixels, mode, dpi)
        lines: list[list[Word]] = []
        for place in iterate_level(found, RIL.WORD) if found else ():
            word = _word(place)
            if not lines or place.IsAtBeginningOf(RIL.TEXTLINE):
                lines.append([])
            if word and word.text:
                lines[-1].append(word)
        return [word for line in lines for part in _parted(line) for word in _level(part)]

    def _found(self, pixels: Grey, mode: int, dpi: float) -> Any:
        """What Tesseract finds in a part of a page, None for nothing."""
        self._api.SetPageSegMode(mode)
        self._api.SetImage(Image.fromarray(pixels))
        self._api.SetSourceResolution(round(dpi))
        self._api.Recognize()
        return self._api.GetIterator()

    def _sure_words(self, pixels: Grey, dpi: float) -> list[Word]:
        """The words of a cell; where marks above letters were taken for a line, those of a page of scattered words."""
        made = self._words(pixels, PSM.SINGLE_BLOCK, dpi)
        if all((word.confidence or 0.0) >= _UNSURE for word in made):
            return made
        return max(made, self._words(pixels, PSM.SPARSE_TEXT, dpi), key=_confidence)

    def _looked_at_again(self, words: Sequence[Word], pixels: Grey, dpi: float) -> Iterator[Word]:
        """The words, those in which each sign counts doubted where they are read otherwise when they stand alone, enlarged."""
        for before, word in pairwise([None, *words]):
            assert word
            yield self._exact(before, word, pixels, dpi) if _EXACT.search(word.text) else word

    def _exact(self, before: Word | None, word: Word, pixels: Grey, dpi: float) -> Word:
        margin = round(dpi / 60)
        part = pixels[
            max(0, int(word.top) - margin) : int(word.bottom) + margin,
            max(0, int(word.left) - margin) : int(word.right) + margin,
        ]
        large = cv2.resize(part, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
        framed = _framed(large, dpi)
        found = self._found(framed, PSM.SINGLE_LINE, dpi * _LARGER)
        places = iterate_level(found, RIL.SYMBOL) if found else ()
        signs = [(_text(x, RIL.SYMBOL), x.BoundingBox(RIL.SYMBOL)) for x in places]
        quarter = _QUARTER.fullmatch(word.text) if before and _is_quarter(before.text) else None
        if quarter:
            slash = next((box[0] for sign, box in signs if sign == "/" and box), framed.shape[1])
            strokes = upright_strokes(framed[:, :slash])
            if strokes in (1, 2, 3):
                return _counted(word, "I" * strokes + quarter[1])
        again = unicodedata.normalize("NFC", "".join(sign for sign, _ in signs))
        if again == word.text:
            return word
        return replace(word, confidence=min(word.confidence or 0.0, _UNEQUAL))

    def _turned_by_quarters(self, pixels: Grey) -> int:
        """Quarters of a turn to the left that put a page upright."""
        with PyTessBaseAPI(path=self._folder, lang="osd", psm=PSM.OSD_ONLY) as api:
            api.SetImage(Image.fromarray(pixels))
            told = api.DetectOrientationScript()
        return int(told["orient_deg"]) // 90 if told else 0


def cells_of(lines: Sequence[PixelLine], shape: tuple[int, ...], dpi: float) -> list[_Cell]:
    """The cells that lines enclose, from top to bottom and left to right, without the lines themselves."""
    drawn = np.zeros(shape, np.uint8)
    for line in lines:
        at, start, end = round(line.at), math.floor(line.start), math.ceil(line.end)
        ends = ((start, at), (end, at)) if line.across else ((at, start), (at, end))
        cv2.line(drawn, *ends, 255, 3)
    count, places, boxes, _ = cv2.connectedComponentsWithStats(255 - drawn, connectivity=4)
    outside = {0, *np.unique(places[[0, -1]]), *np.unique(places[:, [0, -1]])}
    least, inside = dpi / 12, max(0, round(dpi / 75) - 1)
    made = []
    for place in set(range(count)) - outside:
        left, top, width, height, _ = map(int, boxes[place])
        if width >= least and height >= least:
            box = places[top : top + height, left : left + width] == place
            made.append(_Cell(left + inside, top + inside, _without_edge(box, inside)))
    return sorted(made, key=lambda cell: (cell.top, cell.left))


def _without_edge(box: Any, inside: int) -> Any:
    """The pixels of a box that are so far inside of what is marked in it, without the edge of the box."""
    near = np.ones((2 * inside + 1, 2 * inside + 1), np.uint8)
    own = cv2.erode(box.astype(np.uint8), near, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    height, width = own.shape
    return own[inside : height - inside, inside : width - inside] > 0


def _word(found: Any) -> Word | None:
    box = found.BoundingBox(RIL.WORD)
    if box is None:
        return None
    text = unicodedata.normalize("NFC", _text(found, RIL.WORD))
    left, top, right, bottom = box
    return Word(text, left, top, right, bottom, bottom, float(found.Confidence(RIL.WORD)))


def _text(found: Any, level: int) -> str:
    """What is read at a place, without blanks."""
    try:
        return "".join(found.GetUTF8Text(level).split())
    except RuntimeError:  # it saw something there, but no sign
        return ""


def _parted(line: Sequence[Word]) -> Iterator[list[Word]]:
    """The parts of a line that wide gaps part: in a letterhead's two columns the one may stand higher."""
    part: list[Word] = []
    for word in line:
        if part and word.left - part[-1].right > _WIDE_GAP * max(word.height, part[-1].height):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _level(words: Sequence[Word]) -> Iterator[Word]:
    """Words of a line on one baseline, that of those without anything below it, and of one height."""
    standing = [
        word.bottom
        for word in words
        if not _HANGING.search(unicodedata.normalize("NFD", word.text))
    ]
    baseline = median(standing or [word.bottom for word in words])
    height = max(1.0, median(baseline - word.top for word in words))
    for word in words:
        yield replace(
            word, top=baseline - height, bottom=baseline + _BELOW * height, baseline=baseline
        )


def _is_quarter(word: str) -> bool:
    """Whether a word calls what follows a quarter of the year.

    >>> _is_quarter("(Quý"), _is_quarter("quản")
    (True, False)
    """
    return word.strip("().,;:-").lower() in ("quý", "quí")


def _counted(word: Word, text: str) -> Word:
    """A quarter by its strokes: doubted, whatever it says, where it was read otherwise."""
    if text == word.text:
        return word
    return replace(
        word, text=text, read=word.text, confidence=min(word.confidence or 0.0, _UNEQUAL)
    )


def _has_ink(pixels: Grey, dpi: float) -> bool:
    """Whether there is more in a cell than dust."""
    return pixels.size > 0 and int(np.count_nonzero(pixels < 128)) > (dpi / 75) ** 2


def _frame(dpi: float) -> int:
    return round(dpi / 25)


def _framed(pixels: Grey, dpi: float) -> Grey:
    """A part of a page with white around it, which recognition needs."""
    wide = _frame(dpi)
    framed: Grey = cv2.copyMakeBorder(
        pixels, wide, wide, wide, wide, cv2.BORDER_CONSTANT, value=255
    )
    return framed


def _placed(word: Word, right: float = 0, down: float = 0, scale: float = 1) -> Word:
    """A word so far from where it is, in a picture of another scale."""
    return replace(
        word,
        left=(word.left + right) * scale,
        right=(word.right + right) * scale,
        top=(word.top + down) * scale,
        bottom=(word.bottom + down) * scale,
        baseline=(word.baseline + down) * scale,
    )


def _rule(line: PixelLine, scale: float) -> DrawnRule:
    at, start, end = line.at * scale, line.start * scale, line.end * scale
    return DrawnRule(start, at, end, at) if line.across else DrawnRule(at, start, at, end)


def _lies_on_its_side(words: Sequence[Word]) -> bool:
    """Whether most longer words that are sure are higher than they are wide: Tesseract reads lines that run upwards, too."""
    longer = [x for x in words if len(x.text) >= _LONG_WORD and (x.confidence or 0.0) >= _SURE]
    tall = sum(word.height > word.right - word.left for word in longer)
    return len(longer) >= _FEWEST_LONG and 2 * tall > len(longer)


def _is_unsure(words: Sequence[Word]) -> bool:
    return len(words) >= _FEWEST_WORDS and _confidence(words) < _UNSURE


def _confidence(words: Sequence[Word]) -> float:
    """Mean confidence, by letters."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * (word.confidence or 0.0) for word in words) / max(1, letters)
