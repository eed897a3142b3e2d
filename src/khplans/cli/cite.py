"""khplans cite."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release
from khplans.cli._printing import say


@click.command(short_help="Cách trích dẫn / how to cite: tiếng Việt, APA, BibTeX.")
@click.argument("row_id", metavar="[MÃ]", required=False)
@asks_release
def command(row_id: str | None, version: str | None, source: str | None) -> None:
    """Cách trích dẫn phiên bản này, hoặc kế hoạch mà dòng MÃ lấy ra.

    How to cite this version, or the plan that a row comes from.
    """
    say(str(open_release(version, source).cite(row_id)))
