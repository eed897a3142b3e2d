"""The collection as the pages need it: rows by key, what belongs to what, the plans' texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from khplans.errors import refusal
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.reader import OwnReader
from khplans.site.places import Place, place_key, places_of
from khplans.tables.definition import table
from khplans.tables.rows import Row
from khplans.text.fold import fold

__all__ = ["PlanFile", "Row", "SiteData"]


@dataclass(frozen=True)
class PlanFile:
    """A plan's file: its source text as received and the documents found in it, in order."""

    plan_id: str
    text: str
    documents: tuple[Row, ...]

    @property
    def main(self) -> Row:
        """The document that the file is named for: the one that encloses or precedes the others."""
        return next((d for d in self.documents if not d["parent_document_id"]), self.documents[0])


class SiteData:
    """Every table of a package folder, with the look-ups that pages share.

    Rows are dicts by column; dates are `datetime.date`, missing values None.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reader = OwnReader(folder)
        self.descriptor = self._reader.descriptor
        _require_titles(self.descriptor, folder)
        self.tables: Mapping[str, list[Row]] = {
            name: self._reader.rows(name) for name in self._reader.names
        }

    def by_key(self, name: str) -> Mapping[str, Row]:
        """A table's rows by its one-column primary key."""
        return self._keyed[name]

    @cached_property
    def _keyed(self) -> dict[str, dict[str, Row]]:
        return {
            name: {row[table(name).primary_key[0]]: row for row in rows}
            for name, rows in self.tables.items()
            if len(table(name).primary_key) == 1
        }

    @cached_property
    def plans(self) -> Mapping[str, PlanFile]:
        """The plans by id, newest main document first."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        for document in self.tables["documents"]:
            grouped[document["plan_id"]].append(document)
        plans = []
        for plan_id, documents in grouped.items():
            documents.sort(key=lambda row: (row["start"], row["document_id"]))
            plans.append(PlanFile(plan_id, self._reader.text(plan_id), tuple(documents)))
        plans.sort(key=lambda plan: plan.plan_id)
        plans.sort(key=lambda plan: str(plan.main["date"] or ""), reverse=True)
        return {plan.plan_id: plan for plan in plans}

    @cached_property
    def newest_year(self) -> int | None:
        """The year of the newest document; None where none has a date."""
        return max(
            (row["date"].year for row in self.tables["documents"] if row["date"]), default=None
        )

    def plan_of(self, row: Row) -> PlanFile:
        """The plan in whose file a row's words stand."""
        return self.plans[self.by_key("documents")[row["document_id"]]["plan_id"]]

    def of_plan(self, name: str, plan_id: str) -> list[Row]:
        """A table's rows whose document is in that plan."""
        return self._by_plan[name].get(plan_id, [])

    @cached_property
    def _by_plan(self) -> dict[str, dict[str, list[Row]]]:
        plan_ids = self._reader.owners
        found: dict[str, dict[str, list[Row]]] = {}
        for name, rows in self.tables.items():
            found[name] = defaultdict(list)
            if "document_id" in table(name).columns and name != "instruments":
                for row in rows:
                    if row["document_id"] in plan_ids:
                        found[name][plan_ids[row["document_id"]]].append(row)
        return found

    @cached_property
    def parts(self) -> Mapping[str, list[Row]]:
        """`task_agencies` by task, leads first."""
        found = _group(self.tables["task_agencies"], "task_id")
        for rows in found.values():
            rows.sort(key=lambda row: (row["role"] != "lead", row["start"], row["agency_id"]))
        return found

    @cached_property
    def agency_parts(self) -> Mapping[str, list[Row]]:
        """`task_agencies` by agency."""
        return _group(self.tables["task_agencies"], "agency_id")

    @cached_property
    def members(self) -> Mapping[str, list[Row]]:
        """`agency_members` by group."""
        return _group(self.tables["agency_members"], "group_id")

    @cached_property
    def groups(self) -> Mapping[str, list[Row]]:
        """`agency_members` by the body that is in a group."""
        return _group(self.tables["agency_members"], "agency_id")

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The provinces by key, sorted, with those that mergers tie to them."""
        return places_of(self.tables)

    def place(self, province: str | None) -> Place | None:
        """The province of a name; None where there is no name."""
        return self.places[place_key(province)] if province else None

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        """The ways of writing each agency."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.tables["agency_names"]:
            found[row["agency_id"]].append(row["form"])
        return found

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """Names that several agencies have, of different provinces."""
        counted = Counter(row["name"] for row in self.tables["agencies"])
        return frozenset(name for name, count in counted.items() if count > 1)

    @cached_property
    def measured(self) -> Mapping[str, list[Row]]:
        """Indicators by measure."""
        return _group(self.tables["indicators"], "measure_id")

    @cached_property
    def cited(self) -> Mapping[str, list[Row]]:
        """Citations by instrument."""
        return _group(self.tables["citations"], "instrument_id")

    @cached_property
    def _named(self) -> Mapping[str, list[Row]]:
        """Mentions by a short or bare name, by instrument; those of a document of itself left out."""
        instruments = self.by_key("instruments")
        rows = self.tables["short_citations"]
        of_others = (
            row
            for row in rows
            if row["instrument_id"]
            and instruments[row["instrument_id"]]["document_id"] != row["document_id"]
        )
        return _group(of_others, "instrument_id")

    def mentions(self, instrument_id: str) -> list[Row]:
        """Everything that cites an instrument: by number, date or name, or by a short name."""
        return [*self.cited.get(instrument_id, []), *self._named.get(instrument_id, [])]

    @cached_property
    def by_number(self) -> Mapping[str, list[Row]]:
        """Instruments by folded number."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["instruments"]:
            if row["number"]:
                found[fold(row["number"])].append(row)
        return found

    @cached_property
    def doubts(self) -> Mapping[tuple[str, str], list[Row]]:
        """Warnings by the table and row that they speak of."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.tables["warnings"]:
            found[row["table"], row["row_id"]].append(row)
        return found


def _group(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of a column, those without one left out.

    >>> dict(_group([{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": None, "b": 4}], "a"))
    {1: [{'a': 1, 'b': 2}, {'a': 1, 'b': 3}]}
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            found[row[column]].append(row)
    return found


def _require_titles(descriptor: Mapping[str, Any], folder: Path) -> None:
    if not {"title", "description"} <= descriptor.keys():
        raise refusal("package-untitled", folder / DESCRIPTOR)
