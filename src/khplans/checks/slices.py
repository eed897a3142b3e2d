"""A package in slices of some plans each, so that memory does not grow with the number of plans.

Every table of a document's own rows lists the plans in one order, so each file is read once, from its
beginning to its end. What slices share (agencies, measures, instruments) is a slice of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.checks.package import Asked, CheckedPackage
from khplans.packages.reader import OwnReader
from khplans.packages.union import SHARED
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import TABLE_NAMES

if TYPE_CHECKING:
    import pyarrow as pa

TEXT_AT_ONCE = 4_000_000
"""Bytes of plan texts in a slice: a plan's rows are as many as its text is long."""

OWN = tuple(name for name in TABLE_NAMES if name not in SHARED)


@dataclass(frozen=True)
class Slice(CheckedPackage):
    """Some of a package's rows; `beyond` has the ids of rows elsewhere that these may point to."""

    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    of_plans: tuple[str, ...] = ()
    beyond: Mapping[str, Set[str]] = field(default_factory=dict)

    @cached_property
    def arrow(self) -> dict[str, pa.Table]:
        """The slice's rows; tables that it has none of are empty."""
        return {
            name: self.tables.get(name, arrow_schema(name).empty_table()) for name in TABLE_NAMES
        }

    @cached_property
    def plan_of(self) -> Mapping[str, str]:
        """The plan of each document of the whole package."""
        return self.owners

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans of this slice."""
        return self.of_plans

    @cached_property
    def known(self) -> Mapping[str, Set[str]]:
        """The ids of each table's rows, here and beyond."""
        return Asked(lambda name: self.beyond.get(name, frozenset()) | set(self.ids[name]))


class Slices:
    """A package's slices; `shared` is there once they have been gone through."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader = OwnReader(folder)
        self._tables = {name: self._reader.table(name) for name in SHARED}
        self._owners = self._reader.owners
        self.plans = tuple(sorted({*self._reader.plans, *self._owners.values()}))
        self._told: list[pa.Table] = []

    def __iter__(self) -> Iterator[Slice]:
        place = {plan: i for i, plan in enumerate(self.plans)}
        readers = {name: _SlicedRows(self._reader, name, place) for name in OWN}
        whole = Slice(self._folder, tables=self._tables)
        beyond = {name: frozenset(whole.ids[name]) for name in SHARED}
        for group in self._groups():
            last = place[group[-1]] if group else 0
            tables = {name: reader.up_to(last) for name, reader in readers.items()}
            self._told.append(_about_shared(tables["warnings"]))
            parents = set(tables["documents"]["parent_document_id"].to_pylist())
            around = {**beyond, "documents": parents & self._owners.keys()}
            yield Slice(self._folder, tables, self._owners, group, around)

    @property
    def shared(self) -> Slice:
        """The tables that plans share, with the warnings about them."""
        import pyarrow as pa

        none = arrow_schema("warnings").empty_table()
        tables = {**self._tables, "warnings": pa.concat_tables([none, *self._told])}
        beyond = {"documents": frozenset(self._owners)}
        return Slice(self._folder, tables, self._owners, (), beyond)

    def _groups(self) -> Iterator[tuple[str, ...]]:
        group: list[str] = []
        size = 0
        for plan in self.plans:
            name = f"sources/{plan}.txt"
            size += (self._folder / name).stat().st_size if name in self._reader.files else 0
            group.append(plan)
            if size >= TEXT_AT_ONCE:
                yield tuple(group)
                group, size = [], 0
        if group or not self.plans:
            yield tuple(group)


class _SlicedRows:
    """A table's rows from the file's beginning to its end."""

    def __init__(self, reader: OwnReader, name: str, place: Mapping[str, int]) -> None:
        self._owners, self._place = reader.owners, place
        self._empty = arrow_schema(name).empty_table()
        self._batches = reader.parts(name)
        self._held: pa.RecordBatch | None = None

    def up_to(self, last: int) -> pa.Table:
        """The next rows, until one of a plan after the one in the place `last`.

        A row of no plan, or of one before, is out of place: it is among those where it stands.
        """
        import pyarrow as pa

        parts = []
        while (batch := self._held or next(self._batches, None)) is not None:
            plans = enumerate(self._plans(batch))
            after = (i for i, plan in plans if self._place.get(plan or "", -1) > last)
            end = next(after, batch.num_rows)
            parts.append(batch.slice(0, end))
            self._held = batch.slice(end) if end < batch.num_rows else None
            if self._held:
                break
        return pa.Table.from_batches(parts) if parts else self._empty

    def _plans(self, batch: pa.RecordBatch) -> Iterator[str | None]:
        if "plan_id" in batch.schema.names:
            return iter(batch.column("plan_id").to_pylist())
        return map(self._owners.get, batch.column("document_id").to_pylist())


def _about_shared(warnings: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return warnings.filter(pc.is_in(warnings["table"], pa.array(SHARED)))
