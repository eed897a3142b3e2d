"""Every span lies inside its source, and quotes are the characters there."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.tables.definition import table, tables
from khplans.tables.rows import Row, row_id

_INSIDE = (
    "start và end nằm trong văn bản nguồn, không thừa khoảng trắng ở hai đầu",
    "start and end lie inside the source text, with no blank at either end",
)
_QUOTES = {
    "indicators": "quote",
    "citations": "quote",
    "short_citations": "quote",
    "corrections": "before",
}
_QUOTED = ("Nguyên văn trùng từng ký tự với văn bản nguồn", "Quotes are the source's characters")
_DEFINED = (
    "Tên tắt được đặt trước khi dùng, trong cùng văn bản; tên khác không có nơi đặt",
    "A short name is defined before it is used, in the same document; other names are not",
)
_NESTED = ("Mỗi dòng nằm trong văn bản của nó", "Each row lies inside its document")
_EDGES = (
    "Mỗi dòng bắt đầu và kết thúc đúng ở hai đầu của đoạn",
    "Each row starts where a block does and ends where one does",
)
_OF_BLOCKS = ("documents", "sections")
_OF_DOCUMENT = ("sections", "tasks", "task_agencies", "indicators", "citations", "short_citations")


def check_spans(package: CheckedPackage) -> Iterator[Result]:
    """Spans and quotes of every table that has them."""
    for definition in tables():
        if "start" not in definition.columns:
            continue
        rows = package.rows[definition.name]
        wrong = [row_id(definition, row) for row in rows if not _inside(package, row)]
        yield judge("spans.inside", definition.name, _INSIDE, len(rows), wrong)
    for name, column in _QUOTES.items():
        definition, rows = table(name), package.rows[name]
        wrong = [row_id(definition, row) for row in rows if row[column] != _words(package, row)]
        yield judge("spans.quote", name, _QUOTED, len(rows), wrong)
    bounds = {row["document_id"]: (row["start"], row["end"]) for row in package.rows["documents"]}
    for name in _OF_DOCUMENT:
        definition, rows = table(name), package.rows[name]
        wrong = [row_id(definition, row) for row in rows if not _within(row, bounds)]
        yield judge("spans.document", name, _NESTED, len(rows), wrong)

    starts, ends = (
        {(row["plan_id"], row[edge]) for row in package.rows["blocks"]} for edge in ("start", "end")
    )
    for name in _OF_BLOCKS:
        definition, rows = table(name), package.rows[name]
        wrong = [
            row_id(definition, row)
            for row in rows
            if (package.plan_of_row(row), row["start"]) not in starts
            or (package.plan_of_row(row), row["end"]) not in ends
        ]
        yield judge("spans.edges", name, _EDGES, len(rows), wrong)
    shorts = package.rows["short_citations"]
    key = table("short_citations")
    wrong = [row_id(key, row) for row in shorts if not _defined(row, bounds)]
    yield judge("spans.definition", key.name, _DEFINED, len(shorts), wrong)


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
