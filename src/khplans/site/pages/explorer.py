"""A table's explorer as the page has it before its script runs: controls, the first rows, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.markup import SitePage, esc, grid, json_script
from khplans.site.pages.explorer_cells import column_title, in_order, shown, shown_cell
from khplans.site.pages.explorer_settings import settings
from khplans.site.pages.filters import filter_title, filters, has_choice
from khplans.site.templating import render
from khplans.tables.definition import Table

_FIRST = 12
"""Rows that the page comes with, at most."""


@dataclass(frozen=True)
class _Filter:
    """A control: of what it narrows by its column and title, `kind` says what people choose from."""

    name: str
    title: str
    kind: str


def explorer(catalogue: Catalogue, page: SitePage, definition: Table) -> Markup:
    """The explorer; with scripts off, the first rows are all there is."""
    rows = catalogue.collection.tables[definition.name]
    told = json_script(settings(catalogue, page, definition), "application/json", "kh-explorer")
    return render(
        page, "explorer.md", filters=list(_filters(catalogue, page, definition)), total=len(rows),
        first=min(_FIRST, len(rows)), rows=_first_rows(catalogue, page, definition), settings=Markup(told),
    )  # fmt: skip


def _filters(catalogue: Catalogue, page: SitePage, definition: Table) -> Iterator[_Filter]:
    """The controls, whose values the script fills in."""
    for name in filters(definition):
        if name == "deadline":
            yield _Filter("from", page.words.say("Due from"), "date")
            yield _Filter("to", page.words.say("to"), "date")
        elif has_choice(catalogue, definition, name):
            yield _Filter(name, filter_title(page, definition, name), "choice")


def _first_rows(catalogue: Catalogue, page: SitePage, definition: Table) -> Markup:
    names = shown(definition)
    head = [esc(column_title(page, definition, name)) for name in names]
    rows: list[Row] = in_order(catalogue, definition)[:_FIRST]
    cells = [[shown_cell(catalogue, page, definition, row, name) for name in names] for row in rows]
    classes = dict(_classes(definition))
    return grid(head, cells, classes=classes, label=page.words.say("The rows"), labelled=True)


_BY_TYPE: Mapping[str, str] = {"date": "date", "number": "num", "integer": "num"}


def _classes(definition: Table) -> Iterator[tuple[int, str]]:
    """How the cells of each column look."""
    kinds: dict[str, Any] = {field.name: _BY_TYPE.get(field.type) for field in definition.fields}
    for place, name in enumerate(shown(definition)):
        if css := "due" if name == "deadline" else kinds.get(name):
            yield place, css
