"""What the client costs: importing khplans beside a bare interpreter, a table beside pandas, a query beside DuckDB.

python -m benchmarks.client
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import Line, elapsed, show, taking_turns

STARTS, READS = 40, 300


def start(code: str) -> Callable[[], object]:
    """A fresh interpreter that runs `code`."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def lines() -> Iterator[Line]:
    """The figures, medians by the clock of runs that take turns."""
    import duckdb
    import pandas as pd

    import khplans

    bare, ours = taking_turns(STARTS, elapsed(start("pass")), elapsed(start("import khplans")))
    yield Line(
        "import khplans, beyond the interpreter", (ours.seconds - bare.seconds) * 1000, "ms",
        "bare Python itself", bare.seconds * 1000, "< 20 ms",
    )  # fmt: skip
    path = Path(khplans.load().where) / "tasks.parquet"
    alone, loaded = taking_turns(
        READS, elapsed(lambda: pd.read_parquet(path)), elapsed(lambda: khplans.load().tasks)
    )
    yield Line(
        "load().tasks", loaded.seconds * 1000, "ms", "pandas.read_parquet", alone.seconds * 1000, "≤ 1.2"
    )  # fmt: skip
    question = "SELECT * FROM {} WHERE deadline < DATE '2025-07-01' ORDER BY task_id"
    on_the_file, asked = taking_turns(
        READS,
        elapsed(lambda: duckdb.connect().sql(question.format(f"'{path}'")).df()),
        elapsed(lambda: khplans.load().sql(question.format("tasks"))),
    )
    yield Line(
        "one filtered query", asked.seconds * 1000, "ms", "DuckDB on the file", on_the_file.seconds * 1000, "≤ 1.3"
    )  # fmt: skip


if __name__ == "__main__":
    show(lines())
