"""The bounds that a process of its own sets itself before it reads a file that may harm who reads it."""

from __future__ import annotations

from contextlib import suppress

MOST_PAGES = 2_000
PICTURES_MEMORY = 2 << 30
"""Bytes of addresses for pictures of pages, of which libraries take the most without using them."""
A_PICTURE_S = 10
"""Seconds of the processor for each."""


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
