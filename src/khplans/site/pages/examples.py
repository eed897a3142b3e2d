"""What pages propose to ask for: names, years and numbers that the catalogue has most of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from khplans.site.catalogue import Catalogue

_BODIES = ("department", "central")
"""Kinds of agencies of which each name is one body's."""


@dataclass(frozen=True)
class Examples:
    """The department or ministry that leads most dated tasks, the year of most of those, the document cited most, the quarter
    (year, 1 to 4) in which most is due; None where the catalogue has no such thing."""

    agency: str | None
    year: int | None
    number: str | None
    quarter: tuple[int, int] | None


def examples_of(catalogue: Catalogue) -> Examples:
    """What there is most of; of equals the last in order."""
    collection = catalogue.collection
    agencies, tasks = collection.by_key("agencies"), collection.by_key("tasks")
    led = [
        (agencies[part["agency_id"]]["name"], tasks[part["task_id"]]["deadline"])
        for part in collection.tables["task_agencies"]
        if part["role"] == "lead" and agencies[part["agency_id"]]["kind"] in _BODIES
    ]
    dated = [(name, day) for name, day in led if day]
    agency = _commonest(name for name, _ in dated)
    days: list[date] = [task["deadline"] for task in collection.tables["tasks"] if task["deadline"]]
    return Examples(
        agency,
        _commonest(day.year for name, day in dated if name == agency),
        _commonest(row["number"] for row in collection.tables["citations"] if row["number"]),
        _commonest((day.year, (day.month + 2) // 3) for day in days),
    )


_Value = TypeVar("_Value", str, int, tuple[int, int])


def _commonest(values: Iterable[_Value]) -> _Value | None:
    counted = Counter(values)
    return max(counted, key=lambda value: (counted[value], value)) if counted else None
