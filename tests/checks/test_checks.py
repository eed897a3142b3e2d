"""Each check finds the fault it is for, and nothing in a good package."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from small_plans import LAO_CAI, TUYEN_QUANG, add_plan
from spoiling import PLAN, RULES, Change, redescribe, spoil

from khplans.checks.agreement import check_agreement
from khplans.checks.coverage import read_bounds
from khplans.checks.engine import run_expectations
from khplans.checks.keys import UnionCheck, check_keys, check_links
from khplans.checks.package import CheckedPackage
from khplans.checks.package_files import check_hashes
from khplans.checks.results import Result
from khplans.checks.run import (
    Report,
    accepting,
    check_all,
    check_collection,
    check_package,
    check_part,
    check_rows,
    expectations_of,
    refuse_errors,
)
from khplans.checks.slices import Slices
from khplans.checks.spans import check_spans
from khplans.checks.suites import reviewed_expectations
from khplans.errors import KhplansError
from khplans.pipeline import build


def failed(report: Report) -> set[tuple[str, str]]:
    return {(result.table, result.check) for result in report.errors}


def set_first(column: str, value: Any) -> Change:
    return lambda rows: rows[0].update({column: value})


def failed_in(package: Path, name: str) -> set[tuple[str, str]]:
    """What fails of all checks, of expectations those of one table: the others take their time."""
    there = CheckedPackage(package)
    expectations = [one for one in expectations_of(RULES) if one.table == name]
    own = [
        *check_spans(there),
        *check_agreement(there),
        *check_keys(there),
        *check_links(there),
        *run_expectations(there, expectations),
    ]
    return {(result.table, result.check) for result in own if result.failed}


def union_results(collection: Path, *parts: Path) -> list[Result]:
    slices = Slices(collection)
    check = UnionCheck(slices.shared, {part.name: part for part in parts})
    for some in slices:
        check.compare(some)
    return list(check.results(slices.shared))


@pytest.fixture(scope="module")
def report(good: Path) -> Report:
    return check_package(good / PLAN, RULES)


def test_a_good_package_passes(report: Report) -> None:
    assert failed(report) == set()
    assert len(report.results) > 150
    assert [one.check for one in report.notices] == ["coverage.reviewed"]


def test_what_the_plan_itself_has_wrong_is_told_by_warnings(report: Report) -> None:
    """The small plan has a deadline before its date and a percentage that isn't that of its count."""
    results = {(one.table, one.check): one for one in report.results}
    deadline = results["tasks", "agreement.deadline-not-before-document"]
    assert (deadline.status, deadline.warned, deadline.examples) == ("warned", 1, (f"{PLAN}:II:2",))
    assert results["indicators", "agreement.share"].warned == 1


def test_a_doubt_without_its_warning_is_an_error(package: Path) -> None:
    spoil(package, "warnings", list.clear)
    assert failed(check_rows(package, RULES)) >= {
        ("tasks", "agreement.deadline-not-before-document"),
        ("indicators", "agreement.share"),
    }


