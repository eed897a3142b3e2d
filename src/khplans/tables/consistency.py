"""Doubts that show only when the rows of a document stand beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from khplans.model import Doubt
from khplans.tables.doubts import row_doubt
from khplans.tables.identity import Identity, identity_of
from khplans.tables.rows import Row, Rows
from khplans.text.numerals import plain_number

_TOLERANCE = 0.005
"""Parts may exceed their whole by this share of it: each is rounded by itself."""
_BESIDE = 40
"""A count (`68/92 xã`) and its percentage stand at most this many characters apart."""
_NOT_ADDITIVE = ("percent", "percentage_point", "times")
"""Units that start so measure rates, which do not add up."""


def doubts_between_rows(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    """Table, row and doubt, for every row that does not agree with another."""
    documents = {row["document_id"]: row for row in rows["documents"]}
    yield from _deadlines(rows, documents)
    yield from _citations(rows, documents)
    yield from _ranges(rows)
    yield from _parts(rows)
    yield from _percentages(rows)
    yield from _letterheads(rows)
    yield from _twice(rows)


def _deadlines(rows: Rows, documents: Mapping[str, Row]) -> Iterator[tuple[str, Row, Doubt]]:
    for task in rows["tasks"]:
        issued = documents[task["document_id"]].get("date")
        deadline = task["deadline"]
        if issued and deadline and deadline < issued:
            facts = {"deadline": deadline.isoformat(), "date": issued.isoformat()}
            yield "tasks", task, row_doubt(task, "deadline-before-document", **facts)


def _citations(rows: Rows, documents: Mapping[str, Row]) -> Iterator[tuple[str, Row, Doubt]]:
    for citation in rows["citations"]:
        issued = documents[citation["document_id"]].get("date")
        cited = citation["date"]
        if issued and cited and cited > issued:
            facts = {"date": cited.isoformat(), "document_date": issued.isoformat()}
            yield "citations", citation, row_doubt(citation, "citation-after-document", **facts)


def _ranges(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    for indicator in rows["indicators"]:
        high = indicator["value_high"]
        if high is not None and high < indicator["value"]:
            yield "indicators", indicator, row_doubt(indicator, "range-reversed")


def _parts(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    children: defaultdict[str, list[Row]] = defaultdict(list)
    for indicator in rows["indicators"]:
        if indicator["parent_indicator_id"]:
            children[indicator["parent_indicator_id"]].append(indicator)
    for whole in rows["indicators"]:
        if whole["change"] != "level" or whole["unit"].startswith(_NOT_ADDITIVE):
            continue
        same = ("unit", "change", "kind", "period")
        parts = sum(
            part["value"]
            for part in children[whole["indicator_id"]]
            if all(part[column] == whole[column] for column in same)
        )
        if parts > (whole["value_high"] or whole["value"]) * (1 + _TOLERANCE):
            facts = {"parts": plain_number(round(parts, 6)), "whole": plain_number(whole["value"])}
            yield "indicators", whole, row_doubt(whole, "parts-do-not-add-up", **facts)


def _percentages(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    ordered = sorted(rows["indicators"], key=lambda row: (row["document_id"], row["start"]))
    for count, share in pairwise(ordered):
        beside = share["start"] - count["end"] <= _BESIDE
        if not count["denominator"] or share["unit"] != "percent" or not beside:
            continue
        if share["document_id"] != count["document_id"] or share["change"] != "level":
            continue
        computed = 100 * count["value"] / count["denominator"]
        decimals = len(plain_number(share["value"]).partition(".")[2])
        if abs(computed - share["value"]) > 0.51 * 10**-decimals:
            facts = {
                "part": f"{plain_number(count['value'])}/{plain_number(count['denominator'])}",
                "computed": plain_number(round(computed, decimals + 1)),
            }
            yield "indicators", share, row_doubt(share, "percentage-does-not-match", **facts)


def _letterheads(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    names = {"number": "số/number", "document_type": "loại/type", "date": "ngày/date"}
    for document in rows["documents"]:
        missing = ", ".join(name for column, name in names.items() if not document.get(column))
        if missing:
            yield "documents", document, row_doubt(document, "document-incomplete", missing=missing)


def _twice(rows: Rows) -> Iterator[tuple[str, Row, Doubt]]:
    first: dict[Identity, str] = {}
    for document in sorted(rows["documents"], key=lambda row: row["start"]):
        identity = identity_of(document)
        if identity is None:
            continue
        there = first.setdefault(identity, document["document_id"])
        if there != document["document_id"]:
            facts = {"number": identity.number, "first": there}
            yield "documents", document, row_doubt(document, "document-twice", **facts)
