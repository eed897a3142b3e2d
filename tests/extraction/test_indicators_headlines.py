"""What a headline or first sentence announces: that targets follow, and for what time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khplans.extraction.indicators import find_indicators
from khplans.extraction.indicators.context import Announcement, read_headline
from khplans.extraction.indicators.target_or_result import Kind

from .indicator_help import document, indicators


@pytest.mark.parametrize(
    ("words", "kind", "period"),
    [
        ("Các chỉ tiêu kinh tế - xã hội chủ yếu năm 2022", "target", "2022"),
        ("18 CHỈ TIÊU PHẤN ĐẤU NĂM 2023 08:15 14-12-2022 | :340", "target", "2023"),
        ("Một số mục tiêu, chỉ tiêu chủ yếu (nhiệm kỳ 2025 - 2030)", "target", "2025/2030"),
        ("UBND tỉnh giao kế hoạch phát triển kinh tế - xã hội năm 2021 cho các ngành", "target", "2021"),
        ("UBND huyện giao chỉ tiêu năm 2021 cho các xã để triển khai thực hiện: đàn lợn", "target", "2021"),
        ("Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội năm 2021 05/01/2021 09:10", None, "2021"),
        ("Kết quả thực hiện các chỉ tiêu kinh tế - xã hội năm 2021", "actual", "2021"),
        ("Các chỉ tiêu chủ yếu đạt được trong năm 2021", "actual", "2021"),
        ("Các chỉ tiêu năm 2021 đều hoàn thành và vượt kế hoạch", "actual", "2021"),
        ("Chương trình mục tiêu quốc gia giảm nghèo năm 2021", None, None),
        ("Quý I năm 2021 GRDP tăng 5%. Phấn đấu hoàn thành mục tiêu năm 2021", None, None),
        ("Hội nghị giao chỉ tiêu kế hoạch năm 2021 cho các xã, nhằm thực hiện nghị quyết", "target", "2021"),
        ("Hướng phát triển của tỉnh đến năm 2030", None, "2030"),
        ("Phấn đấu từ tháng 5 năm 2021", None, None),
        ("Lễ hội hoa ban năm 2021", None, None),
    ],
)  # fmt: skip
def test_headline(words: str, kind: Kind | None, period: str | None) -> None:
    assert read_headline(words, None) == Announcement(kind, period)


def found(*lines: str) -> list[tuple[str, str, str | None]]:
    """Quote, kind and period of each indicator of a text without type, title or date."""
    source, made = document(*lines[1:], heading=lines[0], role="other")
    bare = replace(made, document_type=None, date=None)
    return [(i.span.of(source), i.kind, i.period) for i in find_indicators(bare)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A page of news: the posting date is not the time of the targets.
        (
            [
                "22 chỉ tiêu phấn đấu năm 2022 09:30 15-12-2021",
                "Kỳ họp thứ tư, HĐND tỉnh đã thông qua các nhóm chỉ tiêu sau:",
                "- Tổng sản phẩm trên địa bàn tăng 7,5%",
                "- Thu ngân sách nhà nước: 9.300 tỷ đồng",
            ],
            [("tăng 7,5%", "target", "2022"), ("9.300 tỷ đồng", "target", "2022")],
        ),
        # The first sentence charges, the paragraphs go on.
        (
            [
                "UBND tỉnh giao chỉ tiêu kế hoạch năm 2021 cho các sở, ngành: GRDP tăng 6,9%.",
                "Kim ngạch xuất khẩu đạt 820 triệu USD; tỷ lệ đô thị hóa đạt 31%.",
            ],
            [
                ("tăng 6,9%", "target", "2021"),
                ("820 triệu USD", "target", "2021"),
                ("31%", "target", "2021"),
            ],
        ),
        # All on one line, headline and all.
        (
            [
                "CÁC CHỈ TIÊU CHỦ YẾU NHIỆM KỲ 2020-2025 I. Về kinh tế 1. Thu nhập bình quân "
                "đầu người đạt 58 triệu đồng. 2. Tỷ lệ hộ nghèo năm 2025 còn 3%.",
            ],
            [("58 triệu đồng", "target", "2020/2025"), ("3%", "target", "2025")],
        ),
        # What came of targets stays a result.
        (
            [
                "Kết quả thực hiện các chỉ tiêu kinh tế - xã hội năm 2021",
                "Tỷ lệ hộ nghèo còn 4,1%; độ che phủ rừng đạt 52%.",
            ],
            [("4,1%", "actual", "2021"), ("52%", "actual", "2021")],
        ),
    ],
)
def test_targets_of_a_text_without_letterhead(
    lines: list[str], expected: list[tuple[str, str, str | None]]
) -> None:
    assert found(*lines) == expected


def test_a_letter_that_gives_targets_sets_them() -> None:
    line = "Kim ngạch xuất khẩu đạt 820 triệu USD."
    told = {"role": "other", "document_type": "Công văn", "heading": "Nội dung"}
    title = "V/v giao chỉ tiêu kế hoạch phát triển kinh tế - xã hội năm 2024"
    assert [i.kind for _, i in indicators(line, title=title, **told)] == ["target"]
    title = "V/v báo cáo kết quả thực hiện chỉ tiêu kế hoạch năm 2024"
    assert [i.kind for _, i in indicators(line, title=title, **told)] == ["actual"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "Tỷ lệ lao động qua đào tạo đạt 62,5% (năm 2023: 58,1%).",
            [("target", "2024"), ("actual", "2023")],
        ),
        (
            "Đến năm 2025, tỷ lệ đô thị hóa đạt 45% (năm 2022 là 41%), năm 2030 đạt 52%.",
            [("target", "2025"), ("actual", "2022"), ("target", "2030")],
        ),
        (
            "Tỷ lệ hộ nghèo còn 3,2% (năm 2023 còn 4,1%).",
            [("target", "2024"), ("actual", "2023")],
        ),
        ("Tỷ lệ xã đạt chuẩn 70% (năm 2025), 85% (năm 2030).", [("target", "2025"), ("target", "2030")]),
        ("Thu ngân sách 5.000 tỷ đồng (năm 2023).", [("actual", "2023")]),
    ],
)  # fmt: skip
def test_a_time_that_opens_a_bracket(line: str, told: list[tuple[str, str]]) -> None:
    assert [(i.kind, i.period) for _, i in indicators(line)] == told
