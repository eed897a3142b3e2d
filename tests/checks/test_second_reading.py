"""Each column that comes from words is held against them: a single lie, told in every file, is told."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from spoiling import RULES as FOLDER_OF_RULES
from spoiling import spoil

from khplans.checks.package import CheckedPackage
from khplans.checks.package_files import check_files
from khplans.checks.results import Result
from khplans.checks.run import check_package
from khplans.checks.slices import Slices
from khplans.checks.words import (
    RULES,
    SHARED_RULES,
    agencies,
    check_shared_words,
    check_words,
    tasks,
)
from khplans.checks.words.indicators import read_value
from khplans.checks.words.row_reading import SecondReading, whole_rows
from khplans.checks.words.titles import TitleCheck
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, Verdict
from khplans.intake import load_file
from khplans.knowledge.table import read_table
from khplans.pipeline import tables_of

ROOT = Path(__file__).parents[2]
REAL = ROOT / "datapackages" / "khplans"
UNSEEN = sorted((ROOT / "tests" / "unseen").glob("*/sources/*.txt"))
Row = dict[str, Any]
RELATIONS = [row["relation"] for row in read_table("relations")]
KINDS = ["Quyết định", "Kế hoạch", "Nghị quyết", "Chỉ thị", "Chương trình", "Báo cáo", "Công văn", "Quy định"]  # fmt: skip


def read_package(folder: Path) -> SecondReading:
    slices = Slices(folder)
    (some,) = slices
    return SecondReading(whole_rows(some.rows), some.sources, whole_rows(slices.shared.rows))


@pytest.fixture(scope="module")
def real() -> SecondReading:
    return read_package(REAL)


def verdicts(reading: SecondReading, table: str, row: Row) -> set[Verdict]:
    return {rule.read(reading, row) for rule in RULES if rule.table == table}


def words_results(folder: Path) -> list[Result]:
    slices = Slices(folder)
    titles = TitleCheck(whole_rows(slices.shared.rows)["instruments"])
    results = [one for some in slices for one in check_words(some, slices.shared, titles)]
    return [*results, *check_shared_words(slices.shared), *titles.results()]


def test_the_real_collection_says_what_its_texts_say() -> None:
    results = words_results(REAL)
    assert {one.check for one in results if one.failed and one.severity == "error"} == set()
    assert sum(one.failed for one in results) <= 10
    checked = {(one.table, one.check): one.checked for one in results}
    assert checked["indicators", "words.value"] == len(CheckedPackage(REAL).rows["indicators"])
    assert checked["tasks", "words.text"] == len(CheckedPackage(REAL).rows["tasks"])


# --- lies


@dataclass(frozen=True)
class Lie:
    """A change of one column's value; None where the row can't be lied about so."""

    table: str
    column: str
    change: Callable[[random.Random, Row, list[Row]], Any]


def another(column: str) -> Callable[[random.Random, Row, list[Row]], Any]:
    """The value of another row."""

    def change(rng: random.Random, row: Row, rows: list[Row]) -> Any:
        others = [one[column] for one in rows if one[column] not in (None, row[column])]
        return rng.choice(others) if others and row[column] is not None else None

    return change


def one_of(column: str, *values: str) -> Callable[[random.Random, Row, list[Row]], Any]:
    return lambda rng, row, _: rng.choice([one for one in values if one != row[column]])


def other_number(rng: random.Random, row: Row, _: list[Row]) -> float:
    value: float = row["value"]
    return rng.choice([value * 10, value / 10, value + 1, value * 1.1, value + 0.5])


def other_year(rng: random.Random, row: Row, _: list[Row]) -> str | None:
    by = rng.choice([-5, -2, -1, 1, 2, 5])
    return row["period"] and re.sub(r"\d{4}", lambda year: str(int(year[0]) + by), row["period"])


def other_due_year(rng: random.Random, row: Row, _: list[Row]) -> Any:
    due = row["deadline"]
    return due and due.replace(year=due.year + rng.choice([-3, -1, 1, 2, 5]))


def other_due_month(rng: random.Random, row: Row, _: list[Row]) -> Any:
    return row["deadline"] and row["deadline"] + timedelta(days=rng.choice([-95, 95]))


def other_day(rng: random.Random, row: Row, _: list[Row]) -> Any:
    return row["date"] and row["date"] + timedelta(days=rng.choice([-400, -31, -1, 1, 40]))


def without_a_word(rng: random.Random, row: Row, _: list[Row]) -> str:
    words = row["text"].split()
    place = rng.randrange(len(words))
    return " ".join([*words[:place], *words[place + 1 :]])


def invented(*words: str) -> Callable[[random.Random, Row, list[Row]], Any]:
    return lambda rng, _row, _rows: rng.choice(words)


LIES = [
    Lie("indicators", "value", other_number),
    Lie("indicators", "value", another("value")),
    Lie("indicators", "value_high", lambda _rng, row, _: (row["value_high"] or row["value"]) + 2),
    Lie("indicators", "denominator", lambda rng, row, _: rng.choice([93.0, 17.0, 1000.0])),
    Lie("indicators", "unit", another("unit")),
    Lie("indicators", "measure_id", another("measure_id")),
    Lie("indicators", "measure_id", lambda _rng, row, _: None if row["measure_id"] else "gdp-growth"),
    Lie("indicators", "name", another("name")),
    Lie("indicators", "name", invented("Tỷ lệ hộ dùng điện", "Sản lượng cà phê nhân", "Số vụ cháy")),
    Lie("indicators", "kind", one_of("kind", "target", "actual", "estimate", "forecast")),
    Lie("indicators", "period", other_year),
    Lie("indicators", "comparator", one_of("comparator", "=", ">=", ">", "<=", "<", "~")),
    Lie("indicators", "change", one_of("change", "level", "increase", "decrease")),
    Lie("tasks", "text", invented("Xây dựng đề án trồng sâm trên núi cao", "Báo cáo trước ngày 1/1")),
    Lie("tasks", "text", another("text")),
    Lie("tasks", "text", without_a_word),
    Lie("tasks", "section", another("section")),
    Lie("tasks", "label", another("label")),
    Lie("tasks", "deadline", other_due_year),
    Lie("tasks", "deadline", other_due_month),
    Lie("tasks", "cadence", one_of("cadence", "ongoing", "monthly", "quarterly", "yearly")),
    Lie("tasks", "output", invented("Quyết định thành lập đoàn", "Sổ tay nông dân")),
    Lie("task_agencies", "role", one_of("role", "lead", "coordinate")),
    Lie("task_agencies", "agency_id", another("agency_id")),
    Lie("task_agencies", "form", another("form")),
    Lie("citations", "number", another("number")),
    Lie("citations", "document_type", another("document_type")),
    Lie("citations", "date", other_day),
    Lie("citations", "date", another("date")),
    Lie("citations", "name", another("name")),
    Lie("citations", "instrument_id", another("instrument_id")),
    Lie("sections", "heading", another("heading")),
    Lie("sections", "path", another("path")),
    Lie("warnings", "severity", one_of("severity", "note", "warning")),
    Lie("documents", "number", another("number")),
    Lie("documents", "title", another("title")),
    Lie("documents", "date", other_day),
    Lie("documents", "signer", invented("Trần Văn Không Tên")),
    *(OPEN := [
        Lie("sections", "marker", another("marker")),
        Lie("citations", "relation", one_of("relation", *RELATIONS)),
        Lie("documents", "document_type", one_of("document_type", *KINDS)),
        Lie("tasks", "deadline_text", another("deadline_text")),
    ]),
]  # fmt: skip
IDS = [f"{lie.table}.{lie.column}-{i}" for i, lie in enumerate(LIES)]


def lied(lie: Lie, reading: SecondReading, seed: int, count: int) -> list[tuple[Row, Row]]:
    """Some rows with what a lie makes of each."""
    rng, rows = random.Random(seed), reading.rows[lie.table]
    found = []
    for row in rng.sample(rows, len(rows)):
        value = lie.change(rng, row, rows)
        if value is not None and value != row[lie.column] and len(found) < count:
            found.append((row, {**row, lie.column: value}))
    return found


@pytest.mark.parametrize("lie", LIES, ids=IDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_nineteen_of_twenty_lies_contradict_the_words(
    lie: Lie, seed: int, real: SecondReading
) -> None:
    pairs = lied(lie, real, seed, 40)
    told = [CONTRADICTED in verdicts(real, lie.table, false) for _, false in pairs]
    assert pairs
    assert told.count(False) <= max(1, 0.05 * len(told))
    assert all(CONTRADICTED not in verdicts(real, lie.table, true) for true, _ in pairs)


def test_another_agency_is_told_also_where_its_names_were_made_to_fit(real: SecondReading) -> None:
    rng, told = random.Random(3), []
    for row in rng.sample(real.rows["task_agencies"], 40):
        agency = rng.choice([one for one in real.agencies if one != row["agency_id"]])
        names = [*real.shared["agency_names"], {"agency_id": agency, "form": row["form"]}]
        made = SecondReading(real.rows, real.sources, {**real.shared, "agency_names": names})
        told.append(CONTRADICTED in verdicts(made, "task_agencies", {**row, "agency_id": agency}))
    assert sum(told) >= 38


TWELVE = {
    "value": ("indicators", "value", other_number),
    "unit": ("indicators", "unit", another("unit")),
    "measure": ("indicators", "measure_id", another("measure_id")),
    "name": ("indicators", "name", another("name")),
    "kind": ("indicators", "kind", one_of("kind", "target", "actual", "estimate", "forecast")),
    "period": ("indicators", "period", other_year),
    "comparator": ("indicators", "comparator", one_of("comparator", "<=", ">", "~")),
    "text": ("tasks", "text", invented("Xây dựng đề án trồng sâm trên núi cao")),
    "deadline": ("tasks", "deadline", other_due_year),
    "role": ("task_agencies", "role", one_of("role", "lead", "coordinate")),
    "agency": ("task_agencies", "agency_id", another("agency_id")),
    "date": ("citations", "date", other_day),
}


@pytest.mark.parametrize("name", TWELVE)
def test_a_lie_in_every_file_is_told(name: str, real: SecondReading, tmp_path: Path) -> None:
    """CSV, Parquet and descriptor say the same lie, so that nothing but the words tells of it."""
    lie = Lie(*TWELVE[name])
    ((true, false),) = lied(lie, real, 11, 1)
    folder = tmp_path / "khplans"
    shutil.copytree(REAL, folder)

    def change(rows: list[Row]) -> None:
        (place,) = [i for i, row in enumerate(rows) if row == true]
        rows[place] = false

    spoil(folder, lie.table, change)
    assert all(one.status == "passed" for one in check_files(CheckedPackage(folder)))
    failed = {(one.table, one.check) for one in words_results(folder) if one.failed and one.severity == "error"}  # fmt: skip
    assert (lie.table, f"words.{lie.column}") in failed


def test_khplans_check_runs_them(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(rows: list[Row]) -> None:
        rows[0]["value"] += 1

    monkeypatch.setattr(
        "khplans.checks.run.run_expectations", lambda *arguments: []
    )  # the slow ones
    spoil(package, "indicators", change)
    report = check_package(package, FOLDER_OF_RULES)
    assert ("indicators", "words.value") in {(one.table, one.check) for one in report.errors}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("agencies", {"name": "Tổ Trăng rằm"}),
        ("agency_names", {"form": "Tổ Trăng rằm"}),
        ("measures", {"unit": "tonne"}),
        ("instruments", {"year": 1999}),
    ],
)
def test_lies_in_what_plans_share(table: str, change: Row, real: SecondReading) -> None:
    row = next(one for one in real.shared[table] if one.get("date", 1))
    found = {rule.read(real, {**row, **change}) for rule in SHARED_RULES if rule.table == table}
    assert CONTRADICTED in found


# --- other texts


@pytest.fixture(scope="module")
def others() -> list[SecondReading]:
    """Texts that no rule was written for."""
    found = []
    for path in UNSEEN[::2]:
        plan = load_file(path)
        rows: Mapping[str, list[Row]] = {
            name: [dict(row) for row in some] for name, some in tables_of(plan).items()
        }
        found.append(SecondReading(rows, {plan.plan_id: plan.source.text}, rows))
    return found


def test_other_provinces_are_not_stopped(others: list[SecondReading]) -> None:
    """Hardly a false contradiction."""
    rows = contradicted = doubtful = 0
    for reading in others:
        for rule in (*RULES, *SHARED_RULES):
            found = [rule.read(reading, row) for row in reading.rows[rule.table]]
            rows += len(found)
            contradicted += found.count(CONTRADICTED)
            doubtful += found.count(DOUBTFUL)
    assert rows > 6000
    assert contradicted <= rows / 1000
    assert doubtful <= rows / 200


@pytest.mark.parametrize("lie", OPEN, ids=lambda lie: f"{lie.table}.{lie.column}")
def test_lies_about_other_provinces_are_told(lie: Lie, others: list[SecondReading]) -> None:
    rng = random.Random(5)
    pairs = [(one, false) for one in others for _, false in lied(lie, one, 5, 40)]
    pairs = rng.sample(pairs, min(40, len(pairs)))
    told = [CONTRADICTED in verdicts(one, lie.table, false) for one, false in pairs]
    assert len(told) > 20
    assert told.count(False) <= 0.05 * len(told)


def test_rows_that_are_broken_are_left_to_other_checks(real: SecondReading) -> None:
    """Nothing is raised for what no schema allows."""
    odd: list[Any] = [None, "", "x" * 5000, -1, 10**9, "9" * 5000]
    for name, rows in real.rows.items():
        for column in rows[0] if rows else ():
            for value in odd:
                row = {**rows[0], column: value}
                try:
                    kept = whole_rows({**{one: [] for one in real.rows}, name: [row]})[name]
                except TypeError:
                    continue
                for rule in RULES:
                    if rule.table == name and isinstance(value, type(rows[0][column])):
                        list(rule.results(real, list(filter(real.is_in_text, kept))))


def test_a_row_of_no_document_is_no_traceback(real: SecondReading) -> None:
    row = {**real.rows["indicators"][0], "document_id": "nowhere"}
    rule = next(one for one in RULES if one.column == "value")
    assert not real.is_in_text(row)
    contradiction, doubt = rule.results(real, [])
    assert contradiction.checked == doubt.checked == 0
    assert SAID is Verdict.SAID


def test_the_name_of_a_column_tells_the_role_in_whatever_order_columns_stand(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "UBND TỈNH HÀ GIANG\nSố: 45/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nVề y tế\nI. NHIỆM VỤ\n"
        "TT\tNhiệm vụ\tSản phẩm\tĐơn vị chủ trì\tĐơn vị phối hợp\n"
        "1\tRà soát danh mục thuốc\tBáo cáo\tSở Y tế\tSở Tài chính\n"
        "2\tMua sắm thiết bị y tế\tHợp đồng\tSở Nội vụ\tSở Y tế\n",
        "utf-8",
    )
    plan = load_file(path)
    rows = whole_rows(tables_of(plan))
    reading = SecondReading(rows, {plan.plan_id: plan.source.text}, rows)
    role = next(rule for rule in RULES if (rule.table, rule.column) == ("task_agencies", "role"))
    parts = rows["task_agencies"]
    assert len(parts) == 4
    assert {role.read(reading, part) for part in parts} == {SAID}
    turned = {"lead": "coordinate", "coordinate": "lead"}
    lies = [{**part, "role": turned[part["role"]]} for part in parts]
    assert {role.read(reading, lie) for lie in lies} == {CONTRADICTED}


LEGAL = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 45/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Giang, ngày 05 tháng 9 năm 2024
QUYẾT ĐỊNH
Về việc quản lý đất rừng
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
1. Sở Tài chính thực hiện điểm a khoản 2 Điều 5 Luật Đất đai và Điều 7 của Quyết định này.
2. Sở Y tế thực hiện các Điều 12, 13 Nghị định số 12/2021/NĐ-CP ngày 05/3/2021 của Chính phủ.
3. Sở Nội vụ thực hiện Luật Đấu thầu (khoản 3 Điều 21) và từ Điều 30 đến Điều 40 Nghị định số 14/2022/NĐ-CP.
4. Sở Tư pháp thực hiện Phụ lục II kèm theo Quyết định này và Luật Trẻ em.
"""


