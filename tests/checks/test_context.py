"""The context that Great Expectations opens in a catalogue's `checks/`, and what it runs there."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from spoiling import PLAN, RULES, spoil

from khplans.checks.context import RESULTS, ContextPlace, catalogue_context
from khplans.checks.engine import run_expectations
from khplans.checks.package import CheckedPackage
from khplans.checks.run import check_all, expectations_of
from khplans.checks.suites import Expectation, derived_expectations
from khplans.errors import KhplansError

DATA = PurePosixPath("datapackages/khplans")


def files_in(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def of_tables(*names: str) -> list[Expectation]:
    return [one for one in derived_expectations() if one.table in names]


def test_a_catalogue_keeps_a_context_that_can_be_opened_and_run(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As anyone would who knows Great Expectations: no word of khplans in it."""
    shutil.copytree(good, tmp_path / "datapackages")
    monkeypatch.chdir(tmp_path)
    packages, rules = Path("datapackages"), Path("checks")
    assert not any(report.errors for report in check_all(packages, rules))
    assert not rules.exists()
    check_all(packages, rules, context=catalogue_context(packages, rules))
    import great_expectations as gx

    context: Any = gx.get_context(project_root_dir="checks")
    found = context.checkpoints.get("package").run()
    assert found.success
    said = {one.suite_name: len(one.results) for one in found.run_results.values()}
    asked = [one.table for one in expectations_of(rules)]
    assert said == {name: asked.count(name) for name in asked}


def test_what_is_kept_is_the_same_bytes_wherever_and_whenever_it_is_made(
    good: Path, tmp_path: Path
) -> None:
    made = []
    for name in ("here", "there [1] $HOME"):
        package = tmp_path / name / "p"
        shutil.copytree(good / PLAN, package)
        spoil(package, "units", lambda rows: rows[0].update(unit_id="Đ"))
        place = ContextPlace(tmp_path / name / "gx", DATA)
        (result,) = [
            one
            for one in run_expectations(CheckedPackage(package), of_tables("units"), place)
            if one.status == "failed"
        ]
        assert result.check == "schema.pattern.unit_id"
        made.append(files_in(place.folder))
    assert made[0] == made[1]
    (told,) = [data.decode() for path, data in made[0].items() if path.startswith(RESULTS)]
    assert f'"path": "{DATA}/units.parquet"' in told
    assert '"unit_id": "Đ"' in told, "the row that doesn't meet it"
    assert str(tmp_path) not in told


def test_the_context_of_this_repository_is_that_of_its_rules_and_its_packages(
    tmp_path: Path,
) -> None:
    there = CheckedPackage(RULES.parent / DATA)
    place = ContextPlace(tmp_path / "gx", DATA)
    run_expectations(there, expectations_of(RULES), place)
    assert files_in(place.folder) == files_in(RULES / "gx"), "run khplans check"


def test_a_context_is_kept_once_nothing_is_wrong_and_made_again_where_it_was_taken_away(
    good: Path, tmp_path: Path
) -> None:
    packages, rules = tmp_path / "datapackages", tmp_path / "checks"
    shutil.copytree(good, packages)
    place = ContextPlace(rules / "gx", DATA)
    for name in ("khplans", PLAN):
        spoil(packages / name, "units", lambda rows: rows[0].update(unit_id="Đ"))
    assert any(report.errors for report in check_all(packages, rules, context=place))
    assert not place.folder.exists()
    shutil.rmtree(packages)
    shutil.copytree(good, packages)
    check_all(packages, rules, context=place)
    first = files_in(place.folder)
    shutil.rmtree(place.folder)
    check_all(packages, rules, context=place)
    assert files_in(place.folder) == first


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("ExpectNothing", {}), ("ExpectColumnValuesToBeUnique", {"columns": "unit_id"})],
)
def test_an_expectation_that_is_none_is_refused_not_left_out(
    package: Path, kind: str, arguments: dict[str, Any]
) -> None:
    one = Expectation("reviewed.x", "units", kind, arguments, "a", "b")
    with pytest.raises(KhplansError, match="not a valid expectation"):
        run_expectations(CheckedPackage(package), [one])
