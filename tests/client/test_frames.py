"""The tables of a release, as pandas and as Arrow."""

from __future__ import annotations

import copy
import pickle
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import khplans
from khplans.tables.definition import TABLE_NAMES


@pytest.fixture
def kp(releases: Path) -> khplans.Collection:
    return khplans.load(source=releases)


def test_every_table_is_an_attribute_and_an_item(kp: khplans.Collection) -> None:
    assert kp.tables == TABLE_NAMES
    for name in TABLE_NAMES:
        pd.testing.assert_frame_equal(getattr(kp, name), kp[name])


def test_a_table_cannot_be_put_in_place_of_one(kp: khplans.Collection) -> None:
    with pytest.raises(AttributeError):
        kp.tasks = kp.tasks.dropna()


def test_columns_have_the_types_of_what_they_hold(kp: khplans.Collection) -> None:
    tasks = kp.tasks
    assert tasks.deadline.dtype.kind == "M"
    assert isinstance(tasks.cadence.dtype, pd.CategoricalDtype)
    assert list(tasks.cadence.cat.categories) == ["ongoing", "monthly", "quarterly", "yearly"]
    assert tasks.start.dtype == "int32"
    assert kp.instruments.year.dtype == "Int32"
    assert kp.instruments.year.isna().any()
    assert kp.indicators.value.dtype == "float64"


def test_a_frame_may_be_changed_without_changing_the_collection(kp: khplans.Collection) -> None:
    mine = kp.tasks
    mine["text"] = "mine"
    mine.loc[0, "start"] = -1
    assert not (kp.tasks.text == "mine").any()
    assert (kp.tasks.start >= 0).all()


def test_arrow_keeps_dates_and_few_values_apart(kp: khplans.Collection) -> None:
    schema = kp.arrow("tasks").schema
    assert schema.field("deadline").type == pa.date32()
    assert pa.types.is_dictionary(schema.field("cadence").type)


@pytest.mark.parametrize("wrong", ["task", "citation"])
def test_an_unknown_table_names_those_there_are(kp: khplans.Collection, wrong: str) -> None:
    with pytest.raises(AttributeError, match="the tables are: documents, pages, sections"):
        getattr(kp, wrong)
    with pytest.raises(khplans.UnknownNameError, match=f"nearest: {wrong}s"):
        kp[wrong]


def test_it_is_a_mapping_of_its_tables(kp: khplans.Collection) -> None:
    assert list(kp) == list(kp.tables) == list(dict(kp))
    assert len(kp) == len(kp.tables)
    assert "tasks" in kp
    assert "task" not in kp
    assert kp.get("task") is None
    assert {name: len(rows) for name, rows in kp.items()}["tasks"] == 3
    assert kp == kp
    assert kp != khplans.load(source=kp.where)


def test_it_is_copied_and_pickled_whole(kp: khplans.Collection) -> None:
    read = khplans.read("KẾ HOẠCH\n1. Sở Y tế báo cáo.")
    for one in (kp, read):
        for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
            assert (again.version, again.where, again.tables) == (
                one.version,
                one.where,
                one.tables,
            )
            pd.testing.assert_frame_equal(again.tasks, one.tasks)
            row_id = one.tasks.task_id[0]
            assert again.source(row_id).quote == one.source(row_id).quote


def test_a_pickle_whose_bytes_were_changed_is_refused(kp: khplans.Collection) -> None:
    pickled = pickle.dumps(kp)
    at = pickled.index(b"PAR1")
    with pytest.raises(khplans.KhplansError, match="not those of the release"):
        list(pickle.loads(pickled[:at] + b"X" + pickled[at + 1 :]).values())


def test_tasks_merge_with_their_agencies(kp: khplans.Collection) -> None:
    merged = kp.tasks.merge(kp.task_agencies, on="task_id").merge(kp.agencies, on="agency_id")
    assert {c for c in merged if c.endswith(("_x", "_y"))} == {
        "start_x",
        "start_y",
        "end_x",
        "end_y",
    }
    assert len(merged) == len(kp.task_agencies) > 0
    assert "document_id" in kp.arrow("task_agencies").schema.names


def test_a_question_that_needs_a_library_says_which_to_install(
    kp: khplans.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("duckdb", "networkx"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(khplans.KhplansError, match=r'pip install "khplans\[sql\]"'):
        kp.sql("select 1")
    with pytest.raises(khplans.KhplansError, match=r'pip install "khplans\[plot\]"'):
        kp.graph().to_networkx()


def test_a_release_of_other_tables_still_reads(releases: Path) -> None:
    """A reader of today meets a release with a table and a column that it doesn't know."""
    import json

    folder = releases / "1.0.0"
    for proof in (folder / "SHA256SUMS", releases / "versions.json"):
        proof.unlink()
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] == "measures-parquet":
            resource["name"] = "gauges-parquet"
    path.write_text(json.dumps(descriptor), "utf-8")
    kp = khplans.load(source=folder)
    assert "gauges" in kp.tables
    assert len(kp["gauges"]) == 1
    with pytest.raises(AttributeError):
        kp.measures  # noqa: B018


def test_sql_over_the_tables(kp: khplans.Collection) -> None:
    found = kp.sql(
        "select d.province, count(*) as n, max(deadline) as last from tasks join documents d "
        "using (document_id) group by all order by province"
    )
    assert found.province.tolist() == ["Khánh Hòa", "Điện Biên"]
    assert found.n.tolist() == [2, 1]
    assert found["last"].dtype.kind == "M"


@pytest.mark.parametrize(
    "query", ["selec 1", "select * from nothing", "select nope from tasks", ""]
)
def test_wrong_sql_is_told_in_one_error(kp: khplans.Collection, query: str) -> None:
    if not query:
        assert kp.sql(query).empty
        return
    with pytest.raises(khplans.KhplansError, match="the tables: documents"):
        kp.sql(query)


def test_sql_reads_and_writes_nothing_but_the_tables(
    kp: khplans.Collection, releases: Path, apart: Path
) -> None:
    file = releases / "versions.json"
    for query in (
        "copy tasks to 'tasks.csv'",
        "export database 'all'",
        f"select * from read_text('{file}')",
        f"from '{file}'",
        f"select * from glob('{releases}/*')",
        "attach 'other.db'",
        "install httpfs",
        "set enable_external_access = true",
    ):
        with pytest.raises(khplans.KhplansError, match="DuckDB refuses the query"):
            kp.sql(query)
    assert not list(apart.iterdir())


def test_it_shows_itself(kp: khplans.Collection) -> None:
    assert "1.0.1" in repr(kp)
    assert "tasks 3" in repr(kp)
    assert "<td" in kp._repr_html_()
    assert "tasks" in dir(kp)
