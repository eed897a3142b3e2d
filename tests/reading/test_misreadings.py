"""Words with wrong accents are pointed out, and right words are left alone."""

import unicodedata

import pytest

from khplans.model import Source
from khplans.reading import read_documents

HEAD = "UBND TỈNH HÀ GIANG\nSố: 12/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023\nKẾ HOẠCH\nVề việc A\n\nI. NHIỆM VỤ\n\n"


def misread(item: str) -> list[tuple[str, str]]:
    text = HEAD + item
    doubts = read_documents(Source("p", text)).doubts
    return [
        (doubt.span.of(text), doubt.facts["suggestion"])
        for doubt in doubts
        if doubt.code == "word-looks-misread"
    ]


@pytest.mark.parametrize(
    ("text", "words", "suggestion"),
    [
        ("1. Trình cấp có thấm quyền phê duyệt.", "cấp có thấm quyền", "cấp có thẩm quyền"),
        ("- Kế hoạch phát triến kinh tế.", "phát triến", "phát triển"),
        ("- Nghiên cứu, ứng dụng khóa học và công nghệ.", "khóa học và công nghệ", "khoa học và công nghệ"),
        ("a) TỒ CHỨC THỰC HIỆN tốt các cuộc họp.", "TỒ CHỨC THỰC HIỆN", "tổ chức thực hiện"),
        ("- Bảo đảm tiên **độ** và chất lượng.", "tiên **độ", "tiến độ"),
    ],
)  # fmt: skip
def test_wrong_accents_are_pointed_out(text: str, words: str, suggestion: str) -> None:
    assert misread(text) == [(words, suggestion)]
    decomposed = unicodedata.normalize("NFD", text)
    assert misread(decomposed) == [(unicodedata.normalize("NFD", words), suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "- Phát triển văn hoá, bảo đảm nguồn thu, nâng cao chất lượng.",
        "- PHÁT TRIỂN VĂN HÓA, BẢO ĐẢM AN SINH XÃ HỘI.",
        "- Ban Quản lý Khu kinh tế Vân Phong đầu tư hạ tầng.",
        "- Ra soat, phat trien kinh te, bao dam tien do.",
        "- Sản xuất để xuất khẩu; chi tiêu tiết kiệm; hàng tháng báo cáo.",
        "- Bảo tồn giá trị truyền thống; tổ chức các khóa học ngắn hạn.",
        "- Ủy ban nhân dân (uỷ quyền) rà soát,phát triển.",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert misread(text) == []
