"""khplans lock."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release
from khplans.cli._printing import say


@click.command(short_help="Ghim phiên bản dữ liệu cho thư mục này / pin the data's version here.")
@asks_release
def command(version: str | None, source: str | None) -> None:
    """Ghim phiên bản dữ liệu vào khplans.lock ở thư mục này.

    Pin the version of the data in khplans.lock in this folder; khplans.load() follows it.
    """
    kp = open_release(version, source)
    say(f"{kp.lock()}: {kp.version}")
