"""Targets against results: what is missing, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from khplans.site.catalogue import Catalogue
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.common import words_link
from khplans.site.pages.measure_tables import change_words

_FAMILIES = {"percent_per_year": "percent", "percentage_point_per_year": "percentage_point"}
"""Units whose values stand on one scale: a rate of a year and a mean rate over years."""
_MORE, _LESS = (">", ">=", ">~"), ("<", "<=", "<~")


@dataclass(frozen=True)
class Figure:
    """A figure in words, with the address of where it is said."""

    amount: str
    href: str


@dataclass(frozen=True)
class Gap:
    """A target beside what came of it; `missing` says what lies between."""

    province: str
    period: str
    target: Figure
    result: Figure | None
    missing: str


def unit_family(row: Row) -> str:
    """The unit whose scale a figure is on."""
    return str(_FAMILIES.get(row["unit"], row["unit"]))


def gaps(catalogue: Catalogue, page: SitePage, rows: Sequence[Row]) -> Iterator[Gap]:
    """Each target of a period, in the order of `rows`; of several that say the same the last."""
    documents = catalogue.collection.by_key("documents")

    def scale(row: Row) -> tuple[object, ...]:
        province = documents[row["document_id"]]["province"] or ""
        return province, row["period"], unit_family(row), row["change"] == "level"

    def said(row: Row) -> Figure:
        amount = change_words(row, page.words) + page.words.amount(row)
        return Figure(amount, words_link(catalogue, page, "indicators", row))

    targets = {scale(row): row for row in rows if row["kind"] == "target" and row["period"]}
    results = {scale(row): row for row in rows if row["kind"] == "estimate"}
    results |= {scale(row): row for row in rows if row["kind"] == "actual"}
    for place, target in targets.items():
        result = results.get(place)
        yield Gap(
            str(place[0]), page.words.period(target["period"]), said(target), said(result) if result else None,
            missing(target, result, page.words) if result else page.words.say("no result in these plans"),
        )  # fmt: skip


def missing(target: Row, result: Row, words: Language) -> str:
    """What lies between a target and its result.

    >>> from khplans.site.languages import en
    >>> row = {"value": 8, "value_high": None, "change": "level", "comparator": ">=", "unit": "percent"}
    >>> missing(row, row | {"value": 6.5}, en), missing(row, row | {"value": 9}, en)
    ('1.5 percentage points short', 'reached, 1 percentage point over')
    >>> missing(row | {"comparator": "="}, row | {"value": 6.5}, en)
    '1.5 percentage points below the target'
    """
    low, high = _ends(target)
    got = _ends(result)[0]
    if low <= got <= high:
        return words.say("reached")
    apart = min(abs(got - low), abs(got - high))
    by = _amount(apart, unit_family(target), words)
    wanted = _wanted(target)
    if not wanted:
        below = got < low
        return words.say("%(by)s below the target", by=by) if below else words.say("%(by)s above the target", by=by)  # fmt: skip
    if (got > high) == (wanted > 0):
        over = got > high
        return words.say("reached, %(by)s over", by=by) if over else words.say("reached, %(by)s under", by=by)  # fmt: skip
    return words.say("%(by)s short", by=by) if wanted > 0 else words.say("%(by)s too much", by=by)


def _amount(apart: Decimal, unit: str, words: Language) -> str:
    number = float(apart)
    if unit.startswith("percent"):
        return words.count("%(n)s percentage point", "%(n)s percentage points", number)
    return f"{words.number(number)} {words.unit(unit, one=number == 1)}".strip()


def _wanted(target: Row) -> int:
    """Whether more is better (1), less (-1), or the plan doesn't say (0).

    >>> rows = ("increase", "="), ("decrease", "="), ("level", ">="), ("level", "<="), ("level", "=")
    >>> [_wanted({"change": change, "comparator": comparator}) for change, comparator in rows]
    [1, -1, 1, -1, 0]
    """
    if target["change"] == "increase" or target["comparator"] in _MORE:
        return 1
    if target["change"] == "decrease" or target["comparator"] in _LESS:
        return -1
    return 0


def _ends(row: Row) -> tuple[Decimal, Decimal]:
    """The ends of a figure, a fall below zero, in order.

    >>> rows = ("level", 5.0, None), ("level", 4.0, 5.0), ("decrease", 4.0, 5.0)
    >>> [tuple(map(int, _ends({"change": change, "value": value, "value_high": high}))) for change, value, high in rows]
    [(5, 5), (4, 5), (-5, -4)]
    """
    sign = -1 if row["change"] == "decrease" else 1
    value = sign * Decimal(str(row["value"]))
    high = value if row["value_high"] is None else sign * Decimal(str(row["value_high"]))
    return min(value, high), max(value, high)
