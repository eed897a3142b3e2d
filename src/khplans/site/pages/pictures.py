"""The pictures of the collection, each beside its data."""

from __future__ import annotations

from collections import Counter

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.chart import Bar, Node, bar_chart, citation_graph
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.naming import document_name
from khplans.site.pages.questions import quarter_span

_EDGES = 75


def pictures_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Pictures of the collection, each beside its data."""
    collection = catalogue.collection
    page = SitePage(words, "pictures", words.say("Pictures"),
                words.say("Tasks by agency and deadline, who cites what; each with its data."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
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
    top = sorted(counts.items(), key=lambda i: (-sum(i[1].values()), i[0]))[:20]
    names = (words.say("with a deadline"), words.say("no date"))
    title = words.say("Tasks led, by agency")
    page.heading(2, title, "agencies")
    bars = [
        Bar(_short(agencies[a]), (c["due"], c["open"]), page.link(f"agencies/{page_name(a)}"))
        for a, c in top if sum(c.values())
    ]  # fmt: skip
    page.add(bar_chart(bars, names, words, title))
    page.add(
        _data(
            page,
            (words.say("Agency"), *names),
            [(b.label, *map(str, b.parts)) for b in bars],
        )
    )
    months = Counter(
        (t["deadline"].year, (t["deadline"].month + 2) // 3)
        for t in tasks.values()
        if t["deadline"]
    )
    title = words.say("Tasks due, by quarter")
    page.heading(2, title, "quarters")
    bars = [
        Bar(words.say("Q%(q)s %(y)s", q=q, y=y), (n,),
            f"{page.link('tables/tasks')}?deadline={quarter_span(y, q)}")
        for (y, q), n in sorted(months.items())
    ]  # fmt: skip
    page.add(bar_chart(bars, (words.say("tasks"),), words, title))
    page.add(
        _data(
            page,
            (words.say("Quarter"), words.say("Tasks")),
            [(b.label, str(b.parts[0])) for b in bars],
        )
    )
    title = words.say("Who cites what")
    page.heading(2, title, "graph")
    about = words.say("The graph of the plans and the documents they cite, to be zoomed.")
    page.add(
        f'<ul class="kh-cards"><li class="kh-card">{page.a("graph", title)}<p>{about}</p></li></ul>'
    )
    return page


def graph_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The graph of who cites what."""
    page = SitePage(words, "graph", words.say("Who cites what"),
                words.say("The plans and the documents they cite most."), layout="read", scripts=("zoom.js",))  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("pictures", words.say("Pictures"))}</p>')
    page.add(
        f'<h1 id="graph">{esc(page.title)}</h1>', f'<p class="kh-lead">{esc(page.description)}</p>'
    )
    page.add(*_graph(catalogue, page))
    return page


def _short(agency: Row) -> str:
    name, province = str(agency["name"]), agency["province"]
    return f"{name} ({province})" if province else name


def _graph(catalogue: Catalogue, page: SitePage) -> list[str]:
    words, collection = page.words, catalogue.collection
    documents = collection.by_key("documents")
    edges: Counter[tuple[str, str]] = Counter()
    for citation in collection.tables["citations"]:
        if citation["instrument_id"]:
            edges[documents[citation["document_id"]]["plan_id"], citation["instrument_id"]] += 1
    weight: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for (_, instrument), count in edges.items():
        weight[instrument] += count
        spread[instrument] += 1
    # As many of the documents that most plans cite as a picture can show.
    top: list[str] = []
    for instrument in sorted(weight, key=lambda i: (-spread[i], -weight[i], i)):
        if len(top) == 40 or sum(spread[i] for i in top) + spread[instrument] > _EDGES:
            break
        top.append(instrument)
    rows = collection.by_key("instruments")
    plans = [
        Node(p.plan_id, document_name(p.main, words), page.link(f"plans/{page_name(p.plan_id)}"))
        for p in collection.plans.values()
    ]
    cited = [
        Node(i, instrument_name(rows[i]), page.link(f"instruments/{page_name(i)}")) for i in top
    ]
    shown = [(p, i, n) for (p, i), n in sorted(edges.items()) if i in top]
    plans = [plan for plan in plans if any(plan.key == p for p, _, _ in shown)]
    title = words.say("The plans and the documents they cite")
    labels = {node.key: node.label for node in (*plans, *cited)}
    head = (words.say("Plan"), words.say("Cites"), words.say("Times"))
    return [
        citation_graph(plans, cited, shown, title),
        _data(page, head, [(labels[p], labels[i], str(n)) for p, i, n in shown]),
    ]


def _data(page: SitePage, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    table = grid(head, [[esc(cell) for cell in row] for row in rows])
    return (
        f"<details><summary>{page.words.say('The data of the picture')}</summary>{table}</details>"
    )
