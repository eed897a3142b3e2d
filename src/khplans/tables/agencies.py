"""The agencies that a plan names, each once, with the ways in which it writes them."""

from __future__ import annotations

from khplans.extraction.agencies import find_agencies
from khplans.knowledge.agencies import english_name
from khplans.model import Agency
from khplans.tables.ids import agency_id
from khplans.tables.rows import Row
from khplans.text.passage import Span, read_passage


class AgencyTable:
    """Collects agencies as the rows of other tables name them."""

    def __init__(self) -> None:
        self._agencies: dict[str, Row] = {}
        self._forms: set[tuple[str, str]] = set()

    def add(self, agency: Agency, *forms: str) -> str:
        """The agency's id, once it and its forms are in the tables."""
        key = agency_id(agency)
        self._agencies.setdefault(
            key,
            {
                "agency_id": key,
                "name": agency.name,
                "name_en": english_name(agency.name),
                "kind": agency.kind,
                "province": agency.province,
            },
        )
        self._forms.update((key, form) for form in (agency.name, *forms))
        return key

    @property
    def agencies(self) -> list[Row]:
        """The rows of `agencies`."""
        return list(self._agencies.values())

    @property
    def names(self) -> list[Row]:
        """The rows of `agency_names`."""
        return [{"agency_id": key, "form": form} for key, form in sorted(self._forms)]


def issuing_agency(issuer: str, province: str | None) -> Agency:
    """The agency that a letterhead's issuer is; by its own name where none is known.

    >>> issuing_agency("Ủy ban nhân dân tỉnh Khánh Hòa", "Khánh Hòa").province
    'Khánh Hòa'
    """
    passage = read_passage(issuer, [Span(0, len(issuer))])
    for mention in find_agencies(passage, province):
        if mention.span.start == 0 and mention.span.end == len(issuer):
            return mention.agency
    return Agency(issuer, province, "other")
