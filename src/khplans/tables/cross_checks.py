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
    """To the day: a task can be due on the day of its document.

    >>> from datetime import date
    >>> documents = [{"document_id": "d", "date": date(2025, 1, 2)}]
    >>> def late(deadline):
    ...     tasks = [{"document_id": "d", "deadline": deadline}]
    ...     return [facts is not None for _, facts in _deadlines({"documents": documents, "tasks": tasks})]
    >>> late(date(2025, 1, 1)), late(date(2025, 1, 2)), late(None)
    ([True], [False], [])
    """
    for task, issued in _dated(rows, "tasks", "deadline"):
        facts = {"deadline": task["deadline"].isoformat(), "date": issued.isoformat()}
        yield task, facts if task["deadline"] < issued else None


def _citations(rows: Mapping[str, list[Row]]) -> Compared:
    """To the day: documents of one day can cite each other.

    >>> from datetime import date
    >>> documents = [{"document_id": "d", "date": date(2025, 1, 2)}]
    >>> def later(day):
    ...     citations = [{"document_id": "d", "date": day}]
    ...     return [facts is not None for _, facts in _citations({"documents": documents, "citations": citations})]
    >>> later(date(2025, 1, 3)), later(date(2025, 1, 2)), later(None)
    ([True], [False], [])
    """
    for citation, issued in _dated(rows, "citations", "date"):
        facts = {"date": citation["date"].isoformat(), "document_date": issued.isoformat()}
        yield citation, facts if citation["date"] > issued else None


def _dated(rows: Mapping[str, list[Row]], name: str, column: str) -> Iterator[tuple[Row, Any]]:
    """The rows that have a day in a column, with the day of their document.

    >>> rows = {"documents": [{"document_id": "d", "date": 5}, {"document_id": "e", "date": None}]}
    >>> tasks = [{"document_id": "d", "deadline": 1}, {"document_id": "d", "deadline": None}, {"document_id": "e", "deadline": 2}]
    >>> [(row["deadline"], day) for row, day in _dated({**rows, "tasks": tasks}, "tasks", "deadline")]
    [(1, 5)]
    """
    issued = {row["document_id"]: row["date"] for row in rows["documents"]}
    for row in rows[name]:
        if row[column] and issued.get(row["document_id"]):
            yield row, issued[row["document_id"]]


def _ranges(rows: Mapping[str, list[Row]]) -> Compared:
    """Exactly: both numbers are as written.

    >>> rows = [{"value": 5, "value_high": high} for high in (4, 5, None)]
    >>> [facts for _, facts in _ranges({"indicators": rows})]
    [{}, None]
    """
    for row in rows["indicators"]:
        if row["value_high"] is not None:
            yield row, {} if row["value_high"] < row["value"] else None


def _parts(rows: Mapping[str, list[Row]]) -> Compared:
    """Parts of the unit, kind and time of their whole, which are levels and no rates.

    >>> same = {"unit": "hectare", "change": "level", "kind": "target", "period": "2025"}
    >>> whole = {"indicator_id": "w", "parent_indicator_id": None, "value": 10, "value_high": None, **same}
    >>> part = {**whole, "indicator_id": "a", "parent_indicator_id": "w", "value": 6}
    >>> def told(*parts): return [facts for _, facts in _parts({"indicators": [whole, *parts]})]
    >>> told(part), told(part, part), told(part, {**part, "unit": "tonne"})
    ([None], [{'parts': '12', 'whole': '10'}], [None])
    """
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
    """Whether it is an amount: what is divided by anything but a time, or is none itself, is not.

    >>> units = "hectare", "tonne_per_year", "tonne_per_hectare", "percent"
    >>> [_adds_up({"unit": unit, "change": "level"}) for unit in units], _adds_up({"unit": "hectare", "change": "increase"})
    ([True, True, False, False], False)
    """
    _, *divisors = whole["unit"].split("_per_")
    amount = _SPANS_OF_TIME.issuperset(divisors) and whole["unit"] not in _without_amounts()
    return whole["change"] == "level" and amount


@cache
def _without_amounts() -> frozenset[str]:
    return frozenset(
        row["unit_id"] for row in read_table("units") if row["dimension"] in _NO_AMOUNTS
    )


def _percentages(rows: Mapping[str, list[Row]]) -> Compared:
    """`45/60 xã (37,5%)`: a percentage right after a count of a whole.

    >>> count = {"document_id": "d", "start": 0, "end": 5, "value": 45, "denominator": 60, "unit": "commune", "change": "level"}
    >>> share = {**count, "start": 7, "end": 12, "unit": "percent", "denominator": None}
    >>> def told(value): return [facts for _, facts in _percentages({"indicators": [count, {**share, "value": value}]})]
    >>> told(75.0), told(37.5)
    ([None], [{'part': '45/60', 'computed': '75'}])
    """
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
    """Whether a percentage stands right after a count of a whole: `45/60 xã (75%)`.

    >>> count = {"document_id": "d", "end": 5, "denominator": 60}
    >>> share = {"document_id": "d", "start": 7, "unit": "percent", "change": "level"}
    >>> _is_share_of(share, count), _is_share_of(share, {**count, "denominator": None})
    (True, False)
    >>> others = {"document_id": "e"}, {"start": 90}, {"unit": "xã"}, {"change": "increase"}
    >>> [_is_share_of({**share, **other}, count) for other in others]
    [False, False, False, False]
    """
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
