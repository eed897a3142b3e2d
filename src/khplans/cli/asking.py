"""Verbs that ask a release: rows, words behind them, how to cite."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from khplans.cli._options import Shown, as_json, asks_release, own_releases, prints_rows
from khplans.cli._printing import say, say_json
from khplans.errors import both

if TYPE_CHECKING:
    from khplans.client.collection import Collection
    from khplans.client.quoting import Citing
    from khplans.client.words import Words
    from khplans.why import Why


named_alone = click.option(
    "--groups/--no-groups",
    default=True,
    help="Cả việc giao cho nhóm mà cơ quan thuộc về, hay chỉ việc nêu tên nó / with or without the "
    "tasks of the groups that it is in (with --agency).",
)


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
@named_alone
@prints_rows
@asks_release
def tasks(
    kp: Collection,
    agency: str | None,
    role: str | None,
    year: int | None,
    province: str | None,
    groups: bool,
) -> Shown:
    """Nhiệm vụ, của một cơ quan nếu nêu.

    Tasks, of one agency if one is named.
    """
    if agency is None:
        if role or year or province:
            raise click.UsageError(
                both("--role, --year, --province đi cùng --agency", "go with --agency")
            )
        return kp.tasks, ("task_id", "deadline", "text")
    found = kp.tasks_by_agency(agency, role=role, year=year, province=province, groups=groups)  # type: ignore[arg-type]
    return found, ("task_id", "role", "deadline", "group", "text")


@click.command(
    "deadlines", short_help="Việc đến hạn, hạn gần trước / tasks that are due, soonest first."
)
@click.option("--before", metavar="NGÀY", help="Đến hết ngày này / up to this day: 2024-06-30.")
@click.option("--after", metavar="NGÀY", help="Từ ngày này / from this day: 2024-04-01.")
@click.option("--agency", metavar="TÊN", help="Của một cơ quan / of one agency.")
@named_alone
@prints_rows
@asks_release
def deadlines(
    kp: Collection, before: str | None, after: str | None, agency: str | None, groups: bool
) -> Shown:
    """Việc có thời hạn, hạn gần trước, với cơ quan chủ trì và phối hợp.

    Tasks with a deadline, soonest first, with who leads and who coordinates.
    """
    found = kp.deadlines(before=before, after=after, agency=agency, groups=groups)
    return found, ("deadline", "task_id", "lead", "text")


@click.command(
    "agency", short_help="Cơ quan theo tên, với số việc / agencies of a name, with their tasks."
)
@click.argument("name", metavar="TÊN")
@click.option("--province", metavar="TỈNH", help="Chỉ ở một tỉnh / in one province only.")
@prints_rows
@asks_release
def agency(kp: Collection, name: str, province: str | None) -> Shown:
    """Các cơ quan mang TÊN ("so y te", "SNN&PTNT"), mỗi tỉnh một dòng, với số việc chủ trì, phối hợp.

    The agencies that go by a name, a row for each province, with how many tasks they have.
    """
    shown = ("agency_id", "province", "tasks_lead", "tasks_coordinate", "name")
    return kp.agency(name, province=province), shown


@click.command("indicators", short_help="Chỉ tiêu và kết quả / targets and results.")
@prints_rows
@asks_release
def indicators(kp: Collection) -> Shown:
    """Mọi chỉ tiêu và kết quả; một thước đo qua các năm thì dùng khplans series.

    All targets and results; khplans series gives one measure over the years.
    """
    return kp.indicators, ("indicator_id", "period", "kind", "quote", "name")


@click.command("series", short_help="Một thước đo qua các năm / one measure over the years.")
@click.argument("measure", metavar="THƯỚC_ĐO")
@prints_rows
@asks_release
def series(kp: Collection, measure: str) -> Shown:
    """Một thước đo qua các năm, kế hoạch và tỉnh: mã (grdp-growth) hoặc tên ("tang truong GRDP").

    One measure over the years, plans and provinces, by its id or its name.
    """
    return kp.indicator_series(measure), ("year", "kind", "province", "number", "quote", "name")


@click.command("citations", short_help="Viện dẫn / mentions of other documents.")
@prints_rows
@asks_release
def citations(kp: Collection) -> Shown:
    """Mọi chỗ viện dẫn văn bản khác; của một văn bản thì dùng khplans cites.

    All mentions of other documents; khplans cites gives those of one document.
    """
    return kp.citations, ("document_id", "relation", "quote")


@click.command("cites", short_help="Ai viện dẫn một văn bản / who cites an official document.")
@click.argument("instrument", metavar="SỐ_HIỆU")
@prints_rows
@asks_release
def cites(kp: Collection, instrument: str) -> Shown:
    """Những chỗ viện dẫn một văn bản, theo số hiệu ("09-NQ/TW") hoặc tên ("Luật Đất đai").

    The mentions of an official document, by its number or its name.
    """
    return kp.cites(instrument), ("cited_by", "cited_on", "relation", "quote")


@click.command("graph", short_help="Đồ thị viện dẫn / the graph of citations: nodes or edges.")
@click.option(
    "--nodes", is_flag=True, help="In văn bản thay vì quan hệ / print the documents, not the edges."
)
@prints_rows
@asks_release
def graph(kp: Collection, nodes: bool) -> Shown:
    """Văn bản nào viện dẫn văn bản nào: mỗi quan hệ một dòng, với số lần; --nodes để lấy các văn bản.

    Which document cites which: a row for each relation, with how often; the documents with --nodes.
    """
    graph = kp.graph()
    return graph.nodes if nodes else graph.edges, ()


@click.command("sql", short_help="Hỏi các bảng bằng SQL / ask the tables in SQL (DuckDB).")
@click.argument("query", metavar="CÂU_HỎI")
@prints_rows
@asks_release
def sql(kp: Collection, query: str) -> Shown:
    """Hỏi các bảng bằng SQL; cần DuckDB: pip install "khplans[sql]".

    Ask the tables in SQL; needs DuckDB.
    """
    return kp.sql(query), ()


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
@as_json
@asks_release
def source(kp: Collection, row_id: str, context: int, as_json: bool) -> None:
    """Lời văn của kế hoạch mà dòng MÃ lấy ra, với những gì đứng quanh.

    The plan's words that a row was taken from, with what stands around them.
    """
    _tell(kp.source(row_id, context=context), as_json)


@click.command("why", short_help="Các luật cho ra một dòng / the rules that made a row.")
@click.argument("row_id", metavar="MÃ")
@as_json
@asks_release
def why(kp: Collection, row_id: str, as_json: bool) -> None:
    """Vì sao có dòng MÃ: các luật có tên đã quyết định về những chữ của nó.

    The named rules that decided about a row's words; says so where today's rules no longer give it.
    """
    _tell(kp.why(row_id), as_json)


@click.command("cite", short_help="Cách trích dẫn / how to cite: tiếng Việt, APA, BibTeX.")
@click.argument("row_id", metavar="[MÃ]", required=False)
@as_json
@asks_release
def cite(kp: Collection, row_id: str | None, as_json: bool) -> None:
    """Cách trích dẫn phiên bản này, hoặc kế hoạch mà dòng MÃ lấy ra.

    How to cite this version, or the plan that a row comes from.
    """
    _tell(kp.cite(row_id), as_json)


@click.command(
    "lock", short_help="Ghim phiên bản dữ liệu cho thư mục này / pin the data's version here."
)
@as_json
@asks_release
def lock(kp: Collection, as_json: bool) -> None:
    """Ghim phiên bản dữ liệu vào khplans.lock ở thư mục này.

    Pin the version of the data in khplans.lock in this folder; khplans.load() follows it.
    """
    path = kp.lock()
    if as_json:
        say_json({"file": path.as_posix(), "version": kp.version, "where": kp.where})
    else:
        say(f"{path}: {kp.version}")


def _tell(answer: Why | Words | Citing, as_json: bool) -> None:
    """Print an answer, as its parts or in words; dates are ISO."""
    if as_json:
        parts = ((name, value) for name, value in asdict(answer).items())
        say_json({n: v.isoformat() if isinstance(v, date) else v for n, v in parts}, indent=1)
    else:
        say(str(answer))


@click.command(
    "view", short_help="Bảng rộng, có tên thay cho mã / a wide table with names beside the ids."
)
@click.argument("table", metavar="BẢNG", type=click.Choice(["tasks", "indicators", "citations"]))
@prints_rows
@asks_release
def view(kp: Collection, table: str) -> Shown:
    """Nhiệm vụ, chỉ tiêu hay viện dẫn kèm tên cơ quan, tỉnh, kế hoạch, địa chỉ của từng dòng.

    Tasks, indicators or citations with agencies' names, province, plan and each row's address.
    """
    shown = {
        "tasks": ("province", "plan_number", "deadline", "lead", "text"),
        "indicators": ("province", "plan_number", "period", "kind", "quote", "name"),
        "citations": ("province", "plan_number", "relation", "quote"),
    }
    return kp.view(table), shown[table]


@click.command("describe", short_help="Các cột của một bảng / the columns of a table.")
@click.argument("table", metavar="BẢNG")
@prints_rows
@asks_release
def describe(kp: Collection, table: str) -> Shown:
    """Mỗi cột của BẢNG: kiểu, tên, ý nghĩa, các giá trị, số dòng có giá trị.

    Each column of a table: type, titles, meaning, values, how many rows have one.
    """
    return kp.describe(table), ("column", "type", "filled", "title", "title_en")


@click.command("versions", short_help="Các phiên bản dữ liệu / the versions of the data.")
@prints_rows
@click.option("--source", metavar="NƠI", help="Thư mục hoặc địa chỉ / a folder or an address.")
def versions(source: str | None) -> Shown:
    """Các phiên bản, mới nhất trước; bản nào không cần mạng thì cột here là True.

    The versions, newest first; those that need no network are here.
    """
    from khplans.client import versions

    return versions(source or own_releases()), ()


@click.command("changes", short_help="Bản này đổi gì so với bản trước / what a release changed.")
@prints_rows
@asks_release
def changes(kp: Collection) -> Shown:
    """Từng dòng, từng ô mà bản này đổi so với bản trước, và vì sao.

    Each row and cell that a release changed since the one before it, and why.
    """
    return kp.changes(), ("table", "row_id", "change", "column", "reason", "words")


@click.command("plan", short_help="Một kế hoạch thành gói riêng / one plan as a package.")
@click.argument("plan_id", metavar="MÃ")
@click.option("--to", "folder", required=True, metavar="THƯ_MỤC", help="Nơi ghi / where to write.")
@as_json
@asks_release
def plan(kp: Collection, plan_id: str, folder: str, as_json: bool) -> None:
    """Ghi các bảng của một kế hoạch thành một gói dữ liệu.

    Write the tables of one plan as a Data Package.
    """
    one = kp.plan(plan_id)
    path = one.save(folder)
    if as_json:
        say_json({"package": path.as_posix(), "rows": {n: len(one.arrow(n)) for n in one}})
    else:
        say(both("Đã ghi", f"written: {path}"))
