"""khplans preview: the present state built, checked and shown; no release is made."""

from __future__ import annotations

from pathlib import Path

import click

from khplans.atomic import holding
from khplans.cli._options import PACKAGES, as_json, folder
from khplans.cli._printing import say, say_json
from khplans.cli.publish import build_and_check
from khplans.errors import both

PREVIEW = Path(".khplans/preview")


@click.command(
    name="preview",
    short_help="Dựng, kiểm tra, xem trang, không phát hành / build, check, site; no release.",
    help="""Dựng, kiểm tra và làm trang xem trước, không phát hành / build, check and show; no release.

    Mỗi trang nói rằng dữ liệu chưa phát hành; site/ và releases/ còn nguyên. / Each page says that
    its data is not released; site/ and releases/ stay as they are.
    """,
)
@folder("--to", "out", PREVIEW, "Nơi ghi trang / where the site goes")
@as_json
def command(out: Path, as_json: bool) -> None:
    """Build, check, and make a site of the packages as they now are."""
    from khplans.packages.stamp import COLLECTION
    from khplans.site.build import build_site

    with holding(PACKAGES, out):
        changed = build_and_check()
        build_site(
            Path.cwd(),
            collection=PACKAGES / COLLECTION,
            out=out,
            unreleased=True,
            progress=lambda line: say(line, err=True),
        )
    if as_json:
        say_json({"changed": changed, "site": out.as_posix()})
    else:
        say(both("Trang xem trước", f"preview: {out.as_posix()}/index.html"))
