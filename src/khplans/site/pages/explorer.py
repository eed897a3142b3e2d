"""A table's explorer as the page has it before its script runs: controls, the first rows, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.markup import SitePage, anchor, esc, grid, json_script, shorten
from khplans.site.pages.common import KEYS
from khplans.site.pages.original_links import MISREAD, page_below
from khplans.site.row_places import NOTED
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

_FILTERS: Mapping[str, tuple[str, ...]] = {
    "documents": ("province", "document_type"),
    "sections": ("plan", "role"),
    "tasks": ("plan", "agency", "role", "deadline", "cadence"),
    "task_agencies": ("plan", "agency", "role", "basis"),
    "indicators": ("plan", "theme", "measure", "kind", "unit", "period", "change"),
    "measures": ("theme", "unit"),
    "agencies": ("province", "kind"),
    "citations": ("plan", "document_type", "relation"),
    "short_citations": ("plan",),
    "instruments": ("document_type", "issuer"),
    "blocks": ("kind", "reason"),
    "corrections": ("plan",),
    "warnings": ("plan", "severity", "code", "table"),
}
_JOINED: Mapping[str, tuple[str, ...]] = {
    "tasks": ("task_agencies", "agencies"),
    "task_agencies": ("agencies",),
    "indicators": ("measures",),
}
"""The tables that a table's explorer reads besides documents and itself."""

_FIRST = 12
"""Rows that the page comes with, at most."""
_LONG = 240
_NAMES = 120
"""Letters up to which a text, a list of agencies, is shown whole, as in explorer.js."""


def explorer(catalogue: Catalogue, page: SitePage, definition: Table, room: int) -> list[str]:
    """The blocks of the explorer in about `room` bytes: with scripts off, the first rows are all there is."""
    words = page.words
    rows = catalogue.collection.tables[definition.name]
    take = "".join(
        f'<button type="button" class="md-button{main}" data-take="{kind}">'
        f"{words.say('Download these rows')} ({kind.upper()})</button> "
        for kind, main in (("csv", " md-button--primary"), ("xlsx", ""))
    )
    settings = json_script(
        _settings(catalogue, page, definition), "application/json", "kh-explorer"
    )
    controls = _controls(catalogue, page, definition)
    room -= len(settings.encode()) + len(controls.encode()) + 1000
    first, table = _first_rows(catalogue, page, definition, room)
    note = words.say(
        "The first %(first)s rows. Turn scripts on to filter and sort, or download the table below.",
        first=first,
    )
    return [
        f'<div id="explorer" class="kh-explorer">{controls}'
        f'<p class="kh-small kh-count" role="status">{words.number(len(rows))} {words.say("rows")}</p>'
        f'<p class="kh-tools">{take}</p><noscript><p class="kh-small">{note}</p></noscript>'
        f'<div class="kh-view">{table}</div></div>',
        settings,
    ]


def _shown(definition: Table) -> tuple[str, ...]:
    return _SHOWN.get(definition.name, definition.columns)


def _controls(catalogue: Catalogue, page: SitePage, definition: Table) -> str:
    """The filters, whose values the script fills in; without scripts they are not shown."""
    words = page.words
    every = f'<option value="">{words.say("all")}</option>'
    hint = words.say("accents or not")
    labels = [
        f'<label><span>{words.say("Words")}</span><input type="search" name="q" placeholder="{hint}"></label>'
    ]
    for name in _FILTERS.get(definition.name, ()):
        if name == "deadline":
            labels += [
                f'<label><span>{title}</span><input type="date" name="{end}"></label>'
                for end, title in (("from", words.say("Due from")), ("to", words.say("to")))
            ]  # fmt: skip
        elif _has_choice(catalogue, definition, name):
            title = esc(_filter_title(page, definition, name))
            labels.append(
                f'<label><span>{title}</span><select name="{name}">{every}</select></label>'
            )
    return (
        f'<button type="button" class="kh-filters" aria-expanded="false" aria-controls="kh-controls">'
        f"{words.say('Filters')}</button>"
        f'<form id="kh-controls" class="kh-tools kh-controls">{"".join(labels)}'
        f'<button type="reset">{words.say("Clear")}</button></form>'
    )


