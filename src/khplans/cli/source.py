"""khplans source."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release
from khplans.cli._printing import say


@click.command(short_help="Lời văn của kế hoạch ở một dòng / the plan's words behind a row.")
@click.argument("row_id", metavar="MÃ")
@click.option(
    "--context",
    type=click.IntRange(min=0),
    default=300,
    show_default=True,
    help="Số ký tự ở mỗi bên / characters on either side.",
)
@asks_release
def command(row_id: str, context: int, version: str | None, source: str | None) -> None:
    """Lời văn của kế hoạch mà dòng MÃ lấy ra, với những gì đứng quanh.

    The plan's words that a row was taken from, with what stands around them.
    """
    say(str(open_release(version, source).source(row_id, context=context)))
