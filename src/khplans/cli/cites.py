"""khplans cites."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Ai viện dẫn một văn bản / who cites an official document.")
@click.argument("instrument", metavar="SỐ_HIỆU")
@prints_rows
@asks_release
def command(instrument: str, form: str, version: str | None, source: str | None) -> None:
    """Những chỗ viện dẫn một văn bản, theo số hiệu ("09-NQ/TW") hoặc tên ("Luật Đất đai").

    The mentions of an official document, by its number or its name.
    """
    shown = ("cited_by", "cited_on", "relation", "quote")
    print_rows(open_release(version, source).cites(instrument), form, shown)
