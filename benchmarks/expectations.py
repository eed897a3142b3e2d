"""The expectations of the table of tasks beside the same run by Great Expectations bare, pandera, pointblank, one query.

    python -m benchmarks.expectations [ROWS ...]

Each in a process of its own, from the same Parquet file to the verdicts: none is broken, as the rows are those of this
project over and over under other ids. What is said of a column's values is the same for all; pandera and pointblank
have no words for the order of columns in one step, so they check that by their schema.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.table import Cost, Line, cost, show, taking_turns

TASKS = Path(__file__).parents[1] / "datapackages" / "khplans" / "tasks.parquet"
ROWS = (500, 500_000)
PART = 50_000
RUNS = 3
_EXPECTED = """
import sys
from pathlib import Path
from khplans.checks.run import expectations_of
path, count = sys.argv[1], int(sys.argv[2])
expected = [one for one in expectations_of(Path("checks")) if one.table == "tasks"]
"""
OURS = f"""{_EXPECTED}
from khplans.checks.engine import run_expectations
from khplans.checks.package import CheckedPackage
found = run_expectations(CheckedPackage(Path(path).parent), expected)
assert len(found) == len(expected) and all(one.status == "passed" for one in found)
"""
BARE = f"""{_EXPECTED}
import great_expectations as gx
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {{"globally": False}}
source = context.data_sources.add_pandas_filesystem("a", base_directory=Path(path).parent)
asset = source.add_parquet_asset("tasks", dtype_backend="pyarrow")
batch = asset.add_batch_definition_path("all", path=Path(path).name)
suite = context.suites.add(gx.ExpectationSuite("tasks"))
for one in expected:
    suite.add_expectation(getattr(gx.expectations, one.kind)(**one.arguments))
definition = context.validation_definitions.add(gx.ValidationDefinition(name="tasks", data=batch, suite=suite))
found = definition.run(result_format="BOOLEAN_ONLY")
assert found.success and len(found.results) == len(expected)
"""
PANDERA = f"""{_EXPECTED}
import pandas as pd
import pandera.pandas as pa
frame = pd.read_parquet(path, dtype_backend="pyarrow")
checks, needed, unique, order = {{}}, set(), [], []
for one in expected:
    given = one.arguments
    column = given.get("column")
    if one.kind == "ExpectTableColumnsToMatchOrderedList":
        order = given["column_list"]
    elif one.kind == "ExpectColumnValuesToBeUnique":
        unique.append(column)
    elif one.kind == "ExpectColumnValuesToNotBeNull":
        needed.add(column)
    elif one.kind == "ExpectColumnValuesToBeInSet":
        checks.setdefault(column, []).append(pa.Check.isin(given["value_set"]))
    elif one.kind == "ExpectColumnValuesToBeBetween":
        if given["min_value"] is not None:
            checks.setdefault(column, []).append(pa.Check.ge(given["min_value"]))
        if given["max_value"] is not None:
            checks.setdefault(column, []).append(pa.Check.le(given["max_value"]))
    elif one.kind == "ExpectColumnValueLengthsToBeBetween":
        checks.setdefault(column, []).append(pa.Check.str_length(given["min_value"], given["max_value"]))
    elif one.kind == "ExpectColumnValuesToNotMatchRegex":
        no = given["regex"]
        checks.setdefault(column, []).append(pa.Check(lambda values, no=no: ~values.str.contains(no)))
    else:
        raise NotImplementedError(one.kind)
