"""khplans citations."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Viện dẫn / mentions of other documents.")
@prints_rows
@asks_release
def command(form: str, version: str | None, source: str | None) -> None:
    """Mọi chỗ viện dẫn văn bản khác; của một văn bản thì dùng khplans cites.

    All mentions of other documents; khplans cites gives those of one document.
    """
    shown = ("document_id", "relation", "quote")
    print_rows(open_release(version, source).citations, form, shown)
