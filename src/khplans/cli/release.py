"""khplans release: the next version, from what changed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

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
from khplans.cli._printing import say, say_json
from khplans.errors import both


@click.command(
    name="release",
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
def command(
    packages: Path, plans: Path, releases: Path, gold: Path, lock: Path, as_json: bool
) -> None:
    """Release and say what was done."""
    from khplans.packages.stamp import COLLECTION
    from khplans.releases.contents import Inputs
    from khplans.releases.release import make_release
    from khplans.releases.stages import build_packages, check_packages, site_address

    inputs = Inputs(packages / COLLECTION, plans, gold)
    made = make_release(inputs, releases, lock, build_packages, check_packages, site_address())
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
