"""A release: its files, its version, its reasons, its replay."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from killing import watching
from sample_packages import write_plan
from toy_project import Project, make_project

from khplans.errors import AnotherRun, KhplansError
from khplans.packages.canonical import read_package
from khplans.releases.changes import read_changes, replay
from khplans.releases.excel_csv import original
from khplans.releases.index import Release, list_releases
from khplans.releases.provenance import code_tree, program_tree
from khplans.releases.reasons import making_changes
from khplans.releases.release import new_release

A, B = "tinh-a-1-kh-ubnd-2024", "tinh-b-2-kh-ubnd-2024"
TASKS_A = (
    "1 Sở Y tế: Rà soát  mạng lưới trạm y tế xã",
    "2 Sở Công Thương: =HYPERLINK chợ đầu mối",
    "3 Báo cáo kết qua",
)


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def rows(changes: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(changes.read_text("utf-8"))))


def replayed(project: Project, old: str, new: str) -> None:
    """The new tables are exactly the old ones with the published changes."""
    releases = {r.version: r for r in list_releases(project.releases)}
    changes = read_changes(json.loads((project.releases / new / "changes.json").read_bytes()))
    tables = replay(releases[old].package.tables, changes)
    expected = releases[new].package.tables
    assert tables == dict(expected)
    facts = releases[new].facts["tables"]
    assert {n: t.content_hash() for n, t in tables.items()} == {
        name: fact["content_sha256"] for name, fact in facts.items()
    }


def test_first_release_holds_exactly_these_files(project: Project) -> None:
    made = project.release()
    assert (made.version, made.new) == ("1.0.0", True)
    tables = ("agencies", "documents", "task_agencies", "tasks")
    assert set(files(made.folder)) == {
        *(f"{t}.{form}" for t in tables for form in ("csv", "parquet")),
        *(f"excel/{t}-{ending}.csv" for t in tables for ending in ("excel", "excel-vi")),
        *(f"plans/{p}/{f}" for p in (A, B) for f in ("source.txt", "plan.toml", "corrections.csv")),
        *("datapackage.json", "checks.json", "gold/tasks.jsonl", "release.json", "SHA256SUMS"),
        *(
            "khplans-1.0.0.xlsx",
            "khplans-1.0.0.sqlite",
            "khplans-1.0.0.zip",
            "changes.csv",
            "changes.json",
        ),
        *("notes.vi.md", "notes.en.md", "accuracy.json", "accuracy.csv"),
        *("provenance.json", "sbom.cdx.json"),
    }
    assert sorted(p.name for p in project.releases.iterdir()) == ["1.0.0", "versions.json"]


def test_the_zip_holds_the_whole_and_is_a_package_by_itself(
    project: Project, tmp_path: Path
) -> None:
    folder = project.release().folder
    with zipfile.ZipFile(folder / "khplans-1.0.0.zip") as archive:
        assert archive.testzip() is None
        members = {name: archive.read(name) for name in archive.namelist()}
    outside = files(folder)
    own_sums = members.pop("SHA256SUMS").decode().splitlines()
    assert members == {
        k: v for k, v in outside.items() if k not in ("SHA256SUMS", "khplans-1.0.0.zip")
    }
    assert own_sums == [
        line for line in outside["SHA256SUMS"].decode().splitlines() if not line.endswith(".zip")
    ]
    assert read_package(folder / "khplans-1.0.0.zip").tables == read_package(folder).tables


def test_sha256sum_accepts_the_sums(project: Project) -> None:
    folder = project.release().folder
    subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True
    )


def test_nothing_changed_is_no_release(project: Project) -> None:
    project.release()
    before = files(project.releases)
    again = project.release()
    assert (again.version, again.new) == ("1.0.0", False)
    assert "nothing" in again.why_en
    assert files(project.releases) == before


def test_another_parquet_writer_is_no_new_version(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = project.release()
    build = Project.build

    def other_writer(self: Project, plans: Path, packages: Path) -> None:
        build(self, plans, packages)
        path = packages / "khplans/tasks.parquet"
        import pyarrow.parquet as pq

        pq.write_table(pq.read_table(path), path, compression="gzip")

    monkeypatch.setattr(Project, "build", other_writer)
    assert not project.release().new
    assert (project.inputs.collection / "tasks.parquet").read_bytes() != (
        first.folder / "tasks.parquet"
    ).read_bytes()


@pytest.mark.parametrize(
    ("change", "version", "why"),
    [
        (lambda p: write_plan(p.plans, "tinh-c-3-kh-ubnd-2025", "1 Việc mới"), "1.1.0", "rows"),
        (lambda p: write_plan(p.plans, B, "1 Sở Y tế: Tiêm chủng mở rộng", "2 Thêm một việc"), "1.1.0", "rows"),
        (lambda p: write_plan(p.plans, A, *TASKS_A[:2]), "1.1.0", "rows"),
        (lambda p: write_plan(p.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản"), "1.0.1", "values"),
        (lambda p: (p.plans / B / "plan.toml").write_text('title = "Tên khác"\n'), "1.0.1", "text"),
    ],
)  # fmt: skip
def test_version_follows_from_what_changed(
    project: Project, change: object, version: str, why: str
) -> None:
    project.release()
    assert callable(change)
    change(project)
    made = project.release()
    assert (made.version, made.new) == (version, True)
    assert why in made.why_en
    replayed(project, "1.0.0", version)


def test_reasons_of_a_changed_plan_a_changed_rule_and_a_correction_at_once(
    project: Project,
) -> None:
    project.release()
    source = (project.plans / A / "source.txt").read_bytes().decode()
    at = source.index("kết qua")
    write_plan(project.plans, A, *TASKS_A, corrections=f"{at},{at + 7},kết qua,kết quả,Mất dấu\n")
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản", "2 Sở Y tế: Kiểm tra")
    project.read = lambda line: re.sub(r"\s+", " ", line.strip())
    project.tree = "2" * 40
    made = project.release()
    assert made.version == "1.1.0"
    found = {
        (r["table"], r["row_id"], r["change"], r["column"]): r["reason"]
        for r in rows(made.folder / "changes.csv")
    }
    assert found == {
        ("tasks", f"{A}:1", "changed", "text"): "code",
        ("tasks", f"{A}:3", "changed", "text"): "correction",
        ("documents", B, "changed", "end"): "source",
        ("tasks", f"{B}:1", "changed", "text"): "source",
        ("tasks", f"{B}:1", "changed", "end"): "source",
        ("tasks", f"{B}:2", "added", ""): "source",
        ("task_agencies", json.dumps([f"{B}:2", "so-y-te", "lead"]), "added", ""): "source",
    }
    replayed(project, "1.0.0", "1.1.0")
    notes = (made.folder / "notes.vi.md").read_text("utf-8")
    assert "Báo cáo kết qua → 3 Báo cáo kết quả" in notes.replace("\\", "")
    assert "sửa lỗi nhận dạng" in notes
    assert "cách đọc thay đổi" in notes
    assert "a reading error was corrected" in (made.folder / "notes.en.md").read_text("utf-8")


def test_a_single_cause_needs_no_build_between(project: Project) -> None:
    project.release()
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản")
    project.build(project.plans, project.packages)
    project.check(project.packages)

    def never(plans: Path, packages: Path) -> None:
        raise AssertionError("built")

    made = project.make_release(never)
    assert {r["reason"] for r in rows(made.folder / "changes.csv")} == {"source"}


def test_a_new_plan_a_changed_source_and_a_review_are_told_apart(project: Project) -> None:
    project.release()
    write_plan(project.plans, "tinh-c-3-kh-ubnd-2025", "1 Sở Y tế: Việc mới")
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản")
    (project.plans / A / "review.csv").write_text("row_id,verdict\n", "utf-8")
    made = project.release()
    found = {(r["plan_id"], r["reason"]) for r in rows(made.folder / "changes.csv")}
    assert found == {("tinh-c-3-kh-ubnd-2025", "plan"), (B, "source")}
    notes = (made.folder / "notes.en.md").read_text("utf-8")
    assert "a plan was added or withdrawn" in notes


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ({}, {}, ("code",)),
        ({"a": "1"}, {"a": "2"}, ("knowledge:a",)),
        ({"a": "1"}, {"a": "2", "b": "1"}, ("knowledge:a", "knowledge:b")),
        ({"a": "1"}, {"a": "1"}, ("code",)),
    ],
)
def test_a_change_of_knowledge_is_told_from_one_of_the_code(
    old: dict[str, str], new: dict[str, str], reasons: tuple[str, ...]
) -> None:
    def made_by(tree: str, program: str, knowledge: dict[str, str]) -> dict[str, object]:
        return {"code": {"tree": tree, "program": program, "knowledge": knowledge}, "lock": {}}

    before = made_by("1", "p", old)
    assert making_changes(before, made_by("2", "p", new)) == reasons
    assert making_changes(before, before) == ()
    both = making_changes(before, made_by("2", "q", new))
    assert both == ("code", *(r for r in reasons if r != "code"))


def test_a_tree_without_its_knowledge_is_told(tmp_path: Path) -> None:
    assert program_tree() != code_tree()


def test_causes_that_cannot_be_told_apart_are_both_named(project: Project) -> None:
    project.release()
    project.tree = "2" * 40
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản")
    project.build(project.plans, project.packages)
    project.check(project.packages)

    def refuses(plans: Path, packages: Path) -> None:
        raise KhplansError("file-damaged", "not readable any more")

    made = project.make_release(refuses)
    assert {r["reason"] for r in rows(made.folder / "changes.csv")} == {"code+source"}


def test_another_run_in_the_way_is_no_reason(project: Project) -> None:
    project.release()
    project.tree = "2" * 40
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng cơ bản")
    project.build(project.plans, project.packages)
    project.check(project.packages)

    def held(plans: Path, packages: Path) -> None:
        raise AnotherRun("another-run", "another run is writing here")

    with pytest.raises(AnotherRun):
        project.make_release(held)


def test_plain_csv_keeps_the_characters_and_the_excel_one_cannot_run(project: Project) -> None:
    folder = project.release().folder
    plain = list(csv.reader(io.StringIO((folder / "tasks.csv").read_text("utf-8"), newline="")))
    texts = [row[plain[0].index("text")] for row in plain[1:]]
    for ending, separator in (("excel", ","), ("excel-vi", ";")):
        raw = (folder / f"excel/tasks-{ending}.csv").read_bytes()
        assert raw.count(b"\r\n") == len(plain)
        lines = io.StringIO(raw.decode("utf-8-sig"), newline="")
        head, *excel = csv.reader(lines, delimiter=separator)
        assert [original(row[head.index("Nhiệm vụ")]) for row in excel] == texts


def test_accuracy_below_the_last_release_stops_it(project: Project) -> None:
    project.release()
    before = files(project.releases)
    project.read = lambda line: line.strip().replace("Sở Y tế:", "Sở Y tê:")
    with pytest.raises(KhplansError, match=r"tasks all lead 1\.0000 → 0\.0000.*Rà soát"):
        project.release()
    assert files(project.releases) == before


def test_a_plan_whose_source_changed_is_left_out_of_the_comparison(project: Project) -> None:
    project.release()
    write_plan(project.plans, A, "0 Việc chen lên trước", *TASKS_A)
    write_plan(project.plans, B, "1 Sở Y tế: Tiêm chủng mở rộng")
    made = project.release()
    assert json.loads((made.folder / "accuracy.json").read_bytes())["stale"] == [A]


def test_releases_go_into_a_folder_of_their_own(project: Project) -> None:
    """One among the plans or the packages would stand in the way of every build."""
    for other in (project.plans, project.packages):
        project.build(project.plans, project.packages)
        before = sorted(path.name for path in other.iterdir())
        with pytest.raises(KhplansError, match="holds other files"):
            replace(project, releases_name=other.name).release()
        assert sorted(path.name for path in other.iterdir()) == before
    project.releases.mkdir()
    (project.releases / "README.md").touch()
    assert project.release().new


def test_a_catalogue_without_a_plan_has_nothing_to_release(project: Project) -> None:
    shutil.rmtree(project.plans)
    project.plans.mkdir()
    with pytest.raises(KhplansError, match="khplans add"):
        project.release()


def test_an_unchecked_package_is_not_released(project: Project) -> None:
    project.release()
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    project.build(project.plans, project.packages)
    (project.inputs.collection / "checks.json").unlink()
    with pytest.raises(KhplansError, match="khplans check"):
        project.make_release(project.build)


def test_an_altered_release_is_not_built_upon(project: Project) -> None:
    folder = project.release().folder
    tasks = folder / "tasks.csv"
    tasks.write_bytes(tasks.read_bytes().replace("Rà soát".encode(), "Rà soat".encode()))
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    with pytest.raises(KhplansError, match=r"altered: tasks\.csv: tasks \S+:1 text"):
        project.release()
    assert [r.version for r in list_releases(project.releases)] == ["1.0.0"]


def test_a_release_is_never_replaced(project: Project) -> None:
    folder = project.release().folder
    before = files(folder)
    with pytest.raises(KhplansError, match="never replaced"), new_release(folder) as made:
        (made / "a.txt").write_bytes(b"x")
    assert files(folder) == before


def test_the_same_inputs_give_the_same_bytes_anywhere(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project.release()
    other = tmp_path_factory.mktemp("nơi khác")
    script = (
        "import sys; from pathlib import Path; from toy_project import make_project;"
        "make_project(Path(sys.argv[1])).release()"
    )
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path("tests/support").resolve()),
    }  # fmt: skip
    command = f"umask 077; exec {sys.executable} -c '{script}' '{other}'"
    subprocess.run(["bash", "-c", command], check=True, env=environment)
    made, remade = files(project.releases), files(other / "releases")
    assert made["1.0.0/provenance.json"] == remade["1.0.0/provenance.json"]
    assert made == remade


def test_a_release_is_of_the_day_of_its_newest_correction_or_review(project: Project) -> None:
    first = Release(project.release().folder).facts["released"]
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    table = project.plans / B / "corrections.csv"
    table.write_text("start,end,before,after,reason,date\n0,1,1,2,thử,2027-03-04\n", "utf-8")
    (project.plans / A / "review.csv").write_text("row_id,date\nx,2027-03-05\n", "utf-8")
    second = Release(project.release().folder).facts["released"]
    assert (first, second) == ("2026-11-02", "2027-03-05")
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác nữa")
    table.write_text("start,end,before,after,reason,date\n0,1,1,2,thử,hôm qua\n", "utf-8")
    with pytest.raises(KhplansError, match="must be a date") as told:
        project.release()
    assert told.value.where.endswith("corrections.csv:2")


def test_source_date_epoch_and_no_clock(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761599")
    assert Release(project.release().folder).facts["released"] == "2026-12-31"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    assert Release(project.release().folder).facts["released"] == "2026-12-31"
    write_plan(project.plans, B, "1 Việc khác nữa")
    for wrong in ("today", "9" * 20):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(KhplansError, match="SOURCE_DATE_EPOCH"):
            project.release()


def test_versions_json_lists_all_and_tells_newest_from_latest(project: Project) -> None:
    project.release()
    write_plan(project.plans, B, "1 Sở Y tế: Việc sai")
    project.release()
    (project.releases / "withdrawn.csv").write_text(
        "version,reason,reason_en\n1.0.1,Sai nguồn,Wrong source\n", "utf-8"
    )
    project.release()
    listed = json.loads((project.releases / "versions.json").read_bytes())
    assert (listed["newest"], listed["latest"]) == ("1.0.1", "1.0.0")
    assert [v["version"] for v in listed["versions"]] == ["1.0.1", "1.0.0"]
    assert listed["versions"][0]["withdrawn"]["reason_en"] == "Wrong source"
    assert listed["versions"][0]["previous"] == "1.0.0"


def test_provenance_and_bill_of_materials(project: Project) -> None:
    folder = project.release().folder
    text = (folder / "provenance.json").read_text("utf-8")
    assert str(project.root) not in text
    made_by = json.loads(text)
    assert set(made_by) == {"code", "lock", "tools", "plans", "gold"}
    assert set(made_by["plans"]) == {A, B}
    bill = json.loads((folder / "sbom.cdx.json").read_bytes())
    assert [c["purl"] for c in bill["components"] if "purl" in c] == [
        "pkg:pypi/click@8.1.7",
        "pkg:pypi/pyarrow@26.0.1",
    ]
    (program,) = [one for one in bill["dependencies"] if "dependsOn" in one]
    assert sorted(program["dependsOn"]) == sorted(c["bom-ref"] for c in bill["components"])


def test_code_tree_is_gits(tmp_path: Path) -> None:
    folder = tmp_path / "src"
    for name in ("a.py", "a-b/c.csv", "a/d.py", "ab/é.txt", "a/__pycache__/x.pyc"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    (tmp_path / ".gitignore").write_text("__pycache__/\n")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    tree = subprocess.run(
        ["git", "write-tree", "--prefix=src/"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert code_tree(folder) == tree


KILLED = """
import os, signal, sys
from pathlib import Path
from toy_project import Project
import khplans.releases.release as release
project = Project(Path(sys.argv[1]))
at = int(sys.argv[2])
count = [0]
def die(event, arguments):
    if event == "open" and ".khplans" in str(arguments[0]) and "/1.0.1" in str(arguments[0]) and arguments[2] & os.O_WRONLY:
        count[0] += 1
        if count[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
if at == 0:
    release.write_versions = lambda releases: os.kill(os.getpid(), signal.SIGKILL)
project.release()
"""


@pytest.mark.parametrize("at", [1, 9, 25, 0])
def test_a_killed_release_leaves_nothing_half_made(project: Project, at: int) -> None:
    project.release()
    before = files(project.releases)
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(project.root), str(at)],
        env=os.environ | {"PYTHONPATH": str(Path("tests/support").resolve())}, check=False,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    seen = [r.version for r in list_releases(project.releases)]
    assert seen == ["1.0.0"]
    assert files(project.releases) == before
    project.release()
    assert not (project.root / ".khplans").exists()
    assert sorted(p.name for p in project.releases.iterdir()) == ["1.0.0", "1.0.1", "versions.json"]
    whole = make_project(project.root / "again")
    whole.release()
    write_plan(whole.plans, B, "1 Sở Y tế: Việc khác")
    whole.release()
    assert files(project.releases) == files(whole.releases)


def test_a_full_disk_leaves_the_releases_as_they_were(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.release()
    before = files(project.releases)
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "release.json":
            raise OSError(28, "No space left on device", str(self))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space") as raised:
        project.release()
    assert raised.value.filename == str(project.releases / "1.0.1" / "release.json")
    assert files(project.releases) == before
    assert not (project.root / ".khplans").exists()


def test_a_release_and_its_line_in_the_list_are_seen_in_one_step(project: Project) -> None:
    project.release()
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    seen = set()

    def agree() -> bool:
        listed = json.loads((project.releases / "versions.json").read_bytes())["versions"]
        there = [release.version for release in list_releases(project.releases)]
        seen.add(tuple(there))
        return [entry["version"] for entry in listed] == there

    with watching(agree) as wrong:
        project.release()
    assert wrong == []
    assert seen == {("1.0.0",), ("1.0.1", "1.0.0")}


def test_releases_stay_the_files_they_were(project: Project) -> None:
    folder = project.release().folder
    (project.releases / "withdrawn.csv").write_text("version,reason,reason_en\n", "utf-8")
    before = {path: path.stat().st_ino for path in folder.rglob("*") if path.is_file()}
    write_plan(project.plans, B, "1 Sở Y tế: Việc khác")
    project.release()
    assert {path: path.stat().st_ino for path in before} == before
    assert (project.releases / "withdrawn.csv").is_file()
