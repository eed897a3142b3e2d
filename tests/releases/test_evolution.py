"""A release from before today's schema can still be read, compared with and verified."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from envelopes import write_sums, zip_bytes
from sample_packages import ROOT, toy_descriptor, toy_tables, write_checks, write_package
from toy_project import Project

import khplans
from khplans.atomic import write_file
from khplans.errors import KhplansError
from khplans.packages.canonical import PackageTable, read_package
from khplans.releases.changes import read_changes, replay
from khplans.releases.compare import compare_markdown, compare_packages, compare_text
from khplans.releases.contents import Inputs
from khplans.releases.downloaded import verify_download
from khplans.releases.index import Release, json_bytes, list_releases
from khplans.releases.release import Made, make_release

OLD_FIELDS = {
    "documents": [("document_id", "string"), ("plan_id", "string"), ("number", "string"), ("title", "string"), ("start", "integer"), ("end", "integer")],
    "tasks": [("task_id", "string"), ("document_id", "string"), ("words", "string"), ("deadline", "string"), ("priority", "string"), ("start", "integer"), ("end", "integer")],
}  # fmt: skip


def write_old_release(project: Project, deprecated: bool) -> Path:
    """Version 0.9.0: no agencies, `text` still named `words`, `deadline` a text, a column since gone.

    It has no plans, no provenance, no accuracy: nothing of what was thought of later.
    """
    folder = project.releases / "0.9.0"
    today = toy_tables(project.plans)
    tasks = today["tasks"]
    columns = tuple(c for c, _ in OLD_FIELDS["tasks"])
    rows = {}
    for key in tasks.rows:
        record = tasks.record(key)
        rows[key] = tuple(
            {**record, "words": record["text"], "priority": "cao"}[c] for c in columns
        )
    old = {
        "documents": today["documents"],
        "tasks": PackageTable("tasks", columns, ("task_id",), rows),
    }
    descriptor = toy_descriptor(OLD_FIELDS) | {"version": "0.9.0"}
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == "priority" and deprecated:
                field["deprecated"] = True
    write_package(folder, descriptor, old)
    facts = {"version": "0.9.0", "released": "2025-01-02", "tables": {}, "previous": None}
    (folder / "release.json").write_bytes(json_bytes(facts))
    files = {p.name: p.read_bytes() for p in folder.iterdir()}
    (folder / "khplans-0.9.0.zip").write_bytes(zip_bytes(files | {"SHA256SUMS": write_sums(files)}))
    files["khplans-0.9.0.zip"] = (folder / "khplans-0.9.0.zip").read_bytes()
    (folder / "SHA256SUMS").write_bytes(write_sums(files))
    return folder


@pytest.mark.parametrize(
    ("deprecated", "change", "words"),
    [(True, "column-retired", "như đã báo trước"), (False, "column-removed", "chưa báo trước")],
)
def test_the_next_release_is_major_and_says_what_broke(
    project: Project, deprecated: bool, change: str, words: str
) -> None:
    write_old_release(project, deprecated)
    made = project.release()
    assert made.version == "1.0.0"
    assert [r.version for r in list_releases(project.releases)] == ["1.0.0", "0.9.0"]
    changes = read_changes(json.loads((made.folder / "changes.json").read_bytes()))
    found = {(c.table, c.change, c.column) for c in changes.schema}
    assert {
        ("tasks", "column-renamed", "words"),
        ("tasks", "column-retyped", "deadline"),
        ("tasks", change, "priority"),
        ("agencies", "table-added", ""),
    } <= found
    old, new = (read_package(project.releases / v).tables for v in ("0.9.0", "1.0.0"))
    assert replay(old, changes) == dict(new)
    assert not [r for r in changes.rows if r.table == "tasks"]
    assert words in (made.folder / "notes.vi.md").read_text("utf-8").replace("\\", "")


def test_the_old_release_still_reads_and_verifies(project: Project) -> None:
    folder = write_old_release(project, deprecated=False)
    project.release()
    assert verify_download(folder, project.releases).good
    assert verify_download(project.releases).good
    assert Release(folder).package.tables["tasks"].columns[2] == "words"
    text = "\n".join(compare_text(compare_packages(folder, project.releases / "1.0.0")))
    assert "tasks.words column-renamed (major): words → text" in text


def test_compare_shows_rows_with_their_words(project: Project) -> None:
    first = project.release().folder
    project.read = lambda line: line.strip().replace("Báo cáo", "Trình")
    project.build(project.plans, project.packages)
    changes = compare_packages(first / "khplans-1.0.0.zip", project.packages)
    text = list(compare_text(changes))
    assert text == [
        "tasks: 1 đổi / changed",
        "  ~ tinh-a-1-kh-ubnd-2024:3 | 3 Trình kết qua",
        "      text: 3 Báo cáo kết qua → 3 Trình kết qua",
    ]
    markdown = "\n".join(compare_markdown(changes))
    assert "| tasks | 0 | 0 | 1 |" in markdown
    assert "3 Trình kết qua" in markdown
    assert list(compare_text(compare_packages(first, first))) == [
        "Không có gì khác / no difference"
    ]


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("datapackage.json", "{", "broken JSON"),
        ("datapackage.json", '{"resources": [{"name": "a", "path": "../a.csv"}]}', "leaves the package|broken"),
        ("tasks.csv", "id\n", "header"),
        ("tasks.csv", "task_id,document_id,text,deadline,start,end\na,b,c,,x,1\n", "not of the schema"),
        ("tasks.csv", "task_id,document_id,text,deadline,start,end\na,b\n", "not of the schema"),
        ("tasks.csv", "task_id,document_id,text,deadline,start,end\na,b,c,,1,2\na,b,c,,1,2\n", "twice"),
    ],
)  # fmt: skip
def test_a_broken_package_is_told_in_a_line(
    project: Project, file: str, text: str, words: str
) -> None:
    project.build(project.plans, project.packages)
    (project.inputs.collection / file).write_text(text, "utf-8")
    with pytest.raises(KhplansError, match=words) as caught:
        read_package(project.inputs.collection)
    assert file in caught.value.where


REAL = ROOT / "releases/1.0.0"


def release_with_a_new_table(releases: Path, made: Path) -> Made:
    """Release 1.0.0 of the real plans, and beside it the release that has one table more."""
    shutil.copytree(REAL, releases / "1.0.0")
    package = read_package(REAL)
    named = PackageTable(
        "short_names",
        ("form", "instrument_id"),
        ("form",),
        {
            (f"KH {i}",): (f"KH {i}", key[0])
            for i, key in enumerate(package.tables["instruments"].rows)
        },
    )
    columns = [{"name": name, "type": "string", "title": name} for name in named.columns]
    schema = {"fields": columns, "primaryKey": ["form"]}
    resources = list(package.descriptor["resources"])
    for form in ("csv", "parquet"):
        name = named.name if form == "csv" else f"{named.name}-{form}"
        described = {"name": name, "path": f"{named.name}.{form}", "format": form, "schema": schema}
        resources.append({**described, "type": "table", "title": "Tên gọi tắt"})
    left = ("version", "homepage")
    descriptor = {k: v for k, v in package.descriptor.items() if k not in left}
    for path in (r["path"] for r in package.descriptor["resources"]):
        write_file(made / path, (REAL / path).read_bytes())
    write_package(
        made, descriptor | {"resources": resources}, {**package.tables, named.name: named}
    )
    write_checks(made)
    inputs = Inputs(made, REAL / "plans", REAL / "gold")

    def never(plans: Path, packages: Path) -> None:
        raise AssertionError("the one cause, the code, needs no build")

    def check(packages: Path) -> None:
        write_checks(packages / made.name)

    lock = ROOT / "requirements.lock"
    return make_release(inputs, releases, lock, never, check, "https://example.vn")


def test_a_new_table_is_a_minor_version_and_the_release_before_it_lives_on(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    made = release_with_a_new_table(releases, tmp_path / "package")
    assert made.version == "1.1.0"
    assert [(c.table, c.change, c.level) for c in made.changes.schema] == [
        ("short_names", "table-added", "minor")
    ]
    old, new = (read_package(releases / version) for version in ("1.0.0", "1.1.0"))
    assert {(row.table, row.change, row.reason) for row in made.changes.rows} == {
        ("short_names", "added", "code")
    }
    assert len(made.changes.rows) == len(new.tables["short_names"].rows)
    written = json.loads((made.folder / "changes.json").read_bytes())
    assert replay(old.tables, read_changes(written)) == dict(new.tables)
    assert "bảng mới short" in (made.folder / "notes.vi.md").read_text("utf-8")
    assert "new table short" in (made.folder / "notes.en.md").read_text("utf-8")
    assert verify_download(releases).good
    assert verify_download(releases / "1.0.0", releases).good
    text = list(compare_text(compare_packages(releases / "1.0.0", releases / "1.1.0")))
    assert text[0] == "~ short_names table-added (minor)"
    listed = json.loads((releases / "versions.json").read_bytes())
    assert [entry["version"] for entry in listed["versions"]] == ["1.1.0", "1.0.0"]
    assert "short_names" not in listed["versions"][1]["rows"]
    before, after = (khplans.load(version, source=releases) for version in ("1.0.0", "1.1.0"))
    assert len(before.tables) == len(after.tables) - 1
    assert len(after["short_names"]) == len(after.instruments)
    assert after.short_names.columns.tolist() == ["form", "instrument_id"]  # type: ignore[attr-defined]
    assert list(after.sql("select count(*) as n from short_names").n) == [len(after.instruments)]
    with pytest.raises(khplans.UnknownNameError, match="there are"):
        before["short_names"]
    for kp in (before, after):
        for table in kp.tables:
            assert len(kp[table]) == kp.arrow(table).num_rows
