"""Each column that comes from words, held against those words by a second and simpler reading.

    numbers, units, measures   what a number's words say      indicators   a number's columns
    places, reading            where words can come from      tasks        a task's columns
    agencies                   names, roles                   citations    mentions of documents
    titles                     cited documents' titles
    documents                  heads, headings, warnings      short_citations  by short name; provisions

Nothing here asks the code that made the rows (`reading`, `extraction`, `tables`' makers): only the
published files are read, with the reviewed tables of `knowledge/data` as facts and `text.fold`.
A value that no words can give is an error; one whose words this reading can't settle, a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result
from khplans.checks.words import agencies, citations, documents, indicators, short_citations, tasks
from khplans.checks.words.row_reading import SecondReading, whole_rows
from khplans.checks.words.titles import TitleCheck

RULES = (
    *indicators.RULES,
    *tasks.RULES,
    *agencies.RULES,
    *citations.RULES,
    *short_citations.RULES,
    *documents.RULES,
)
SHARED_RULES = (*agencies.SHARED_RULES, *documents.SHARED_RULES)


def check_words(
    package: CheckedPackage,
    shared: CheckedPackage,
    titles: TitleCheck,
    unaccepted: Set[str] = frozenset(),
) -> Iterator[Result]:
    """Hold the rows of some plans against their texts; `shared` has the tables that plans share.

    `titles` is given what these texts say, and has its result when all plans were looked at. In `unaccepted`
    plans, that nobody has looked over yet, what the words contradict is told of and stops nothing.
    """
    rows, of_all = whole_rows(package.rows), whole_rows(shared.rows)
    reading = SecondReading(rows, package.sources, of_all, unaccepted)
    titles.look(reading)
    for rule in RULES:
        yield from rule.results(reading, reading.in_text[rule.table])


def check_shared_words(shared: CheckedPackage) -> Iterator[Result]:
    """Hold the rows of the tables that plans share against each other and the reviewed tables."""
    rows = whole_rows(shared.rows)
    reading = SecondReading(rows, {}, rows)
    for rule in SHARED_RULES:
        yield from rule.results(reading, reading.in_text[rule.table])
