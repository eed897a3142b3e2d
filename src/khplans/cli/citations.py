"""khplans citations."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(
    short_help="Viện dẫn, tới một văn bản nếu nêu / citations, of one document if named."
)
@click.option("--of", metavar="SỐ", help="Văn bản được viện dẫn / the document cited: 09-NQ/TW.")
@prints_rows
@asks_release
def command(of: str | None, form: str, version: str | None, source: str | None) -> None:
    """Viện dẫn tới văn bản khác; nêu --of để chỉ lấy của một văn bản.

    Mentions of other documents; of one document with --of.
    """
    kp = open_release(version, source)
    if of is None:
        print_rows(kp.citations, form, ("document_id", "relation", "quote"))
    else:
        print_rows(kp.cites(of), form, ("cited_by", "cited_on", "relation", "quote"))
