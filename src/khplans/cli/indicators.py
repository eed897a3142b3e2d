"""khplans indicators."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Chỉ tiêu và kết quả / targets and results.")
@prints_rows
@asks_release
def command(form: str, version: str | None, source: str | None) -> None:
    """Mọi chỉ tiêu và kết quả; một thước đo qua các năm thì dùng khplans series.

    All targets and results; khplans series gives one measure over the years.
    """
    shown = ("indicator_id", "period", "kind", "quote", "name")
    print_rows(open_release(version, source).indicators, form, shown)
