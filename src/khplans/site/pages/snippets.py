"""Code that reads a table of one version as it stands, a language each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khplans.settings import Settings
from khplans.site.catalogue import UNRELEASED, Catalogue
from khplans.tables.definition import Table


@dataclass(frozen=True)
class Snippet:
    """Code in a language, as highlighters call it, under a title."""

    title: str
    language: str
    code: Markup


def snippets(catalogue: Catalogue, definition: Table) -> Sequence[Snippet]:
    """Code for a table; the addresses in it are absolute and name the version."""
    name = definition.name
    parquet, csv = (catalogue.data_address(f"{name}.{form}") for form in ("parquet", "csv"))
    made = (
        ("khplans", "python", f"import khplans\n\n{name} = {_load(catalogue)}.{name}"),
        ("pandas", "python", f'import pandas as pd\n\n{name} = pd.read_parquet("{parquet}")'),
        ("DuckDB", "sql", f"SELECT * FROM '{parquet}' LIMIT 10;"),
        ("R", "r", f'{name} <- read.csv("{csv}", na.strings = "", encoding = "UTF-8")'),
        ("JavaScript", "js", _JAVASCRIPT.replace("ADDRESS", csv).replace("TABLE", name)),
    )
    return [Snippet(title, language, Markup(code)) for title, language, code in made]


_JAVASCRIPT = """const text = await (await fetch("ADDRESS")).text();
const lines = [[]];
for (const [, cell, end] of text.matchAll(/("(?:[^"]|"")*"|[^",\\n]*)([,\\n])/g)) {
  lines.at(-1).push(cell.replace(/^"|"$/g, "").replaceAll('""', '"'));
  if (end === "\\n") lines.push([]);
}
const [head, ...rows] = lines.slice(0, -1);
const TABLE = rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
console.log(TABLE.length, TABLE[0]);"""
"""CSV as RFC 4180 has it, without a library."""


def _load(catalogue: Catalogue) -> str:
    """The Python that loads this version: of the library's own catalogue it comes with the library."""
    if catalogue.version == UNRELEASED:
        return catalogue.load
    version = f'version="{catalogue.version}"'
    if catalogue.settings.name == Settings().name:
        return f"khplans.load({version})"
    return f'khplans.load({version}, source="{catalogue.address("")}")'
