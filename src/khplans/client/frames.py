"""From a package's tables to typed Arrow tables and pandas frames."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


_LEFT_OUT = {"task_agencies": ("document_id",)}
"""Columns that pandas does without, as the row that theirs belongs to has them: so `merge` finds none twice."""


_UNITS = {
    "start": "characters",
    "end": "characters",
    "definition_start": "characters",
    "definition_end": "characters",
    "value": "column unit",
    "value_high": "column unit",
    "denominator": "column unit",
}
"""What numbers count: a unit, or `column` and the column that names it."""


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
    """The table in pandas: dates are `datetime64`, few values `category`, optional integers `Int32`.

    >>> import pyarrow as pa
    >>> fields = pa.field("a", pa.int32()), pa.field("b", pa.int32(), nullable=False)
    >>> made = frame(pa.table([[1, None], [1, 2]], pa.schema(fields)))
    >>> [str(kind) for kind in made.dtypes]
    ['Int32', 'int32']
    """
    import pyarrow as pa

    result: pd.DataFrame = table.to_pandas(date_as_object=False, ignore_metadata=True)
    for field in table.schema:
        if pa.types.is_integer(field.type) and field.nullable:
            result[field.name] = result[field.name].astype("Int32")
    return result


def table_frame(name: str, table: pa.Table, schema: Mapping[str, Any]) -> pd.DataFrame:
    """A table of a release in pandas, without the columns that `_LEFT_OUT` names, with its titles."""
    left_out = [c for c in _LEFT_OUT.get(name, ()) if c in table.schema.names]
    found = frame(table.drop_columns(left_out))
    found.attrs = {"table": name, **titles_of(schema, found)}
    return found


def titles_of(schema: Mapping[str, Any], rows: pd.DataFrame) -> dict[Hashable, Any]:
    """The titles of a frame's columns in both languages, and the units of what they hold.

    >>> import pandas as pd
    >>> named = {"name": "a", "title": "Tên", "title_en": "Name"}, {"name": "b", "title": "Tỉnh"}, {"name": "c"}, {"name": "d", "title": "Số"}
    >>> titles_of({"fields": named}, pd.DataFrame(columns=["a", "b", "c"]))["titles_en"]
    {'a': 'Name', 'b': 'Tỉnh'}
    """
    there = set(rows.columns)
    fields = [f for f in schema.get("fields", ()) if "title" in f and f["name"] in there]
    return {
        "titles": {field["name"]: field["title"] for field in fields},
        "titles_en": {field["name"]: field.get("title_en", field["title"]) for field in fields},
        "units": {f["name"]: _UNITS[f["name"]] for f in fields if f["name"] in _UNITS},
    }
