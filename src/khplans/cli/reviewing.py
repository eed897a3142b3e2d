"""Verbs that put right what was misread: correct, review."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from khplans.cli._options import as_json, packages_folder, plans_folder
from khplans.cli._printing import say, say_json
from khplans.errors import both


@click.command(
    "correct",
    short_help="Sửa một chữ đọc sai / put one misread word right.",
    help="""Sửa một chữ đọc sai: thêm một dòng vào corrections.csv / put one misread word right.

    MÃ là mã của kế hoạch hoặc của một dòng dữ liệu; TRƯỚC là chữ đang có ở đó, SAU là chữ đúng. Chữ
    đứng ở nhiều chỗ thì thêm chữ đứng cạnh, hoặc nêu mã của dòng. / ID is that of a plan or of a row;
    BEFORE are the words that stand there, AFTER what they should read. Where they stand in several
    places, add words beside them or name a row. khplans build applies it.
    """,
)
@click.argument("row_id", metavar="MÃ/ID")
@click.argument("before", metavar="TRƯỚC/BEFORE")
@click.argument("after", metavar="SAU/AFTER")
@click.option("--reason", required=True, help="Vì sao biết là sai / how it is known to be wrong.")
@plans_folder
@packages_folder
@as_json
def correct(
    row_id: str, before: str, after: str, reason: str, plans: Path, packages: Path, as_json: bool
) -> None:
    """Find the words, write the correction, say where."""
    from khplans.intake.plans import CORRECTIONS
    from khplans.review.files import Word, corrected
    from khplans.review.places import plan_and_span, the_place

    plan, within = plan_and_span(plans, packages, row_id)
    span = the_place(plan.source.text, within, before)
    folder = plans / plan.plan_id
    corrected(folder, [Word(span, span.of(plan.source.text), after, reason, datetime.date.today())])
    path = (folder / CORRECTIONS).as_posix()
    if as_json:
        say_json({"plan": plan.plan_id, "file": path, "start": span.start, "end": span.end})
    else:
        say(both(f"Đã ghi vào {path}", f"written: {span.start}:{span.end} {before} → {after}"))
        say(both("Tiếp theo", "next: khplans build"))
