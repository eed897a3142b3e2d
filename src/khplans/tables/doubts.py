"""Doubts as rows of `warnings`."""

from __future__ import annotations

from collections.abc import Mapping

from khplans.knowledge.warnings import warning_kind
from khplans.linking.ids import Unique
from khplans.model import Doubt
from khplans.tables.definition import table
from khplans.tables.rows import Row, row_id
from khplans.text.passage import Span

NOT_APPLIED = frozenset({"judgement-words-gone", "judgement-outdated", "judgement-needless"})
"""Doubts about a line of review.csv: that it was not applied, or need not be."""
_WORDS_LENGTH = 120


class DoubtTable:
    """Collects the rows of `warnings` of one plan."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._unique = Unique()
        self.rows: list[Row] = []
        self.lines: dict[str, tuple[str, int]] = {}
        """What a line of review.csv judges, and its number, by the id of the warning that is about it."""

    def add(self, name: str, row: Row, document_id: str, doubt: Doubt) -> None:
        """Warn about a row of the table `name`, in words of both languages."""
        key = row_id(table(name), row)
        kind = warning_kind(doubt.code)
        message, message_en = kind.say({"words": self._words(doubt.span), **doubt.facts})
        place = key if key.startswith(document_id) else f"{document_id}:{key}"
        warning_id = self._unique(f"{place}:{kind.code}")
        if kind.code in NOT_APPLIED:
            self.lines[warning_id] = (doubt.facts["what"], int(doubt.facts["line"]))
        self.rows.append(
            {
                "warning_id": warning_id,
                "table": name,
                "row_id": key,
                "code": kind.code,
                "severity": kind.severity,
                "message": message,
                "message_en": message_en,
                "reviewed": None,
                "document_id": document_id,
                "start": doubt.span.start,
                "end": doubt.span.end,
            }
        )

    def _words(self, span: Span) -> str:
        words = " ".join(self._source[span.start : span.end].split())
        return words if len(words) <= _WORDS_LENGTH else words[: _WORDS_LENGTH - 1].rstrip() + "…"


def row_doubt(row: Mapping[str, object], code: str, **facts: str) -> Doubt:
    """A doubt about the whole of a row that has a span."""
    start, end = row["start"], row["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return Doubt(code, Span(start, end), facts)
