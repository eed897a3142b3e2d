"""CSV for Excel: no cell runs, numbers stay numbers, every character is seen."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.packages.canonical import Table
from khplans.releases.excel_csv import harmless, original, write_excel_csv
from khplans.text.visible import visible

RUNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
SPACES = ["", " ", "  ", "\u00a0", "\u3000", "\u2003", " \t"]
SCHEMA = {
    "fields": [
        {"name": "id"},
        {"name": "value", "type": "number"},
        {"name": "start", "type": "integer"},
        {"name": "day", "type": "date"},
        {"name": "text", "type": "string"},
    ]
}


@pytest.mark.parametrize("sign", RUNS, ids=ascii)
@pytest.mark.parametrize("before", SPACES, ids=ascii)
def test_a_cell_that_could_run_gets_an_apostrophe(sign: str, before: str) -> None:
    lead = before if sign.strip() else ""  # white space behind white space runs nothing
    for text in (f"{lead}{sign}", f"{lead}{sign}SUM(A1)"):
        assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("sign", [sign for sign in RUNS if sign.strip()])
def test_a_sign_within_a_text_stays(sign: str) -> None:
    assert harmless(f"Sở Y tế {sign}1") == f"Sở Y tế {sign}1"


@given(st.text(st.sampled_from([*RUNS, "'", " ", "a", "1"])) | st.text())
def test_the_original_comes_back(text: str) -> None:
    assert original(harmless(text)) == text
    assert harmless(text)[:1] not in RUNS


def test_a_table_as_excel_reads_it(tmp_path: Path) -> None:
    texts = [f"{sign}1" for sign in RUNS] + ["'x", "", 'nói "có", rồi\nvề', "a\x1b\u202eb"]
    rows = {(str(n),): (f"@{n}", "-1.5", "-3", "2024-01-02", text) for n, text in enumerate(texts)}
    columns = tuple(field["name"] for field in SCHEMA["fields"])
    write_excel_csv(tmp_path / "t.csv", Table("t", columns, ("id",), rows), SCHEMA)
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,value,start,day,text\r\n")
    assert data.endswith(b"\r\n")
    head, *found = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == columns
    assert [row[1:4] for row in found] == [["-1.5", "-3", "2024-01-02"]] * len(texts)
    assert [row[0] for row in found] == [f"'@{n}" for n in range(len(texts))]
    assert [original(row[4]) for row in found] == [visible(text) for text in texts]
    assert not [row[4] for row in found if row[4][:1] in RUNS]
