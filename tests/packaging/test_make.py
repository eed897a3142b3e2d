"""What is long runs small in `make test` and whole in `make prove`."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from rounds import rounds

ROOT = Path(__file__).parents[2]


def _recipe(target: str) -> str:
    """What `make` would run, without what is set up already."""
    command = ["make", "--dry-run", "--assume-old=.venv/.ready", "BIN=.", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_variable_that_prove_sets_is_the_one_that_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KHPLANS_PROVE", raising=False)
    assert rounds(2, 30) == 2
    monkeypatch.setenv("KHPLANS_PROVE", "1")
    assert rounds(2, 30) == 30
    assert re.search(r"KHPLANS_PROVE=1 KHPLANS_SEED= +./python -m pytest", _recipe("prove"))
    assert "PROVE" not in _recipe("test")
