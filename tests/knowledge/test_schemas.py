"""Every table of knowledge keeps its schema, and a cell that doesn't is told with its line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frictionless import Schema as FrictionlessSchema

import khplans
from khplans.errors import KhplansError
from khplans.knowledge.table import parse_table, read_table, table_names

DATA = Path(khplans.__file__).parent / "knowledge" / "data"


@pytest.mark.parametrize("name", table_names())
def test_a_table_keeps_its_schema(name: str) -> None:
    assert read_table(name)


@pytest.mark.parametrize("name", table_names())
def test_a_schema_is_a_table_schema(name: str) -> None:
    raw = json.loads((DATA / f"{name}.schema.json").read_text("utf-8"))
    assert not list(FrictionlessSchema.metadata_validate(raw))
    assert raw["title"] != raw["title_en"]


@pytest.mark.parametrize("name", table_names())
def test_a_table_says_where_it_is_from(name: str) -> None:
    """Each row in its column `source`, or the whole table in its schema; `khplans` are the project's own lists."""
    raw = json.loads((DATA / f"{name}.schema.json").read_text("utf-8"))
    by_row = any(field["name"] == "source" for field in raw["fields"])
    assert by_row != bool(raw.get("sources"))
    assert all(source["title"] for source in raw.get("sources", ()))


def test_no_schema_without_its_table() -> None:
    assert {path.name.split(".")[0] for path in DATA.iterdir()} == set(table_names())


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("measures", ",economy,percent,", ",economy,nset,", r"unit: .*'nset' is not in units\.csv"),
        ("measures", ",economy,", ",economics,", "theme: .*'economics' is none of"),
        ("units", ",percent,plain,", ",percent,plian,", "evidence: .*'plian' is none of"),
        ("unit_forms", ",percent,1,", ",percent,x,", "factor: .*'x' is no number"),
        ("provinces", ",2025-06-30,", ",2025-06-31,", "until: .*'2025-06-31' is no date"),
        ("warnings", "agency-unknown,", "Agency Unknown,", "code: .*is not of its form"),
        ("warnings", "agency-unknown,warning,", "agency-unknown,,", "severity: .*an empty cell"),
        ("warnings", "unit-unknown,", "agency-unknown,", "code: .*the same as line"),
        ("warnings", "code,severity", "code,weight", "wrong columns"),
    ],
)
def test_a_wrong_cell_is_told(name: str, before: str, after: str, said: str) -> None:
    text = (DATA / f"{name}.csv").read_text("utf-8")
    assert before in text
    wrong = text.replace(before, after, 1).splitlines()
    line = next(i for i, row in enumerate(wrong, 1) if row != text.splitlines()[i - 1])
    with pytest.raises(KhplansError, match=said) as caught:
        parse_table(name, wrong, f"{name}.csv")
    assert caught.value.where == f"{name}.csv:{line}"
