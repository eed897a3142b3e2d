"""A process of its own reads a file that may harm who reads it: how it is started, followed page by page, and why it ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Any

import khplans
from khplans.errors import refusal

Progress = Callable[[int, int], None]
"""Told how many pages are done, of how many."""
_SIGNALS = {"SIGXCPU": "time", "SIGKILL": "memory"}
"""What ends a process that goes beyond its bounds; Windows has neither."""
# Without these limits processes side by side would fight for the same processors.
_ONE_THREAD = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


@dataclass(slots=True)
class Worker:
    """A process, what it told (lines of JSON objects, one over the other) and a line for each page so far.

    `ended` is how it ended; None where it was too `late` and had to be stopped.
    """

    process: subprocess.Popen[bytes]
    told: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    ended: int | None = None
    late: bool = False


def start(module: str, *arguments: str) -> Worker:
    """A process that runs a module of this package: it reads a file on its standard input and prints."""
    library = str(Path(khplans.__file__).parents[1])
    path = os.pathsep.join(filter(None, (library, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", f"khplans.intake.pages.{module}", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return Worker(process)


def run(
    workers: Sequence[Worker], data: bytes, longest_s: float, progress: Progress | None = None
) -> None:
    """Give the file to each and take what they print, until all have ended or the seconds are over.

    `progress` is told of each page; of how many, the processes tell as `pages`.
    """
    threads = [
        threading.Thread(target=_follow, args=(worker, data, workers, progress))
        for worker in workers
    ]
    for thread in threads:
        thread.start()
    until = monotonic() + longest_s
    try:
        for thread in threads:
            thread.join(max(0.0, until - monotonic()))
    finally:
        for worker in workers:
            worker.late = worker.ended is None
            if worker.late:
                worker.process.kill()


def _follow(
    worker: Worker, data: bytes, workers: Sequence[Worker], progress: Progress | None
) -> None:
    """Give the file to a process and take what it prints, line by line."""
    giving = threading.Thread(target=_give, args=(worker.process.stdin, data))
    giving.start()
    printed = worker.process.stdout
    assert printed
    with printed:
        for line in printed:
            text = line.decode("utf-8", "replace").strip()
            if text.startswith("{"):
                worker.told |= json.loads(text)
                continue
            worker.lines.append(text)
            if progress:
                progress(sum(len(x.lines) for x in workers), int(worker.told["pages"]))
    giving.join()
    ended = worker.process.wait()
    worker.ended = None if worker.late else ended


def _give(stream: IO[bytes] | None, data: bytes) -> None:
    assert stream
    with suppress(OSError), stream:  # it may end before it read all: how, its status says
        stream.write(data)


def why_ended(status: int | None) -> str:
    """Why a process ended before it was done, by how it ended; None is for one that had to be ended.

    >>> why_ended(None), why_ended(1)
    ('time', 'crash')
    """
    if status is None:
        return "time"
    known = {-getattr(signal, name): why for name, why in _SIGNALS.items() if hasattr(signal, name)}
    return known.get(status, "crash")


def refuse_unread(worker: Worker, form: str, where: str) -> None:
    """Raise `KhplansError` where a process didn't give all of its pages: `refusals.csv` has `pdf-…` and `scan-…`."""
    told, given = worker.told, len(worker.lines)
    wanted = told.get("numbers", range(1, told.get("pages", 1) + 1))
    if "refused" in told:
        raise refusal(f"{form}-{told['refused']}", where, page=told["page"])
    if worker.ended != 0 or given < len(wanted):
        page = [*wanted[given:], *wanted[-1:], 1][0]
        raise refusal(f"{form}-{why_ended(worker.ended)}", where, page=page)
