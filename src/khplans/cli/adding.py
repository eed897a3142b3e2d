"""khplans add: take plans in, or one in anew, and show what that changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.atomic import holds
from khplans.cli._options import (
    as_json,
    failures_as_json,
    keep_going,
    packages_folder,
    plans_folder,
    report_failures,
)
from khplans.cli._printing import count_rows, say, say_json, telling_pages
from khplans.cli.building import show_progress
from khplans.errors import KhplansError, both, refusal

if TYPE_CHECKING:
    from khplans.intake.again import Again
    from khplans.intake.gathering import Sent
    from khplans.intake.registering import PlanFacts
    from khplans.intake.taken import Received
    from khplans.model import Document
    from khplans.packages.known import Known
    from khplans.tables.rows import Row

_SHOWN = 5
_MANY = 8
"""Plans from which on each has one line, so that all fits a screen."""


@dataclass(frozen=True, slots=True)
class GivenFacts:
    """What the person who adds says of the plans; None where the letterhead is to tell."""

    plan_id: str | None
    title: str | None
    issuer: str | None
    province: str | None
    origin: str
    received: datetime.date


@dataclass(frozen=True, slots=True)
class Added:
    """A plan taken in."""

    folder: Path
    about: PlanFacts
    doubts: tuple[str, ...]
    tables: int | None
    """How many the file shows; None for a text, which shows none."""


@click.command(
    "add",
    short_help="Nhận kế hoạch mới / take new plans in.",
    help="""Nhận kế hoạch mới / take new plans in.

    TỆP: một hay nhiều tệp, cả thư mục, tệp zip. Tạo plans/<mã>/ cho mỗi kế hoạch, dựng lại và cho biết
    đã hiểu gì. Mã, tên, cơ quan ban hành lấy từ đầu văn bản, trừ khi được chỉ ra. Một tệp không nhận
    được thì không tệp nào được nhận, trừ khi có --keep-going. / FILE: one or several, a folder, a zip.
    Makes plans/<id>/ for each plan, builds, and says what was understood. Id, title and issuer are read
    from the letterhead unless given. Where one can't be taken in none is, but with --keep-going.

    --again MÃ: đọc lại bản gốc của một kế hoạch đã có bằng công cụ hiện nay. / --again PLAN: read the
    original of a plan that is there with today's tools.
    """,
)
@click.argument("files", metavar="TỆP/FILE...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--again", metavar="MÃ/PLAN", help="Đọc lại kế hoạch này / read this plan anew.")
@click.option("--id", "plan_id", help="Mã kế hoạch / the plan's id.")
@click.option("--title", help="Tên kế hoạch / its title.")
@click.option("--issuer", help="Cơ quan ban hành / the issuing body.")
@click.option("--province", help="Tỉnh, thành phố / province or city.")
@click.option(
    "--origin", default="unknown", help="Nơi lấy tệp / where the file came from. [unknown]"
)
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ngày nhận / date of receipt. [hôm nay/today]",
)
@keep_going
@plans_folder
@packages_folder
@as_json
@holds("plans", "packages")
def add(
    files: tuple[Path, ...],
    again: str | None,
    plan_id: str | None,
    title: str | None,
    issuer: str | None,
    province: str | None,
    origin: str,
    received: datetime.datetime | None,
    keep_going: bool,
    plans: Path,
    packages: Path,
    as_json: bool,
) -> None:
    """Register, build, tell."""
    if bool(files) == bool(again):
        raise refusal("add-files-or-again")
    if again:
        _add_again(again, plans, packages, as_json)
        return
    day = received.date() if received else datetime.date.today()
    told = GivenFacts(plan_id, title, issuer, province, origin, day)
    _add_files(files, told, keep_going, plans, packages, as_json)


def _add_files(
    files: Sequence[Path],
    told: GivenFacts,
    keep_going: bool,
    plans: Path,
    packages: Path,
    as_json: bool,
) -> None:
    from khplans.intake.gathering import gather
    from khplans.intake.registering import unregister
    from khplans.packages.stamp import COLLECTION

    sent = gather(files)
    if len(sent) > 1 and (told.plan_id or told.title):
        raise refusal("add-facts-of-one")
    _build(plans, packages, quiet=True)
    before = count_rows(packages / COLLECTION)
    added: list[Added] = []
    with ExitStack() as undo:
        take = _Taking(plans, packages / COLLECTION, told, quiet=as_json)
        failed = _take_each(sent, take, added, undo, keep_going, as_json)
        for folder, error in _build(
            plans, packages, keep_going=keep_going, quiet=as_json
        ).items():  # of old ones none, or the first build had stopped
            unregister(plans / folder)
            failed.append(error)
            added = [one for one in added if one.folder.name != folder]
        undo.pop_all()
    after = count_rows(packages / COLLECTION)
    reports = [_report(one, packages) for one in added]
    if as_json:
        plans_told = [report.as_data() for report in reports]
        say_json(
            {
                "before": before,
                "after": after,
                "plans": plans_told,
                "failed": failures_as_json(failed),
            }
        )
    else:
        _show(reports, before, after)
    report_failures(failed)


def _take_each(
    sent: Sequence[Sent],
    take: _Taking,
    added: list[Added],
    undo: ExitStack,
    keep_going: bool,
    quiet: bool,
) -> list[KhplansError]:
    """Take each file in; gives why others weren't, where one failure doesn't stop all."""
    from khplans.intake.registering import unregister

    failed: list[KhplansError] = []
    for done, one in enumerate(sent, 1):
        if not quiet and len(sent) > 1:
            show_progress(one.path.name, done, len(sent))
        try:
            new = take(one)
        except KhplansError as error:
            if not keep_going:
                raise
            failed.append(error)
            continue
        undo.callback(unregister, new.folder)
        added.append(new)
    if not added:
        raise failed[0]
    return failed


def _build(
    plans: Path, packages: Path, *, keep_going: bool = False, quiet: bool
) -> Mapping[str, KhplansError]:
    from khplans.pipeline import build
    from khplans.settings import read_settings

    progress = None if quiet else show_progress
    result = build(
        plans, packages, catalogue=read_settings(Path()), keep_going=keep_going, progress=progress
    )
    return result.failed


class _Taking:
    """Takes one file in: refuses what is known, fills in what is told, makes the plan's folder."""

    def __init__(self, plans: Path, collection: Path, told: GivenFacts, *, quiet: bool) -> None:
        from khplans.packages.known import Known

        self._quiet = quiet
        self._plans, self._told = plans, told
        self._known: Known = Known(collection)

    def __call__(self, sent: Sent) -> Added:
        from khplans.errors import blaming_khplans
        from khplans.intake.plans import unregistered
        from khplans.intake.registering import register
        from khplans.reading import read_documents

        with telling_pages(quiet=self._quiet) as progress:
            received = sent.receive(progress)
        with blaming_khplans(str(sent.path)):
            source = unregistered("new", received.taken, received.data).source
            documents = read_documents(source).documents
        first = documents[0] if documents else None
        self._known.refuse(sent.path, source.text, first)
        about = self._about(first, received)
        folder = register(
            received, self._plans, self._told.plan_id or _plan_id(first, sent.path), about
        )
        self._known.note(folder.name, source.text, first)
        layout = received.taken.layout
        return Added(folder, about, received.taken.doubts, len(layout.tables) if layout else None)

    def _about(self, first: Document | None, received: Received) -> PlanFacts:
        from khplans.intake.registering import PlanFacts

        told = self._told
        return PlanFacts(
            title=told.title or _title(first) or received.path.stem,
            issuer=told.issuer or (first.issuer if first and first.issuer else "unknown"),
            province=told.province or (first.province if first and first.province else ""),
            origin=told.origin,
            received=told.received,
        )


