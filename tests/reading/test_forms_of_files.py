"""The same document as text, web page and Markdown: its numbers, dates, targets and tasks are read alike."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Literal

import pytest

from khplans.client import read
from khplans.errors import KhplansError
from khplans.intake import Taken, load_file, unregistered
from khplans.pipeline import tables_of

HEAD = (
    "ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "-------", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "---------------", "Số: {number}", "Khánh Hòa, ngày 12 tháng 02 năm 2025",
    "KẾ HOẠCH", "Phát triển kinh tế - xã hội năm 2025",
)  # fmt: skip


def rows_of_text(body: str, number: str = "45/KH-UBND") -> dict[str, list[dict[str, Any]]]:
    text = "\n".join(HEAD).format(number=number) + "\n" + body
    return tables_of(unregistered("a", Taken(text), text.encode()))


def rows_of_file(folder: Path, name: str, body: str) -> dict[str, list[dict[str, Any]]]:
    page = name.endswith(".html")
    head = "".join(f"<p>{line}</p>" for line in HEAD) if page else "\n".join(HEAD) + "\n"
    (folder / name).write_text(head.format(number="45/KH-UBND") + body, "utf-8")
    return tables_of(load_file(folder / name))


def targets(rows: dict[str, list[dict[str, Any]]]) -> list[tuple[str, float, str, str]]:
    return [(x["name"], x["value"], x["unit"], x["comparator"]) for x in rows["indicators"]]


@pytest.mark.parametrize(
    "number",
    [
        "45/KH‐UBND", "45/KH‑UBND", "45/KH−UBND", "45/KH—UBND", "45/KH–UBND", "45 / KH — UBND", "４５／KH－UBND",
        "45⁄KH-UBND", "45/\nKH-UBND", "45/KH-\nUBND",
    ],
)  # fmt: skip
def test_the_letterhead_knows_every_hyphen_and_slash(number: str) -> None:
    (document,) = rows_of_text("I. MỤC TIÊU\nTăng thu.", number)["documents"]
    assert (document["number"], str(document["date"])) == ("45/KH-UBND", "2025-02-12")


@pytest.mark.parametrize(
    "cited",
    [
        "12/\nQĐ-UBND ngày 05/01/2024", "12/\n\nQĐ-UBND ngày 05/01/2024", "12 /\nQĐ-UBND ngày 05/01/2024",
        "12\n/QĐ-UBND ngày 05/01/2024", "12/QĐ-\nUBND ngày 05/01/2024", "12/QĐ-UBND ngày 05/\n01/2024",
        "12/QĐ-UBND ngày 05/01/\n2024", "12/QÐ—UBND ngày ０５/０１/２０２４",
    ],
)  # fmt: skip
def test_a_number_that_is_broken_at_its_slash(cited: str) -> None:
    body = (
        f"II. NHIỆM VỤ\n1. Sở Y tế chủ trì thực hiện Quyết định số {cited} của Ủy ban nhân dân tỉnh"
        " về y tế cơ sở; hoàn thành trước ngày 30/6/2025.\n2. Sở Tài chính báo cáo."
    )
    rows = rows_of_text(body)
    (citation,) = rows["citations"]
    assert (citation["number"], str(citation["date"])) == ("12/QĐ-UBND", "2024-01-05")
    assert [task["label"] for task in rows["tasks"]] == ["1", "2"]
    text = "\n".join(HEAD).format(number="45/KH-UBND") + "\n" + body
    assert text[citation["start"] : citation["end"]] == f"Quyết định số {cited}"


def test_an_item_below_a_slash_begins() -> None:
    rows = rows_of_text("II. NHIỆM VỤ\n1. Sở Y tế trình hồ sơ và/\n2. Sở Tài chính báo cáo./.")
    assert [task["label"] for task in rows["tasks"]] == ["1", "2"]


def test_eths_and_full_width_digits_in_targets() -> None:
    rows = rows_of_text("I. MỤC TIÊU\n1. Ðến năm 2025, thu ngân sách ðạt ２０.500 tỷ ðồng; tỷ lệ ɖô thị hóa đạt ６０％.")  # fmt: skip
    assert targets(rows) == [
        ("Thu ngân sách", 20500, "billion_vnd", "="), ("Tỷ lệ đô thị hóa", 60, "percent", "="),
    ]  # fmt: skip
    assert [x["quote"] for x in rows["indicators"]] == ["２０.500 tỷ ðồng", "６０％"]


def test_roman_numerals_of_one_character() -> None:
    rows = rows_of_text("Ⅱ. NHIỆM VỤ\n1. Sở Y tế báo cáo trong quý Ⅲ/2025.")
    assert [(x["section"], str(x["deadline"])) for x in rows["tasks"]] == [("II", "2025-09-30")]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "a.html",
            "<p>I. MỤC TIÊU</p><p>1. Thu ngân sách đạt 20.500<sup>1</sup> tỷ đồng; hộ nghèo giảm còn "
            "<del>3%</del> <ins>2%</ins>.<p>2. Diện tích nhà ở đạt 25 m<sup>2</sup>/người.</p>"
            "<p style='display:none'>3. Độ che phủ rừng đạt 99%.",
        ),
        (
            "a.md",
            "## I. MỤC TIÊU\n\n1\\. Thu ngân sách đạt 20.500[^1] tỷ đồng; hộ nghèo giảm còn ~~3%~~ 2%.\n\n"
            "2\\. Diện tích nhà ở đạt 25 m^2^/người.\n\n<!-- 3. Độ che phủ rừng đạt 99%. -->\n\n[^1]: Kể cả dầu thô.\n",
        ),
    ],
)
def test_targets_of_web_pages_and_markdown(tmp_path: Path, name: str, body: str) -> None:
    found = {(value, unit) for _, value, unit, _ in targets(rows_of_file(tmp_path, name, body))}
    assert found == {(20500, "billion_vnd"), (2, "percent"), (25, "m2_per_person")}


def test_escaped_and_named_signs_of_markdown(tmp_path: Path) -> None:
    body = (
        "I. MỤC TIÊU\n\n1\\. Tỷ lệ hộ nghèo \\<3%; tỷ lệ đô thị hóa đạt &gt;60%.\n\n"
        "Thực hiện [Quyết định số 12/QĐ\\-UBND](https://a.vn) ngày 05/01/2024 của Ủy ban nhân dân tỉnh.\n"
    )
    rows = rows_of_file(tmp_path, "a.md", body)
    assert targets(rows) == [
        ("Tỷ lệ hộ nghèo", 3, "percent", "<"), ("Tỷ lệ đô thị hóa", 60, "percent", ">"),
    ]  # fmt: skip
    assert [x["number"] for x in rows["citations"]] == ["12/QĐ-UBND"]


def test_italics_over_lines_begin_no_item(tmp_path: Path) -> None:
    rows = rows_of_file(tmp_path, "a.md", "\n*Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6\nnăm 2010 của Chính phủ;*\n")  # fmt: skip
    assert [(x["number"], str(x["date"])) for x in rows["citations"]] == [("63/2010/NĐ-CP", "2010-06-08")]  # fmt: skip
    assert rows["tasks"] == []


def test_a_letterhead_of_two_columns_on_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH KHÁNH HÒA<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do"
        "<tr><td>Số: 45/KH-UBND<td>Khánh Hòa, ngày 12 tháng 02 năm 2025</table><p>KẾ HOẠCH<p>Phát triển năm 2025"
        "<p>1. Sở Y tế báo cáo.<table><tr><td>Nơi nhận:<br>- Lưu: VT.<td>CHỦ TỊCH<p>Nguyễn Văn An</table>",
        "utf-8",
    )
    (document,) = tables_of(load_file(tmp_path / "a.html"))["documents"]
    assert (document["number"], document["issuer_id"], document["signer"]) == (
        "45/KH-UBND", "khanh-hoa-uy-ban-nhan-dan-tinh", "Nguyễn Văn An",
    )  # fmt: skip


@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_ids_of_a_file_named_in_nfd(tmp_path: Path, written: Literal["NFC", "NFD"]) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "Kế hoạch 2.txt")
    path.write_text("KẾ HOẠCH\nII. NHIỆM VỤ\n1. Sở Y tế báo cáo hằng quý.", "utf-8")
    plan = read(path)
    assert list(plan.tasks.task_id) == ["Kế hoạch 2:II:1"]
    assert "báo cáo" in plan.source(unicodedata.normalize(written, "Kế hoạch 2:II:1")).quote
    assert plan.source_text(unicodedata.normalize(written, "Kế hoạch 2")).startswith("KẾ HOẠCH")


def test_an_error_page_is_one_whatever_its_markup(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<title>Lỗi 404</title><div><h1>404</h1>Trang không tồn tại", "utf-8")  # fmt: skip
    with pytest.raises(KhplansError, match="báo lỗi"):
        load_file(tmp_path / "a.html")


def test_a_dash_behind_the_figures_of_a_party_number() -> None:
    (document,) = rows_of_text("I. MỤC TIÊU\nTăng thu.", "15—KH/TU")["documents"]
    assert document["number"] == "15-KH/TU"
