"""The home page and the list of plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khplans.site.catalog.schema_org import collection_script
from khplans.site.catalogue import UNRELEASED, Catalogue
from khplans.site.data import Row
from khplans.site.highlight import Highlight, mark
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.common import ahead_and_behind, due, in_plan, leads, plan_cards, task_table
from khplans.site.pages.examples import busiest_agency, most_cited, most_measured
from khplans.site.pages.long_lists import list_path, turn
from khplans.site.pages.measure_tables import measure_name
from khplans.site.pages.questions import questions
from khplans.site.places import Place
from khplans.site.templating import render
from khplans.text.fold import fold

_PLANS = 6
"""Plans that the home page names, the newest."""
_PLACES = 12
"""Provinces that the home page names, those with most plans."""
_CARDS = 30
"""Plans on a page of their list."""


def home_page(catalogue: Catalogue, words: Language) -> SitePage:
    """What this is, the newest numbers, where to start."""
    lead = words.say(
        "Who must do what by when, which targets, on which legal basis: provincial government plans of Vietnam "
        "as open data. Every row leads to its very words in the plan."
    )
    heading = catalogue.heading(words)
    page = SitePage(words, "index", words.say("%(heading)s – Vietnam's provincial plans as open data", heading=heading), lead, layout="home")  # fmt: skip
    plans = list(catalogue.collection.plans)
    page.add(
        render(
            page, "home.md", lead=lead, tries=list(_tries(catalogue, words)), proof=_proof(catalogue, page),
            numbers=_numbers(catalogue, words), version=catalogue.version_in(words),
            released="" if catalogue.version == UNRELEASED else words.date(catalogue.released),
            questions=list(questions(catalogue, page)), places=_places(catalogue),
            cards=plan_cards(catalogue, words, plans[:_PLANS]),
            more_plans=len(plans) if len(plans) > _PLANS else 0,
            deadlines=_deadlines(catalogue, page), starts=_starts(catalogue, words),
            script=Markup(collection_script(catalogue, page)),
        )
    )  # fmt: skip
    return page


def plans_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """All plans, so many to a page."""
    cards = plan_cards(catalogue, words, catalogue.collection.plans)
    groups = [cards[i : i + _CARDS] for i in range(0, len(cards), _CARDS)] or [[]]
    title = words.say("Plans")
    paths = [list_path("plans/index", number) for number in range(1, len(groups) + 1)]
    for number, group in enumerate(groups, 1):
        shown = title if number == 1 else f"{title}, {words.say('page')} {number}"
        page = SitePage(words, paths[number - 1], shown,
                    words.say("The plans' whole texts, with what became data marked in them."))  # fmt: skip
        turned = turn(page, paths, number) if len(groups) > 1 else Markup()
        page.add(render(page, "plans.md", cards=group, turn=turned))
        yield page


def _places(catalogue: Catalogue) -> list[Place]:
    """The provinces with most plans."""
    places = [place for place in catalogue.collection.places.values() if place.documents]
    return sorted(places, key=lambda place: (-len(place.plans), place.key))[:_PLACES]


@dataclass(frozen=True)
class _Proof:
    """A task's words, marked, and the row that they became: titles and values."""

    marked: Markup
    facts: Sequence[tuple[str, str | Markup]]


def _proof(catalogue: Catalogue, page: SitePage) -> _Proof | None:
    """The latest of the tasks that fit: its words as they stand, and the row they became."""
    words, collection = page.words, catalogue.collection
    fitting = [task for task in collection.tables["tasks"] if _fits(catalogue, task)]
    if not fitting:
        return None
    task = max(fitting, key=lambda task: (task["deadline"], task["task_id"]))
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
    facts = (
        (words.say("Lead"), leads(catalogue, page, task["task_id"])),
        (words.say("Due"), due(page, task)),
        (words.say("In the plan"), in_plan(catalogue, page, "tasks", task)),
    )
    return _Proof(Markup(mark(plan.text, task["start"], task["end"], near)), facts)


def _fits(catalogue: Catalogue, task: Row) -> bool:
    """Whether a task is short, with a date and one lead that is no group."""
    collection = catalogue.collection
    parts = [p for p in collection.parts.get(task["task_id"], ()) if p["role"] == "lead"]
    if not task["deadline"] or len(parts) != 1 or not 60 < task["end"] - task["start"] < 330:
        return False
    return bool(collection.by_key("agencies")[parts[0]["agency_id"]]["kind"] != "group")


def _numbers(catalogue: Catalogue, words: Language) -> Sequence[tuple[int, str, str]]:
    """How much there is: number, of what, the page that has it."""
    collection = catalogue.collection
    plans = len(collection.plans)
    tasks, indicators, agencies, instruments = (
        len(collection.tables[name]) for name in ("tasks", "indicators", "agencies", "instruments")
    )
    return (
        (plans, words.count("plan", "plans", plans), "plans/index"),
        (tasks, words.count("task", "tasks", tasks), "tables/tasks"),
        (indicators, words.count("indicator figure", "indicator figures", indicators), "tables/indicators"),
        (agencies, words.count("agency", "agencies", agencies), "agencies/index"),
        (instruments, words.count("document cited", "documents cited", instruments), "instruments/index"),
    )  # fmt: skip


_DEADLINES = 6
_SHORT = re.compile(r"\((\w+)\)$")
"""The short name that ends a measure's."""


def _tries(catalogue: Catalogue, words: Language) -> Iterator[str]:
    """What to search for, of what there is: an agency as people type it, a measure, a document's number."""
    if busy := busiest_agency(catalogue):
        yield fold(busy.agency["name"])
    if measure := most_measured(catalogue):
        name = measure_name(measure, words)
        short = _SHORT.search(name)
        yield short[1] if short else name
    if (cited := most_cited(catalogue)) and cited.instrument["number"]:
        yield cited.instrument["number"]


def _starts(catalogue: Catalogue, words: Language) -> Sequence[tuple[str, str, str]]:
    """The guides: page, for whom, what it tells."""
    load = "khplans.load()" if catalogue.load.endswith("()") else "khplans.load(source=…)"
    return (
        ("guide/journalist", words.say("Journalists"),
         words.say("Filter by agency and deadline, see the sentence, take home a spreadsheet with its accents.")),
        ("guide/analyst", words.say("Analysts"),
         words.say("pip install khplans, then %(load)s.tasks is a typed pandas table.", load=load)),
        ("guide/developer", words.say("Developers"),
         words.say("Stable addresses for each version; Parquet, CSV, Data Package, DCAT, Croissant.")),
    )  # fmt: skip


def _deadlines(catalogue: Catalogue, page: SitePage) -> tuple[str, Markup]:
    """What is due next after the day of the release, with a title; where nothing is, what was due last."""
    ahead, behind = ahead_and_behind(catalogue, catalogue.collection.tables["tasks"])
    shown = (ahead or behind)[:_DEADLINES]
    if not shown:
        return "", Markup()
    words = page.words
    title = words.say("The next deadlines") if ahead else words.say("The latest deadlines")
    return title, task_table(catalogue, page, shown, label=title)