@pytest.fixture(scope="module")
def legal(tmp_path_factory: pytest.TempPathFactory) -> SecondReading:
    path = tmp_path_factory.mktemp("legal") / "a.txt"
    path.write_text(LEGAL, "utf-8")
    plan = load_file(path)
    rows = whole_rows(tables_of(plan))
    return SecondReading(rows, {plan.plan_id: plan.source.text}, rows)


@pytest.mark.parametrize(
    ("table", "column", "count"),
    [
        ("citations", "provision", 2),
        ("short_citations", "provision", 4),
        ("short_citations", "instrument_id", 5),
    ],
)
def test_lies_about_provisions_and_bare_names_are_told(
    table: str, column: str, count: int, legal: SecondReading
) -> None:
    rows = [row for row in legal.rows[table] if row[column]]
    assert len(rows) == count
    assert all(verdicts(legal, table, row) == {SAID} for row in rows)
    others = {row[column] for name in ("citations", "short_citations") for row in legal.rows[name]}
    lies = [{**row, column: other} for row in rows for other in others - {None, row[column]}]
    assert all(CONTRADICTED in verdicts(legal, table, lie) for lie in lies)
    missing = [{**row, column: None} for row in rows if column == "provision"]
    before = [row for row in missing if not row["quote"].startswith("Luật Đấu thầu")]
    assert all(DOUBTFUL in verdicts(legal, table, lie) for lie in before)


