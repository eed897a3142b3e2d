"""Reads lists of agencies: cells, headings and the subjects of sentences."""

from __future__ import annotations

from khplans.extraction.agencies.found import FoundAgency
from khplans.extraction.agencies.lists import read_list
from khplans.model import Agency, AgencyMention
from khplans.text.passage import Passage
from khplans.text.shadow import shadow

__all__ = ["FoundAgency", "agency_of", "find_agencies", "mention_of", "read_list", "shadow"]

_SHORTEST = 3
"""Letters of a body's name that no list knows: `T1` is a misread mark or a number."""


def find_agencies(passage: Passage, province: str | None) -> list[AgencyMention]:
    """The agencies of a passage that is a list of them, in order.

    `province` is the document's, without its kind; bodies of the centre have none, bodies of
    another province have that. What no list knows is kept as it is written, with `known` false, but for words
    without a capital after another body: they tell what it has to do.

    >>> from khplans.text.passage import passage_of
    >>> source = "Các Sở: Tài chính, Y tế; UBND các huyện"
    >>> found = find_agencies(passage_of(source), "Khánh Hòa")
    >>> [mention.agency.name for mention in found]
    ['Sở Tài chính', 'Sở Y tế', 'Ủy ban nhân dân các huyện']
    >>> find_agencies(passage_of("T1"), "Khánh Hòa")
    []
    """
    text = passage.text
    found, _ = read_list(text, shadow(text), 0, len(text), whole=True)
    named = [one for one in found if one.known or len(one.name) >= _SHORTEST]
    return [
        mention_of(one, passage, province)
        for k, one in enumerate(named)
        if k == 0 or one.known or not text[one.start].islower() or one.several
    ]


def mention_of(found: FoundAgency, passage: Passage, province: str | None) -> AgencyMention:
    """The mention of what the grammar found, with its span in the source."""
    return AgencyMention(
        agency_of(found, province),
        passage.span(found.start, found.end),
        passage.text[found.start : found.end],
        found.known,
    )


def agency_of(found: FoundAgency, province: str | None) -> Agency:
    """The agency that the grammar found, in a document of a province.

    >>> health, ministry = FoundAgency(0, 7, "Sở Y tế", ""), FoundAgency(0, 7, "Bộ Y tế", "", central=True)
    >>> abroad = FoundAgency(0, 7, "Sở Y tế", "", province="Phú Yên")
    >>> [agency_of(found, "Khánh Hòa").province for found in (health, ministry, abroad)]
    ['Khánh Hòa', None, 'Phú Yên']
    """
    where = None if found.central else found.province or province
    return Agency(found.name, where, found.kind)
