"""khplans compare: what a change does to the data."""

from __future__ import annotations

from pathlib import Path

import click

from khplans.cli._options import as_json
from khplans.cli._printing import say, say_json


@click.command(
    name="compare",
    help="""So hai bộ dữ liệu: dòng thêm, mất, đổi / compare two builds: rows gained, lost, changed.

    CŨ và MỚI là thư mục gói, bản phát hành, tệp zip hay thư mục datapackages. / OLD and NEW are
    package folders, releases, zips or datapackages folders.
    """,
)
@click.argument("old", metavar="CŨ/OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="MỚI/NEW", type=click.Path(path_type=Path))
@as_json
@click.option("--markdown", is_flag=True, help="In Markdown cho CI / print Markdown for CI.")
def command(old: Path, new: Path, as_json: bool, markdown: bool) -> None:
    """Compare and print."""
    from khplans.releases.changes import changes_json
    from khplans.releases.compare import compare_markdown, compare_packages, compare_text

    changes = compare_packages(old, new)
    if as_json:
        written = changes_json(changes, old.as_posix(), new.as_posix())
        say_json(written, indent=1)
        return
    for line in compare_markdown(changes) if markdown else compare_text(changes):
        say(line)
