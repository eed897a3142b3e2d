"""The Arrow types of the tables, derived from their one definition."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from khplans.tables.definition import FieldType, table

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table, without metadata.

    Integers are 32 bits wide, because browsers read 64 bits as BigInt and an offset into a plan
    needs no more.

    >>> arrow_schema("corrections").field("start").type
    DataType(int32)
    """
    import pyarrow as pa

    return pa.schema(
        pa.field(field.name, _arrow_type(field.type), nullable=not field.required)
        for field in table(name).fields
    )


def _arrow_type(kind: FieldType) -> pa.DataType:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "date": pa.date32(),
    }
    return types[kind]
