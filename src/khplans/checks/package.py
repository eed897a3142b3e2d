"""A package as the checks see it: what is on the disk, and nothing that the build knew."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.packages.reader import OwnReader
from khplans.tables.definition import table
from khplans.tables.rows import Row, row_id

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class CheckedPackage:
    """The package in a folder."""

    folder: Path

    @cached_property
    def reader(self) -> OwnReader:
        """What reads its files."""
        return OwnReader(self.folder)

    @cached_property
    def arrow(self) -> Mapping[str, pa.Table]:
        """The tables as their Parquet files have them."""
        return {name: self.reader.table(name) for name in self.reader.names}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The same as Python values."""
        return {name: data.to_pylist() for name, data in self.arrow.items()}

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

    def ids(self, name: str) -> list[str]:
        """The ids of a table's rows, in order."""
        definition = table(name)
        keys = self.arrow[name].select(definition.primary_key).to_pylist()
        return [row_id(definition, key) for key in keys]

    def known(self, name: str) -> Set[str]:
        """The ids that rows here may point to."""
        return set(self.ids(name))
