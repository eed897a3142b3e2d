"""The tables: the list, and each with explorer, downloads, code that reads it and dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from khplans.site.catalog.schema_org import dataset_script
from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage, addressed, esc, grid
from khplans.site.pages.cite import citation_block
from khplans.site.pages.explorer import explorer
from khplans.site.pages.naming import file_forms
from khplans.site.pages.snippets import snippets
from khplans.site.templating import cell, render
from khplans.tables.definition import Field, Table, tables


def tables_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every table with its size and downloads."""
    page = SitePage(words, "tables/index", words.say("Data tables"),
                words.count("%(n)s table, as CSV and Parquet with the same rows.", "%(n)s tables, each as CSV and Parquet with the same rows.", len(tables())))  # fmt: skip
    bundles = [file for path, file in catalogue.files.items()
               if path.endswith((".xlsx", ".zip", "datapackage.json"))]  # fmt: skip
    list_of = [(definition, len(catalogue.collection.tables[definition.name])) for definition in tables()]  # fmt: skip
    page.add(render(page, "tables.md", tables=list_of, bundles=bundles))
    return page


def table_page(catalogue: Catalogue, definition: Table, words: Language) -> SitePage:
    """One table."""
    title = words(definition.title, definition.title_en)
    page = SitePage(words, f"tables/{definition.name}", title,
                words(definition.description, definition.description_en), scripts=("explorer.js",))  # fmt: skip
    page.add(
        render(
            page, "table.md", total=len(catalogue.collection.tables[definition.name]),
            explorer=explorer(catalogue, page, definition), files=_downloads(catalogue, page, definition),
            snippets=snippets(catalogue, definition), columns=column_table(page, definition),
            citation=citation_block(catalogue, page, page.path, title),
            dataset=Markup(dataset_script(catalogue, definition, page)),
        )
    )  # fmt: skip
    return page


def column_table(page: SitePage, definition: Table) -> Markup:
    """The columns of a table as the Table Schema defines them."""
    words = page.words
    keys = {name: key.table for key in definition.foreign_keys for name in key.fields}
    head = (words.say("Column"), words.say("Title"), words.say("Type"), words.say("Meaning"))
    rows = [
        (
            cell("column", table=definition.name, name=column.name),
            esc(words(column.title, column.title_en)),
            _kind(words, definition, column),
            _meaning(page, column, keys.get(column.name, "")),
        )
        for column in definition.fields
    ]
    title = words(definition.title, definition.title_en)
    return grid(head, rows, label=f"{words.say('Columns')}: {title}", labelled=True)


def _kind(words: Language, definition: Table, column: Field) -> str:
    """A column's type, and whether it is a key or must be filled."""
    tags = [words.say("key")] if column.name in definition.primary_key else []
    tags += [words.say("required")] if column.required else []
    return cell("column_kind", type=column.type, tags=tags)


def _meaning(page: SitePage, column: Field, target: str) -> str:
    """What a column means, the table that it points to, its values."""
    words = page.words
    return cell(
        "meaning", text=words(column.description, column.description_en),
        target=page.a(f"tables/{target}", target, "dictionary") if target else "",
        values=[(v.value, words(v.label, v.label_en)) for v in column.values],
    )  # fmt: skip


def _downloads(catalogue: Catalogue, page: SitePage, definition: Table) -> Markup:
    """A table's files with their sizes, stable addresses and hashes, all in full."""
    words = page.words
    head = (words.say("File"), words.say("Size"), words.say("Stable address and SHA-256"))
    rows = list(_rows(catalogue, page, definition))
    return grid(head, rows, classes={1: "nowrap"}, label=words.say("Files"), labelled=True)


def _rows(catalogue: Catalogue, page: SitePage, definition: Table) -> Iterator[Sequence[str]]:
    words = page.words
    for pattern, label in file_forms(words):
        file = catalogue.files.get(pattern.format(definition.name))
        if file:
            link = page.file_link(f"data/{catalogue.version}/{file.path}")
            octets = words.count("%(n)s byte", "%(n)s bytes", file.size)
            yield (
                cell("download", address=link, name=label),
                cell("with_small", words=words.size(file.size), small=octets),
                cell(
                    "address",
                    address=Markup(addressed(catalogue.data_address(file.path))),
                    sha256=file.sha256,
                ),
            )
