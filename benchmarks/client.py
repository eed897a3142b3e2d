"""What the client costs: importing khplans beside a bare interpreter, a table beside pandas, a query beside DuckDB.

python -m benchmarks.client
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import Cost, Line, show, taking_turns, timed

STARTS, READS = 40, 300


def start(code: str) -> Callable[[], object]:
    """A fresh interpreter that runs `code`."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def _elapsed(work: Callable[[], object]) -> Callable[[], Cost]:
    """By the clock on the wall: other processes and threads do some of the work."""
    return timed(work, time.perf_counter)


def lines() -> Iterator[Line]:
    """The figures, medians by the clock of runs that take turns."""
    import duckdb
    import pandas as pd

    import khplans

    bare, ours = taking_turns(STARTS, _elapsed(start("pass")), _elapsed(start("import khplans")))
    yield Line(
        "import khplans, beyond the interpreter", (ours.seconds - bare.seconds) * 1000, "ms",
        "bare Python itself", bare.seconds * 1000, "< 20 ms",
    )  # fmt: skip
    path = Path(khplans.load().where) / "tasks.parquet"
    alone, loaded = taking_turns(
        READS, _elapsed(lambda: pd.read_parquet(path)), _elapsed(lambda: khplans.load().tasks)
    )
    yield Line(
        "load().tasks", loaded.seconds * 1000, "ms", "pandas.read_parquet", alone.seconds * 1000, "≤ 1.2"
    )  # fmt: skip
    question = "SELECT * FROM {} WHERE deadline < DATE '2025-07-01' ORDER BY task_id"
    on_the_file, asked = taking_turns(
        READS,
        _elapsed(lambda: duckdb.connect().sql(question.format(f"'{path}'")).df()),
        _elapsed(lambda: khplans.load().sql(question.format("tasks"))),
    )
    yield Line(
        "one filtered query", asked.seconds * 1000, "ms", "DuckDB on the file", on_the_file.seconds * 1000, "≤ 1.3"
    )  # fmt: skip


if __name__ == "__main__":
    show(lines())
