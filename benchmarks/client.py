"""What the client costs: importing khplans beside a bare interpreter, a table beside pandas alone.

    python -m benchmarks.client

Medians of runs that take turns, so that both sides meet the same machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

STARTS, READS = 40, 300


def milliseconds(action: Callable[[], object]) -> float:
    """How long one run takes."""
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def side_by_side(one: Callable[[], object], other: Callable[[], object], runs: int) -> list[float]:
    """The medians of two actions that take turns."""
    for action in (one, other):
        action()
    pairs = [(milliseconds(one), milliseconds(other)) for _ in range(runs)]
    return [statistics.median(side) for side in zip(*pairs, strict=True)]


def start(code: str) -> Callable[[], object]:
    """A fresh interpreter that runs `code`."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Print both figures."""
    import pandas as pd

    import khplans

    bare, ours = side_by_side(start("pass"), start("import khplans"), STARTS)
    print(f"import khplans: {ours:.1f} ms, bare {bare:.1f} ms: adds {ours - bare:.1f} ms")
    path = Path(khplans.load().where) / "tasks.parquet"
    alone, loaded = side_by_side(lambda: pd.read_parquet(path), lambda: khplans.load().tasks, READS)
    print(f"load().tasks: {loaded:.2f} ms, pandas {alone:.2f} ms: {loaded / alone:.2f} times")


if __name__ == "__main__":
    main()
