"""Documents of many bodies and years: no figure falls below what it has been."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from khplans.pipeline import extract_files

HERE = Path(__file__).parent
SCORER = HERE.parent / "gold" / "score.py"
FLOORS = list(csv.DictReader((HERE / "floors.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("name", sorted({row["set"] for row in FLOORS}))
def test_no_figure_falls(name: str, tmp_path: Path) -> None:
    extract_files(sorted((HERE / name / "sources").iterdir()), tmp_path / "package")
    command = [sys.executable, str(SCORER), str(tmp_path / "package"), str(HERE / name / "gold")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {
        (table, measure): float(value)
        for table, plan, measure, value, *_ in map(str.split, printed.splitlines())
        if plan == "all"
    }
    fallen = {
        key: (found[key], float(row["floor"]))
        for row in FLOORS
        if row["set"] == name
        and found[key := (row["table"], row["measure"])] < float(row["floor"]) - 1e-9
    }
    assert fallen == {}
