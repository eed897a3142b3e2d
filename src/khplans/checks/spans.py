"""Every span lies inside its source, and quotes are the characters there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.tables.definition import table, tables
from khplans.tables.rows import Row, row_id

_QUOTES = {
    "indicators": "quote",
    "citations": "quote",
    "short_citations": "quote",
    "corrections": "before",
}
_OF_BLOCKS = ("documents", "sections")
_OF_DOCUMENT = ("sections", "tasks", "task_agencies", "indicators", "citations", "short_citations")


def check_spans(package: CheckedPackage) -> Iterator[Result]:
    """Spans and quotes of every table that has them."""
    rows = package.rows
    bounds = {row["document_id"]: (row["start"], row["end"]) for row in rows["documents"]}
    starts = {(row["plan_id"], row["start"]) for row in rows["blocks"]}
    ends = {(row["plan_id"], row["end"]) for row in rows["blocks"]}

    def found(check: str, name: str, wrong: Iterable[Row]) -> Result:
        ids = [row_id(table(name), row) for row in wrong]
        return judge(f"spans.{check}", name, len(rows[name]), ids)

    for name in (one.name for one in tables() if "start" in one.columns):
        yield found("inside", name, (row for row in rows[name] if not _inside(package, row)))
    for name, column in _QUOTES.items():
        changed = (row for row in rows[name] if row[column] != _words(package, row))
        yield found("quote", name, changed)
    for name in _OF_DOCUMENT:
        yield found("document", name, (row for row in rows[name] if not _within(row, bounds)))
    for name in _OF_BLOCKS:
        plans = map(package.plan_of_row, rows[name])
        edges = (
            row
            for plan, row in zip(plans, rows[name], strict=True)
            if (plan, row["start"]) not in starts or (plan, row["end"]) not in ends
        )
        yield found("edges", name, edges)
    undefined = (row for row in rows["short_citations"] if not _defined(row, bounds))
    yield found("definition", "short_citations", undefined)


def _source(package: CheckedPackage, row: Row) -> str:
    return package.sources.get(package.plan_of_row(row), "")


def _inside(package: CheckedPackage, row: Row) -> bool:
    if row["start"] is None:
        return row["end"] is None
    inside = 0 <= row["start"] < row["end"] <= len(_source(package, row))
    words = _words(package, row)
    return bool(inside and words == words.strip())


def _words(package: CheckedPackage, row: Row) -> str:
    return _source(package, row)[row["start"] : row["end"]]


def _within(row: Row, bounds: dict[str, tuple[int, int]]) -> bool:
    """Whether a row lies in its document.

    >>> rows = ({"document_id": "d", "start": 2, "end": end} for end in (9, 10))
    >>> [_within(row, {"d": (2, 9)}) for row in rows], _within({"document_id": "e", "start": 2, "end": 3}, {})
    ([True, False], False)
    """
    start, end = bounds.get(row["document_id"], (0, -1))
    return bool(start <= row["start"] and row["end"] <= end)


def _defined(row: Row, bounds: dict[str, tuple[int, int]]) -> bool:
    """Whether a short name has its definition in the document above it, or none.

    >>> cells = {"document_id": "d", "citation_id": "c", "definition_start": 4, "definition_end": 9, "start": 20}
    >>> [_defined(cells, {"d": (begins, 40)}) for begins in (0, 4, 5)]
    [True, True, False]
    >>> none = dict.fromkeys(("citation_id", "definition_start", "definition_end"))
    >>> [_defined({**cells, **none, **some}, {"d": (0, 40)}) for some in ({}, {"citation_id": "c"}, {"definition_start": 4})]
    [True, False, False]
    >>> _defined({**cells, "citation_id": None}, {"d": (0, 40)}), _defined({**cells, "start": 8}, {"d": (0, 40)})
    (False, False)
    """
    first, last = row["definition_start"], row["definition_end"]
    if row["citation_id"] is None or first is None or last is None:
        return row["citation_id"] is first is last is None
    return bool(bounds.get(row["document_id"], (0, -1))[0] <= first < last <= row["start"])
