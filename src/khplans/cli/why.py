"""khplans why."""

from __future__ import annotations

from dataclasses import asdict

import click

from khplans.cli._options import as_json, asks_release, open_release
from khplans.cli._printing import say, say_json


@click.command(short_help="Các luật cho ra một dòng / the rules that made a row.")
@click.argument("row_id", metavar="MÃ")
@as_json
@asks_release
def command(row_id: str, as_json: bool, version: str | None, source: str | None) -> None:
    """Vì sao có dòng MÃ: các luật có tên đã quyết định về những chữ của nó.

    The named rules that decided about a row's words; says so where today's rules no longer give it.
    """
    answer = open_release(version, source).why(row_id)
    if as_json:
        say_json(asdict(answer), indent=1)
    else:
        say(str(answer))
