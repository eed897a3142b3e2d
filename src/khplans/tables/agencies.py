"""The agencies that a plan names, each once, with the ways in which it writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from khplans.knowledge.agencies import english_name, parent_of
from khplans.knowledge.groups import basis_of, openings_of
from khplans.linking.agencies import is_known_agency
from khplans.linking.ids import agency_id
from khplans.model import Agency
from khplans.tables.rows import Row
from khplans.text.passage import Span


class AgencyTable:
    """Collects agencies as the rows of other tables name them."""

    def __init__(self) -> None:
        self._agencies: dict[str, Row] = {}
        self._forms: set[tuple[str, str]] = set()
        self._first: dict[str, tuple[str, Span]] = {}

    def add(self, agency: Agency, form: str, document_id: str, span: Span) -> str:
        """The agency's id, once it is in the tables with the form that stands at a span."""
        key = self._enter(agency)
        self._forms.add((key, form))
        self._first.setdefault(key, (document_id, span))
        return key

    def _enter(self, agency: Agency) -> str:
        """The agency's id, once it and the bodies above it are in the table."""
        key = agency_id(agency)
        if key not in self._agencies:
            parent = parent_of(agency)
            self._agencies[key] = {
                "agency_id": key,
                "name": agency.name,
                "name_en": english_name(agency.name),
                "kind": agency.kind,
                "province": agency.province,
                "parent_agency_id": self._enter(parent) if parent else None,
            }
            self._forms.add((key, agency.name))
        return key

    def keep(self, ids: set[str | None]) -> None:
        """Leave only these agencies and the bodies above them."""
        kept: set[str] = set()
        for key in ids:
            while key and key not in kept:
                kept.add(key)
                key = self._agencies[key]["parent_agency_id"]
        self._agencies = {key: row for key, row in self._agencies.items() if key in kept}
        self._forms = {(key, form) for key, form in self._forms if key in kept}
        self._first = {key: place for key, place in self._first.items() if key in kept}

    def unknown(self) -> Iterator[tuple[Row, str, Span]]:
        """Agencies that knowledge lacks, each with the document and span that first name it."""
        for key, (document_id, span) in sorted(self._first.items()):
            row = self._agencies[key]
            if not is_known_agency(row["name"], row["province"]):
                yield row, document_id, span

    @property
    def agencies(self) -> list[Row]:
        """The rows of `agencies`."""
        return list(self._agencies.values())

    @property
    def names(self) -> list[Row]:
        """The rows of `agency_names`."""
        return [{"agency_id": key, "form": form} for key, form in sorted(self._forms)]


def members_of(agencies: Iterable[Row]) -> list[Row]:
    """The rows of `agency_members`: which of the agencies each group among them takes in.

    >>> rows = [{"agency_id": n, "name": n, "province": "Khánh Hòa"} for n in ("Các sở, ban, ngành", "Sở Y tế")]
    >>> members_of(rows)
    [{'group_id': 'Các sở, ban, ngành', 'agency_id': 'Sở Y tế', 'basis': 'department'}]
    """
    of_province: defaultdict[str, list[Row]] = defaultdict(list)
    for row in agencies:
        if row["province"]:
            of_province[row["province"]].append(row)
    return [
        {"group_id": group["agency_id"], "agency_id": body["agency_id"], "basis": basis}
        for province, rows in of_province.items()
        for group in rows
        if openings_of(group["name"])
        for body in rows
        if (basis := basis_of(group["name"], body["name"], province))
    ]
