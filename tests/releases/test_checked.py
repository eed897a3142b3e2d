"""What is released is what was checked, to the byte; nothing else is."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from sample_packages import write_plan
from small_plans import files_of
from spoiling import PLAN, spoil
from toy_project import Project, make_project

from khplans.atomic import copy_tree
from khplans.checks.run import check_all
from khplans.cli import group
from khplans.errors import KhplansError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A toy project that was released once, with a second release ready to be made."""
    project = make_project(tmp_path)
    project.release()
    write_plan(project.plans, "tinh-b-2-kh-ubnd-2024", "1 Sở Y tế: Việc khác")
    project.build(project.plans, project.packages)
    project.check(project.packages)
    return project


def release(project: Project) -> None:
    project.make_release(project.build)


def test_a_checked_collection_is_released(project: Project) -> None:
    made = project.make_release(project.build)
    assert made.new
    published = json.loads((made.folder / "checks.json").read_text("utf-8"))
    assert published == {"package": "khplans", "results": []}


def append(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + b"\n")


ALTERED: dict[str, Callable[[Path], object]] = {
    "tasks.csv": append("tasks.csv"),
    "tasks.parquet": append("tasks.parquet"),
    "datapackage.json": append("datapackage.json"),
    "agencies.csv": lambda folder: (folder / "agencies.csv").unlink(),
    "strange.csv": lambda folder: (folder / "strange.csv").write_bytes(b"a\n"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_file_that_is_not_as_checked_stops_it(project: Project, name: str) -> None:
    before = files_of(project.releases)
    ALTERED[name](project.inputs.collection)
    with pytest.raises(KhplansError, match=r"not what was checked.*") as told:
        release(project)
    assert str(project.inputs.collection / name) in str(told.value)
    assert "khplans check" in str(told.value)
    assert files_of(project.releases) == before


@pytest.mark.parametrize(
    "record",
    [
        "", "{", "[]", "{}", '{"files": {}, "parts": {}}', '{"files": 1, "parts": {}, "results": []}',
        '{"files": {}, "parts": {"../x": "0"}, "results": []}', '{"files": {}, "parts": {}, "results": [1]}',
    ],
)  # fmt: skip
def test_a_record_that_is_none_stops_it(project: Project, record: str) -> None:
    (project.inputs.collection / "checks.json").write_text(record, "utf-8")
    with pytest.raises(KhplansError, match="has not been checked"):
        release(project)


@pytest.mark.parametrize("change", [{"status": "failed"}, {"failed": 2}])
def test_a_failed_check_stops_it(project: Project, change: dict[str, Any]) -> None:
    path = project.inputs.collection / "checks.json"
    one = {"check": "keys", "table": "tasks", "severity": "error", "failed": 0, "status": "passed"}
    for told, stops in (
        (one, False),
        (one | change | {"severity": "warning"}, False),
        (one | change, True),
    ):
        path.write_text(
            json.dumps(json.loads(path.read_text("utf-8")) | {"results": [told]}), "utf-8"
        )
        with pytest.raises(KhplansError, match="a check failed: keys" if stops else "results"):
            release(project)  # the others stop as they are not what the check finds


def test_a_change_while_it_is_copied_is_seen(project: Project) -> None:
    real = copy_tree

    def late(source: Path, *args: Any, **more: Any) -> Any:
        append("tasks.csv")(project.inputs.collection)
        return real(source, *args, **more)

    with (
        patch("khplans.releases.checked.copy_tree", late),
        pytest.raises(KhplansError, match="not what was checked"),
    ):
        release(project)


def test_a_change_behind_the_copy_does_not_matter(project: Project) -> None:
    right = (project.inputs.collection / "tasks.csv").read_bytes()

    def check(packages: Path) -> None:
        Project.check(project, packages)
        append("tasks.csv")(project.inputs.collection)

    with patch.object(project, "check", check):
        release(project)
    (made,) = set(project.releases.glob("*/tasks.csv")) - {project.releases / "1.0.0/tasks.csv"}
    assert made.read_bytes() == right


def test_a_plan_that_changes_while_it_is_copied_is_seen(project: Project) -> None:
    before = files_of(project.releases)

    def check(packages: Path) -> None:
        Project.check(project, packages)
        append("source.txt")(project.plans / "tinh-b-2-kh-ubnd-2024")

    with (
        patch.object(project, "check", check),
        pytest.raises(KhplansError, match=r"tinh-b-2-kh-ubnd-2024/source\.txt"),
    ):
        release(project)
    assert files_of(project.releases) == before


@pytest.fixture
def catalogue(checked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "catalogue"
    shutil.copytree(checked, root)
    (root / "gold").mkdir()
    (root / "requirements.lock").write_text("click==8.1.7\n", "utf-8")
    monkeypatch.chdir(root)
    return root


def run_release() -> str:
    """What `khplans release` says as it refuses."""
    done = CliRunner().invoke(group, ["release", "--gold", "gold"])
    assert done.exit_code != 0
    assert not Path("releases").exists() or not list(Path("releases").glob("*/SHA256SUMS"))
    return str(done.exception) + done.output


def test_checks_json_names_every_file_that_was_looked_at(catalogue: Path) -> None:
    for package in (catalogue / "datapackages").iterdir():
        record = json.loads((package / "checks.json").read_text("utf-8"))
        assert record["files"].keys() == files_of(package).keys() - {"checks.json"}
    assert record["package"] == "khplans" or record["parts"] == {}


def test_the_package_of_a_plan_that_was_altered_stops_a_release(catalogue: Path) -> None:
    append("tasks.csv")(catalogue / "datapackages" / PLAN)
    assert PLAN in run_release()


@pytest.mark.parametrize("name", ["source.txt", "plan.toml", "corrections.csv"])
def test_a_plan_that_is_not_the_one_that_was_read_stops_a_release(
    catalogue: Path, name: str
) -> None:
    plan = catalogue / "plans" / PLAN
    data = (plan / name).read_bytes()
    if name == "plan.toml":
        (plan / name).write_bytes(data.replace("Kế hoạch".encode(), "Kế hoạch khác".encode()))
    elif name == "corrections.csv":
        (plan / name).write_bytes(data + "0,2,ỦY,Ủy,thử\n".encode())
    else:
        append(name)(plan)
        digest = hashlib.sha256((plan / name).read_bytes()).hexdigest()
        about = (plan / "plan.toml").read_text("utf-8")
        (plan / "plan.toml").write_text(re.sub("[0-9a-f]{64}", digest, about), "utf-8")
    told = run_release()
    assert "not what was checked" in told
    assert f"plans/{PLAN}" in told


def test_a_forged_record_stops_a_release(catalogue: Path) -> None:
    """Every sum put right by hand, and every result said to be passed: the release checks again."""
    from khplans.packages.fingerprint import file_hashes, folder_fingerprint

    packages = catalogue / "datapackages"
    for name in (PLAN, "khplans"):
        spoil(packages / name, "tasks", lambda rows: rows[0].update(cadence="sometimes"))
    path = packages / "khplans/checks.json"
    record = json.loads(path.read_text("utf-8"))
    record["files"] = file_hashes(packages / "khplans")
    record["parts"] = {PLAN: folder_fingerprint(packages / PLAN)}
    path.write_text(json.dumps(record), "utf-8")
    assert "checks failed" in run_release()


def test_a_package_that_changes_while_it_is_checked_is_seen(catalogue: Path) -> None:
    from khplans.checks import run

    def late(folder: Path, rules: Path) -> run.Report:
        append("tasks.csv")(folder)
        return run.Report(folder.name, ())

    append("tasks.csv")(catalogue / "datapackages" / PLAN)
    with (
        patch.object(run, "check_package", late),
        pytest.raises(KhplansError, match="changed while it was checked"),
    ):
        check_all(catalogue / "datapackages" / PLAN, catalogue / "checks")


def test_a_failed_check_stops_publish(catalogue: Path) -> None:
    """What was there stays, and nothing is released."""
    before = files_of(catalogue / "datapackages")
    (catalogue / "checks/row_counts.csv").write_text(
        f"plan_id,table,minimum,maximum\n{PLAN},tasks,99,99\n", "utf-8"
    )
    shutil.rmtree(catalogue / ".khplans", ignore_errors=True)
    done = CliRunner().invoke(group, ["publish"])
    assert done.exit_code != 0
    assert "checks failed" in str(done.exception) + done.output
    assert files_of(catalogue / "datapackages") == before
    assert list(files_of(catalogue / "releases")) == ["failed.csv"]
    assert not (catalogue / "site").exists()
