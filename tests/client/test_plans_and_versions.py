"""One plan alone, whole folders, what is saved, and what changed between versions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import khplans
from khplans.cli import group
from khplans.client import finding, remote
from khplans.packages.descriptor import DESCRIPTOR

KH = "khanh-hoa-1-kh-ubnd-2024"
PLANS = {
    "a": "KẾ HOẠCH\n1. Sở Y tế báo cáo Ủy ban nhân dân tỉnh trước ngày 30/6/2024.\n",
    "b": "KẾ HOẠCH\nTỷ lệ che phủ rừng đạt 45%. Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024;\n",
}


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(source=releases)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "plans" / "deeper"
    inside.mkdir(parents=True)
    (tmp_path / "plans" / "a.txt").write_text(PLANS["a"], "utf-8")
    (inside / "b.txt").write_text(PLANS["b"], "utf-8")
    (inside / "~$b.txt").write_text("an editor's", "utf-8")
    (inside / "drawing.svg").write_bytes(b"<svg/>")
    return tmp_path / "plans"


def test_one_plan_alone(kp: khplans.Collection) -> None:
    plan = kp.plan(KH)
    assert plan.tables == kp.tables
    assert set(plan.documents.plan_id) == {KH}
    assert len(plan.tasks) == 2
    assert set(plan.task_agencies.agency_id) <= set(plan.agencies.agency_id)
    assert "dien-bien-so-y-te" not in set(plan.agencies.agency_id)
    assert set(plan.agency_names.agency_id) <= set(plan.agencies.agency_id)
    assert set(plan.instruments.instrument_id) == {"09-nq-tw-2022"}
    assert plan.source(f"{KH}::1").quote == kp.source(f"{KH}::1").quote
    assert plan.version == kp.version
    with pytest.raises(khplans.UnknownNameError, match=f"nearest: {KH}"):
        kp.plan("khanh-hoa-1")


def test_what_is_saved_loads_again(kp: khplans.Collection, tmp_path: Path) -> None:
    read = khplans.read("".join(PLANS.values()))
    for number, one in enumerate((kp.plan(KH), read)):
        again = khplans.load(source=one.save(tmp_path / str(number)))
        assert again.compare(one).empty
        assert again.source_text(one.documents.plan_id[0]) == one.source_text(
            one.documents.plan_id[0]
        )


def test_only_an_earlier_extract_is_replaced(folder: Path, releases: Path, tmp_path: Path) -> None:
    plan = khplans.read(PLANS["a"])
    there = plan.save(tmp_path / "mine")
    plan.save(there)
    described = json.loads((there / DESCRIPTOR).read_text("utf-8"))
    (there / DESCRIPTOR).write_text(json.dumps({**described, "madeBy": "me"}), "utf-8")
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "sources").mkdir()
    for other in (there, releases / "1.0.1", kept):
        before = sorted(path.name for path in other.rglob("*"))
        with pytest.raises(khplans.KhplansError, match=r"no earlier extract|holds other files"):
            plan.save(other)
        result = CliRunner().invoke(group, ["extract", str(folder / "a.txt"), "--to", str(other)])
        assert result.exit_code == 1
        assert sorted(path.name for path in other.rglob("*")) == before


def test_a_release_of_an_older_form_is_not_saved_as_one_of_today(tmp_path: Path) -> None:
    old = khplans.load(version="1.0.0", source=Path(__file__).parents[2] / "releases")
    with pytest.raises(khplans.KhplansError, match="older than this program"):
        old.plan(old.documents.plan_id[0]).save(tmp_path / "old")
    assert not (tmp_path / "old").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_is_read_whole(folder: Path, workers: int) -> None:
    told: list[tuple[str, int, int]] = []
    read = khplans.read(folder, workers=workers, progress=lambda *one: told.append(one))
    assert sorted(set(read.documents.plan_id)) == ["a", "b"]
    assert sorted(name for name, _, _ in told) == ["a", "b"]
    assert [(done, total) for _, done, total in told] == [(1, 2), (2, 2)]
    for plan_id, text in PLANS.items():
        alone = read.plan(plan_id)
        assert alone.source_text(plan_id) == text
    assert read.tasks.deadline.dtype.kind == "M"


def test_a_folder_with_nothing_to_read_or_a_bad_file_says_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(khplans.KhplansError, match="no file in it that can be read"):
        khplans.read(tmp_path / "empty")
    (folder / "deeper" / "a.txt").write_text("x", "utf-8")
    with pytest.raises(khplans.KhplansError, match="two files of that stem"):
        khplans.read(folder)
    (folder / "deeper" / "a.txt").write_bytes(b"\0\1\2")
    asked = ["extract", str(folder), "--to", str(tmp_path / "to"), "--keep-going", "--json"]
    result = CliRunner().invoke(group, asked)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["plans"] == ["a", "b"]


def test_versions(kp: khplans.Collection, releases: Path) -> None:
    found = khplans.versions(releases)
    assert found.version.tolist() == ["1.0.1", "1.0.0"]
    assert found.latest.tolist() == [True, False]
    assert found.here.all()
    assert found.released.dtype.kind == "M"
    assert khplans.versions(releases / "1.0.1").version.tolist() == ["1.0.1"]


def test_the_listing_of_the_first_folder_counts(releases: Path, tmp_path: Path) -> None:
    shutil.copytree(releases, tmp_path / "data")
    listing = json.loads((tmp_path / "data" / "versions.json").read_bytes())
    listing["latest"] = "1.0.0"
    (tmp_path / "data" / "versions.json").write_text(json.dumps(listing), "utf-8")
    assert khplans.load(source=tmp_path).version == "1.0.0"
    assert khplans.versions(tmp_path).latest.tolist() == [False, True]


def test_versions_that_were_downloaded_are_here_too(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(releases / "1.0.0")
    monkeypatch.setattr(finding, "_own_folders", lambda: [releases])
    assert khplans.versions().here.tolist() == [True, False]
    monkeypatch.setattr(remote, "kept_of", lambda cache, name: frozenset({"1.0.0"}))
    assert khplans.versions().here.tolist() == [True, True]


def test_inside_a_package_is_the_latest_version_alone(releases: Path, tmp_path: Path) -> None:
    shutil.copytree(releases / "1.0.1", tmp_path / "package")
    shutil.copy(releases / "versions.json", tmp_path / "package")
    assert khplans.versions(tmp_path / "package").here.tolist() == [True, False]


def test_what_differs_between_versions(kp: khplans.Collection, releases: Path) -> None:
    for other in ("1.0.0", releases / "1.0.0", khplans.load("1.0.0", releases)):
        found = kp.compare(other)
        (row,) = found.itertuples()
        assert (row.table, row.column, row.before, row.after) == (
            "indicators",
            "value",
            "8.1",
            "8.2",
        )
        assert row.plan_id == KH
    with pytest.raises(khplans.KhplansError, match=r"no version 9\.9\.9"):
        kp.compare("9.9.9")
    assert kp.compare("1.0").empty


def test_changes_of_a_release(kp: khplans.Collection) -> None:
    with pytest.raises(khplans.KhplansError, match="compare"):
        kp.changes()
    with pytest.raises(khplans.KhplansError, match="compare"):
        khplans.read(PLANS["a"]).changes()
    real = khplans.load("1.1.0", Path(__file__).parents[2] / "releases").changes()
    assert real.columns[:3].tolist() == ["table", "row_id", "change"]


@pytest.mark.parametrize(
    "asked",
    [
        ["view", "tasks"],
        ["describe", "tasks"],
        ["agency", "so y te"],
        ["source", f"{KH}::1"],
        ["cite", f"{KH}::1"],
        ["why", f"{KH}::1"],
        ["lock"],
        ["plan", KH, "--to", "one"],
    ],
)
def test_every_answer_comes_as_json(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(group, [*asked, "--json", "--source", str(releases)])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)


def test_every_verb_that_asks_takes_json() -> None:
    import click

    from khplans.cli import asking

    for verb in (one for one in vars(asking).values() if isinstance(one, click.Command)):
        assert "--json" in {name for option in verb.params for name in option.opts}, verb.name
