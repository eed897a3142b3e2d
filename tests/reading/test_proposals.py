"""A correction is proposed where the text proves it, never of right words that only look like others."""

from __future__ import annotations

import pytest

from khplans.model import Source
from khplans.reading import read_documents
from khplans.reading.proposals import propose_corrections

HEAD = "UBND TỈNH HÀ GIANG\nSố: 12/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2025\nKẾ HOẠCH\nVề trồng rừng\n"


def proposed(*lines: str) -> list[tuple[str, str]]:
    source = Source("p", HEAD + "".join(f"{n}. {line}\n" for n, line in enumerate(lines, 1)))
    return [(one.before, one.after) for one in propose_corrections(source, read_documents(source))]


@pytest.mark.parametrize(
    ("right", "like"),
    [
        ("Trong mọi trường hợp, chủ rừng báo cáo.", "môi trường"),
        ("Sửa chữa toàn bộ trường học.", "bộ trưởng"),
        ("Phòng ngừa, giảm sạt lở bờ sông.", "giám sát"),
        ("Các phường An Bình, An Phú rà soát.", "phương án"),
        ("Khu vực có khả năng cao xảy ra lũ.", "nâng cao"),
        ("Cho thuê đất dài hạn.", "đất đai"),
        ("Công ty cổ phần cấp nước báo cáo.", "phân cấp"),
        ("Trạm là nơi dừng chân.", "nội dung"),
        ("Tiền đồ của tỉnh.", "tiến độ"),
        ("Giao viên chức phụ trách.", "giáo viên"),
        ("Mở các khóa học và công nghệ mới.", "khoa học và công nghệ"),
    ],
)
def test_right_words_are_left_alone(right: str, like: str) -> None:
    assert proposed(right, f"Về {like} của tỉnh.", f"Với {like} chung.", f"Do {like}.") == []


def test_what_stands_beside_the_same_word_elsewhere_is_proven() -> None:
    assert proposed("Phát triến rừng.", "Phát triển rừng; phát triển chợ.") == [("Phát triến", "Phát triển")]  # fmt: skip
    assert proposed("Chuyên đổi số.", "Họp.") == [("Chuyên đổi số", "Chuyển đổi số")]
