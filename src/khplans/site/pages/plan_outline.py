"""The outline of a plan: its documents and sections, those of the page that is read in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khplans.site.catalogue import Catalogue
from khplans.site.data import PlanFile, Row
from khplans.site.markup import ContentsEntry, SitePage, anchor, shorten
from khplans.site.pages.naming import document_name

_SEVERAL = 20


def plan_outline(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> list[ContentsEntry]:
    """Sections below their document where the file has several, then the citation.

    Of what stands on other pages of the plan the upper levels are named, as many as are soon read.
    """
    below: dict[str, list[Row]] = defaultdict(list)
    for section in catalogue.collection.of_plan("sections", plan.plan_id):
        below[section["parent_section_id"] or section["document_id"]].append(section)

    def entry(row: Row, title: str, place: str, children: Sequence[ContentsEntry]) -> ContentsEntry:
        path = catalogue.row_page(row)
        return ContentsEntry(title, place, children, "" if path == page.path else page.link(path))

    deep = _levels(below, [document["document_id"] for document in plan.documents])

    def entries(parent: str, depth: int) -> list[ContentsEntry]:
        found = []
        for row in sorted(below.get(parent, []), key=lambda row: row["start"]):
            children = entries(row["section_id"], depth + 1)
            if depth < deep or children or catalogue.row_page(row) == page.path:
                place = anchor("sections", row["section_id"])
                found.append(entry(row, _title(row), place, children))
        return found

    outline: list[ContentsEntry] = []
    for document in plan.documents:
        sections = entries(document["document_id"], 0)
        if len(plan.documents) > 1:
            place = anchor("documents", document["document_id"])
            name = document_name(document, page.words)
            outline.append(entry(document, name, place, sections))
        else:
            outline += sections
    path = catalogue.plan_page(plan.plan_id)
    cite = "" if path == page.path else page.link(path)
    return [*outline, ContentsEntry(page.words.say("Cite this"), "cite", page=cite)]


def _levels(below: Mapping[str, Sequence[Row]], parents: Sequence[str]) -> int:
    """How many levels have no more sections together than `_SEVERAL`; one at least."""
    levels, count = 0, 0
    while parents:
        parents = [row["section_id"] for parent in parents for row in below.get(parent, ())]
        count += len(parents)
        if levels and count > _SEVERAL:
            break
        levels += 1
    return levels


def _title(section: Row) -> str:
    marker, heading = section["marker"], section["heading"]
    return shorten(". ".join(filter(None, (marker, heading))) or section["section_id"], 90)