def _filter_title(page: SitePage, definition: Table, name: str) -> str:
    words = page.words
    named = {
        "plan": ("Kế hoạch", "Plan"),
        "agency": ("Cơ quan", "Agency"),
        "role": ("Vai trò", "Role"),
        "measure": ("Thước đo", "Measure"),
        "theme": ("Chủ đề", "Theme"),
    }
    if name in named and not (name == "role" and name in definition.columns):
        return words(*named[name])
    field = definition.field(name)
    return words(field.title, field.title_en)


def _has_choice(catalogue: Catalogue, definition: Table, name: str) -> bool:
    """Whether a filter has two values at least."""
    collection, rows = catalogue.collection, catalogue.collection.tables[definition.name]
    documents, measures = collection.by_key("documents"), collection.by_key("measures")
    values: Iterable[Any]
    if name == "plan":
        values = (documents[row["document_id"]]["plan_id"] for row in rows if row["document_id"])
    elif name in ("agency", "role") and definition.name in ("tasks", "task_agencies"):
        column = {"agency": "agency_id", "role": "role"}[name]
        values = (row[column] for row in collection.tables["task_agencies"])
    elif name == "measure":
        values = (row["measure_id"] for row in rows)
    elif name == "theme" and name not in definition.columns:
        values = (measures[row["measure_id"]]["theme"] for row in rows if row["measure_id"])
    else:
        values = (row[name] for row in rows)
    found: set[Any] = set()
    for value in values:
        if value is not None:
            found.add(value)
        if len(found) > 1:
            return True
    return False


def _titles(page: SitePage, definition: Table) -> dict[str, str]:
    """What columns are called where not as in the dictionary."""
    words = page.words
    titles = {
        "lead": words.say("Lead"),
        "coordinate": words.say("Coordinating"),
        "document_id": words.say("In the plan"),
        "measure_id": words.say("Measure"),
    }
    if definition.name == "task_agencies":
        titles["agency_id"] = words.say("Agency")
    return {name: title for name, title in titles.items() if name in _shown(definition)}


def _first_rows(
    catalogue: Catalogue, page: SitePage, definition: Table, room: int
) -> tuple[int, str]:
    """How many rows the page comes with, and their table."""
    words, names = page.words, _shown(definition)
    rows = catalogue.collection.tables[definition.name][:_FIRST]
    titles = _titles(page, definition)
    for name in names:
        if name not in titles:
            field = definition.field(name)
            titles[name] = words(field.title, field.title_en)
    cells: list[list[str]] = []
    size = 0
    for row in rows:
        line = [_cell(catalogue, page, definition, row, name) for name in names]
        size += sum(len(cell.encode()) + 40 for cell in line)
        if len(cells) > 2 and size > room:
            break
        cells.append(line)
    kinds = {"date": "date", "number": "num", "integer": "num"}
    classes = {
        place: kinds[definition.field(name).type]
        for place, name in enumerate(names)
        if name in definition.columns and definition.field(name).type in kinds
    }
    if "deadline" in names:
        classes[names.index("deadline")] = "due"
    head = [esc(titles[name]) for name in names]
    label = words.say("The rows")
    return len(cells), grid(head, cells, classes=classes, label=label, labelled=True)


def _cell(catalogue: Catalogue, page: SitePage, definition: Table, row: Row, name: str) -> str:
    """A cell of a table's page: names instead of ids, numbers and dates as the language has them."""
    if name in ("lead", "coordinate"):
        parts = [p for p in catalogue.collection.parts.get(row["task_id"], []) if p["role"] == name]
        return _put(page, "; ".join(_agency(catalogue, p["agency_id"]) for p in parts), _NAMES)
    value = row[name]
    if value is None:
        if name != "deadline":
            return ""
        return esc(
            page.words.value("tasks", "cadence", row["cadence"]) or row["deadline_text"] or ""
        )
    named = _named(catalogue, page, definition, row, name)
    return _plain_cell(page, definition, name, value) if named is None else named


