"""To a user's type checker khplans is typed throughout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCRIPT = """
import datetime
from typing import assert_type

import khplans
import pandas as pd

kp = khplans.load(version="1.0.0", source="releases")
assert_type(kp, khplans.Collection)
assert_type(kp.tasks, pd.DataFrame)
assert_type(kp.short_citations, pd.DataFrame)
assert_type(kp["citations"], pd.DataFrame)
assert_type(kp.version, str | None)
assert_type(kp.tables, tuple[str, ...])
assert_type(kp.agency("so y te"), pd.DataFrame)
assert_type(kp.tasks_by_agency("SNN&PTNT", role="lead", year=2024), pd.DataFrame)
assert_type(kp.indicator_series("tang truong GRDP"), pd.DataFrame)
assert_type(kp.deadlines(before="2024-06-30"), pd.DataFrame)
assert_type(kp.cites("09-NQ/TW"), pd.DataFrame)
assert_type(kp.graph().edges, pd.DataFrame)
assert_type(kp.sql("select 1"), pd.DataFrame)
words = kp.source("khanh-hoa-173-qd-ubnd-2024:III/4:2")
assert_type(words.quote, str)
assert_type(words.issued, datetime.date | None)
assert_type(kp.cite().bibtex, str)
assert_type(khplans.read("plan.docx").tasks, pd.DataFrame)
try:
    kp.agency("x")
except khplans.UnknownNameError as error:
    assert_type(error.remedy, str)
kp.tasks_by_agency("so y te", role="leads")  # type: ignore[arg-type]
kp.task  # type: ignore[attr-defined]
khplans.loads()  # type: ignore[attr-defined]
"""


def test_a_users_script_passes_the_strictest_checker(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "script.py"]
    done = subprocess.run(
        [*command, f"--cache-dir={ROOT / '.mypy_cache/user'}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
