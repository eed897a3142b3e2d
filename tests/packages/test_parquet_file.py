"""Parquet: typed, compressed, the same bytes however its rows came in."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from khplans.packages import parquet_file
from khplans.packages.parquet_file import write_parquet
from khplans.packages.reader import OwnReader
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import table


def rows(count: int) -> pa.Table:
    return pa.Table.from_pylist(
        [{"agency_id": f"vn-{n:05}", "form": f"Bộ số {n}"} for n in range(count)],
        schema=arrow_schema("agency_names"),
    )


@pytest.mark.parametrize("cuts", [[10], [3, 7], [1] * 10, [0, 10, 0]])
def test_bytes_do_not_depend_on_the_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cuts: list[int]
) -> None:
    monkeypatch.setattr(parquet_file, "ROWS_PER_GROUP", 4)
    whole, parts, start = rows(10), [], 0
    for cut in cuts:
        parts.append(whole.slice(start, cut))
        start += cut
    write_parquet(tmp_path / "whole.parquet", table("agency_names"), [whole])
    assert write_parquet(tmp_path / "parts.parquet", table("agency_names"), parts) == 10
    assert (tmp_path / "parts.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert pq.ParquetFile(tmp_path / "parts.parquet").num_row_groups == 3
    assert pq.read_table(tmp_path / "parts.parquet").equals(whole)


def test_a_table_without_rows_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "indicators.parquet"
    write_parquet(path, table("indicators"), [])
    assert OwnReader(tmp_path).table("indicators").schema.equals(arrow_schema("indicators"))
    assert OwnReader(tmp_path).about("indicators")[1] == 0


def test_the_file_is_compressed_and_says_nothing_of_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "agency_names.parquet"
    write_parquet(path, table("agency_names"), [rows(3)])
    file = pq.ParquetFile(path)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.metadata.metadata is None
    assert file.metadata.row_group(0).column(0).has_offset_index


def test_some_columns_and_parts_are_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "agency_names.parquet"
    write_parquet(path, table("agency_names"), [rows(7)])
    reader = OwnReader(tmp_path)
    assert reader.table("agency_names", ["form"]).column_names == ["form"]
    assert [part.num_rows for part in reader.parts("agency_names", 3)] == [3, 3, 1]
    assert reader.about("agency_names")[1] == 7


def test_pages_are_small(tmp_path: Path) -> None:
    """Who wants one row over the network reads a page, not the column: each page says where it is."""
    path = tmp_path / "agency_names.parquet"
    write_parquet(path, table("agency_names"), [rows(20_000)])
    column = pq.ParquetFile(path).metadata.row_group(0).column(0)
    data = path.read_bytes()[column.data_page_offset :][: column.total_compressed_size]
    assert column.total_uncompressed_size > 4 * parquet_file.PAGE_BYTES
    assert data.count(b"\x28\xb5\x2f\xfd") >= 5  # each page is a zstd frame of its own
