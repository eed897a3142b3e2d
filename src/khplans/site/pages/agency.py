"""Agencies: the list, and what each leads and supports, by when, named how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.chart import Bar, bar_chart
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import agency_label, by_deadline, task_table
from khplans.site.pages.long_lists import Group, list_page, list_pages

_ROOM = 18
"""Tasks that an agency's page lists, those with a date first; the explorer has the others."""

_MEMBERS = 8
"""Members of a group, or groups of a body, that its page names."""


def agencies_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """All agencies by province, with how many tasks each leads and supports."""
    yield from list_pages(
        lambda number, count: _list_page(words, number, count),
        lambda language: _groups(catalogue, language),
        words,
    )


def _groups(catalogue: Catalogue, words: Language) -> list[Group]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for agency in catalogue.collection.tables["agencies"]:
        grouped[agency["province"] or ""].append(agency)
    head = (
        words.say("Agency"),
        words.say("Kind"),
        words.say("Leads"),
        words.say("Supports"),
    )
    here = SitePage(words, "agencies/index", "", "")
    groups = []
    for place, (province, agencies) in enumerate(
        sorted(grouped.items(), key=lambda item: (not item[0], -len(item[1]), item[0]))
    ):
        counted = [(agency, _counts(catalogue, agency)) for agency in agencies]
        counted.sort(key=lambda item: (-item[1]["lead"], -item[1]["coordinate"], item[0]["name"]))
        rows = [
            (
                here.a(f"agencies/{page_name(agency['agency_id'])}", agency_label(here, agency)),
                esc(words.value("agencies", "kind", agency["kind"])),
                words.number(counts["lead"]),
                words.number(counts["coordinate"]),
            )
            for agency, counts in counted
        ]
        title = province or words.say("Central and common")
        classes = {1: "nowrap", 2: "num", 3: "num"}
        groups.append(Group(title, f"p{place}", head, rows, classes))
    return groups


def _list_page(words: Language, number: int, count: int) -> SitePage:
    return list_page(
        words, "agencies/index", words.say("Agencies"),
        words.say("What each agency leads and supports, and by when."),
        number, count, hint=words.say("name, accents or not"),
    )  # fmt: skip


