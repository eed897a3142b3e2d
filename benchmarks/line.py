"""Build and check beside what they can't do without: bare imports, reading and extraction alone, the build itself.

    python -m benchmarks.line [PLANS]

The plans are drawn (`benchmarks.corpus`); processor time and memory are those of whole processes that take turns,
with one worker; medians of three. Both sides have their bytecode, as what pip installed has.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from compileall import compile_dir
from pathlib import Path
from shutil import copytree, rmtree

from benchmarks.corpus import write_corpus
from benchmarks.table import Cost, Line, cost, show, taking_turns

ROOT = Path(__file__).parents[1]
PLANS = 1_000
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


def afresh(root: Path) -> Cost:
    """The cost of a build of nothing yet."""
    rmtree(root / "datapackages", ignore_errors=True)
    return cost(BUILD.format(root=str(root)))


def checked_afresh(root: Path) -> Cost:
    """The cost of a check of what was never checked."""
    for path in root.glob("datapackages/*/checks.json"):
        path.unlink()
    return cost(CHECK.format(root=str(root)))


def lines(count: int = PLANS) -> Iterator[Line]:
    """The figures, with so many plans."""
    compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        copytree(ROOT / "plans", few / "plans")
        write_corpus(many, count, seed=1)
        imports, cold = taking_turns(RUNS, lambda: cost(IMPORTS), lambda: afresh(few))
        yield _line("build of the project's plans, cold", cold, "bare imports", imports, "≤ 2.5")
        read, made, checked = taking_turns(
            RUNS,
            lambda: cost(READ.format(root=str(many))),
            lambda: afresh(many),
            lambda: checked_afresh(many),
        )
        yield _line(
            f"build of {count:,} plans", made, "reading and extraction alone", read, "≤ 1.3"
        )
        yield _line(f"check of {count:,} plans", checked, "their build", made, "≤ 0.5")


def _line(what: str, own: Cost, beside: str, theirs: Cost, to_reach: str) -> Line:
    return Line(what, own.seconds, "s", beside, theirs.seconds, to_reach, own.megabytes)


if __name__ == "__main__":
    show(lines(*map(int, sys.argv[1:])))
