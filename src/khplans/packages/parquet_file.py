"""Tables as Parquet: zstd, the schema of the definition, no metadata of the writing library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import Table

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_PER_GROUP = 65_536
PAGE_BYTES = 32_768
"""Small pages with an index: who wants some rows over the network fetches theirs alone."""


def write_parquet(path: Path, definition: Table, parts: Iterable[pa.Table]) -> int:
    """Write a table given in parts; returns the number of rows.

    Row groups are cut by count alone, so the bytes do not depend on how the parts were cut, and no
    more than one group is held in memory.
    """
    import pyarrow.parquet as pq

    count = 0
    schema = arrow_schema(definition.name)
    # Files are opened here and not by Arrow, which takes no path that isn't UTF-8.
    with (
        path.open("wb") as sink,
        pq.ParquetWriter(
            sink,
            schema,
            compression="zstd",
            compression_level=9,
            store_schema=False,
            write_page_index=True,
            data_page_size=PAGE_BYTES,
            dictionary_pagesize_limit=2 * PAGE_BYTES,
            write_batch_size=128,
        ) as writer,
    ):
        for group in _regroup(schema, parts):
            writer.write_table(group, row_group_size=ROWS_PER_GROUP)
            count += group.num_rows
    return count


def _regroup(schema: pa.Schema, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows in tables of one size, but for the last; one where there are no rows.

    >>> import pyarrow as pa
    >>> part = pa.table({"a": range(ROWS_PER_GROUP - 1)})
    >>> [one.num_rows for one in _regroup(part.schema, [part, part])], [one.num_rows for one in _regroup(part.schema, [])]
    ([65536, 65534], [0])
    """
    import pyarrow as pa

    held = pa.Table.from_batches([], schema)
    empty = True
    for part in parts:
        held = pa.concat_tables([held, part]) if held.num_rows else part
        while held.num_rows >= ROWS_PER_GROUP:
            yield held.slice(0, ROWS_PER_GROUP).combine_chunks()
            held, empty = held.slice(ROWS_PER_GROUP), False
    if held.num_rows or empty:
        yield held.combine_chunks()
