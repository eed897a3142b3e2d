"""khplans score: how right a build is, against hand-read answers."""

from __future__ import annotations

from pathlib import Path

import click

from khplans.cli._options import PACKAGES, as_json, gold_folder
from khplans.cli._printing import say, say_json


@click.command(
    name="score",
    help="""Chấm gói dữ liệu theo đáp án đọc tay / score a package against hand-read answers.

    In độ chính xác theo bảng, kế hoạch và trường; --rows liệt kê từng chỗ sót, thừa, sai kèm câu
    chữ. / Prints the figures by table, plan and field; --rows lists each miss, extra and error.
    """,
)
@click.argument(
    "package",
    metavar="GÓI/PACKAGE",
    type=click.Path(path_type=Path),
    default=PACKAGES / "khplans",
)
@gold_folder
@click.option("--rows", is_flag=True, help="Liệt kê từng chỗ khác / list each difference.")
@as_json
def command(package: Path, gold: Path, rows: bool, as_json: bool) -> None:
    """Score and print."""
    from khplans.packages.canonical import read_package
    from khplans.scoring.gold import fitting, read_gold
    from khplans.scoring.report import score_json, score_text
    from khplans.scoring.score import score

    texts = sorted((package / "sources").glob("*.txt"))
    sources = {path.stem: path.read_bytes().decode("utf-8", "replace") for path in texts}
    result = score(read_package(package).tables, fitting(read_gold(gold), sources))
    if as_json:
        say_json(score_json(result), indent=1)
        return
    for line in score_text(result, differences=rows):
        say(line)