def _named(
    catalogue: Catalogue, page: SitePage, definition: Table, row: Row, name: str
) -> str | None:
    """The name of what an id of a table stands for; None in a column that is shown as it is."""
    value, table, collection = row[name], definition.name, catalogue.collection
    if name == "document_id" and table in KEYS:
        number = collection.by_key("documents")[value]["number"]
        words = page.a(catalogue.row_page(row), number or value, anchor(table, row[KEYS[table]]))
        return words + (page_below(catalogue, page, table, row) if table in NOTED else "")
    if (table, name) == ("task_agencies", "agency_id"):
        return esc(_agency(catalogue, value))
    if (table, name) == ("indicators", "measure_id"):
        return esc(collection.by_key("measures")[value]["name"])
    return None


def _plain_cell(page: SitePage, definition: Table, name: str, value: Any) -> str:
    """A value by its column's name or type."""
    words, kind = page.words, definition.field(name).type
    by_name = {"period": words.period, "unit": words.unit, "theme": words.theme}
    if name in by_name:
        return esc(by_name[name](value))
    if kind == "date":
        return words.date(value)
    if kind in ("number", "integer"):
        return str(value) if name == "year" else words.number(value)
    return _put(page, words.value(definition.name, name, value), _LONG)


def _agency(catalogue: Catalogue, agency_id: str) -> str:
    """An agency's name, with its province where others have the same name."""
    agency = catalogue.collection.by_key("agencies")[agency_id]
    name, province = str(agency["name"]), agency["province"]
    return (
        f"{name} ({province})" if province and name in catalogue.collection.shared_names else name
    )


def _put(page: SitePage, text: str, limit: int) -> str:
    if len(text) <= limit:
        return esc(text)
    more = page.words.say("show all")
    return (
        f'<div class="kh-clip">{esc(shorten(text, limit + 60))}</div>'
        f'<button type="button" class="kh-more" aria-expanded="false">{more}</button>'
    )


def _places(catalogue: Catalogue, table: str) -> tuple[str, ...]:
    """The tables that tell where a table's rows stand in originals; none where no original is published."""
    return ("pages", "warnings") if catalogue.originals and table in NOTED else ()


def _other_forms(catalogue: Catalogue) -> dict[str, str]:
    """The endings of the originals that are no PDF by their plans; none for one that isn't published."""
    with_pages = sorted({row["plan_id"] for row in catalogue.collection.tables["pages"]})
    originals = ((plan_id, catalogue.originals.get(plan_id)) for plan_id in with_pages)
    forms = {plan_id: found.form if found else "" for plan_id, found in originals}
    return {plan_id: form for plan_id, form in forms.items() if form != "pdf"}


def _settings(catalogue: Catalogue, page: SitePage, definition: Table) -> dict[str, Any]:
    """What the explorer's script must know: the files, the columns and filters, in this language."""
    words, name = page.words, definition.name
    columns = []
    for column in definition.fields:
        known: dict[str, Any] = {
            "name": column.name,
            "title": words(column.title, column.title_en),
        }
        if column.type != "string":
            known["type"] = column.type
        if column.values:
            known["labels"] = {v.value: words(v.label, v.label_en) for v in column.values}
        columns.append(known)
    files = {
        other: {
            "url": page.file_link(f"data/latest/{other}.parquet"),
            "size": catalogue.files[f"{other}.parquet"].size,
        }
        for other in sorted({"documents", name, *_JOINED.get(name, ()), *_places(catalogue, name)})
    }
    settings = {
        "table": name,
        "key": list(definition.primary_key),
        "columns": columns,
        "shown": list(_shown(definition)),
        "titles": _titles(page, definition),
        "filters": list(_FILTERS.get(name, ())),
        "files": files,
        "place": KEYS.get(name, ""),
    }
    if _places(catalogue, name):
        settings["originals"] = _other_forms(catalogue)
        settings["misread"] = list(MISREAD)
    if name in ("indicators", "measures"):
        tables = catalogue.collection.tables
        units = sorted({row["unit"] for row in tables[name] if row["unit"]})
        settings["units"] = {unit: words.unit(unit) for unit in units}
        themes = sorted({row["theme"] for row in tables["measures"] if row["theme"]})
        settings["themes"] = {theme: words.theme(theme) for theme in themes}
    return settings
