"""Footnotes and endnotes: their marks, counted in the order in which they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from khplans.intake.word.content import Call, NoteKind
from khplans.intake.word.number_forms import number_in_form
from khplans.intake.word.xml_names import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_USUAL_FORMS: Mapping[NoteKind, str] = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class CalledNote:
    """A note whose mark was met at a place of the text."""

    mark: str
    at: int
    element: Element


@dataclass(slots=True)
class Notes:
    """The notes of a document: those that were called, in that order, and the rest."""

    left: dict[tuple[NoteKind, str], Element]
    forms: Mapping[NoteKind, str]
    called: list[CalledNote] = field(default_factory=list)
    _counts: dict[NoteKind, int] = field(default_factory=dict)

    def holds(self, call: Call) -> bool:
        """Whether there is the note that a mark calls, and no mark before has called it."""
        return (call.kind, call.id) in self.left

    def call(self, call: Call, at: int) -> Element | None:
        """Count a mark that stands at a place of the text, of a note that is there.

        Gives the note where its call is left out, so that it counts as not called.
        """
        element = self.left.pop((call.kind, call.id))
        if call.left_out:
            return element
        mark = call.mark.strip()
        if not mark:
            self._counts[call.kind] = self._counts.get(call.kind, 0) + 1
            mark = number_in_form(self._counts[call.kind], self.forms[call.kind])
        self.called.append(CalledNote(f"[{mark}]", at, element))
        return None


def notes_of(roots: Mapping[NoteKind, Element | None], *about: Element | None) -> Notes:
    """The notes in the parts for them; `about` are the parts that may set how they are numbered."""
    left = {
        (kind, element.get(W + "id", "")): element
        for kind, root in roots.items()
        if root is not None
        for element in root.iterfind(W + kind)
        if element.get(W + "type", "normal") == "normal"
    }
    return Notes(left, {kind: _form(kind, about) for kind in roots})


def _form(kind: NoteKind, about: tuple[Element | None, ...]) -> str:
    for root in about:
        for properties in () if root is None else root.iter(f"{W}{kind}Pr"):
            form = value(properties, "numFmt")
            if form:
                return form
    return _USUAL_FORMS[kind]
