"""Names that no table of knowledge has: the nearest known, and a row for them in the catalogue's own tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from khplans.errors import refusal
from khplans.intake.review_file import csv_bytes
from khplans.knowledge.schema import knowledge_schema
from khplans.knowledge.table import library_rows, parse_table, read_table
from khplans.knowledge.units import is_known_unit, unit_of, units
from khplans.linking.measures import measures_like
from khplans.review.files import alone, write
from khplans.review.items import Item
from khplans.settings import SETTINGS
from khplans.text.fold import fold, slug

UNKNOWN = {"agency-unknown": "agencies", "unit-unknown": "units", "measure-unknown": "measures"}
"""The doubts that tell of a name which no table of knowledge has, and that table."""
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that is not in a table, with the known names that are nearest.

    Of what is measured `unit` and `change` are those of the indicator.
    """

    table: str
    name: str
    near: tuple[str, ...]
    unit: str = ""
    change: str = ""


def unknown_names(item: Item) -> list[Unknown]:
    """The unknown names that the doubts about a row tell of."""
    found: dict[str, Unknown] = {}
    for doubt in item.doubts:
        name = str(doubt["message"]).partition(": ")[2]
        if doubt["code"] == "measure-unknown":
            unit, change = item.values["unit"], item.values["change"]
            near = _nearest_measures(name, unit, change)
            found.setdefault(name, Unknown("measures", name, near, unit, change))
        elif doubt["code"] in UNKNOWN:
            table = UNKNOWN[doubt["code"]]
            found.setdefault(name, Unknown(table, name, _nearest(table, name)))
    return list(found.values())


@lru_cache(maxsize=1 << 10)
def _nearest(table: str, name: str) -> tuple[str, ...]:
    return _alike(name, [row["name"] for row in read_table(table)])


@lru_cache(maxsize=1 << 10)
def _nearest_measures(name: str, unit: str, change: str) -> tuple[str, ...]:
    """Of the measures in such a unit alone: another can't be meant."""
    return _alike(name, [one.name for one in measures_like(name, unit_of(unit), change)])


def _alike(name: str, names: Iterable[str]) -> tuple[str, ...]:
    known = {fold(one): one for one in names}
    return tuple(known[one] for one in get_close_matches(fold(name), known, _NEAR, 0.5))


def unit_told(written: str) -> str:
    """The id of a unit that a person writes by its id, by its name or as plans write it; what is none as it was.

    >>> unit_told("tonne_per_hectare"), unit_told("tấn/ha"), unit_told("hectares"), unit_told("nghìn tấn")
    ('tonne_per_hectare', 'tonne_per_hectare', 'hectare', 'nghìn tấn')
    """
    words = " ".join(written.split())
    if not words or is_known_unit(unit_of(words)):
        return words
    by_name = {
        fold(name): one.unit_id for one in units().values() for name in (one.name_en, one.name)
    }
    if known := by_name.get(fold(words)):
        return known
    from khplans.extraction.indicators.units import read_unit

    read = read_unit(words, 0)
    is_whole = read is not None and read.end == len(words) and read.factor == 1
    return read.unit.unit_id if read and is_whole else words


def learn(catalogue: Path, unknown: Unknown, told: Mapping[str, str], seen: str) -> None:
    """Write a name into the catalogue's own knowledge: as another writing of a known one, or as a new one.

    `told` has either `known` or `name_en` with, of an agency, its `kind` and, of what is measured, its `theme`;
    `seen` is where it was first seen. The next build knows it. Raises `KhplansError` for a row that its table does not allow.
    """
    if not (catalogue / SETTINGS).is_file():
        raise refusal("no-catalogue-here", catalogue, settings=SETTINGS)
    name, known = unknown.name, told.get("known", "").strip()
    if unknown.table == "units":
        form = {"form": name.lower(), "unit_id": unit_told(known), "factor": "1"}
        _write(catalogue, "unit_forms", {**form, "source": seen})
    elif unknown.table == "measures":
        table, row = _measure_row(unknown, known, told)
        _write(catalogue, table, {**row, "source": seen})
    elif known:
        _write(catalogue, "agency_names", {"name": known, "form": name, "source": seen})
    else:
        place = "central" if told.get("kind") == "central" else "drop"
        row = {**told, "name": name, "place": place, "head": "", "source": seen}
        _write(catalogue, "agencies", row)


def _measure_row(
    unknown: Unknown, known: str, told: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """The table and the row of what is measured: another name of a known measure, or a new one.

    Raises `KhplansError` where the known one is not measured in such a unit.
    """
    unit = unit_of(unknown.unit)
    fitting = measures_like(unknown.name, unit, unknown.change)
    if not known:
        change = "change" if unknown.change != "level" and unit.dimension == "percent" else "level"
        return "measures", {
            "measure_id": slug(unknown.name), "name": unknown.name, "name_en": told.get("name_en", ""),
            "theme": told.get("theme", ""), "unit": unit.unit_id, "aspect": change,
            "words": f"^{fold(unknown.name)}",
        }  # fmt: skip
    meant = next((one for one in fitting if known in (one.name, one.measure_id)), None)
    if meant is None:
        raise refusal("measure-unknown", known=known, unit=unit)
    return "measure_names", {"measure_id": meant.measure_id, "form": unknown.name}


def _write(catalogue: Path, table: str, row: Mapping[str, str]) -> None:
    """Add a row to one of the catalogue's own tables, whole or not at all."""
    plans, path = catalogue / "plans", catalogue / "knowledge" / f"{table}.csv"
    header = knowledge_schema(table).header
    new = csv_bytes(header, [[row.get(column, "") for column in header]]).decode()
    first, _, line = new.partition("\n")

    def read(made: Path) -> object:
        lines = made.read_text("utf-8").splitlines()
        return parse_table(table, lines, path.as_posix(), library_rows(table))

    with alone(plans):
        old = path.read_text("utf-8-sig").rstrip("\n") if path.is_file() else ""
        write(path, f"{old or first}\n{line}".encode(), plans, read)
