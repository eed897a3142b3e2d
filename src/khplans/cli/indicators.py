"""khplans indicators."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(
    short_help="Chỉ tiêu, theo một thước đo nếu nêu / indicators, of one measure if named."
)
@click.option(
    "--measure", metavar="TÊN", help="Thước đo / measure: grdp-growth, hoặc tên / or its name."
)
@prints_rows
@asks_release
def command(measure: str | None, form: str, version: str | None, source: str | None) -> None:
    """Chỉ tiêu và kết quả; một thước đo qua các năm nếu nêu --measure.

    Targets and results; one measure over the years with --measure.
    """
    kp = open_release(version, source)
    if measure is None:
        print_rows(kp.indicators, form, ("indicator_id", "period", "kind", "quote", "name"))
    else:
        shown = ("year", "kind", "province", "number", "quote", "name")
        print_rows(kp.indicator_series(measure), form, shown)
