"""The tables: the list, and each with explorer, preview, downloads and dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khplans.site.catalog.schema_org import dataset_script
from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.markup import Page, anchor, esc, grid, json_script, shorten
from khplans.site.pages.common import KEYS
from khplans.site.pages.naming import document_name
from khplans.site.words import Words
from khplans.tables.definition import Field, Table, tables

_MODULES = ("vendor/parquet-reader/parquet-reader.js", "js/sheet.mjs", "js/fold.mjs")

_SHOWN: Mapping[str, tuple[str, ...]] = {
    "documents": ("number", "document_type", "title", "date", "signer", "province"),
    "sections": ("path", "heading", "role", "document_id"),
    "tasks": ("deadline", "text", "lead", "coordinate", "output", "document_id"),
    "task_agencies": ("agency_id", "role", "basis", "task_id", "document_id"),
    "indicators": ("name", "quote", "value", "unit", "kind", "period", "measure_id", "document_id"),
    "citations": ("quote", "document_type", "number", "date", "relation", "document_id"),
    "short_citations": ("quote", "instrument_id", "citation_id", "document_id"),
    "corrections": ("before", "after", "reason", "document_id"),
    "warnings": ("severity", "code", "message", "table", "document_id"),
}
"""The columns that the explorer shows first; `lead` and `coordinate` are joined from task_agencies."""

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
    "corrections": ("plan",),
    "warnings": ("plan", "severity", "code", "table"),
}
_TEXTS = frozenset(
    {"text", "quote", "title", "heading", "message", "message_en", "output", "deadline_text"}
)
"""Columns of long text, which the explorer of a big table reads for the rows in view only."""


def tables_page(catalogue: Catalogue, words: Words) -> Page:
    """Every table with its size and downloads."""
    page = Page(words, "tables/index", words("Bảng dữ liệu", "Data tables"),
                words("Mười ba bảng, mỗi bảng dạng CSV và Parquet, cùng một nội dung.",
                      "Thirteen tables, each as CSV and Parquet with the same rows."))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    head = (
        words("Bảng", "Table"),
        words("Một dòng là", "One row is"),
        words("Số dòng", "Rows"),
        words("Tải", "Download"),
    )
    rows = []
    for definition in tables():
        files = " ".join(
            f'<a class="nowrap" href="{esc(page.file_link(f"data/latest/{definition.name}.{form}"))}" download>{form.upper()}</a>'
            for form in ("csv", "parquet")
        )
        rows.append((
            page.a(f"tables/{definition.name}", words(definition.title, definition.title_en))
            + f"<br><code>{definition.name}</code>",
            esc(words(definition.description, definition.description_en)),
            words.number(len(catalogue.collection.tables[definition.name])),
            files,
        ))  # fmt: skip
    page.add(grid(head, rows, classes={2: "num"}, label=page.title))
    page.add(_bundles(catalogue, page))
    return page


def _bundles(catalogue: Catalogue, page: Page) -> str:
    words = page.words
    links = "".join(
        f'<li><a href="{esc(page.file_link(f"data/latest/{path}"))}" download>{esc(path)}</a> '
        f"<small>{words.size(file.size)}</small></li>"
        for path, file in catalogue.files.items()
        if path.endswith((".xlsx", ".zip", "datapackage.json"))
    )
    return (
        f'<h2 id="bundles">{words("Cả bộ", "Everything at once")}</h2>\n<ul>{links}</ul>'
        if links
        else ""
    )


def table_page(catalogue: Catalogue, definition: Table, words: Words) -> Page:
    """One table."""
    title = words(definition.title, definition.title_en)
    description = words(definition.description, definition.description_en)
    page = Page(words, f"tables/{definition.name}", title, description,
                scripts=("explorer.mjs",), modules=_MODULES)  # fmt: skip
    rows = catalogue.collection.tables[definition.name]
    page.add(
        f'<p class="kh-crumbs">{page.a("tables/index", words("Bảng dữ liệu", "Data tables"))}</p>'
    )
    page.add(f"<h1>{esc(title)}</h1>")
    page.add(
        f'<p class="kh-lead">{esc(description)} {words.number(len(rows))} {words("dòng", "rows")}.</p>'
    )
    jumps = (
        ("downloads", words("Tải về", "Downloads")),
        ("dictionary", words("Từ điển cột", "Columns")),
        ("cite", words("Trích dẫn", "Cite this")),
    )
    page.add(
        f'<p class="kh-small">{" · ".join(f"<a href=#{name}>{label}</a>" for name, label in jumps)}</p>'
    )
    page.add(json_script(_explorer(catalogue, page, definition), "application/json", "kh-explorer"))
    page.add(
        f'<div id="explorer" class="kh-explorer">{_preview(catalogue, page, definition)}</div>'
    )
    page.add(
        f'<h2 id="downloads">{words("Tải về", "Downloads")}</h2>',
        *_downloads(catalogue, page, definition),
    )
    page.add(
        f'<h2 id="dictionary">{words("Từ điển cột", "Columns")}</h2>',
        column_table(page, definition),
    )
    page.add(f'<h2 id="cite">{words("Trích dẫn", "Cite this")}</h2>')
    from khplans.site.pages.cite import citation_block

    page.add(citation_block(catalogue, page, f"tables/{definition.name}", title))
    page.add(dataset_script(catalogue, definition, words))
    return page


def column_table(page: Page, definition: Table) -> str:
    """The columns of a table as the Table Schema defines them."""
    words = page.words
    head = (
        words("Cột", "Column"),
        words("Tên", "Title"),
        words("Kiểu", "Type"),
        words("Nghĩa", "Meaning"),
    )
    keys = {name: key.table for key in definition.foreign_keys for name in key.fields}
    rows = []
    for column in definition.fields:
        kind = f"<code>{column.type}</code>"
        if column.name in definition.primary_key:
            kind += f' <span class="kh-tag">{words("khóa", "key")}</span>'
        if column.required:
            kind += f' <span class="kh-tag">{words("bắt buộc", "required")}</span>'
        meaning = esc(words(column.description, column.description_en))
        if column.name in keys:
            meaning += (
                f" → {page.a(f'tables/{keys[column.name]}', keys[column.name], 'dictionary')}"
            )
        if column.values:
            meaning += f"<br>{_values(column, words)}"
        rows.append((
            f'<code id="{definition.name}.{column.name}">{column.name}</code>',
            esc(words(column.title, column.title_en)), kind, meaning,
        ))  # fmt: skip
    title = words(definition.title, definition.title_en)
    return grid(head, rows, label=f"{words('Các cột', 'Columns')}: {title}")


def _values(column: Field, words: Words) -> str:
    return "; ".join(
        f"<code>{esc(v.value)}</code> {esc(words(v.label, v.label_en))}" for v in column.values
    )


def _preview(catalogue: Catalogue, page: Page, definition: Table) -> str:
    """The first rows as a plain table: all there is where scripts are off."""
    words = page.words
    names = [
        name
        for name in _SHOWN.get(definition.name, definition.columns)
        if name in definition.columns
    ]
    rows = catalogue.collection.tables[definition.name]
    head = [esc(words(definition.field(n).title, definition.field(n).title_en)) for n in names]
    cells = [[_cell(catalogue, page, definition, row, name) for name in names] for row in rows[:10]]
    note = words(
        f"{min(10, len(rows))} dòng đầu trong {words.number(len(rows))} dòng. Bật JavaScript để lọc và sắp xếp, hoặc tải cả bảng bên dưới.",
        f"The first {min(10, len(rows))} of {words.number(len(rows))} rows. Turn scripts on to filter and sort, or download the table below.",
    )
    return f'<div class="kh-view">{grid(head, cells, label=words("Các dòng đầu", "First rows"), labelled=True)}</div><p class="kh-small kh-count">{note}</p>'


def _cell(catalogue: Catalogue, page: Page, definition: Table, row: Row, name: str) -> str:
    words, value = page.words, row.get(name)
    if value is None:
        return ""
    kind = definition.field(name).type
    if name == "document_id" and definition.name in KEYS:
        document = catalogue.collection.by_key("documents")[value]
        plan = f"plans/{page_name(document['plan_id'])}"
        fragment = anchor(definition.name, row[KEYS[definition.name]])
        return page.a(plan, document["number"] or value, fragment)
    if kind == "date":
        return words.date(value)
    if kind in ("number", "integer"):
        return str(value) if name == "year" else words.number(value)
    if name == "unit":
        return esc(words.unit(value))
    text = words.value(definition.name, name, value)
    return (
        esc(text) if len(text) <= 160 else f'<div class="kh-clip">{esc(shorten(text, 420))}</div>'
    )


def _downloads(catalogue: Catalogue, page: Page, definition: Table) -> list[str]:
    words = page.words
    head = (
        words("Tệp", "File"),
        words("Cỡ", "Size"),
        words("Địa chỉ ổn định", "Stable address"),
        "SHA-256",
    )
    rows = []
    for path, label in (
        (f"{definition.name}.csv", "CSV"),
        (f"excel/{definition.name}-excel.csv", words("CSV cho Excel", "CSV for Excel")),
        (f"{definition.name}.parquet", "Parquet"),
    ):
        file = catalogue.files.get(path)
        if file:
            rows.append((
                f'<a href="{esc(page.file_link(f"data/{catalogue.version}/{path}"))}" download>{label}</a>',
                words.size(file.size),
                f"<code>{esc(catalogue.data_address(file.path))}</code>",
                f'<code title="{file.sha256}">{file.sha256[:12]}…</code>',
            ))  # fmt: skip
    address = catalogue.data_address(f"{definition.name}.parquet")
    code = (
        f"import khplans\n\nkhplans.load().{definition.name}\n\n"
        f"# {words('hoặc không cần cài khplans', 'or without khplans')}\n"
        f'import pandas\n\npandas.read_parquet("{address}")\n\n'
        f"-- DuckDB\nSELECT * FROM '{address}' LIMIT 10;"
    )
    return [
        grid(head, rows, classes={1: "nowrap"}, label=words("Tệp", "Files")),
        f'<div class="kh-code"><pre><code>{esc(code)}</code></pre></div>',
    ]


def _explorer(catalogue: Catalogue, page: Page, definition: Table) -> dict[str, Any]:
    """What the explorer's script must know: the file, its columns and filters, in this language."""
    words, collection = page.words, catalogue.collection
    name = definition.name
    file = catalogue.files[f"{name}.parquet"]
    columns = [
        {
            "name": column.name,
            "title": words(column.title, column.title_en),
            "type": column.type,
            "heavy": column.name in _TEXTS,
            "labels": {v.value: words(v.label, v.label_en) for v in column.values},
        }
        for column in definition.fields
    ]
    files = {
        other: {"url": page.file_link(f"data/latest/{other}.parquet"), "size": catalogue.files[f"{other}.parquet"].size}
        for other in {"documents", name, *(("task_agencies", "agencies") if name in ("tasks", "task_agencies") else ()),
                      *(("measures",) if name == "indicators" else ())}
    }  # fmt: skip
    return {
        "table": name,
        "size": file.size,
        "rows": len(collection.tables[name]),
        "key": list(definition.primary_key),
        "columns": columns,
        "shown": _SHOWN.get(name, definition.columns),
        "filters": _FILTERS.get(name, ()),
        "files": dict(sorted(files.items())),
        "plans": {p.plan_id: document_name(p.main, words) for p in collection.plans.values()},
        "units": {
            u: words.unit(u) for u in sorted({r["unit"] for r in collection.tables["indicators"]})
        }
        if name in ("indicators", "measures")
        else {},
        "themes": {
            t: words.theme(t)
            for t in sorted({r["theme"] or "" for r in collection.tables["measures"]})
        }
        if name in ("indicators", "measures")
        else {},
        "place": KEYS.get(name, ""),
    }
