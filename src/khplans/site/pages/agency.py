"""Agencies: the list, and what each leads and supports, by when, named how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.chart import Bar, bar_chart
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import agency_label, by_deadline, province_link, task_table
from khplans.site.pages.figure import figure
from khplans.site.pages.follow import follow_block
from khplans.site.pages.long_lists import Group, list_page, list_pages
from khplans.site.templating import render

_ROOM = 120
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
    head = (words.say("Agency"), words.say("Kind"), words.say("Leads"), words.say("Supports"))
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
        found = catalogue.collection.place(province)
        about = f"provinces/{found.key}" if found else ""
        about_title = words.say("Plans, targets, deadlines of the province")
        groups.append(
            Group(title, f"p{place}", head, rows, classes, about=about, about_title=about_title)
        )
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
    tasks = _tasks(catalogue, agency)
    page.add(
        render(
            page, "agency.md", name=name, facts=list(_facts(catalogue, page, agency)),
            years=_years(catalogue, page, agency), roles=list(_roles(catalogue, page, agency, tasks)),
            follow=_follow(catalogue, page, agency),
            citation=citation_block(catalogue, page, page.path, title),
        )
    )  # fmt: skip
    return page


@dataclass(frozen=True)
class _Role:
    """The tasks that an agency has in a role: all in number, by year as many as the page has room for."""

    name: str
    title: str
    total: int
    dated: Sequence[tuple[int, int]]
    groups: Sequence[_Due]
    explorer: str

    @property
    def cut(self) -> bool:
        """Whether the page leaves some out."""
        return sum(group.shown for group in self.groups) < self.total


@dataclass(frozen=True)
class _Due:
    """Tasks due in a year, or without a date."""

    title: str
    place: str
    total: int
    shown: int
    table: Markup


def _roles(
    catalogue: Catalogue, page: SitePage, agency: Row, tasks: Mapping[str, list[Row]]
) -> Iterator[_Role]:
    words = page.words
    lead = min(len(tasks["lead"]), max(_ROOM // 2, _ROOM - len(tasks["coordinate"])))
    parts = {
        part["task_id"]: part
        for part in catalogue.collection.agency_parts.get(agency["agency_id"], ())
        if part["role"] == "lead"
    }
    shares = {"lead": lead, "coordinate": min(len(tasks["coordinate"]), _ROOM - lead)}
    for role, title in (("lead", words.say("Leads")), ("coordinate", words.say("Supports"))):
        if not tasks[role]:
            continue
        years: dict[str, list[Row]] = defaultdict(list)
        for task in by_deadline(tasks[role]):
            years[str(task["deadline"].year) if task["deadline"] else ""].append(task)
        groups, room = [], shares[role]
        for year, found in years.items():
            due = words.say("Due in %(year)s", year=year) if year else words.say("No date named")
            shown, room = found[:room], max(0, room - len(found))
            if shown:
                table = task_table(
                    catalogue, page, shown, label=f"{title}: {due}",
                    own=parts if role == "lead" else None,
                )  # fmt: skip
                place = f"{role}-{year or 'undated'}"
                groups.append(_Due(due, place, len(found), len(shown), table))
        yield _Role(
            role, title, len(tasks[role]),
            sorted((int(year), len(found)) for year, found in years.items() if year), groups,
            f"{page.link('tables/tasks')}?agency={agency['agency_id']}&role={role}",
        )  # fmt: skip


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


def _facts(catalogue: Catalogue, page: SitePage, agency: Row) -> Iterator[tuple[str, str | Markup]]:
    """What is known of an agency: titles and values."""
    words, collection = page.words, catalogue.collection
    yield words.say("Kind"), words.value("agencies", "kind", agency["kind"])
    if agency["province"]:
        yield words.say("Province"), province_link(catalogue, page, agency["province"])
    parent = collection.by_key("agencies").get(agency["parent_agency_id"])
    if parent:
        there = f"agencies/{page_name(parent['agency_id'])}"
        yield words.say("Part of"), page.a(there, parent["name"])
    yield from _groups_of(catalogue, page, agency)
    forms = [
        form for form in collection.names.get(agency["agency_id"], []) if form != agency["name"]
    ]
    if forms:
        yield words.say("Also written"), "; ".join(forms)


def _follow(catalogue: Catalogue, page: SitePage, agency: Row) -> Markup:
    """Its calendar, where a task of its has a deadline, and its feed, where it has tasks."""
    tasks, name = catalogue.collection.by_key("tasks"), page_name(agency["agency_id"])
    parts = catalogue.collection.agency_parts.get(agency["agency_id"], ())
    dated = any(tasks[part["task_id"]]["deadline"] for part in parts)
    return follow_block(
        catalogue, page, calendar=f"calendar/{name}.ics" if dated else "",
        feed=f"feeds/agencies/{name}.xml" if parts else "",
    )  # fmt: skip


def _groups_of(catalogue: Catalogue, page: SitePage, agency: Row) -> Iterator[tuple[str, Markup]]:
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
            yield title, Markup("; ".join(links[:_MEMBERS]) + more)


def _years(catalogue: Catalogue, page: SitePage, agency: Row) -> Markup:
    """How often it is named, by the year of the document."""
    words, collection = page.words, catalogue.collection
    documents = collection.by_key("documents")
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for part in collection.agency_parts.get(agency["agency_id"], []):
        day = documents[part["document_id"]]["date"]
        if day:
            counted[day.year][part["role"]] += 1
    if len(counted) < 2:  # what is one figure is told in the first line
        return Markup()
    title = words.say("Tasks by the year of the plan")
    names = (words.say("Leads"), words.say("Supports"))
    bars = [Bar(str(year), (c["lead"], c["coordinate"])) for year, c in sorted(counted.items())]
    chart = bar_chart(bars, names, words, f"{page.title}: {title}", head=words.say("Year"))
    return Markup(f'<h2 id="years">{title}</h2>\n{figure(catalogue, page, chart, "years")}')