def _plan_id(document: Document | None, file: Path) -> str:
    """The id of a plan to be: of its letterhead, else of its file's name.

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from khplans.model import Document
    >>> from khplans.text.passage import Span
    >>> document = Document("d", "d", Span(0, 9), (), (), "5/KH-UBND", province="Phú Yên", date=date(2025, 1, 2))
    >>> documents = document, replace(document, date=None), replace(document, number=None), None
    >>> [_plan_id(one, Path("Kế hoạch.docx")) for one in documents]
    ['phu-yen-5-kh-ubnd-2025', 'phu-yen-5-kh-ubnd', 'ke-hoach', 'ke-hoach']
    """
    from khplans.text.fold import slug

    if document is None or not document.number:
        return slug(file.stem)
    year = document.date.year if document.date else ""
    return slug(f"{document.province or document.issuer or ''} {document.number} {year}")


def _title(document: Document | None) -> str:
    """The title of a plan to be, by its letterhead.

    >>> from dataclasses import replace
    >>> from khplans.model import Document
    >>> from khplans.text.passage import Span
    >>> document = Document("d", "d", Span(0, 9), (), (), "5/KH-UBND", document_type="Kế hoạch", title="Trồng rừng")
    >>> _title(document), _title(replace(document, number=None)), _title(None)
    ('Kế hoạch 5/KH-UBND Trồng rừng', 'Kế hoạch Trồng rừng', '')
    """
    if document is None:
        return ""
    parts = (document.document_type, document.number, document.title)
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What was understood of a plan. `new` are agencies and units that no table has, with the nearest."""

    added: Added
    rows: Mapping[str, int]
    warnings: tuple[Row, ...]
    new: tuple[tuple[str, tuple[str, ...]], ...]

    def as_data(self) -> dict[str, object]:
        """The same for `--json`."""
        return {
            "plan": self.added.folder.name,
            "folder": self.added.folder.as_posix(),
            "title": self.added.about.title,
            "issuer": self.added.about.issuer,
            "tables": self.added.tables,
            "rows": dict(self.rows),
            "warnings": [row["warning_id"] for row in self.warnings],
            "doubts": list(self.added.doubts),
            "new_names": {name: list(near) for name, near in self.new},
        }


def _report(added: Added, packages: Path) -> AddReport:
    from khplans.packages.reader import OwnReader

    package = packages / added.folder.name
    rows = OwnReader(package).rows("warnings")
    warnings = sorted(rows, key=lambda row: (row["severity"] != "warning", row["start"] or 0))
    return AddReport(added, count_rows(package), tuple(warnings), tuple(_new_names(warnings)))


_UNKNOWN = {"agency-unknown": "agencies", "unit-unknown": "units"}
"""The warnings that tell of a name which no table of knowledge has, and that table."""


def _new_names(warnings: Sequence[Row]) -> list[tuple[str, tuple[str, ...]]]:
    """The names that no table of knowledge has, each with the nearest that one has."""
    from difflib import get_close_matches

    from khplans.knowledge.table import read_table
    from khplans.text.fold import fold

    found: dict[str, tuple[str, ...]] = {}
    for row in warnings:
        if row["code"] not in _UNKNOWN:
            continue
        known = {fold(one["name"]): one["name"] for one in read_table(_UNKNOWN[row["code"]])}
        name = str(row["message"]).partition(": ")[2] or str(row["message"])
        near = get_close_matches(fold(name), known, 2, 0.6)
        found[name] = tuple(known[one] for one in near)
    return sorted(found.items())


def _show(
    reports: Sequence[AddReport], before: Mapping[str, int], after: Mapping[str, int]
) -> None:
    """One screen: what was understood of each plan, what is doubtful, what the collection gained."""
    say(both("Đã nhận", f"taken in: {len(reports)}"))
    many = len(reports) >= _MANY
    for report in reports:
        say(f"  {report.added.folder} — {report.added.about.title}")
        for line in _lines(report, many):
            say(f"    {line}")
    for line in _names(reports):
        say(line)
    gained = (
        f"{name} {before[name]} → {count}" for name, count in after.items() if count != before[name]
    )
    say(both("Cả bộ dữ liệu", f"the collection: {', '.join(gained)}"))
    first = reports[0].added.folder.name
    say(f"Xem lại / review: plan.toml, khplans review {first}; rồi / then: khplans publish")


def _lines(report: AddReport, many: bool) -> list[str]:
    rows, about = report.rows, report.added.about
    tables = "" if report.added.tables is None else f" · bảng/tables {report.added.tables}"
    counts = (
        f"văn bản/documents {rows['documents']}{tables} · nhiệm vụ/tasks {rows['tasks']} · "
        f"chỉ tiêu/indicators {rows['indicators']} · ngờ/doubts "
        f"{len(report.warnings) + len(report.added.doubts)}"
    )
    if many:
        return [counts]
    told = [f"[{row['code']}] {row['message']}" for row in report.warnings]
    told = [*report.added.doubts, *told]
    more = [both(f"… và {len(told) - _SHOWN} điều ngờ nữa", "and more: warnings.csv")]
    return [
        f"{about.issuer} · {both('nhận', 'received')} {about.received} · {both('từ', 'from')} {about.origin}",
        counts,
        *told[:_SHOWN],
        *(more if len(told) > _SHOWN else []),
    ]


def _names(reports: Sequence[AddReport]) -> list[str]:
    """A line for each name that no table has, so many as a screen takes."""
    new = dict(sorted({name: near for report in reports for name, near in report.new}.items()))
    if not new:
        return []
    lines = [both("Tên chưa biết (thêm vào knowledge/ nếu đúng)", "names that no table has:")]
    for name, near in list(new.items())[: 2 * _SHOWN]:
        told = both("gần nhất", f"nearest: {', '.join(near)}") if near else "—"
        lines.append(f"  {name}: {told}")
    if len(new) > 2 * _SHOWN:
        lines.append(both(f"  … và {len(new) - 2 * _SHOWN} tên nữa", "and more"))
    return lines


def _add_again(plan_id: str, plans: Path, packages: Path, as_json: bool) -> None:
    """Read a plan's original anew, put it in place of what was read of it, and say what differs."""
    from khplans.intake.again import take_again
    from khplans.intake.registering import write_folder
    from khplans.outside import is_below

    if "/" in plan_id or not is_below(plan_id):
        raise refusal("plan-id-wrong", ascii(plan_id))
    folder = plans / plan_id
    _build(plans, packages, quiet=True)
    again = take_again(folder)
    if again.needs_writing:
        before, old = count_rows(packages / plan_id), _files_of(folder)
        write_folder(folder, again.files)
        try:
            _build(plans, packages, quiet=True)
        except BaseException:
            write_folder(folder, old)
            raise
        _tell_again(plan_id, again, before, count_rows(packages / plan_id), as_json)
    else:
        _tell_again(plan_id, again, {}, {}, as_json)


