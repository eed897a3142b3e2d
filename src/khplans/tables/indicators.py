"""Rows of `indicators`, `measures` and `units`."""

from __future__ import annotations

from collections import Counter

from khplans.knowledge.measures import measures
from khplans.knowledge.units import unit_of
from khplans.tables.rows import Row
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns


def add_indicators(into: Tabulation, places: DocumentPlaces) -> None:
    """The rows of a document's indicators; their ids count the numbers of each section.

    >>> from khplans.pipeline import rows_of
    >>> rows = rows_of("I. MỤC TIÊU\\n1. Trồng 50 ha rừng, trong đó 20 ha rừng phòng hộ.")["indicators"]
    >>> [(row["indicator_id"], row["value_high"], row["parent_indicator_id"]) for row in rows]
    [('p:I:i1', None, None), ('p:I:i2', None, 'p:I:i1')]
    """
    found = places.found.indicators
    ordinal: Counter[str] = Counter()
    keys = []
    for indicator in found:
        base = places.base(places.section_at(indicator.span))
        ordinal[base] += 1
        keys.append(f"{base}:i{ordinal[base]}")
    for indicator, key in zip(found, keys, strict=True):
        row: Row = {
            "indicator_id": key,
            "document_id": places.document_id,
            "section_id": places.section_at(indicator.span),
            "task_id": places.task_at(indicator.span),
            "measure_id": indicator.measure,
            "name": indicator.name,
            "quote": into.quote(indicator.span),
            "value": float(indicator.value),
            "value_high": _number(indicator.value_high),
            "unit": indicator.unit,
            "comparator": indicator.comparator,
            "change": indicator.change,
            "kind": indicator.kind,
            "period": indicator.period,
            "denominator": _number(indicator.denominator),
            "parent_indicator_id": None if indicator.parent is None else keys[indicator.parent],
            **span_columns(indicator.span),
        }
        into.rows["indicators"].append(row)
        into.warn("indicators", row, places.document_id, indicator.doubts)


def add_measures(into: Tabulation) -> None:
    """The rows of the measures that the indicators name."""
    used = {row["measure_id"] for row in into.rows["indicators"]}
    into.rows["measures"] = [
        {
            "measure_id": measure.measure_id,
            "name": measure.name,
            "name_en": measure.name_en,
            "theme": measure.theme,
            "unit": measure.unit,
        }
        for measure in measures().values()
        if measure.measure_id in used
    ]


def add_units(into: Tabulation) -> None:
    """The rows of the units in which the indicators and measures count."""
    used = {row["unit"] for name in ("indicators", "measures") for row in into.rows[name]}
    into.rows["units"] = [
        {"unit_id": u.unit_id, "name": u.name, "name_en": u.name_en, "symbol": u.symbol}
        for u in map(unit_of, sorted(used - {None, ""}))
    ]


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
