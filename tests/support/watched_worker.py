"""Loaded into a worker (`dask worker --preload`): what it makes is noted, and halted or ended where a test asks for it.

In the folder `KHPLANS_TEST_WATCH`, `made` has a line for each plan begun; a file `halt-PLAN` becomes `halted-PLAN`
with the worker's process, which then waits for its end; where there is `end-PLAN` the process ends itself.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from khplans import pipeline

_WATCH = Path(os.environ["KHPLANS_TEST_WATCH"])
_write_plan = vars(pipeline).setdefault("_unwatched", pipeline.write_plan)  # Dask loads this twice


def _watched(folder: Path, plan: Any, *more: Any) -> None:
    name = plan.source.plan_id
    with (_WATCH / "made").open("a") as made:
        made.write(f"{name}\n")
    if (_WATCH / f"end-{name}").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    if (_WATCH / f"halt-{name}").exists():
        (_WATCH / "pid").write_text(str(os.getpid()))
        (_WATCH / f"halt-{name}").unlink()
        (_WATCH / "pid").rename(_WATCH / f"halted-{name}")
        while True:
            time.sleep(1)
    _write_plan(folder, plan, *more)


pipeline.write_plan = _watched
