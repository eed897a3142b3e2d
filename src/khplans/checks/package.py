"""A package as the checks see it: what is on the disk, and nothing that the build knew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from khplans.packages.reader import OwnReader
from khplans.tables.definition import TABLE_NAMES, table
from khplans.tables.rows import Row, row_ids

if TYPE_CHECKING:
    import pyarrow as pa

K = TypeVar("K")
T = TypeVar("T")


class Asked(dict[K, T]):
    """What there is by its key (of each table by its name), made when it is first asked for.

    >>> Asked(len)["tasks"]
    5
    """

    def __init__(self, make: Callable[[K], T]) -> None:
        self._make = make

    def __missing__(self, key: K) -> T:
        self[key] = made = self._make(key)
        return made


@dataclass(frozen=True)
class CheckedPackage:
    """The package in a folder."""

    folder: Path

    @cached_property
    def reader(self) -> OwnReader:
        """What reads its files."""
        return OwnReader(self.folder)

    @cached_property
    def about(self) -> Mapping[str, tuple[pa.Schema, int]]:
        """The types of each table's columns and the number of its rows, from the end of its Parquet file alone."""
        return Asked(self.reader.about)

    @cached_property
    def arrow(self) -> Mapping[str, pa.Table]:
        """The tables as their Parquet files have them."""
        return Asked(self.reader.table)

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The same as Python values."""
        return {name: self.arrow[name].to_pylist() for name in TABLE_NAMES}

    @cached_property
    def sources(self) -> dict[str, str]:
        """The source texts by plan id."""
        here = self.reader.files
        return {
            plan: self.reader.text(plan) for plan in self.plans if f"sources/{plan}.txt" in here
        }

    @property
    def text_hashes(self) -> dict[str, str]:
        """The hash of each source text, by its path, as the descriptor gives it."""
        resources = self.reader.descriptor["resources"]
        return {one["path"]: one["hash"] for one in resources if one["path"].startswith("sources/")}

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans whose documents or texts are here."""
        return tuple(dict.fromkeys([*self.plan_of.values(), *self.reader.plans]))

    @cached_property
    def plan_of(self) -> Mapping[str, str]:
        """The plan of each document."""
        return self.reader.owners

    def plan_of_row(self, row: Row) -> str:
        """The plan that a row's offsets count in; empty where there is none."""
        return str(row.get("plan_id") or self.plan_of.get(row["document_id"], ""))

    def told(self, name: str, code: str) -> frozenset[str]:
        """Ids of the rows of a table that a warning of that code tells of."""
        return frozenset(
            row["row_id"]
            for row in self.rows["warnings"]
            if row["table"] == name and row["code"] == code
        )

    @cached_property
    def ids(self) -> Mapping[str, list[str]]:
        """The ids of each table's rows, in order."""
        return Asked(lambda name: row_ids(table(name), self.arrow[name]))

    @cached_property
    def known(self) -> Mapping[str, Set[str]]:
        """The ids of each table that rows here may point to."""
        return Asked(lambda name: frozenset(self.ids[name]))
