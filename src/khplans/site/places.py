"""Where rows have their place in their plan's page."""

from __future__ import annotations

from khplans.site.data import Collection, Row
from khplans.site.markup import anchor

NOTED = {
    "tasks": "task_id",
    "indicators": "indicator_id",
    "citations": "citation_id",
    "short_citations": "short_citation_id",
    "corrections": "correction_id",
}
"""The tables whose rows are marked in a plan's text and noted beside it, with their key."""


def warning_place(collection: Collection, warning: Row) -> str:
    """The id of the element that a warning is about: its row's, else that of its own words, else that
    of its document."""
    table = warning["table"]
    if table in NOTED and warning["row_id"] in collection.by_key(table):
        return anchor(table, warning["row_id"])
    if table not in NOTED and warning["start"] is not None:
        return anchor("warnings", warning["warning_id"])
    return anchor("documents", warning["document_id"])