columns = {{name: pa.Column(checks=checks.get(name), nullable=name not in needed) for name in order}}
pa.DataFrameSchema(columns, unique=unique, strict=True, ordered=True).validate(frame, lazy=True)
"""
POINTBLANK = f"""{_EXPECTED}
import polars as pl
import pointblank as pb
frame = pl.read_parquet(path)
check = pb.Validate(frame)
for one in expected:
    given = one.arguments
    column = given.get("column")
    if one.kind == "ExpectTableColumnsToMatchOrderedList":
        check = check.col_schema_match(pb.Schema(columns=given["column_list"]))
    elif one.kind == "ExpectColumnValuesToBeUnique":
        check = check.rows_distinct(columns_subset=column)
    elif one.kind == "ExpectColumnValuesToNotBeNull":
        check = check.col_vals_not_null(column)
    elif one.kind == "ExpectColumnValuesToBeInSet":
        check = check.col_vals_in_set(column, [*given["value_set"], None])
    elif one.kind == "ExpectColumnValuesToBeBetween":
        if given["min_value"] is not None:
            check = check.col_vals_ge(column, given["min_value"], na_pass=True)
        if given["max_value"] is not None:
            check = check.col_vals_le(column, given["max_value"], na_pass=True)
    elif one.kind == "ExpectColumnValueLengthsToBeBetween":
        check = check.col_vals_expr(pl.col(column).str.len_chars().is_between(given["min_value"], given["max_value"]))
    elif one.kind == "ExpectColumnValuesToNotMatchRegex":
        check = check.col_vals_expr(~pl.col(column).str.contains(given["regex"]))
    else:
        raise NotImplementedError(one.kind)
assert check.interrogate(get_first_n=0).all_passed()
"""
DUCKDB = f"""{_EXPECTED}
import duckdb
wrong = []
for one in expected:
    given = one.arguments
    column = f'"{{given.get("column")}}"'
    if one.kind == "ExpectTableColumnsToMatchOrderedList":
        assert duckdb.sql(f"SELECT * FROM '{{path}}' LIMIT 0").columns == given["column_list"]
    elif one.kind == "ExpectColumnValuesToBeUnique":
        wrong.append(f"count(*) - count(DISTINCT {{column}})")
    elif one.kind == "ExpectColumnValuesToNotBeNull":
        wrong.append(f"count(*) - count({{column}})")
    elif one.kind == "ExpectColumnValuesToBeInSet":
        wrong.append(f"count(*) FILTER ({{column}} NOT IN {{tuple(given['value_set'])}})")
    elif one.kind == "ExpectColumnValuesToBeBetween":
        if given["min_value"] is not None:
            wrong.append(f"count(*) FILTER ({{column}} < '{{given['min_value']}}')")
        if given["max_value"] is not None:
            wrong.append(f"count(*) FILTER ({{column}} > '{{given['max_value']}}')")
    elif one.kind == "ExpectColumnValueLengthsToBeBetween":
        wrong.append(f"count(*) FILTER (length({{column}}) NOT BETWEEN {{given['min_value']}} AND {{given['max_value']}})")
    elif one.kind == "ExpectColumnValuesToNotMatchRegex":
        wrong.append(f"count(*) FILTER (regexp_matches({{column}}, '{{given['regex']}}'))")
    else:
        raise NotImplementedError(one.kind)
duckdb.sql("SET threads = 1")
(found,) = duckdb.sql(f"SELECT {{', '.join(wrong)}} FROM '{{path}}'").fetchall()
assert not any(found), found
"""
PEERS = {
    "Great Expectations bare": BARE,
    "pandera": PANDERA,
    "pointblank": POINTBLANK,
    "one DuckDB query": DUCKDB,
}


def lines(*counts: int) -> Iterator[Line]:
    """The figures, for so many rows each."""
    for count in counts or ROWS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tasks.parquet"
            write_tasks(path, count)
            ours, *theirs = taking_turns(
                RUNS, *(_side(code, path, count) for code in (OURS, *PEERS.values()))
            )
        for name, their in zip(PEERS, theirs, strict=True):
            yield Line(
                f"expectations of {count:,} tasks", ours.seconds, "s", f"{name} ({their.megabytes:,.0f} MB)",
                their.seconds, "≤ 1.1" if name.startswith("Great") else "", ours.megabytes,
            )  # fmt: skip


def _side(code: str, path: Path, count: int) -> Callable[[], Cost]:
    return lambda: cost(code, str(path), str(count))


def write_tasks(path: Path, count: int) -> None:
    """A table of so many tasks."""
    rows = pq.read_table(TASKS)
    with pq.ParquetWriter(path, rows.schema, compression="zstd") as writer:
        for start in range(0, count, PART):
            some = min(PART, count - start)
            times = -(-some // len(rows))
            part = pa.concat_tables([rows] * times).slice(0, some)
            ids = pa.array([f"p:{number}" for number in range(start, start + some)])
            writer.write_table(part.set_column(0, rows.schema.field(0), ids))


if __name__ == "__main__":
    show(lines(*map(int, sys.argv[1:])))
