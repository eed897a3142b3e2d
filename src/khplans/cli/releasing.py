"""Verbs of releases: release, verify, compare, score."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.atomic import holds
from khplans.cli._options import (
    PACKAGES,
    RELEASES,
    as_json,
    folder,
    gold_folder,
    lock_file,
    plans_folder,
)
from khplans.cli._printing import give, say, say_json
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    from khplans.releases.downloaded import Verification
    from khplans.scoring.score import Score


@click.command(
    "release",
    help="""Phát hành phiên bản tiếp theo / make the next release.

    Số phiên bản suy ra từ những gì đã đổi từ bản trước; không có gì đổi thì không phát hành. Độ
    chính xác giảm thì dừng. / The version follows from what changed since the last release;
    nothing changed makes none. A fall in accuracy stops it.
    """,
)
@folder(
    "--packages",
    "packages",
    PACKAGES,
    "Gói dữ liệu đã dựng và kiểm tra / packages built and checked",
)
@plans_folder
@folder("--to", "releases", RELEASES, "Nơi ghi bản phát hành / where releases go")
@gold_folder
@lock_file
@as_json
@holds("packages", "releases")
def release(
    packages: Path, plans: Path, releases: Path, gold: Path, lock: Path | None, as_json: bool
) -> None:
    """Release and say what was done."""
    from khplans.packages.stamp import COLLECTION
    from khplans.releases.contents import Inputs
    from khplans.releases.release import make_release
    from khplans.releases.stages import build_packages, check_packages
    from khplans.settings import read_settings

    inputs = Inputs(packages / COLLECTION, plans, gold, Path())
    address = read_settings(Path()).address
    made = make_release(inputs, releases, lock, build_packages, check_packages, address)
    count = Counter(row.change for row in made.changes.rows)
    if as_json:
        report = {
            "version": made.version,
            "new": made.new,
            "folder": made.folder.as_posix(),
            "why": made.why,
            "why_en": made.why_en,
            "rows": {kind: count[kind] for kind in ("added", "removed", "changed")},
        }
        say_json(report)
        return
    if not made.new:
        say(
            both(
                f"Không có gì thay đổi từ {made.version}, không phát hành",
                f"nothing changed since {made.version}, no release",
            )
        )
        return
    say(f"Phiên bản / version {made.version}: {made.why} / {made.why_en}")
    if made.changes.rows:
        say(
            f"{count['added']} dòng thêm / added, {count['removed']} bỏ / removed, "
            f"{count['changed']} đổi / changed"
        )
    say(str(made.folder))


_SHOWN = 3  # differences of a file that are printed; --json has more


@click.command(
    "verify",
    help="""Chứng minh một bản phát hành / prove a release.

    Không có NƠI: dựng lại bản mới nhất (hoặc --version) từ chính kế hoạch của nó rồi so từng byte.
    Không có bản nào ở đây thì so bản đi kèm gói cài đặt với mã băm của nó.
    Có NƠI: so một thư mục, tệp zip hay một tệp đã tải với mã băm của bản phát hành. / Without a
    PATH the newest release (or --version) is rebuilt from its own plans and compared byte for byte, or,
    where there is none here, the one that came with the package is checked against its hashes;
    with one, a downloaded folder, zip or file is checked against the release's hashes.
    """,
)
@click.argument("path", metavar="[NƠI/PATH]", type=click.Path(path_type=Path), required=False)
@click.option("--version", metavar="X.Y.Z", help="Bản cần dựng lại / the release to rebuild.")
@folder("--releases", "releases", RELEASES, "Thư mục các bản phát hành / the folder of releases")
@lock_file
@as_json
@click.pass_context
def verify(
    ctx: click.Context,
    path: Path | None,
    version: str | None,
    releases: Path,
    lock: Path | None,
    as_json: bool,
) -> None:
    """Verify, print the verdict, leave with 1 where a byte differs."""
    from khplans.releases.downloaded import verify_download

    verdict = verify_download(path, releases) if path else _rebuilt(version, releases, lock)
    if as_json:
        report = {
            "what": verdict.what,
            "good": verdict.good,
            "files": verdict.files,
            "differences": [asdict(difference) for difference in verdict.differences],
            "notes": list(verdict.notes),
        }
        say_json(report, indent=1)
    else:
        _print(verdict)
    ctx.exit(0 if verdict.good else 1)


def _rebuilt(version: str | None, releases: Path, lock: Path | None) -> Verification:
    from functools import partial

    from khplans.knowledge.own import use_own
    from khplans.releases.index import list_releases
    from khplans.releases.stages import build_packages, check_packages
    from khplans.releases.verify import root_of, verify_release

    known = {release.version: release for release in list_releases(releases)}
    if not known and releases == RELEASES:
        from khplans.client.proof import verify_installed

        return verify_installed(version)
    wanted = version or next(iter(known), None)
    if wanted is None or wanted not in known:
        raise KhplansError(
            "release-not-found",
            both(f"không có bản phát hành {wanted or ''}", f"no release {wanted or ''}").replace(
                "  ", " "
            ),
            where=str(releases),
            remedy=both("các bản có", f"there are: {', '.join(known) or '—'}"),
        )
    say(both("Dựng lại", f"rebuilding {wanted} …"), err=True)
    root = root_of(known[wanted])
    if root is None:
        return verify_release(known[wanted], lock, build_packages, check_packages)
    use_own(root / "knowledge")
    build, check = partial(build_packages, root=root), partial(check_packages, root=root)
    return verify_release(known[wanted], lock, build, check)


def _print(verdict: Verification) -> None:
    by_file: dict[str, list[str]] = {}
    for difference in verdict.differences:
        by_file.setdefault(difference.file, []).append(str(difference))
    for lines in by_file.values():
        for line in lines[:_SHOWN]:
            say(line, err=True)
        if len(lines) > _SHOWN:
            say(f"  … +{len(lines) - _SHOWN} (--json)", err=True)
    for note in verdict.notes:
        say(both("ghi chú", f"note: {note}"))
    if verdict.good:
        say(both(f"{verdict.what}: {verdict.files} tệp đúng từng byte", "files, every byte right"))
    else:
        say(both(f"{verdict.what}: {len(by_file)} tệp khác", "files differ"), err=True)


@click.command(
    "compare",
    help="""So hai bộ dữ liệu: dòng thêm, mất, đổi / compare two builds: rows gained, lost, changed.

    CŨ và MỚI là phiên bản trong releases/, thư mục gói, bản phát hành, tệp zip hay thư mục datapackages. /
    OLD and NEW are versions in releases/, package folders, releases, zips or datapackages folders.
    """,
)
@click.argument("old", metavar="CŨ/OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="MỚI/NEW", type=click.Path(path_type=Path))
@as_json
@click.option("--markdown", is_flag=True, help="In Markdown cho CI / print Markdown for CI.")
def compare(old: Path, new: Path, as_json: bool, markdown: bool) -> None:
    """Compare and print."""
    from khplans.releases.changes import changes_json
    from khplans.releases.compare import compare_markdown, compare_packages, compare_text

    changes = compare_packages(*(_place_of(given) for given in (old, new)))
    if as_json:
        written = changes_json(changes, old.as_posix(), new.as_posix())
        say_json(written, indent=1)
        return
    for line in compare_markdown(changes) if markdown else compare_text(changes):
        say(line)


def _place_of(given: Path) -> Path:
    """The release of a version in this folder, or what stands at a path."""
    of_version = RELEASES / given
    return of_version if of_version.is_dir() and not given.exists() else given


@click.command(
    "score",
    help="""Chấm gói dữ liệu theo đáp án đọc tay / score a package against hand-read answers.

    In độ chính xác theo bảng, kế hoạch và trường; --rows liệt kê từng chỗ sót, thừa, sai kèm câu
    chữ. Với --unseen, in các dòng để thêm vào checks/unseen_figures.csv. / Prints the figures by table,
    plan and field; --rows lists each miss, extra and error; --unseen prints the lines to add to
    checks/unseen_figures.csv.

    --gold reviewed: đáp án là những đề mục mà người xem lại đã xác nhận cả đề mục và mọi dòng trong đó; chấm
    điều mã tự đọc, trước khi người sửa. / the answers are the sections that people confirmed with every row in
    them; what the code reads by itself is scored.
    """,
)
@click.argument(
    "package", metavar="GÓI/PACKAGE", type=click.Path(path_type=Path), default=PACKAGES / "khplans"
)
@gold_folder
@click.option("--rows", is_flag=True, help="Liệt kê từng chỗ khác / list each difference.")
@click.option(
    "--unseen",
    metavar="BỘ/SET",
    help="Bộ văn bản chưa thấy mà gói này gồm / the set of unseen texts that the package is of.",
)
@plans_folder
@as_json
def score(
    package: Path, gold: Path, rows: bool, unseen: str | None, plans: Path, as_json: bool
) -> None:
    """Score and print."""
    import datetime

    from khplans.releases.provenance import code_tree
    from khplans.scoring.report import score_json, score_text
    from khplans.scoring.unseen import figure_rows, plan_forms

    result = _scored(package, gold, plans)
    if unseen:
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        lines = figure_rows(result, plan_forms(plans), unseen, today, code_tree()[:12])
        say_json(lines.splitlines()) if as_json else give(lines)
        return
    if as_json:
        say_json(score_json(result), indent=1)
        return
    for line in score_text(result, differences=rows):
        say(line)


_REVIEWED = Path("reviewed")


def _scored(package: Path, gold: Path, plans: Path) -> Score:
    from khplans.packages.canonical import package_of
    from khplans.packages.reader import PackageReader
    from khplans.packages.store import Store
    from khplans.review.gold import score_reviewed
    from khplans.scoring.gold import for_same_texts, read_gold
    from khplans.scoring.score import score

    if gold == _REVIEWED and not gold.is_dir():
        return score_reviewed(plans)
    store = Store(package)
    reader = PackageReader(store)
    sources = {plan: reader.text(plan) for plan in reader.plans}
    return score(package_of(store).tables, for_same_texts(read_gold(gold), sources))
