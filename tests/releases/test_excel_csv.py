"""CSV for Excel: the workbook's rows, no cell runs or becomes a date, every character is seen."""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.packages.canonical import read_package
from khplans.releases.excel_csv import EDITIONS, harmless, original, write_excel_csv
from khplans.releases.sheets import Column, Sheet, Sheets
from khplans.text.visible import visible

ROOT = Path(__file__).parents[2]
RUNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
SPACES = ["", " ", "  ", "\u00a0", "\u3000", "\u2003", " \t"]
DATES = ["1/3", "6/2025", "1.10", "01", "3-4", "15/3/2024", "1-3/2024", "12:30", "1e5", "5%", "10.2.3",
         "2021–2030", "tháng 6/2025", "Tháng 6", "1,5", "1.000", "2024-06"]  # fmt: skip
TEXTS = ["", "Sở Y tế", "9 tháng đầu năm 2021", "quý I/2024", "15-NQ/TU", "8,1%/năm", "khoản 2"]


@pytest.mark.parametrize("sign", RUNS, ids=ascii)
@pytest.mark.parametrize("before", SPACES, ids=ascii)
def test_a_cell_that_could_run_gets_an_apostrophe(sign: str, before: str) -> None:
    lead = before if sign.strip() else ""  # white space behind white space runs nothing
    for text in (f"{lead}{sign}", f"{lead}{sign}SUM(A1)"):
        assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("sign", [sign for sign in RUNS if sign.strip()])
def test_a_sign_within_a_text_stays(sign: str) -> None:
    assert harmless(f"Sở Y tế {sign}1") == f"Sở Y tế {sign}1"


@pytest.mark.parametrize("text", DATES)
def test_what_looks_like_a_date_or_number_is_kept_from_being_one(text: str) -> None:
    assert harmless(text) == f"{text}\u2007"
    assert harmless(text).strip() == text


@pytest.mark.parametrize("text", [*TEXTS, "2024", "12"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text(st.sampled_from([*RUNS, "'", " ", "a", "1", "/", "\u2007"])) | st.text())
def test_the_original_comes_back(text: str) -> None:
    assert original(harmless(text)) == text
    assert harmless(text)[:1] not in RUNS


def _sheet(title: str, *kinds: str) -> Any:
    """A sheet of columns of these kinds, and how its rows are given."""

    class Given(Sheet):
        def rows(self):  # type: ignore[no-untyped-def]
            yield from ([visible(cell) for cell in row] for row in self.table)  # type: ignore[attr-defined]

    columns = tuple(Column(f"{kind} {i}", "", 10, kind, str) for i, kind in enumerate(kinds))
    return lambda rows: Given(title, "", columns, rows)


@pytest.mark.parametrize(
    ("ending", "separator", "decimal"), [("excel", ",", "."), ("excel-vi", ";", ",")]
)
def test_an_edition_has_its_separator_and_decimals(
    tmp_path: Path, ending: str, separator: str, decimal: str
) -> None:
    texts = [f"{sign}1" for sign in RUNS] + ["'x", "", 'nói "có", rồi;\nvề', "a\x1b\u202eb", *DATES]
    sheet = _sheet("t", "string", "number", "date")([(t, "-1.5", "2024-01-02") for t in texts])
    write_excel_csv(tmp_path / "t.csv", sheet, EDITIONS[ending])
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(f"\ufeffstring 0{separator}number 1{separator}date 2\r\n".encode())
    assert data.endswith(b"\r\n")
    _, *found = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert [row[1:] for row in found] == [[f"-1{decimal}5", "2024-01-02"]] * len(texts)
    assert [original(row[0]) for row in found] == [visible(text) for text in texts]
    assert not [row[0] for row in found if row[0][:1] in RUNS]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Any]]]:
    """The Vietnamese edition of the sheets, and of texts like dates, as LibreOffice set to vi-VN opens them."""
    folder = tmp_path_factory.mktemp("vi")
    given = _sheet("given", "string", "number", "date")
    sheets = {"given": given([(text, "8.1", "2024-06-30") for text in (*DATES, *TEXTS)])}
    package = read_package(ROOT / "datapackages/khplans")
    for sheet in Sheets(package, "https://kehoach.vn/").sheets():
        sheets[sheet.table.name] = sheet
    for name, sheet in sheets.items():
        write_excel_csv(folder / f"{name}.csv", sheet, EDITIONS["excel-vi"])
    office = shutil.which("soffice") or "libreoffice"
    subprocess.run(
        [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "opened",
            "--infilter=CSV:59,34,76,1,,1066,false,true", *(folder / f"{name}.csv" for name in sheets),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    found = {}
    for name in sheets:
        book = openpyxl.load_workbook(folder / "opened" / f"{name}.xlsx", read_only=True)
        found[name] = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    return found


def test_in_vietnamese_dates_are_dates_and_nothing_else_is(
    opened: dict[str, list[list[Any]]],
) -> None:
    _, *rows = opened["given"]
    assert [(row[0] or "").strip() for row in rows] == [*DATES, *TEXTS]
    assert {tuple(row[1:3]) for row in rows} == {(8.1, datetime.datetime(2024, 6, 30))}


def test_in_vietnamese_every_cell_is_what_the_workbook_has(
    opened: dict[str, list[list[Any]]],
) -> None:
    package = read_package(ROOT / "datapackages/khplans")
    for sheet in Sheets(package, "https://kehoach.vn/").sheets():
        header, *rows = opened[sheet.table.name]
        assert header == [column.header for column in sheet.columns]
        wanted = list(sheet.rows())
        assert len(rows) == len(wanted)
        for row, cells in zip(rows, wanted, strict=True):
            for value, cell, column in zip(row, cells, sheet.columns, strict=True):
                assert _as_text(value, column.kind) == " ".join(cell.split()), (column.header, cell)


def _as_text(value: Any, kind: str) -> str:
    """What an opened cell says; a text that became a date or another number says something else."""
    if value is None:
        return ""
    if kind == "date":
        return value.date().isoformat() if isinstance(value, datetime.datetime) else "no date"
    if kind == "number":
        return f"{value:.10g}" if isinstance(value, int | float) else "no number"
    return " ".join(original(str(value)).split())


def test_both_editions_have_names_places_and_addresses() -> None:
    package = read_package(ROOT / "datapackages/khplans")
    sheets = {s.table.name: s for s in Sheets(package, "https://kehoach.vn/").sheets()}
    for name in ("tasks", "indicators", "citations"):
        headers = [column.header for column in sheets[name].columns]
        assert {"Tỉnh, thành phố", "Văn bản", "Kế hoạch", "Xem trong kế hoạch"} <= set(headers)
        records = [dict(zip(headers, row, strict=True)) for row in sheets[name].rows()]
        assert all(r["Xem trong kế hoạch"].startswith("https://kehoach.vn/plans/") for r in records)
    numbers = [
        dict(zip(headers_of(sheets["indicators"]), r, strict=True))
        for r in sheets["indicators"].rows()
    ]
    assert {"Bằng", "Trên"} <= {r["So sánh"] for r in numbers} <= {
        "Bằng", "Từ", "Trên", "Không quá", "Dưới", "Khoảng", "Trên khoảng", "Dưới khoảng",
    }  # fmt: skip
    assert "tỷ đồng" in {r["Đơn vị"] for r in numbers}
    assert {"Mục tiêu", "Kết quả"} <= {r["Loại"] for r in numbers}
    assert "9 tháng đầu năm 2021" in {r["Thời kỳ"] for r in numbers}
    assert "Kinh tế" in {row[2] for row in sheets["measures"].rows()}


def headers_of(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns]
