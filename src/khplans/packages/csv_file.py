"""Tables as CSV: UTF-8 without a byte-order mark, LF, quoted as RFC 4180 asks; empty means null.

Written here rather than by a library, so that the bytes depend on no library's version.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from khplans.errors import refusal
from khplans.tables.definition import FieldType, Table
from khplans.text.numerals import plain_number

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

    import pyarrow as pa

T = TypeVar("T")

PART_ROWS = 4096
"""Rows that are held at once where a table is gone through."""

_MOST_OF_A_CELL = (1 << 31) - 1
"""Characters of a cell, which can be a whole plan; Python reads 131,072 unless it's told."""

_UNREADABLE = (ValueError, ArithmeticError, csv.Error)
_TO_QUOTE = re.compile(r'[",\r\n]')


def csv_reader(lines: Iterable[str]) -> CsvReader:
    """Reads CSV whose cells may be long; raises `csv.Error` for what is none."""
    csv.field_size_limit(_MOST_OF_A_CELL)
    return csv.reader(lines)


def csv_cell(value: object) -> str:
    """One value as it stands in a CSV file.

    >>> csv_cell(16687.0), csv_cell(8.1), csv_cell(None), csv_cell('ca "nóng", lạnh')
    ('16687', '8.1', '', '"ca ""nóng"", lạnh"')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return plain_number(value) if isinstance(value, float) else str(value)
    if _TO_QUOTE.search(value):
        return '"' + value.replace('"', '""') + '"'
    return value


def csv_lines(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The lines of rows, each with its line feed, without a header."""
    names = tuple(columns)
    for row in rows:
        yield ",".join([csv_cell(row[name]) for name in names]) + "\n"


def write_csv(path: Path, definition: Table, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Write a table given in parts; each is handed on once it is written."""
    with path.open("wb") as stream:
        stream.write(f"{','.join(definition.columns)}\n".encode())
        for part in parts:
            for batch in part.to_batches(max_chunksize=8192):
                lines = csv_lines(definition.columns, batch.to_pylist())
                stream.write("".join(lines).encode())
            yield part


def read_csv_rows(
    lines: Iterable[str], columns: Sequence[str], where: str, convert: Callable[[list[str]], T]
) -> Iterator[T]:
    """The rows of a table's CSV, each as `convert` makes it of its cells.

    Raises `KhplansError`, with its line, for what is no CSV of UTF-8, has another header than
    `columns`, or has a row of more or fewer cells, or one that `convert` refuses.

    >>> list(read_csv_rows(["id,n\\n", "a,1\\n"], ("id", "n"), "t.csv", tuple))
    [('a', '1')]
    """
    reader = csv_reader(lines)
    try:
        if tuple(next(reader, ())) != tuple(columns):
            raise refusal("csv-of-other-columns", f"{where}:1")
        for cells in reader:
            if len(cells) != len(columns):
                raise ValueError(f"{len(cells)} ≠ {len(columns)}")
            yield convert(cells)
    except _UNREADABLE as error:
        raise refusal(
            "csv-row-of-other-type", f"{where}:{reader.line_num}", error=str(error)[:200]
        ) from error


def typed(definition: Table) -> Callable[[list[str]], list[object]]:
    """How the cells of a table's row become values of the types that its definition says."""
    types = [field.type for field in definition.fields]
    return lambda cells: [_value(kind, cell) for kind, cell in zip(types, cells, strict=True)]


def arrow_parts(rows: Iterator[list[object]], definition: Table) -> Iterator[pa.Table]:
    """Typed rows in parts of `PART_ROWS` (the last of what is left)."""
    import pyarrow as pa

    from khplans.tables.arrow import arrow_schema

    schema = arrow_schema(definition.name)
    while part := list(islice(rows, PART_ROWS)):
        columns = [list(column) for column in zip(*part, strict=True)]
        yield pa.table(columns, schema=schema)


def _value(kind: FieldType, cell: str) -> object:
    """A cell in its column's type; None for an empty one.

    >>> _value("integer", "5"), _value("number", "5"), _value("date", "2025-01-02"), _value("string", "5"), _value("number", "")
    (5, 5.0, datetime.date(2025, 1, 2), '5', None)
    """
    if not cell:
        return None
    if kind == "integer":
        return _integer(cell)
    if kind == "number":
        return float(cell)
    if kind == "date":
        return datetime.date.fromisoformat(cell)
    return cell


def _integer(cell: str) -> int:
    """A number that Arrow's 32 bits hold; raises `ValueError` for any other.

    >>> _integer("-2147483648")
    -2147483648
    >>> _integer("2147483648")
    Traceback (most recent call last):
    ValueError: 2147483648
    """
    number = int(cell)
    if not -(1 << 31) <= number < 1 << 31:
        raise ValueError(cell)
    return number
