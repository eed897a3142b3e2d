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
    "deadline-before-document": (
        "deadline-not-before-document",
        ("Thời hạn không ở trước ngày văn bản", "No deadline before its document's date"),
    ),
    "citation-after-document": (
        "citation-not-after-document",
        ("Văn bản được nhắc không ra sau văn bản nhắc", "Nothing cited is younger than what cites it"),
    ),
    "range-reversed": (
        "range", ("Khoảng giá trị ghi số nhỏ trước", "A range gives its smaller number first"),
    ),
    "parts-do-not-add-up": (
        "parts",
        ("Các phần (trong đó …) cộng lại không lớn hơn tổng", "Parts add up to no more than the whole"),
    ),
    "percentage-does-not-match": (
        "share",
        ("Tỷ lệ khớp với số đếm bên cạnh (68/92 xã và 73,9%)", "A percentage fits the count beside it"),
    ),
}  # fmt: skip
"""What each cross-check is called here, by the code of its warning."""


def check_agreement(package: CheckedPackage) -> Iterator[Result]:
    """Dates, ranges, sums, shares, agencies and warnings."""
    for check in CROSS_CHECKS:
        compared = list(check.compare(package.rows))
        wrong = [row_id(table(check.table), row) for row, facts in compared if facts is not None]
        name, title = _BETWEEN_ROWS[check.code]
        told = package.told(check.table, check.code)
        yield judge(f"agreement.{name}", check.table, title, len(compared), wrong, told)
    yield _agencies(package)
    yield _inferred(package)
    yield _warnings(package)


def _agencies(package: CheckedPackage) -> Result:
    rows = package.rows["agencies"]
    wrong = [row["agency_id"] for row in rows if not is_known_name(row["name"])]
    return judge(
        "agreement.agency-known", "agencies",
        ("Cơ quan có trong bảng tri thức", "The agency is in the table of known agencies"),
        len(rows), wrong, package.told("agencies", "agency-unknown"),
    )  # fmt: skip


def _inferred(package: CheckedPackage) -> Result:
    rows = [row for row in package.rows["task_agencies"] if row["basis"] == "merged-cell"]
    told = package.told("tasks", "merged-cell-inferred")
    keys = {"|".join((row["task_id"], row["agency_id"], row["role"])): row for row in rows}
    excused = package.told("task_agencies", "merged-cell-inferred") | {
        key for key, row in keys.items() if row["task_id"] in told
    }
    return judge(
        "agreement.inferred", "task_agencies",
        ("Điều suy ra từ ô gộp đều có lưu ý", "What was inferred from a merged cell has its note"),
        len(rows), list(keys), frozenset(excused),
    )  # fmt: skip


def _warnings(package: CheckedPackage) -> Result:
    rows = package.rows["warnings"]
    wrong = [row["warning_id"] for row in rows if not _is_there(package, row)]
    return judge(
        "agreement.warned-row", "warnings",
        ("Mỗi cảnh báo chỉ vào một dòng có thật", "Each warning tells of a row that is there"),
        len(rows), wrong,
    )  # fmt: skip


def _is_there(package: CheckedPackage, warning: Row) -> bool:
    """Whether the row that a warning tells of is there."""
    return warning["table"] in TABLE_NAMES and warning["row_id"] in package.known[warning["table"]]
