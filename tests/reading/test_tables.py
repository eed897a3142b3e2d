"""Tables as plans print them: tabs, pipes, one cell a line; groups, torn rows, page breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from khplans.intake import load_plan
from khplans.model import Document, Source
from khplans.reading import read_documents
from khplans.reading.layout.cutting import cut_into_cells
from khplans.reading.layout.pieces import pieces_of_table
from khplans.reading.lines.line import lines_of

ROOT = Path(__file__).parents[2]
HEAD = "KẾ HOẠCH\nVề việc A\nI. MỤC TIÊU\n1. Làm tốt.\n"


def read(table: str) -> Document:
    (document,) = read_documents(Source("p", HEAD + table)).documents
    return document


def rows(document: Document) -> list[tuple[str | None, dict[str, str]]]:
    return [
        (b.label, {c.role: c.text.text for c in b.cells if c.text})
        for b in document.blocks
        if b.kind == "row"
    ]


EXPECTED = [
    ("1", {"label": "1", "task": "Rà soát văn bản", "lead": "Sở Tư pháp", "deadline": "Quý I/2025"}),
    ("2", {"label": "2", "task": "Tập huấn", "lead": "Sở Nội vụ", "coordinate": "Các sở", "deadline": "2025"}),
    ("1", {"label": "1", "task": "Đầu tư", "lead": "Sở Tài chính", "deadline": "2026"}),
]  # fmt: skip
TABS = """PHỤ LỤC
(Kèm theo Kế hoạch số 1/KH-UBND ngày 1/1/2025)
STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
I\tHoàn thiện thể chế\t\t\t
1\tRà soát văn bản\tSở Tư pháp\t\tQuý I/2025

STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
2\tTập huấn\tSở Nội vụ\tCác sở\t2025
II\tPhát triển hạ tầng\t\t\t
1\tĐầu tư\tSở Tài chính\t\t2026
"""


def as_pipes(tabs: str) -> str:
    lines = []
    for line in tabs.split("\n"):
        lines.append("| " + " | ".join(line.split("\t")) + " |" if "\t" in line else line)
        if line.startswith("STT"):
            lines.append("|---|---|---|---|---|")
    return "\n".join(lines)


def as_cells(tabs: str, empty: str, between: str, bar: str = "") -> str:
    parts = []
    seen = False
    for line in tabs.split("\n"):
        if line.startswith("STT") and seen:
            continue
        seen = seen or line.startswith("STT")
        if "\t" in line:
            parts += [(cell or empty) + bar for cell in line.split("\t")]
        elif line:
            parts.append(line)
    return between.join(part for part in parts if part) + "\n"


@pytest.mark.parametrize(
    "table",
    [
        TABS,
        as_pipes(TABS),
        as_cells(TABS, "\xa0", "\n\n"),
        as_cells(TABS, "\xa0", "\n"),
        as_cells(TABS, "", "\n", "\n|"),
    ],
    ids=["tabs", "pipes", "cells-apart", "cells-adjacent", "cells-barred"],
)
def test_one_table_in_many_forms(table: str) -> None:
    document = read(table)
    assert rows(document) == EXPECTED
    paths = [
        document.sections[b.section].path
        for b in document.blocks
        if b.kind == "row" and b.section is not None
    ]
    assert paths == ["I", "I", "II"]
    headings = [b.text.text for b in document.blocks if b.kind == "heading" and b.cells]
    assert headings == ["Hoàn thiện thể chế", "Phát triển hạ tầng"]


def test_columns_in_another_order_and_torn_cells() -> None:
    document = read(
        "TT\tThời hạn\tĐơn vị thực hiện\tNội dung công việc\tSản phẩm\n"
        "1\t31/12/2025\tSở Tư pháp\tRà soát văn bản,\nquy phạm pháp luật\tBáo cáo\n"
        "2\tHằng quý\tSở Nội vụ\tTổng hợp\tBáo cáo\nđịnh kỳ\nII. TỔ CHỨC THỰC HIỆN\nCác sở thực hiện.\n"
    )
    assert rows(document) == [
        ("1", {"label": "1", "deadline": "31/12/2025", "lead": "Sở Tư pháp",
               "task": "Rà soát văn bản, quy phạm pháp luật", "output": "Báo cáo"}),
        ("2", {"label": "2", "deadline": "Hằng quý", "lead": "Sở Nội vụ", "task": "Tổng hợp", "output": "Báo cáo định kỳ"}),
    ]  # fmt: skip
    assert document.sections[-1].path == "II"


def test_indicators_with_a_column_a_year() -> None:
    document = read(
        "| TT | Chỉ tiêu | ĐVT | Thực hiện năm 2024 | Kế hoạch năm 2025 |\n|---|---|---|---|---|\n"
        "| 1 | Tốc độ tăng GRDP | % | 8,1 | 8,5 |\n| 2 | Thu ngân sách | tỷ đồng | 16.687 | 18.000 |\n"
    )
    first = next(b for b in document.blocks if b.kind == "row")
    assert [(c.role, c.header, c.text.text) for c in first.cells] == [
        ("label", "TT", "1"),
        ("name", "Chỉ tiêu", "Tốc độ tăng GRDP"),
        ("unit", "ĐVT", "%"),
        ("value", "Thực hiện năm 2024", "8,1"),
        ("value", "Kế hoạch năm 2025", "8,5"),
    ]
    assert first.text.text == "Tốc độ tăng GRDP"


def test_a_table_in_the_body_leaves_the_headings_around_it_alone() -> None:
    document = read(
        "II. NHIỆM VỤ\nSTT\tNội dung\tChủ trì\nI\tThể chế\t\n1\tRà soát\tSở Tư pháp\nIII. TỔ CHỨC THỰC HIỆN\nCác sở thực hiện.\n"
    )
    assert [s.path for s in document.sections] == ["I", "II", "II/I", "III"]


def test_groups_of_a_table_whose_first_column_is_who_does_it() -> None:
    document = read(
        "STT\tĐơn vị thực hiện\tNội dung công việc\tThời hạn\nI\tVệ sinh môi trường\t\t\n1\tTrạm Y tế\tPhun hóa chất\tTháng 5\n"
        "II\tNước sạch\t\t\n2\tPhòng Kinh tế\tSửa trạm bơm\tTháng 6\n"
    )
    assert [s.path for s in document.sections][-2:] == ["I/1/I", "I/1/II"]


def test_merged_cells_stay_as_printed() -> None:
    source = load_plan(ROOT / "plans/khanh-hoa-4969-kh-ubnd-2024").source
    document = read_documents(source).documents[0]
    table = [b for b in document.blocks if b.kind == "row"]
    assert [b.label for b in table] == [str(n) for n in range(1, 48)]
    assert sum(bool(b.cells[2].text) for b in table) == 17
    assert sum(b.kind == "columns" for b in document.blocks) == 4


def test_one_cell_a_line_with_no_break_spaces_for_empty_cells() -> None:
    source = load_plan(ROOT / "plans/khanh-hoa-6047-kh-ubnd-2023").source
    document = read_documents(source).documents[0]
    table = [b for b in document.blocks if b.kind == "row"]
    assert len(table) == 59
    assert {len(b.cells) for b in table} == {6}
    by_label = {(document.sections[b.section or 0].path, b.label): b for b in table}
    row = by_label["II/7", "7.1"]
    assert row.cells[2].text.text == "Sở Kế hoạch và Đầu tư"
    assert row.cells[5].text.text == "Báo cáo định kỳ"
    assert by_label["VI", "1"].cells[5].text.text == "Báo cáo định kỳ"  # `Đáo cáo` is corrected


def test_a_row_that_begins_with_an_empty_cell() -> None:
    document = read(
        "\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n"
        "1\tRà soát văn bản\tSở Tư pháp\t2025\n"
        "\tTrong đó: cấp xã\tSở Nội vụ\t2026\n"
    )
    assert [cells for _, cells in rows(document)] == [
        {"label": "1", "task": "Rà soát văn bản", "lead": "Sở Tư pháp", "deadline": "2025"},
        {"task": "Trong đó: cấp xã", "lead": "Sở Nội vụ", "deadline": "2026"},
    ]


def test_a_line_of_nothing_to_be_seen_may_begin_a_cell_below_a_page_end() -> None:
    pieces = list(pieces_of_table(lines_of("\x01\nSở Y tế\n2025"), 0))
    cut = cut_into_cells(pieces, ("task", "lead", "deadline"), goes_on=True)
    assert cut is not None
    assert [piece.text for cell in cut for piece in cell] == ["", "Sở Y tế", "2025"]


def test_a_time_stays_in_its_column_where_an_empty_cell_was_lost() -> None:
    text = (
        "KẾ HOẠCH\nVề việc A\n\nI. NỘI DUNG\nTT\nNhiệm vụ\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian\n"
        "1\nXây dựng thông tư\nVụ Pháp chế\nCục Quản lý Dược\nQuý II/2021\n"
        "2\nBố trí kinh phí\nVụ Kế hoạch - Tài chính\nTháng 12/2021\n\nII. TỔ CHỨC THỰC HIỆN\n1. Vụ Pháp chế theo dõi.\n"
    )
    (document,) = read_documents(Source("p", text)).documents
    rows = [
        {cell.role: cell.text.text for cell in block.cells}
        for block in document.blocks
        if block.kind == "row"
    ]
    assert [(row["lead"], row["coordinate"], row["deadline"]) for row in rows] == [
        ("Vụ Pháp chế", "Cục Quản lý Dược", "Quý II/2021"),
        ("Vụ Kế hoạch - Tài chính", "", "Tháng 12/2021"),
    ]
    assert document.sections[-1].path == "II"


@pytest.mark.parametrize(
    "title", ["Công tác tháng 3", "CÔNG TÁC THÁNG 3", "**Công tác tháng 3**", ""]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "table",
    [
        "| TT | NHIỆM VỤ | CƠ QUAN CHỦ TRÌ |\n| --- | --- | --- |\n| 1 | Rà soát | Sở Tư pháp |\n| 2 | Họp | Sở Y tế |",
        "| **TT** | **Nhiệm vụ** | **Chủ trì** |\n| 1 | Rà soát | Sở Tư pháp |\n| 2 | Họp | Sở Y tế |",
        "TT\tNHIỆM VỤ\tCƠ QUAN CHỦ TRÌ\n1\tRà soát\tSở Tư pháp\n2\tHọp\tSở Y tế",
        "TT\n\nNhiệm vụ\n\nChủ trì\n\n1\n\nRà soát\n\nSở Tư pháp\n\n2\n\nHọp\n\nSở Y tế",
    ],
)
def test_a_table_right_below_the_title(table: str, gap: str, title: str) -> None:
    head = "UBND TỈNH HÀ NAM\nSố: 12/KH-UBND\nHà Nam, ngày 5 tháng 3 năm 2024\n\nKẾ HOẠCH\n"
    source = Source("p", f"{head}{title}{gap}{table}\n")
    (document,) = read_documents(source).documents
    rows = [[c.text.text for c in b.cells] for b in document.blocks if b.kind == "row"]
    assert rows == [["1", "Rà soát", "Sở Tư pháp"], ["2", "Họp", "Sở Y tế"]]
    assert (document.title or "") == title.strip("*")


def test_the_texts_to_be_written_are_the_tasks_not_the_laws_they_carry_out() -> None:
    text = (
        "TT\tTên luật, ngày có hiệu lực\tTên văn bản quy định chi tiết\tCơ quan chủ trì\tThời hạn\n"
        "1\tLuật Đất đai 01/7/2014\tNghị định về giá đất\tBộ Tài chính\t15/4/2014\n"
        "2\tLuật Việc làm 01/01/2015\tNghị định về việc làm\tBộ Nội vụ\t15/8/2014"
    )
    rows = [block for block in read(text).blocks if block.kind == "row"]
    assert [row.text.text for row in rows] == ["Nghị định về giá đất", "Nghị định về việc làm"]


def test_a_row_across_that_counts_what_stands_below_it() -> None:
    table = (
        "<table><tr><td>TT</td><td>Nhiệm vụ</td><td>Chủ trì</td></tr>"
        "<tr><td colspan=3>Nhóm nhiệm vụ 2: Trồng rừng</td></tr><tr><td>1</td><td>Giao đất</td><td>Sở Y tế</td></tr>"
        "<tr><td colspan=3>Nhóm nhiệm vụ mới: Nuôi tôm</td></tr><tr><td>2</td><td>Đào ao</td><td>Sở Y tế</td></tr></table>"
    )
    document = read(table)
    headings = [(b.label, b.text.text) for b in document.blocks if b.kind == "heading"][2:]
    assert headings == [("Nhóm nhiệm vụ 2", "Trồng rừng"), (None, "Nhóm nhiệm vụ mới: Nuôi tôm")]
    (row, _) = (b.section for b in document.blocks if b.kind == "row")
    assert row is not None
    assert document.sections[row].marker == "Nhóm nhiệm vụ 2"
