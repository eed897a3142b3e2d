"""The agency that a name means."""

from __future__ import annotations

from khplans.extraction.agencies import find_agencies
from khplans.model import Agency, AgencyMention
from khplans.text.passage import passage_of


def issuing_agency(issuer: str, province: str | None) -> Agency:
    """The agency that a letterhead's issuer is; by its own name where none is known.

    >>> issuing_agency("Ủy ban nhân dân tỉnh Khánh Hòa", "Khánh Hòa").name
    'Ủy ban nhân dân tỉnh'
    """
    mention = _whole_mention(issuer, province)
    return mention.agency if mention else Agency(issuer, province, "other")


def is_known_agency(name: str, province: str | None) -> bool:
    """Whether knowledge has an agency of that name.

    >>> is_known_agency("Sở Y tế", "Khánh Hòa"), is_known_agency("Tổ Trăng rằm", "Khánh Hòa")
    (True, False)
    """
    mention = _whole_mention(name, province)
    return mention is not None and mention.known


def _whole_mention(name: str, province: str | None) -> AgencyMention | None:
    """The agency that the whole of a name is: `Sở Y tế`, not `Sở Y tế và Sở Nội vụ`.

    >>> found = [_whole_mention(name, None) for name in ("Sở Y tế", "Sở Y tế và Sở Nội vụ")]
    >>> [one.agency.name if one else None for one in found]
    ['Sở Y tế', None]
    """
    passage = passage_of(name)
    for mention in find_agencies(passage, province):
        if mention.span.start == 0 and mention.span.end == len(name):
            return mention
    return None
