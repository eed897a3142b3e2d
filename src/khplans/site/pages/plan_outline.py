"""The outline of a plan: its documents and all their sections, as the sections table has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from khplans.site.catalogue import Catalogue
from khplans.site.data import Plan, Row
from khplans.site.markup import Entry, anchor, shorten
from khplans.site.pages.naming import document_name
from khplans.site.words import Words


def plan_outline(catalogue: Catalogue, plan: Plan, words: Words) -> list[Entry]:
    """Sections below their document where the file has several, then the citation."""
    below: dict[str, list[Row]] = defaultdict(list)
    for section in catalogue.collection.of_plan("sections", plan.plan_id):
        below[section["parent_section_id"] or section["document_id"]].append(section)
    outline: list[Entry] = []
    for document in plan.documents:
        sections = _entries(below, document["document_id"])
        if len(plan.documents) > 1:
            place = anchor("documents", document["document_id"])
            outline.append(Entry(document_name(document, words), place, sections))
        else:
            outline += sections
    return [*outline, Entry(words("Trích dẫn", "Cite this"), "cite")]


def _entries(below: dict[str, list[Row]], parent: str) -> Sequence[Entry]:
    return [
        Entry(
            _title(row), anchor("sections", row["section_id"]), _entries(below, row["section_id"])
        )
        for row in sorted(below.get(parent, []), key=lambda row: row["start"])
    ]


def _title(section: Row) -> str:
    marker, heading = section["marker"], section["heading"]
    return shorten(". ".join(filter(None, (marker, heading))) or section["section_id"], 90)
