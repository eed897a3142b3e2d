"""khplans site: the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from khplans.cli._options import SITE, as_json, folder
from khplans.cli._printing import say, say_json
from khplans.errors import both


@click.command(
    name="site",
    help="""Làm trang danh mục / build the catalogue site.

    Trang cũ chỉ bị thay khi trang mới đã xong. / The old site is replaced only once the new one
    is finished.
    """,
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Gói dữ liệu để làm trang / the package to show. [bản phát hành mới nhất / the newest release]",
)
@folder("--to", "out", SITE, "Nơi ghi trang / where the site goes")
@as_json
def command(data: Path | None, out: Path, as_json: bool) -> None:
    """Build the site and say where it is."""
    from khplans.site.build import build_site

    site = build_site(
        Path.cwd(),
        collection=data,
        out=out,
        progress=lambda line: say(line, err=True),
    )
    if as_json:
        pages = sum(1 for _ in site.rglob("*.html"))
        say_json({"site": out.as_posix(), "pages": pages})
    else:
        say(both("Trang", f"site: {out.as_posix()}/index.html"))
