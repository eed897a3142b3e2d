"""khplans build: plans/ → datapackages/."""

from __future__ import annotations

from pathlib import Path

import click

from khplans.cli._options import (
    as_json,
    failures_as_json,
    keep_going,
    packages_folder,
    plans_folder,
    report_failures,
)
from khplans.cli._printing import say, say_json
from khplans.errors import both
from khplans.packages.summary import count_rows, in_words


@click.command(
    name="build",
    help="""Dựng gói dữ liệu từ các kế hoạch / build the data packages from the plans.

    Mỗi kế hoạch một gói, và gói chung datapackages/khplans. Kế hoạch không đổi thì không dựng lại;
    lỗi giữa chừng thì gói cũ còn nguyên. / A package for each plan, and the collection. An
    unchanged plan is not rebuilt; after an error the last packages are as they were.

    Với --keep-going, kế hoạch không đọc được thì không có gói nào, kể cả gói cũ. / With --keep-going
    a plan that can't be read has no package, not even an earlier one.
    """,
)
@plans_folder
@packages_folder
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Số tiến trình / how many processes to use.",
)
@keep_going
@as_json
def command(
    plans: Path, packages: Path, workers: int | None, keep_going: bool, as_json: bool
) -> None:
    """Build the packages and say what was done."""
    from khplans.packages.stamp import COLLECTION
    from khplans.pipeline import build

    result = build(plans, packages, workers=workers, keep_going=keep_going, progress=show_progress)
    failed = result.failed.values()
    rows = count_rows(packages / COLLECTION)
    if as_json:
        report = {
            "packages": packages.as_posix(),
            "changed": result.changed,
            "built": list(result.built),
            "unchanged": list(result.unchanged),
            "removed": list(result.removed),
            "failed": failures_as_json(failed),
            "rows": rows,
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
    report_failures(failed)


def show_progress(plan_id: str, done: int, total: int) -> None:
    """A line on standard error for each plan, or for each hundredth of many."""
    if total <= 100 or done == total or done % (total // 100) == 0:
        say(f"  {done}/{total} {plan_id}", err=True)
