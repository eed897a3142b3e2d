"""Rows that must agree with others, each rule once: `consistency` warns of those that don't, and the
checks go over the published rows again with the same rules, to prove that every one has its warning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from khplans.knowledge.table import read_table
from khplans.tables.rows import Row
from khplans.text.numerals import plain_number

PARTS_OVER_WHOLE = 0.005
"""Parts may exceed their whole by this share of it: plans write three digits or more, and each number
is rounded by itself, by up to half a unit of the third."""

OF_THE_LAST_DIGIT = 0.51
"""A percentage may differ from its count by this much of its last digit's unit: it is rounded to that
digit, by up to half of it; the hundredth more is for fractions that binary numbers can't hold."""

BESIDE = 40
"""A count (`45/60 xã`) and its percentage stand at most this many characters apart."""

_COMPARABLE = ("unit", "change", "kind", "period")
_NO_AMOUNTS = frozenset(("percent", "rate", "times", "rank", "index", "age", "speed"))
"""Dimensions whose values do not add up."""

_SPANS_OF_TIME = frozenset(("year", "month", "day", "hour", "season"))
"""What an amount may be divided by: 3 and 4 tonnes a year are 7 a year."""

Facts = dict[str, str]
Compared = Iterator[tuple[Row, Facts | None]]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """`compare` goes over a plan's rows: each of `table` that it compares, and where it is at odds with
    others the facts of that, for the warning of that code."""

    code: str
    table: str
    compare: Callable[[Mapping[str, list[Row]]], Compared]


def _deadlines(rows: Mapping[str, list[Row]]) -> Compared:
    """To the day: a task can be due on the day of its document."""
    for task, issued in _dated(rows, "tasks", "deadline"):
        facts = {"deadline": task["deadline"].isoformat(), "date": issued.isoformat()}
        yield task, facts if task["deadline"] < issued else None


def _citations(rows: Mapping[str, list[Row]]) -> Compared:
    """To the day: documents of one day can cite each other."""
    for citation, issued in _dated(rows, "citations", "date"):
        facts = {"date": citation["date"].isoformat(), "document_date": issued.isoformat()}
        yield citation, facts if citation["date"] > issued else None


def _dated(rows: Mapping[str, list[Row]], name: str, column: str) -> Iterator[tuple[Row, Any]]:
    """The rows that have a day in a column, with the day of their document."""
    issued = {row["document_id"]: row["date"] for row in rows["documents"]}
    for row in rows[name]:
        if row[column] and issued.get(row["document_id"]):
            yield row, issued[row["document_id"]]


def _ranges(rows: Mapping[str, list[Row]]) -> Compared:
    """Exactly: both numbers are as written."""
    for row in rows["indicators"]:
        if row["value_high"] is not None:
            yield row, {} if row["value_high"] < row["value"] else None


def _parts(rows: Mapping[str, list[Row]]) -> Compared:
    """Parts of the unit, kind and time of their whole, which are levels and no rates."""
    parts: defaultdict[str, list[float]] = defaultdict(list)
    wholes = {row["indicator_id"]: row for row in rows["indicators"]}
    for part in rows["indicators"]:
        whole = wholes.get(part["parent_indicator_id"] or "")
        if whole and _adds_up(whole) and all(part[c] == whole[c] for c in _COMPARABLE):
            parts[whole["indicator_id"]].append(part["value"])
    for key, values in parts.items():
        whole, total = wholes[key], sum(values)
        most = (whole["value_high"] or whole["value"]) * (1 + PARTS_OVER_WHOLE)
        facts = {"parts": _written(total, 6), "whole": _written(whole["value"], 6)}
        yield whole, facts if total > most else None


def _adds_up(whole: Row) -> bool:
    """Whether it is an amount: what is divided by anything but a time, or is none itself, is not."""
    _, *divisors = whole["unit"].split("_per_")
    amount = _SPANS_OF_TIME.issuperset(divisors) and whole["unit"] not in _without_amounts()
    return whole["change"] == "level" and amount


@cache
def _without_amounts() -> frozenset[str]:
    return frozenset(
        row["unit_id"] for row in read_table("units") if row["dimension"] in _NO_AMOUNTS
    )


def _percentages(rows: Mapping[str, list[Row]]) -> Compared:
    """`45/60 xã (37,5%)`: a percentage right after a count of a whole."""
    ordered = sorted(rows["indicators"], key=lambda row: (row["document_id"], row["start"]))
    for count, share in pairwise(ordered):
        if not _is_share_of(share, count):
            continue
        computed = 100 * count["value"] / count["denominator"]
        decimals = len(plain_number(share["value"]).partition(".")[2])
        facts = {
            "part": f"{_written(count['value'], 6)}/{_written(count['denominator'], 6)}",
            "computed": _written(computed, decimals + 1),
        }
        apart = abs(computed - share["value"]) > OF_THE_LAST_DIGIT * 10**-decimals
        yield share, facts if apart else None


def _is_share_of(share: Row, count: Row) -> bool:
    beside = (
        share["document_id"] == count["document_id"] and share["start"] - count["end"] <= BESIDE
    )
    is_share = share["unit"] == "percent" and share["change"] == "level"
    return bool(count["denominator"]) and beside and is_share


def _written(number: float, decimals: int) -> str:
    """A number as Vietnamese people write it.

    >>> _written(26687.0, 6), _written(73.913, 2)
    ('26.687', '73,91')
    """
    text = f"{round(number, decimals):,.{decimals}f}"
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


CROSS_CHECKS = (
    CrossCheck("deadline-before-document", "tasks", _deadlines),
    CrossCheck("citation-after-document", "citations", _citations),
    CrossCheck("range-reversed", "indicators", _ranges),
    CrossCheck("parts-do-not-add-up", "indicators", _parts),
    CrossCheck("percentage-does-not-match", "indicators", _percentages),
)
