"""The one reader of a package: its tables in Arrow and its plans' texts, from wherever its files are.

Files come from others: each is reached through no link, each table has the columns that it should
have and a bound on what it unpacks to, and what can't be read is told with its place.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeVar

from khplans.errors import KhplansError, both, refusal
from khplans.packages.csv_file import PART_ROWS, read_csv_rows
from khplans.packages.described import read_descriptor
from khplans.packages.descriptor import DESCRIPTOR
from khplans.packages.store import Store
from khplans.tables.definition import TABLE_NAMES, table
from khplans.tables.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

T = TypeVar("T")

MOST_ROWS = 100_000_000
"""Rows of a table: a hundred thousand plans have a tenth of that."""

MOST_OF_A_TABLE = 4_000_000_000
"""Bytes that what is held of a table at once (all of it, or a row group) unpacks to."""

_WORTH_THREADS = 4_000_000  # bytes: a smaller table is read sooner by one thread


class Files(Protocol):
    """A package's files by their paths; a `Store` is one, a release's checked files are another."""

    @property
    def where(self) -> str:
        """What people call the place: a folder, a zip, an address."""
        ...

    def names(self) -> list[str]: ...

    def __contains__(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises `KhplansError` where it isn't there."""
        ...

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """One file, to be read bit by bit; raises as `read` does."""
        ...


class PackageReader:
    """Reads the tables and texts of a package.

    The tables are those that its descriptor names (read here where it isn't given). Raises `KhplansError` for what isn't there or
    isn't readable.
    """

    def __init__(self, files: Files, descriptor: Mapping[str, Any] | None = None) -> None:
        self.files = files
        if descriptor is not None:
            self.descriptor = descriptor

    @property
    def where(self) -> str:
        """Where the package is, for people."""
        return self.files.where

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """datapackage.json, held to its form."""
        return read_descriptor(self.files.read(DESCRIPTOR), f"{self.where}/{DESCRIPTOR}")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that there are as Parquet, in the package's order."""
        return tuple(self._tables)

    @cached_property
    def _tables(self) -> dict[str, Mapping[str, Any]]:
        return {
            resource["name"].removesuffix("-parquet"): resource
            for resource in self.descriptor["resources"]
            if resource.get("format") == "parquet"
        }

    def schema(self, name: str) -> Mapping[str, Any]:
        """The Table Schema of a table."""
        schema: Mapping[str, Any] = self._tables[name]["schema"]
        return schema

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table's rows, whole or some columns of them."""
        path, there = self._place(name, "parquet")
        with self._parquet(path, there) as file:
            return read_whole(file, columns or there)

    def parts(self, name: str, rows: int = PART_ROWS) -> Iterator[pa.RecordBatch]:
        """A table's rows in parts of so many (the last of what is left), one at a time in memory."""
        path, columns = self._place(name, "parquet")
        with self._parquet(path, columns) as file:
            _refuse_larger(max(_unpacked(file.metadata, columns), default=0))
            yield from file.iter_batches(rows, use_threads=False)

    def rows(self, name: str, columns: Sequence[str] | None = None) -> list[Row]:
        """As `table`, in Python values: dates are `datetime.date`, missing values None."""
        rows: list[Row] = self.table(name, columns).to_pylist()
        return rows

    def about(self, name: str) -> tuple[pa.Schema, int]:
        """The columns that a table's file has with their types, and how many rows, from the end of it alone."""
        with self._parquet(self._place(name, "parquet")[0]) as file:
            return file.schema_arrow, int(file.metadata.num_rows)

    def csv_rows(self, name: str, convert: Callable[[list[str]], T]) -> Iterator[T]:
        """The rows of a table's CSV file, each as `convert` makes it of its cells."""
        path, columns = self._place(name, "csv")
        with self.files.open(path) as stream:
            lines = io.TextIOWrapper(stream, "utf-8", newline="")
            yield from read_csv_rows(lines, columns, f"{self.where}/{path}", convert)

    def _place(self, name: str, form: str) -> tuple[str, list[str]]:
        """The path of a table's file of that form, and the columns that it should have."""
        tables = self._tables if form == "parquet" else csv_resources(self.descriptor)
        return str(tables[name]["path"]), [one["name"] for one in tables[name]["schema"]["fields"]]

    @cached_property
    def owners(self) -> dict[str, str]:
        """The plan of each document."""
        found = self.table("documents", ("document_id", "plan_id"))
        return dict(zip(*(column.to_pylist() for column in found.columns), strict=True))

    @cached_property
    def plans(self) -> tuple[str, ...]:
        """The plans whose texts are here."""
        paths = map(PurePosixPath, self.files.names())
        return tuple(p.stem for p in paths if str(p.parent) == "sources" and p.suffix == ".txt")

    def text(self, plan_id: str) -> str:
        """A plan's source text: what `start` and `end` of the tables point into."""
        path = f"sources/{plan_id}.txt"
        try:
            return self.files.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            what = both("không phải UTF-8", f"not UTF-8 ({error.reason})")
            raise _unreadable(what, f"{self.where}/{path}") from error

    @contextmanager
    def _parquet(self, path: str, columns: Sequence[str] = ()) -> Iterator[pq.ParquetFile]:
        """An open Parquet file, which has these columns where any are named."""
        try:
            with self.files.open(path) as stream, open_parquet(stream) as file:
                if columns and file.schema_arrow.names != list(columns):
                    raise _of_other_columns(
                        f"{self.where}/{path}", file.schema_arrow.names, columns
                    )
                yield file
        except (OSError, ValueError, KeyError) as error:
            what = both(f"không đọc được bảng ({str(error)[:200]})", "the table can't be read")
            raise _unreadable(what, f"{self.where}/{path}") from error