SHORT = {
    "short_citation_id": f"{PLAN}:s-nghi-quyet-1", "document_id": PLAN, "citation_id": f"{PLAN}:c",
    "quote": "Nghị quyết 1", "definition_start": 40, "definition_end": 52, "start": 20, "end": 32,
}  # fmt: skip
FAULTS: list[tuple[str, Change, tuple[str, str]]] = [
    ("tasks", lambda rows: rows.append(dict(rows[0])), ("tasks", "schema.primary-key")),
    ("task_agencies", lambda rows: rows.append(dict(rows[0])), ("task_agencies", "schema.primary-key")),
    ("tasks", set_first("section_id", "nowhere"), ("tasks", "schema.foreign-key.section_id")),
    ("task_agencies", set_first("agency_id", "nobody"), ("task_agencies", "schema.foreign-key.agency_id")),
    ("documents", set_first("issuer_id", "nobody"), ("documents", "schema.foreign-key.issuer_id")),
    ("tasks", set_first("cadence", "sometimes"), ("tasks", "schema.enum.cadence")),
    ("indicators", set_first("comparator", "≥"), ("indicators", "schema.enum.comparator")),
    ("indicators", set_first("unit", "Tỷ đồng"), ("indicators", "schema.pattern.unit")),
    ("indicators", set_first("period", "năm 2025"), ("indicators", "schema.pattern.period")),
    ("documents", set_first("sha256", "0" * 63), ("documents", "schema.pattern.sha256")),
    ("sections", set_first("annex", -1), ("sections", "schema.range.annex")),
    ("instruments", set_first("year", 20255), ("instruments", "schema.range.year")),
    ("documents", set_first("date", datetime.date(1845, 1, 1)), ("documents", "reviewed.date-range")),
    ("documents", set_first("number", "15 /KH-UBND"), ("documents", "reviewed.number-form")),
    ("tasks", set_first("text", "**Sở Y tế**  chủ trì"), ("tasks", "reviewed.no-spaces-at-ends")),
    ("tasks", set_first("text", "Làm"), ("tasks", "reviewed.text-length")),
    ("tasks", set_first("end", 10_000_000), ("tasks", "spans.inside")),
    ("tasks", lambda rows: rows[0].update(start=5, end=5), ("tasks", "spans.inside")),
    ("citations", set_first("quote", "Nghị quyết số 01/NQ-CP"), ("citations", "spans.quote")),
    ("indicators", lambda rows: rows[0].update(start=rows[0]["start"] + 1), ("indicators", "spans.quote")),
    ("documents", set_first("end", 300), ("tasks", "spans.document")),
    ("short_citations", lambda rows: rows.append(SHORT), ("short_citations", "spans.definition")),
    ("citations", set_first("date", datetime.date(2025, 2, 21)), ("citations", "agreement.citation-not-after-document")),
    ("indicators", set_first("value_high", 0.5), ("indicators", "agreement.range")),
    ("agencies", set_first("name", "Tổ Trăng rằm"), ("agencies", "agreement.agency-known")),
    ("task_agencies", set_first("basis", "merged-cell"), ("task_agencies", "agreement.inferred")),
    ("warnings", set_first("row_id", "nowhere"), ("warnings", "agreement.warned-row")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "check"), FAULTS, ids=[str(one[2]) for one in FAULTS])
def test_a_fault_is_found(package: Path, name: str, change: Change, check: tuple[str, str]) -> None:
    spoil(package, name, change)
    assert check in failed_in(package, check[0])


def test_parts_that_exceed_their_whole(package: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        part = {**rows[0], "indicator_id": "part", "parent_indicator_id": rows[0]["indicator_id"]}
        rows[0].update(value=10.0, unit="person", change="level")
        part.update(value=11.0, unit="person", change="level")
        rows.append(part)

    spoil(package, "indicators", change)
    assert ("indicators", "agreement.parts") in failed(check_rows(package, RULES))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tasks", lambda rows: rows.append(dict(rows[0]))),
        ("tasks", set_first("section_id", "nowhere")),
        ("agency_names", lambda rows: rows.append(dict(rows[0]))),
    ],
)
def test_keys_of_a_plans_package(package: Path, name: str, change: Change) -> None:
    spoil(package, name, change)
    assert (name, "keys") in failed(check_rows(package, RULES))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tasks", set_first("output", "Báo cáo")),
        ("tasks", lambda rows: rows.pop()),
        ("agencies", lambda rows: rows.pop()),
        ("warnings", list.clear),
        ("measures", lambda rows: rows.append({**rows[0], "measure_id": "more"})),
    ],
)
def test_a_collection_that_is_not_the_union(
    good: Path, tmp_path: Path, name: str, change: Change
) -> None:
    packages = tmp_path / "datapackages"
    shutil.copytree(good, packages)
    spoil(packages / "khplans", name, change)
    results = union_results(packages / "khplans", packages / PLAN)
    assert {one.table for one in results if one.failed} == {name}


