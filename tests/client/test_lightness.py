"""Importing khplans stays light, and nothing is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

import khplans

HEAVY = ("pandas", "pyarrow", "numpy", "duckdb", "requests", "yaml", "click", "frictionless")


def _imported_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
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

    for name in khplans.__all__:
        assert getattr(khplans, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        khplans.nothing_of_that_name  # noqa: B018
