"""A table's CSV file as Arrow, with the types of its definition."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from khplans.packages.csv_file import arrow_parts, typed
from khplans.packages.reader import OwnReader
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import Table


def read_csv(path: Path, definition: Table) -> pa.Table:
    rows = OwnReader(path.parent).csv_rows(path.stem, typed(definition))
    none = arrow_schema(definition.name).empty_table()
    return pa.concat_tables([none, *arrow_parts(rows, definition)])
