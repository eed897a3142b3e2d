"""What a paragraph holds: words and what they are left out for, marks of notes, boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from khplans.layout import LeftOutKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NoteKind = Literal["footnote", "endnote"]


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters in a row that are set alike; `left_out` says why they are not in the text."""

    text: str
    left_out: LeftOutKind | None = None
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Where the mark of a note stands; `mark` is that which the author gave, if any."""

    kind: NoteKind
    id: str
    mark: str
    left_out: LeftOutKind | None = None


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box that is tied to the paragraph: paragraphs and tables of its own."""

    element: Element


Part = TextRun | Call | TextBox
