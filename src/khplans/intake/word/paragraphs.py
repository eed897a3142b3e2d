"""A paragraph as text: what stands in it, what was left out of it, where notes are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from khplans.intake.raised import raised
from khplans.intake.word.content import Call, Part, TextBox, TextRun
from khplans.layout import LeftOutKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_IN_STRETCHES = frozenset(("struck", "hidden", "deleted", "page"))
"""Kinds of words left out that go over several runs."""
_SEEN = 8
"""Characters of each of the last runs that tell what raised words after them are."""
_BETWEEN_MARKS = re.compile(r"[,;]\s*")


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text. Places count from its start: of pieces left out, and of calls of notes."""

    text: str = ""
    left_out: list[tuple[int, LeftOutKind, str]] = field(default_factory=list)
    calls: list[tuple[int, Call]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def composed(parts: Iterable[Part]) -> Paragraph:
    """Put a paragraph together; of raised words, `intake.raised` says what they stand for.

    At the beginning of a line, and where all of a paragraph is raised, they stand as they are.

    >>> paragraph = composed([TextRun("Đạt 20.500"), TextRun("1", raised=True), TextRun(" tỷ trên 9 m"), TextRun("2", raised=True)])
    >>> paragraph.text, paragraph.left_out
    ('Đạt 20.500 tỷ trên 9 m²', [(10, 'note-mark', '1')])
    """
    made = _Composing()
    stretches = [(kind, list(group)) for kind, group in groupby(parts, _stretch)]
    for (kind, group), (_, after) in pairwise([*stretches, (None, [])]):
        text = "".join(x.text for x in group if isinstance(x, TextRun))
        if kind == "raised":
            made.add_raised(text, _beginning(after))
        elif kind:
            made.add(TextRun(text, kind))
        else:
            for part in group:
                made.add(part)
    return made.paragraph()


def _beginning(parts: Sequence[Part]) -> str:
    first = parts[0] if parts else None
    return first.text if isinstance(first, TextRun) and first.left_out is None else ""


def _stretch(part: Part) -> LeftOutKind | Literal["raised"] | None:
    """What a stretch of runs has in common, if it is to be seen as one."""
    if not isinstance(part, TextRun):
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
        if isinstance(part, TextBox):
            self._made.boxes.append(part.element)
        elif isinstance(part, Call):
            self._made.calls.append((self._size, part))
        elif part.left_out:
            self._made.left_out.append((self._size, part.left_out, part.text))
        else:
            self._write(part.text)

    def add_raised(self, text: str, after: str) -> None:
        words = text.strip()
        before = "".join(text[-_SEEN:] for text in self._texts[-3:])
        if not before.strip() or before.endswith("\n"):
            self._write(text)
            return
        read = [raised(mark, before, after) for mark in _BETWEEN_MARKS.split(words)]
        if not any(read):
            self._made.left_out.append((self._size, "note-mark", words))
        shown = words if len(read) > 1 and any(read) else read[0]
        self._write(text.replace(words, shown or "", 1))

    def _write(self, text: str) -> None:
        if text:
            self._texts.append(text)
            self._size += len(text)
