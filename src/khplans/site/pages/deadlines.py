"""Deadlines: a year's months at a glance, then every task by its due date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.markup import Page, esc
from khplans.site.pages.common import by_deadline, task_table
from khplans.site.pages.questions import quarter_span
from khplans.site.words import Words


def deadlines_page(catalogue: Catalogue, words: Words) -> Page:
    """Everything with a date, by quarter."""
    page = Page(words, "deadlines", words("Thời hạn", "Deadlines"),
                words("Mọi việc có ngày phải xong, theo tháng; lịch .ics cho điện thoại và máy tính.",
                      "Every task with a due date, by month; .ics calendars for phone and computer."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.add(
        f'<p><a class="kh-button kh-primary" href="{page.file_link("calendar/khplans.ics")}">'
        f"{words('Lịch tất cả thời hạn (.ics)', 'Calendar of all deadlines (.ics)')}</a> "
        f'<a class="kh-button" href="{page.link("tables/tasks")}?deadline=2000-01-01..">'
        f"{words('Lọc và tải thành bảng tính', 'Filter and download as a spreadsheet')}</a></p>"
    )
    months: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for task in catalogue.collection.tables["tasks"]:
        if task["deadline"]:
            months[task["deadline"].year, task["deadline"].month].append(task)
    most = max((len(tasks) for tasks in months.values()), default=1)
    for year in sorted({year for year, _ in months}, reverse=True):
        page.heading(2, words(f"Năm {year}", str(year)), f"y{year}")
        page.add(_year(page, year, months, most))
        for month in range(1, 13):
            tasks = months.get((year, month))
            if not tasks:
                continue
            page.heading(
                3,
                f"{_month(words, year, month)} ({words.number(len(tasks))})",
                f"m{year}-{month:02}",
            )
            page.add(
                task_table(catalogue, page, by_deadline(tasks), label=_month(words, year, month))
            )
    return page


def _month(words: Words, year: int, month: int) -> str:
    return words(f"Tháng {month}/{year}", words.date(date(year, month, 1))[2:])


def _year(page: Page, year: int, months: dict[tuple[int, int], list[Row]], most: int) -> str:
    """Twelve months, the fuller the darker, each quarter linking to its rows in the explorer."""
    words, cells = page.words, []
    for quarter in range(4):
        boxes = []
        for month in range(quarter * 3 + 1, quarter * 3 + 4):
            count = len(months.get((year, month), ()))
            shade = 0 if not count else 1 + (3 * count) // (most + 1)
            label = words(f"Tháng {month}", words.date(date(year, month, 1))[2:5])
            inner = f"<span>{label}</span><b>{words.number(count) if count else '–'}</b>"
            boxes.append(
                f'<a class="kh-month d{shade}" href="#m{year}-{month:02}">{inner}</a>'
                if count
                else f'<span class="kh-month d0">{inner}</span>'
            )
        link = f"{page.link('tables/tasks')}?deadline={quarter_span(year, quarter + 1)}"
        name = words(f"Quý {('I', 'II', 'III', 'IV')[quarter]}", f"Q{quarter + 1}")
        cells.append(
            f'<div class="kh-quarter"><a href="{esc(link)}">{name}</a><div>{"".join(boxes)}</div></div>'
        )
    return f'<div class="kh-year">{"".join(cells)}</div>'
