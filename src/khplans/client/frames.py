"""From a release's Parquet to typed Arrow tables and pandas frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


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


def arrow_table(data: bytes, categories: Mapping[str, list[str]]) -> pa.Table:
    """A Parquet file's table; columns of few values are dictionaries."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferReader(data)
    # A small table is read sooner by one thread than several are started.
    return pq.ParquetFile(buffer, read_dictionary=list(categories)).read(
        use_threads=len(data) > 1 << 20
    )


def frame(table: pa.Table, categories: Mapping[str, list[str]]) -> pd.DataFrame:
    """The table in pandas: dates are `datetime64`, few values `category`, optional integers `Int32`."""
    import pyarrow as pa

    result: pd.DataFrame = table.to_pandas(date_as_object=False, ignore_metadata=True)
    for field in table.schema:
        if field.name in categories:
            column = result[field.name].astype("category")
            result[field.name] = column.cat.set_categories(categories[field.name])
        elif pa.types.is_integer(field.type) and field.nullable:
            result[field.name] = result[field.name].astype("Int32")
    return result
