"""A process of its own for a file that may harm who reads it: how it is started and bound, and why it ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import khplans
from khplans.errors import KhplansError, both

MOST_PAGES = 2_000
_SIGNALS = {"SIGXCPU": "time", "SIGKILL": "memory"}
"""What ends a process that goes beyond its bounds; Windows has neither."""

Refusals = Mapping[str, tuple[str, str, str]]
"""What is said of a file that can't be read, in both languages, and what to do."""


def started(module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A process that runs a module of khplans: it reads a file on its standard input and prints."""
    library = str(Path(khplans.__file__).parents[1])
    path = os.pathsep.join(filter(None, (library, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, **environment, "PYTHONPATH": path, "PYTHONUTF8": "1"},
    )  # fmt: skip


def why_ended(status: int | None) -> str:
    """Why a process ended before it was done, by how it ended; None is for one that had to be ended.

    >>> why_ended(None), why_ended(1)
    ('time', 'crash')
    """
    if status is None:
        return "time"
    known = {-getattr(signal, name): why for name, why in _SIGNALS.items() if hasattr(signal, name)}
    return known.get(status, "crash")


def refusal(refusals: Refusals, why: str, page: int, where: str) -> KhplansError:
    """The error that tells of a file, of which a page is beyond bounds."""
    vi, en, remedy = refusals[why]
    return KhplansError(
        both(vi.format(page=page), en.format(page=page)), where=where, remedy=remedy
    )


def refused_line(why: str, page: int) -> str:
    """What such a process prints of a page that is beyond bounds."""
    return json.dumps({"refused": why, "page": page})


def bound_memory(most: int) -> None:
    """Let this process have no more bytes of addresses, and leave no core behind."""
    with suppress(ImportError, ValueError, OSError):  # not every system has them
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def bound_time(more: int) -> None:
    """Let this process have so many seconds of the processor from now on."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = int(used.ru_utime + used.ru_stime) + 1 + more
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hardest))
