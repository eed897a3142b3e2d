"""The verbs that ask a release mirror the client."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import khplans
from khplans.cli import group

KH = "khanh-hoa-1-kh-ubnd-2024"


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(source=releases)


@pytest.fixture
def ask(releases: Path) -> object:
    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(group, [*arguments, "--source", str(releases)])
        assert result.exit_code == 0, result.stderr
        return result

    return run


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["tasks"], 3),
        (["tasks", "--agency", "so y te"], 2),
        (["tasks", "--agency", "so y te", "--year", "2024", "--role", "lead"], 1),
        (["tasks", "--agency", "so y te", "--province", "dien bien"], 1),
        (["tasks", "--agency", "SNN&PTNT", "--role", "coordinate"], 0),
        (["indicators"], 2),
        (["series", "tang truong grdp"], 2),
        (["agency", "so y te"], 2),
        (["agency", "so y te", "--province", "dien bien"], 1),
        (["citations"], 2),
        (["cites", "09-nq/tw"], 1),
        (["cites", "luat dat dai"], 0),
        (["graph"], 2),
        (["graph", "--nodes"], 4),
        (["deadlines"], 1),
        (["deadlines", "--before", "2024-01-01"], 0),
        (["deadlines", "--agency", "so tai chinh"], 1),
        (["sql", "select * from tasks"], 3),
    ],
)
def test_csv_json_and_table_have_the_same_rows(ask, arguments: list[str], ids: int) -> None:
    rows = json.loads(ask(*arguments, "--format", "json").stdout)
    lines = list(csv.DictReader(io.StringIO(ask(*arguments, "--format", "csv").stdout)))
    table = ask(*arguments)
    assert len(rows) == len(lines) == ids
    assert table.stderr == f"{ids} dòng / rows\n"
    assert len(table.stdout.splitlines()) == ids + 1
    for row, line in zip(rows, lines, strict=True):
        assert list(row) == list(line)
        for column, value in row.items():
            if value is None or isinstance(value, str | bool):
                assert line[column] == ("" if value is None else str(value))
            else:
                assert float(line[column]) == value


def test_every_question_of_the_client_is_a_verb() -> None:
    """Named as in the client, save two whose names there say more than a command needs."""
    verbs = {"tasks_by_agency": "tasks", "indicator_series": "series"}
    questions = ("agency", "tasks_by_agency", "source", "indicator_series", "deadlines", "cites", "graph", "cite", "sql")  # fmt: skip
    for question in questions:
        assert hasattr(khplans.Collection, question)
        assert verbs.get(question, question) in group.list_commands(click.Context(group))


def test_what_people_type_is_asked_as_in_the_client(ask, kp: khplans.Collection) -> None:
    edges = json.loads(ask("graph", "--format", "json").stdout)
    assert edges == kp.graph().edges.to_dict("records")
    (found,) = json.loads(ask("agency", "Sở TC", "--format", "json").stdout)
    assert (found["name"], found["tasks_coordinate"]) == ("Sở Tài chính", 1)
    assert "8.2" in ask("series", "GRDP growth", "--format", "csv").stdout


def test_a_catalogue_without_a_release_tells_no_other_as_its_own(apart: Path) -> None:
    (apart / "khplans.toml").touch()
    for verb in (["tasks"], ["versions"], ["cite"]):
        result = CliRunner().invoke(group, verb)
        assert result.exit_code == 1
        assert "this catalogue has no release yet" in result.stderr


def test_versions_and_comparisons_in_a_catalogue_are_of_its_own(
    apart: Path, releases: Path
) -> None:
    (apart / "khplans.toml").touch()
    releases.rename(apart / "releases")
    listed = CliRunner().invoke(group, ["versions", "--format", "json"])
    assert [one["version"] for one in json.loads(listed.stdout)] == ["1.0.1", "1.0.0"]
    assert "8.1" in CliRunner().invoke(group, ["compare", "1.0.0", "1.0.1"]).stdout


def test_dates_are_iso_and_empty_cells_null(ask) -> None:
    first, second = json.loads(ask("tasks", "--format", "json").stdout)[1:]
    assert first["deadline"] == "2024-06-30"
    assert second["deadline"] is None
    assert second["cadence"] == "quarterly"
    assert "2024-06-30" in ask("tasks").stdout


def test_a_version_is_chosen(ask) -> None:
    asked = ["series", "grdp-growth", "--format", "json", "--version", "1.0.0"]
    assert json.loads(ask(*asked).stdout)[0]["value"] == 8.1


def test_the_plans_words(ask, kp: khplans.Collection) -> None:
    assert ask("source", f"{KH}::1").stdout == f"{kp.source(f'{KH}::1')}\n"
    assert "⟦" in ask("source", f"{KH}::1", "--context", "0").stdout


def test_how_to_cite(ask, kp: khplans.Collection) -> None:
    assert ask("cite").stdout == f"{kp.cite()}\n"
    assert ask("cite", f"{KH}::1").stdout == f"{kp.cite(f'{KH}::1')}\n"


def test_a_lock_file(ask, apart: Path) -> None:
    ask("lock", "--version", "1.0.0")
    assert (apart / "khplans.lock").is_file()
    assert khplans.load().version == "1.0.0"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tasks", "--agency", "so y tee"], "Sở Y tế"),
        (["agency", "so y tee"], "Sở Y tế"),
        (["agency", "so y te", "--province", "ha noi"], "Khánh Hòa"),
        (["agency", "BTC"], "choose one: Ban Tổ chức, Ban Tổng cục"),
        (["series", "grdp-grow"], "grdp-growth"),
        (["cites", "09-NQ/TU"], "09-NQ/TW"),
        (["tasks", "--version", "9.9.9"], "no version 9.9.9"),
        (["tasks", "--year", "2024"], "--agency"),
        (["source", "nope"], "no row"),
        (["sql", "selec"], "DuckDB"),
        (["deadlines", "--before", "tomorrow"], "2024-06-30"),
        (["tasks", "--format", "xml"], "csv"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    releases: Path, arguments: list[str], words: str
) -> None:
    result = CliRunner().invoke(group, [*arguments, "--source", str(releases)])
    assert result.exit_code in (1, 2)
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert words in line


def test_a_table_fits_the_terminal(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    assert all(len(line) <= 90 for line in ask("tasks").stdout.splitlines())
