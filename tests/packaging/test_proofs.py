"""Each promise names tests that are there; what `make prove` finds is kept, and goes on where it was stopped."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from khplans.knowledge.table import read_table

ROOT = Path(__file__).parents[2]
PLUGINS = ("-p", "xdist", "-p", "_hypothesis_pytestplugin")
CONFTEST = f"""import os, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT / "tests" / "support")!r})
from proofs import keep_proofs

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        os.environ["WHOLE_RUN"] = str(os.getpid())
    keep_proofs(config, Path("proofs.json"), lambda: Path("state.txt").read_text())
"""
ONE = """import pytest
from hypothesis import given, settings, strategies as st

@settings(max_examples=7, derandomize=True, database=None)
@given(st.integers())
def test_a(n):
    pass

@pytest.mark.skip
def test_b():
    pass
"""
TWO = """from pathlib import Path

def test_c(record_property):
    record_property("runs", 5)
    assert Path("good.txt").is_file()

def test_d():
    pass
"""
KILLED = """
def test_e():
    import os, signal
    if not Path("kind.txt").is_file():
        os.kill(int(os.environ["WHOLE_RUN"]), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("promise", "test"),
    [(row["id"], test) for row in read_table("promises") for test in row["tests"].split()],
)
def test_each_promise_is_kept_by_tests_that_are_there(promise: str, test: str) -> None:
    code = ast.parse((ROOT / test).read_text("utf-8"))
    defined = [one.name for one in code.body if isinstance(one, ast.FunctionDef)]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert any(
        name.startswith("test_") for name in defined
    ) or f"python {test}" in makefile.replace("-W ignore ", "")


def prove(folder: Path, *more: str, good: bool = True) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGINS, "-q", "--dist", "loadfile", *more],
        cwd=folder, env={**env, "KHPLANS_PROVE": "1", "KHPLANS_SEED": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) == good, done.stdout + done.stderr
    return done.stdout


def counted(folder: Path) -> Mapping[str, Any]:
    found = json.loads((folder / "proofs.json").read_bytes())["tests"]
    names = ("passed", "failed", "skipped", "runs")
    return {Path(target).name: tuple(one[name] for name in names) for target, one in found.items()}


@pytest.mark.parametrize("workers", ["0", "2"])
def test_results_are_kept_and_what_passed_is_not_run_again(workers: str, tmp_path: Path) -> None:
    """Even of a run that was killed: a test of it kills the whole."""
    files = {
        "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n', "state.txt": "one",
        "tests/conftest.py": CONFTEST, "tests/x/test_one.py": ONE, "tests/x/test_two.py": TWO,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    prove(tmp_path, "-n", workers, "tests/x/test_one.py")
    assert not (tmp_path / "proofs.json").exists()
    prove(tmp_path, "-n", workers, good=False)
    first = {"test_one.py": (1, 0, 1, 7), "test_two.py": (1, 1, 0, 6)}
    assert counted(tmp_path) == first
    (tmp_path / "good.txt").touch()
    assert "2 passed" in prove(tmp_path, "-n", workers)
    assert counted(tmp_path) == {**first, "test_two.py": (2, 0, 0, 6)}
    assert "passed" not in prove(tmp_path, "-n", workers)
    (tmp_path / "state.txt").write_text("two", "utf-8")
    (tmp_path / "tests/x/test_two.py").write_text(f"{TWO}\n{KILLED}", "utf-8")
    prove(tmp_path, "-n", workers, good=False)
    assert counted(tmp_path) == {**first, "test_two.py": (2, 0, 0, 6)}
    (tmp_path / "kind.txt").touch()
    last = prove(tmp_path, "-n", workers)
    assert counted(tmp_path) == {**first, "test_two.py": (3, 0, 0, 7)}
    assert not (tmp_path / ".khplans/proofs.json").exists()
    if workers == "0":  # one after the other: the first file was done
        assert "3 passed" in last
