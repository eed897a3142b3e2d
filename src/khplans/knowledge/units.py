"""Units of measurement: what they are called and how they are written after a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce
from types import MappingProxyType
from typing import Literal, TypeVar, cast

from khplans.knowledge.table import read_table

FIRST_WORD = re.compile(r"[%‰]|[^\W\d_]+[²³23]?|\d[\d.]*")
"""What the forms are looked up by: the word, sign or number that one begins with."""
T = TypeVar("T")
Evidence = Literal["plain", "quantity", "subject", "rate"]
NAMELESS = "number"
"""The id of the unit of a figure in a table that names none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `evidence` says what else shows that a number with it measures something, `one_en` is
    what English says after 1."""

    unit_id: str
    name: str
    name_en: str
    dimension: str
    evidence: Evidence
    subject: tuple[str, ...] = ()
    symbol: str = ""
    one_en: str = ""


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A way of writing a unit in lower case; the number times `factor` is in the unit.

    Before one of the words `unless` it is another word (`tỷ` of `tỷ lệ`); with words in `where`
    it counts only after one of them.
    """

    form: str
    unit: Unit
    factor: Decimal
    unless: tuple[str, ...]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denominator:
    """A way of writing what a number is divided by, and its part of the unit's id."""

    form: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What units measure: whether it is the same in any `scaled` unit (money), and still the same
    when `divided` by something (money by the person)."""

    scaled: bool
    divided: bool


@cache
def dimensions() -> Mapping[str, Dimension]:
    """All dimensions.

    >>> dimensions()["area"]
    Dimension(scaled=True, divided=False)
    """
    rows = read_table("dimensions")
    return MappingProxyType(
        {
            row["dimension"]: Dimension(row["scaled"] == "yes", row["divided"] == "yes")
            for row in rows
        }
    )


@cache
def same_units() -> Mapping[str, str]:
    """The unit that measures the same, by the id of one written in other words.

    >>> same_units()["death"]
    'person'
    """
    return MappingProxyType({row["unit_id"]: row["same_as"] for row in read_table("same_units")})


@cache
def units() -> Mapping[str, Unit]:
    """All units by id.

    >>> units()["bed_per_10000"].name
    'giường bệnh/vạn dân'
    """
    return MappingProxyType(
        {
            row["unit_id"]: Unit(
                row["unit_id"],
                row["name"],
                row["name_en"],
                row["dimension"],
                cast(Evidence, row["evidence"]),
                _words(row["subject"]),
                row["symbol"],
                row["one_en"],
            )
            for row in read_table("units")
        }
    )


@cache
def unit_forms() -> Mapping[str, tuple[UnitForm, ...]]:
    """The ways of writing units by their first word, the longest first.

    >>> [form.form for form in unit_forms()["tấn"]]
    ['tấn']
    """
    forms = (
        UnitForm(
            row["form"],
            units()[row["unit_id"]],
            Decimal(row["factor"]),
            _words(row["unless"]),
            _words(row["where"]),
        )
        for row in read_table("unit_forms")
    )
    return _by_first_word((form.form, form) for form in forms)


@cache
def denominators() -> Mapping[str, tuple[Denominator, ...]]:
    """The ways of writing denominators by their first word, the longest first.

    >>> denominators()["vạn"][0].suffix
    '10000'
    """
    rows = (Denominator(row["form"], row["suffix"]) for row in read_table("unit_denominators"))
    return _by_first_word((row.form, row) for row in rows)


def unit_per(unit: Unit, suffix: str) -> Unit:
    """The unit divided by something: the one of the table where it has one, else a new one.

    >>> unit_per(units()["tonne"], "hectare").unit_id, unit_per(units()["case"], "1000").unit_id
    ('tonne_per_hectare', 'case_per_1000')
    >>> unit_per(units()["gram"], "day").name, unit_per(units()["gram"], "day").one_en
    ('gam/ngày', 'gram per day')
    """
    unit_id = f"{unit.unit_id}_per_{suffix}"
    known = units().get(unit_id)
    if known:
        return known
    words = suffix.replace("_", " ")
    dimension = unit.dimension if dimensions()[unit.dimension].divided else "rate"
    name_en, one_en = (f"{name} per {words}" for name in (unit.name_en, unit.one_en))
    known_whole = suffix[0].isdigit() or unit.evidence == "rate"
    evidence: Evidence = "plain" if known_whole else unit.evidence
    name = f"{unit.name}/{_divisors().get(suffix, words)}"
    return Unit(unit_id, name, name_en, dimension, evidence, unit.subject, one_en=one_en)


@cache
def _divisors() -> Mapping[str, str]:
    """What a unit is divided by in words, by its part of the unit's id: the first of its forms."""
    rows = read_table("unit_denominators")
    return MappingProxyType({row["suffix"]: row["form"] for row in reversed(rows)})


def unit_of(unit_id: str) -> Unit:
    """The unit of an id, also of one that is divided by something, or that no table has.

    >>> unit_of("tonne_per_hectare").dimension, unit_of("case_per_1000").dimension
    ('mass', 'rate')
    """
    known = units().get(unit_id)
    if known:
        return known
    counted, *divisors = unit_id.split("_per_")
    unit = units().get(counted) or Unit(counted, counted, counted, "count", "plain", one_en=counted)
    return reduce(unit_per, divisors, unit)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)


def is_known_unit(unit: Unit) -> bool:
    """Whether the table has the unit, or the units that it is made of.

    >>> is_known_unit(unit_per(units()["case"], "1000"))
    True
    >>> is_known_unit(Unit("vien", "viên", "viên", "count", "plain"))
    False
    """
    return unit.unit_id in units() or "per_" in unit.unit_id


def _by_first_word(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    groups: dict[str, list[tuple[str, T]]] = {}
    for form, value in pairs:
        first = FIRST_WORD.match(form)
        assert first, form
        groups.setdefault(first[0], []).append((form, value))
    return MappingProxyType(
        {
            word: tuple(value for _, value in sorted(group, key=lambda pair: -len(pair[0])))
            for word, group in groups.items()
        }
    )


@cache
def _bare() -> tuple[tuple[tuple[str, ...], Unit], ...]:
    return tuple(
        (tuple(row["words"].lower().split("+")), units()[row["unit_id"]])
        for row in read_table("bare_quantities")
    )


def implied_unit(words: str) -> Unit | None:
    """The unit that the words before a bare number imply, or None.

    >>> implied_unit("Số bác sĩ trên một vạn dân đạt").unit_id
    'doctor_per_10000'
    """
    lower = words.lower()
    fits = (unit for needed, unit in _bare() if all(word in lower for word in needed))
    return next(fits, None)
