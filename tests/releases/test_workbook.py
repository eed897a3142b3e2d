"""The workbook for journalists, and the notes people read."""

from __future__ import annotations

import datetime
import errno
import io
import posixpath
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from sample_packages import change_cells, write_sample
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from khplans.knowledge.table import read_table
from khplans.packages.canonical import Package, PackageTable, read_package
from khplans.releases.changes import find_changes
from khplans.releases.introduction import Preface
from khplans.releases.notes import Facts, release_notes
from khplans.releases.row_words import give_words
from khplans.releases.schemas import compare_schemas
from khplans.releases.sheets import LINK, Sheets
from khplans.releases.versioning import Step, next_version
from khplans.releases.workbook import MAX_ROWS, write_workbook
from khplans.tables.definition import table
from khplans.tables.definition import tables as definitions
from khplans.text.visible import visible

ABOUT = Preface(
    "1.2.0", "2026-11-02", "https://khplans.example.org/", [("Nhiệm vụ (F1)", None, "99,7 %")]
)


def workbook_bytes(package: Package, about: Preface, **options: int) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_workbook(path, package, about, **options)
        return path.read_bytes()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return read_package(folder)


@pytest.fixture(scope="module")
def book(package: Package) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(package, ABOUT)))


def cells(sheet: Any) -> list[dict[str, Any]]:
    header = [cell.value for cell in sheet[1]]
    return [
        dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)
    ]


def test_the_first_sheet_explains_and_cites_in_vietnamese(book: Any) -> None:
    first = book.worksheets[0]
    assert first.title == "Giới thiệu"
    text = "\n".join(str(c) for row in first.iter_rows(values_only=True) for c in row if c)
    for words in (
        "Phiên bản",
        "1.2.0",
        "02/11/2026",
        "Trích dẫn",
        "khplans. ",
        "Giấy phép",
        "CC-BY-4.0",
        "99,7 %",
        "Ô trống",
    ):
        assert words in text
    links = [c.hyperlink.location for row in first.iter_rows() for c in row if c.hyperlink]
    assert "'Nhiệm vụ'!A1" in links
    told = {row[0]: row[2] for row in first.iter_rows(values_only=True)}
    assert told["Phiên bản"].startswith("1.2.0")


def test_a_sheet_a_table_with_every_row(book: Any, package: Package) -> None:
    titles = [d.title for d in definitions()]
    assert {*titles, "Giới thiệu", "Giải thích cột"} == set(book.sheetnames)
    for d in definitions():
        sheet = book[d.title]
        assert sheet.max_row == len(package.tables[d.name].rows) + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        hidden = {
            r["header"]
            for r in read_table("workbook")
            if r["table"] == d.name and not float(r["width"])
        }
        assert not hidden & {cell.value for cell in sheet[1]} - {""}
        assert sheet.max_column == sum(
            float(r["width"]) > 0 for r in read_table("workbook") if r["table"] == d.name
        )


def test_tasks_name_their_agencies_and_have_real_dates(book: Any, package: Package) -> None:
    rows = cells(book["Nhiệm vụ"])
    one = next(r for r in rows if r["Chủ trì"] and r["Hạn"])
    assert isinstance(one["Hạn"], datetime.datetime)
    task_id = one["Mã nhiệm vụ"]
    agencies = package.tables["agencies"]
    links = map(package.tables["task_agencies"].record, package.tables["task_agencies"].rows)
    leads = [
        agencies.record((x["agency_id"],))["name"]
        for x in links
        if x["task_id"] == task_id and x["role"] == "lead"
    ]
    assert one["Chủ trì"].split("; ") == leads
    assert {r["Văn bản"] for r in rows} <= {
        d["number"]
        for d in map(package.tables["documents"].record, package.tables["documents"].rows)
    }
    assert {r["Định kỳ"] for r in rows} & {"Thường xuyên", "Hằng tháng"}


def test_rows_link_to_their_place_on_the_site(book: Any) -> None:
    sheet = book["Nhiệm vụ"]
    column = next(c.column for c in sheet[1] if c.value == "Xem trong kế hoạch")
    target = sheet.cell(2, column).hyperlink
    address = target.target + "#" + (target.location or "")
    assert re.fullmatch(
        r"https://khplans\.example\.org/plans/[a-z0-9-]+\.html#tasks/[^ ]+", address
    )


