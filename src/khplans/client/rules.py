"""The rules behind a row of a release or of a plan just read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khplans.client.collection import Collection
    from khplans.client.rows import Row
    from khplans.intake import Plan
    from khplans.why import Why


def why_of(collection: Collection, row: Row) -> Why:
    """Run today's rules on a row's source; raises `KhplansError` for a row without offsets."""
    from khplans.why import why

    row.place()
    return why(_plan_of(collection, row), row.table, row.row_id, row)


def _plan_of(collection: Collection, row: Row) -> Plan:
    """The plan that a row comes from, as far as the tables tell of it."""
    from khplans.intake import Plan
    from khplans.model import Source
    from khplans.text.passage import Correction, Span

    document = row if row.table == "documents" else collection.row(row["document_id"])
    plan_id = document["plan_id"]
    own = {
        one["document_id"]: one
        for one in collection.arrow("documents").to_pylist()
        if one["plan_id"] == plan_id
    }
    corrections = tuple(
        Correction(Span(one["start"], one["end"]), one["before"], one["after"], one["reason"])
        for one in collection.arrow("corrections").to_pylist()
        if one["document_id"] in own
    )
    first = min(own.values(), key=lambda one: one["start"])
    issuer = collection.row(first["issuer_id"]) if first["issuer_id"] else None
    name = " ".join(filter(None, (issuer["name"], issuer["province"]))) if issuer else ""
    return Plan(
        Source(plan_id, collection.source_text(plan_id), corrections, name or None),
        first["plan_title"], name, first["province"], first["origin"] or "", first["received"],
        first["sha256"],
    )  # fmt: skip
