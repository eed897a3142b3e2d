"""khplans tasks."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows
from khplans.errors import both


@click.command(short_help="Nhiệm vụ, của một cơ quan nếu nêu / tasks, of one agency if named.")
@click.option("--agency", metavar="TÊN", help='Cơ quan / agency: "so y te", "SNN&PTNT".')
@click.option(
    "--role",
    type=click.Choice(["lead", "coordinate"]),
    help="Chủ trì hay phối hợp / leads or coordinates (with --agency).",
)
@click.option(
    "--year",
    type=int,
    metavar="NĂM",
    help="Năm phải xong / year in which it is due (with --agency).",
)
@click.option("--province", metavar="TỈNH", help="Tỉnh / province (with --agency).")
@prints_rows
@asks_release
def command(
    agency: str | None,
    role: str | None,
    year: int | None,
    province: str | None,
    form: str,
    version: str | None,
    source: str | None,
) -> None:
    """Nhiệm vụ, của một cơ quan nếu nêu.

    Tasks, of one agency if one is named.
    """
    kp = open_release(version, source)
    if agency is None:
        if role or year or province:
            raise click.UsageError(
                both("--role, --year, --province đi cùng --agency", "go with --agency")
            )
        print_rows(kp.tasks, form, ("task_id", "deadline", "text"))
        return
    found = kp.tasks_by_agency(agency, role=role, year=year, province=province)  # type: ignore[arg-type]
    print_rows(found, form, ("task_id", "role", "deadline", "text"))
