"""CSV: what a reader of any kind gets back is what was put in."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pyarrow as pa
import pytest
from csv_tables import read_csv
from hypothesis import given
from hypothesis import strategies as st

from khplans.errors import KhplansError
from khplans.packages.csv_file import csv_cell, write_csv
from khplans.tables.arrow import arrow_schema
from khplans.tables.definition import table

HEAD = "correction_id,document_id,start,end,before,after,reason"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""),
        (16687.0, "16687"),
        (96.25, "96.25"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e300, "1e+300"),
        (12, "12"),
        (datetime.date(2024, 1, 19), "2024-01-19"),
        ("Khánh Hòa", "Khánh Hòa"),
        ("a,b", '"a,b"'),
        ('nói "có"', '"nói ""có"""'),
        ("hai\ndòng", '"hai\ndòng"'),
        ("về\rđầu", '"về\rđầu"'),
        ("=1+1", "=1+1"),
        (" khoảng trắng ", " khoảng trắng "),
    ],
)
def test_cells(value: object, wanted: str) -> None:
    assert csv_cell(value) == wanted


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
        min_size=2,
    )
)
def test_python_reads_any_text_back(values: list[str]) -> None:
    line = ",".join(csv_cell(value) for value in values) + "\n"
    assert next(csv.reader(io.StringIO(line, newline=""))) == values


def rows() -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"correction_id": "a:r3", "document_id": "a", "start": 3, "end": 7, "before": 'x"\n', "after": None, "reason": "vì, thế"},
            {"correction_id": "b:r0", "document_id": "b", "start": 0, "end": 1, "before": "=A1", "after": "đ", "reason": "Thử"},
        ],
        schema=arrow_schema("corrections"),
    )  # fmt: skip


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    parts = [rows().slice(0, 1), rows().slice(1)]
    assert list(write_csv(path, table("corrections"), parts)) == parts
    assert read_csv(path, table("corrections")).equals(rows())


def test_the_bytes_are_plain(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    list(write_csv(path, table("corrections"), [rows()]))
    data = path.read_bytes()
    assert data.startswith(b"correction_id,document_id,start,")
    assert b"\r" not in data
    assert data.endswith("Thử\n".encode())


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("correction_id\nx\n", "columns are not those", ":1"),
        (f"{HEAD}\na,b,ba,4,x,y,z\n", "wrong type", ":2"),
        (f"{HEAD}\na,b,3\n", "wrong type", ":2"),
        (f"{HEAD}\na,b,3,4,x,y,z,q\n", "wrong type", ":2"),
        (f'{HEAD}\na,b,3,4,"x\n",y,z\na,b,3,4.5,x,y,z\na,b,3,4,x,y,z\n', "wrong type", ":4"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(
    tmp_path: Path, text: str, words: str, line: str
) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KhplansError, match=words) as raised:
        read_csv(path, table("corrections"))
    assert str(raised.value).startswith(f"{path}{line}: ")
