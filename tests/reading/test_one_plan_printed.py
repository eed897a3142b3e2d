"""The plan with hand-read cells says the same once it is printed to PDF, with and without lines, over pages too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from table_forms import HEAD
from test_one_plan_in_every_file import CLOSING, MARKUP, NAMES, TASKS, Task, told

from khplans.client import read
from khplans.intake.files import take

STYLES = {
    "lines": "td, th { border: 1px solid; padding: 3px }",
    "no lines": "td, th { padding: 3px 6px; text-align: left; vertical-align: top }",
    "rules across": "td, th { padding: 3px 6px; border-bottom: 1px solid }",
    "broken map": "td, th { border: 1px solid; padding: 3px }",
}
LONG = "Rà soát, sửa đổi quy trình khám chữa bệnh tại tuyến cơ sở và báo cáo kết quả thực hiện hằng quý số"
MANY: list[Task] = [
    (str(n), f"{' '.join([LONG] * (1 + n % 3))} {n}", ["Sở Y tế"], ["Sở Tài chính", "Sở Nội vụ"], f"2025-{(6, 9)[n % 2]:02}-30")
    for n in range(1, 25)
]  # fmt: skip


@pytest.fixture(scope="module")
def printer(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def printed(printer: Page, path: Path, markup: str, style: str) -> Path:
    above = "".join(f"<p>{line}</p>" for line in HEAD.split("\n") if line)
    look = f"body {{ font: 13pt Liberation Serif }} table {{ border-collapse: collapse }} {style}"
    printer.set_content(f"<style>{look}</style>{above}{markup}<p>{CLOSING}</p>")
    margins = {"top": "20mm", "bottom": "20mm", "left": "30mm", "right": "20mm"}
    printer.pdf(path=path, format="A4", margin=margins)
    return path


@pytest.mark.parametrize("style", STYLES)
def test_the_plan_says_the_same_in_print(style: str, printer: Page, tmp_path: Path) -> None:
    path = printed(printer, tmp_path / "a.pdf", MARKUP, STYLES[style])
    if style == "broken map":
        path.write_bytes(path.read_bytes().replace(b"/ToUnicode", b"/ToNothing"))
    assert told(path) == TASKS


@pytest.mark.parametrize("style", ["lines", "no lines"])
def test_a_table_over_pages_says_the_same_in_print(
    style: str, printer: Page, tmp_path: Path
) -> None:
    quarter = ("II", "III")
    rows = "".join(
        f"<tr><td>{label}</td><td>{text}</td><td>Sở Y tế</td><td>Sở Tài chính<br>Sở Nội vụ</td>"
        f"<td>Quý {quarter[n % 2]}/2025</td></tr>"
        for n, (label, text, *_) in enumerate(MANY, 1)
    )
    head = "".join(f"<th>{name}</th>" for name in NAMES)
    markup = f"<table><thead><tr>{head}</tr></thead>{rows}</table>"
    path = printed(printer, tmp_path / "a.pdf", markup, STYLES[style])
    assert told(path) == MANY
    taken = take(path.read_bytes(), path, strict=True)
    assert taken.layout is not None
    assert len(taken.layout.tables) == 1
    assert len(taken.layout.pages) > 2
    assert {piece.kind for piece in taken.layout.left_out} == {"repeated-header"}
    assert take(path.read_bytes(), path, strict=True) == taken


def test_a_row_tells_its_page(printer: Page, tmp_path: Path) -> None:
    markup = f"<div style='break-after: page'></div>{MARKUP}"
    plan = read(printed(printer, tmp_path / "a.pdf", markup, STYLES["lines"]))
    words = plan.source(plan.tasks["task_id"].iloc[0])
    assert plan.pages["page"].tolist() == [1, 2]
    assert words.page == 2
    assert "trang 2 bản gốc" in str(words)
