"""Nothing of a plan is lost on the way: the number of rows of each table is what was reviewed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from khplans.atomic import write_file
from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.errors import both, wrong_entry
from khplans.outside import people_rows
from khplans.tables.definition import TABLE_NAMES, table

ROW_COUNTS = "row_counts.csv"
ROW_COUNT = "coverage.row-count"
"""The check of the reviewed row counts."""
UNREVIEWED = "coverage.reviewed"
"""The check that tells of plans whose row counts nobody has reviewed."""

_COLUMNS = ["plan_id", "table", "minimum", "maximum"]


@dataclass(frozen=True, slots=True)
class CoverageBounds:
    """How many rows of a table a plan may give; of `blocks.<kind>`, those of that kind."""

    plan_id: str
    table: str
    minimum: int
    maximum: int


def read_bounds(folder: Path) -> tuple[CoverageBounds, ...]:
    """The reviewed bounds of `row_counts.csv`; none where there is no such file.

    Raises `KhplansError` for a line that is none.
    """
    path = folder / ROW_COUNTS
    found: list[CoverageBounds] = []
    if not path.exists():
        return ()
    for line, row in people_rows(path, _COLUMNS):
        if row["table"] not in _countable():
            raise wrong_entry(f"{path}:{line}", both(f"không có bảng {row['table']}", "no table"))
        try:
            bounds = int(row["minimum"]), int(row["maximum"])
        except ValueError:
            raise wrong_entry(f"{path}:{line}", both("cần hai số", "two numbers")) from None
        found.append(CoverageBounds(row["plan_id"], row["table"], *bounds))
    return tuple(found)


def check_counts(package: CheckedPackage, bounds: tuple[CoverageBounds, ...]) -> Iterator[Result]:
    """Row counts of each plan against the bounds."""
    counts = _counts(package)
    plans = sorted(package.plans)
    for name in sorted({one.table for one in bounds}):
        here = [one for one in bounds if one.table == name and one.plan_id in plans]
        wrong = [
            f"{one.plan_id}: {counts[one.plan_id, name]} ∉ {one.minimum}–{one.maximum}"
            for one in here
            if not one.minimum <= counts[one.plan_id, name] <= one.maximum
        ]
        yield judge(ROW_COUNT, name.partition(".")[0], len(here), wrong)


def check_reviewed(package: CheckedPackage, bounds: tuple[CoverageBounds, ...]) -> Result:
    """A plan without bounds is told of, not stopped."""
    plans = sorted(package.plans)
    reviewed = {one.plan_id for one in bounds}
    missing = [plan for plan in plans if plan not in reviewed]
    return judge(UNREVIEWED, "documents", len(plans), missing, severity="warning")


def _countable() -> tuple[str, ...]:
    """What bounds can be of: the tables, and the kinds of blocks."""
    kinds = (f"blocks.{kind.value}" for kind in table("blocks").field("kind").values)
    return (*TABLE_NAMES, *kinds)


def _counts(package: CheckedPackage) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for name, rows in package.rows.items():
        for row in rows:
            if "document_id" in row and (plan := package.plan_of_row(row)):
                counts[plan, name] += 1
                if name == "blocks":
                    counts[plan, f"{name}.{row['kind']}"] += 1
    return counts


_ACCEPTED = (
    "documents", "sections", "blocks", "blocks.row", "blocks.columns", "blocks.furniture",
    "blocks.outside", "tasks", "task_agencies", "indicators", "citations", "short_citations",
)  # fmt: skip


def accepted_bounds(
    plan_id: str, package: Path, collection: Iterator[CheckedPackage]
) -> list[CoverageBounds]:
    """A plan's counts as they are now, in its package and in the parts of the collection."""
    own = _counts(CheckedPackage(package))
    shared: Counter[tuple[str, str]] = Counter()
    for part in collection:
        if plan_id in part.plans:
            shared.update(_counts(part))
    pairs = [(name, (own[plan_id, name], shared[plan_id, name])) for name in _ACCEPTED]
    return [CoverageBounds(plan_id, name, min(pair), max(pair)) for name, pair in pairs]


def write_bounds(folder: Path, accepted: Sequence[CoverageBounds]) -> None:
    """Write bounds into `row_counts.csv`, in place of those that it has of the same plans."""
    plans = {one.plan_id for one in accepted}
    kept = [one for one in read_bounds(folder) if one.plan_id not in plans]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in sorted([*kept, *accepted], key=lambda one: one.plan_id):
        writer.writerow([one.plan_id, one.table, one.minimum, one.maximum])
    write_file(folder / ROW_COUNTS, text.getvalue().encode())
