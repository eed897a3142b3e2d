"""What several kinds of page share: links to the words in a plan, rows of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.markup import SitePage, anchor, esc, grid, shorten
from khplans.site.pages.naming import document_name, plan_title
from khplans.site.pages.original_links import page_below

KEYS = {
    "documents": "document_id",
    "sections": "section_id",
    "tasks": "task_id",
    "indicators": "indicator_id",
    "citations": "citation_id",
    "short_citations": "short_citation_id",
    "corrections": "correction_id",
}
"""Tables whose rows have their place in a plan's page, with their key."""


def words_link(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> str:
    """The address of a row's words in its plan's page."""
    return page.link(catalogue.row_page(row), anchor(table, row[KEYS[table]]))


def in_plan(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> str:
    """A link to a row's words that names the document they stand in, and to its page of an original that is published."""
    document = catalogue.collection.by_key("documents")[row["document_id"]]
    label = " ".join(filter(None, (document["document_type"], document["number"])))
    link = f'<a href="{esc(words_link(catalogue, page, table, row))}">{esc(label or row["document_id"])}</a>'
    return link + page_below(catalogue, page, table, row)


def agency_link(catalogue: Catalogue, page: SitePage, agency_id: str) -> str:
    """A link to an agency's page."""
    agency = catalogue.collection.by_key("agencies")[agency_id]
    return page.a(f"agencies/{page_name(agency_id)}", agency["name"])


def agency_label(page: SitePage, agency: Row) -> str:
    """An agency's name with its province, which tells it from others of the same name."""
    name = str(agency["name"])
    if page.words.code == "en" and agency["name_en"]:
        name = f"{name} ({agency['name_en']})"
    return name


def due(page: SitePage, task: Row) -> str:
    """When a task is due, in words."""
    words = page.words
    if task["deadline"]:
        written = task["deadline_text"]
        hover = f' title="{esc(written)}"' if written else ""
        return f'<time datetime="{task["deadline"].isoformat()}"{hover}>{words.date(task["deadline"])}</time>'
    if task["cadence"]:
        return esc(words.value("tasks", "cadence", task["cadence"]))
    return ""


def _due_in_words(page: SitePage, task: Row) -> str:
    """The plan's own words of when, where they name no day."""
    written = "" if task["deadline"] or task["cadence"] else task["deadline_text"]
    if not written:
        return ""
    label = page.words.say("When")
    return f'<br><small>{label}: <span lang="vi">{esc(shorten(written, 160))}</span></small>'


def leads(catalogue: Catalogue, page: SitePage, task_id: str) -> str:
    """The lead agencies of a task as links."""
    found = [p for p in catalogue.collection.parts.get(task_id, []) if p["role"] == "lead"]
    return "; ".join(agency_link(catalogue, page, p["agency_id"]) for p in found)


def task_table(
    catalogue: Catalogue, page: SitePage, tasks: Iterable[Row], *, label: str, agencies: bool = True
) -> Markup:
    """Tasks with their due dates, leads and plans."""
    words = page.words
    head = [
        words.say("Due"),
        words.say("Task"),
        words.say("In the plan"),
    ]
    if agencies:
        head.insert(2, words.say("Lead"))
    rows = []
    for task in tasks:
        cells = [
            due(page, task),
            f'<span lang="vi">{esc(shorten(task["text"], 260))}</span>{_due_in_words(page, task)}',
            in_plan(catalogue, page, "tasks", task),
        ]
        if agencies:
            cells.insert(2, leads(catalogue, page, task["task_id"]))
        rows.append(cells)
    classes = {0: "due", len(head) - 1: "where", **({2: "who"} if agencies else {})}
    return grid(head, rows, classes=classes, label=label, labelled=True)


def by_deadline(tasks: Iterable[Row]) -> list[Row]:
    """Tasks by due date, those without one last, then by place."""
    return sorted(tasks, key=lambda t: (str(t["deadline"] or "9"), t["document_id"], t["start"]))


def plan_links(catalogue: Catalogue, page: SitePage, limit: int | None = None) -> Sequence[str]:
    """The plans as cards, newest first, all or so many."""
    words, collection = page.words, catalogue.collection
    cards = []
    for plan in list(collection.plans.values())[:limit]:
        main = plan.main
        counts = ", ".join(
            f"{words.number(len(collection.of_plan(name, plan.plan_id)))} {label}"
            for name, label in (
                ("tasks", words.say("tasks")),
                ("indicators", words.say("indicators")),
                ("citations", words.say("citations")),
            )
        )
        cards.append(
            f'<li class="kh-card"><a href="{esc(page.link(f"plans/{page_name(plan.plan_id)}"))}">'
            f"<b>{esc(document_name(main, words))}</b></a>"
            f'<p lang="vi">{esc(shorten(plan_title(main), 190))}</p><p class="kh-small">{counts}</p></li>'
        )
    return cards
