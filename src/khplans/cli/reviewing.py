"""Verbs that put right what was misread: correct, review."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.cli._options import as_json, packages_folder, plans_folder
from khplans.cli._printing import say, say_json
from khplans.errors import both, refusal

if TYPE_CHECKING:
    from khplans.intake import Plan
    from khplans.text.passage import Span

_ALL = "*"


@click.command(
    "correct",
    short_help="Sửa một chữ đọc sai / put one misread word right.",
    help="""Sửa một chữ đọc sai: thêm một dòng vào corrections.csv / put one misread word right.

    MÃ là mã của kế hoạch hoặc của một dòng dữ liệu; TRƯỚC là chữ đang có ở đó, SAU là chữ đúng. Chữ
    đứng ở nhiều chỗ thì thêm chữ đứng cạnh, hoặc nêu mã của dòng. / ID is that of a plan or of a row;
    BEFORE are the words that stand there, AFTER what they should read. Where they stand in several
    places, add words beside them or name a row. khplans build applies it.

    Chỉ có MÃ thì liệt kê những chỗ mà từ điển và lời văn cho thấy chắc chắn đọc sai, kèm lý do; --accept
    nhận tất cả, --accept VỊ-TRÍ nhận một chỗ. / With ID alone it lists what the dictionary and the text prove
    to be misread, with the reason; --accept takes all of it, --accept START one.
    """,
)
@click.argument("row_id", metavar="MÃ/ID")
@click.argument("before", metavar="[TRƯỚC/BEFORE", required=False)
@click.argument("after", metavar="SAU/AFTER]", required=False)
@click.option("--reason", help="Vì sao biết là sai / how it is known to be wrong.")
@click.option(
    "--accept",
    is_flag=False,
    flag_value=_ALL,
    metavar="[VỊ-TRÍ/START]",
    help="Nhận chỗ sửa được đề nghị / take what is proposed.",
)
@plans_folder
@packages_folder
@as_json
def correct(
    row_id: str,
    before: str | None,
    after: str | None,
    reason: str | None,
    accept: str | None,
    plans: Path,
    packages: Path,
    as_json: bool,
) -> None:
    """Find the words and write the correction; or tell what is proposed, and write what is accepted."""
    from khplans.review.places import plan_and_span

    plan, within = plan_and_span(plans, packages, row_id)
    folder = plans / plan.plan_id
    if before is None:
        _proposed(plan, within, folder, accept, as_json)
    elif after is None or not reason or accept is not None:
        raise click.UsageError(
            both("cần TRƯỚC, SAU và --reason", "BEFORE, AFTER and --reason are needed")
        )
    else:
        _put_right(plan, within, folder, (before, after, reason), as_json)


def _put_right(
    plan: Plan, within: Span, folder: Path, words: tuple[str, str, str], as_json: bool
) -> None:
    """Write one correction, and say where."""
    from khplans.intake.plans import CORRECTIONS
    from khplans.review.files import Word, corrected
    from khplans.review.places import the_place

    before, after, reason = words
    span = the_place(plan.source.text, within, before)
    corrected(folder, [Word(span, span.of(plan.source.text), after, reason, datetime.date.today())])
    path = (folder / CORRECTIONS).as_posix()
    if as_json:
        say_json({"plan": plan.plan_id, "file": path, "start": span.start, "end": span.end})
    else:
        say(both(f"Đã ghi vào {path}", f"written: {span.start}:{span.end} {before} → {after}"))
        say(both("Tiếp theo", "next: khplans build"))


def _proposed(plan: Plan, within: Span, folder: Path, accept: str | None, as_json: bool) -> None:
    """Tell which corrections of some words are proposed; write those that are accepted."""
    from khplans.reading import read_documents
    from khplans.reading.proposals import propose_corrections
    from khplans.review.files import Word, corrected
    from khplans.text.visible import visible

    found = propose_corrections(plan.source, read_documents(plan.source, plan.judgements))
    found = [one for one in found if one.span in within]
    if accept is not None:
        found = [one for one in found if accept in (_ALL, str(one.span.start))]
        if not found:
            raise refusal("proposal-unknown", ascii(accept), plan=plan)
        today = datetime.date.today()
        corrected(
            folder, [Word(one.span, one.before, one.after, one.reason, today) for one in found]
        )
    if as_json:
        say_json(
            {
                "plan": plan.plan_id,
                "accepted": accept is not None,
                "proposals": [
                    {
                        "start": one.span.start,
                        "end": one.span.end,
                        "before": one.before,
                        "after": one.after,
                        "reason": one.reason,
                    }
                    for one in found
                ],
            }
        )
        return
    for one in found:
        say(f"{one.span.start}: {visible(one.before)} → {one.after} ({one.reason})")
    if accept is None:
        say(
            both(
                f"{len(found)} chỗ được đề nghị sửa; nhận",
                f"proposed; to take: khplans correct {plan.plan_id} --accept",
            )
        )
    else:
        say(both("Đã ghi. Tiếp theo", "written; next: khplans build"))


@click.command(
    "review",
    short_help="Trang để sửa những gì đọc sai / a page to put right what was misread.",
    help="""Mở một trang để xem lại và sửa những gì đọc sai của một kế hoạch / open a page to look a plan over.

    Trang chỉ mở được trên máy này, bằng đúng địa chỉ được in ra; đóng trang thì lệnh kết thúc. Chỉ
    corrections.csv và review.csv của kế hoạch được ghi. / The page opens on this machine alone, by the very
    address that is printed; closing it ends the command. Only the plan's corrections.csv and review.csv are written.
    """,
)
@click.argument("plan_id", metavar="[MÃ/PLAN]", required=False)
@click.option("--no-browser", is_flag=True, help="Chỉ in địa chỉ / only print the address.")
@click.option(
    "--who",
    help="Người xem lại, ghi vào review.csv / who reviews. [tên đăng nhập / the login name]",
)
@plans_folder
@as_json
def review(
    plan_id: str | None, no_browser: bool, who: str | None, plans: Path, as_json: bool
) -> None:
    """Serve the page until it is closed."""
    import webbrowser

    from khplans.review.server import ReviewServer
    from khplans.review.session import Session

    folder = plans / _chosen(plans, plan_id)
    session = Session(folder, who or _login(), datetime.date.today)
    server = ReviewServer(session)
    if as_json:
        say_json({"plan": folder.name, "address": server.address})
    else:
        say(server.address)
    if not no_browser:
        webbrowser.open(server.address)
    server.run()


def _login() -> str:
    """The name of who runs the command; raises `KhplansError` where the machine knows none."""
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:
        raise refusal("person-unknown") from error


def _chosen(plans: Path, plan_id: str | None) -> str:
    """The plan that is named, else the first that has no review.csv yet, else the first of all."""
    from difflib import get_close_matches

    from khplans.intake import list_plans
    from khplans.intake.review_file import REVIEW

    names = list_plans(plans)
    if plan_id in names:
        return plan_id
    if plan_id or not names:
        near = ", ".join(get_close_matches(plan_id or "", names, 3, 0.3)) or "khplans add"
        raise refusal("plan-unknown", ascii(plan_id or plans.as_posix()), near=near)
    return next((name for name in names if not (plans / name / REVIEW).exists()), names[0])