def agency_page(catalogue: Catalogue, agency: Row, words: Language) -> SitePage:
    """One agency."""
    name = agency_label(page := SitePage(words, "", "", ""), agency)
    province = agency["province"]
    title = f"{name} – {province}" if province else name
    page = SitePage(
        words, f"agencies/{page_name(agency['agency_id'])}", title,
        words.say("The tasks that %(name)s leads and supports, with deadlines and the plans' words.", name=name), layout="read",
    )  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("agencies/index", words.say("Agencies"))}</p>')
    page.add(f"<h1>{esc(name)}</h1>")
    tasks = _tasks(catalogue, agency)
    page.add(_summary(page, tasks))
    page.add(_facts(catalogue, page, agency))
    page.add(_years(catalogue, page, agency))
    lead = min(len(tasks["lead"]), max(_ROOM // 2, _ROOM - len(tasks["coordinate"])))
    shares = {"lead": lead, "coordinate": min(len(tasks["coordinate"]), _ROOM - lead)}
    for role, part in (
        ("lead", words.say("Leads")),
        ("coordinate", words.say("Supports")),
    ):
        rows = tasks[role]
        if not rows:
            continue
        page.heading(2, f"{part} ({words.number(len(rows))})", role)
        explorer = page.link("tables/tasks") + f"?agency={agency['agency_id']}&role={role}"
        page.add(
            f'<p class="kh-small"><a href="{esc(explorer)}">{words.say("Sort, filter and download these rows")}</a></p>'
        )
        years: dict[str, list[Row]] = defaultdict(list)
        for task in by_deadline(rows):
            years[str(task["deadline"].year) if task["deadline"] else ""].append(task)
        room = shares[role]
        for year, found in years.items():
            heading = (
                words.say("Due in %(year)s", year=year) if year else words.say("No date named")
            )
            if not room:
                break
            page.heading(
                3, f"{heading} ({words.number(len(found))})", f"{role}-{year or 'undated'}"
            )
            shown, room = found[:room], max(0, room - len(found))
            label = f"{part}: {heading}"
            page.add(task_table(catalogue, page, shown, label=label, agencies=role != "lead"))
        if shares[role] < len(rows):
            more = words.say("See all") + f" {words.number(len(rows))}"
            page.add(f'<p><a class="md-button" href="{esc(explorer)}">{more}</a></p>')
    if not (tasks["lead"] or tasks["coordinate"]):
        page.add(f"<p>{words.say('No task names this agency.')}</p>")
    page.heading(2, words.say("Cite this"), "cite")
    page.add(citation_block(catalogue, page, page.path, title))
    return page


def _counts(catalogue: Catalogue, agency: Row) -> Counter[str]:
    return Counter(
        p["role"] for p in catalogue.collection.agency_parts.get(agency["agency_id"], [])
    )


def _tasks(catalogue: Catalogue, agency: Row) -> dict[str, list[Row]]:
    tasks = catalogue.collection.by_key("tasks")
    found: dict[str, list[Row]] = {"lead": [], "coordinate": []}
    for part in catalogue.collection.agency_parts.get(agency["agency_id"], []):
        found[part["role"]].append(tasks[part["task_id"]])
    return found


def _summary(page: SitePage, tasks: Mapping[str, list[Row]]) -> str:
    """How much it leads and supports, and how many of these have a day, year by year."""
    words, parts = page.words, []
    for role, verb in (
        ("lead", words.say("Leads")),
        ("coordinate", words.say("Supports")),
    ):
        rows = tasks[role]
        if not rows:
            continue
        years = Counter(task["deadline"].year for task in rows if task["deadline"])
        due = ", ".join(
            f'<a href="#{role}-{year}">{words.say("%(n)s in %(year)s", n=n, year=year)}</a>'
            for year, n in sorted(years.items())
        )
        one = words.count("%(n)s task", "%(n)s tasks", len(rows))
        when = f"{words.say('to be done')}: {due}" if due else words.say("no dates")
        parts.append(f"<b>{verb} {one}</b> ({when})")
    return f'<p class="kh-lead">{"; ".join(parts)}.</p>' if parts else ""


def _facts(catalogue: Catalogue, page: SitePage, agency: Row) -> str:
    words, collection = page.words, catalogue.collection
    facts = [(words.say("Kind"), esc(words.value("agencies", "kind", agency["kind"])))]
    if agency["province"]:
        facts.append((words.say("Province"), esc(agency["province"])))
    parent = collection.by_key("agencies").get(agency["parent_agency_id"])
    if parent:
        facts.append(
            (
                words.say("Part of"),
                page.a(f"agencies/{page_name(parent['agency_id'])}", parent["name"]),
            )
        )
    facts += _groups_of(catalogue, page, agency)
    forms = [
        form for form in collection.names.get(agency["agency_id"], []) if form != agency["name"]
    ]
    if forms:
        facts.append((words.say("Also written"), esc("; ".join(forms))))
    calendar = page.file_link(f"calendar/{page_name(agency['agency_id'])}.ics")
    if any(
        collection.by_key("tasks")[p["task_id"]]["deadline"]
        for p in collection.agency_parts.get(agency["agency_id"], [])
    ):
        facts.append(
            (
                words.say("Calendar"),
                f'<a href="{esc(calendar)}">{words.say("its deadlines (.ics)")}</a>',
            )
        )
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="kh-facts">{items}</dl>'


def _groups_of(catalogue: Catalogue, page: SitePage, agency: Row) -> Iterator[tuple[str, str]]:
    """The groups that it is in, each with how many tasks it has, and the bodies that it takes in."""
    words, collection = page.words, catalogue.collection
    agencies, own = collection.by_key("agencies"), agency["agency_id"]
    for title, rows, other in (
        (words.say("Also addressed as"), collection.groups.get(own, []), "group_id"),
        (words.say("Takes in"), collection.members.get(own, []), "agency_id"),
    ):
        links = []
        for row in rows:
            there = agencies[row[other]]
            link = page.a(f"agencies/{page_name(there['agency_id'])}", agency_label(page, there))
            links.append(f"{link} ({words.number(_counts(catalogue, there).total())})")
        if links:
            more = f"; … +{words.number(len(links) - _MEMBERS)}" if len(links) > _MEMBERS else ""
            yield title, "; ".join(links[:_MEMBERS]) + more


def _years(catalogue: Catalogue, page: SitePage, agency: Row) -> str:
    """How often it is named, by the year of the document."""
    words, collection = page.words, catalogue.collection
    documents = collection.by_key("documents")
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for part in collection.agency_parts.get(agency["agency_id"], []):
        day = documents[part["document_id"]]["date"]
        if day:
            counted[day.year][part["role"]] += 1
    if not counted:
        return ""
    title = words.say("Tasks by the year of the plan")
    names = (words.say("Leads"), words.say("Supports"))
    bars = [Bar(str(year), (c["lead"], c["coordinate"])) for year, c in sorted(counted.items())]
    return f'<h2 id="years">{title}</h2>\n{bar_chart(bars, names, words, title)}'
