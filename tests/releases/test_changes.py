"""Row-level changes turn any old tables into any new ones, exactly; schemas evolve."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import rounds

from khplans.packages.canonical import Package, PackageTable, canonical
from khplans.releases.changes import (
    Changes,
    RowChange,
    changes_csv,
    changes_json,
    find_changes,
    read_changes,
    replay,
)
from khplans.releases.compare import SHOWN, compare_markdown
from khplans.releases.schemas import compare_schemas
from khplans.releases.versioning import next_version

Types = Mapping[str, str]

texts = st.text(st.characters(codec="utf-8"), max_size=6)
names = st.sampled_from(["id", "sub", "text", "value", "note", "Tên"])


def package(
    tables: Mapping[str, tuple[Types, list[str], list[dict[str, str]]]], **extra: Any
) -> Package:
    resources, made = [], {}
    for name, (types, key, records) in tables.items():
        fields = [{"name": c, "type": t} | extra.get(c, {}) for c, t in types.items()]
        resources.append(
            {"name": name, "path": f"{name}.csv", "schema": {"fields": fields, "primaryKey": key}}
        )
        rows = {tuple(r[k] for k in key): tuple(r[c] for c in types) for r in records}
        made[name] = PackageTable(name, tuple(types), tuple(key), rows)
    return Package({"resources": resources}, made)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    tables = {}
    for name in draw(st.lists(st.sampled_from(["tasks", "agencies", "links"]), unique=True)):
        columns = draw(st.lists(names, min_size=1, max_size=5, unique=True))
        key = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
        records = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(columns, texts)), max_size=6))
        types = {c: draw(st.sampled_from(["string", "any"])) for c in columns}
        tables[name] = (types, key, records)
    return package(tables)


@given(packages(), packages())
@settings(max_examples=rounds(200, 2000))
def test_written_changes_replay_to_the_new_tables(old: Package, new: Package) -> None:
    changes = find_changes(old.tables, new.tables, compare_schemas(old, new))
    written = json.loads(json.dumps(changes_json(changes, "1.0.0", "1.1.0")))
    assert replay(old.tables, read_changes(written)) == dict(new.tables)
    lines = list(csv.reader(io.StringIO(changes_csv(changes), newline="")))[1:]
    assert len(lines) == sum(len(r.cells) if r.change == "changed" else 1 for r in changes.rows)


@given(packages())
def test_no_change_is_no_change(old: Package) -> None:
    changes = find_changes(old.tables, old.tables, compare_schemas(old, old))
    assert not changes
    assert next_version("1.0.0", changes) is None


def test_changes_of_other_tables_are_refused() -> None:
    types = {"id": "string", "text": "string"}
    old = package({"tasks": (types, ["id"], [{"id": "a", "text": "Rà soát"}])})
    new = package({"tasks": (types, ["id"], [{"id": "a", "text": "Báo cáo"}])})
    changes = find_changes(old.tables, new.tables)
    with pytest.raises(ValueError, match="tasks a: text is 'Báo cáo'"):
        replay(new.tables, changes)
    with pytest.raises(ValueError, match="cannot be changed"):
        replay({}, changes)


BASE: Types = {"id": "string", "text": "string", "value": "number"}
ROWS = [{"id": f"p:{i}", "text": f"việc {i}", "value": str(i)} for i in range(10)]


def as_base(
    types: Types, rename: Mapping[str, str] | None = None, key: str = "id", **extra: Any
) -> Package:
    back = {new: old for old, new in (rename or {}).items()}
    records = [{c: row.get(back.get(c, c), "") for c in types} for row in ROWS]
    return package({"tasks": (types, [key], records)}, **extra)


@pytest.mark.parametrize(
    ("new", "version", "change"),
    [
        (as_base({"id": "string", "words": "string", "value": "number"}, {"text": "words"}), "2.0.0", "column-renamed"),
        (as_base({"task_id": "string", "text": "string", "value": "number"}, {"id": "task_id"}, "task_id"), "2.0.0", "column-renamed"),
        (as_base({"id": "string", "text": "string", "value": "integer"}), "2.0.0", "column-retyped"),
        (as_base({"id": "string", "text": "string"}), "2.0.0", "column-removed"),
        (as_base({**BASE, "note": "string"}), "1.1.0", "column-added"),
        (package({}), "2.0.0", "table-removed"),
        (as_base(BASE, text={"description": "Lời"}), "1.0.1", "described"),
        (as_base(BASE, text={"deprecated": True}), "1.1.0", "column-deprecated"),
        (as_base(BASE, text={"constraints": {"enum": ["a", "b"]}}), "1.0.1", "described"),
    ],
)  # fmt: skip
def test_schema_changes_give_the_version(new: Package, version: str, change: str) -> None:
    old = as_base(BASE)
    found = compare_schemas(old, new)
    assert [c.change for c in found] == [change]
    changes = find_changes(old.tables, new.tables, found)
    step = next_version("1.0.0", changes)
    assert step is not None
    assert step.version == version
    assert replay(old.tables, changes) == dict(new.tables)
    if change == "column-renamed":
        assert changes.rows == ()


def test_a_new_column_with_other_values_is_not_a_renamed_one() -> None:
    new = package(
        {
            "tasks": (
                {"id": "string", "other": "string", "value": "number"},
                ["id"],
                [{"id": r["id"], "other": "x", "value": r["value"]} for r in ROWS],
            )
        }
    )
    found = {c.change for c in compare_schemas(as_base(BASE), new)}
    assert found == {"column-removed", "column-added"}


def test_promises_and_choices() -> None:
    old = as_base(
        BASE, text={"constraints": {"required": True}}, value={"constraints": {"enum": [1]}}
    )
    new = as_base(BASE, value={"constraints": {"enum": [1, 2]}})
    found = {(c.change, c.level, c.column, c.after) for c in compare_schemas(old, new)}
    assert found == {
        ("column-optional", "major", "text", ""),
        ("choices-added", "minor", "value", "2"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "same"),
    [("1e3", "number", "1000"), ("-0.50", "number", "-0.5"), ("", "number", ""), ("+7", "integer", "7"), (" a ", "string", " a "), ("1.870", "string", "1.870")],
)  # fmt: skip
def test_a_value_is_the_same_however_it_is_written(text: str, kind: str, same: str) -> None:
    assert canonical(text, kind) == same


def test_the_content_hash_does_not_depend_on_the_order_of_rows() -> None:
    rows = {("b",): ("b", "2"), ("a",): ("a", "1")}
    one = PackageTable("t", ("id", "n"), ("id",), rows)
    other = PackageTable("t", ("id", "n"), ("id",), dict(sorted(rows.items())))
    changed = PackageTable("t", ("id", "n"), ("id",), {**rows, ("a",): ("a", "3")})
    assert one.content_hash() == other.content_hash() != changed.content_hash()


@pytest.mark.parametrize(
    ("table", "version"),
    [
        ("warnings", "1.0.1"),
        ("corrections", "1.0.1"),
        ("tasks", "1.1.0"),
        ("agency_members", "1.1.0"),
    ],
)
def test_rows_that_tell_about_others_are_no_more_than_a_patch(table: str, version: str) -> None:
    types = {"id": "string"}
    few = package({table: (types, ["id"], [{"id": "a"}])})
    more = package({table: (types, ["id"], [{"id": "a"}, {"id": "b"}])})
    for old, new in ((few, more), (more, few)):
        step = next_version("1.0.0", find_changes(old.tables, new.tables))
        assert step is not None
        assert step.version == version


@pytest.mark.parametrize(("count", "last"), [(1, ""), (SHOWN, ""), (SHOWN + 2, "- … +2")])
def test_a_comment_shows_the_first_rows_and_counts_the_rest(count: int, last: str) -> None:
    rows = tuple(RowChange("tasks", (str(n),), "added", (), words="a") for n in range(count))
    lines = list(compare_markdown(Changes((), {}, rows)))
    assert f"| tasks | {count} | 0 | 0 |" in lines
    assert [line for line in lines if "…" in line] == ([last] if last else [])
    assert sum(line.startswith("- **") for line in lines) == min(count, SHOWN)
