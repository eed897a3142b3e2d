"""The packages of the real plans: valid, linked, and every span the source's."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from csv_tables import read_csv
from rounds import rounds

from khplans.packages.reader import OwnReader
from khplans.tables.definition import TABLE_NAMES, table

REAL = Path(__file__).parents[2] / "plans"
PLANS = sorted(path.name for path in REAL.iterdir() if path.is_dir())
PACKAGES = [*PLANS, "khplans"]


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# The collection is read in tests/site/test_official_validators.py, as the site serves it.
@pytest.mark.parametrize("name", rounds([PLANS[0]], PACKAGES))
def test_frictionless_finds_nothing(
    real_packages: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # frictionless' own
        from frictionless import validate

        report = validate(str(real_packages / name / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])


@pytest.mark.parametrize("name", PACKAGES)
def test_every_file_is_described_and_every_description_true(real_packages: Path, name: str) -> None:
    package = real_packages / name
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    resources = descriptor["resources"]
    described = {resource["path"] for resource in resources} | {"datapackage.json"}
    there = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    assert there == described
    for resource in resources:
        data = (package / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert len(data) == resource.get("bytes", resource.get("byteSize"))
        for told in (resource, *resource.get("schema", {}).get("fields", [])):
            assert all(
                told.get(key) for key in ("title", "title_en", "description", "description_en")
            )


def test_rights_are_stated_for_data_code_and_plans(real_packages: Path) -> None:
    descriptor = json.loads((real_packages / "khplans" / "datapackage.json").read_text("utf-8"))
    assert [one["name"] for one in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert descriptor["codeLicense"]["name"] == "MIT"
    assert "Điều 15" in descriptor["description"]
    assert "Article 15" in descriptor["description_en"]
    assert len(descriptor["sources"]) == len(PLANS)


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.parametrize("table_name", TABLE_NAMES)
def test_parquet_says_what_csv_says(real_packages: Path, name: str, table_name: str) -> None:
    csv_rows = read_csv(real_packages / name / f"{table_name}.csv", table(table_name))
    assert OwnReader(real_packages / name).table(table_name).equals(csv_rows)


def test_sources_are_the_plans_byte_for_byte(real_packages: Path) -> None:
    for plan in PLANS:
        source = (REAL / plan / "source.txt").read_bytes()
        assert (real_packages / "khplans" / "sources" / f"{plan}.txt").read_bytes() == source
        assert (real_packages / plan / "sources" / f"{plan}.txt").read_bytes() == source


def test_quotes_are_the_characters_of_the_source(real_packages: Path) -> None:
    package = real_packages / "khplans"
    plan_of = {row["document_id"]: row["plan_id"] for row in rows(package, "documents")}
    sources = {plan: (REAL / plan / "source.txt").read_bytes().decode() for plan in PLANS}
    checked = 0
    for name, column in (
        ("citations", "quote"),
        ("short_citations", "quote"),
        ("indicators", "quote"),
        ("corrections", "before"),
    ):
        for row in rows(package, name):
            source = sources[plan_of[row["document_id"]]]
            assert source[int(row["start"]) : int(row["end"])] == row[column]
            checked += 1
    assert checked > 200


def test_the_collection_is_the_union(real_packages: Path) -> None:
    for name in TABLE_NAMES:
        key = table(name).primary_key
        union = [
            tuple(row[column] for column in key) for row in rows(real_packages / "khplans", name)
        ]
        parts = {
            tuple(row[column] for column in key)
            for plan in PLANS
            for row in rows(real_packages / plan, name)
        }
        assert len(union) == len(set(union))
        if name == "agency_members":  # a group of one plan takes in bodies that another names
            named = [{r["agency_id"] for r in rows(real_packages / p, "agencies")} for p in PLANS]
            both = [pair for pair in union if any(known.issuperset(pair) for known in named)]
            assert set(both) == parts < set(union)
            assert set().union(*union) <= set().union(*named)
        else:
            assert set(union) == parts


def test_tasks_know_their_agencies_indicators_and_citations(real_packages: Path) -> None:
    package = real_packages / "khplans"
    spans = {row["task_id"]: (int(row["start"]), int(row["end"])) for row in rows(package, "tasks")}
    linked = 0
    for name in ("indicators", "citations"):
        for row in rows(package, name):
            inside = [t for t, (a, b) in spans.items()
                      if t.startswith(row["document_id"] + ":") and a <= int(row["start"]) and int(row["end"]) <= b]  # fmt: skip
            if inside:
                assert row["task_id"] in inside
                linked += 1
    assert linked > 20
    led = {row["task_id"] for row in rows(package, "task_agencies") if row["role"] == "lead"}
    assert len(led) > 0.8 * len(spans)


def test_the_same_instrument_is_one_across_plans(real_packages: Path) -> None:
    package = real_packages / "khplans"
    plans_of: dict[str, set[str]] = {}
    for row in rows(package, "citations"):
        plans_of.setdefault(row["instrument_id"], set()).add(row["document_id"])
    assert any(len(documents) > 1 for one, documents in plans_of.items() if one)
    assert plans_of.keys() - {""} <= {row["instrument_id"] for row in rows(package, "instruments")}


def test_a_cited_document_of_ours_is_linked(real_packages: Path) -> None:
    linked = {
        row["instrument_id"]: row["document_id"]
        for row in rows(real_packages / "khplans", "instruments")
        if row["document_id"]
    }
    own = {
        row["document_id"]: row["instrument_id"]
        for row in rows(real_packages / "khplans", "documents")
    }
    assert linked
    assert all(own[document] == instrument for instrument, document in linked.items())


def test_an_id_that_the_design_gives_as_its_example(real_packages: Path) -> None:
    package = real_packages / "khplans"
    task = next(
        row
        for row in rows(package, "tasks")
        if row["task_id"] == "khanh-hoa-173-qd-ubnd-2024:III/4:2"
    )
    assert task["section"] == "III/4"
    assert task["section_id"] == "khanh-hoa-173-qd-ubnd-2024:III/4"


def test_no_empty_text_stands_for_nothing(real_packages: Path) -> None:
    for name in TABLE_NAMES:
        for row in OwnReader(real_packages / "khplans").rows(name):
            assert "" not in row.values()