def _of_other_columns(where: str, there: Sequence[str], columns: Sequence[str]) -> KhplansError:
    """The error of a table whose columns aren't those that it should have, mostly since another khplans made it.

    >>> [_of_other_columns("p", there, ["a", "b"]).what[-24:] for there in (["a", "c"], ["a", "b"])]
    [' (lacking: b; beyond: c)', ' (lacking: -; beyond: -)']
    """
    lacking = ", ".join(name for name in columns if name not in there) or "-"
    beyond = ", ".join(name for name in there if name not in columns) or "-"
    return refusal("table-of-other-columns", where, lacking=lacking, beyond=beyond)


class OwnReader(PackageReader):
    """Reads a package of today's form, whose tables are those of the definitions.

    Its descriptor isn't asked for them: reading that takes longer than reading a plan's tables.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(Store(folder))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables."""
        return TABLE_NAMES

    def _place(self, name: str, form: str) -> tuple[str, list[str]]:
        return f"{name}.{form}", list(table(name).columns)


def csv_resources(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The resources that are CSV tables by their names, in the descriptor's order."""
    return {r["name"]: r for r in descriptor["resources"] if str(r["path"]).endswith(".csv")}


@contextmanager
def open_parquet(stream: IO[bytes]) -> Iterator[pq.ParquetFile]:
    """A Parquet file of no more than `MOST_ROWS` rows; raises `ValueError` for what is none.

    A file in an archive or in memory is read whole.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Files are opened by the caller and not by Arrow, which takes no path that isn't UTF-8.
    on_disk = isinstance(stream, io.BufferedReader)
    try:
        with pq.ParquetFile(stream if on_disk else pa.BufferReader(stream.read())) as file:
            if file.metadata.num_rows > MOST_ROWS:
                raise ValueError(f"> {MOST_ROWS:,} rows")
            yield file
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error).partition("\n")[0]) from error


def read_whole(file: pq.ParquetFile, columns: Sequence[str]) -> pa.Table:
    """All rows of some columns; raises `ValueError` for more than `MOST_OF_A_TABLE`."""
    size = sum(_unpacked(file.metadata, columns))
    _refuse_larger(size)
    return file.read(list(columns), use_threads=size > _WORTH_THREADS).select(list(columns))


def _unpacked(about: pq.FileMetaData, columns: Sequence[str]) -> list[int]:
    """Bytes that some columns of each row group unpack to."""
    places = [i for i, name in enumerate(about.schema.names) if name in set(columns)]
    groups = (about.row_group(i) for i in range(about.num_row_groups))
    return [sum(group.column(i).total_uncompressed_size for i in places) for group in groups]


def _refuse_larger(size: int) -> None:
    """Raises `ValueError` for a table that unpacks to more than fits.

    >>> _refuse_larger(MOST_OF_A_TABLE)
    >>> _refuse_larger(MOST_OF_A_TABLE + 1)
    Traceback (most recent call last):
    ValueError: > 4,000,000,000 bytes
    """
    if size > MOST_OF_A_TABLE:
        raise ValueError(f"> {MOST_OF_A_TABLE:,} bytes")


def _unreadable(what: str, where: str) -> KhplansError:
    return KhplansError(
        "package-broken",
        what,
        where=where,
        remedy=both(
            "chạy lại khplans build, hoặc tải lại; nếu vẫn vậy, báo cho nơi phát hành",
            "run khplans build again, or download it again; else tell its publisher",
        ),
    )
