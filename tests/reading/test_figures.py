"""Tables of figures that came out one cell a line, told apart by what the lines say."""

from __future__ import annotations

import pytest

from khplans.extraction.indicators import find_indicators
from khplans.model import Source
from khplans.reading import read_documents

HEADER = ["TT", "Chỉ tiêu chủ yếu", "TH năm 2021", "KH năm 2022", "Ước TH năm 2022"]
TITLE = "CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU NĂM 2022"


def figures(*cells: str, header: list[str] | None = None, gap: str = "\n\n") -> list[tuple[object, ...]]:  # fmt: skip
    """Name, value, unit, kind and period of each figure of a page that is nothing but a table."""
    text = gap.join([TITLE, *(header or HEADER), *cells]) + "\n"
    documents = read_documents(Source("p", text)).documents
    return [
        (i.name, i.value, i.unit, i.kind, i.period)
        for document in documents
        for i in find_indicators(document)
    ]


def three(name: str, unit: str, *values: float) -> list[tuple[object, ...]]:
    kinds = [("actual", "2021"), ("target", "2022"), ("estimate", "2022")]
    return [(name, value, unit, *kind) for value, kind in zip(values, kinds, strict=True)]


FIRST = ["1", "Giá trị xuất khẩu (triệu USD)", "640", "710", "698"]
SECOND = ["2", "Tổng vốn đầu tư toàn xã hội (tỷ đồng)", "15.200", "17.000", "16.850"]
THIRD = ["3", "Độ che phủ rừng (%)", "48,1", "48,5", "48,5"]
EXPECTED = [
    *three("Giá trị xuất khẩu", "million_usd", 640, 710, 698),
    *three("Tổng vốn đầu tư toàn xã hội", "billion_vnd", 15200, 17000, 16850),
    *three("Độ che phủ rừng", "percent", 48.1, 48.5, 48.5),
]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\xa0\n\n"])
def test_rows_of_name_and_figures(gap: str) -> None:
    assert figures(*FIRST, *SECOND, *THIRD, gap=gap) == EXPECTED


def test_remarks_groups_and_rows_without_a_number() -> None:
    cells = [
        "I", "Kinh tế", *FIRST, "Không đạt", *SECOND,
        "Tr.đó:", "- Vốn nhà nước (tỷ đồng)", "4.100", "4.300", "4.250", "Đạt",
        "II", "Môi trường", *THIRD, "Đạt",
    ]  # fmt: skip
    part = three("Tổng vốn đầu tư toàn xã hội – vốn nhà nước", "billion_vnd", 4100, 4300, 4250)
    assert figures(*cells, header=[*HEADER, "Ghi chú"]) == EXPECTED[:6] + part + EXPECTED[6:]


def test_small_figures_are_not_the_next_rows_numbers() -> None:
    cells = [*FIRST, "2", "Mức giảm tỷ suất sinh (‰)", "2", "3", "3", *THIRD]
    found = figures(*cells)
    assert found[3:6] == three("Mức giảm tỷ suất sinh", "per_1000", 2, 3, 3)
    assert len(found) == 9


def test_brackets_below_a_figure() -> None:
    cells = [*FIRST, *SECOND, "3", "Tỷ lệ hộ nghèo giảm (%)", "1,2", "1,0%", "(còn 3,5%)", "1,1%"]
    assert figures(*cells)[6:] == [
        ("Tỷ lệ hộ nghèo giảm", 1.2, "percentage_point", "actual", "2021"),
        ("Tỷ lệ hộ nghèo giảm", 1.0, "percentage_point", "target", "2022"),
        ("Tỷ lệ hộ nghèo", 3.5, "percent", "target", "2022"),
        ("Tỷ lệ hộ nghèo giảm", 1.1, "percentage_point", "estimate", "2022"),
    ]


def test_a_row_with_figures_missing_has_none_but_the_next_does() -> None:
    cells = [*FIRST, *SECOND, *THIRD, "4", "Tỷ lệ đô thị hóa (%)", "31", "32", *["5", *THIRD[1:]]]
    assert figures(*cells) == EXPECTED + EXPECTED[6:]


def test_a_column_of_units_and_rows_numbered_alike() -> None:
    header = ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm 2022", "Ước thực hiện năm 2022", "Đánh giá"]
    cells = [
        "1.", "Kim ngạch xuất khẩu", "Triệu USD", "710", "698", "Không đạt",
        "1.", "Tỷ lệ lao động qua đào tạo", "%", "60-62", "61,5", "Đạt",
        "- Trong đó: Có bằng cấp, chứng chỉ", "%", "24", "Khoảng 24",
        "1.", "Tỷ lệ thất nghiệp ở thành thị", "%", "Dưới 4", "3,2", "Đạt",
    ]  # fmt: skip
    assert [told[1:] for told in figures(*cells, header=header)] == [
        (710, "million_usd", "target", "2022"),
        (698, "million_usd", "estimate", "2022"),
        (60, "percent", "target", "2022"),
        (61.5, "percent", "estimate", "2022"),
        (24, "percent", "target", "2022"),
        (24, "percent", "estimate", "2022"),
        (4, "percent", "target", "2022"),
        (3.2, "percent", "estimate", "2022"),
    ]


def test_items_with_figures_right_below_a_headline_are_read() -> None:
    lines = [
        "PHƯƠNG HƯỚNG, MỤC TIÊU CHỦ YẾU NHIỆM KỲ 2020 - 2025", "1. Về kinh tế:",
        "- Thu ngân sách: 52 tỷ đồng.", "- Tỷ lệ hộ nghèo: 2%.",
    ]  # fmt: skip
    [document] = read_documents(Source("p", "\n\n".join(lines))).documents
    assert [(i.value, i.kind, i.period) for i in find_indicators(document)] == [
        (52, "target", "2020/2025"),
        (2, "target", "2020/2025"),
    ]


def test_text_behind_the_table_is_text_again() -> None:
    sentence = "Sang năm 2023, tỉnh phấn đấu thu ngân sách đạt 9.000 tỷ đồng."
    found = figures(*FIRST, *SECOND, *THIRD, sentence)
    assert found[:9] == EXPECTED
    assert [told[1:] for told in found[9:]] == [(9000, "billion_vnd", "target", "2023")]


def test_a_table_of_many_lines_ends_with_its_last_row() -> None:
    rows = [cell for n in range(1, 651) for cell in (str(n), f"Sản lượng ngành {n} (tấn)", "1", "2", "3")]  # fmt: skip
    text = "\n".join([TITLE, *HEADER, *rows]) + "\n"
    (document,) = read_documents(Source("p", text)).documents
    assert sum(block.kind == "row" for block in document.blocks) == 650
