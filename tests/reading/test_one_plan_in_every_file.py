"""One plan with merged cells, as a Word file, an OpenDocument, a web page and Markdown, gives the same tasks.

What it says was read by hand: `TASKS`.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from table_forms import HEAD
from word_files import cell, paragraph, row, span, table, word_file

from khplans.client import read

Task = tuple[str | None, str, list[str], list[str], str]
TASKS: list[Task] = [
    ("1", "Rà soát danh mục thuốc", ["Sở Y tế"], ["Sở Tài chính", "Sở Nội vụ"], "2025-06-30"),
    ("2", "Mua sắm thiết bị", ["Sở Y tế"], ["Sở Tài chính"], "2025-09-30"),
    ("1", "Tập huấn cán bộ dân số", ["Sở Nội vụ"], ["Sở Y tế"], "2025-11-30"),
]
NAMES = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
CLOSING = "III. TỔ CHỨC THỰC HIỆN"
_DOWN, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def word() -> bytes:
    rows = (
        row(*NAMES, properties="<w:tblHeader/>"),
        row(cell("I. Khám chữa bệnh", properties=span(5))),
        row(
            "1",
            "Rà soát danh mục thuốc",
            cell("Sở Y tế", properties=_DOWN),
            cell("Sở Tài chính", "Sở Nội vụ"),
            "Quý II/2025",
        ),
        row(
            "2", "Mua sắm thiết bị", cell(properties=_GOES_ON), cell("Sở Tài chính"), "Quý III/2025"
        ),
        row(cell("II. Dân số", properties=span(5))),
        row("1", "Tập huấn cán bộ dân số", "Sở Nội vụ", "Sở Y tế", "Tháng 11/2025"),
    )
    above = "".join(map(paragraph, filter(None, HEAD.split("\n"))))
    return word_file(above + table(*rows) + paragraph(CLOSING))


MARKUP = (
    f"<table><tr>{''.join(f'<th>{name}</th>' for name in NAMES)}</tr>"
    "<tr><td colspan=5>I. Khám chữa bệnh</td></tr>"
    "<tr><td>1</td><td>Rà soát danh mục thuốc</td><td rowspan=2>Sở Y tế</td>"
    "<td><p>Sở Tài chính</p><p>Sở Nội vụ</p></td><td>Quý II/2025</td></tr>"
    "<tr><td>2</td><td>Mua sắm thiết bị</td><td>Sở Tài chính</td><td>Quý III/2025</td></tr>"
    "<tr><td colspan=5>II. Dân số</td></tr>"
    "<tr><td>1</td><td>Tập huấn cán bộ dân số</td><td>Sở Nội vụ</td><td>Sở Y tế</td><td>Tháng 11/2025</td></tr></table>"
)
PIPES = f"""| {" | ".join(NAMES)} |
|---|---|---|---|---|
| I. Khám chữa bệnh |||||
| 1 | Rà soát danh mục thuốc | Sở Y tế | Sở Tài chính<br>Sở Nội vụ | Quý II/2025 |
| 2 | Mua sắm thiết bị | ^^ | Sở Tài chính | Quý III/2025 |
| II. Dân số |||||
| 1 | Tập huấn cán bộ dân số | Sở Nội vụ | Sở Y tế | Tháng 11/2025 |
"""
DRAWN = """+----+------------------------+-----------------+------------------+---------------+
| TT | Nhiệm vụ               | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian     |
+====+========================+=================+==================+===============+
| I. Khám chữa bệnh                                                                |
+----+------------------------+-----------------+------------------+---------------+
| 1  | Rà soát danh mục thuốc | Sở Y tế         | Sở Tài chính     | Quý II/2025   |
|    |                        |                 |                  |               |
|    |                        |                 | Sở Nội vụ        |               |
+----+------------------------+                 +------------------+---------------+
| 2  | Mua sắm thiết bị       |                 | Sở Tài chính     | Quý III/2025  |
+----+------------------------+-----------------+------------------+---------------+
| II. Dân số                                                                       |
+----+------------------------+-----------------+------------------+---------------+
| 1  | Tập huấn cán bộ dân số | Sở Nội vụ       | Sở Y tế          | Tháng 11/2025 |
+----+------------------------+-----------------+------------------+---------------+
"""


def page() -> bytes:
    above = "".join(f"<p>{line}</p>" for line in HEAD.split("\n") if line)
    return f"<title>Kế hoạch</title>{above}{MARKUP}<p>{CLOSING}</p>".encode()


def markdown(drawn: str) -> Callable[[], bytes]:
    lines = "\n\n".join(filter(None, HEAD.split("\n")))
    return lambda: f"{lines}\n\n{drawn}\n\n{CLOSING}\n".encode()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "Word": (".docx", word),
    "web page": (".html", page),
    "Markdown, pipes": (".md", markdown(PIPES)),
    "Markdown, drawn": (".md", markdown(DRAWN)),
    "Markdown, HTML": (".md", markdown(MARKUP)),
}


def told(path: Path) -> list[Task]:
    plan = read(path)
    names = plan.agencies.set_index("agency_id")["name"]
    parts = plan.task_agencies
    found: list[Task] = []
    for task in plan.tasks.itertuples():
        own = parts[parts["task_id"] == task.task_id]
        lead, coordinate = (
            [names[agency] for agency in own[own["role"] == role]["agency_id"]]
            for role in ("lead", "coordinate")
        )
        found.append((task.label, task.text, lead, coordinate, str(task.deadline)[:10]))
    return found


@pytest.mark.parametrize("form", FILES)
def test_the_plan_says_the_same_in_every_form(form: str, tmp_path: Path) -> None:
    suffix, made = FILES[form]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(made())
    assert told(path) == TASKS


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["odt", "doc", "rtf", "pdf"])
def test_the_plan_says_the_same_in_the_forms_that_libreoffice_makes(
    suffix: str, tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", suffix, "a.docx"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    assert told(tmp_path / f"a.{suffix}") == TASKS