def test_every_kind_of_row_links_to_where_its_words_stand() -> None:
    document = {"document_id": "d-1", "plan_id": "p-1", "plan_title": "Kế hoạch"}
    rows = {
        "documents": document,
        "tasks": {"task_id": "d-1:I#2:a b", "document_id": "d-1"},
        "task_agencies": {"task_id": "d-1:I#2:a b", "agency_id": "x", "role": "lead", "document_id": "d-1"},
        "warnings": {"warning_id": "w", "table": "tasks", "row_id": "d-1:1", "document_id": "d-1"},
    }  # fmt: skip
    resources, tables = [], {}
    for name, row in rows.items():
        schema = {"fields": [{"name": column} for column in row], "primaryKey": next(iter(row))}
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
        key = (next(iter(row)),)
        tables[name] = PackageTable(name, tuple(row), key, {(row[key[0]],): tuple(row.values())})
    package = Package({"resources": resources}, tables)
    found = {}
    for sheet in Sheets(package, "https://k.example/").sheets():
        place = next(i for i, column in enumerate(sheet.columns) if column.kind == LINK)
        found[sheet.table.name] = next(sheet.rows())[place].removeprefix("https://k.example/plans/")
    assert found == {
        "documents": "p-1.html",
        "tasks": "p-1.html#tasks/d-1:I%232:a_b",
        "task_agencies": "p-1.html#tasks/d-1:I%232:a_b",
        "warnings": "p-1.html#tasks/d-1:1",
    }


def test_names_are_short_and_say_their_province_where_two_share_them() -> None:
    names = [
        ("a", "Sở Y tế", "A"),
        ("b", "Sở Y tế", "B"),
        ("c", "Sở Nội vụ", "A"),
        ("d", "x" * 161, ""),
    ]
    columns = ("agency_id", "name", "province")
    table = PackageTable("agencies", columns, ("agency_id",), {(row[0],): row for row in names})
    sheets = Sheets(Package({"resources": []}, {"agencies": table}), None)
    labels = [sheets.label("agencies", key) for key in ("a", "b", "c", "d", "e", "")]
    assert labels == ["Sở Y tế (A)", "Sở Y tế (B)", "Sở Nội vụ", "x" * 159 + "…", "e", ""]


def test_whole_numbers_and_years_are_numbers() -> None:
    for kind in ("integer", "year", "number"):
        data = workbook_bytes(one_table("a", kind, "2024"), ABOUT)
        assert cells(openpyxl.load_workbook(io.BytesIO(data)).worksheets[1])[0]["x"] == 2024


def test_no_id_of_another_table_is_shown_where_a_name_is_known(book: Any, package: Package) -> None:
    agency_ids = {key[0] for key in package.tables["agencies"].rows}
    for sheet in book.worksheets:
        for row in cells(sheet) if sheet.title != "Cơ quan" else ():
            assert not agency_ids & {v for v in row.values() if isinstance(v, str)}


def test_numbers_are_numbers_and_codes_have_their_words(book: Any) -> None:
    rows = cells(book["Chỉ tiêu"])
    assert all(isinstance(r["Giá trị"], int | float) for r in rows)
    assert {r["Loại"] for r in rows} == {"Mục tiêu", "Kết quả"} or all(
        "_" not in r["Loại"] for r in rows
    )


def test_what_falls_is_below_zero_and_bases_are_in_words(book: Any, package: Package) -> None:
    figures = cells(book["Chỉ tiêu"])
    falls = [r for r in figures if r["Biến động"] == "Giảm"]
    assert falls
    assert all(r["Giá trị có dấu"] == -r["Giá trị"] for r in falls)
    assert all(r["Giá trị có dấu"] == r["Giá trị"] for r in figures if r not in falls)
    assert {"Giá trị cao có dấu"} <= figures[0].keys()
    tasks = cells(book["Nhiệm vụ"])
    labels = {v.label for v in table("task_agencies").field("basis").values}
    for row in tasks:
        said = (row["Căn cứ xác định cơ quan chủ trì"] or "").split("; ")
        assert bool(row["Chủ trì"]) == (said != [""])
        assert set(said) <= labels | {""}
        assert len(said) in (1, len((row["Chủ trì"] or "").split("; ")))
    assert any(isinstance(row["Ngày văn bản"], datetime.datetime) for row in tasks)


