"""The library asks nobody for anything: it builds and answers with every way to a network shut.

So do the checks and a release: releases/test_commands.py makes its releases that way.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from offline import ASKED, SHUT
from small_plans import LAO_CAI, add_plan

PLAN = "lao-cai-15-kh-ubnd-2025"


def _alone(code: str, folder: Path) -> str:
    """What the code prints on standard error, run in a folder without a network."""
    done = subprocess.run(
        [sys.executable, "-c", SHUT + code], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_no_stage_and_no_question_goes_to_a_network(tmp_path: Path) -> None:
    add_plan(tmp_path / "plans", PLAN, LAO_CAI)
    told = _alone(
        f"""
from khplans.cli import group
group(["build"], standalone_mode=False)
import khplans
kp = khplans.load(source="datapackages")
kp.sql("select * from tasks"), kp.source(kp.tasks.task_id[0]), kp.graph(), kp.cite()
khplans.read("plans/{PLAN}/source.txt").tasks
""",
        tmp_path,
    )
    assert ASKED not in told


def test_the_network_is_really_shut(tmp_path: Path) -> None:
    told = _alone(
        """
import khplans
try:
    khplans.load(source="http://127.0.0.1:9")
except khplans.KhplansError as error:
    assert "offline" in str(error)
""",
        tmp_path,
    )
    assert ASKED in told
