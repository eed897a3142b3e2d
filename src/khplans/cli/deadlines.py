"""khplans deadlines."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Việc đến hạn, hạn gần trước / tasks that are due, soonest first.")
@click.option("--before", metavar="NGÀY", help="Đến hết ngày này / up to this day: 2024-06-30.")
@click.option("--after", metavar="NGÀY", help="Từ ngày này / from this day: 2024-04-01.")
@click.option("--agency", metavar="TÊN", help="Của một cơ quan / of one agency.")
@prints_rows
@asks_release
def command(
    before: str | None,
    after: str | None,
    agency: str | None,
    form: str,
    version: str | None,
    source: str | None,
) -> None:
    """Việc có thời hạn, hạn gần trước, với cơ quan chủ trì và phối hợp.

    Tasks with a deadline, soonest first, with who leads and who coordinates.
    """
    kp = open_release(version, source)
    found = kp.deadlines(before=before, after=after, agency=agency)
    print_rows(found, form, ("deadline", "task_id", "lead", "text"))
