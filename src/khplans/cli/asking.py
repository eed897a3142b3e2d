"""Verbs that ask a release: rows, words behind them, how to cite."""

from __future__ import annotations

from dataclasses import asdict

import click

from khplans.cli._options import as_json, asks_release, open_release, print_rows, prints_rows
from khplans.cli._printing import say, say_json
from khplans.errors import both


@click.command(
    "tasks", short_help="Nhiệm vụ, của một cơ quan nếu nêu / tasks, of one agency if named."
)
@click.option("--agency", metavar="TÊN", help='Cơ quan / agency: "so y te", "SNN&PTNT".')
@click.option(
    "--role",
    type=click.Choice(["lead", "coordinate"]),
    help="Chủ trì hay phối hợp / leads or coordinates (with --agency).",
)
@click.option(
    "--year",
    type=int,
    metavar="NĂM",
    help="Năm phải xong / year in which it is due (with --agency).",
)
@click.option("--province", metavar="TỈNH", help="Tỉnh / province (with --agency).")
@prints_rows
@asks_release
def tasks(
    agency: str | None,
    role: str | None,
    year: int | None,
    province: str | None,
    form: str,
    version: str | None,
    source: str | None,
) -> None:
    """Nhiệm vụ, của một cơ quan nếu nêu.

    Tasks, of one agency if one is named.
    """
    kp = open_release(version, source)
    if agency is None:
        if role or year or province:
            raise click.UsageError(
                both("--role, --year, --province đi cùng --agency", "go with --agency")
            )
        print_rows(kp.tasks, form, ("task_id", "deadline", "text"))
        return
    found = kp.tasks_by_agency(agency, role=role, year=year, province=province)  # type: ignore[arg-type]
    print_rows(found, form, ("task_id", "role", "deadline", "text"))


@click.command(
    "deadlines", short_help="Việc đến hạn, hạn gần trước / tasks that are due, soonest first."
)
@click.option("--before", metavar="NGÀY", help="Đến hết ngày này / up to this day: 2024-06-30.")
@click.option("--after", metavar="NGÀY", help="Từ ngày này / from this day: 2024-04-01.")
@click.option("--agency", metavar="TÊN", help="Của một cơ quan / of one agency.")
@prints_rows
@asks_release
def deadlines(
    before: str | None,
    after: str | None,
    agency: str | None,
    form: str,
    version: str | None,
    source: str | None,
) -> None:
    """Việc có thời hạn, hạn gần trước, với cơ quan chủ trì và phối hợp.

    Tasks with a deadline, soonest first, with who leads and who coordinates.
    """
    kp = open_release(version, source)
    found = kp.deadlines(before=before, after=after, agency=agency)
    print_rows(found, form, ("deadline", "task_id", "lead", "text"))


@click.command(
    "agency", short_help="Cơ quan theo tên, với số việc / agencies of a name, with their tasks."
)
@click.argument("name", metavar="TÊN")
@click.option("--province", metavar="TỈNH", help="Chỉ ở một tỉnh / in one province only.")
@prints_rows
@asks_release
def agency(
    name: str, province: str | None, form: str, version: str | None, source: str | None
) -> None:
    """Các cơ quan mang TÊN ("so y te", "SNN&PTNT"), mỗi tỉnh một dòng, với số việc chủ trì, phối hợp.

    The agencies that go by a name, a row for each province, with how many tasks they have.
    """
    found = open_release(version, source).agency(name, province=province)
    shown = ("agency_id", "province", "tasks_lead", "tasks_coordinate", "name")
    print_rows(found, form, shown)


@click.command("indicators", short_help="Chỉ tiêu và kết quả / targets and results.")
@prints_rows
@asks_release
def indicators(form: str, version: str | None, source: str | None) -> None:
    """Mọi chỉ tiêu và kết quả; một thước đo qua các năm thì dùng khplans series.

    All targets and results; khplans series gives one measure over the years.
    """
    shown = ("indicator_id", "period", "kind", "quote", "name")
    print_rows(open_release(version, source).indicators, form, shown)


@click.command("series", short_help="Một thước đo qua các năm / one measure over the years.")
@click.argument("measure", metavar="THƯỚC_ĐO")
@prints_rows
@asks_release
def series(measure: str, form: str, version: str | None, source: str | None) -> None:
    """Một thước đo qua các năm, kế hoạch và tỉnh: mã (grdp-growth) hoặc tên ("tang truong GRDP").

    One measure over the years, plans and provinces, by its id or its name.
    """
    shown = ("year", "kind", "province", "number", "quote", "name")
    print_rows(open_release(version, source).indicator_series(measure), form, shown)


