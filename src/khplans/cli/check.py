"""khplans check: run the expectations on the packages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.cli._options import PACKAGES, RULES, as_json, folder
from khplans.cli._printing import say
from khplans.cli.build import show_progress
from khplans.errors import both
from khplans.text.visible import escape_json

if TYPE_CHECKING:
    from khplans.checks.run import Report


@click.command(
    name="check",
    help="""Kiểm tra các gói dữ liệu / check the data packages.

    Có lỗi thì dừng, không ghi gì. Kết quả nằm ở checks.json của mỗi gói. / An error stops, with
    nothing written. The results are in each package's checks.json.
    """,
)
@click.argument(
    "packages",
    metavar="[THƯ MỤC/FOLDER]",
    type=click.Path(path_type=Path),
    default=PACKAGES,
)
@folder(
    "--rules",
    "rules",
    RULES,
    "Kỳ vọng và khoảng số dòng đã duyệt / reviewed expectations and row counts",
)
@as_json
def command(packages: Path, rules: Path, as_json: bool) -> None:
    """Check and say what was found."""
    from khplans.checks.run import check_all, refuse_errors

    if as_json:
        data: list[str] = []
        reports = check_all(packages, rules, tell=lambda report: data.append(_as_json(report)))
        say(escape_json(f"[{', '.join(data)}]"))
        refuse_errors(reports)
        return
    reports = check_all(packages, rules, show_progress)
    for report in reports:
        counts = report.summary()
        say(
            f"{report.package}: đạt/passed {counts['passed']}, "
            f"đạt và có cảnh báo/with warnings {counts['warned']}, "
            f"không đạt/failed {counts['failed']}"
        )
        for line in found_wrong([report]):
            say(line)
    refuse_errors(reports)


def found_wrong(reports: Iterable[Report]) -> Iterator[str]:
    """A line for each check that failed, of either severity, with the first of what is wrong."""
    for report in reports:
        for result in (*report.errors, *report.notices):
            title = both(result.title, result.title_en)
            yield f"  [{result.severity}] {result.table}: {title}: {', '.join(result.examples)}"


def _as_json(report: Report) -> str:
    from khplans.checks.results import as_data

    told = {"package": report.package, "summary": report.summary()}
    return json.dumps({**told, "results": as_data(report.results)}, ensure_ascii=False)
