"""Verbs that make and check packages: build, check, extract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.cli._options import (
    PACKAGES,
    RULES,
    as_json,
    failures_as_json,
    folder,
    keep_going,
    packages_place,
    plans_place,
    report_failures,
    workers,
)
from khplans.cli._printing import count_rows, in_words, say, say_json
from khplans.errors import both
from khplans.text.visible import escape_json

if TYPE_CHECKING:
    from khplans.checks.run import Report
    from khplans.cluster.workers import Scheduler


@click.command(
    "build",
    help="""Dựng gói dữ liệu từ các kế hoạch / build the data packages from the plans.

    Mỗi kế hoạch một gói, và gói chung datapackages/khplans. Kế hoạch không đổi thì không dựng lại;
    lỗi giữa chừng thì gói cũ còn nguyên. / A package for each plan, and the collection. An
    unchanged plan is not rebuilt; after an error the last packages are as they were.

    Với --keep-going, kế hoạch không đọc được thì không có gói nào, kể cả gói cũ. / With --keep-going
    a plan that can't be read has no package, not even an earlier one.
    """,
)
@plans_place
@packages_place
@workers
@click.option(
    "--scheduler",
    metavar="tcp://…",
    help="Làm trên các máy của bộ điều phối Dask này / on the workers of this Dask scheduler.",
)
@keep_going
@as_json
def build(
    plans: Path | str,
    packages: Path | str,
    workers: int | None,
    scheduler: str | None,
    keep_going: bool,
    as_json: bool,
) -> None:
    """Build the packages and say what was done."""
    from khplans.cluster.stores import brought, kept_at, named
    from khplans.packages.stamp import COLLECTION
    from khplans.pipeline import build
    from khplans.settings import read_settings

    if workers and scheduler is not None:
        raise click.UsageError(
            both("chọn một: --workers hay --scheduler", "--workers or --scheduler, not both")
        )
    with brought(plans) as read, kept_at(packages) as made:
        result = build(
            read,
            made,
            catalogue=read_settings(Path()),
            workers=workers,
            scheduler=None if scheduler is None else _scheduler(scheduler, plans, packages),
            keep_going=keep_going,
            progress=show_progress,
        )
        rows = count_rows(made / COLLECTION)
        judgements = list(judgements_told(read, made))
    failed = [named(error, read, str(plans)) for error in result.failed.values()]
    if as_json:
        report = {
            "packages": packages if isinstance(packages, str) else packages.as_posix(),
            "changed": result.changed,
            "built": list(result.built),
            "unchanged": list(result.unchanged),
            "removed": list(result.removed),
            "failed": failures_as_json(failed),
            "rows": rows,
            "judgements": judgements,
        }
        say_json(report)
        report_failures(failed)
        return
    if not result.changed:
        say(both("Không có gì thay đổi", f"nothing changed: {packages}"))
    else:
        for plan_id in result.removed:
            say(both("Đã bỏ", f"removed: {plan_id}"))
        say(
            f"Đã dựng / built {len(result.built)}, giữ nguyên / unchanged {len(result.unchanged)}: "
            f"{packages}"
        )
    say(in_words(rows))
    for line in judgements:
        say(line)
    report_failures(failed)


def _scheduler(address: str, plans: Path | str, packages: Path | str) -> Scheduler:
    """Whose workers read and write by themselves what is in a store."""
    from khplans.cluster.stores import parts_of
    from khplans.cluster.workers import Scheduler

    return Scheduler(
        address,
        plans if isinstance(plans, str) else None,
        parts_of(packages) if isinstance(packages, str) else None,
        tell=partial(say, err=True),
    )


def judgements_told(plans: Path, packages: Path) -> Iterator[str]:
    """A line for each judgement of a review.csv that was not applied, or is not needed any more."""
    from khplans.intake.review_file import REVIEW
    from khplans.packages.reader import OwnReader

    for path in sorted(plans.glob(f"*/{REVIEW}")):
        package = packages / path.parent.name
        for row in OwnReader(package).rows("warnings") if package.is_dir() else ():
            if row["code"].startswith("judgement-"):
                yield f"  {path.parent.name}: {both(row['message'], row['message_en'])}"


def show_progress(plan_id: str, done: int, total: int) -> None:
    """A line on standard error for each plan, or for each hundredth of many."""
    if total <= 100 or done == total or done % (total // 100) == 0:
        say(f"  {done}/{total} {plan_id}", err=True)


@click.command(
    "check",
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
@click.option(
    "--accept",
    metavar="MÃ/PLAN",
    multiple=True,
    help="Nhận số dòng hiện có của kế hoạch là đúng, ghi vào row_counts.csv / take the plan's row "
    "counts as they are for right and write them into row_counts.csv.",
)
@as_json
def check(packages: Path, rules: Path, accept: tuple[str, ...], as_json: bool) -> None:
    """Check and say what was found."""
    from khplans.checks.context import catalogue_context
    from khplans.checks.run import accepting, check_all, refuse_errors

    own = (packages, rules) == (PACKAGES, RULES)
    context = catalogue_context(packages, rules) if own else None
    with accepting(packages, rules, accept):
        if as_json:
            data: list[str] = []
            reports = check_all(
                packages, rules, tell=lambda one: data.append(_as_json(one)), context=context
            )
            say(escape_json(f"[{', '.join(data)}]"))
        else:
            reports = check_all(packages, rules, show_progress, context=context)
            _print_reports(reports)
        refuse_errors(reports)


def _print_reports(reports: Sequence[Report]) -> None:
    for report in reports:
        counts = report.summary()
        say(
            f"{report.package}: đạt/passed {counts['passed']}, "
            f"đạt và có cảnh báo/with warnings {counts['warned']}, "
            f"ngờ/doubtful {len(report.notices)}, không đạt/failed {len(report.errors)}"
        )
        for line in found_wrong([report]):
            say(line)
    for line in to_accept(reports):
        say(line)


def found_wrong(reports: Iterable[Report]) -> Iterator[str]:
    """A line for each check that failed, of either severity, with the first of what is wrong.

    Of row counts that nobody has reviewed `to_accept` tells.
    """
    from khplans.checks.coverage import UNREVIEWED

    for report in reports:
        for result in (*report.errors, *report.notices):
            if result.check == UNREVIEWED:
                continue
            title = both(f"không đạt “{result.title}”", f"not met: “{result.title_en}”")
            yield f"  [{result.severity}] {result.table}: {title}: {', '.join(result.examples)}"


def to_accept(reports: Iterable[Report]) -> Iterator[str]:
    """The command that accepts the row counts that nobody has reviewed."""
    from khplans.checks.coverage import UNREVIEWED

    told = (result for report in reports for result in report.notices)
    plans = {plan for one in told if one.check == UNREVIEWED for plan in one.examples}
    if plans:
        command = " ".join(("khplans check", *(f"--accept {plan}" for plan in sorted(plans))))
        yield both(
            "  Số dòng chưa ai xem lại; xem dữ liệu rồi chạy",
            f"row counts that nobody has reviewed; look at the data, then run: {command}",
        )


def _as_json(report: Report) -> str:
    from khplans.checks.results import as_data

    told = {"package": report.package, "summary": report.summary()}
    return json.dumps({**told, "results": as_data(report.results)}, ensure_ascii=False)


@click.command(
    "extract",
    help="""Trích dữ liệu từ văn bản bất kỳ vào một gói / extract data from any texts into one package.

    TỆP là loại nào mà khplans add nhận; mã kế hoạch là tên tệp; một thư mục là mọi tệp trong đó. Chỉ bản
    trích trước đây mới bị thay. / FILE is of any kind that khplans add takes in; the plan's id is its name
    without the ending. A folder stands for all files in it. Only an earlier extract is replaced.
    """,
)
@click.argument(
    "files", metavar="TỆP/FILE...", type=click.Path(path_type=Path), nargs=-1, required=True
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Thư mục ghi gói / the folder to write the package to.",
)
@workers
@keep_going
@as_json
def extract(
    files: tuple[Path, ...], folder: Path, workers: int | None, keep_going: bool, as_json: bool
) -> None:
    """Extract and say what was found."""
    from khplans.pipeline import extract_files

    progress = None if as_json else show_progress
    extraction = extract_files(
        files, folder, workers=workers, keep_going=keep_going, progress=progress
    )
    failed = extraction.failed.values()
    rows = count_rows(folder)
    if as_json:
        report = {
            "package": folder.as_posix(),
            "plans": [plan.plan_id for plan in extraction.plans],
            "failed": failures_as_json(failed),
            "rows": rows,
        }
        say_json(report)
        report_failures(failed)
        return
    say(both("Đã ghi", f"written: {folder}"))
    say(in_words(rows))
    report_failures(failed)
