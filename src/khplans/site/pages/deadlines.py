"""Deadlines: the years' months at a glance, and each year's tasks by their due date."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.common import by_deadline, task_table
from khplans.site.pages.questions import quarter_span

_LISTED = 16
"""Tasks of a year that are listed; the explorer has the others."""


def deadlines_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """The years at a glance, with the tasks of the newest plan's year, and a page for each year."""
    months: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for task in catalogue.collection.tables["tasks"]:
        if task["deadline"]:
            months[task["deadline"].year, task["deadline"].month].append(task)
    most = max((len(tasks) for tasks in months.values()), default=1)
    years = sorted({year for year, _ in months}, reverse=True)
    dates = [row["date"] for row in catalogue.collection.tables["documents"] if row["date"]]
    current = max(dates).year if dates else 0
    page = SitePage(words, "deadlines", words.say("Deadlines"),
                words.say("Every task with a due date, by month; .ics calendars for phone and computer."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.add(_take(page, "2000-01-01.."))
    for year in years:
        page.heading(2, words(f"Năm {year}", str(year)), f"y{year}")
        page.add(_year(page, year, months, most))
        count = sum(len(months.get((year, month), ())) for month in range(1, 13))
        link = page.a(f"deadlines/{year}", words.say("%(count)s tasks due in %(year)s", count=count, year=year))  # fmt: skip
        page.add(f"<p>{link}</p>")
        if year == current:
            tasks = [task for month in range(1, 13) for task in months.get((year, month), ())]
            shown = by_deadline(tasks)[: _LISTED * 3 // 4]
            page.add(task_table(catalogue, page, shown, label=words(f"Năm {year}", str(year))))
    yield page
    for year in years:
        yield _year_page(catalogue, words, year, months, most)


def _year_page(
    catalogue: Catalogue,
    words: Language,
    year: int,
    months: Mapping[tuple[int, int], list[Row]],
    most: int,
) -> SitePage:
    page = SitePage(words, f"deadlines/{year}", words.say("Deadlines in %(year)s", year=year),
                words.say("Every task due in %(year)s, by month.", year=year), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("deadlines", words.say("Deadlines"))}</p>')
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.add(_take(page, f"{year}-01-01..{year}-12-31"), _year(page, year, months, most))
    room = _LISTED
    for month in range(1, 13):
        tasks = by_deadline(months.get((year, month), ()))
        if not tasks:
            continue
        name = _month(words, year, month)
        page.heading(2, f"{name} ({words.number(len(tasks))})", f"m{year}-{month:02}")
        shown, room = tasks[:room], max(0, room - len(tasks))
        if shown:
            page.add(task_table(catalogue, page, shown, label=name))
        if len(shown) < len(tasks):
            last = monthrange(year, month)[1]
            span = f"{year}-{month:02}-01..{year}-{month:02}-{last}"
            more = words.say("See all") + f" {words.number(len(tasks))}"
            link = f"{page.link('tables/tasks')}?deadline={span}&amp;sort=deadline"
            page.add(f'<p><a class="md-button" href="{link}">{more}</a></p>')
    return page


def _take(page: SitePage, span: str) -> str:
    words = page.words
    return (
        f'<p><a class="md-button md-button--primary" href="{page.file_link("calendar/khplans.ics")}">'
        f"{words.say('Calendar of all deadlines (.ics)')}</a> "
        f'<a class="md-button" href="{page.link("tables/tasks")}?deadline={span}">'
        f"{words.say('Filter and download as a spreadsheet')}</a></p>"
    )


def _month(words: Language, year: int, month: int) -> str:
    return words(f"Tháng {month}/{year}", words.date(date(year, month, 1))[2:])


def _year(
    page: SitePage,
    year: int,
    months: Mapping[tuple[int, int], list[Row]],
    most: int,
) -> str:
    """Twelve months, the fuller the darker, each quarter linking to its rows in the explorer."""
    words, cells = page.words, []
    path = f"deadlines/{year}"
    there = "" if page.path == path else page.link(path)
    for quarter in range(4):
        boxes = []
        for month in range(quarter * 3 + 1, quarter * 3 + 4):
            count = len(months.get((year, month), ()))
            shade = 0 if not count else 1 + (3 * count) // (most + 1)
            label = words(f"Tháng {month}", words.date(date(year, month, 1))[2:5])
            inner = f"<span>{label}</span><b>{words.number(count) if count else '–'}</b>"
            boxes.append(
                f'<a class="kh-month d{shade}" href="{there}#m{year}-{month:02}">{inner}</a>'
                if count
                else f'<span class="kh-month d0">{inner}</span>'
            )
        link = f"{page.link('tables/tasks')}?deadline={quarter_span(year, quarter + 1)}"
        name = words.quarter(quarter + 1)
        total = sum(len(months.get((year, quarter * 3 + m), ())) for m in (1, 2, 3))
        if total:
            name += f": {words.count('%(n)s task', '%(n)s tasks', total)}"
        named = f'<a href="{esc(link)}">{name}</a>' if total else f"<span>{name}</span>"
        cells.append(f'<div class="kh-quarter">{named}<div>{"".join(boxes)}</div></div>')
    return f'<div class="kh-year">{"".join(cells)}</div>'
