"""The tables of one plan while they are filled, and what the filling of each needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from khplans.intake import Plan
from khplans.linking.ids import Unique, section_ids
from khplans.linking.places import Places
from khplans.model import Doubt, Findings
from khplans.tables.agencies import AgencyTable
from khplans.tables.doubts import DoubtTable
from khplans.tables.rows import Row, Rows, empty_rows
from khplans.text.passage import Span

_START = attrgetter("start")


class Tabulation:
    """The rows of one plan so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows: Rows = empty_rows()
        self.agencies = AgencyTable()
        self.doubts = DoubtTable(plan.source.text)

    def quote(self, span: Span) -> str:
        """The words of the source, to the character."""
        return span.of(self.plan.source.text)

    def warn(self, name: str, row: Row, document_id: str, doubts: Iterable[Doubt]) -> None:
        """Rows of `warnings` about a row of the table `name`."""
        for doubt in doubts:
            self.doubts.add(name, row, document_id, doubt)


@dataclass
class DocumentPlaces:
    """One document's findings with the ids of its sections, tasks and citations, for links to them."""

    found: Findings
    sections: tuple[str, ...] = field(init=False)
    tasks: list[str] = field(init=False, default_factory=list)
    citations: list[str] = field(init=False, default_factory=list)
    unique: Unique = field(init=False, default_factory=Unique)
    rows_used: frozenset[int] = field(init=False)
    """The rows of tables, by the index of their block, that gave a task or an indicator."""

    def __post_init__(self) -> None:
        self.sections = section_ids(self.found.document)
        self._places = Places(self.found.document, self.found.tasks)
        self.rows_used = frozenset(
            _rows_of_figures(self.found) | {task.block for task in self.found.tasks}
        )

    @property
    def document_id(self) -> str:
        """The document's id."""
        return self.found.document.document_id

    def section(self, index: int | None) -> str | None:
        """The id of a section by its index."""
        return None if index is None else self.sections[index]

    def base(self, section_id: str | None) -> str:
        """What the ids of a section's rows start with; `<document>:` outside every section."""
        return f"{self.document_id}:" if section_id is None else section_id

    def section_at(self, span: Span) -> str | None:
        """The id of the section that a span stands in."""
        return self.section(self._places.section(span))

    def task_at(self, span: Span) -> str | None:
        """The id of the task that a span stands in."""
        task = self._places.task(span)
        return None if task is None else self.tasks[task]


def _rows_of_figures(found: Findings) -> set[int]:
    """The rows of tables, by the index of their block, that an indicator stands in.

    >>> from khplans.pipeline import extract
    >>> from khplans.reading.documents import document_of
    >>> table = "| Chỉ tiêu | Năm 2025 |\\n|---|---|\\n| Trồng rừng (ha) | 12,5 |\\n| Rừng | tốt |"
    >>> found = extract(document_of(f"I. MỤC TIÊU\\n1. Trồng 5 ha rừng.\\n{table}"))
    >>> [found.document.blocks[n].text.text for n in _rows_of_figures(found)]
    ['Trồng rừng (ha)']
    """
    spans = sorted((one.span for one in found.indicators), key=_START)
    rows = set()
    for n, block in enumerate(found.document.blocks):
        if block.kind == "row":
            first = bisect_left(spans, block.span.start, key=_START)
            last = bisect_left(spans, block.span.end, first, key=_START)
            if any(span in block.span for span in spans[first:last]):
                rows.add(n)
    return rows


def span_columns(span: Span) -> Row:
    """`start` and `end` of a row."""
    return {"start": span.start, "end": span.end}
