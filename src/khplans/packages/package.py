"""A package on disk: its tables as CSV and Parquet, the sources they point into, its descriptor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.errors import refusal
from khplans.outside import read_object
from khplans.packages.csv_file import write_csv
from khplans.packages.descriptor import DESCRIPTOR, PackagedPlan, PackageWords, write_descriptor
from khplans.packages.parquet_file import write_parquet
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import Table, tables
from khplans.tables.rows import Row, Rows

if TYPE_CHECKING:
    import pyarrow as pa

MADE_BY = "khplans extract"
"""What a package that is no part of a catalogue says of itself."""

CHECKS = "checks.json"
"""The results of the checks of a package, which these write into it; no part of its data."""


def write_package(
    folder: Path,
    words: PackageWords,
    plans: Sequence[PackagedPlan],
    rows: Rows,
    sources: Mapping[str, str],
) -> None:
    """Write a package into an empty folder. `sources` are the decoded texts by plan id."""
    for definition in tables():
        write_table(folder, definition, [as_arrow(definition, rows[definition.name])])
    (folder / "sources").mkdir()
    for plan_id, text in sorted(sources.items()):
        path = folder / "sources" / f"{plan_id}.txt"
        path.write_text(text, encoding="utf-8", newline="")
    write_descriptor(folder, words, plans)


def write_table(folder: Path, definition: Table, parts: Iterable[pa.Table]) -> None:
    """Write a table in both forms; `parts` is gone through once."""
    seen = write_csv(folder / f"{definition.name}.csv", definition, parts)
    write_parquet(folder / f"{definition.name}.parquet", definition, seen)


def as_arrow(definition: Table, rows: Sequence[Row]) -> pa.Table:
    """Rows with the types of their table's definition."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=arrow_schema(definition.name))


def refuse_others(folder: Path) -> None:
    """Raise `KhplansError` where a folder holds anything but an earlier extract, which may be replaced.

    >>> from khplans.errors import KhplansError
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     def held():
    ...         try: return refuse_others(Path(folder))
    ...         except KhplansError as error: return error.what.partition(" / ")[2]
    ...     told = [held()]
    ...     for made_by in ("khplans", MADE_BY):
    ...         _ = Path(folder, DESCRIPTOR).write_text(f'{{"madeBy": "{made_by}"}}')
    ...         told.append(held())
    ...     Path(folder, "a.docx").touch()
    ...     [*told, held()]
    [None, 'the package there is no earlier extract', None, 'holds other files']
    """
    refuse_strange(folder, lambda path: path.name in _names())
    if not folder.exists() or not any(folder.iterdir()):
        return
    descriptor = folder / DESCRIPTOR
    where = str(descriptor)
    said = read_object(descriptor.read_bytes(), where, {}) if descriptor.is_file() else {}
    if said.get("madeBy") != MADE_BY:
        raise refusal("package-not-ours", folder)


def refuse_strange_folders(folder: Path) -> None:
    """Raise `KhplansError` where a folder that packages are to replace holds anything else."""
    refuse_strange(folder, _is_package)


def refuse_strange(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    """Raise `KhplansError` for a folder that is none, or holds what a test says isn't ours.

    >>> from khplans.errors import KhplansError
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     (path := Path(folder, "a.txt")).touch()
    ...     refuse_strange(Path(folder), lambda one: one.name == "a.txt"), refuse_strange(Path(folder, "b"), bool)
    ...     for where in (Path(folder), path):
    ...         try: refuse_strange(where, lambda one: False)
    ...         except KhplansError as error: error.what.partition(" / ")[2]
    (None, None)
    'holds other files'
    'a file, a folder is wanted'
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise refusal("file-not-folder", folder)
    strange = sorted(path.name for path in folder.iterdir() if not is_ours(path))
    if strange:
        raise refusal("folder-with-others", folder, names=", ".join(strange[:3]))


def _is_package(folder: Path) -> bool:
    """Whether a folder holds a package, or what is left of one.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     folders = [Path(folder, name) for name in ("empty", "tables", "strange", "described")]
    ...     for one, names in zip(folders, ([], ["tasks.csv"], ["a.docx"], ["a.docx", DESCRIPTOR])):
    ...         one.mkdir()
    ...         for name in names: (one / name).touch()
    ...     [_is_package(one) for one in folders], _is_package(Path(folder, "none"))
    ([True, True, False, True], False)
    """
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()}
    return DESCRIPTOR in names or names <= _names()


def _names() -> set[str]:
    tabular = {f"{one.name}.{form}" for one in tables() for form in ("csv", "parquet")}
    return tabular | {DESCRIPTOR, CHECKS, "sources"}