def _files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _tell_again(
    plan_id: str, again: Again, before: Mapping[str, int], after: Mapping[str, int], as_json: bool
) -> None:
    changed = {name: (before[name], n) for name, n in after.items() if n != before[name]}
    lines = _differing(again.before, again.after)
    needless = [f"{one.before} → {one.after}" for one in again.needless]
    lost = [f"{one.what}: {one.words[:80]}" for one in again.lost]
    if as_json:
        report = {
            "plan": plan_id,
            "changed": again.needs_writing,
            "lines": lines,
            "rows": {name: list(pair) for name, pair in changed.items()},
            "corrections_not_needed": needless,
            "judgements_lost": lost,
            "doubts": list(again.doubts),
        }
        say_json(report)
        return
    if not again.needs_writing:
        say(both("Đọc lại ra y như cũ", f"read anew, nothing differs: {plan_id}"))
        return
    say(both("Đã đọc lại", f"read anew: {plan_id}"))
    for line in lines[: 2 * _SHOWN]:
        say(f"  {line[:200]}")
    if len(lines) > 2 * _SHOWN:
        say(both(f"  … và {len(lines) - 2 * _SHOWN} dòng nữa", "and more: git diff"))
    for name, (was, now) in changed.items():
        say(f"  {name} {was} → {now}")
    for words in needless:
        say(both("  Đính chính nay không cần nữa", f"a correction not needed any more: {words}"))
    for words in lost:
        say(
            both(
                "  Xét duyệt không còn chữ để dựa vào", f"a judgement whose words are gone: {words}"
            )
        )
    for doubt in again.doubts:
        say(f"  {doubt}")


def _differing(before: str, after: str) -> list[str]:
    """The lines of two texts that differ, marked with - and +."""
    from difflib import unified_diff

    diff = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in list(diff)[2:] if not line.startswith("@@")]
