"""Words that stand in the fonts of before Unicode, put into Unicode where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from khplans.intake.old_encodings import FontTexts
from khplans.intake.word.styles import Styles, marks_of
from khplans.intake.word.xml_names import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXTS = (W + "t", W + "delText")
_SOFT_HYPHEN = W + "softHyphen"
"""What Word makes of the place in a font at which TCVN3 has a letter."""
_MARKS_OF_VNI = frozenset("øùïûõáäêâàåéëèãúüØÙÏÛÕÁÄÊÂÀÅÉËÈÃÚÜ")
_UNDER_MARKS = frozenset("aeouyôöAEOUYÔÖ")


@dataclass(frozen=True, slots=True)
class _FontRun:
    """Characters of a run, the paragraph they stand in, and their font."""

    element: Element
    paragraph: Element | None
    font: str


def to_unicode(roots: Iterable[Element | None], styles: Styles, where: str) -> tuple[str, ...]:
    """Put the words of these parts that are in old encodings into Unicode; gives the encodings.

    Raises `KhplansError` where viparse, which has the tables, isn't installed.
    """
    pieces = [piece for root in roots if root is not None for piece in _pieces(root, styles)]
    read = [(x.font, x.element.text or "") for x in pieces if x.element.tag in _TEXTS]
    fonts = FontTexts(read, where)
    if not fonts.encodings:
        return ()
    for before, piece in pairwise(pieces):
        _join(before, piece, fonts)
    for piece in pieces:
        if piece.element.tag in _TEXTS:
            piece.element.text = fonts.as_seen(piece.element.text or "", piece.font)
        elif fonts.encoding(piece.font) == "TCVN3":
            piece.element.tag = W + "t"
            piece.element.text = fonts.as_seen("\xad", piece.font)
    return fonts.encodings


def _pieces(root: Element, styles: Styles) -> Iterator[_FontRun]:
    for run in root.iter(W + "r"):
        paragraph = next(run.iterancestors(W + "p"), None)
        font = _font(run, paragraph, styles)
        for element in run.iterchildren(*_TEXTS, _SOFT_HYPHEN):
            yield _FontRun(element, paragraph, font)


def _font(run: Element, paragraph: Element | None, styles: Styles) -> str:
    own = run.find(W + "rPr")
    of_paragraph = None if paragraph is None else value(paragraph.find(W + "pPr"), "pStyle")
    named = styles.character(value(own, "rStyle")).marks
    marks = marks_of(own).over(named).over(styles.paragraph(of_paragraph).marks)
    return marks.font or styles.usual_font


def _join(before: _FontRun, piece: _FontRun, fonts: FontTexts) -> None:
    """Put a mark that begins a piece to the letter, at the end of the piece before, to which it belongs."""
    if before.paragraph is not piece.paragraph or fonts.encoding(piece.font) != "VNI":
        return
    first, last = piece.element.text or "", before.element.text or ""
    if first[:1] in _MARKS_OF_VNI and last[-1:] in _UNDER_MARKS:
        before.element.text = last + first[0]
        piece.element.text = first[1:]