@pytest.mark.parametrize("name", ["tasks.csv", "tasks.parquet", f"sources/{PLAN}.txt"])
def test_a_flipped_byte_in_any_file(package: Path, name: str) -> None:
    data = bytearray((package / name).read_bytes())
    data[len(data) // 2] ^= 1
    (package / name).write_bytes(data)
    assert check_hashes(CheckedPackage(package)).examples == (name,)


def test_csv_and_parquet_that_differ(package: Path) -> None:
    path = package / "tasks.csv"
    path.write_bytes(path.read_bytes().replace(b"2025-06-30", b"2025-06-29"))
    redescribe(package)
    assert ("tasks", "files.same-rows") in failed(check_rows(package, RULES))


def test_a_column_of_another_type(package: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = package / "tasks.parquet"
    data = pq.ParquetFile(path).read()
    at = data.schema.get_field_index("start")
    pq.write_table(data.set_column(at, "start", data["start"].cast(pa.string())), path)
    redescribe(package)
    assert failed(check_package(package, RULES)) >= {("tasks", "files.types")}


def test_a_lost_table_row(package: Path) -> None:
    """A row of a table in the source that gave nothing, and no warning of it."""
    source = package / "sources" / f"{PLAN}.txt"
    text = source.read_text("utf-8")
    table = (
        "\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\nSTT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n"
        "1\tXây dựng kế hoạch phát triển du lịch\tSở Du lịch\tQuý II/2025\n"
        "2\tRà soát quy hoạch sử dụng đất\tSở Nông nghiệp và Môi trường\tQuý III/2025\n"
    )
    source.write_bytes((text + table).encode())
    redescribe(package)
    lost = {(one.table, one.check): one for one in check_rows(package, RULES).results}[
        "tasks", "coverage.table-rows"
    ]
    assert lost.failed == lost.checked == 2


def test_row_counts_out_of_their_bounds(package: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    header = "plan_id,table,minimum,maximum\n"
    (rules / "row_counts.csv").write_text(
        f"{header}{PLAN},tasks,3,3\n{PLAN},citations,5,9\n", "utf-8"
    )
    report = check_rows(package, rules)
    assert failed(report) == {("citations", "coverage.row-count")}
    assert report.errors[0].examples == (f"{PLAN}: 1 ∉ 5–9",)
    assert report.notices == ()


def reviewed_alone(package: Path, rules: Path, entry: str) -> Result:
    """The result of one reviewed expectation."""
    rules.mkdir(exist_ok=True)
    (rules / "expectations.yaml").write_text(entry, encoding="utf-8")
    own = reviewed_expectations(rules)[-1:]
    (result,) = run_expectations(CheckedPackage(package), own)
    return result


@pytest.mark.parametrize(
    ("code", "status"), [("deadline-before-document", "warned"), ("row-unaccounted", "failed")]
)
def test_a_warning_can_excuse_an_expectation(
    package: Path, tmp_path: Path, code: str, status: str
) -> None:
    entry = (
        "- {check: late, table: tasks, expect: ExpectColumnValuesToBeBetween, title: a, title_en: b,\n"
        f"   arguments: {{column: deadline, min_value: 2025-01-01}}, warning: {code}}}\n"
    )
    assert reviewed_alone(package, tmp_path / "rules", entry).status == status


def check_rules(package: Path, rules: Path) -> None:
    read_bounds(rules)
    run_expectations(CheckedPackage(package), reviewed_expectations(rules))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("expectations.yaml", "- {check: x, table: tasks}", "expect"),
        ("expectations.yaml", "- [", "can't be read"),
        ("expectations.yaml", "- {check: x}\n\n- {a: ]\n", r"\.yaml:3: .*can't be read"),
        ("expectations.yaml", "- just words", "entry lacks it"),
        ("expectations.yaml", "- {check: x, table: none, expect: E, arguments: {}, title: a, title_en: b}", "no such table"),
        (
            "expectations.yaml",
            "- {check: x, table: tasks, expect: ExpectNothing, arguments: {}, title: a, title_en: b}",
            "not a valid expectation",
        ),
        (
            "expectations.yaml",
            "- {check: x, table: tasks, expect: ExpectColumnValuesToNotBeNull, arguments: {row: 1}, title: a, title_en: b}",
            "not a valid expectation",
        ),
        ("row_counts.csv", "plan,table\n", "wrong columns"),
        ("row_counts.csv", "plan_id,table,minimum,maximum\na,tasks,x,1\n", "two numbers"),
        ("row_counts.csv", "plan_id,table,minimum,maximum\na,tusks,0,1\n", "no table"),
    ],
)  # fmt: skip
def test_rules_that_are_not_whole(
    package: Path, tmp_path: Path, name: str, text: str, words: str
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    (rules / name).write_text(text, encoding="utf-8")
    with pytest.raises(KhplansError, match=words):
        check_rules(package, rules)


def test_an_expectation_that_cannot_be_run_is_a_failure_not_a_pass(
    package: Path, tmp_path: Path
) -> None:
    entry = (
        "- {check: x, table: tasks, expect: ExpectColumnValuesToNotBeNull, title: a, title_en: b,\n"
        "   arguments: {column: no_such_column}}\n"
    )
    result = reviewed_alone(package, tmp_path / "rules", entry)
    assert result.status == "failed"
    assert "no_such_column" in result.examples[0]


def test_results_are_written_the_same_each_time(good: Path, checked: Path, tmp_path: Path) -> None:
    packages = tmp_path / "datapackages"
    shutil.copytree(good, packages)
    check_all(packages, RULES)
    for name in (PLAN, "khplans"):
        text = (packages / name / "checks.json").read_bytes()
        assert text == (checked / "datapackages" / name / "checks.json").read_bytes()
    content = json.loads((packages / PLAN / "checks.json").read_bytes())
    assert content["package"] == PLAN
    assert content["summary"]["failed"] == 1
    assert {"check", "table", "severity", "title", "title_en", "status"} <= content["results"][
        0
    ].keys()


def test_unchanged_packages_are_not_checked_again(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from khplans.checks import run

    monkeypatch.setattr(run, "run_expectations", lambda *arguments: [])  # the slow ones
    packages = tmp_path / "datapackages"
    shutil.copytree(good, packages)
    first = check_all(packages, RULES)
    seen: list[str] = []
    real = run.check_part

    def note(folder: Path, *arguments: Any) -> Report:
        seen.append(folder.name)
        return real(folder, *arguments)

    monkeypatch.setattr(run, "check_part", note)
    assert check_all(packages, RULES) == first
    assert seen == []
    spoil(packages / PLAN, "agency_names", set_first("form", "SYT"))
    check_all(packages, RULES)
    assert seen == [PLAN]


def test_another_plan_s_package_is_no_reason_to_check_one_again(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from khplans.checks import run

    looked_at: dict[str, int] = {}
    real = run._LookedAt.of

    def note(folder: Path, parts: Sequence[Path]) -> Any:
        looked_at[folder.name] = len(parts)
        return real(folder, parts)

    monkeypatch.setattr(run._LookedAt, "of", note)
    monkeypatch.setattr(run, "run_expectations", lambda *arguments: [])
    shutil.copytree(good, tmp_path / "datapackages")
    check_all(tmp_path / "datapackages", RULES)
    assert looked_at == {PLAN: 0, "khplans": 1}


def test_rows_are_looked_at_in_the_plan_where_the_collection_lacks_them(
    good: Path, tmp_path: Path
) -> None:
    """A document that the collection takes from another plan has its rows in the plan's package alone."""
    packages = tmp_path / "datapackages"
    shutil.copytree(good, packages)
    there = CheckedPackage(packages / "khplans")
    copied = check_part(packages / PLAN, there, RULES)
    checks = {one.check for one in copied.results}
    assert {"files.same-rows", "keys"} <= checks
    assert "spans.inside" not in checks
    assert [one.check for one in copied.notices] == ["coverage.reviewed"]
    spoil(packages / "khplans", "documents", set_first("plan_id", "another"))
    there = CheckedPackage(packages / "khplans")
    whole = check_part(packages / PLAN, there, RULES)
    assert whole == check_rows(packages / PLAN, RULES)
    assert len(whole.results) > len(copied.results)


def test_nothing_is_written_where_anything_fails(good: Path, tmp_path: Path) -> None:
    packages = tmp_path / "datapackages"
    shutil.copytree(good, packages)
    spoil(packages / "khplans", "tasks", set_first("cadence", "sometimes"))
    reports = check_all(packages, RULES)
    with pytest.raises(KhplansError, match=r"khplans/tasks: .*khplans review"):
        refuse_errors(reports)
    assert list(packages.glob("*/checks.json")) == []


def test_what_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(KhplansError, match="no data packages"):
        check_all(tmp_path, RULES)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(KhplansError, match="broken JSON"):
        check_all(tmp_path, RULES)
    (tmp_path / "a" / "datapackage.json").write_text('{"name": "a"}', encoding="utf-8")
    with pytest.raises(KhplansError, match="broken JSON: resources"):
        check_all(tmp_path, RULES)
    (tmp_path / "a" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    with pytest.raises(KhplansError, match=r"missing file: documents\.parquet"):
        check_all(tmp_path, RULES)


def test_accepted_counts_are_taken_back_where_the_check_then_fails(tmp_path: Path) -> None:
    packages, rules = tmp_path / "packages", tmp_path / "rules"
    rules.mkdir()
    path = rules / "row_counts.csv"
    before = "plan_id,table,minimum,maximum\nkhac,tasks,1,1\n"

    def accept() -> None:
        with accepting(packages, rules, ["moi"]):
            assert "moi,tasks,2,2" in path.read_text("utf-8")
            raise KhplansError("check-failed", "a check failed")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "khplans.checks.run.accept_counts",
            lambda *_: path.write_text(f"{before}moi,tasks,2,2\n", "utf-8"),
        )
        with pytest.raises(KhplansError, match="a check failed"):
            accept()
        assert not path.exists()
        path.write_text(before, "utf-8")
        with pytest.raises(KhplansError, match="a check failed"):
            accept()
        assert path.read_text("utf-8") == before
        with accepting(packages, rules, ["moi"]):
            pass
        assert path.read_text("utf-8") == f"{before}moi,tasks,2,2\n"


def test_a_misreading_stops_an_accepted_plan_and_is_told_of_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khplans.checks.run.run_expectations", lambda *arguments: [])  # slow
    new = "tuyen-quang-45-kh-ubnd-2025"
    add_plan(tmp_path / "plans", PLAN, LAO_CAI)
    add_plan(tmp_path / "plans", new, TUYEN_QUANG)
    packages, bounds = tmp_path / "datapackages", tmp_path / "row_counts.csv"
    build(tmp_path / "plans", packages)
    collection, parts = packages / "khplans", [packages / PLAN, packages / new]
    misread, told = ("indicators", "words.value"), ("indicators", "words.value.unaccepted")

    def lie(rows: list[dict[str, Any]]) -> None:
        for plan in (PLAN, new):
            last = [row for row in rows if row["document_id"] == plan][-1]
            last.update(value=last["value"] + 1)

    spoil(collection, "indicators", lie)
    of_new = check_collection(collection, parts, tmp_path)
    assert misread not in failed(of_new)
    assert ("indicators", "union") in failed(of_new)  # a fault of the package itself
    for accepted, examples in (
        ([], {told: 2}), ([PLAN], {misread: 1, told: 1}), ([PLAN, new], {misread: 2})
    ):  # fmt: skip
        lines = "".join(f"{plan},tasks,0,999\n" for plan in accepted)
        bounds.write_text(f"plan_id,table,minimum,maximum\n{lines}", "utf-8")
        report = check_collection(collection, parts, tmp_path)
        wrong = {(one.table, one.check): one.failed for one in (*report.errors, *report.notices)}
        assert {key: wrong[key] for key in (misread, told) if key in wrong} == examples
        assert (misread in failed(report)) == bool(accepted)