TITLED = """
UỶ BAN NHÂN DÂN TỈNH KHÁNH HÒA
Số: 31/KH-UBND
Khánh Hòa, ngày 05 tháng 01 năm 2024
KẾ HOẠCH
Trồng rừng năm 2024
Căn cứ Nghị định số 12/2021/NĐ-CP ngày 05/3/2021 của Chính phủ về giữ rừng, trồng rừng;
Căn cứ Quyết định số 13/QĐ-TTg ngày 06/3/2021 của Thủ tướng Chính phủ phê duyệt Đề án trồng cây;
1. Sở Tài chính thực hiện Nghị định số 12/2021/NĐ-CP về vốn và Luật Đất đai năm 2024.
"""


@pytest.mark.parametrize(
    ("lie", "told"),
    [(None, 0), ("Giữ biển", 1), ("Giữ rừng, trồng cây", 1), ("Phê duyệt Đề án trồng cây", 1)],
)
def test_a_lie_about_a_cited_title_is_told(lie: str | None, told: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TITLED, "utf-8")
    plan = load_file(tmp_path / "a.txt")
    rows = whole_rows(tables_of(plan))
    reading = SecondReading(rows, {plan.plan_id: plan.source.text}, rows)
    of = "12/2021/NĐ-CP"
    instruments = [
        {**row, "title": lie} if lie and row["number"] == of else row for row in rows["instruments"]
    ]
    titles = TitleCheck(instruments)
    titles.look(reading)
    (result,) = titles.results()
    assert (result.checked, result.failed, result.severity) == (2, told, "error")


