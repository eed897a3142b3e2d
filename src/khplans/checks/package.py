"""A package as the checks see it: what is on the disk, and nothing that the build knew."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khplans.errors import KhplansError, both
from khplans.packages.described import read_descriptor
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.parquet_file import read_parquet
from khplans.packages.store import Store
from khplans.tables.definition import TABLE_NAMES, table
from khplans.tables.rows import Row, row_id

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class CheckedPackage:
    """The package in a folder."""

    folder: Path

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """datapackage.json; raises `KhplansError` where there is none."""
        return read_descriptor(Store(self.folder).read(DESCRIPTOR), str(self.folder / DESCRIPTOR))

    @cached_property
    def arrow(self) -> dict[str, pa.Table]:
        """The tables as their Parquet files have them."""
        try:
            return {name: read_parquet(self.folder / f"{name}.parquet") for name in TABLE_NAMES}
        except (OSError, ValueError) as error:
            raise unreadable(self.folder, error) from error

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The same as Python values."""
        return {name: data.to_pylist() for name, data in self.arrow.items()}

    @cached_property
    def sources(self) -> dict[str, str]:
        """The source texts by plan id."""
        store = Store(self.folder)
        names = ((plan, f"sources/{plan}.txt") for plan in self.plans)
        try:
            return {plan: store.read(name).decode("utf-8") for plan, name in names if name in store}
        except UnicodeDecodeError as error:
            raise unreadable(self.folder, error) from error

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans whose documents or texts are here."""
        there = (path.stem for path in sorted((self.folder / "sources").glob("*.txt")))
        return tuple(dict.fromkeys([*self.plan_of.values(), *there]))

    @cached_property
    def plan_of(self) -> dict[str, str]:
        """The plan of each document."""
        return {row["document_id"]: row["plan_id"] for row in self.rows["documents"]}

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


def unreadable(folder: Path, error: Exception) -> KhplansError:
    """The error for a table that isn't there or is damaged."""
    return KhplansError(
        both(f"không đọc được bảng ({error})", "a table can't be read"),
        where=str(folder),
        remedy=both("chạy lại khplans build", "run khplans build again"),
    )
