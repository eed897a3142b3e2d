"""khplans verify: prove a release."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.cli._options import RELEASES, as_json, folder, lock_file
from khplans.cli._printing import say, say_json
from khplans.errors import KhplansError, both

if TYPE_CHECKING:
    from khplans.releases.download import Verdict

_SHOWN = 3  # differences of a file that are printed; --json has more


@click.command(
    name="verify",
    help="""Chứng minh một bản phát hành / prove a release.

    Không có NƠI: dựng lại bản mới nhất (hoặc --version) từ chính kế hoạch của nó rồi so từng byte.
    Có NƠI: so một thư mục, tệp zip hay một tệp đã tải với mã băm của bản phát hành. / Without a
    PATH the newest release (or --version) is rebuilt from its own plans and compared byte for byte;
    with one, a downloaded folder, zip or file is checked against the release's hashes.
    """,
)
@click.argument("path", metavar="[NƠI/PATH]", type=click.Path(path_type=Path), required=False)
@click.option("--version", metavar="X.Y.Z", help="Bản cần dựng lại / the release to rebuild.")
@folder("--releases", "releases", RELEASES, "Thư mục các bản phát hành / the folder of releases")
@lock_file
@as_json
@click.pass_context
def command(
    ctx: click.Context,
    path: Path | None,
    version: str | None,
    releases: Path,
    lock: Path,
    as_json: bool,
) -> None:
    """Verify, print the verdict, leave with 1 where a byte differs."""
    from khplans.releases.download import verify_download

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


def _rebuilt(version: str | None, releases: Path, lock: Path) -> Verdict:
    from khplans.releases.index import list_releases
    from khplans.releases.stages import build_packages, check_packages
    from khplans.releases.verify import verify_release

    known = {release.version: release for release in list_releases(releases)}
    wanted = version or next(iter(known), None)
    if wanted is None or wanted not in known:
        raise KhplansError(
            both(f"không có bản phát hành {wanted or ''}", f"no release {wanted or ''}").replace(
                "  ", " "
            ),
            where=str(releases),
            remedy=both("các bản có", f"there are: {', '.join(known) or '—'}"),
        )
    say(both("Dựng lại", f"rebuilding {wanted} …"), err=True)
    return verify_release(known[wanted], lock, build_packages, check_packages)


def _print(verdict: Verdict) -> None:
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