def test_a_bare_name_out_of_force_is_doubtful(legal: SecondReading) -> None:
    row = next(row for row in legal.rows["short_citations"] if row["quote"] == "Luật Đất đai")
    older = {
        **legal.instruments[row["instrument_id"]],
        "instrument_id": "old",
        "number": "45/2013/QH13",
        "date": None,
    }
    made = SecondReading(
        legal.rows,
        legal.sources,
        {**legal.shared, "instruments": [*legal.shared["instruments"], older]},
    )
    assert DOUBTFUL in verdicts(made, "short_citations", {**row, "instrument_id": "old"})
    assert CONTRADICTED in verdicts(legal, "short_citations", {**row, "quote": "Sở Tài chính"})


def test_the_citations_are_looked_through_once_for_all_short_ones(legal: SecondReading) -> None:
    class Counted(list[Row]):
        passes = 0

        def __iter__(self) -> Iterator[Row]:
            Counted.passes += 1
            return super().__iter__()

    made = SecondReading(
        {**legal.rows, "citations": Counted(legal.rows["citations"])}, legal.sources, legal.shared
    )
    for row in legal.rows["short_citations"] * 9:
        verdicts(made, "short_citations", row)
    assert 0 < Counted.passes < 5


MERGED = """<p>UBND TỈNH HÀ NAM</p><p>Số: 12/KH-UBND</p><p>KẾ HOẠCH</p><p>Phát triển rừng năm 2025</p><table>
{header}
<tr><td>1</td><td>Trồng rừng ven biển</td><td rowspan=2>Sở Y tế</td><td>Sở Tài chính</td><td rowspan=2>Quý II/2025</td></tr>
<tr><td>2</td><td>Giữ rừng đầu nguồn</td><td>Sở Nội vụ</td></tr></table>"""
HEADERS = (
    "<tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời gian</th></tr>",
    "<tr><th rowspan=2>TT</th><th rowspan=2>Nhiệm vụ</th><th colspan=2>Cơ quan thực hiện</th><th rowspan=2>Thời gian thực hiện</th></tr>"
    "<tr><th>Chủ trì</th><th>Phối hợp</th></tr>",
)


