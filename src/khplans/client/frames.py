"""From a release's Parquet to typed Arrow tables and pandas frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq


MOST_ROWS = 100_000_000
"""Rows of a table: a hundred thousand plans have a tenth of that."""

MOST_OF_A_TABLE = 4_000_000_000
"""Bytes that a table unpacks to; it is held whole."""


def categories_of(schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """The columns of a Table Schema that hold one of a few values, with these values in order.

    >>> categories_of({"fields": [{"name": "role", "constraints": {"enum": ["lead"]}}, {"name": "x"}]})
    {'role': ['lead']}
    """
    return {
        field["name"]: list(field["constraints"]["enum"])
        for field in schema.get("fields", ())
        if "enum" in field.get("constraints", {})
    }


def arrow_table(data: bytes, schema: Mapping[str, Any], where: str) -> pa.Table:
    """A Parquet file's table; columns of few values are dictionaries of all their values, in order.

    Raises `KhplansError` where the file is none, has other columns than its Table Schema, or unpacks to
    more than `MOST_OF_A_TABLE`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        _refuse_bomb(file.metadata)
        # A small table is read sooner by one thread than several are started.
        table = file.read(use_threads=len(data) > 1 << 20)
        if table.column_names != [field["name"] for field in schema["fields"]]:
            raise ValueError("columns")
        return with_dictionaries(table, categories_of(schema))
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0][:200]
        raise KhplansError(
            both(f"không đọc được bảng ({reason})", "the table can't be read"),
            where=where,
            remedy=both(
                "tải lại, hoặc báo cho nơi phát hành", "get it again, or tell its publisher"
            ),
        ) from error


def _refuse_bomb(about: pq.FileMetaData) -> None:
    groups = (about.row_group(i) for i in range(about.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    if about.num_rows > MOST_ROWS or unpacked > MOST_OF_A_TABLE:
        raise ValueError(f"> {MOST_ROWS:,} rows, > {MOST_OF_A_TABLE:,} bytes")


def with_dictionaries(table: pa.Table, categories: Mapping[str, list[str]]) -> pa.Table:
    """The table with its columns of few values as dictionaries.

    A value that isn't one of the few stays one: the column then keeps the order of appearance.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    for name, values in categories.items():
        at = table.schema.get_field_index(name)
        column = table.column(at).combine_chunks()
        indices = pc.index_in(column, pa.array(values, column.type)).cast(pa.int8())
        whole = indices.null_count == column.null_count
        encoded = (
            pa.DictionaryArray.from_arrays(indices, pa.array(values, column.type))
            if whole
            else column.dictionary_encode()
        )
        table = table.set_column(at, table.field(at).with_type(encoded.type), encoded)
    return table


def frame(table: pa.Table) -> pd.DataFrame:
    """The table in pandas: dates are `datetime64`, few values `category`, optional integers `Int32`."""
    import pyarrow as pa

    result: pd.DataFrame = table.to_pandas(date_as_object=False, ignore_metadata=True)
    for field in table.schema:
        if pa.types.is_integer(field.type) and field.nullable:
            result[field.name] = result[field.name].astype("Int32")
    return result