def test_rows_of_plans_name_who_issued_them(book: Any, package: Package) -> None:
    documents = [
        package.tables["documents"].record(key) for key in package.tables["documents"].rows
    ]
    issuers = {d["number"]: package.tables["agencies"].record((d["issuer_id"],))["name"] for d in documents}  # fmt: skip
    for title in ("Nhiệm vụ", "Chỉ tiêu", "Viện dẫn", "Viện dẫn bằng tên tắt, tên trần"):
        for row in cells(book[title]):
            assert row["Cơ quan ban hành văn bản"] == issuers[row["Văn bản"]]


def test_identical_bytes_each_time(package: Package) -> None:
    assert workbook_bytes(package, ABOUT) == workbook_bytes(package, ABOUT)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(package, ABOUT))) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x","y")',
    "_x0041_",
    "{=1}",
    "http://x",
    "a\x0bb",
    "x" * 40_000,
]


def test_no_cell_runs_and_texts_come_back(package: Package) -> None:
    tasks = package.tables["tasks"]
    for key, text in zip(list(tasks.rows), HOSTILE, strict=False):
        tasks = change_cells(tasks, key, text=text, output=text)
    data = workbook_bytes(Package(package.descriptor, {**package.tables, "tasks": tasks}), ABOUT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [
            archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")
        ]
    assert not any(b"<f" in sheet for sheet in sheets)
    rows = cells(openpyxl.load_workbook(io.BytesIO(data))["Nhiệm vụ"])
    for row, text in zip(rows, HOSTILE, strict=False):
        found = row["Nhiệm vụ"]
        if len(text) > 32_767:
            assert len(found) == 32_767
            assert found.endswith("x… (còn nữa: xem tệp CSV)")
        else:
            assert visible(text) in (found, openpyxl.utils.escape.unescape(found))


_PARTS = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "autoFilter",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
]  # in the order of ECMA-376 Part 1, CT_Worksheet


def test_excel_finds_nothing_to_repair(package: Package) -> None:
    """Its limits, XML's characters, the standard's order of parts, and no dangling relation."""
    wild = (
        "".join(map(chr, [*range(1, 32), 0x7F, 0x85, 0xFFFE, 0xFFFF, 0x1F600]))
        + " _x0041_ "
        + "dài " * 9000
    )
    tasks = package.tables["tasks"]
    spoilt = change_cells(tasks, next(iter(tasks.rows)), text=wild)
    data = workbook_bytes(Package(package.descriptor, {**package.tables, "tasks": spoilt}), ABOUT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for name in names:
            root = ElementTree.fromstring(archive.read(name))
            if name.startswith("xl/worksheets/sheet"):
                parts = [_PARTS.index(child.tag.rpartition("}")[2]) for child in root]
                assert parts == sorted(parts), name
            for relation in root.iterfind("{*}Relationship[@Id]") if name.endswith(".rels") else ():
                target = str(relation.get("Target"))
                assert len(target) <= 2079
                if relation.get("TargetMode") != "External":
                    base = posixpath.dirname(posixpath.dirname(name))
                    assert posixpath.normpath(posixpath.join("/", base, target))[1:] in names
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert len(sheet.title) <= 31
        assert not set("[]:*?/\\") & set(sheet.title)
        cells = (c for row in sheet.iter_rows(values_only=True) for c in row if c is not None)
        texts = [re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), str(c)) for c in cells]
        assert max(map(len, texts)) <= 32_767
        assert len(sheet._hyperlinks) <= 65_530
        if sheet.title == "Nhiệm vụ":
            assert any(text.startswith(visible(wild)[:1000]) for text in texts)


