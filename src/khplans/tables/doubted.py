"""Which rows a doubt is about: a person who looks one of them over has seen the doubt too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from khplans.tables.definition import table
from khplans.tables.judged import words_judged
from khplans.tables.rows import Row, Rows, row_id
from khplans.text.passage import Span

_OF_WORDS = frozenset(
    {
        "words-unsure", "number-unsure", "accents-repaired", "word-looks-misread", "row-unaccounted",
        "marker-out-of-order",
    }
)  # fmt: skip
"""Doubts that stand with a document but are about some words in it."""
_POINTED = ("tasks", "indicators", "citations", "sections")
"""The tables whose rows such words may stand in; of a section that is its heading."""

NamedRow = tuple[str, Row]
"""A row and the name of its table."""


class DoubtedRows:
    """Finds the rows that the doubts of a plan are about among its `rows`; `source` is its text."""

    def __init__(self, rows: Rows, source: str) -> None:
        self._by_id = {
            (name, row_id(table(name), row)): (name, row)
            for name in ("documents", *_POINTED)
            for row in rows[name]
        }
        self._words = [
            (words_judged(source, name, Span(row["start"], row["end"])), (name, row))
            for name in _POINTED
            for row in rows[name]
        ]
        self._of_agency: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for part in rows["task_agencies"]:
            self._of_agency[part["agency_id"]].append(("tasks", part["task_id"]))
        for document in rows["documents"]:
            self._of_agency[document["issuer_id"]].append(("documents", document["document_id"]))

    def of(self, doubt: Row) -> Sequence[NamedRow]:
        """The rows that a row of `warnings` is about; none for words that stand in none."""
        span = Span(doubt["start"], doubt["end"])
        name, key = doubt["table"], doubt["row_id"]
        if name == "documents" and doubt["code"] in _OF_WORDS:
            return [one for words, one in self._words if words.overlaps(span)]
        if name == "task_agencies":
            return self._named([("tasks", key.split("|")[0])])
        return self._named(self._of_agency[key] if name == "agencies" else [(name, key)])

    def _named(self, keys: Sequence[tuple[str, str]]) -> Sequence[NamedRow]:
        return [self._by_id[key] for key in keys if key in self._by_id]


def doubts_read(doubts: Sequence[Row]) -> str:
    """The doubts about some words as review.csv has them: the code of each.

    >>> doubts_read([{"code": "words-unsure"}, {"code": "number-unsure"}])
    'number-unsure\\nwords-unsure'
    """
    return "\n".join(sorted({doubt["code"] for doubt in doubts}))
