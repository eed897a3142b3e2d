"""What the rows of each table can be narrowed by, in its explorer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khplans.site.catalogue import Catalogue
from khplans.site.markup import SitePage
from khplans.tables.definition import Table

_FILTERS: Mapping[str, tuple[str, ...]] = {
    "documents": ("province", "document_type"),
    "pages": ("province",),
    "sections": ("province", "plan", "role"),
    "tasks": ("province", "plan", "agency", "role", "deadline", "cadence"),
    "task_agencies": ("province", "plan", "agency", "role", "basis"),
    "indicators": ("province", "plan", "theme", "measure", "kind", "unit", "period", "change"),
    "measures": ("province", "theme", "unit"),
    "agencies": ("province", "kind"),
    "agency_names": ("province", "agency"),
    "agency_members": ("province",),
    "citations": ("province", "plan", "document_type", "relation"),
    "short_citations": ("province", "plan"),
    "instruments": ("province", "document_type", "issuer"),
    "blocks": ("province", "kind", "reason"),
    "corrections": ("province", "plan"),
    "warnings": ("province", "plan", "severity", "code", "table"),
}


@dataclass(frozen=True)
class Through:
    """Filters whose values stand in the rows of another table, several to a row of this one."""

    table: str
    key: str
    filters: tuple[str, ...]


_THROUGH: Mapping[str, Through] = {
    "tasks": Through("task_agencies", "task_id", ("agency", "role")),
    "measures": Through("indicators", "measure_id", ("province",)),
    "instruments": Through("citations", "instrument_id", ("province",)),
}
_PLACES = ("province", "document_id", "plan_id", "group_id", "agency_id")
"""The columns that tell which province a row is of, the surest first."""


def filters(definition: Table) -> tuple[str, ...]:
    """The names of a table's filters, the widest first."""
    return _FILTERS.get(definition.name, ())


def through(definition: Table) -> Through | None:
    """Where a table's filters find the values that its own rows don't have."""
    return _THROUGH.get(definition.name)


def place_column(definition: Table) -> str:
    """The column from which the province of a table's rows is known; empty where there is none."""
    return next((name for name in _PLACES if name in definition.columns), "")


def filter_title(page: SitePage, definition: Table, name: str) -> str:
    """What a filter is called."""
    words = page.words
    named = {
        "plan": words.say("Plan"),
        "agency": words.say("Agency"),
        "measure": words.say("Measure"),
        "theme": words.say("Theme"),
        "province": words.say("Province"),
        "role": words.say("Role"),
    }
    if name in definition.columns and name != "province":
        field = definition.field(name)
        return words(field.title, field.title_en)
    return named[name]


def has_choice(catalogue: Catalogue, definition: Table, name: str) -> bool:
    """Whether a filter has two values at least."""
    found: set[Any] = set()
    for value in _values(catalogue, definition, name):
        if value is not None:
            found.add(value)
        if len(found) > 1:
            return True
    return False


def _values(catalogue: Catalogue, definition: Table, name: str) -> Iterable[Any]:
    """The values that a filter compares."""
    from khplans.tables.definition import table

    source = through(definition)
    if source and name in source.filters:
        definition = table(source.table)
    rows = catalogue.collection.tables[definition.name]
    column, value = _value_of(catalogue, definition, name)
    return (value(row[column]) for row in rows if row[column])


def _value_of(catalogue: Catalogue, definition: Table, name: str) -> tuple[str, Callable[[Any], Any]]:  # fmt: skip
    """The column that a filter reads, and what it makes of its value."""
    collection = catalogue.collection
    if name == "province":
        return _province_of(catalogue, definition)
    if name == "plan":
        documents = collection.by_key("documents")
        return "document_id", lambda key: documents[key]["plan_id"]
    if name == "theme" and name not in definition.columns:
        measures = collection.by_key("measures")
        return "measure_id", lambda key: measures[key]["theme"]
    return {"agency": "agency_id", "measure": "measure_id"}.get(name, name), lambda value: value


def _province_of(catalogue: Catalogue, definition: Table) -> tuple[str, Callable[[Any], Any]]:
    collection, column = catalogue.collection, place_column(definition)
    if column == "plan_id":
        return column, lambda key: collection.plans[key].main["province"]
    if column == "province":
        return column, lambda value: value
    found = collection.by_key("documents" if column == "document_id" else "agencies")
    return column, lambda key: found[key]["province"]