def test_more_rows_than_a_sheet_takes_go_on_in_the_next(package: Package) -> None:
    assert MAX_ROWS + 1 == 2**20  # Excel's, with the header
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(package, ABOUT, max_rows=100)))
    assert book["Nhiệm vụ"].max_row == 101
    count = len(package.tables["tasks"].rows)
    assert book["Nhiệm vụ (2)"].max_row == count - 100 + 1
    whole = openpyxl.load_workbook(io.BytesIO(workbook_bytes(package, ABOUT, max_rows=count)))
    assert "Nhiệm vụ (2)" not in whole.sheetnames


def one_table(title: str, kind: str, *cells: str) -> Package:
    schema = {"fields": [{"name": "id"}, {"name": "x", "type": kind}], "primaryKey": "id"}
    rows = {(str(n),): (str(n), cell) for n, cell in enumerate(cells)}
    resource = {"name": "lạ", "path": "lạ.csv", "title": title, "schema": schema}
    return Package(
        {"resources": [resource]}, {"lạ": PackageTable("lạ", ("id", "x"), ("id",), rows)}
    )


def test_a_cell_that_excel_does_not_take_is_cut_and_says_so() -> None:
    most = 32_767
    data = workbook_bytes(one_table("a", "string", "x" * most, "y" * (most + 1)), ABOUT)
    whole, cut = (row["x"] for row in cells(openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]))
    assert (whole, len(cut)) == ("x" * most, most)
    assert cut.lstrip("y") == "… (còn nữa: xem tệp CSV)"


def test_a_long_table_takes_as_many_sheets_as_it_needs() -> None:
    data = workbook_bytes(one_table("a", "string", *"12345"), ABOUT, max_rows=2)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {name: [row["x"] for row in cells(book[name])] for name in book.sheetnames[1:-1]}
    assert sheets == {"a": ["1", "2"], "a (2)": ["3", "4"], "a (3)": ["5"]}
    assert book.worksheets[-1].auto_filter.ref == "A1:C3"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bảng [a]:b*c?d/e\\f", "Bảng  a  b c d e f"),
        ("Bảng " + "dài " * 9, "Bảng dài dài dài dài dài dài dà"),
        ("'O'Neill'", "O'Neill"),
        ("giới thiệu", "giới thiệu 2"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes_and_the_first_sheet_leads_to_it(
    title: str, name: str
) -> None:
    data = workbook_bytes(one_table(title, "string", "a"), ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[1] == name
    assert book.worksheets[1].auto_filter.ref == "A1:B2"
    rows = book.worksheets[0].iter_rows()
    links = [cell.hyperlink.location for row in rows for cell in row if cell.hyperlink]
    assert links == ["'{}'!A1".format(name.replace("'", "''"))]


def test_days_before_excel_s_calendar_stay_texts() -> None:
    days = ("1900-02-28", "1900-03-01", "0945-09-02", "2024-01-02", "")
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(one_table("a", "date", *days), ABOUT)))
    found = [row["x"] for row in cells(book.worksheets[1])]
    assert found == [
        "1900-02-28", datetime.datetime(1900, 3, 1), "0945-09-02", datetime.datetime(2024, 1, 2), None,
    ]  # fmt: skip


def test_addresses_that_excel_does_not_take_stay_texts(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_links(homepage: str) -> list[bool]:
        about = Preface("1.2.0", "2026-11-02", homepage)
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(package, about, max_rows=5)))
        sheet = book["Nhiệm vụ"]
        place = [cell.value for cell in sheet[1]].index("Xem trong kế hoạch")
        assert all(row[place].value for row in sheet.iter_rows(min_row=2))
        return [bool(row[place].hyperlink) for row in sheet.iter_rows(min_row=2)]

    assert first_links("https://khplans.example.org/") == [True] * 5
    assert first_links("https://khplans.example.org/" + "a" * 2000) == [False] * 5
    monkeypatch.setattr("khplans.releases.workbook._MAX_LINKS", 3)
    assert first_links("https://khplans.example.org/") == [True] * 3 + [False] * 2


def test_every_column_of_every_table_has_its_place_in_the_workbook() -> None:
    planned = {(row["table"], row["column"]) for row in read_table("workbook")}
    schema = {(d.name, f.name) for d in definitions() for f in d.fields}
    assert {p for p in planned if not p[1].startswith("@")} == schema


