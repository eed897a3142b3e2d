"""What an indicator measures: the measure of the tables that its name, unit and change mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from operator import itemgetter
from types import MappingProxyType

from khplans.knowledge.measures import Aspect, Measure, measures, measures_by_name
from khplans.knowledge.provinces import find_province
from khplans.knowledge.units import Unit, dimensions, same_units, unit_of, units
from khplans.knowledge.wording import Wording
from khplans.model import Doubt, Indicator
from khplans.text.fold import fold

_OF_PLAN = Wording(" so voi <plan> ", "thu ngan sach so voi du toan nam", folded=True)
# `Diện tích nhà ở bình quân đầu người 25 m2`.
_PER_HEAD = Wording(r"đầu người|bình quân", "thu nhập bình quân")
_PLACE = itemgetter(0)
_Index = Mapping[str, tuple[tuple[int, Measure], ...]]


def with_measures(indicators: Iterable[Indicator]) -> list[Indicator]:
    """The same indicators, each with its measure, or with the doubt `measure-unknown`."""
    return [_with_measure(indicator) for indicator in indicators]


def _with_measure(one: Indicator) -> Indicator:
    """The indicator with its measure, or the doubt that none is known.

    >>> from khplans.extraction.indicators import find_indicators
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. MỤC TIÊU\\n1. Tỷ lệ hộ nghèo còn 5%.\\n2. Tỷ lệ cây hoa nở đạt 5%.")
    >>> [(one.measure, [doubt.code for doubt in one.doubts]) for one in map(_with_measure, find_indicators(document))]
    [('poverty-rate', []), (None, ['measure-unknown'])]
    """
    measure = find_measure(one.name, unit_of(one.unit), one.change)
    if measure is not None:
        return replace(one, measure=measure)
    doubt = Doubt("measure-unknown", one.span, {"words": one.name})
    return replace(one, doubts=(*one.doubts, doubt))


def find_measure(name: str, unit: Unit, change: str) -> str | None:
    """The measure of an indicator by its name, its unit and its change.

    Of a name with a whole before it (`Thu ngân sách nhà nước – thu nội địa`) the part counts,
    the whole helps where the part alone says nothing; but a share of the whole isn't the whole, unless the
    part is a province.

    >>> find_measure("Tỷ lệ che phủ rừng", units()["percent"], "level")
    'forest-cover'
    >>> find_measure("Thu ngân sách nhà nước – thu nội địa", units()["billion_vnd"], "level")
    'domestic-revenue'
    >>> find_measure("Khu vực dịch vụ", units()["percent_per_year"], "level")
    'services-growth'
    >>> find_measure("Tỷ lệ hộ nghèo – vốn vay", units()["percent"], "level") is None
    True
    """
    sort = _sort_of(name, unit)
    changes = _changes(unit, change)
    whole, _, part = name.rpartition(" – ")
    found = _find(fold(part), sort, changes)
    if found or not whole:
        return found
    together = _find(fold(name), sort, changes)
    of_whole = sort == "percent" and together == _find(fold(whole), sort, changes)
    return None if of_whole and find_province(part) is None else together


def measures_like(name: str, unit: Unit, change: str) -> list[Measure]:
    """The measures that an indicator of that unit and change could have, whatever its name says."""
    sort = _sort_of(name, unit)
    aspects = _aspects(fold(name), sort, _changes(unit, change))
    found = (_by_sort().get((sort, aspect), {}) for aspect in aspects)
    return list(
        {id(one): one for index in found for met in index.values() for _, one in met}.values()
    )


def _changes(unit: Unit, change: str) -> bool:
    """Whether per cent tell how fast something grows, as they do of a year whatever else is said: `dịch vụ 9,5%/năm`.

    >>> percent, yearly, area = (units()[one] for one in ("percent", "percent_per_year", "hectare"))
    >>> _changes(percent, "level"), _changes(percent, "increase"), _changes(yearly, "level"), _changes(area, "increase")
    (False, True, True, False)
    """
    return _sort(unit) == "percent" and (change != "level" or unit.unit_id == "percent_per_year")


def _sort_of(name: str, unit: Unit) -> str:
    """The sort of a unit, square metres a head as their own.

    >>> _sort_of("Diện tích nhà ở bình quân đầu người", units()["m2"]), _sort_of("Diện tích nhà ở", units()["m2"])
    ('m2_per_person', 'area')
    >>> _sort_of("Bình quân đầu người", units()["hectare"])
    'area'
    """
    per_head = unit.unit_id == "m2" and _PER_HEAD.search(name)
    return "m2_per_person" if per_head else _sort(unit)


def _sort(unit: Unit) -> str:
    """What must agree: money is money in any scale, but communes are not schools.

    >>> [_sort(units()[one]) for one in ("billion_vnd", "million_vnd", "percent", "percent_per_year", "commune", "school")]
    ['money', 'money', 'percent', 'percent', 'commune', 'school']
    """
    return same_units().get(unit.unit_id) or (
        unit.dimension if dimensions()[unit.dimension].scaled else unit.unit_id
    )


def _sort_of_measure(measure: Measure) -> str:
    """The sort of a measure's unit, which may be one that no number has by itself (`m2_per_person`).

    >>> from khplans.knowledge.measures import measures
    >>> [_sort_of_measure(replace(measures()["forest-cover"], unit=unit)) for unit in ("percent", "commune", "m2_per_person")]
    ['percent', 'commune', 'm2_per_person']
    """
    unit = units().get(measure.unit)
    return _sort(unit) if unit else measure.unit


@cache
def _by_sort() -> Mapping[tuple[str, Aspect], _Index]:
    """For each sort of unit and aspect, the measures by the longest words they ask for."""
    groups: dict[tuple[str, Aspect], dict[str, list[tuple[int, Measure]]]] = {}
    for place, measure in enumerate(measures().values()):
        group = groups.setdefault((_sort_of_measure(measure), measure.aspect), {})
        asked = {
            max(" ".join(alternative).replace("^", "").split(), key=len)
            for alternative in measure.words
        }
        for word in sorted(asked):
            group.setdefault(word, []).append((place, measure))
    return MappingProxyType(
        {
            key: MappingProxyType({word: tuple(found) for word, found in group.items()})
            for key, group in groups.items()
        }
    )


@lru_cache(maxsize=1 << 14)
def _find(key: str, sort: str, changes: bool) -> str | None:
    """The first measure whose words all stand in a name, of its sort of unit: `tỷ lệ hộ nghèo` in per cent.

    Else the one that has it among its names.

    >>> _find("ty le ho ngheo giam", "percent", False), _find("ty le ho ngheo", "money", False), _find("hoa", "percent", False)
    ('poverty-rate', None, None)
    >>> _find("gdp binh quan dau nguoi", "money", False), _find("gdp binh quan dau nguoi", "area", False)
    ('grdp-per-capita', None)
    """
    spaced = f" {key} "
    aspects = _aspects(key, sort, changes)
    for aspect in aspects:
        index = _by_sort().get((sort, aspect), {})
        met = [found for word in key.split() for found in index.get(word, ())]
        for _, measure in sorted(met, key=_PLACE):
            if measure.fits(spaced):
                return measure.measure_id
    named = (one for one in measures_by_name().get(key, ()) if one.aspect in aspects)
    return next((one.measure_id for one in named if _sort_of_measure(one) == sort), None)


def _aspects(key: str, sort: str, changes: bool) -> tuple[Aspect, ...]:
    """What an indicator of a folded name tells of what is measured.

    >>> _aspects("thu ngan sach so voi du toan nam", "percent", False), _aspects("ho ngheo", "percent", True)
    (('plan',), ('change',))
    """
    if changes:
        return ("change",)
    return ("plan",) if sort == "percent" and _OF_PLAN.search(f" {key} ") else ("level",)
