"""Where a collection takes its tables and texts from: a release's files, or a plan just read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from khplans.client.frames import categories_of, with_dictionaries
from khplans.client.release_files import HeldFiles, ReleaseFiles, beside_a_text
from khplans.client.typed_names import unknown
from khplans.packages.reader import PackageReader

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

    def beside(self, plan_id: str) -> Mapping[str, bytes]:
        """What is kept beside the text of a plan, by the file's name: its layout, what people judged of it."""
        ...


class ReleaseBacking:
    """The tables and texts of a release's files."""

    def __init__(self, files: ReleaseFiles) -> None:
        self.files = files
        self._reader = PackageReader(files, files.descriptor)
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

    @property
    def names(self) -> tuple[str, ...]:
        return self._reader.names

    def schema(self, table: str) -> Mapping[str, Any]:
        if table not in self.names:
            raise unknown("bảng", "table", table, self.names)
        return self._reader.schema(table)

    def table(self, name: str) -> pa.Table:
        if name not in self._tables:
            categories = categories_of(self.schema(name))
            self._tables[name] = with_dictionaries(self._reader.table(name), categories)
        return self._tables[name]

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it can be pickled: with the bytes of its files, which are checked again."""
        return _unpickled, (self.where, self.files.read_by_client())

    def text(self, plan_id: str) -> str:
        if plan_id not in self._reader.plans:
            raise unknown("kế hoạch", "plan", plan_id, self._reader.plans)
        return self._reader.text(plan_id)

    def beside(self, plan_id: str) -> Mapping[str, bytes]:
        listed = set(self.files.names())
        paths = {name: f"plans/{plan_id}/{name}" for name in beside_a_text()}
        return {name: self.files.read(path) for name, path in paths.items() if path in listed}


def _unpickled(where: str, files: Mapping[str, bytes]) -> ReleaseBacking:
    return ReleaseBacking(ReleaseFiles(HeldFiles(files, where), where))
