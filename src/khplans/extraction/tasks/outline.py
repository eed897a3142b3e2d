"""The document as the task extractor walks it: shadows, effective roles, introductions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from khplans.extraction.agencies import shadow
from khplans.extraction.tasks.charges import Charge, read_charge
from khplans.extraction.tasks.lines import Attribute, read_attributes
from khplans.knowledge.task_cues import cues
from khplans.model import Document

_ASSIGNS = re.compile(
    r"(?:nhiem vu|giai phap|noi dung|cong viec|viec|yeu cau|y kien|chi dao|ket luan|trach nhiem)"
    r"[^.]*:$"
)
_ISSUES = re.compile(r"(?:ban hanh|xay dung) (?:ke hoach|chuong trinh|de an|quy che|quy dinh)")
_SENTENCE = re.compile(r"[.;] (?=\S)")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A block that ends with a colon: `last` is where its last sentence begins in the text."""

    block: int
    last: int
    charge: Charge
    earlier: Charge
    assigns: bool
    words: str
    """Its last sentence, as a shadow."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a document's blocks before tasks are found in them."""

    document: Document
    shades: tuple[str, ...]
    roles: tuple[str, ...]
    attributes: tuple[tuple[Attribute, ...], ...]
    introductions: dict[int, tuple[Introduction, ...]]
    """By section (-1 for none), in order."""
    first_section_block: int

    def chain(self, section: int | None) -> Iterator[int]:
        """The section and those it stands in, outwards."""
        while section is not None:
            yield section
            section = self.document.sections[section].parent

    def role(self, section: int | None) -> str:
        """The role of a section; `other` outside of all."""
        return self.roles[section] if section is not None else "other"

    def introduction(self, block: int, section: int | None) -> Introduction | None:
        """The last introduction directly in a section (None: in none) before a block."""
        found = self.introductions.get(-1 if section is None else section, ())
        return next((one for one in reversed(found) if one.block < block), None)


def read_outline(document: Document) -> Outline:
    """Walk the blocks once."""
    shades = tuple(
        shadow(block.text.text) if block.kind in ("paragraph", "item", "row", "heading") else ""
        for block in document.blocks
    )
    introductions: dict[int, list[Introduction]] = {}
    for i, block in enumerate(document.blocks):
        if block.kind in ("paragraph", "item") and shades[i].rstrip().endswith(":"):
            section = -1 if block.section is None else block.section
            introductions.setdefault(section, []).append(_introduction(document, i, shades[i]))
    return Outline(
        document,
        shades,
        _roles(document),
        tuple(tuple(read_attributes(shade)) for shade in shades),
        {section: tuple(found) for section, found in introductions.items()},
        min((s.heading_block for s in document.sections), default=len(document.blocks)),
    )


def _introduction(document: Document, i: int, shade: str) -> Introduction:
    text = document.blocks[i].text.text
    begins = [match.end() for match in _SENTENCE.finditer(shade)]
    last = begins[-1] if begins else 0
    charge = read_charge(text[last:], shade[last:]) if last else read_charge(text, shade)
    if charge.subject and _ISSUES.search(shade, last + charge.end):
        charge = Charge()
    charge = charge.moved(last)
    earlier = read_charge(text[: last - 2], shade[: last - 2]) if last else Charge()
    closing = shade[last:].rstrip()
    assigns = bool(charge.names) or bool(_ASSIGNS.search(closing) and not _ISSUES.search(closing))
    return Introduction(i, last, charge, earlier, assigns, closing)


def _roles(document: Document) -> tuple[str, ...]:
    """A numbered item that became a section has the role of what it stands in."""
    roles: list[str] = []
    for section in document.sections:
        item = document.blocks[section.heading_block].kind == "item"
        if item and section.parent is not None and section.parent < len(roles):
            roles.append(roles[section.parent])
        else:
            roles.append("other" if item else section.role)
    return tuple(roles)


@cache
def either(use: str) -> re.Pattern[str]:
    """One of the words of a use, as whole words."""
    words = sorted(map(re.escape, cues(use)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})(?!\w)")
