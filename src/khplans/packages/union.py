"""The collection: the same tables over all plans, made from their packages alone.

Tables of a document's own rows are read and written one plan at a time, so memory does not grow
with the number of plans; the tables that plans share (agencies, measures, instruments) are merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.atomic import link_file
from khplans.knowledge.warnings import warning_kind
from khplans.packages.descriptor import COLLECTION, PackagedPlan, PackageWords, write_descriptor
from khplans.packages.package import as_arrow, write_table
from khplans.packages.reader import OwnReader
from khplans.tables.agencies import members_of
from khplans.tables.definition import Table, tables
from khplans.tables.rows import Row, merge_rows, name_own_documents, sort_key

if TYPE_CHECKING:
    import pyarrow as pa

_OF_DOCUMENTS = (
    "document_id", "plan_id", "instrument_id", "start", "end", "plan_title", "origin", "received",
)  # fmt: skip
"""All that is held of every document."""

SHARED = ("measures", "units", "agencies", "agency_names", "agency_members", "instruments")
"""Tables in which the same row can come from several plans."""

DERIVED = ("agency_members",)
"""Those that also have rows which join what several plans bring."""


def write_collection(
    folder: Path, packages: Sequence[Path], words: PackageWords = COLLECTION
) -> None:
    """Write the union of plan packages, in order of their plans, into an empty folder.

    A document that several plans bring along is taken from one of them: from the plan that it is
    itself, else from the first; a warning says so for the others, and one of their blocks where it
    stands.
    """
    readers = map(OwnReader, packages)
    documents = [row for one in readers for row in one.rows("documents", _OF_DOCUMENTS)]
    repeated = _repeated(documents)
    shared: dict[str, list[Row]] = {}
    for definition in tables():
        if definition.name in SHARED:
            rows = merge_rows(
                definition, (OwnReader(one).rows(definition.name) for one in packages)
            )
            shared[definition.name] = rows
            if definition.name == "instruments":
                rows = name_own_documents(rows, documents)
            if definition.name == "agency_members":
                rows = merge_rows(definition, [members_of(shared["agencies"])])
            write_table(folder, definition, [as_arrow(definition, rows)])
        else:
            write_table(folder, definition, _TableParts(packages, definition, repeated))
    (folder / "sources").mkdir()
    for package in packages:
        for source in sorted((package / "sources").iterdir()):
            link_file(source, folder / "sources" / source.name)
    write_descriptor(folder, words, _packaged_plans(documents))


def _repeated(documents: Sequence[Row]) -> dict[str, dict[str, Row]]:
    """By plan, the documents that the collection takes from another, with the row it takes."""
    taken: dict[str, Row] = {}
    for row in sorted(documents, key=lambda row: row["document_id"] != row["plan_id"]):
        taken.setdefault(row["document_id"], row)
    repeated: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in documents:
        kept = taken[row["document_id"]]
        if kept["plan_id"] != row["plan_id"]:
            repeated[row["plan_id"]][row["document_id"]] = kept
    return dict(repeated)


class _TableParts:
    """A table's parts, read from one package after the other each time they are gone through."""

    def __init__(
        self, packages: Sequence[Path], definition: Table, repeated: Mapping[str, Mapping[str, Row]]
    ) -> None:
        self._packages, self._definition, self._repeated = packages, definition, repeated

    def __iter__(self) -> Iterator[pa.Table]:
        for package in self._packages:
            part = OwnReader(package).table(self._definition.name)
            if repeated := self._repeated.get(package.name):
                part = self._without(part, repeated)
            if self._definition.name == "warnings" and self._repeated:
                yield self._notes(package.name)
            yield part

    def _without(self, part: pa.Table, repeated: Mapping[str, Row]) -> pa.Table:
        rows = [row for row in part.to_pylist() if row.get("document_id") not in repeated]
        if self._definition.name == "blocks":
            left = [row for row in part.to_pylist() if row["document_id"] in repeated]
            rows = sorted([*rows, *_left_out(left)], key=partial(sort_key, self._definition))
        return as_arrow(self._definition, rows)

    def _notes(self, plan_id: str) -> pa.Table:
        """That other plans bring a plan's documents along too: beside those, so in their order."""
        kind = warning_kind("document-repeated")
        rows: list[Row] = []
        brought = (
            (document_id, other, kept)
            for other, repeated in self._repeated.items()
            for document_id, kept in repeated.items()
            if kept["plan_id"] == plan_id
        )
        for document_id, other, kept in sorted(brought, key=lambda one: one[:2]):
            facts = {"document": document_id, "plan": plan_id, "other": other}
            message, message_en = kind.say(facts)
            rows.append(
                {
                    "warning_id": f"{document_id}:{other}:{kind.code}",
                    "table": "documents",
                    "row_id": document_id,
                    "code": kind.code,
                    "severity": kind.severity,
                    "message": message,
                    "message_en": message_en,
                    "reviewed": None,
                    "document_id": document_id,
                    "start": kept["start"],
                    "end": kept["end"],
                }
            )
        return as_arrow(self._definition, rows)


def _left_out(blocks: Sequence[Row]) -> Iterator[Row]:
    """A block for each document that is taken from another plan, over all of its own blocks."""
    for _, of_document in groupby(blocks, key=itemgetter("document_id")):
        first, *more = of_document
        yield {
            **dict.fromkeys(first),
            "block_id": first["block_id"],
            "plan_id": first["plan_id"],
            "kind": "outside",
            "reason": "document-repeated",
            "start": first["start"],
            "end": max(row["end"] for row in (first, *more)),
        }


def _packaged_plans(documents: Sequence[Row]) -> list[PackagedPlan]:
    plans: dict[str, PackagedPlan] = {}
    for row in documents:
        received = row["received"].isoformat() if row["received"] else None
        plan = PackagedPlan(row["plan_id"], row["plan_title"], row["origin"], received)
        plans.setdefault(plan.plan_id, plan)
    return list(plans.values())
