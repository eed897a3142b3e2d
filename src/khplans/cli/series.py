"""khplans series."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Một thước đo qua các năm / one measure over the years.")
@click.argument("measure", metavar="THƯỚC_ĐO")
@prints_rows
@asks_release
def command(measure: str, form: str, version: str | None, source: str | None) -> None:
    """Một thước đo qua các năm, kế hoạch và tỉnh: mã (grdp-growth) hoặc tên ("tang truong GRDP").

    One measure over the years, plans and provinces, by its id or its name.
    """
    shown = ("year", "kind", "province", "number", "quote", "name")
    print_rows(open_release(version, source).indicator_series(measure), form, shown)
