"""khplans agency."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Cơ quan theo tên, với số việc / agencies of a name, with their tasks.")
@click.argument("name", metavar="TÊN")
@click.option("--province", metavar="TỈNH", help="Chỉ ở một tỉnh / in one province only.")
@prints_rows
@asks_release
def command(
    name: str, province: str | None, form: str, version: str | None, source: str | None
) -> None:
    """Các cơ quan mang TÊN ("so y te", "SNN&PTNT"), mỗi tỉnh một dòng, với số việc chủ trì, phối hợp.

    The agencies that go by a name, a row for each province, with how many tasks they have.
    """
    found = open_release(version, source).agency(name, province=province)
    shown = ("agency_id", "province", "tasks_lead", "tasks_coordinate", "name")
    print_rows(found, form, shown)
