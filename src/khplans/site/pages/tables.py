"""The tables: the list, and each with explorer, downloads and dictionary."""

from __future__ import annotations

from khplans.site.catalog.schema_org import dataset_script
from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage, addressed, esc, grid
from khplans.site.pages.cite import citation_block
from khplans.site.pages.explorer import explorer
from khplans.tables.definition import Field, Table, tables

_ROOM = 19_900
"""Bytes of a table's page for its explorer and what stands below it."""


def tables_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every table with its size and downloads."""
    page = SitePage(words, "tables/index", words.say("Data tables"),
                words.count("%(n)s table, as CSV and Parquet with the same rows.", "%(n)s tables, each as CSV and Parquet with the same rows.", len(tables())))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    head = (
        words.say("Table"),
        words.say("Rows"),
        words.say("Download"),
    )
    rows = []
    for definition in tables():
        files = " ".join(
            f'<a class="nowrap" href="{esc(page.file_link(f"data/latest/{definition.name}.{form}"))}" download>{form.upper()}</a>'
            for form in ("csv", "parquet")
        )
        rows.append((
            page.a(f"tables/{definition.name}", words(definition.title, definition.title_en))
            + f" <code>{definition.name}</code>"
            f"<br>{esc(words(definition.description, definition.description_en))}",
            words.number(len(catalogue.collection.tables[definition.name])),
            files,
        ))  # fmt: skip
    page.add(grid(head, rows, classes={1: "num"}, label=page.title))
    page.add(_bundles(catalogue, page))
    return page


def _bundles(catalogue: Catalogue, page: SitePage) -> str:
    words = page.words
    links = "".join(
        f'<li><a href="{esc(page.file_link(f"data/latest/{path}"))}" download>{esc(path)}</a> '
        f"<small>{words.size(file.size)}</small></li>"
        for path, file in catalogue.files.items()
        if path.endswith((".xlsx", ".zip", "datapackage.json"))
    )
    return (
        f'<h2 id="bundles">{words.say("Everything at once")}</h2>\n<ul>{links}</ul>'
        if links
        else ""
    )


def table_page(catalogue: Catalogue, definition: Table, words: Language) -> SitePage:
    """One table."""
    title = words(definition.title, definition.title_en)
    description = words(definition.description, definition.description_en)
    page = SitePage(words, f"tables/{definition.name}", title, description,
                scripts=("explorer.js",))  # fmt: skip
    rows = catalogue.collection.tables[definition.name]
    page.add(f'<p class="kh-crumbs">{page.a("tables/index", words.say("Data tables"))}</p>')
    page.add(f"<h1>{esc(title)}</h1>")
    page.add(
        f'<p class="kh-lead">{esc(description)} {words.number(len(rows))} {words.say("rows")}.</p>'
    )
    jumps = (
        ("downloads", words.say("Downloads")),
        ("dictionary", words.say("Columns")),
        ("cite", words.say("Cite this")),
    )
    page.add(
        f'<p class="kh-small">{" · ".join(f"<a href=#{name}>{label}</a>" for name, label in jumps)}</p>'
    )
    below = [
        f'<h2 id="downloads">{words.say("Downloads")}</h2>',
        *_downloads(catalogue, page, definition),
        f'<h2 id="dictionary">{words.say("Columns")}</h2>',
        column_table(page, definition),
        f'<h2 id="cite">{words.say("Cite this")}</h2>',
        citation_block(catalogue, page, f"tables/{definition.name}", title),
        dataset_script(catalogue, definition, page),
    ]
    room = _ROOM - sum(len(block.encode()) for block in below)
    page.add(*explorer(catalogue, page, definition, room), *below)
    return page


def column_table(page: SitePage, definition: Table) -> str:
    """The columns of a table as the Table Schema defines them."""
    words = page.words
    head = (
        words.say("Column"),
        words.say("Title"),
        words.say("Type"),
        words.say("Meaning"),
    )
    keys = {name: key.table for key in definition.foreign_keys for name in key.fields}
    rows = []
    for column in definition.fields:
        kind = f"<code>{column.type}</code>"
        if column.name in definition.primary_key:
            kind += f' <span class="kh-tag">{words.say("key")}</span>'
        if column.required:
            kind += f' <span class="kh-tag">{words.say("required")}</span>'
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
    return grid(head, rows, label=f"{words.say('Columns')}: {title}")


def _values(column: Field, words: Language) -> str:
    return "; ".join(
        f"<code>{esc(v.value)}</code> {esc(words(v.label, v.label_en))}" for v in column.values
    )


def _downloads(catalogue: Catalogue, page: SitePage, definition: Table) -> list[str]:
    words = page.words
    head = (
        words.say("File"),
        words.say("Size"),
        words.say("Stable address"),
        "SHA-256",
    )
    rows = []
    for path, label in (
        (f"{definition.name}.csv", "CSV"),
        (
            f"excel/{definition.name}-excel-vi.csv",
            words.say("CSV for Vietnamese Excel"),
        ),
        (f"excel/{definition.name}-excel.csv", words.say("CSV for Excel")),
        (f"{definition.name}.parquet", "Parquet"),
    ):
        file = catalogue.files.get(path)
        if file:
            rows.append((
                f'<a href="{esc(page.file_link(f"data/{catalogue.version}/{path}"))}" download>{label}</a>',
                words.size(file.size),
                f"<code>{addressed(catalogue.data_address(file.path))}</code>",
                f'<code title="{file.sha256}">{file.sha256[:12]}…</code>',
            ))  # fmt: skip
    address = catalogue.data_address(f"{definition.name}.parquet")
    code = (
        f"import khplans\n\n{catalogue.load}.{definition.name}\n\n"
        f"# {words.say('or without khplans')}\n"
        f'import pandas\n\npandas.read_parquet("{address}")\n\n'
        f"-- DuckDB\nSELECT * FROM '{address}' LIMIT 10;"
    )
    return [
        grid(head, rows, classes={1: "nowrap"}, label=words.say("Files")),
        f'<div class="kh-code"><pre><code>{addressed(code)}</code></pre></div>',
    ]
