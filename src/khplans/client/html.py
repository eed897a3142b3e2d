"""How packages, rows and words show themselves in a notebook; every word of a plan is escaped and shown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from khplans.errors import both
from khplans.text.visible import visible

if TYPE_CHECKING:
    from khplans.client.backing import Backing
    from khplans.client.quoting import Citing
    from khplans.client.words import Words


def table_html(rows: Iterable[Iterable[object]], header: Iterable[str] = ()) -> str:
    """A plain HTML table.

    >>> table_html([["<b>"]])
    '<table><tbody><tr><td style="text-align:left">&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f'<th style="text-align:left">{_shown(name)}</th>' for name in header)
    body = "".join(
        "<tr>"
        + "".join(f'<td style="text-align:left">{_shown(str(cell))}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    head = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f"<table>{head}<tbody>{body}</tbody></table>"


def package_html(backing: Backing) -> str:
    """A package: its title, version and tables."""
    titles = {
        str(r["name"]).removesuffix("-parquet"): (r.get("title", ""), r.get("title_en", ""))
        for r in backing.descriptor["resources"]
    }
    rows = (
        (name, *titles.get(name, ("", "")), f"{backing.table(name).num_rows:,}".replace(",", "."))
        for name in backing.names
    )
    title = str(backing.descriptor.get("title", "khplans"))
    version = f" {backing.version}" if backing.version else ""
    head = f"<p><strong>{_shown(title)}</strong>{_shown(version)}</p>"
    return head + table_html(rows, (both("bảng", "table"), "", "", both("số dòng", "rows")))


def row_html(table: str, values: Mapping[str, Any]) -> str:
    """A row, a line for each column that holds something."""
    filled = ((name, value) for name, value in values.items() if value is not None)
    return f"<p><strong>{_shown(table)}</strong></p>" + table_html(filled)


def words_html(words: Words) -> str:
    """A plan's words with their context, the words themselves marked."""
    link = (
        f' · <a href="{_shown(words.address)}" rel="noopener">nguồn / source</a>'
        if words.address
        else ""
    )
    return (
        f"<figure><figcaption><small>{_shown(words.place)}{link}</small></figcaption>"
        '<blockquote style="white-space:pre-wrap">'
        f"…{_shown(words.before)}<mark>{_shown(words.quote)}</mark>{_shown(words.after)}…"
        "</blockquote></figure>"
    )


def citing_html(citing: Citing) -> str:
    """The ways to cite, each ready to be copied."""
    return (
        f"<p>{_shown(citing.text)}</p><p>{_shown(citing.apa)}</p><pre>{_shown(citing.bibtex)}</pre>"
    )


def _shown(text: str) -> str:
    return html.escape(visible(text))
