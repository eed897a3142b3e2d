"""Questions that the data at hand answers in one click, for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.languages import Language, roman
from khplans.site.markup import SitePage
from khplans.site.pages.examples import BusyQuarter, busiest_agency, busiest_quarter, most_cited
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.measure_tables import measure_name


@dataclass(frozen=True)
class Question:
    """A question with the beginning of its answer, and the address of the whole answer."""

    question: str
    answer: str
    link: str


def questions(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    """The questions of a page, each that the data can answer."""
    yield from _province(catalogue, page)
    yield from _agency(catalogue, page)
    yield from _measure(catalogue, page)
    yield from _instrument(catalogue, page)
    yield from _quarter(catalogue, page)


def _province(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    """The province with most plans."""
    words = page.words
    places = [place for place in catalogue.collection.places.values() if place.documents]
    if not places:
        return
    place = min(places, key=lambda place: (-len(place.plans), place.key))
    yield Question(
        words.say("What has %(name)s planned?", name=place.name),
        words.count("%(n)s plan: targets beside results, who must act, by when",
                    "%(n)s plans: targets beside results, who must act, by when", len(place.plans)),
        page.link(f"provinces/{place.key}"),
    )  # fmt: skip


def _agency(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    words, busy = page.words, busiest_agency(catalogue)
    if busy is None:
        return
    yield Question(
        words.say(
            "What must %(name)s finish in %(year)s?", name=busy.agency["name"], year=busy.year
        ),
        words.count(
            "%(n)s with a due date, down to the sentence that says so",
            "%(n)s with a due date, down to the sentence that says so",
            busy.tasks,
        ),
        page.link(f"agencies/{page_name(busy.agency['agency_id'])}", f"lead-{busy.year}"),
    )


def _measure(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    """The measure with figures from most documents, then over most years."""
    collection, words = catalogue.collection, page.words
    best = None
    for measure_id, rows in collection.measured.items():
        years = [int(year) for row in rows if row["period"] for year in (row["period"][:4], row["period"].split("/")[-1][:4])]  # fmt: skip
        if years and max(years) > min(years):
            rank = (len({row["document_id"] for row in rows}), max(years) - min(years), measure_id)
            best = max(best or rank, rank)
            if best == rank:
                found = (measure_id, min(years), max(years), len(rows))
    if best is None:
        return
    measure_id, first, last, count = found
    name = measure_name(collection.by_key("measures")[measure_id], words)
    yield Question(
        words.say(
            "%(name)s: how did it move from %(first)s to %(last)s?",
            name=name,
            first=first,
            last=last,
        ),
        words.count(
            "%(n)s target or result in one picture",
            "%(n)s targets and results in one picture",
            count,
        ),
        page.link(f"measures/{page_name(measure_id)}"),
    )


def _instrument(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    words, cited = page.words, most_cited(catalogue)
    if cited is None:
        return
    yield Question(
        words.say("Which plans rest on %(name)s?", name=instrument_name(cited.instrument)),
        words.count(
            "%(n)s plan, with the words that cite it",
            "%(n)s plans, with the words that cite it",
            cited.plans,
        ),
        page.link(f"instruments/{page_name(cited.instrument['instrument_id'])}"),
    )


def _quarter(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    words, busy = page.words, busiest_quarter(catalogue)
    if busy is None:
        return
    yield Question(
        due_in_quarter(busy, words),
        words.count("%(n)s task, to take home as a spreadsheet", "%(n)s tasks, to take home as a spreadsheet", busy.tasks),
        f"{page.link('tables/tasks')}?deadline={quarter_span(busy.year, busy.quarter)}",
    )  # fmt: skip


def due_in_quarter(busy: BusyQuarter, words: Language) -> str:
    """The question what is due in it."""
    return words.say(
        "What is due in quarter %(number)s of %(year)s?",
        number=busy.quarter, roman=roman(busy.quarter), year=busy.year,
    )  # fmt: skip


def quarter_span(year: int, quarter: int) -> str:
    """The days of a quarter, as the explorer's address has them.

    >>> quarter_span(2024, 2)
    '2024-04-01..2024-06-30'
    """
    last = 30 if quarter in (2, 3) else 31
    return f"{year}-{quarter * 3 - 2:02}-01..{year}-{quarter * 3:02}-{last}"
