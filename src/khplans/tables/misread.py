"""Doubts about words that were recognised in a picture, each with the rows whose words they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from khplans.model import Document, Task
from khplans.reading.recognition import recognition_doubts
from khplans.tables.documents import add_reading_doubts
from khplans.tables.rows import Row
from khplans.tables.tabulation import DocumentPlaces, Tabulation
from khplans.text.passage import Span


def add_recognition_doubts(into: Tabulation, documents: Sequence[DocumentPlaces]) -> None:
    """Warn of each word that may have been misread: about the rows that it stands in, else about the document."""
    rows = list(_rows(into, documents))
    rows_at = covering([spans for _, _, spans in rows])
    for number, doubt in recognition_doubts(into.plan.source, rows_at):
        if number is None:
            add_reading_doubts(into, [doubt])
        else:
            name, row, _ = rows[number]
            into.warn(name, row, row["document_id"], [doubt])


def _rows(
    into: Tabulation, documents: Sequence[DocumentPlaces]
) -> Iterator[tuple[str, Row, Sequence[Span]]]:
    """The rows that say what a plan says, with all stretches of its text that they are read from."""
    tasks = [(places.found.document, task) for places in documents for task in places.found.tasks]
    for row, (document, task) in zip(into.rows["tasks"], tasks, strict=True):
        yield "tasks", row, list(_read_for(task, document))
    for name in ("indicators", "citations"):
        for row in into.rows[name]:
            yield name, row, [Span(row["start"], row["end"])]


def _read_for(task: Task, document: Document) -> Iterator[Span]:
    """A task's words, those of its row in a table, merged cells too, and those that name who has a part in it."""
    yield task.span
    yield from (cell.text.whole for cell in document.blocks[task.block].cells if cell.text)
    yield from (part.mention.span for part in task.parts)


def covering(rows: Sequence[Iterable[Span]]) -> Callable[[Span], tuple[int, ...]]:
    """Tells the rows, by their index, one of whose spans overlaps another.

    >>> rows_at = covering([[Span(0, 9)], [Span(4, 6), Span(20, 22)]])
    >>> rows_at(Span(1, 3)), rows_at(Span(5, 8)), rows_at(Span(10, 20)), rows_at(Span(21, 30))
    ((0,), (0, 1), (), (1,))
    """
    ends = [(at, n, step) for n, spans in enumerate(rows) for span in spans for at, step in ((span.start, 1), (span.end, -1))]  # fmt: skip
    cuts: list[int] = []
    covered: list[tuple[int, ...]] = []
    open_: Counter[int] = Counter()
    for at, steps in groupby(sorted(ends), itemgetter(0)):
        for _, number, step in steps:
            open_[number] += step
        open_ = +open_
        cuts.append(at)
        covered.append(tuple(sorted(open_)))

    def rows_at(span: Span) -> tuple[int, ...]:
        first, last = max(0, bisect_right(cuts, span.start) - 1), bisect_left(cuts, span.end)
        begun = covered[first:last] if cuts and span.end > cuts[0] else []
        return tuple(sorted({n for piece in begun for n in piece}))

    return rows_at
