"""Rows that must agree with others; where a plan itself is at odds, a warning must say so.

The rules are those of `tables.cross_checks`, gone over again on the published rows alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.checks.words.agencies import is_known_name
from khplans.tables.cross_checks import CROSS_CHECKS
from khplans.tables.definition import TABLE_NAMES, table
from khplans.tables.rows import Row, row_id

_BETWEEN_ROWS = {
    "deadline-before-document": "deadline-not-before-document",
    "citation-after-document": "citation-not-after-document",
    "range-reversed": "range",
    "parts-do-not-add-up": "parts",
    "percentage-does-not-match": "share",
}
"""What each cross-check is called here, by the code of its warning."""


def check_agreement(package: CheckedPackage) -> Iterator[Result]:
    """Dates, ranges, sums, shares, agencies and warnings."""
    for check in CROSS_CHECKS:
        compared = list(check.compare(package.rows))
        wrong = [row_id(table(check.table), row) for row, facts in compared if facts is not None]
        name, told = _BETWEEN_ROWS[check.code], package.told(check.table, check.code)
        yield judge(f"agreement.{name}", check.table, len(compared), wrong, told)
    yield _agencies(package)
    yield _inferred(package)
    yield _warnings(package)


def _agencies(package: CheckedPackage) -> Result:
    rows = package.rows["agencies"]
    wrong = [row["agency_id"] for row in rows if not is_known_name(row["name"])]
    told = package.told("agencies", "agency-unknown")
    return judge("agreement.agency-known", "agencies", len(rows), wrong, told)


def _inferred(package: CheckedPackage) -> Result:
    rows = [row for row in package.rows["task_agencies"] if row["basis"] == "merged-cell"]
    told = package.told("tasks", "merged-cell-inferred")
    keys = {"|".join((row["task_id"], row["agency_id"], row["role"])): row for row in rows}
    excused = package.told("task_agencies", "merged-cell-inferred") | {
        key for key, row in keys.items() if row["task_id"] in told
    }
    return judge("agreement.inferred", "task_agencies", len(rows), list(keys), excused)


def _warnings(package: CheckedPackage) -> Result:
    rows = package.rows["warnings"]
    wrong = [row["warning_id"] for row in rows if not _is_there(package, row)]
    return judge("agreement.warned-row", "warnings", len(rows), wrong)


def _is_there(package: CheckedPackage, warning: Row) -> bool:
    """Whether the row that a warning tells of is there."""
    return warning["table"] in TABLE_NAMES and warning["row_id"] in package.known[warning["table"]]
