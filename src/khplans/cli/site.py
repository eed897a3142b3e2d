"""khplans site: the catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import click


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
@click.option(
    "--to",
    "out",
    type=click.Path(path_type=Path),
    default=Path("site"),
    help="Nơi ghi trang / where the site goes. [site]",
)
@click.option(
    "--json", "as_json", is_flag=True, help="In kết quả bằng JSON / print the result as JSON."
)
def command(data: Path | None, out: Path, as_json: bool) -> None:
    """Build the site and say where it is."""
    from khplans.site.build import build_site

    site = build_site(
        Path.cwd(),
        collection=data,
        out=out,
        progress=lambda line: click.echo(line, err=True),
    )
    if as_json:
        pages = sum(1 for _ in site.rglob("*.html"))
        click.echo(json.dumps({"site": out.as_posix(), "pages": pages}))
    else:
        click.echo(f"Trang / site: {out.as_posix()}/index.html")
