"""Where a collection takes its tables and texts from: a release's files, or a plan just read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from khplans.client.files import ReleaseFiles
from khplans.client.frames import arrow_table
from khplans.client.names import unknown
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    import pyarrow as pa


class Backing(Protocol):
    """Gives a collection its tables, its plans' texts and what is said about them."""

    @property
    def where(self) -> str: ...

    @property
    def version(self) -> str | None: ...

    @property
    def released(self) -> str | None:
        """The ISO date of the release; None for what is no release."""
        ...

    @property
    def descriptor(self) -> Mapping[str, Any]: ...

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables, in the package's order."""
        ...

    def schema(self, table: str) -> Mapping[str, Any]:
        """The Table Schema of a table; raises `UnknownNameError` where there is no such table."""
        ...

    def table(self, name: str) -> pa.Table: ...

    def text(self, plan_id: str) -> str:
        """A plan's source text: what `start` and `end` of the tables point into."""
        ...


class ReleaseBacking:
    """The tables and texts of a release's files."""

    def __init__(self, files: ReleaseFiles) -> None:
        self.files = files
        self._tables: dict[str, pa.Table] = {}

    @property
    def where(self) -> str:
        return self.files.where

    @property
    def version(self) -> str | None:
        return self.files.version

    @property
    def released(self) -> str | None:
        released = self.files.facts.get("released")
        return str(released) if released else None

    @property
    def descriptor(self) -> Mapping[str, Any]:
        return self.files.descriptor

    @cached_property
    def _parquet(self) -> dict[str, Mapping[str, Any]]:
        return {
            resource["name"].removesuffix("-parquet"): resource
            for resource in self.descriptor["resources"]
            if resource.get("format") == "parquet"
        }

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parquet)

    def schema(self, table: str) -> Mapping[str, Any]:
        if table not in self._parquet:
            raise unknown("bảng", "table", table, self._parquet)
        schema: Mapping[str, Any] = self._parquet[table]["schema"]
        return schema

    def table(self, name: str) -> pa.Table:
        if name not in self._tables:
            schema = self.schema(name)
            path: str = self._parquet[name]["path"]
            self._tables[name] = arrow_table(self.files.read(path), schema, f"{self.where}/{path}")
        return self._tables[name]

    def text(self, plan_id: str) -> str:
        path = f"sources/{plan_id}.txt"
        paths = [str(resource.get("path", "")) for resource in self.descriptor["resources"]]
        if path not in paths:
            plans = [Path(p).stem for p in paths if p.startswith("sources/")]
            raise unknown("kế hoạch", "plan", plan_id, plans)
        try:
            return self.files.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise KhplansError(
                both("không phải UTF-8", f"not UTF-8 ({error.reason})"),
                where=f"{self.where}/{path}",
                remedy=both("báo cho nơi phát hành", "tell its publisher"),
            ) from error
