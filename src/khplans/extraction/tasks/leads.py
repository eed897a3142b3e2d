"""Who leads and who coordinates: the text, the heading above it, the sentence that introduces it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.agencies import FoundAgency, mention_of, read_list
from khplans.extraction.tasks.charges import Charge, is_work
from khplans.extraction.tasks.task_outline import Outline, either
from khplans.knowledge.wording import Wording
from khplans.model import AgencyPart
from khplans.text.passage import Passage

_OWN = re.compile(
    r"(?:,? (?:la (?:co quan|don vi) )?(?:co trach nhiem )?chu tri(?: tham muu)?)?"
    r"(?P<with>,? ?(?:va )?phoi hop(?: chat che)?(?: voi| cung)? )?"
)
_COLON = re.compile(r" ?: ?(?=\S)")
_LONGEST_HEADING = 420
_MOST = 100
"""How many bodies a task has from above it; without a bound the rows would grow with the square."""
# How a letter speaks of those to whom it goes: `đề nghị quý Cơ quan:`, `đề nghị các đơn vị nêu trên`.
_TO_THEM = Wording(
    r"(?:de nghi|yeu cau)(?: cac)? (?:quy <addressed>"
    r"|(?:co quan|don vi)(?:, (?:don vi|dia phuong))? <named above>)(?!\w)",
    "đề nghị các đơn vị nêu trên",
    folded=True,
)


@dataclass(frozen=True, slots=True)
class OwnHeading:
    """Agencies before a colon at the beginning of a task: `Sở Y tế chủ trì, phối hợp với …: `."""

    leads: tuple[FoundAgency, ...]
    coordinates: tuple[FoundAgency, ...]
    end: int


def own_heading(text: str, shade: str) -> OwnHeading | None:
    """The heading on a task's own line, where nothing but agencies stands before its colon."""
    colon = _COLON.search(shade, 0, _LONGEST_HEADING)
    if not colon:
        return None
    leads, end = read_list(text, shade, 0, len(text))
    if not leads or end > colon.start() or is_work(text, shade, leads, end):
        return None
    own = _OWN.match(shade, end)
    coordinates: list[FoundAgency] = []
    if own and own["with"]:
        coordinates, end = read_list(text, shade, own.end(), len(text))
    elif own:
        end = own.end()
    if shade[end : colon.start()].strip():
        before = text[: colon.start()]
        leads, end = read_list(before, shade[: colon.start()], 0, len(before), whole=True)
        if not all(one.known or one.several for one in leads):
            return None
        if not leads or not leads[-1].several or either("charge").match(shade):
            return None
    return OwnHeading(tuple(leads), tuple(coordinates), colon.end())


@dataclass(frozen=True, slots=True)
class Inherited:
    """Agencies from above a task: their passage, and how we know."""

    leads: tuple[AgencyPart, ...] = ()
    coordinates: tuple[AgencyPart, ...] = ()


def inherited(outline: Outline, block: int) -> Inherited:
    """What the nearest heading or introduction above a block says."""
    section = outline.document.blocks[block].section
    coordinates: tuple[AgencyPart, ...] = ()
    for level in [*outline.chain(section), None]:
        if level is not None:
            leads, here = _heading_parts(outline, level, block)
            coordinates = coordinates or here
            if leads:
                return Inherited(leads, coordinates)
        intro = outline.introduction(block, level)
        if intro and _TO_THEM.search(intro.words) and _covers(outline, intro.block, block, level):
            addressed = outline.addressees[:_MOST]
            leads = tuple(AgencyPart(one, "lead", "introduction") for one in addressed)
            return Inherited(leads, coordinates)
        if intro and _covers(outline, intro.block, block, level):
            passage = outline.document.blocks[intro.block].text
            coordinates = coordinates or _parts(
                outline, passage, intro.coordinates[:_MOST], "coordinate", "introduction"
            )
        if intro and intro.charge.names and _covers(outline, intro.block, block, level):
            passage = outline.document.blocks[intro.block].text
            parts = _parts(outline, passage, intro.charge.names[:_MOST], "lead", "introduction")
            return Inherited(parts, coordinates)
    return Inherited((), coordinates)


def _covers(outline: Outline, intro: int, block: int, level: int | None) -> bool:
    """An introduction outside of all sections (`Yêu cầu các sở:`) speaks for the body, not for annexes."""
    if level is not None:
        return True
    section = outline.document.blocks[block].section
    annex = outline.document.sections[section].annex if section is not None else 0
    return annex == 0 and intro < block


def _heading_parts(
    outline: Outline, level: int, block: int
) -> tuple[tuple[AgencyPart, ...], tuple[AgencyPart, ...]]:
    section, heading = outline.document.sections[level], outline.headings[level]
    if section.heading_block == block:
        return (), ()
    return (
        _parts(outline, section.heading, heading.names[:_MOST], "lead", "heading"),
        _parts(outline, section.heading, heading.coordinates[:_MOST], "coordinate", "heading"),
    )


def _parts(
    outline: Outline, passage: Passage, names: tuple[FoundAgency, ...], role: str, basis: str
) -> tuple[AgencyPart, ...]:
    province = outline.document.province
    return tuple(
        AgencyPart(
            mention_of(one, passage, province),
            "lead" if role == "lead" else "coordinate",
            basis,
        )
        for one in names
    )


def part_of(outline: Outline, block: int, one: FoundAgency, role: str, basis: str) -> AgencyPart:
    """The part of an agency found in a block's text."""
    return _parts(outline, outline.document.blocks[block].text, (one,), role, basis)[0]


def text_parts(outline: Outline, block: int, charge: Charge) -> tuple[AgencyPart, ...]:
    """The leads that a block's own words name."""
    passage = outline.document.blocks[block].text
    return _parts(outline, passage, charge.names, "lead", "named-in-text")
