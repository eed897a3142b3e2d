"""What several kinds of page share: links to the words in a plan, rows of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, grid, shorten
from khplans.site.pages.naming import document_name, plan_title
from khplans.site.pages.original_links import page_below
from khplans.site.row_places import KEYS
from khplans.site.stated import inferred_deadline, inferred_part
from khplans.site.templating import cell


def words_link(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> str:
    """The address of a row's words in its plan's page."""
    return page.link(catalogue.row_page(row), anchor(table, row[KEYS[table]]))


def in_plan(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> Markup:
    """A link to a row's words that names the document they stand in, and to its page of an original that is published."""
    document = catalogue.collection.by_key("documents")[row["document_id"]]
    label = " ".join(filter(None, (document["document_type"], document["number"])))
    link = page.a(
        catalogue.row_page(row), label or row["document_id"], anchor(table, row[KEYS[table]])
    )
    return link + Markup(page_below(catalogue, page, table, row))


def agency_link(catalogue: Catalogue, page: SitePage, agency_id: str) -> Markup:
    """A link to an agency's page."""
    agency = catalogue.collection.by_key("agencies")[agency_id]
    return page.a(f"agencies/{page_name(agency_id)}", agency["name"])


def agency_label(page: SitePage, agency: Row) -> str:
    """An agency's name with its province, which tells it from others of the same name."""
    name = str(agency["name"])
    if page.words.code == "en" and agency["name_en"]:
        name = f"{name} ({agency['name_en']})"
    return name


def due(page: SitePage, task: Row) -> Markup:
    """When a task is due, in words, and how that was inferred where the plan does not state it."""
    words = page.words
    if task["deadline"]:
        day = cell(
            "day", iso=task["deadline"].isoformat(), said=words.date(task["deadline"]), hover=task["deadline_text"],
        )  # fmt: skip
        return day + _after_space(inferred_deadline(task, words))
    if task["cadence"]:
        return Markup(esc(words.value("tasks", "cadence", task["cadence"])))
    return Markup()


def _after_space(mark: Markup) -> Markup:
    """A mark with a space before it; nothing where there is none.

    >>> str(_after_space(Markup("a"))), str(_after_space(Markup()))
    (' a', '')
    """
    return Markup(" ") + mark if mark else mark


def _due_in_words(task: Row) -> str:
    """The plan's own words of when, where they name no day.

    >>> task = {"deadline": None, "cadence": None, "deadline_text": "khi có yêu cầu"}
    >>> others = {"cadence": "yearly"}, {"deadline": 1}, {"deadline_text": None}
    >>> _due_in_words(task), [_due_in_words({**task, **other}) for other in others]
    ('khi có yêu cầu', ['', '', ''])
    """
    written = "" if task["deadline"] or task["cadence"] else task["deadline_text"]
    return shorten(written or "", 160)


def leads(catalogue: Catalogue, page: SitePage, task_id: str) -> Markup:
    """The lead agencies of a task as links, with how they were inferred where the plan does not state them."""
    found = [p for p in catalogue.collection.parts.get(task_id, []) if p["role"] == "lead"]
    by_basis: dict[Markup, list[Markup]] = {}
    for part in found:
        how = inferred_part(part, page.words)
        by_basis.setdefault(how, []).append(agency_link(catalogue, page, part["agency_id"]))
    return Markup("; ").join(
        Markup("; ").join(links) + _after_space(how) for how, links in by_basis.items()
    )


def task_table(
    catalogue: Catalogue,
    page: SitePage,
    tasks: Iterable[Row],
    *,
    label: str,
    own: Mapping[str, Row] | None = None,
) -> Markup:
    """Tasks with their due dates, leads and plans.

    `own` are the parts that the agency of the page has in them, by task: no leads are shown then, but how
    its part was inferred.
    """
    words = page.words
    head = [words.say("Due"), words.say("Task"), words.say("In the plan")]
    if own is None:
        head.insert(2, words.say("Lead"))
    rows = []
    for task in tasks:
        how = inferred_part(own[task["task_id"]], words) if own else Markup()
        cells = [
            due(page, task),
            cell(
                "task",
                text=shorten(task["text"], 260),
                said_when=_due_in_words(task),
                how=how,
                say=words.say,
            ),
            in_plan(catalogue, page, "tasks", task),
        ]
        if own is None:
            cells.insert(2, leads(catalogue, page, task["task_id"]))
        rows.append(cells)
    classes = {0: "due", len(head) - 1: "where", **({2: "who"} if own is None else {})}
    return grid(head, rows, classes=classes, label=label, labelled=True)


def by_deadline(tasks: Iterable[Row]) -> list[Row]:
    """Tasks by due date, those without one last, then by place.

    >>> days = ("a", None), ("b", "2026-01-01"), ("c", "2025-01-01")
    >>> tasks = [{"document_id": one, "start": 0, "deadline": day} for one, day in days]
    >>> [task["document_id"] for task in by_deadline(tasks)]
    ['c', 'b', 'a']
    """
    return sorted(tasks, key=lambda t: (str(t["deadline"] or "9"), t["document_id"], t["start"]))


def ahead_and_behind(catalogue: Catalogue, tasks: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The tasks that are due after the day of the release, the next first, and those due until then, the latest first.

    >>> from types import SimpleNamespace
    >>> days = date(2025, 1, 1), None, date(2025, 1, 3), date(2025, 1, 2)
    >>> tasks = [{"document_id": "d", "start": n, "deadline": day} for n, day in enumerate(days)]
    >>> ahead, behind = ahead_and_behind(SimpleNamespace(released=date(2025, 1, 2)), tasks)
    >>> [task["start"] for task in ahead], [task["start"] for task in behind]
    ([2], [3, 0])
    """
    today = catalogue.released or date.min
    dated = by_deadline(task for task in tasks if task["deadline"])
    ahead = [task for task in dated if task["deadline"] > today]
    return ahead, dated[: len(dated) - len(ahead)][::-1]


@dataclass(frozen=True)
class PlanCard:
    """A plan as a card of a list: what it is called and about, its province and how much stands in it."""

    name: str
    path: str
    about: str
    province: str
    place: str
    counts: str


def plan_cards(catalogue: Catalogue, words: Language, plans: Iterable[str]) -> list[PlanCard]:
    """Plans as cards."""
    collection = catalogue.collection
    cards = []
    for plan in map(collection.plans.__getitem__, plans):
        tasks, indicators, citations = (
            len(collection.of_plan(table, plan.plan_id))
            for table in ("tasks", "indicators", "citations")
        )
        counted = (
            words.count("%(n)s task", "%(n)s tasks", tasks),
            words.count("%(n)s indicator", "%(n)s indicators", indicators),
            words.count("%(n)s citation", "%(n)s citations", citations),
        )
        place = collection.place(plan.main["province"])
        cards.append(
            PlanCard(
                document_name(plan.main, words), f"plans/{page_name(plan.plan_id)}",
                shorten(plan_title(plan.main), 190), place.name if place else "",
                f"provinces/{place.key}" if place else "", ", ".join(counted),
            )
        )  # fmt: skip
    return cards


def province_link(catalogue: Catalogue, page: SitePage, province: str | None) -> Markup:
    """A link to a province's page; empty where there is no province."""
    place = catalogue.collection.place(province)
    return page.a(f"provinces/{place.key}", place.name) if place else Markup()
