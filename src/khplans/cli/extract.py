"""khplans extract: any texts → one package, without registering them."""

from __future__ import annotations

from pathlib import Path

import click

from khplans.cli._options import as_json, failures_as_json, keep_going, report_failures
from khplans.cli._printing import say, say_json
from khplans.cli.build import show_progress
from khplans.errors import both
from khplans.packages.summary import count_rows, in_words


@click.command(
    name="extract",
    help="""Trích dữ liệu từ văn bản bất kỳ vào một gói / extract data from any texts into one package.

    TỆP có đuôi .txt, .md, .docx, .html hoặc, nếu có LibreOffice, .doc, .odt, .rtf; mã kế hoạch là tên
    tệp. / FILE ends in .txt, .md, .docx, .html or, where LibreOffice is installed, .doc, .odt, .rtf;
    the plan's id is the file's name without that.
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
@keep_going
@as_json
def command(files: tuple[Path, ...], folder: Path, keep_going: bool, as_json: bool) -> None:
    """Extract and say what was found."""
    from khplans.pipeline import extract_files

    progress = None if as_json else show_progress
    extraction = extract_files(files, folder, keep_going=keep_going, progress=progress)
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
