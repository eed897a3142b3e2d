"""A release as one SQLite file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import khplans
from khplans.packages.canonical import Package, read_package
from khplans.releases.database import write_database

PACKAGE = Path(__file__).parents[2] / "datapackages/khplans"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package(PACKAGE)


@pytest.fixture(scope="module")
def path(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("database") / "a.sqlite"
    write_database(made, package)
    return made


def test_it_has_the_rows_and_keys_of_the_tables(path: Path, package: Package) -> None:
    with sqlite3.connect(path) as connection:
        for name, table in package.tables.items():
            (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            assert count == len(table.rows)
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            assert tuple(columns) == table.columns
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_views_say_what_the_client_s_say(path: Path) -> None:
    kp = khplans.load(source=PACKAGE)
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        for table, columns in (
            ("tasks", ("lead", "coordinate", "province", "plan_number", "plan_title")),
            ("indicators", ("measure", "unit_name", "signed_value", "province")),
            ("citations", ("instrument", "plan_id")),
        ):
            key = kp.schema(table)["primaryKey"][0]
            wanted = {row[key]: row for row in kp.view(table).to_dict("records")}
            rows = connection.execute(f"SELECT * FROM {table}_named").fetchall()
            assert len(rows) == len(wanted) > 0
            for row in rows:
                for column in columns:
                    expected = wanted[row[key]][column]
                    expected = None if expected != expected else expected
                    assert row[column] == expected, (table, column)


def test_the_same_tables_give_the_same_bytes(path: Path, package: Package, tmp_path: Path) -> None:
    write_database(tmp_path / "b.sqlite", package)
    assert (tmp_path / "b.sqlite").read_bytes() == path.read_bytes()
    assert path.read_bytes()[96:100] == (3_040_000).to_bytes(4, "big")  # whichever SQLite is here
