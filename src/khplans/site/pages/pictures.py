"""The pictures of the collection, each beside its data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.chart import Bar, Chart, Node, bar_chart, citation_graph
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid
from khplans.site.pages.figure import figure
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.naming import document_name
from khplans.site.pages.questions import quarter_span
from khplans.site.templating import render

_EDGES = 75
_NODES = 40
_AGENCIES = 20


@dataclass(frozen=True)
class _Shown:
    """A picture on its page, with its data as a table."""

    title: str
    name: str
    picture: Markup
    table: Markup


def pictures_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Pictures of the collection, each beside its data."""
    page = SitePage(words, "pictures", words.say("Pictures"),
                words.say("Tasks by agency and deadline, who cites what; each with its data."), layout="read")  # fmt: skip
    charts = {"agencies": _agencies(catalogue, page), "quarters": _quarters(catalogue, page)}
    shown = [_shown(catalogue, page, name, chart) for name, chart in charts.items() if chart.rows]
    page.add(render(page, "pictures.md", shown=shown))
    return page


def graph_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The graph of who cites what."""
    page = SitePage(words, "graph", words.say("Who cites what"),
                words.say("The plans and the documents they cite most."), layout="read", scripts=("zoom.js",))  # fmt: skip
    chart = _graph(catalogue, page)
    shown = _shown(catalogue, page, "citations", chart, "kh-zoom") if chart.rows else None
    page.add(render(page, "graph.md", shown=shown))
    return page


def _shown(
    catalogue: Catalogue, page: SitePage, name: str, chart: Chart, frame: str = "kh-wide"
) -> _Shown:
    table = grid(chart.head, [[esc(cell) for cell in row] for row in chart.rows])
    return _Shown(chart.title, name, figure(catalogue, page, chart, name, frame), table)


def _agencies(catalogue: Catalogue, page: SitePage) -> Chart:
    """The agencies that lead most, with how many of their tasks have a deadline."""
    words, collection = page.words, catalogue.collection
    tasks, agencies = collection.by_key("tasks"), collection.by_key("agencies")
    counts = {
        agency_id: Counter(
            "due" if tasks[p["task_id"]]["deadline"] else "open"
            for p in parts
            if p["role"] == "lead"
        )
        for agency_id, parts in collection.agency_parts.items()
        if agencies[agency_id]["kind"] != "group"
    }
    top = sorted(counts.items(), key=lambda i: (-i[1].total(), i[0]))[:_AGENCIES]
    bars = [
        Bar(_short(agencies[a]), (c["due"], c["open"]), page.link(f"agencies/{page_name(a)}"))
        for a, c in top if c.total()
    ]  # fmt: skip
    names = (words.say("with a deadline"), words.say("no date"))
    return bar_chart(bars, names, words, words.say("Tasks led, by agency"), head=words.say("Agency"))  # fmt: skip


def _short(agency: Row) -> str:
    name, province = str(agency["name"]), agency["province"]
    return f"{name} ({province})" if province else name


def _quarters(catalogue: Catalogue, page: SitePage) -> Chart:
    words = page.words
    counted = Counter(
        (task["deadline"].year, (task["deadline"].month + 2) // 3)
        for task in catalogue.collection.tables["tasks"]
        if task["deadline"]
    )
    bars = [
        Bar(words.say("Q%(q)s %(y)s", q=q, y=y), (n,),
            f"{page.link('tables/tasks')}?deadline={quarter_span(y, q)}")
        for (y, q), n in sorted(counted.items())
    ]  # fmt: skip
    title = words.say("Tasks due, by quarter")
    return bar_chart(bars, (words.say("tasks"),), words, title, head=words.say("Quarter"))


def _graph(catalogue: Catalogue, page: SitePage) -> Chart:
    words, collection = page.words, catalogue.collection
    documents = collection.by_key("documents")
    edges = Counter(
        (documents[citation["document_id"]]["plan_id"], citation["instrument_id"])
        for citation in collection.tables["citations"]
        if citation["instrument_id"]
    )
    top = _most_cited(edges)
    rows = collection.by_key("instruments")
    shown = [(p, i, n) for (p, i), n in sorted(edges.items()) if i in top]
    citing = {plan for plan, _, _ in shown}
    plans = [
        Node(p.plan_id, document_name(p.main, words), page.link(f"plans/{page_name(p.plan_id)}"))
        for p in collection.plans.values()
        if p.plan_id in citing
    ]
    cited = [
        Node(i, instrument_name(rows[i]), page.link(f"instruments/{page_name(i)}")) for i in top
    ]
    head = (words.say("Plan"), words.say("Cites"), words.say("Times"))
    title = words.say("The plans and the documents they cite")
    return citation_graph(plans, cited, shown, title, head=head)


def _most_cited(edges: Counter[tuple[str, str]]) -> Sequence[str]:
    """As many of the documents that most plans cite as a picture can show."""
    weight: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for (_, instrument), count in edges.items():
        weight[instrument] += count
        spread[instrument] += 1
    top: list[str] = []
    lines = 0
    for instrument in sorted(weight, key=lambda i: (-spread[i], -weight[i], i)):
        lines += spread[instrument]
        if len(top) == _NODES or lines > _EDGES:
            break
        top.append(instrument)
    return top
