"""khplans add: take a new plan in and show what it changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.atomic import holds
from khplans.cli._options import as_json, packages_folder, plans_folder
from khplans.cli._printing import count_rows, say, say_json
from khplans.cli.building import show_progress
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    from khplans.intake.registering import About
    from khplans.model import Document
    from khplans.tables.rows import Row

_SHOWN = 10


@click.command(
    "add",
    help="""Nhận một kế hoạch mới / take a new plan in.

    Tạo plans/<mã>/ từ TỆP, dựng lại và cho biết dữ liệu đổi gì. Mã, tên, cơ quan ban hành lấy từ đầu
    văn bản, trừ khi được chỉ ra. / Makes plans/<id>/ from FILE, builds, and says what it does to the
    data. Id, title and issuer are read from the letterhead unless given.
    """,
)
@click.argument("file", metavar="TỆP/FILE", type=click.Path(path_type=Path))
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
@plans_folder
@packages_folder
@as_json
@holds("plans", "packages")
def add(
    file: Path,
    plan_id: str | None,
    title: str | None,
    issuer: str | None,
    province: str | None,
    origin: str,
    received: datetime.datetime | None,
    plans: Path,
    packages: Path,
    as_json: bool,
) -> None:
    """Register, build, compare."""
    from khplans.intake.files import receive
    from khplans.intake.plans import plan_of
    from khplans.intake.registering import About, register, unregister
    from khplans.packages.stamp import COLLECTION
    from khplans.pipeline import build
    from khplans.reading import read_documents

    build(plans, packages)
    before = count_rows(packages / COLLECTION)
    got = receive(file, None if as_json else _show_page)
    documents = read_documents(plan_of(got).source).documents
    first = documents[0] if documents else None
    if first:
        _refuse_known(file, first, packages / COLLECTION)
    day = received.date() if received else datetime.date.today()
    about = About(
        title=title or _title(first) or file.stem,
        issuer=issuer or (first.issuer if first and first.issuer else "unknown"),
        province=province or (first.province if first and first.province else ""),
        origin=origin,
        received=day,
    )
    folder = register(got, plans, plan_id or _plan_id(first, file), about)
    try:
        build(plans, packages, progress=None if as_json else show_progress)
    except BaseException:
        unregister(folder)
        raise
    after = count_rows(packages / COLLECTION)
    warnings = _warnings(packages / folder.name)
    if as_json:
        report = {
            "plan": folder.name,
            "folder": folder.as_posix(),
            "before": before,
            "after": after,
            "warnings": [row["warning_id"] for row in warnings],
            "doubts": list(got.taken.doubts),
        }
        say_json(report)
        return
    _show(folder, about, before, after, warnings)
    for doubt in got.taken.doubts:
        say(f"  {doubt}")


def _show_page(done: int, total: int) -> None:
    say(both(f"  nhận dạng {done}/{total} trang", f"{done} of {total} pages recognised"), err=True)


def _refuse_known(file: Path, document: Document, collection: Path) -> None:
    """Raise `KhplansError` where a plan of the collection has the number, issuer and date."""
    from khplans.linking.agencies import issuing_agency
    from khplans.linking.ids import agency_id
    from khplans.packages.reader import OwnReader
    from khplans.tables.identity import Identity, identity_of

    if not document.number or not document.issuer:
        return
    issuer_id = agency_id(issuing_agency(document.issuer, document.province))
    wanted = Identity(document.number, issuer_id, document.date)
    columns = ("document_id", "plan_id", "number", "issuer_id", "date")
    for row in OwnReader(collection).rows("documents", columns):
        known = identity_of(row) if row["document_id"] == row["plan_id"] else None
        if known and not known.differs(wanted):
            raise KhplansError(
                both(
                    f"{document.number} của cùng cơ quan đã có: kế hoạch {row['plan_id']}",
                    f"is there already: the plan {row['plan_id']}",
                ),
                where=str(file),
                remedy=both(
                    "bỏ tệp này, hoặc thay source của kế hoạch ấy",
                    "leave this file, or put it in place of that plan's source",
                ),
            )


def _plan_id(document: Document | None, file: Path) -> str:
    from khplans.text.fold import slug

    if document is None or not document.number:
        return slug(file.stem)
    year = document.date.year if document.date else ""
    return slug(f"{document.province or document.issuer or ''} {document.number} {year}")


def _title(document: Document | None) -> str:
    if document is None:
        return ""
    parts = (document.document_type, document.number, document.title)
    return " ".join(part for part in parts if part)


def _warnings(package: Path) -> list[Row]:
    from khplans.packages.reader import OwnReader

    rows = OwnReader(package).rows("warnings")
    return sorted(rows, key=lambda row: (row["severity"] != "warning", row["start"] or 0))


def _show(
    folder: Path,
    about: About,
    before: Mapping[str, int],
    after: Mapping[str, int],
    warnings: list[Row],
) -> None:
    say(both("Đã nhận", f"taken in: {folder} — {about.title}"))
    say(f"  {about.issuer} · {about.received} · {about.origin}")
    for name, count in after.items():
        say(f"  {name:<14} {before[name]:>7} → {count:>7}  (+{count - before[name]})")
    say(both("Cảnh báo", f"warnings: {len(warnings)}"))
    for row in warnings[:_SHOWN]:
        say(f"  [{row['code']}] {row['message']}")
    if len(warnings) > _SHOWN:
        say(both(f"  … và {len(warnings) - _SHOWN} cảnh báo nữa", "and more: warnings.csv"))
    say(
        "Xem lại / review: plan.toml, corrections.csv, checks/row_counts.csv; rồi / then: "
        "khplans publish"
    )
