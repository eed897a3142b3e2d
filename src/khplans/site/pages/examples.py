"""What pages propose to ask for: the agency, the document, the measure and the quarter that the catalogue has most of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.pages.instrument import namesakes

_BODIES = ("department", "central")
"""Kinds of agencies of which each name is one body's."""


@dataclass(frozen=True)
class BusyAgency:
    """An agency, a year and how many tasks it is to finish in it."""

    agency: Row
    year: int
    tasks: int


def busiest_agency(catalogue: Catalogue) -> BusyAgency | None:
    """The department or ministry that leads most tasks with a day, and the year nearest to the newest plan's in which it has one."""
    collection = catalogue.collection
    agencies, tasks = collection.by_key("agencies"), collection.by_key("tasks")
    years: dict[str, Counter[int]] = defaultdict(Counter)
    for part in collection.tables["task_agencies"]:
        day = tasks[part["task_id"]]["deadline"]
        if day and part["role"] == "lead" and agencies[part["agency_id"]]["kind"] in _BODIES:
            years[part["agency_id"]][day.year] += 1
    if not years:
        return None
    agency_id = min(years, key=lambda name: (-sum(years[name].values()), name))
    newest = collection.newest_year or max(years[agency_id])
    year = min(years[agency_id], key=lambda year: (abs(year - newest), year))
    return BusyAgency(agencies[agency_id], year, years[agency_id][year])


@dataclass(frozen=True)
class CitedInstrument:
    """A document and how many plans cite it, or cite it by its number alone."""

    instrument: Row
    plans: int


def most_cited(catalogue: Catalogue) -> CitedInstrument | None:
    """The document that most plans cite."""
    collection = catalogue.collection
    documents = collection.by_key("documents")
    plans: dict[str, set[str]] = {}
    for row in collection.tables["instruments"]:
        found = [row, *namesakes(catalogue, row)[0]] if row["number"] else [row]
        cited = [c for r in found for c in collection.cited.get(r["instrument_id"], [])]
        plans[row["instrument_id"]] = {documents[c["document_id"]]["plan_id"] for c in cited}
    if not plans:
        return None
    instrument_id = min(
        plans, key=lambda name: (-len(plans[name]), -len(collection.cited.get(name, [])), name)
    )
    return CitedInstrument(
        collection.by_key("instruments")[instrument_id], len(plans[instrument_id])
    )


def most_measured(catalogue: Catalogue) -> Row | None:
    """The measure that has most figures."""
    figures = Counter(
        row["measure_id"] for row in catalogue.collection.tables["indicators"] if row["measure_id"]
    )
    if not figures:
        return None
    measure_id = min(figures, key=lambda name: (-figures[name], name))
    return catalogue.collection.by_key("measures")[measure_id]


@dataclass(frozen=True)
class BusyQuarter:
    """A quarter (1 to 4) of a year and how many tasks are due in it."""

    year: int
    quarter: int
    tasks: int


def busiest_quarter(catalogue: Catalogue) -> BusyQuarter | None:
    """The quarter in which most is due."""
    quarters = Counter(
        (task["deadline"].year, (task["deadline"].month + 2) // 3)
        for task in catalogue.collection.tables["tasks"]
        if task["deadline"]
    )
    if not quarters:
        return None
    year, quarter = min(quarters, key=lambda found: (-quarters[found], found))
    return BusyQuarter(year, quarter, quarters[year, quarter])
