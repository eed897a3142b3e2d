"""Rows that must agree with others; where a plan itself is at odds, a warning must say so.

Written apart from `khplans.tables`, which gives those warnings, so that each proves the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from khplans.checks.package import CheckedPackage
from khplans.checks.results import Result, judge
from khplans.checks.words.known import is_known
from khplans.tables.rows import Row

_RATES = frozenset({"percent", "percent_per_year", "percentage_point", "times"})


def check_agreement(package: CheckedPackage) -> Iterator[Result]:
    """Dates, ranges, sums, shares, agencies and warnings."""
    yield _deadlines(package)
    yield _citations(package)
    yield _ranges(package)
    yield _sums(package)
    yield _shares(package)
    yield _agencies(package)
    yield _inferred(package)
    yield _warnings(package)


def _dates(package: CheckedPackage) -> dict[str, object]:
    return {row["document_id"]: row["date"] for row in package.rows["documents"]}


def _deadlines(package: CheckedPackage) -> Result:
    dates, rows = _dates(package), package.rows["tasks"]
    due = [row for row in rows if row["deadline"] and dates.get(row["document_id"])]
    wrong = [row["task_id"] for row in due if row["deadline"] < dates[row["document_id"]]]
    return judge(
        "agreement.deadline-not-before-document", "tasks",
        ("Thời hạn không ở trước ngày văn bản", "No deadline before its document's date"),
        len(due), wrong, package.told("tasks", "deadline-before-document"),
    )  # fmt: skip


def _citations(package: CheckedPackage) -> Result:
    dates, rows = _dates(package), package.rows["citations"]
    dated = [row for row in rows if row["date"] and dates.get(row["document_id"])]
    wrong = [row["citation_id"] for row in dated if row["date"] > dates[row["document_id"]]]
    return judge(
        "agreement.citation-not-after-document", "citations",
        ("Văn bản được nhắc không ra sau văn bản nhắc", "Nothing cited is younger than what cites it"),
        len(dated), wrong, package.told("citations", "citation-after-document"),
    )  # fmt: skip


def _ranges(package: CheckedPackage) -> Result:
    ranges = [row for row in package.rows["indicators"] if row["value_high"] is not None]
    wrong = [row["indicator_id"] for row in ranges if row["value_high"] < row["value"]]
    return judge(
        "agreement.range", "indicators",
        ("Khoảng giá trị ghi số nhỏ trước", "A range gives its smaller number first"),
        len(ranges), wrong, package.told("indicators", "range-reversed"),
    )  # fmt: skip


def _sums(package: CheckedPackage) -> Result:
    rows = {row["indicator_id"]: row for row in package.rows["indicators"]}
    sums: dict[str, float] = {}
    for part in rows.values():
        whole = rows.get(part["parent_indicator_id"] or "")
        if whole and _comparable(whole, part):
            sums[whole["indicator_id"]] = sums.get(whole["indicator_id"], 0) + part["value"]
    wrong = [
        key
        for key, total in sums.items()
        if total > 1.005 * (rows[key]["value_high"] or rows[key]["value"])
    ]
    return judge(
        "agreement.parts", "indicators",
        ("Các phần (trong đó …) cộng lại không lớn hơn tổng", "Parts add up to no more than the whole"),
        len(sums), wrong, package.told("indicators", "parts-do-not-add-up"),
    )  # fmt: skip


def _comparable(whole: Row, part: Row) -> bool:
    same = all(part[column] == whole[column] for column in ("unit", "kind", "period"))
    levels = part["change"] == whole["change"] == "level"
    return same and levels and part["unit"].removesuffix("_per_year") not in _RATES


def _shares(package: CheckedPackage) -> Result:
    rows = sorted(package.rows["indicators"], key=lambda row: (row["document_id"], row["start"]))
    pairs = [
        (count, share)
        for count, share in zip(rows, rows[1:], strict=False)  # noqa: RUF007
        if count["denominator"]
        and share["unit"] == "percent"
        and share["change"] == "level"
        and share["document_id"] == count["document_id"]
        and share["start"] - count["end"] <= 40
    ]
    wrong = [
        share["indicator_id"]
        for count, share in pairs
        if abs(count["value"] / count["denominator"] * 100 - share["value"]) > 0.51 * _unit(share)
    ]
    return judge(
        "agreement.share", "indicators",
        ("Tỷ lệ khớp với số đếm bên cạnh (68/92 xã và 73,9%)", "A percentage fits the count beside it"),
        len(pairs), wrong, package.told("indicators", "percentage-does-not-match"),
    )  # fmt: skip


def _unit(share: Row) -> float:
    """One unit of the last decimal that the percentage is written with."""
    text = f"{share['value']:.6f}".rstrip("0")
    return float(10 ** -len(text.partition(".")[2]))


def _agencies(package: CheckedPackage) -> Result:
    rows = package.rows["agencies"]
    wrong = [row["agency_id"] for row in rows if not is_known(row["name"])]
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
    ids = {name: package.known(name) for name in package.arrow}
    rows = package.rows["warnings"]
    wrong = [row["warning_id"] for row in rows if row["row_id"] not in ids.get(row["table"], set())]
    return judge(
        "agreement.warned-row", "warnings",
        ("Mỗi cảnh báo chỉ vào một dòng có thật", "Each warning tells of a row that is there"),
        len(rows), wrong,
    )  # fmt: skip
