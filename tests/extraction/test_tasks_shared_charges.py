"""Charges that reach further than their own line, and times that are no deadlines."""

from __future__ import annotations

import pytest

from khplans.extraction.agencies import shadow
from khplans.extraction.tasks.charges import read_charge
from khplans.extraction.tasks.deadlines import read_due

from .task_help import document, tasks_of, told

CHARGES = """
Các sở, ngành, UBND các huyện có tên tại Phụ lục I xây dựng dự toán chi tiết. => Các sở, ngành; Ủy ban nhân dân các huyện
Các đơn vị được nêu tại Danh mục kèm theo lập hồ sơ trước ngày 15/8/2026. => Các đơn vị
2 Đề nghị Hội Nông dân tỉnh vận động hội viên tham gia. => Hội Nông dân tỉnh
HĐND tỉnh tán thành phương án, đồng thời, đề nghị UBND tỉnh và các cơ quan liên quan làm tốt các việc sau: => Ủy ban nhân dân tỉnh; Các cơ quan có liên quan
Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức thành viên của Mặt trận giám sát việc chi trả. => Mặt trận Tổ quốc Việt Nam tỉnh; Các tổ chức thành viên của Mặt trận
Các Đoàn đại biểu Quốc hội và đại biểu Quốc hội, trong phạm vi quyền hạn của mình, giám sát việc thi hành. => Các Đoàn đại biểu Quốc hội và đại biểu Quốc hội
"""


@pytest.mark.parametrize(
    ("text", "expected"), [line.split(" => ") for line in CHARGES.strip().splitlines()]
)
def test_who_is_charged(text: str, expected: str) -> None:
    assert "; ".join(one.name for one in read_charge(text, shadow(text)).names) == expected


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Không thanh tra doanh nghiệp trong năm 2021.", None),
        ("Giao Sở Tài chính xem xét không thu phí bến bãi trong năm 2021.", None),
        ("Chưa điều chỉnh giá nước sạch trong quý III năm 2021.", None),
        ("Tạm thời không tuyển dụng viên chức mới trong năm 2021.", None),
        ("Rà soát các hộ không có đất ở trong năm 2021.", "2021-12-31"),
        ("Xử lý các hồ sơ chưa đủ điều kiện trong năm 2021.", "2021-12-31"),
        ("Không ngừng hoàn thiện cơ sở dữ liệu, xong trong năm 2021.", "2021-12-31"),
        ("Báo cáo kết quả không muộn hơn trong tháng 5 năm 2021.", "2021-05-31"),
        ("Không để tồn đọng hồ sơ; hoàn thành trong năm 2021.", "2021-12-31"),
    ],
)
def test_how_long_something_is_banned_is_no_deadline(text: str, deadline: str | None) -> None:
    found = read_due(text, 2021).deadline
    assert (found.isoformat() if found else None) == deadline


BELOW_SUBHEADINGS = """
Điều 1. Nhiệm vụ trọng tâm

HĐND tỉnh đề nghị UBND tỉnh và các cơ quan liên quan tập trung thực hiện các nhiệm vụ, giải pháp sau đây:

1.1. Về giao thông nông thôn

Rà soát các cầu yếu trên đường xã, lập kế hoạch thay thế từng năm.

Trong năm 2025, cơ bản hoàn thành việc cắm biển tải trọng trên các cầu.

1.2. Về thủy lợi nội đồng

Xây dựng lịch nạo vét kênh cấp III trước mùa khô, bảo đảm nước tưới cho vụ đông xuân.
"""

ONE_LINE_FOR_ALL = """
I. NHIỆM VỤ

1. Dọn vệ sinh bãi biển

- Thu gom rác thải nhựa trên bãi tắm vào sáng thứ bảy.
- Lắp thùng phân loại rác tại các lối xuống biển.
Đơn vị chủ trì các nhiệm vụ trên: Phòng Kinh tế; phối hợp: Công an xã, các đoàn thể.

2. Trồng rừng chắn cát

- Trồng bổ sung phi lao ở các đoạn bờ biển bị xâm thực.
- Đơn vị chủ trì: Hạt Kiểm lâm huyện.
"""


def test_an_introduction_holds_across_the_subheadings_below_it() -> None:
    found = [told(*one).split(" => ")[1] for one in tasks_of(document("QUYẾT ĐỊNH", BELOW_SUBHEADINGS))]  # fmt: skip
    leads = "[Ủy ban nhân dân tỉnh], [Các cơ quan có liên quan]"
    assert found == [f"{leads} /  /  /  / ", f"{leads} /  / 2025-12-31 /  / ", f"{leads} /  /  /  / "]  # fmt: skip


def test_one_line_below_several_items_holds_for_all_of_them() -> None:
    found = [told(*one).split(" => ")[1] for one in tasks_of(document("KẾ HOẠCH", ONE_LINE_FOR_ALL))]  # fmt: skip
    both = "[Phòng Kinh tế] / [Công an xã], [Các đoàn thể] /  /  / "
    assert found == [both, both, "[Hạt Kiểm lâm huyện] /  /  /  / "]
