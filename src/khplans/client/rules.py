"""The rules behind a row of a release or of a plan just read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from khplans.client.collection import Collection
    from khplans.client.rows import Row
    from khplans.intake import Plan
    from khplans.model import Judgement
    from khplans.why import Why


def why_of(collection: Collection, row: Row, beside: Callable[[str], Mapping[str, bytes]]) -> Why:
    """Run today's rules on a row's source; raises `KhplansError` for a row without offsets.

    `beside` gives the files that are kept beside a plan's text, by their names.
    """
    from khplans.why import why

    row.place()
    return why(_plan_of(collection, row, beside), row.table, row.row_id, row)


def _plan_of(
    collection: Collection, row: Row, beside: Callable[[str], Mapping[str, bytes]]
) -> Plan:
    """The plan that a row comes from, as far as the tables and the files beside its text tell of it."""
    from khplans.intake import Plan
    from khplans.intake.layout_file import read_layout
    from khplans.intake.plans import LAYOUT
    from khplans.intake.review_file import REVIEW
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
    files, text = beside(plan_id), collection.source_text(plan_id)
    layout = read_layout(files[LAYOUT], text, LAYOUT) if LAYOUT in files else None
    return Plan(
        Source(plan_id, text, corrections, name or None, layout),
        first["plan_title"], name, first["province"], first["origin"] or "", first["received"],
        first["sha256"], judgements=_judgements(files.get(REVIEW)),
    )  # fmt: skip


def _judgements(written: bytes | None) -> tuple[Judgement, ...]:
    """What people said of a plan's rows, from the bytes of its review.csv.

    >>> from datetime import date
    >>> from khplans.intake.review_file import review_bytes
    >>> from khplans.model import Judgement
    >>> from khplans.text.passage import Span
    >>> said = Judgement("tasks", "", Span(0, 1), "a", "b", "b", "c", "Lan", date(2025, 1, 2), 2)
    >>> _judgements(None), _judgements(review_bytes([said])) == (said,)
    ((), True)
    """
    from khplans.atomic import scratch
    from khplans.intake.review_file import REVIEW, read_judgements

    if written is None:
        return ()
    with scratch() as aside:
        path = aside / REVIEW
        path.write_bytes(written)
        return read_judgements(path)
