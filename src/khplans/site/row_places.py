"""Where rows have their place in their plan's pages."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.markup import anchor

NOTED = {
    "tasks": "task_id",
    "indicators": "indicator_id",
    "citations": "citation_id",
    "short_citations": "short_citation_id",
    "corrections": "correction_id",
}
"""The tables whose rows are marked in a plan's text and noted beside it, with their key."""
KEYS = {"documents": "document_id", "sections": "section_id", **NOTED}
"""The tables whose rows have their place in a plan's page, with their key."""


def warning_place(catalogue: Catalogue, warning: Row) -> tuple[str, str]:
    """The path of the page and the id of the element that a warning is about: its row's, else that of
    its own words, else that of its document."""
    collection, table = catalogue.collection, warning["table"]
    if table in NOTED and warning["row_id"] in collection.by_key(table):
        row = collection.by_key(table)[warning["row_id"]]
        return catalogue.row_page(row), anchor(table, warning["row_id"])
    if table not in NOTED and warning["start"] is not None:
        return catalogue.row_page(warning), anchor("warnings", warning["warning_id"])
    document = collection.by_key("documents")[warning["document_id"]]
    return catalogue.row_page(document), anchor("documents", warning["document_id"])


def places_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A script for each plan of several pages: the ids on each, for who comes by a row's own address.

    That address is the plan's first page, whichever page of it has the words.
    """
    collection = catalogue.collection
    keys = {**KEYS, "warnings": "warning_id"}
    for plan_id, parts in sorted(catalogue.parts.items()):
        if len(parts) < 2:
            continue
        pages: list[list[str]] = [[] for _ in parts]
        for table, key in sorted(keys.items()):
            for row in collection.of_plan(table, plan_id):
                if row["start"] is not None:
                    number = bisect_right(parts, row["start"])
                    pages[max(0, number - 1)].append(anchor(table, row[key]))
        text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
        yield f"{page_name(plan_id)}.js", f"khPlaces({text});\n"
