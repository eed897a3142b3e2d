"""Styles: what a paragraph or a run takes over from those that it names and those that they are based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from khplans.intake.word.xml_names import W, integer, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Found = TypeVar("Found")

_LONGEST_CHAIN = 50
"""Styles based on one another whose names are kept."""
_HEADING_NAME = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_OUTLINE_LEVELS = range(9)
"""Levels of headings; the one above them is body text."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How characters are set; None where nothing is said."""

    struck: bool | None = None
    struck_twice: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    font: str | None = None

    def over(self, base: Marks) -> Marks:
        """These, and those of `base` where these say nothing."""
        return Marks(
            *(getattr(self if getattr(self, x) is not None else base, x) for x in self.__slots__)
        )


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with those that it is based on.

    `names` are its own id and theirs, the nearest first; `list_id` and `list_level` the list that it
    numbers its paragraphs in; `outline` the level of a heading from 0.
    """

    names: tuple[str, ...] = ()
    list_id: str | None = None
    list_level: int | None = None
    outline: int | None = None
    marks: Marks = Marks()


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else tuple(root.iter(W + "style"))
        self._elements = {x.get(W + "styleId", ""): x for x in found}
        self._resolved: dict[str, Style] = {}
        self._usual = {
            x.get(W + "type", ""): x.get(W + "styleId", "")
            for x in found
            if x.get(W + "default", "0") not in ("0", "false", "off")
        }
        usual = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.usual_font = marks_of(usual).font or ""

    def paragraph(self, name: str | None) -> Style:
        """The style of a paragraph that names this one, or none."""
        return self._style(name if name in self._elements else self._usual.get("paragraph"))

    def character(self, name: str | None) -> Style:
        """The style of a run that names this one, or none."""
        return self._style(name)

    def list_of(self, name: str) -> str | None:
        """The id of the list that a list style stands for."""
        return self._style(name).list_id

    def _style(self, name: str | None) -> Style:
        chain = []
        base = name
        while base in self._elements and base is not None and base not in self._resolved:
            chain.append(base)
            self._resolved[base] = Style()  # said of one that is based on itself
            base = value(self._elements[base], "basedOn")
        for made in reversed(chain):
            base = value(self._elements[made], "basedOn") or ""
            self._resolved[made] = _style_of(
                made, self._elements[made], self._resolved.get(base, Style())
            )
        return self._resolved.get(name or "", Style())


def marks_of(properties: Element | None) -> Marks:
    """What run properties (`w:rPr`) say."""
    if properties is None:
        return Marks()
    return Marks(
        switch(properties, "strike"),
        switch(properties, "dstrike"),
        switch(properties, "vanish"),
        _raised(properties),
        _font(properties),
    )


def outline_of(properties: Element | None) -> int | None:
    """The outline level that paragraph properties set; that of body text is no heading's."""
    return integer(value(properties, "outlineLvl"))


def heading_level(outline: int | None) -> int | None:
    """The level of a heading, 1 the highest; None for body text.

    >>> heading_level(0), heading_level(9), heading_level(None)
    (1, None, None)
    """
    return outline + 1 if outline in _OUTLINE_LEVELS and outline is not None else None


def _raised(properties: Element) -> bool | None:
    align = value(properties, "vertAlign")
    if align is not None:
        return align == "superscript"
    position = integer(value(properties, "position"))
    return None if position is None else position > 0


def _font(properties: Element) -> str | None:
    fonts = properties.find(W + "rFonts")
    return None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")


def _style_of(name: str, element: Element, base: Style) -> Style:
    """What a style itself says has the word on what the one that it is based on says."""
    paragraph = element.find(W + "pPr")
    numbering = None if paragraph is None else paragraph.find(W + "numPr")
    return Style(
        (name, *base.names)[:_LONGEST_CHAIN],
        _first(value(numbering, "numId"), base.list_id),
        _first(integer(value(numbering, "ilvl")), base.list_level),
        _first(outline_of(paragraph), _outline_by_name(element), base.outline),
        marks_of(element.find(W + "rPr")).over(base.marks),
    )


def _outline_by_name(style: Element) -> int | None:
    named = _HEADING_NAME.fullmatch(value(style, "name") or "")
    return int(named[1]) - 1 if named else None


def _first(*values: Found | None) -> Found | None:
    return next((x for x in values if x is not None), None)
