"""What the explorer's script must know: files, columns and filters, and what a spreadsheet of the rows holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from khplans.knowledge.table import read_table
from khplans.site.catalogue import UNRELEASED, Catalogue
from khplans.site.markup import SitePage
from khplans.site.pages.explorer_cells import FULLEST, own_titles, shown
from khplans.site.pages.filters import filters, place_column, through
from khplans.site.pages.original_links import MISREAD
from khplans.site.row_places import KEYS, NOTED
from khplans.site.stated import INFERRED, inferred_words
from khplans.tables.definition import Table, table

_JOINED: Mapping[str, tuple[str, ...]] = {"tasks": ("task_agencies",), "indicators": ("measures",)}  # fmt: skip
"""The tables that a table's explorer reads besides documents, itself and what its spreadsheet names."""
_MADE: Mapping[str, str] = {
    "@page": "link",
    "@date": "date",
    "@signed": "number",
    "@signed_high": "number",
}
"""The kind of the spreadsheet's columns that are made from other tables; the others are texts."""


def settings(catalogue: Catalogue, page: SitePage, definition: Table) -> dict[str, Any]:
    """The settings of a table's explorer in the page's language."""
    name, source = definition.name, through(definition)
    sheet = list(_sheet(page, definition))
    made: dict[str, Any] = {
        "table": name,
        "key": list(definition.primary_key),
        "columns": _columns(page, definition),
        "shown": list(shown(definition)),
        "titles": own_titles(page, definition),
        "filters": list(filters(definition)),
        "fullest": list(FULLEST.get(name, ())),
        "sheet": sheet,
        "site": catalogue.settings.address or "",
        "about": dict(_about(catalogue, page, definition)),
        "files": _files(catalogue, page, definition, sheet),
        "place": KEYS.get(name, ""),
        "province": place_column(table(source.table) if source and "province" in source.filters else definition),
    }  # fmt: skip
    if source:
        made["through"] = {"table": source.table, "key": source.key, "filters": source.filters}
    if name == "tasks":
        made["bases"] = _labels(page, table("task_agencies"), "basis")
    made["inferred"] = {
        column: inferred_words(page.words, of, column) for of, column in INFERRED if name == "tasks"
    }
    return made | _originals(catalogue, name) | _names(catalogue, page, name)


def _columns(page: SitePage, definition: Table) -> list[dict[str, Any]]:
    columns = []
    for column in definition.fields:
        known: dict[str, Any] = {
            "name": column.name,
            "title": page.words(column.title, column.title_en),
        }
        if column.type != "string":
            known["type"] = column.type
        if column.values:
            known["labels"] = _labels(page, definition, column.name)
        columns.append(known)
    return columns


def _labels(page: SitePage, definition: Table, column: str) -> dict[str, str]:
    values = definition.field(column).values
    return {known.value: page.words(known.label, known.label_en) for known in values}


def _sheet(page: SitePage, definition: Table) -> Iterator[dict[str, Any]]:
    """The columns of a spreadsheet, as the release's workbook has them."""
    words = page.words
    targets = {key.fields[0]: key.table for key in definition.foreign_keys if len(key.fields) == 1}
    for row in read_table("workbook"):
        name = row["column"]
        if row["table"] != definition.name or not int(row["width"]):
            continue
        made = name.startswith("@")
        field = None if made else definition.field(name)
        title = words(row["header"], row["header_en"])
        if field and not title:
            title = words(field.title, field.title_en)
        column = {"name": name, "title": title, "width": int(row["width"])}
        kind = field.type if field else _MADE.get(name, "string")
        if kind != "string":
            column["type"] = kind
        if name in targets and name != "unit":
            column["of"] = targets[name]
        yield column


def _about(catalogue: Catalogue, page: SitePage, definition: Table) -> Iterator[tuple[str, str]]:
    """What a spreadsheet says of itself."""
    words, kept = page.words, catalogue.settings
    yield words.say("Data"), words(kept.title, kept.title_en)
    yield words.say("Table"), words.table(definition.name)
    yield words.say("Version"), catalogue.version_in(words)
    if catalogue.version != UNRELEASED and catalogue.released:
        yield words.say("Date"), words.date(catalogue.released)
    yield words.say("Licence"), kept.licensed.short


def _files(
    catalogue: Catalogue, page: SitePage, definition: Table, sheet: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    source = through(definition)
    named = {column["of"] for column in sheet if "of" in column}
    needed = {"documents", definition.name, *_JOINED.get(definition.name, ()), *named}
    if source:
        needed.add(source.table)
    if place_column(definition) in ("agency_id", "group_id") or _has(sheet, "@issuer"):
        needed.add("agencies")
    if catalogue.originals and definition.name in NOTED:
        needed |= {"pages", "warnings"}
    return {
        other: {
            "url": page.file_link(f"data/latest/{other}.parquet"),
            "size": catalogue.files[f"{other}.parquet"].size,
        }
        for other in sorted(needed)
    }


def _has(sheet: Sequence[Mapping[str, Any]], name: str) -> bool:
    """Whether a sheet has a column.

    >>> _has([{"name": "a"}], "a"), _has([{"name": "a"}], "b")
    (True, False)
    """
    return any(column["name"] == name for column in sheet)


def _originals(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """The endings of the originals that are no PDF by their plans, none for one that isn't published;
    and the warnings of misread words. Nothing where no original is published."""
    if not catalogue.originals or name not in NOTED:
        return {}
    with_pages = sorted({row["plan_id"] for row in catalogue.collection.tables["pages"]})
    originals = ((plan_id, catalogue.originals.get(plan_id)) for plan_id in with_pages)
    forms = {plan_id: found.form if found else "" for plan_id, found in originals}
    others = {plan_id: form for plan_id, form in forms.items() if form != "pdf"}
    return {"originals": others, "misread": list(MISREAD)}


def _names(catalogue: Catalogue, page: SitePage, name: str) -> dict[str, Any]:
    """What units and themes are called."""
    if name not in ("indicators", "measures"):
        return {}
    words, tables = page.words, catalogue.collection.tables
    units = sorted({row["unit"] for row in tables[name] if row["unit"]})
    themes = sorted({row["theme"] for row in tables["measures"] if row["theme"]})
    return {
        "units": {unit: words.unit(unit) for unit in units},
        "themes": {theme: words.theme(theme) for theme in themes},
    }
