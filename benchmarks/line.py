"""Build and check beside what they can't do without: bare imports, reading and extraction alone, the build itself.

    python -m benchmarks.line [PLANS]

The plans are drawn (`benchmarks.corpus`); processor time and memory are those of whole processes that take turns,
with one worker; medians of three. Both sides have their bytecode, as what pip installed has.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from compileall import compile_dir
from pathlib import Path
from shutil import copytree, rmtree

from benchmarks.corpus import write_corpus
from benchmarks.site import cost

ROOT = Path(__file__).parents[1]
RUNS = 3
IMPORTS = "import pyarrow.parquet, frictionless"
READ = """
from pathlib import Path
from khplans.intake.plans import list_plans, load_plan
from khplans.pipeline import tables_of
plans = Path({root!r}) / "plans"
for plan in list_plans(plans):
    tables_of(load_plan(plans / plan))
"""
BUILD = """
from pathlib import Path
from khplans.pipeline import build
root = Path({root!r})
build(root / "plans", root / "datapackages", workers=1)
"""
CHECK = """
from pathlib import Path
from khplans.checks.run import check_all
root = Path({root!r})
check_all(root / "datapackages", root / "checks")
"""


def medians(*sides: Callable[[], tuple[float, float, str]]) -> list[tuple[float, float]]:
    """Seconds and megabytes of each side, which take turns."""
    taken = [[side() for side in sides] for _ in range(RUNS)]
    return [
        (statistics.median(one[0] for one in side), max(one[1] for one in side))
        for side in zip(*taken, strict=True)
    ]


def afresh(root: Path, code: str) -> tuple[float, float, str]:
    """The cost of a build of nothing yet."""
    rmtree(root / "datapackages", ignore_errors=True)
    return cost(code.format(root=str(root)))


def checked_afresh(root: Path) -> tuple[float, float, str]:
    """The cost of a check of what was never checked."""
    for path in root.glob("datapackages/*/checks.json"):
        path.unlink()
    return cost(CHECK.format(root=str(root)))


def tell(what: str, own: tuple[float, float], beside: str, floor: tuple[float, float]) -> None:
    """A line: seconds and memory of ours, of what stands beside it, and how many times."""
    print(
        f"{what}: {own[0]:.1f} s, {own[1]:.0f} MB; {beside}: {floor[0]:.1f} s; {own[0] / floor[0]:.2f} times"
    )


def main() -> None:
    """Print a line for each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        copytree(ROOT / "plans", few / "plans")
        write_corpus(many, count, seed=1)
        imports, cold = medians(lambda: cost(IMPORTS), lambda: afresh(few, BUILD))
        tell("build of the project's plans, cold", cold, "bare imports", imports)
        read, made, checked = medians(
            lambda: cost(READ.format(root=str(many))),
            lambda: afresh(many, BUILD),
            lambda: checked_afresh(many),
        )
        tell(f"build of {count:,} plans", made, "reading and extraction alone", read)
        tell(f"check of {count:,} plans", checked, "their build", made)


if __name__ == "__main__":
    main()
