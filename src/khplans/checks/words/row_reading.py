"""The rows and texts of a slice, as the rules of `checks/words` look at them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from khplans.checks.package import Asked
from khplans.checks.words.places import Text
from khplans.tables.definition import Field, tables
from khplans.tables.rows import Row

_NO_TEXT = Text("")
_NAMES_TOGETHER = 3
_ROWS_TOGETHER = 60
"""Rows that name the columns of a table together, at most."""


@dataclass(frozen=True)
class SecondReading:
    """A slice's rows and texts; `shared` has the rows of the tables that slices share.

    `unaccepted` are the plans that nobody has looked over yet.
    """

    rows: Mapping[str, list[Row]]
    sources: Mapping[str, str]
    shared: Mapping[str, list[Row]]
    unaccepted: Set[str] = frozenset()

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The plans' texts with their corrections."""
        corrections: dict[str, list[tuple[int, int, str]]] = {}
        for row in self.rows["corrections"]:
            document = self.documents.get(row["document_id"])
            plan = document["plan_id"] if document else ""
            corrections.setdefault(plan, []).append((row["start"], row["end"], row["after"] or ""))
        return {
            plan: Text(text, tuple(sorted(corrections.get(plan, ()))))
            for plan, text in self.sources.items()
        }

    def text(self, row: Row) -> Text:
        """The text that a row's offsets count in; an empty one where there is none."""
        document = self.documents.get(row["document_id"])
        return self.texts.get(document["plan_id"], _NO_TEXT) if document else _NO_TEXT

    @cached_property
    def in_text(self) -> Mapping[str, list[Row]]:
        """The rows of each table that are in their texts."""
        return Asked(lambda name: list(filter(self.is_in_text, self.rows[name])))

    def is_in_text(self, row: Row) -> bool:
        """Whether a row's document and span are there: where not, other checks tell of it."""
        if "start" not in row or row["start"] is None:
            return True
        inside: bool = 0 <= row["start"] <= row["end"] <= len(self.text(row).text)
        return inside and row["document_id"] in self.documents

    def is_unaccepted(self, row: Row) -> bool:
        """Whether a row is of a plan that nobody has looked over yet."""
        document = self.documents.get(row.get("document_id", ""))
        return document is not None and document["plan_id"] in self.unaccepted

    def judged(self, row: Row) -> Row:
        """The row that people judge: of an agency's part in a task that of the task, unless they gave the part."""
        is_given = row.get("basis") == "review"
        return row if is_given or "role" not in row else self.tasks.get(row.get("task_id", ""), row)

    @cached_property
    def documents(self) -> dict[str, Row]:
        """The documents by id."""
        return {row["document_id"]: row for row in self.rows["documents"]}

    @cached_property
    def sections(self) -> dict[str, Row]:
        """The sections by id."""
        return {row["section_id"]: row for row in self.rows["sections"]}

    @cached_property
    def tasks(self) -> dict[str, Row]:
        """The tasks by id."""
        return {row["task_id"]: row for row in self.rows["tasks"]}

    @cached_property
    def agencies(self) -> dict[str, Row]:
        """The agencies by id."""
        return {row["agency_id"]: row for row in self.shared["agencies"]}

    @cached_property
    def forms(self) -> frozenset[tuple[str, str]]:
        """The ways of writing: agency id and form."""
        return frozenset((row["agency_id"], row["form"]) for row in self.shared["agency_names"])

    @cached_property
    def instruments(self) -> dict[str, Row]:
        """The instruments by id."""
        return {row["instrument_id"]: row for row in self.shared["instruments"]}

    @cached_property
    def forms_of(self) -> dict[str, list[str]]:
        """The ways of writing by agency id."""
        found: dict[str, list[str]] = {}
        for row in self.shared["agency_names"]:
            found.setdefault(row["agency_id"], []).append(row["form"])
        return found

    @cached_property
    def coordinate_cells(self) -> Counter[str]:
        """How many bodies each document names in cells of a column of those that coordinate."""
        return Counter(
            row["document_id"]
            for row in self.rows["task_agencies"]
            if row["basis"] == "cell" and row["role"] == "coordinate"
        )

    @cached_property
    def _before(self) -> dict[str, Row]:
        """The indicator before each in its document, by the indicator's id."""
        ordered = sorted(self.rows["indicators"], key=lambda r: (r["document_id"], r["start"]))
        pairs = zip(ordered, ordered[1:], strict=False)  # noqa: RUF007
        return {
            row["indicator_id"]: before
            for before, row in pairs
            if before["document_id"] == row["document_id"]
        }

    def number_before(self, row: Row) -> Row | None:
        """The indicator before this one in its document."""
        return self._before.get(row["indicator_id"])

    @cached_property
    def _blocks(self) -> dict[str, list[Row]]:
        """The blocks of each plan in order; one that goes on after a page's foot is joined."""
        whole = {row["block_id"]: dict(row) for row in self.rows["blocks"]}
        for row in self.rows["blocks"]:
            first = whole.get(row["continues_block_id"] or "")
            if first is not None:
                first["end"] = max(first["end"], row["end"])
        found: dict[str, list[Row]] = {}
        for row in sorted(whole.values(), key=itemgetter("start")):
            if row["continues_block_id"] is None:
                found.setdefault(row["plan_id"], []).append(row)
        return found

    def block_start(self, row: Row) -> int:
        """Where that block begins."""
        block = self.block_of(row)
        return block["start"] if block else 0

    def block_of(self, row: Row) -> Row | None:
        """The block that a row of a document begins in."""
        blocks = self._blocks.get(self.documents[row["document_id"]]["plan_id"], [])
        place = bisect_right(blocks, row["start"], key=itemgetter("start"))
        return blocks[place - 1] if place else None

    def row_of_table(self, row: Row) -> Row | None:
        """The block of a table's row in which a row begins."""
        block = self.block_of(row)
        return block if block and block["kind"] == "row" else None

    def rows_above(self, block: Row) -> Iterator[Row]:
        """The rows of its table above the block of a row, the nearest first."""
        blocks = self._blocks[block["plan_id"]]
        at = bisect_left(blocks, block["start"], key=itemgetter("start"))
        for above in blocks[max(0, at - _ROWS_TOGETHER) : at][::-1]:
            if above["kind"] == "row":
                yield above
            elif above["kind"] not in ("furniture", "columns"):
                return

    @cached_property
    def _names(self) -> dict[str, list[Row]]:
        """The blocks that name columns, by plan."""
        return {
            plan: [block for block in blocks if block["kind"] == "columns"]
            for plan, blocks in self._blocks.items()
        }

    def names_above(self, block: Row) -> Sequence[Row]:
        """The last blocks that name columns above a block, the nearest first."""
        found = self._names.get(block["plan_id"], [])
        at = bisect_left(found, block["start"], key=itemgetter("start"))
        return found[max(0, at - _NAMES_TOGETHER) : at][::-1]

    @cached_property
    def cited_by_citations(self) -> frozenset[tuple[str, str]]:
        """What is cited: citation id and instrument id."""
        return frozenset(
            (row["citation_id"], row["instrument_id"]) for row in self.rows["citations"]
        )

    @cached_property
    def cited_by_documents(self) -> frozenset[tuple[str, str]]:
        """What is cited: document id and instrument id."""
        return frozenset(
            (row["document_id"], row["instrument_id"]) for row in self.rows["citations"]
        )

    @cached_property
    def _mentions(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in sorted(self.rows["citations"], key=itemgetter("start")):
            found.setdefault(row["document_id"], []).append(row)
        return found

    def mentions_before(self, row: Row, reach: int) -> list[Row]:
        """The citations of its block that end before a row and begin within reach, in order."""
        mentions, start = self._mentions.get(row["document_id"], []), itemgetter("start")
        first = bisect_left(mentions, max(row["start"] - reach, self.block_start(row)), key=start)
        last = bisect_left(mentions, row["start"], key=start)
        return [one for one in mentions[first:last] if one["end"] <= row["start"]]

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = {}
        for row in self.rows["tasks"]:
            starts.setdefault(row["document_id"], []).append(row["start"])
        return {document_id: sorted(some) for document_id, some in starts.items()}

    def task_around(self, row: Row) -> tuple[int, int]:
        """Where the task before a row's begins, and where the one after it does."""
        starts = self._starts[row["document_id"]]
        place = bisect_right(starts, row["start"])
        after = starts[place] if place < len(starts) else self.documents[row["document_id"]]["end"]
        return (starts[place - 2] if place > 1 else 0), after

    def first_task(self, section: Row) -> int:
        """Where the first task from a section's beginning on begins."""
        starts = self._starts.get(section["document_id"], [])
        place = bisect_left(starts, section["start"])
        return starts[place] if place < len(starts) else section["end"]

    def section_after(self, row: Row) -> int:
        """Where the first section after a row of a document begins."""
        starts = self._section_starts.get(row["document_id"], [])
        place = bisect_left(starts, row["end"])
        return starts[place] if place < len(starts) else self.documents[row["document_id"]]["end"]

    @cached_property
    def _section_starts(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = {}
        for row in self.rows["sections"]:
            starts.setdefault(row["document_id"], []).append(row["start"])
        return {document_id: sorted(some) for document_id, some in starts.items()}

    def headings(self, row: Row) -> list[Row]:
        """The sections that a row stands in, the innermost first."""
        found: list[Row] = []
        section = self.sections.get(row["section_id"] or "")
        while section is not None and section not in found:
            found.append(section)
            section = self.sections.get(section["parent_section_id"] or "")
        return found


def whole_rows(rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows that have what their schemas ask for; the checks of the schemas tell of the others."""
    return {
        definition.name: _whole(rows[definition.name], tuple(filter(_is_narrow, definition.fields)))
        for definition in tables()
    }


def _whole(rows: Sequence[Row], fields: Sequence[Field]) -> list[Row]:
    return [row for row in rows if all(_fits(field, row[field.name]) for field in fields)]


def _is_narrow(field: Field) -> bool:
    """Whether not every value of its type fits a column."""
    return field.required or bool(field.values) or field.pattern is not None


def _fits(field: Field, value: object) -> bool:
    if value is None:
        return not field.required
    if field.values and all(value != one.value for one in field.values):
        return False
    return field.pattern is None or re.fullmatch(field.pattern, str(value)) is not None
