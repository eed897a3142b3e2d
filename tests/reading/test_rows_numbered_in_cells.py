"""Tables whose rows bear their number inside the first words, and names cut at their hyphen."""

from __future__ import annotations

import pytest

from khplans.model import Document, Source
from khplans.reading import read_documents

HEAD = "KẾ HOẠCH\nTrồng cây chắn gió năm 2026\nI. NHIỆM VỤ\n"


def read(body: str) -> Document:
    (document,) = read_documents(Source("p", HEAD + body)).documents
    return document


def labelled(document: Document) -> list[tuple[str, str | None, str, str]]:
    return [
        (
            block.kind,
            block.label,
            block.text.text,
            document.sections[block.section].marker if block.section is not None else "",
        )
        for block in document.blocks
        if block.cells and block.kind != "columns"
    ]


GROUPED = """
| Nội dung | Đơn vị thực hiện | Thời hạn |
|---|---|---|
| {bold}A. Vườn ươm{bold} | | |
| 1. Gieo hạt phi lao | Hạt Kiểm lâm | Quý I/2026 |
| 2. Chăm sóc cây con | Hạt Kiểm lâm | Quý II/2026 |
| {bold}B. Trồng rừng{bold} | | |
| 3. Đào hố, bón lót | UBND xã | Quý III/2026 |
"""


@pytest.mark.parametrize("bold", ["", "**"])
def test_numbers_and_groups_inside_the_first_cell(bold: str) -> None:
    assert labelled(read(GROUPED.format(bold=bold))) == [
        ("heading", "A", "Vườn ươm", "A"),
        ("row", "1", "Gieo hạt phi lao", "A"),
        ("row", "2", "Chăm sóc cây con", "A"),
        ("heading", "B", "Trồng rừng", "B"),
        ("row", "3", "Đào hố, bón lót", "B"),
    ]


def test_a_group_above_rows_without_numbers() -> None:
    table = """
| Nhiệm vụ | Cơ quan chủ trì | Thời gian |
|---|---|---|
| II. Tuyên truyền | | |
| Phát tờ rơi tại các chợ | Đài Truyền thanh | Tháng 3/2026 |
| Treo băng rôn ở đầu xã | UBND xã | Tháng 4/2026 |
"""
    assert labelled(read(table)) == [
        ("heading", "II", "Tuyên truyền", "II"),
        ("row", None, "Phát tờ rơi tại các chợ", "II"),
        ("row", None, "Treo băng rôn ở đầu xã", "II"),
    ]


def test_a_cell_that_begins_with_a_quantity_has_no_number() -> None:
    table = """
| Nhiệm vụ | Cơ quan chủ trì | Thời gian |
|---|---|---|
| 12.5 ha rừng trồng mới | Hạt Kiểm lâm | 2026 |
| 3 vườn ươm đạt chuẩn | UBND xã | 2026 |
"""
    assert [row[1] for row in labelled(read(table))] == [None, None]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("- Báo cáo kết quả về Sở Lao động", "- Thương binh và Xã hội trước ngày 20/6/2026.", True),
        ("- Gửi danh sách về Phòng Văn hóa", "– Xã hội để tổng hợp chung toàn xã.", True),
        ("- Trao đổi với Bộ Bưu chính", "- Viễn thông về đường truyền đến các thôn.", True),
        ("- Bảo đảm quyền lợi của người lao động", "- Thương binh được ưu tiên khám bệnh.", False),
        ("- Báo cáo kết quả về Sở Lao động", "- Tổng hợp số liệu của các xã, phường.", False),
    ],
)
def test_a_name_cut_at_its_hyphen(first: str, second: str, whole: bool) -> None:
    blocks = [block for block in read(f"{first}\n{second}\n").blocks if block.kind == "item"]
    assert len(blocks) == (1 if whole else 2)
