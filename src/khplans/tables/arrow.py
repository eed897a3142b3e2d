"""The Arrow types of the tables, derived from their one definition."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

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


def arrow_column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values of one of these types, None for none, as Arrow holds them.

    Put together here: Arrow's own conversion imports pandas first, which takes longer than to build a plan.

    >>> import pyarrow as pa
    >>> arrow_column(["Sở Y tế", None], pa.string()).to_pylist()
    ['Sở Y tế', None]
    """
    import pyarrow as pa

    if kind == pa.string():
        words = [value.encode() if value else b"" for value in values]
        held = [array("i", accumulate(map(len, words), initial=0)), b"".join(words)]
    elif kind == pa.date32():
        held = [array("i", [value.toordinal() - _EPOCH if value else 0 for value in values])]
    else:
        numbers = (0 if value is None else value for value in values)
        held = [array("i" if kind == pa.int32() else "d", numbers)]
    buffers = [_marks(values) if None in values else None, *map(pa.py_buffer, held)]
    return pa.Array.from_buffers(kind, len(values), buffers)


def _marks(values: Sequence[Any]) -> pa.Buffer:
    """A bit for each value that is there."""
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.packbits([value is not None for value in values], bitorder="little"))


_EPOCH = date(1970, 1, 1).toordinal()
