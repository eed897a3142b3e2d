"""Deadlines: the years' months at a glance, and each year's tasks by their due date."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.common import ahead_and_behind, by_deadline, task_table
from khplans.site.pages.follow import follow_block
from khplans.site.pages.questions import quarter_span
from khplans.site.templating import render

_LISTED = 60
"""Tasks of a year that are listed; the explorer has the others."""
_NEXT = 12
"""Tasks that are due next and stand on the page of all years."""

Months = Mapping[tuple[int, int], Sequence[Row]]
"""The tasks due in each month, by year and month."""


@dataclass(frozen=True)
class _Month:
    """A month in a year's picture: the more is due in it, the darker."""

    label: str
    count: int
    shade: int
    place: str


@dataclass(frozen=True)
class _Quarter:
    """A quarter in a year's picture, which leads to its rows in the explorer."""

    name: str
    total: int
    span: str
    months: Sequence[_Month]


@dataclass(frozen=True)
class _Year:
    """A year at a glance; `path` is that of its page."""

    year: int
    path: str
    total: int
    quarters: Sequence[_Quarter]


@dataclass(frozen=True)
class _Listed:
    """The tasks of a month: all in number, as many as the page has room for in a table."""

    title: str
    place: str
    total: int
    shown: int
    table: Markup
    span: str


def deadlines_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """What is due next and the years at a glance, those gone by last; and a page for each year."""
    months: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for task in catalogue.collection.tables["tasks"]:
        if task["deadline"]:
            months[task["deadline"].year, task["deadline"].month].append(task)
    years = sorted({year for year, _ in months})
    page = SitePage(words, "deadlines", words.say("Deadlines"),
                words.say("Every task with a due date, by month; .ics calendars for phone and computer."), layout="read")  # fmt: skip
    begin = catalogue.released.year if catalogue.released else 0
    follow = follow_block(
        catalogue, page, feed="feeds/releases.xml",
        calendar="calendar/khplans.ics" if months else "",
    )  # fmt: skip
    page.add(
        render(
            page, "deadlines.md", next=_next(catalogue, page), day=catalogue.released, follow=follow,
            years=[_year(words, year, months) for year in years if year >= begin],
            past=[_year(words, year, months) for year in reversed(years) if year < begin],
        )
    )  # fmt: skip
    yield page
    for year in years:
        yield _year_page(catalogue, words, year, months)


def _next(catalogue: Catalogue, page: SitePage) -> Markup | None:
    """The first tasks that are due after the day of the release."""
    ahead, _ = ahead_and_behind(catalogue, catalogue.collection.tables["tasks"])
    if not ahead:
        return None
    return task_table(catalogue, page, ahead[:_NEXT], label=page.words.say("Due next"))


def _year_page(catalogue: Catalogue, words: Language, year: int, months: Months) -> SitePage:
    page = SitePage(words, f"deadlines/{year}", words.say("Deadlines in %(year)s", year=year),
                words.say("Every task due in %(year)s, by month.", year=year), layout="read")  # fmt: skip
    page.add(
        render(
            page, "deadlines_year.md", year=_year(words, year, months),
            listed=list(_listed(catalogue, page, year, months)),
        )
    )  # fmt: skip
    return page


def _listed(catalogue: Catalogue, page: SitePage, year: int, months: Months) -> Iterator[_Listed]:
    room = _LISTED
    for month in range(1, 13):
        tasks = by_deadline(months.get((year, month), ()))
        if not tasks:
            continue
        title = page.words.month(date(year, month, 1))
        shown, room = tasks[:room], max(0, room - len(tasks))
        last = monthrange(year, month)[1]
        yield _Listed(
            title, f"m{year}-{month:02}", len(tasks), len(shown),
            task_table(catalogue, page, shown, label=title) if shown else Markup(),
            f"{year}-{month:02}-01..{year}-{month:02}-{last}",
        )  # fmt: skip


def _year(words: Language, year: int, months: Months) -> _Year:
    """Twelve months, the fuller the darker, each quarter with its days."""
    most = max(map(len, months.values()), default=1)
    quarters = []
    for quarter in range(1, 5):
        found = [
            (month, len(months.get((year, month), ())))
            for month in range(quarter * 3 - 2, quarter * 3 + 1)
        ]
        quarters.append(
            _Quarter(
                words.quarter(quarter), sum(count for _, count in found), quarter_span(year, quarter),
                [
                    _Month(words.month(date(year, month, 1), "LLL"), count, _shade(count, most), f"m{year}-{month:02}")
                    for month, count in found
                ],
            )
        )  # fmt: skip
    total = sum(quarter.total for quarter in quarters)
    return _Year(year, f"deadlines/{year}", total, quarters)


def _shade(count: int, most: int) -> int:
    """How dark a day with so many tasks is, of the one with most: 0 to 3.

    >>> [_shade(count, 9) for count in (0, 1, 5, 9)]
    [0, 1, 2, 3]
    """
    return 1 + (3 * count) // (most + 1) if count else 0
