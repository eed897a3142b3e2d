"""A paragraph as text: what stands in it, what was left out of it, where notes are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from khplans.intake.word.content import Box, Call, Part, Words
from khplans.layout import LeftOutKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_IN_STRETCHES = frozenset(("struck", "hidden", "deleted", "page"))
"""Kinds of words left out that go over several runs."""
_LENGTH = re.compile(r"(?:(?<![^\W\d_])(?:[kcdhnNµμ]|da|m)?m|/s)$", re.IGNORECASE)
"""A unit that is squared or cubed, at the end of what stands before."""
_POWERS = {"2": "²", "3": "³"}
_DEGREE = re.compile(r"\d ?$")
_NOTE_MARK = re.compile(r"[(\[]?(?:\d{1,3}(?:[,;] ?\d{1,3})*|[*†‡§]{1,5})[)\]]?")


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text. Places count from its start: of pieces left out, and of calls of notes."""

    text: str = ""
    left_out: list[tuple[int, LeftOutKind, str]] = field(default_factory=list)
    calls: list[tuple[int, Call]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def composed(parts: Iterable[Part]) -> Paragraph:
    """Put a paragraph together.

    A raised digit that counts lengths is a power (m²), a raised o behind a figure a degree, a raised
    number or star else the mark of a note, which is left out. Where all is raised, nothing is.

    >>> paragraph = composed([Words("Đạt 20.500"), Words("1", raised=True), Words(" tỷ trên 9 m"), Words("2", raised=True)])
    >>> paragraph.text, paragraph.left_out
    ('Đạt 20.500 tỷ trên 9 m²', [(10, 'note-mark', '1')])
    """
    parts = list(parts)
    stands_out = any(
        isinstance(x, Words) and not (x.raised or x.left_out) and x.text.strip() for x in parts
    )
    made = _Composing()
    for stretch, group in groupby(parts, _stretch):
        if stretch is None or (stretch == "raised" and not stands_out):
            for part in group:
                made.add(part)
            continue
        text = "".join(x.text for x in group if isinstance(x, Words))
        if stretch == "raised":
            made.add_raised(text)
        else:
            made.add(Words(text, stretch))
    return made.paragraph()


def _stretch(part: Part) -> LeftOutKind | Literal["raised"] | None:
    """What a stretch of runs has in common, if it is to be seen as one."""
    if not isinstance(part, Words):
        return None
    if part.left_out is None:
        return "raised" if part.raised else None
    return part.left_out if part.left_out in _IN_STRETCHES else None


class _Composing:
    def __init__(self) -> None:
        self._texts: list[str] = []
        self._size = 0
        self._made = Paragraph()

    def paragraph(self) -> Paragraph:
        self._made.text = "".join(self._texts)
        return self._made

    def add(self, part: Part) -> None:
        if isinstance(part, Box):
            self._made.boxes.append(part.element)
        elif isinstance(part, Call):
            self._made.calls.append((self._size, part))
        elif part.left_out:
            self._made.left_out.append((self._size, part.left_out, part.text))
        else:
            self._write(part.text)

    def add_raised(self, text: str) -> None:
        bare = text.strip()
        before = self._texts[-1] if self._texts else ""
        if bare in _POWERS and _LENGTH.search(before[-5:]):
            self._write(text.replace(bare, _POWERS[bare]))
        elif bare in ("o", "0") and _DEGREE.search(before[-2:]):
            self._write(text.replace(bare, "°"))
        elif _NOTE_MARK.fullmatch(bare):
            head, _, tail = text.partition(bare)
            self._made.left_out.append((self._size, "note-mark", bare))
            self._write(head + tail)
        else:
            self._write(text)

    def _write(self, text: str) -> None:
        if text:
            self._texts.append(text)
            self._size += len(text)
