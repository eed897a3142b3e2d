"""One table of figures: what was measured, khplans, what stands beside it, how many times, what is to be reached."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HEAD = ("what", "khplans", "beside", "its figure", "times", "to reach")
LIBRARIES = (
    "khplans", "pyarrow", "pandas", "great-expectations", "mkdocs-material", "duckdb", "eyecite", "hyperscan",
    "pandera", "pointblank",
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What a process took: processor seconds, the most megabytes that it held; and what it printed."""

    seconds: float
    megabytes: float
    said: str = ""


@dataclass(frozen=True)
class Line:
    """A figure of ours beside that of a peer, of the same unit; `to_reach` is what their ratio should be."""

    what: str
    own: float
    unit: str
    beside: str
    theirs: float | None = None
    to_reach: str = ""
    megabytes: float | None = None

    def cells(self) -> tuple[str, ...]:
        """As they are printed.

        >>> Line("build", 12.0, "s", "bare imports", 4.8, "≤ 2.5", 99.6).cells()
        ('build', '12 s, 100 MB', 'bare imports', '4.8 s', '2.50', '≤ 2.5')
        """
        held = f", {self.megabytes:,.0f} MB" if self.megabytes else ""
        own = f"{short(self.own)} {self.unit}{held}"
        if self.theirs is None:
            return self.what, own, self.beside, "", "", self.to_reach
        their = f"{short(self.theirs)} {self.unit}"
        return self.what, own, self.beside, their, f"{self.own / self.theirs:.2f}", self.to_reach


def short(figure: float) -> str:
    """A figure with what digits say something.

    >>> short(0.123), short(4.86), short(12.04), short(1234567.8)
    ('0.12', '4.9', '12', '1,234,568')
    """
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.1f}" if figure >= 1 else f"{figure:.2g}"


_LAUNCH = """
import os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[2:]], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as told:
    print(status, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=told)
"""
"""Linux counts the memory of whoever starts a process as the process's own: so somebody small starts it."""


def cost(code: str, *arguments: str) -> Cost:
    """What a process of its own costs that runs some code; ends the benchmark where that fails."""
    with tempfile.TemporaryDirectory() as folder:
        told = f"{folder}/told"
        command = [sys.executable, "-I", "-S", "-c", _LAUNCH, told, "-W", "ignore", "-c", code, *arguments]  # fmt: skip
        extra = {"NO_MKDOCS_2_WARNING": "1", "GX_ANALYTICS_ENABLED": "false"}
        done = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | extra, check=True
        )
        status, seconds, megabytes = Path(told).read_text("ascii").split()
    if int(status):
        sys.exit(f"it failed: {code}\n{done.stderr[-2000:]}")
    return Cost(float(seconds), float(megabytes), done.stdout)


def taking_turns(runs: int, *sides: Callable[[], Cost]) -> list[Cost]:
    """The median seconds and the most memory of each side, which take turns; what each printed last."""
    taken = [[side() for side in sides] for _ in range(runs)]
    return [
        Cost(
            statistics.median(one.seconds for one in side),
            max(one.megabytes for one in side),
            side[-1].said,
        )
        for side in zip(*taken, strict=True)
    ]


def timed(
    work: Callable[[], object], clock: Callable[[], float] = time.process_time
) -> Callable[[], Cost]:
    """Some work in this process, as a side that takes turns: processor seconds, or those of another clock."""

    def side() -> Cost:
        begun = clock()
        work()
        return Cost(clock() - begun, 0)

    return side


def machine() -> str:
    """Where it was measured, and with what."""
    found = (f"{name} {_version(name)}" for name in LIBRARIES if _version(name))
    load = f"load {os.getloadavg()[0]:.1f} at the end"
    own = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU, Python {platform.python_version()}"
    return f"{own}, {load}; {', '.join(found)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def show(lines: Iterable[Line]) -> None:
    """Print them as one table (Markdown)."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        print(_row(row, widths))
        if number == 0:
            print(_row(["-" * width for width in widths], widths))
    print(f"\n{machine()}", flush=True)


def _row(cells: Sequence[Any], widths: Sequence[int]) -> str:
    return (
        f"| {' | '.join(f'{cell:<{width}}' for cell, width in zip(cells, widths, strict=True))} |"
    )