@pytest.mark.parametrize("header", HEADERS, ids=["one row of names", "two"])
def test_cells_that_cover_several_rows_are_no_contradiction(header: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(MERGED.format(header=header), "utf-8")
    plan = load_file(path)
    rows = whole_rows(tables_of(plan))
    made = SecondReading(rows, {plan.plan_id: plan.source.text}, rows)
    assert len(rows["task_agencies"]) == 4
    for row in rows["task_agencies"]:
        assert agencies.read_role(made, row) == SAID
        assert agencies.read_basis(made, row) == SAID
    assert [tasks.read_deadline_text(made, row) for row in rows["tasks"]] == [SAID, SAID]
    lie = {**rows["tasks"][1], "deadline_text": "Quý III/2025"}
    assert tasks.read_deadline_text(made, lie) == CONTRADICTED
    first = next(row for row in rows["task_agencies"] if row["form"] == "Sở Tài chính")
    assert agencies.read_role(made, {**first, "role": "lead"}) == CONTRADICTED


def test_a_number_that_was_put_right_is_read_as_it_now_stands() -> None:
    text = "Trữ nước ngọt\ttriệu m3\tA2\n"
    span = {"start": text.index("A2"), "end": text.index("A2") + 2}
    rows: dict[str, list[Row]] = {
        "corrections": [{"document_id": "d", "after": "4,2", **span}],
        "documents": [{"document_id": "d", "plan_id": "p"}],
    }
    reading = SecondReading(rows, {"p": text}, {})
    row = {"document_id": "d", "quote": "A2", "unit": "m3", **span}
    assert read_value(reading, {**row, "value": 4_200_000.0}) is SAID
    assert read_value(reading, {**row, "value": 4_200.0}) is not SAID
