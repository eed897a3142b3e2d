"""The home page and the list of plans."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.site.catalog.schema_org import collection_script
from khplans.site.catalogue import UNRELEASED, Catalogue, page_name
from khplans.site.highlight import Highlight, mark
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.common import by_deadline, in_plan, plan_links, task_table
from khplans.site.pages.long_lists import list_path, turn
from khplans.site.pages.questions import questions

_PLANS = 6
"""Plans that the home page names, the newest."""
_CARDS = 30
"""Plans on a page of their list."""


def home_page(catalogue: Catalogue, words: Language) -> SitePage:
    """What this is, the newest numbers, where to start."""
    lead = words.say(
        "Who must do what by when, which targets, on which legal basis: provincial government plans of Vietnam "
        "as open data. Every row leads to its very words in the plan."
    )
    heading = catalogue.settings.heading
    page = SitePage(words, "index", words.say("%(heading)s – Vietnam's provincial plans as open data", heading=heading), lead, layout="home")  # fmt: skip
    heading = words.say("What did the province promise?")
    tries = "".join(
        f'<li><a href="{esc(page.link("search"))}?q={query}">{label}</a></li>'
        for query, label in (("so+y+te", "so y te"), ("dau+tu+cong", "đầu tư công"),
                             ("GRDP", "GRDP"), ("09-NQ%2FTW", "09-NQ/TW"))
    )  # fmt: skip
    page.add(
        f'<div class="kh-hero"><div><h1>{heading}</h1><p class="kh-lead">{esc(lead)}</p>'
        f'<form class="kh-bigsearch" role="search" action="{page.link("search")}">'
        f'<input type="search" name="q" aria-label="{words.say("Search the plans")}" '
        f'placeholder="{words.say("Agency, task, indicator, document number…")}">'
        f'<button class="md-button md-button--primary">{words.say("Search")}</button></form>'
        f'<ul class="kh-tries"><li>{words.say("For example")}:</li>{tries}</ul></div>{_proof(catalogue, page)}</div>'
    )
    page.add(_numbers(catalogue, page))
    page.add(questions(catalogue, page))
    page.add(f'<h2 id="plans">{words.say("The plans")}</h2>')
    page.add(f'<ul class="kh-cards">{"".join(plan_links(catalogue, page, _PLANS))}</ul>')
    if len(catalogue.collection.plans) > _PLANS:
        count = words.number(len(catalogue.collection.plans))
        page.add(f"<p>{page.a('plans/index', words.say('All %(count)s plans', count=count))}</p>")
    page.add(_latest(catalogue, page))
    page.add(_starts(catalogue, page))
    page.add(collection_script(catalogue, page))
    return page


def plans_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """All plans, so many to a page."""
    cards = plan_links(catalogue, SitePage(words, "plans/index", "", ""))
    groups = [cards[i : i + _CARDS] for i in range(0, len(cards), _CARDS)] or [()]
    title = words.say("Plans")
    paths = [list_path("plans/index", number) for number in range(1, len(groups) + 1)]
    for number, group in enumerate(groups, 1):
        shown = title if number == 1 else f"{title}, {words.say('page')} {number}"
        page = SitePage(words, paths[number - 1], shown,
                    words.say("The plans' whole texts, with what became data marked in them."))  # fmt: skip
        page.add(f"<h1>{esc(shown)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
        page.add(f'<ul class="kh-cards">{"".join(group)}</ul>')
        if len(groups) > 1:
            page.add(turn(page, paths, number))
        yield page


def _proof(catalogue: Catalogue, page: SitePage) -> str:
    """A short task with a date and a lead: its words as they stand, and the row they became."""
    words, collection = page.words, catalogue.collection
    agencies = collection.by_key("agencies")
    fitting = []
    for task in collection.tables["tasks"]:
        leads = [p for p in collection.parts.get(task["task_id"], []) if p["role"] == "lead"]
        named = [
            agencies[p["agency_id"]] for p in leads if agencies[p["agency_id"]]["kind"] != "group"
        ]
        if (
            task["deadline"]
            and len(named) == 1 == len(leads)
            and 60 < task["end"] - task["start"] < 330
        ):
            fitting.append((str(task["deadline"]), task, named[0]))
    if not fitting:
        return ""
    _, task, agency = max(fitting, key=lambda item: (item[0], item[1]["task_id"]))
    plan = collection.plan_of(task)
    near = [
        (number, Highlight(row["start"], row["end"], kind, ""))
        for number, (kind, row) in enumerate(
            (kind, row)
            for table, kind in (("tasks", "t"), ("indicators", "i"), ("citations", "c"))
            for row in collection.of_plan(table, plan.plan_id)
            if task["start"] <= row["start"] and row["end"] <= task["end"]
        )
    ]
    rows = (
        (
            words.say("Lead"),
            page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"]),
        ),
        (words.say("Due"), words.date(task["deadline"])),
        (words.say("In the plan"), in_plan(catalogue, page, "tasks", task)),
    )
    table = "".join(f'<tr><th scope="row">{name}</th><td>{value}</td></tr>' for name, value in rows)
    return (
        f'<figure class="kh-proof"><figcaption>{words.say("From the words to the row")}</figcaption>'
        f'<blockquote lang="vi">{mark(plan.text, task["start"], task["end"], near)}</blockquote>'
        f"<table><tbody>{table}</tbody></table></figure>"
    )


def _numbers(catalogue: Catalogue, page: SitePage) -> str:
    words, collection = page.words, catalogue.collection
    shown = (
        (len(collection.plans), words.say("plans"), "plans/index"),
        (len(collection.tables["tasks"]), words.say("tasks"), "tables/tasks"),
        (
            len(collection.tables["indicators"]),
            words.say("indicator figures"),
            "tables/indicators",
        ),
        (len(collection.tables["agencies"]), words.say("agencies"), "agencies/index"),
        (
            len(collection.tables["instruments"]),
            words.say("documents cited"),
            "instruments/index",
        ),
    )
    items = "".join(
        f'<li><a href="{esc(page.link(path))}"><b>{words.number(count)}</b><span>{label}</span></a></li>'
        for count, label, path in shown
    )
    released = "" if catalogue.version == UNRELEASED else words.date(catalogue.released)
    version = (
        f"{words.say('Version')} {page.a('releases/index', catalogue.version_in(words))}"
        + (f", {released}" if released else "")
        + f" · {page.a('quality', words.say('accuracy and warnings'))}"
    )
    return f'<div class="kh-figures"><ul>{items}</ul><p class="kh-small">{version}</p></div>'


def _starts(catalogue: Catalogue, page: SitePage) -> str:
    words = page.words
    load = "khplans.load()" if catalogue.load.endswith("()") else "khplans.load(source=…)"
    cards = (
        ("guide/journalist", words.say("Journalists"),
         words.say("Filter by agency and deadline, see the sentence, take home a spreadsheet with its accents.")),
        ("guide/analyst", words.say("Analysts"),
         words.say("pip install khplans, then %(load)s.tasks is a typed pandas table.", load=load)),
        ("guide/developer", words.say("Developers"),
         words.say("Stable addresses for each version; Parquet, CSV, Data Package, DCAT, Croissant.")),
    )  # fmt: skip
    items = "".join(
        f'<li class="kh-card"><a href="{esc(page.link(path))}"><b>{title}</b></a><p>{text}</p></li>'
        for path, title, text in cards
    )
    return f'<h2 id="start">{words.say("Where to start")}</h2>\n<ul class="kh-cards">{items}</ul>'


def _latest(catalogue: Catalogue, page: SitePage) -> str:
    words = page.words
    dated = [t for t in catalogue.collection.tables["tasks"] if t["deadline"]]
    last = by_deadline(dated)[-6:][::-1]
    if not last:
        return ""
    table = task_table(catalogue, page, last, label=words.say("Deadlines"))
    return (
        f'<h2 id="deadlines">{words.say("The latest deadlines")}</h2>\n{table}\n'
        f"<p>{page.a('deadlines', words.say('All deadlines and the .ics calendar'))}</p>"
    )
