"""Processes that read a file within bounds are given it, and what they print is followed page by page."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import IO, Any

from khplans.intake.pages.bounded_process import started

Progress = Callable[[int, int], None]
"""Told how many pages are done, of how many."""
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
    """A process that runs a module of this package."""
    return Worker(started(f"khplans.intake.pages.{module}", *arguments, **_ONE_THREAD))


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
    try:
        with stream:
            stream.write(data)
    except OSError:
        pass  # it ended before it read all: how, its status says
