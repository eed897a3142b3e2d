"""Loaded into a worker (`dask worker --preload`): what it makes is noted, and halted or ended where a test asks for it.

In the folder `KHPLANS_TEST_WATCH`, `made` has a line for each plan begun; a file `halt-PLAN` becomes `halted-PLAN`
with the worker's process, which then waits for its end; where there is `end-PLAN` the process ends itself.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from khplans import pipeline


def dask_setup(worker: Any) -> None:
    """Note what this worker makes, from now on."""
    pipeline.write_plan = partial(
        _watched, Path(os.environ["KHPLANS_TEST_WATCH"]), pipeline.write_plan
    )


def _watched(watch: Path, make: Callable[..., None], folder: Path, plan: Any, *more: Any) -> None:
    name = plan.source.plan_id
    with (watch / "made").open("a") as made:
        made.write(f"{name}\n")
    if (watch / f"end-{name}").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    if (watch / f"halt-{name}").exists():
        (watch / "pid").write_text(str(os.getpid()))
        (watch / f"halt-{name}").unlink()
        (watch / "pid").rename(watch / f"halted-{name}")
        while True:
            time.sleep(1)
    make(folder, plan, *more)