def test_tables_and_columns_unknown_to_the_plan_are_shown() -> None:
    schema = {"fields": [{"name": "id"}, {"name": "lạ", "title": "Cột lạ"}], "primaryKey": "id"}
    table = PackageTable("lạ", ("id", "lạ"), ("id",), {("1",): ("1", "=a")})
    package = Package(
        {"resources": [{"name": "lạ", "path": "lạ.csv", "title": "Bảng: lạ/2", "schema": schema}]},
        {"lạ": table},
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(package, ABOUT)))
    assert cells(book["Bảng  lạ 2"]) == [{"id": "1", "Cột lạ": "=a"}]


def test_agencies_of_one_name_are_told_apart_by_province(package: Package) -> None:
    agencies = package.tables["agencies"]
    key = next(k for k in agencies.rows if agencies.record(k)["name"] == "Sở Y tế")
    other = dict(zip(agencies.columns, agencies.rows[key], strict=True)) | {
        "agency_id": "dien-bien-so-y-te",
        "province": "Điện Biên",
    }
    agencies = change_cells(agencies, key, province="Khánh Hòa")
    rows = {**agencies.rows, ("dien-bien-so-y-te",): tuple(other[c] for c in agencies.columns)}
    doubled = PackageTable("agencies", agencies.columns, agencies.key, rows)
    data = workbook_bytes(
        Package(package.descriptor, {**package.tables, "agencies": doubled}), ABOUT
    )
    leads = {r["Chủ trì"] for r in cells(openpyxl.load_workbook(io.BytesIO(data))["Nhiệm vụ"])}
    assert "Sở Y tế (Khánh Hòa)" in leads


def notes_of(old: Package, new: Package, language: str) -> str:
    schema = compare_schemas(old, new)
    changes = give_words(find_changes(old.tables, new.tables, schema), old.tables, new.tables)
    step = next_version("1.1.0", changes)
    assert isinstance(step, Step)
    rows = {name: len(table.rows) for name, table in new.tables.items()}
    return release_notes(
        changes, Facts(step.version, "2026-11-02", "1.1.0", step, rows, ("p",), ("p",)), language
    )


def test_notes_have_the_words_of_the_rows_in_both_languages(package: Package) -> None:
    tasks = package.tables["tasks"]
    key = next(k for k in tasks.rows if tasks.record(k)["deadline"])
    new = Package(
        package.descriptor,
        {**package.tables, "tasks": change_cells(tasks, key, deadline="2031-12-31")},
    )
    for language, words in (("vi", "1 dòng sửa"), ("en", "1 changed")):
        notes = notes_of(package, new, language).replace("\\", "")
        assert notes.startswith(f"# {'Phiên bản' if language == 'vi' else 'Version'} 1.1.1")
        assert words in notes
        assert " ".join(tasks.record(key)["text"].split())[:100] in notes
        assert f"{tasks.record(key)['deadline']} → 2031-12-31" in notes


def test_words_of_a_plan_cannot_mean_anything_in_the_notes(package: Package) -> None:
    tasks = package.tables["tasks"]
    evil = "<script>alert(1)</script> [x](javascript:1) ![y](z) | {{ a }} {% b %} # `c`\n\n# Tiêu đề <!--"
    key = next(iter(tasks.rows))
    new = Package(
        package.descriptor, {**package.tables, "tasks": change_cells(tasks, key, text=evil)}
    )
    import markdown

    html = markdown.markdown(notes_of(package, new, "vi"))
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html
    assert html.count("<h1>") == 1


def test_the_path_of_a_package_does_not_matter(package: Package, tmp_path: Path) -> None:
    write_sample(tmp_path / "khác")
    again = read_package(tmp_path / "khác")
    assert workbook_bytes(again, ABOUT) == workbook_bytes(package, ABOUT)


def test_a_disk_too_full_for_it_is_the_system_s_own_error(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = Workbook.close

    def full(self: Workbook) -> None:
        close(self)
        raise FileCreateError(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr(Workbook, "close", full)
    with pytest.raises(OSError, match="No space") as raised:
        write_workbook(tmp_path / "a.xlsx", package, Preface("1.0.0", "2026-11-02", None, {}))
    assert raised.value.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []
