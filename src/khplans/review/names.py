"""Names that no table of knowledge has: the nearest known, and a row for them in the catalogue's own tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from khplans.errors import KhplansError, both
from khplans.intake.review_file import csv_bytes
from khplans.knowledge.schema import knowledge_schema
from khplans.knowledge.table import library_rows, parse_table, read_table
from khplans.review.files import alone, write
from khplans.settings import SETTINGS
from khplans.tables.rows import Row
from khplans.text.fold import fold

UNKNOWN = {"agency-unknown": "agencies", "unit-unknown": "units"}
"""The doubts that tell of a name which no table of knowledge has, and that table."""
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that is not in a table, with the known names that are nearest."""

    table: str
    name: str
    near: tuple[str, ...]


def unknown_names(doubts: list[Row]) -> list[Unknown]:
    """The unknown names that some doubts tell of."""
    found: dict[str, Unknown] = {}
    for doubt in doubts:
        if doubt["code"] in UNKNOWN:
            name = str(doubt["message"]).partition(": ")[2]
            table = UNKNOWN[doubt["code"]]
            found.setdefault(name, Unknown(table, name, _nearest(table, name)))
    return list(found.values())


@lru_cache(maxsize=1 << 10)
def _nearest(table: str, name: str) -> tuple[str, ...]:
    known = {fold(row["name"]): row["name"] for row in read_table(table)}
    return tuple(known[one] for one in get_close_matches(fold(name), known, _NEAR, 0.5))


def learn(catalogue: Path, unknown: Unknown, told: Mapping[str, str], seen: str) -> None:
    """Write a name into the catalogue's own knowledge: as another writing of a known one, or as a new agency.

    `told` has either `known` or, of an agency, `name_en` and `kind`; `seen` is where it was first seen.
    The next build knows it. Raises `KhplansError` for a row that its table does not allow.
    """
    if not (catalogue / SETTINGS).is_file():
        raise KhplansError(
            both(
                f"không có {SETTINGS}: tri thức riêng không được đọc",
                "no catalogue: knowledge of its own is not read",
            ),
            where=str(catalogue),
            remedy=both("tạo danh mục", "make a catalogue: khplans init"),
        )
    name, known = unknown.name, told.get("known", "").strip()
    if unknown.table == "units":
        units = {row["name"]: row["unit_id"] for row in read_table("units")}
        form = {"form": name.lower(), "unit_id": units.get(known, known), "factor": "1"}
        _write(catalogue, "unit_forms", form)
    elif known:
        _write(catalogue, "agency_names", {"name": known, "form": name, "source": seen})
    else:
        place = "central" if told.get("kind") == "central" else "drop"
        row = {**told, "name": name, "place": place, "head": "", "source": seen}
        _write(catalogue, "agencies", row)


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
