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

_OWN = Wording(
    r"(?:,? (?:la (?:co quan|don vi) )?(?:co trach nhiem )?chu tri(?: tham muu)?)?"
    r"(?P<with>,? ?(?:va )?phoi hop(?:(?:,| va)? <how closely>)*(?: voi| cung)? )?",
    "chủ trì, phối hợp với ",
    folded=True,
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
    """The heading on a task's own line, where nothing but agencies stands before its colon: `Sở Y tế: …`.

    >>> from khplans.text.shadow import shadow
    >>> text = "Sở Y tế chủ trì, phối hợp với Sở Nội vụ: rà soát"
    >>> found = own_heading(text, shadow(text))
    >>> [one.name for one in found.leads], [one.name for one in found.coordinates], text[found.end :]
    (['Sở Y tế'], ['Sở Nội vụ'], 'rà soát')
    """
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
        leads = _up_to_colon(text[: colon.start()], shade[: colon.start()])
    if not leads:
        return None
    return OwnHeading(tuple(leads), tuple(coordinates), colon.end())


def _up_to_colon(text: str, shade: str) -> list[FoundAgency]:
    """Agencies, a group last, with words of their own up to the colon: `Các sở, ngành có liên quan đến dự án`.

    >>> from khplans.text.shadow import shadow
    >>> text = "Các sở, ngành có liên quan đến dự án"
    >>> [one.name for one in _up_to_colon(text, shadow(text))]
    ['Các sở, ngành có liên quan đến dự án']
    """
    if either("charge").match(shade):
        return []
    found, _ = read_list(text, shade, 0, len(text), whole=True)
    told = all(one.known or one.several for one in found)
    return found if found and told and found[-1].several else []


@dataclass(frozen=True, slots=True)
class Inherited:
    """Agencies from above a task: their passage, and how we know."""

    leads: tuple[AgencyPart, ...] = ()
    coordinates: tuple[AgencyPart, ...] = ()


def inherited(outline: Outline, block: int) -> Inherited:
    """What the nearest heading or introduction above a block says: `Yêu cầu các sở:`.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Sở Y tế:\\na) Rà soát các cơ sở.")
    >>> [part.mention.agency.name for part in inherited(outline, 2).leads]
    ['Sở Y tế']
    """
    coordinates: tuple[AgencyPart, ...] = ()
    for level in [*outline.chain(outline.document.blocks[block].section), None]:
        if level is not None:
            leads, here = _heading_parts(outline, level, block)
            coordinates = coordinates or here
            if leads:
                return Inherited(leads, coordinates)
        intro = outline.introduction(block, level)
        if intro is None or not _covers(outline, intro.block, block, level):
            continue
        if _TO_THEM.search(intro.words):
            addressed = outline.addressees[:_MOST]
            leads = tuple(AgencyPart(one, "lead", "introduction") for one in addressed)
            return Inherited(leads, coordinates)
        passage = outline.document.blocks[intro.block].text
        coordinates = coordinates or _parts(
            outline, passage, intro.coordinates[:_MOST], "coordinate", "introduction"
        )
        if intro.charge.names:
            names = intro.charge.names[:_MOST]
            return Inherited(_parts(outline, passage, names, "lead", "introduction"), coordinates)
    return Inherited((), coordinates)


def _covers(outline: Outline, intro: int, block: int, level: int | None) -> bool:
    """An introduction outside of all sections (`Yêu cầu các sở:`) speaks for the body, not for annexes.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. NHIỆM VỤ\\n1. Rừng.\\nPHỤ LỤC\\nDANH MỤC\\n1. Báo cáo.")
    >>> _covers(outline, 0, 1, None), _covers(outline, 1, 1, None), _covers(outline, 0, 4, None), _covers(outline, 0, 4, 1)
    (True, False, False, True)
    """
    if level is not None:
        return True
    section = outline.document.blocks[block].section
    annex = outline.document.sections[section].annex if section is not None else 0
    return annex == 0 and intro < block


def _heading_parts(
    outline: Outline, level: int, block: int
) -> tuple[tuple[AgencyPart, ...], tuple[AgencyPart, ...]]:
    """The agencies that a section's heading names, and with whom; none of it for the heading itself.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> outline = outline_of("I. Sở Y tế chủ trì, phối hợp với Sở Nội vụ\\n\\n1. Rà soát.")
    >>> [[[part.mention.form for part in parts] for parts in _heading_parts(outline, 0, i)] for i in (0, 1)]
    [[[], []], [['Sở Y tế'], ['Sở Nội vụ']]]
    """
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
    """Agencies of a passage as parts in a task.

    >>> from khplans.extraction.tasks.task_outline import outline_of
    >>> from khplans.text.passage import passage_of
    >>> found = FoundAgency(0, 7, "Sở Y tế", "department")
    >>> outline = outline_of("Trồng rừng.")
    >>> [_parts(outline, passage_of("Sở Y tế"), (found,), role, "cell")[0].role for role in ("lead", "together")]
    ['lead', 'coordinate']
    """
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
