"""Verbs of the catalogue: publish, preview, site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khplans.atomic import holding
from khplans.cli._options import GOLD, LOCK, PACKAGES, PLANS, RELEASES, RULES, SITE, as_json, folder
from khplans.cli._printing import say, say_json
from khplans.cli.building import found_wrong, judgements_told, show_progress, to_accept
from khplans.errors import both

if TYPE_CHECKING:
    from khplans.releases.release import Made


_SITE_STAMP = Path(".khplans/site.sha256")


@click.command(
    "publish",
    short_help="Làm tất cả / the whole line: build, check, release, site.",
    help="""Làm tất cả: dựng, kiểm tra, phát hành, làm trang / all of build, check, release, site.

    Chạy ở thư mục của danh mục. Lỗi ở một bước thì những gì đã có còn nguyên; không có gì thay đổi
    thì xong ngay. Thư mục trang chép lên máy chủ web nào cũng được. / Run it in the catalogue's folder.
    An error leaves what was there as it was; with nothing changed it is done at once. The site's
    folder can be copied to any web server.
    """,
)
@folder("--to", "out", SITE, "Nơi ghi trang / where the site goes")
@as_json
def publish(out: Path, as_json: bool) -> None:
    """Run every stage that has something to do and say where the results are."""
    from khplans.releases.failed import failures_recorded
    from khplans.settings import SETTINGS, read_settings
    from khplans.site.build import refuse_strange

    refuse_strange(Path(), out)
    with holding(PACKAGES, RELEASES, out), failures_recorded(RELEASES, _say_stage) as begin:
        address = read_settings(Path()).address
        built = build_and_check(begin)
        begin("release")
        made = _release()
        _say(f"    {made.version}: {both(made.why, made.why_en)}")
        begin("site")
        site_changed = _site(out)
    changed = built or made.new or site_changed
    if as_json:
        report = {
            "changed": changed,
            "packages": PACKAGES.as_posix(),
            "version": made.version,
            "release": made.folder.as_posix(),
            "site": out.as_posix(),
            "address": address,
        }
        say_json(report)
        return
    if not changed:
        say(both("Không có gì thay đổi", "nothing changed."))
    say(
        "Kết quả / results:\n"
        f"  {PACKAGES}/\tgói dữ liệu, mỗi kế hoạch một gói / a data package for each plan\n"
        f"  {made.folder}/\tbản phát hành / the release {made.version}\n"
        f"  {out}/index.html\ttrang, mở bằng trình duyệt / the site: open it in a browser".expandtabs(
            28
        )
    )
    if address is None:
        say(
            both(
                f"Chưa có địa chỉ trang: sơ đồ trang và liên kết chính tắc để trống. Có địa chỉ thì ghi "
                f"address trong {SETTINGS} rồi chạy lại",
                "the site has no address yet, so it has no sitemap and no canonical links; once it has, "
                f"set address in {SETTINGS} and run this again",
            )
        )


def _say(line: str) -> None:
    say(line, err=True)


_STAGES = {
    "build": both("Dựng gói dữ liệu", "building the packages"),
    "check": both("Kiểm tra", "checking"),
    "release": both("Phát hành", "release"),
    "site": both("Trang", "site"),
}


def _say_stage(stage: str) -> None:
    _say(_STAGES[stage])


def build_and_check(begin: Callable[[str], None]) -> bool:
    """Build; the packages take their place only once they have passed. Whether they changed."""
    begin("build")
    from khplans.checks.context import catalogue_context
    from khplans.checks.run import check_all, refuse_errors
    from khplans.pipeline import build
    from khplans.settings import read_settings

    def inspect(packages: Path) -> None:
        begin("check")
        context = catalogue_context(PACKAGES, RULES)
        reports = check_all(packages, RULES, show_progress, context=context)
        for line in (*found_wrong(reports), *to_accept(reports)):
            _say(line)
        refuse_errors(reports)

    catalogue = read_settings(Path())
    made = build(PLANS, PACKAGES, catalogue=catalogue, inspect=inspect, progress=show_progress)
    for line in judgements_told(PLANS, PACKAGES):
        _say(line)
    return made.changed


def _release() -> Made:
    from khplans.packages.stamp import COLLECTION
    from khplans.releases.contents import Inputs
    from khplans.releases.release import make_release
    from khplans.releases.stages import build_packages, check_packages
    from khplans.settings import read_settings

    inputs = Inputs(PACKAGES / COLLECTION, PLANS, GOLD, Path())
    lock = LOCK if LOCK.is_file() else None
    address = read_settings(Path()).address
    return make_release(inputs, RELEASES, lock, build_packages, check_packages, address)


def _site(out: Path) -> bool:
    """Build the site where what it is made from has changed since it was last built."""
    from khplans.atomic import write_file
    from khplans.site.build import build_site

    inputs = _site_inputs(out)
    if (out / "index.html").is_file() and _SITE_STAMP.is_file():
        if _SITE_STAMP.read_text("utf-8") == inputs:
            return False
        _SITE_STAMP.unlink()
    build_site(Path.cwd(), out=out, progress=lambda line: _say(f"    {line}"))
    write_file(_SITE_STAMP, inputs.encode())
    return True


def _site_inputs(out: Path) -> str:
    """Hash of all that the site depends on: where it goes, the releases, runs that failed, pages by hand, settings, code."""
    from khplans.packages.fingerprint import code_fingerprint, folder_fingerprint
    from khplans.releases.failed import read_failed
    from khplans.settings import read_settings

    digest = hashlib.sha256((RELEASES / "versions.json").read_bytes())
    digest.update(f"{read_failed(RELEASES)}\n".encode())
    digest.update(f"{out.resolve()}\n{read_settings(Path())!r}\n".encode())
    for pages_and_figures in (Path("docs"), RULES):
        digest.update(folder_fingerprint(pages_and_figures).encode())
    digest.update(
        code_fingerprint("scoring", "site", libraries=("mkdocs", "mkdocs-material")).encode()
    )
    return digest.hexdigest()


PREVIEW = Path(".khplans/preview")


@click.command(
    "preview",
    short_help="Dựng, kiểm tra, xem trang, không phát hành / build, check, site; no release.",
    help="""Dựng, kiểm tra và làm trang xem trước, không phát hành / build, check and show; no release.

    Mỗi trang nói rằng dữ liệu chưa phát hành; site/ và releases/ còn nguyên. / Each page says that
    its data is not released; site/ and releases/ stay as they are.
    """,
)
@folder("--to", "out", PREVIEW, "Nơi ghi trang / where the site goes")
@as_json
def preview(out: Path, as_json: bool) -> None:
    """Build, check, and make a site of the packages as they now are."""
    from khplans.packages.stamp import COLLECTION
    from khplans.site.build import build_site

    with holding(PACKAGES, out):
        changed = build_and_check(_say_stage)
        build_site(
            Path.cwd(),
            collection=PACKAGES / COLLECTION,
            out=out,
            unreleased=True,
            progress=lambda line: say(line, err=True),
        )
    if as_json:
        say_json({"changed": changed, "site": out.as_posix()})
    else:
        say(both("Trang xem trước", f"preview: {out.as_posix()}/index.html"))


@click.command(
    "site",
    help="""Làm trang danh mục / build the catalogue site.

    Trang cũ chỉ bị thay khi trang mới đã xong. / The old site is replaced only once the new one
    is finished.
    """,
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Gói dữ liệu để làm trang / the package to show. [bản phát hành mới nhất / the newest release]",
)
@folder("--to", "out", SITE, "Nơi ghi trang / where the site goes")
@as_json
def site(data: Path | None, out: Path, as_json: bool) -> None:
    """Build the site and say where it is."""
    from khplans.site.build import build_site

    site = build_site(
        Path.cwd(), collection=data, out=out, progress=lambda line: say(line, err=True)
    )
    if as_json:
        pages = sum(1 for _ in site.rglob("*.html"))
        say_json({"site": out.as_posix(), "pages": pages})
    else:
        say(both("Trang", f"site: {out.as_posix()}/index.html"))
