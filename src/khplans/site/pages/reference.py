"""The dictionary of all tables, the search page, SQL in the browser, and the pictures."""

from __future__ import annotations

from collections import Counter

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.chart import Bar, Node, bar_chart, citation_graph
from khplans.site.markup import Page, esc, grid
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.naming import document_name
from khplans.site.pages.questions import quarter_span
from khplans.site.pages.tables import column_table
from khplans.site.words import Words
from khplans.tables.definition import tables


def dictionary_page(catalogue: Catalogue, words: Words) -> Page:
    """Every column of every table."""
    page = Page(words, "dictionary", words("Từ điển dữ liệu", "Data dictionary"),
                words("Mọi cột của mọi bảng, lấy từ đúng lược đồ mà các tệp được viết theo.",
                      "Every column of every table, from the very schema that the files are written by."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    for definition in tables():
        page.heading(
            2,
            f"{words(definition.title, definition.title_en)} ({definition.name})",
            definition.name,
        )
        page.add(f"<p>{esc(words(definition.description, definition.description_en))}</p>")
        page.add(column_table(page, definition))
    return page


def search_page(catalogue: Catalogue, words: Words) -> Page:
    """The search with all its results."""
    page = Page(words, "search", words("Tìm kiếm", "Search"),
                words("Tìm trong nhiệm vụ, chỉ tiêu, cơ quan, viện dẫn và kế hoạch; có dấu hay không dấu đều được.",
                      "Search tasks, indicators, agencies, citations and plans; with or without accents."))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.add(
        f'<form class="kh-bigsearch" id="kh-search-form" role="search"><input type="search" name="q" id="kh-search-q" '
        f'aria-label="{esc(page.title)}"><button class="kh-primary">{words("Tìm", "Search")}</button></form>'
        f'<p id="kh-search-count" class="kh-small" role="status">'
        f"<noscript>{words('Tìm kiếm cần JavaScript.', 'The search needs scripts.')}</noscript></p>"
        '<ol id="kh-search-results" class="kh-results"></ol>'
    )
    return page


_QUESTIONS = (
    ("Sở Y tế phải xong việc gì trong năm 2024?", "What must Sở Y tế finish in 2024?",
     "SELECT t.deadline, t.text, t.task_id\nFROM tasks t\nJOIN task_agencies ta USING (task_id)\nJOIN agencies a USING (agency_id)\n"
     "WHERE a.name = 'Sở Y tế' AND t.deadline LIKE '2024%'\nORDER BY t.deadline;"),
    ("Cơ quan nào chủ trì nhiều việc nhất?", "Which agencies lead most tasks?",
     "SELECT a.name, a.province, COUNT(*) AS tasks\nFROM task_agencies ta\nJOIN agencies a USING (agency_id)\n"
     "WHERE ta.role = 'lead'\nGROUP BY a.agency_id\nORDER BY tasks DESC\nLIMIT 15;"),
    ("Kế hoạch nào dựa trên Nghị quyết 09-NQ/TW?", "Which plans rest on Nghị quyết 09-NQ/TW?",
     "SELECT DISTINCT d.plan_id, d.number, d.date, c.quote\nFROM citations c\nJOIN documents d USING (document_id)\n"
     "WHERE c.number = '09-NQ/TW';"),
    ("Mục tiêu và kết quả GRDP qua các năm", "GRDP targets and results over the years",
     "SELECT period, name, quote, value, unit, kind\nFROM indicators\nWHERE name LIKE '%GRDP%'\nORDER BY period;"),
    ("Mọi việc đến hạn trong quý II năm 2024", "Everything due in the second quarter of 2024",
     "SELECT t.deadline, t.text,\n       (SELECT group_concat(a.name, '; ') FROM task_agencies ta JOIN agencies a USING (agency_id)\n"
     "        WHERE ta.task_id = t.task_id AND ta.role = 'lead') AS lead\nFROM tasks t\n"
     "WHERE t.deadline BETWEEN '2024-04-01' AND '2024-06-30'\nORDER BY t.deadline;"),
)  # fmt: skip


def sql_page(catalogue: Catalogue, words: Words) -> Page:
    """SQL over all tables, in the browser."""
    page = Page(words, "sql", "SQL", words("Hỏi cả bộ dữ liệu bằng SQL ngay trong trình duyệt; không gì được gửi đi.",
                "Ask the whole collection in SQL, in the browser; nothing is sent anywhere."), scripts=("sql.js",), wasm=True)  # fmt: skip
    page.add(
        f"<h1>{words('Tra cứu bằng SQL', 'Ask in SQL')}</h1>",
        f'<p class="kh-lead">{esc(page.description)}</p>',
    )
    buttons = "".join(
        f'<li><button type="button" data-sql="{esc(sql)}">{esc(words(question, english))}</button></li>'
        for question, english, sql in _QUESTIONS
    )
    names = ", ".join(f"{page.a('tables/' + d.name, d.name, 'dictionary')}" for d in tables())
    page.add(
        f'<ul class="kh-questions">{buttons}</ul>'
        f'<form id="kh-sql"><label for="kh-sql-text">SQL (SQLite)</label>'
        f'<textarea id="kh-sql-text" rows="9" spellcheck="false">{esc(_QUESTIONS[1][2])}</textarea>'
        f'<p><button class="kh-primary">{words("Chạy", "Run")}</button> '
        f'<button type="button" id="kh-sql-save" disabled>{words("Tải kết quả (CSV)", "Download the result (CSV)")}</button> '
        f'<span id="kh-sql-state" role="status" class="kh-small"><noscript>{words("Cần JavaScript.", "Needs scripts.")}</noscript></span></p></form>'
        f'<div id="kh-sql-result"></div><p class="kh-small">{words("Các bảng", "Tables")}: {names}.</p>'
    )
    return page


def pictures_page(catalogue: Catalogue, words: Words) -> Page:
    """Pictures of the collection, each beside its data."""
    collection = catalogue.collection
    page = Page(words, "pictures", words("Hình ảnh", "Pictures"),
                words("Việc theo cơ quan và thời hạn, ai viện dẫn gì; mỗi hình kèm dữ liệu của nó.",
                      "Tasks by agency and deadline, who cites what; each with its data."), layout="read", scripts=("zoom.js",))  # fmt: skip
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
    names = (words("có thời hạn", "with a deadline"), words("không nêu ngày", "no date"))
    title = words("Việc chủ trì theo cơ quan", "Tasks led, by agency")
    page.heading(2, title, "agencies")
    bars = [
        Bar(_short(agencies[a]), (c["due"], c["open"]), page.link(f"agencies/{page_name(a)}"))
        for a, c in top if sum(c.values())
    ]  # fmt: skip
    page.add(bar_chart(bars, names, words, title))
    page.add(
        _data(
            page,
            (words("Cơ quan", "Agency"), *names),
            [(b.label, *map(str, b.parts)) for b in bars],
        )
    )
    months = Counter(
        (t["deadline"].year, (t["deadline"].month + 2) // 3)
        for t in tasks.values()
        if t["deadline"]
    )
    title = words("Việc đến hạn theo quý", "Tasks due, by quarter")
    page.heading(2, title, "quarters")
    bars = [
        Bar(words(f"Quý {q}/{y}", f"Q{q} {y}"), (n,),
            f"{page.link('tables/tasks')}?deadline={quarter_span(y, q)}")
        for (y, q), n in sorted(months.items())
    ]  # fmt: skip
    page.add(bar_chart(bars, (words("nhiệm vụ", "tasks"),), words, title))
    page.add(
        _data(
            page,
            (words("Quý", "Quarter"), words("Nhiệm vụ", "Tasks")),
            [(b.label, str(b.parts[0])) for b in bars],
        )
    )
    page.heading(2, words("Ai viện dẫn gì", "Who cites what"), "graph")
    page.add(*_graph(catalogue, page))
    return page


def _short(agency: object) -> str:
    row = agency
    return f"{row['name']} ({row['province']})" if row["province"] else str(row["name"])  # type: ignore[index]


def _graph(catalogue: Catalogue, page: Page) -> list[str]:
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
    top = sorted(weight, key=lambda i: (-spread[i], -weight[i], i))[:40]
    rows = collection.by_key("instruments")
    plans = [
        Node(p.plan_id, document_name(p.main, words), page.link(f"plans/{page_name(p.plan_id)}"))
        for p in collection.plans.values()
    ]
    cited = [
        Node(i, instrument_name(rows[i]), page.link(f"instruments/{page_name(i)}")) for i in top
    ]
    shown = [(p, i, n) for (p, i), n in sorted(edges.items()) if i in set(top)]
    title = words(
        "Các kế hoạch và văn bản mà chúng viện dẫn", "The plans and the documents they cite"
    )
    labels = {node.key: node.label for node in (*plans, *cited)}
    head = (words("Kế hoạch", "Plan"), words("Viện dẫn", "Cites"), words("Lần", "Times"))
    return [
        citation_graph(plans, cited, shown, title),
        _data(page, head, [(labels[p], labels[i], str(n)) for p, i, n in shown]),
    ]


def _data(page: Page, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    table = grid(head, [[esc(cell) for cell in row] for row in rows])
    return f"<details><summary>{page.words('Dữ liệu của hình', 'The data of the picture')}</summary>{table}</details>"