@click.command("citations", short_help="Viện dẫn / mentions of other documents.")
@prints_rows
@asks_release
def citations(form: str, version: str | None, source: str | None) -> None:
    """Mọi chỗ viện dẫn văn bản khác; của một văn bản thì dùng khplans cites.

    All mentions of other documents; khplans cites gives those of one document.
    """
    shown = ("document_id", "relation", "quote")
    print_rows(open_release(version, source).citations, form, shown)


@click.command("cites", short_help="Ai viện dẫn một văn bản / who cites an official document.")
@click.argument("instrument", metavar="SỐ_HIỆU")
@prints_rows
@asks_release
def cites(instrument: str, form: str, version: str | None, source: str | None) -> None:
    """Những chỗ viện dẫn một văn bản, theo số hiệu ("09-NQ/TW") hoặc tên ("Luật Đất đai").

    The mentions of an official document, by its number or its name.
    """
    shown = ("cited_by", "cited_on", "relation", "quote")
    print_rows(open_release(version, source).cites(instrument), form, shown)


@click.command("graph", short_help="Đồ thị viện dẫn / the graph of citations: nodes or edges.")
@click.option(
    "--nodes", is_flag=True, help="In văn bản thay vì quan hệ / print the documents, not the edges."
)
@prints_rows
@asks_release
def graph(nodes: bool, form: str, version: str | None, source: str | None) -> None:
    """Văn bản nào viện dẫn văn bản nào: mỗi quan hệ một dòng, với số lần; --nodes để lấy các văn bản.

    Which document cites which: a row for each relation, with how often; the documents with --nodes.
    """
    graph = open_release(version, source).graph()
    print_rows(graph.nodes if nodes else graph.edges, form)


@click.command("sql", short_help="Hỏi các bảng bằng SQL / ask the tables in SQL (DuckDB).")
@click.argument("query", metavar="CÂU_HỎI")
@prints_rows
@asks_release
def sql(query: str, form: str, version: str | None, source: str | None) -> None:
    """Hỏi các bảng bằng SQL; cần DuckDB: pip install "khplans[sql]".

    Ask the tables in SQL; needs DuckDB.
    """
    print_rows(open_release(version, source).sql(query), form)


@click.command(
    "source", short_help="Lời văn của kế hoạch ở một dòng / the plan's words behind a row."
)
@click.argument("row_id", metavar="MÃ")
@click.option(
    "--context",
    type=click.IntRange(min=0),
    default=300,
    show_default=True,
    help="Số ký tự ở mỗi bên / characters on either side.",
)
@asks_release
def source(row_id: str, context: int, version: str | None, source: str | None) -> None:
    """Lời văn của kế hoạch mà dòng MÃ lấy ra, với những gì đứng quanh.

    The plan's words that a row was taken from, with what stands around them.
    """
    say(str(open_release(version, source).source(row_id, context=context)))


@click.command("why", short_help="Các luật cho ra một dòng / the rules that made a row.")
@click.argument("row_id", metavar="MÃ")
@as_json
@asks_release
def why(row_id: str, as_json: bool, version: str | None, source: str | None) -> None:
    """Vì sao có dòng MÃ: các luật có tên đã quyết định về những chữ của nó.

    The named rules that decided about a row's words; says so where today's rules no longer give it.
    """
    answer = open_release(version, source).why(row_id)
    if as_json:
        say_json(asdict(answer), indent=1)
    else:
        say(str(answer))


@click.command("cite", short_help="Cách trích dẫn / how to cite: tiếng Việt, APA, BibTeX.")
@click.argument("row_id", metavar="[MÃ]", required=False)
@asks_release
def cite(row_id: str | None, version: str | None, source: str | None) -> None:
    """Cách trích dẫn phiên bản này, hoặc kế hoạch mà dòng MÃ lấy ra.

    How to cite this version, or the plan that a row comes from.
    """
    say(str(open_release(version, source).cite(row_id)))


@click.command(
    "lock", short_help="Ghim phiên bản dữ liệu cho thư mục này / pin the data's version here."
)
@asks_release
def lock(version: str | None, source: str | None) -> None:
    """Ghim phiên bản dữ liệu vào khplans.lock ở thư mục này.

    Pin the version of the data in khplans.lock in this folder; khplans.load() follows it.
    """
    kp = open_release(version, source)
    say(f"{kp.lock()}: {kp.version}")
