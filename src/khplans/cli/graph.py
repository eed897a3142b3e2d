"""khplans graph."""

from __future__ import annotations

import click

from khplans.cli._options import asks_release, open_release, print_rows, prints_rows


@click.command(short_help="Đồ thị viện dẫn / the graph of citations: nodes or edges.")
@click.option(
    "--nodes", is_flag=True, help="In văn bản thay vì quan hệ / print the documents, not the edges."
)
@prints_rows
@asks_release
def command(nodes: bool, form: str, version: str | None, source: str | None) -> None:
    """Văn bản nào viện dẫn văn bản nào: mỗi quan hệ một dòng, với số lần; --nodes để lấy các văn bản.

    Which document cites which: a row for each relation, with how often; the documents with --nodes.
    """
    graph = open_release(version, source).graph()
    print_rows(graph.nodes if nodes else graph.edges, form)
