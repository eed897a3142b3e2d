"""Tables as CSV: UTF-8 without a byte-order mark, LF, quoted as RFC 4180 asks; empty means null.

Written here rather than by a library, so that the bytes depend on no library's version.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khplans.errors import KhplansError, both
from khplans.tables.definition import FieldType, Table
from khplans.text.numerals import plain_number

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

    import pyarrow as pa

PART_ROWS = 4096
"""Rows that are held at once where a table is gone through."""

_MOST_OF_A_CELL = (1 << 31) - 1
"""Characters of a cell, which can be a whole plan; Python reads 131,072 unless it's told."""

_AGAIN = both("chạy lại khplans build", "run khplans build again")
_UNREADABLE = (ValueError, OverflowError, csv.Error)
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
    if isinstance(value, float):
        return plain_number(value)
    text = value if isinstance(value, str) else str(value)
    if _TO_QUOTE.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_lines(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The lines of rows, each with its line feed, without a header."""
    names = tuple(columns)
    for row in rows:
        yield ",".join(csv_cell(row[name]) for name in names) + "\n"


def write_csv(path: Path, definition: Table, parts: Iterable[pa.Table]) -> int:
    """Write a table given in parts; returns the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(definition.columns) + "\n")
        for part in parts:
            for batch in part.to_batches(max_chunksize=8192):
                rows = batch.to_pylist()
                stream.writelines(csv_lines(definition.columns, rows))
                count += len(rows)
    return count


def read_csv(path: Path, definition: Table) -> pa.Table:
    """Read a table back with the types of its definition.

    Raises `KhplansError` where the header or a value is not what the definition says.
    """
    import pyarrow as pa

    from khplans.tables.arrow import arrow_schema

    parts = list(csv_parts(path, definition, PART_ROWS))
    return pa.concat_tables(parts) if parts else arrow_schema(definition.name).empty_table()


def csv_parts(path: Path, definition: Table, rows: int) -> Iterator[pa.Table]:
    """As `read_csv`, in parts of so many rows (the last of what is left)."""
    import pyarrow as pa

    from khplans.tables.arrow import arrow_schema

    schema = arrow_schema(definition.name)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv_reader(stream)
        if _header(reader, path) != definition.columns:
            raise KhplansError(
                both(
                    f"các cột không phải là của bảng {definition.name}",
                    f"the columns are not those of {definition.name}",
                ),
                where=str(path),
                remedy=_AGAIN,
            )
        while True:
            try:
                typed = [
                    [
                        _value(field.type, cell)
                        for field, cell in zip(definition.fields, cells, strict=True)
                    ]
                    for cells in islice(reader, rows)
                ]
                columns = [list(column) for column in zip(*typed, strict=True)]
                part = pa.table(columns, schema=schema) if typed else None
            except _UNREADABLE as error:
                raise _wrong_row(path, reader, error) from error
            if part is None:
                return
            yield part


def _header(reader: CsvReader, path: Path) -> tuple[str, ...]:
    try:
        return tuple(next(reader, ()))
    except _UNREADABLE as error:
        raise _wrong_row(path, reader, error) from error


def _wrong_row(path: Path, reader: CsvReader, error: Exception) -> KhplansError:
    return KhplansError(
        both(f"dòng không đúng kiểu ({error})", "a row of the wrong type"),
        where=f"{path}:{reader.line_num}",
        remedy=_AGAIN,
    )


def _value(kind: FieldType, cell: str) -> object:
    if not cell:
        return None
    if kind == "integer":
        return int(cell)
    if kind == "number":
        return float(cell)
    if kind == "date":
        return datetime.date.fromisoformat(cell)
    return cell
