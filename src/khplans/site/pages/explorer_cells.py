"""The rows of a table's page as people read them: the same columns, order and cells as explorer.js makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, shorten
from khplans.site.pages.original_links import page_below
from khplans.site.row_places import KEYS, NOTED
from khplans.site.stated import inferred_deadline, inferred_part
from khplans.site.templating import cell
from khplans.tables.definition import Table

_SHOWN: Mapping[str, tuple[str, ...]] = {
    "documents": ("number", "document_type", "title", "date", "signer", "province"),
    "pages": ("page", "start", "end", "plan_id"),
    "sections": ("path", "heading", "role", "document_id"),
    "tasks": ("deadline", "text", "lead", "coordinate", "output", "document_id"),
    "task_agencies": ("agency_id", "role", "basis", "task_id", "document_id"),
    "indicators": ("name", "quote", "value", "unit", "kind", "period", "measure_id", "document_id"),
    "citations": (
        "quote",
        "document_type",
        "number",
        "date",
        "provision",
        "relation",
        "document_id",
    ),
    "short_citations": ("quote", "instrument_id", "provision", "citation_id", "document_id"),
    "blocks": ("kind", "reason", "section_id", "start", "end", "document_id"),
    "corrections": ("before", "after", "reason", "document_id"),
    "warnings": ("severity", "code", "message", "table", "document_id"),
}
"""The columns that the explorer shows; `lead` and `coordinate` are joined from task_agencies."""

FULLEST: Mapping[str, tuple[str, ...]] = {
    "tasks": ("deadline_text", "lead", "coordinate", "output"),
    "indicators": ("measure_id", "period"),
    "citations": ("number", "date", "provision"),
    "instruments": ("number", "date", "title"),
    "documents": ("number", "date", "signer"),
}
"""The columns that count where the rows with most in them stand first."""

_LONG = 240
"""Letters up to which a text is shown whole, as in explorer.js."""
_NAMES = 120
"""Letters up to which a list of agencies is."""
_ROLES = ("lead", "coordinate")


def shown(definition: Table) -> tuple[str, ...]:
    """The columns that a table's explorer shows."""
    return _SHOWN.get(definition.name, definition.columns)


def column_title(page: SitePage, definition: Table, name: str) -> str:
    """What a column is called above its cells."""
    own = own_titles(page, definition).get(name)
    if own:
        return own
    field = definition.field(name)
    return page.words(field.title, field.title_en)


def own_titles(page: SitePage, definition: Table) -> dict[str, str]:
    """What columns are called where not as in the dictionary."""
    words = page.words
    titles = {
        "lead": words.say("Lead"),
        "coordinate": words.say("Coordinating"),
        "document_id": words.say("In the plan"),
        "measure_id": words.say("Measure"),
    }
    if "agency_id" in definition.columns and definition.name != "agencies":
        titles["agency_id"] = words.say("Agency")
    return {name: title for name, title in titles.items() if name in shown(definition)}


def in_order(catalogue: Catalogue, definition: Table) -> list[Row]:
    """The rows, those with most in them first, else as the table has them."""
    wanted, parts = FULLEST.get(definition.name, ()), catalogue.collection.parts

    def has(row: Row, name: str) -> bool:
        if name in _ROLES:
            return any(part["role"] == name for part in parts.get(row["task_id"], ()))
        return row[name] is not None

    rows = catalogue.collection.tables[definition.name]
    return sorted(rows, key=lambda row: -sum(has(row, name) for name in wanted))


def shown_cell(catalogue: Catalogue, page: SitePage, definition: Table, row: Row, name: str) -> str:
    """A cell: names instead of ids, numbers and dates as the language has them, what is inferred marked."""
    if name in _ROLES:
        return _agencies(catalogue, page, row, name)
    if name == "deadline":
        return _deadline(page, row)
    value = row[name]
    if value is None:
        return ""
    named = _named(catalogue, page, definition, row, name)
    return _plain(page, definition, row, name) if named is None else named


def _agencies(catalogue: Catalogue, page: SitePage, row: Row, role: str) -> str:
    """The agencies of a role; the mark of what was inferred once where it is the same for all."""
    parts = [p for p in catalogue.collection.parts.get(row["task_id"], []) if p["role"] == role]
    names = [_agency(catalogue, part["agency_id"]) for part in parts]
    marks = [inferred_part(p, page.words) for p in parts]
    if len(set(marks)) == 1:
        marks = [*[Markup()] * (len(marks) - 1), marks[0]]
    said = "; ".join(f"{esc(name)} {mark}".strip() for name, mark in zip(names, marks, strict=True))
    return _folded(page, Markup(said)) if len("; ".join(names)) > _NAMES else said


def _deadline(page: SitePage, row: Row) -> str:
    words, day = page.words, row["deadline"]
    if day is None:
        said = words.value("tasks", "cadence", row["cadence"]) or row["deadline_text"] or ""
        return esc(said)
    mark = inferred_deadline(row, words)
    return f"{words.date(day)} {mark}".strip()


def _named(
    catalogue: Catalogue, page: SitePage, definition: Table, row: Row, name: str
) -> str | None:
    """The name of what an id of a table stands for; None in a column that is shown as it is."""
    value, table, collection = row[name], definition.name, catalogue.collection
    if name == "document_id" and table in KEYS:
        number = collection.by_key("documents")[value]["number"]
        link = page.a(catalogue.row_page(row), number or value, anchor(table, row[KEYS[table]]))
        return link + Markup(page_below(catalogue, page, table, row) if table in NOTED else "")
    if name in ("agency_id", "group_id") and table != "agencies":
        return esc(_agency(catalogue, value))
    if (table, name) == ("indicators", "measure_id"):
        measure = collection.by_key("measures")[value]
        return esc(page.words(measure["name"], measure["name_en"] or measure["name"]))
    return None


def _plain(page: SitePage, definition: Table, row: Row, name: str) -> str:
    """A value by its column's name or type."""
    words, kind, value = page.words, definition.field(name).type, row[name]
    by_name: Mapping[str, Callable[[str | None], str]] = {
        "period": words.period, "unit": words.unit, "theme": words.theme,
    }  # fmt: skip
    if name in by_name:
        return esc(by_name[name](value))
    if kind == "date":
        return words.date(value)
    if name == "value":
        return signed(words, row)
    if kind in ("number", "integer"):
        return str(value) if name == "year" else words.number(value)
    text = words.value(definition.name, name, value)
    return _folded(page, shorten(text, _LONG + 60)) if len(text) > _LONG else esc(text)


def signed(words: Language, row: Row) -> str:
    """A figure or a range with the sign of its change.

    >>> from khplans.site.languages import vi
    >>> figure = {"value": 6.5, "value_high": None, "change": "increase"}
    >>> signed(vi, figure), signed(vi, figure | {"value_high": 8, "change": "decrease"})
    ('+6,5', '−6,5–8')
    """
    sign = {"increase": "+", "decrease": "−"}.get(row["change"], "")
    value = abs(row["value"]) if sign else row["value"]
    return sign + words.span(value, row["value_high"])


def _agency(catalogue: Catalogue, agency_id: str) -> str:
    """An agency's name, with its province where others have the same name."""
    agency = catalogue.collection.by_key("agencies")[agency_id]
    name, province = str(agency["name"]), agency["province"]
    shared: Sequence[Any] | frozenset[str] = catalogue.collection.shared_names
    return f"{name} ({province})" if province and name in shared else name


def _folded(page: SitePage, text: str) -> str:
    """A long text, of which a few lines are seen until someone asks for all."""
    return cell("folded", text=text, more=page.words.say("show all"))
