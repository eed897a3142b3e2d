"""Questions that the data at hand answers in one click, for the home page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.languages import roman
from khplans.site.markup import SitePage
from khplans.site.pages.instrument import instrument_name, namesakes
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
    """The agency that leads most tasks with a day, and the year nearest to the newest plan's in which it has one."""
    collection, words = catalogue.collection, page.words
    agencies, tasks = collection.by_key("agencies"), collection.by_key("tasks")
    years: dict[str, Counter[int]] = defaultdict(Counter)
    for part in collection.tables["task_agencies"]:
        day = tasks[part["task_id"]]["deadline"]
        if day and part["role"] == "lead" and agencies[part["agency_id"]]["kind"] == "department":
            years[part["agency_id"]][day.year] += 1
    if not years:
        return
    agency_id = min(years, key=lambda name: (-sum(years[name].values()), name))
    newest = collection.newest_year or max(years[agency_id])
    year = min(years[agency_id], key=lambda year: (abs(year - newest), year))
    name, count = agencies[agency_id]["name"], years[agency_id][year]
    yield Question(
        words.say("What must %(name)s finish in %(year)s?", name=name, year=year),
        words.count(
            "%(n)s with a due date, down to the sentence that says so",
            "%(n)s with a due date, down to the sentence that says so",
            count,
        ),
        page.link(f"agencies/{page_name(agency_id)}", f"lead-{year}"),
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
    """The document that most plans cite, or cite by its number alone."""
    collection, words = catalogue.collection, page.words
    documents = collection.by_key("documents")
    plans: dict[str, set[str]] = {}
    for row in collection.tables["instruments"]:
        found = [row, *namesakes(catalogue, row)[0]] if row["number"] else [row]
        cited = [c for r in found for c in collection.cited.get(r["instrument_id"], [])]
        plans[row["instrument_id"]] = {documents[c["document_id"]]["plan_id"] for c in cited}
    if not plans:
        return
    instrument_id = min(
        plans,
        key=lambda name: (-len(plans[name]), -len(collection.cited.get(name, [])), name),
    )
    row = collection.by_key("instruments")[instrument_id]
    name, count = instrument_name(row), len(plans[instrument_id])
    yield Question(
        words.say("Which plans rest on %(name)s?", name=name),
        words.count(
            "%(n)s plan, with the words that cite it",
            "%(n)s plans, with the words that cite it",
            count,
        ),
        page.link(f"instruments/{page_name(row['instrument_id'])}"),
    )


def _quarter(catalogue: Catalogue, page: SitePage) -> Iterator[Question]:
    """The quarter in which most is due."""
    words = page.words
    quarters = Counter(
        (task["deadline"].year, (task["deadline"].month + 2) // 3)
        for task in catalogue.collection.tables["tasks"]
        if task["deadline"]
    )
    if not quarters:
        return
    year, quarter = min(quarters, key=lambda found: (-quarters[found], found))
    count = quarters[year, quarter]
    yield Question(
        words.say("What is due in quarter %(number)s of %(year)s?", number=quarter, roman=roman(quarter), year=year),
        words.count("%(n)s task, to take home as a spreadsheet", "%(n)s tasks, to take home as a spreadsheet", count),
        f"{page.link('tables/tasks')}?deadline={quarter_span(year, quarter)}",
    )  # fmt: skip


def quarter_span(year: int, quarter: int) -> str:
    """The days of a quarter, as the explorer's address has them.

    >>> quarter_span(2024, 2)
    '2024-04-01..2024-06-30'
    """
    last = 30 if quarter in (2, 3) else 31
    return f"{year}-{quarter * 3 - 2:02}-01..{year}-{quarter * 3:02}-{last}"
