"""khplans sql."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Hỏi các bảng bằng SQL / ask the tables in SQL (DuckDB).")
@click.argument("query", metavar="CÂU_HỎI")
@prints_rows
@asks_release
def command(query: str, form: str, version: str | None, source: str | None) -> None:
    """Hỏi các bảng bằng SQL; cần DuckDB: pip install "khplans[sql]".

    Ask the tables in SQL; needs DuckDB.
    """
    print_rows(open_release(version, source).sql(query), form)
