"""Nothing of a plan is lost on the way: table rows, and the number of rows of each kind."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.errors import KhplansError, both
from khplans.tables.definition import TABLE_NAMES

ROW_COUNTS = "row_counts.csv"
_COLUMNS = ["plan_id", "table", "minimum", "maximum"]
_BOUNDS = (
    "Số dòng của mỗi kế hoạch trong khoảng đã duyệt",
    "Each plan's number of rows is within its reviewed bounds",
)
_UNREVIEWED = (
    "Kế hoạch có khoảng số dòng đã duyệt trong checks/row_counts.csv",
    "The plan has reviewed bounds in checks/row_counts.csv",
)
_TABLE_ROWS = (
    "Mỗi dòng của bảng trong văn bản cho nhiệm vụ, chỉ tiêu hoặc cảnh báo",
    "Each row of a table in a document gave a task, an indicator or a warning",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many rows of a table a plan may give."""

    plan_id: str
    table: str
    minimum: int
    maximum: int


def read_bounds(folder: Path) -> tuple[Bounds, ...]:
    """The reviewed bounds of `row_counts.csv`.

    Raises `KhplansError` for a line that is none.
    """
    path = folder / ROW_COUNTS
    found = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if reader.fieldnames != _COLUMNS:
                raise _broken(path, 1, both(f"cột phải là {','.join(_COLUMNS)}", "wrong columns"))
            for row in reader:
                try:
                    one = Bounds(
                        row["plan_id"], row["table"], int(row["minimum"]), int(row["maximum"])
                    )
                except (TypeError, ValueError):
                    raise _broken(
                        path, reader.line_num, both("cần hai số", "two numbers")
                    ) from None
                if one.table not in TABLE_NAMES:
                    raise _broken(
                        path, reader.line_num, both(f"không có bảng {one.table}", "no table")
                    )
                found.append(one)
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, 1, both("không đọc được", "can't be read")) from error
    return tuple(found)


def check_counts(package: CheckedPackage, bounds: tuple[Bounds, ...]) -> Iterator[Result]:
    """Row counts of each plan against the bounds; a plan without any is told of, not stopped."""
    counts = _counts(package)
    plans = sorted(package.plans)
    for name in sorted({one.table for one in bounds}):
        here = [one for one in bounds if one.table == name and one.plan_id in plans]
        wrong = [
            f"{one.plan_id}: {counts[one.plan_id, name]} ∉ {one.minimum}–{one.maximum}"
            for one in here
            if not one.minimum <= counts[one.plan_id, name] <= one.maximum
        ]
        yield judge("coverage.row-count", name, _BOUNDS, len(here), wrong)
    reviewed = {one.plan_id for one in bounds}
    missing = [plan for plan in plans if plan not in reviewed]
    yield judge(
        "coverage.reviewed", "documents", _UNREVIEWED, len(plans), missing, severity="warning"
    )


def _counts(package: CheckedPackage) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for name, rows in package.rows.items():
        for row in rows:
            if "document_id" in row and row["document_id"] is not None:
                counts[package.plan_of.get(row["document_id"], ""), name] += 1
    return counts


def check_table_rows(package: CheckedPackage) -> Result:
    """Read the sources again: every table row there is in the package, or warned about."""
    from khplans.model import Source
    from khplans.reading import read_documents

    spans: dict[str, list[tuple[int, int]]] = {}
    for name in ("tasks", "indicators"):
        for row in package.rows[name]:
            spans.setdefault(row["document_id"], []).append((row["start"], row["end"]))
    told = {
        (package.plan_of[row["document_id"]], row["start"])
        for row in package.rows["warnings"]
        if row["code"] == "row-unaccounted"
    }
    checked, lost, excused = 0, [], set()
    for plan_id, text in package.sources.items():
        taken = sorted(span for key, some in spans.items()
                       if package.plan_of.get(key) == plan_id for span in some)  # fmt: skip
        for document in read_documents(Source(plan_id, text)).documents:
            rows = [block for block in document.blocks if block.kind == "row" and block.text]
            checked += len(rows)
            for block in rows:
                if _any_inside(taken, block.span.start, block.span.end):
                    continue
                place = f"{plan_id}@{block.span.start}"
                lost.append(place)
                if (plan_id, block.span.start) in told:
                    excused.add(place)
    return judge("coverage.table-rows", "tasks", _TABLE_ROWS, checked, lost, frozenset(excused))


def _any_inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    from bisect import bisect_left

    place = bisect_left(spans, (start, 0))
    return place < len(spans) and spans[place][0] < end


def _broken(path: Path, line: int, what: str) -> KhplansError:
    return KhplansError(what, where=f"{path}:{line}", remedy=both("sửa dòng đó", "mend that line"))
