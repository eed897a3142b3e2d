"""Fields: of an instruction and its result, the result is what a reader sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from khplans.intake.word.xml_names import W
from khplans.layout import LeftOutKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_TODAY = frozenset(("DATE", "TIME"))
_MARK = W + "fldChar"
_BOX = W + "txbxContent"


def closed_fields(*roots: Element | None) -> frozenset[Element]:
    """The marks of fields that begin and end in the same story of these parts; others are none."""
    closed: set[Element] = set()
    for root in roots:
        if root is not None:
            _find_closed(root, closed)
    return frozenset(closed)


def _find_closed(root: Element, closed: set[Element]) -> None:
    from lxml import etree

    stories: list[list[list[Element]]] = [[]]
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=(_MARK, _BOX)):
        if element.tag == _BOX:
            if event == "start":
                stories.append([])
            else:
                stories.pop()
        elif event == "start":
            _follow(element, stories[-1], closed)


def _follow(mark: Element, story: list[list[Element]], closed: set[Element]) -> None:
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        story.append([mark])
    elif story:
        story[-1].append(mark)
        if kind == "end":
            closed.update(story.pop())


def left_out_result(instruction: str) -> LeftOutKind | None:
    """Why a field's result is left out: a page's number is not the document's words.

    >>> left_out_result(" PAGE \\\\* MERGEFORMAT "), left_out_result("REF x")
    ('page', None)
    """
    return "page" if _name(instruction) in _PAGES else None


def shows_today(instruction: str) -> bool:
    """Whether a field shows the day on which the file was last opened.

    >>> shows_today('DATE \\\\@ "dd/MM/yyyy"'), shows_today("CREATEDATE")
    (True, False)
    """
    return _name(instruction) in _TODAY


def shown_without_result(instruction: str) -> bool:
    """Whether Word shows a field by its instruction alone: a formula (`EQ`).

    >>> shown_without_result("EQ \\\\f(1;2)"), shown_without_result("REF x")
    (True, False)
    """
    return _name(instruction) == "EQ"


def _name(instruction: str) -> str:
    return next(iter(instruction.split()), "").upper()


@dataclass(slots=True)
class WordField:
    """A field that has begun and not yet ended; `left_out` says why what now comes is left out, if it is."""

    outer: LeftOutKind | None
    left_out: LeftOutKind | None = "hidden"
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False

    def begin_result(self) -> str:
        """What comes from here is what a reader sees; gives the instruction."""
        said = "".join(self.instruction)
        self.in_result = True
        self.left_out = self.outer or left_out_result(said)
        return said
