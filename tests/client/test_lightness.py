"""Importing khplans stays light, and nothing is imported before it is needed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import khplans

RELEASES = Path(__file__).parents[2] / "releases"
HEAVY = ("pandas", "pyarrow", "numpy", "duckdb", "requests", "yaml", "click", "frictionless")


def _imported_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_khplans_imports_nothing_heavy() -> None:
    loaded = _imported_after("import khplans; khplans.__version__; dir(khplans)")
    assert loaded.isdisjoint(HEAVY)
    own = {name for name in loaded if name.startswith("khplans")}
    assert own == {"khplans"}


def test_the_client_imports_pandas_only_with_a_table() -> None:
    assert _imported_after("from khplans import load, read").isdisjoint(HEAVY)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["tasks", "--help"]])
def test_the_command_answers_without_what_is_heavy(arguments: list[str]) -> None:
    code = f"from khplans.cli import group\ngroup({arguments!r}, standalone_mode=False)"
    loaded = _imported_after(code)
    assert loaded.isdisjoint(set(HEAVY) - {"click"})


def test_every_public_name_is_there() -> None:
    import khplans

    for name in khplans.__all__:
        assert getattr(khplans, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        khplans.nothing_of_that_name  # noqa: B018


def _processor_time(code: str) -> float:
    """Seconds of processor that a fresh interpreter takes: other programs' load doesn't count."""
    process = subprocess.Popen([sys.executable, "-S", "-c", code])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime


def test_importing_khplans_takes_less_than_fifty_milliseconds() -> None:
    path = str(Path(khplans.__file__).parents[1])
    with_it = f"import sys; sys.path.insert(0, {path!r}); import khplans; khplans.__version__"
    added = [_processor_time(with_it) - _processor_time("pass") for _ in range(15)]
    assert statistics.median(added) < 0.050


def test_loading_a_table_takes_little_more_than_reading_its_file() -> None:
    """`khplans.load().tasks` beside `pandas.read_parquet`, in turns, whatever else is running."""
    import pandas as pd

    path = RELEASES / khplans.load().version / "tasks.parquet"  # type: ignore[operator]

    def seconds(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    def ratio() -> float:
        both = [
            (seconds(lambda: khplans.load().tasks), seconds(lambda: pd.read_parquet(path)))
            for _ in range(60)
        ]
        ours, theirs = zip(*both, strict=True)
        return statistics.median(ours) / statistics.median(theirs)

    ratio()
    assert min(ratio() for _ in range(4)) < 1.3
