"""Which measures a name can be of, by the reviewed table of measures and their words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from khplans.knowledge.table import read_table
from khplans.text.fold import fold

_SCALED = frozenset({"percent", "money", "mass", "area", "length", "volume", "power", "energy"})
_ALIKE = {
    "death": "person", "per_1000_live_births": "percent", "criterion_per_commune": "criterion",
    "per_100000_births": "per_100000", "per_100000_live_births": "per_100000",
}  # fmt: skip


def fitting_measure(name: str, unit: str, changes: bool) -> str | None:
    """The first measure in the table whose words all stand in a name, of that sort of unit.

    Of a name of a whole and its part, the part counts before the whole name; per cent a year tell a growth.

    >>> fitting_measure("Thu ngân sách nhà nước – thu nội địa", "billion_vnd", False)
    'domestic-revenue'
    >>> fitting_measure("Tỷ lệ che phủ rừng", "percent", False)
    'forest-cover'
    >>> [fitting_measure("GDP", unit, grows) for unit, grows in (("percent", True), ("percent_per_year", False))]
    ['gdp-growth', 'gdp-growth']
    >>> [fitting_measure("GDP", unit, False) for unit in ("percent", "percentage_point")]
    [None, None]
    >>> name = "Thu ngân sách so với dự toán"
    >>> [fitting_measure(name, "percent", grows) for grows in (False, True)], fitting_measure(name, "tonne", False)
    (['state-budget-revenue-plan', 'state-budget-revenue-growth'], None)
    >>> fitting_measure("Thu ngân sách", "percent", False), fitting_measure("Thu nội địa", "billion_vnd", True)
    (None, 'domestic-revenue')
    >>> [fitting_measure(name, "billion_usd", False) for name in ("Hàng – KNXK", "KNXK hàng")]
    ['export-turnover', None]
    """
    sort = sort_of(unit)
    grows = changes or unit == "percent_per_year"
    aspect = "change" if grows and sort == "percent" else "level"
    for part in (name.rpartition(" – ")[2], name):
        key = f" {fold(part)} "
        if aspect == "level" and sort == "percent" and _is_of_a_plan(key):
            aspect = "plan"
        for row in _alike().get((sort, aspect), ()):
            if _fits(row, key):
                return row["measure_id"]
        for row in _alike().get((sort, aspect), ()):
            if (key.strip(), row["measure_id"]) in _names():
                return row["measure_id"]
    return None


@cache
def _names() -> frozenset[tuple[str, str]]:
    """The other names of measures, each folded and with its measure."""
    return frozenset((fold(row["form"]), row["measure_id"]) for row in read_table("measure_names"))


@cache
def _alike() -> Mapping[tuple[str, str], tuple[Mapping[str, str], ...]]:
    """The rows of the reviewed table by sort of unit and aspect, in their order."""
    found: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in read_table("measures"):
        found.setdefault((sort_of(row["unit"]), row["aspect"]), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def sort_of(unit: str) -> str:
    """What must agree between units: money is money in any scale, communes are not schools.

    >>> [sort_of(unit) for unit in ("billion_vnd", "million_usd", "percent_per_year", "hectare", "commune", "death")]
    ['money', 'money', 'percent', 'area', 'commune', 'person']
    >>> sort_of("m2_per_person"), sort_of("tonne_per_year"), sort_of("per_100000_births")
    ('m2_per_person', 'mass', 'per_100000')
    """
    dimension = _dimensions().get(unit) or _dimensions().get(unit.partition("_per_year")[0], "")
    scaled = dimension in _SCALED and not (dimension == "area" and "_per_" in unit)
    return dimension if scaled else _ALIKE.get(unit, unit)


def _is_of_a_plan(key: str) -> bool:
    """
    >>> _is_of_a_plan(" thu so voi du toan nam "), _is_of_a_plan(" thu so voi nam ")
    (True, False)
    """
    bases = ("ke hoach", "du toan", "nghi quyet", "muc tieu", "chi tieu")
    return any(f" so voi {base} " in key for base in bases)


def _fits(row: Mapping[str, str], key: str) -> bool:
    """Whether one of a measure's alternatives stands in a name, all of its words, and nothing that rules it out.

    >>> row = {"words": "thu+thue|^phi", "without": "chi|no"}
    >>> [_fits(row, key) for key in (" thu va thue ", " thue ", " phi cho ", " cho phi ", " thue no thu ", " phi chi ")]
    [True, False, True, False, False, False]
    >>> _fits({"words": "thu", "without": ""}, " thu ")
    True
    """
    told, without = _words_of(row["words"], row["without"])
    return any(all(_stands(word, key) for word in some) for some in told) and not any(
        f" {word} " in key for word in without
    )


@cache
def _words_of(words: str, without: str) -> tuple[tuple[list[str], ...], list[str]]:
    """The words that tell a measure, all of some; and those that it is not named with.

    >>> _words_of("ty le+ngheo|ho ngheo", "")
    ((['ty le', 'ngheo'], ['ho ngheo']), [])
    """
    told = tuple(alternative.split("+") for alternative in words.split("|"))
    return told, [word for word in without.split("|") if word]


def _stands(word: str, key: str) -> bool:
    if word.startswith("^"):
        return key.startswith(f" {word[1:]} ")
    return f" {word} " in key


@cache
def _dimensions() -> Mapping[str, str]:
    return {row["unit_id"]: row["dimension"] for row in read_table("units")}
