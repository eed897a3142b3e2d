"""Quantities in lists, brackets and ranges; rises and falls told by their form; what orders keep."""

from __future__ import annotations

import pytest

from .indicator_help import indicators


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Diện tích lúa hữu cơ 420 ha, cây ăn quả 150 ha.", [420, 150]),
        ("Mở rộng vùng trồng; trong đó chè hữu cơ 35 ha, cà phê 60 ha.", [35, 60]),
        ("Số bác sĩ, dược sĩ trên 10.000 dân: 9 bác sĩ; 2,4 dược sĩ.", [9, 2.4]),
        ("Phấn đấu tỷ lệ xã đạt chuẩn 40% (6 xã).", [40, 6]),
        ("Tỷ lệ thôn kiểu mẫu 2,5% (3 thôn, tăng 1 thôn).", [2.5, 3, 1]),
        ("Có 23/118 hồ đập xuống cấp; 09/41 chủ đầu tư chưa giải ngân.", [23, 9]),
        ("Tiền lương thấp nhất bằng 90 - 95% mức lương của doanh nghiệp.", [90]),
        ("Mỗi hộ được giao diện tích rừng 2 ha.", []),
        ("Tổ chức trồng thử nghiệm 5 ha.", []),
    ],
)
def test_members_of_a_list(line: str, values: list[float]) -> None:
    assert [i.value for _, i in indicators(line)] == values


def test_the_count_of_a_share_has_its_name() -> None:
    [_, (quote, count)] = indicators("Tỷ lệ xã đạt chuẩn nông thôn mới 40% (6 xã).")
    assert (quote, count.name) == ("6 xã", "Số xã đạt chuẩn nông thôn mới")


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Thu nhập bình quân đạt từ 62 triệu đồng đến 65 triệu đồng.", [(62, 65)]),
        ("Vốn đầu tư khoảng 8.000 tỷ đồng - 9.500 tỷ đồng.", [(8000, 9500)]),
        ("Thu nhập tăng từ 30 triệu đồng đến 45 triệu đồng.", [(30, None), (45, None)]),
        (
            "Thu ngân sách 52 tỷ.đ, thu nhập 48 tr.đ, vốn 30 tỷ đ.",
            [(52, None), (48, None), (30, None)],
        ),
        ("Vốn từ 900 triệu đồng đến 1,2 tỷ đồng.", [(900, None), (1.2, None)]),
    ],
)
def test_a_range_that_names_its_unit_twice(
    line: str, values: list[tuple[float, float | None]]
) -> None:
    assert [(i.value, i.value_high) for _, i in indicators(line)] == values


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Tỷ lệ che phủ rừng 4 6%.", 4.6),
        ("Tỷ lệ hộ nghèo đạt 12 3%.", 12.3),
        ("Tỷ lệ học sinh lớp 9 5%.", 5),
        ("Tỷ lệ tiêm mũi 3 8%.", 8),
    ],
)
def test_a_lost_comma_is_told(line: str, value: float) -> None:
    [(_, found)] = indicators(line)
    told = "number-looks-misread" in [doubt.code for doubt in found.doubts]
    assert (found.value, told) == (value, value != int(value))


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("Mục tiêu GRDP năm 2024 là 8,2%.", ["increase"]),
        ("Tổng sản phẩm trên địa bàn tỉnh đạt 9,1%.", ["increase"]),
        ("Nợ công đạt 45% GDP.", ["level"]),
        ("Dịch vụ: 56,9%, tăng 0,1 lần; Công nghiệp: 25,6%.", ["level", "increase", "level"]),
        ("Thu ngân sách đạt 4.200 tỷ đồng (+11,3%).", ["level", "increase"]),
        ("Sản lượng đạt 90.000 tấn (-3,1%).", ["level", "decrease"]),
        ("Tỷ lệ hộ nghèo vùng cao giảm bình quân/năm: trên 5%.", ["decrease"]),
        ("Tỷ lệ hộ cận nghèo giảm hằng năm: 1,5%.", ["decrease"]),
        ("Giá trị tăng thêm: 500 tỷ đồng.", ["level"]),
        ("Giá trị sản xuất công nghiệp 9%/năm; năng suất lao động 6%/năm.", ["increase"] * 2),
        ("Tỷ trọng vốn tư nhân bình quân 60%/năm.", ["level"]),
        ("Giảm 40 vụ, giảm 12 người bị thương (9,3%).", ["decrease"] * 3),
    ],
)
def test_change_told_by_form(line: str, changes: list[str]) -> None:
    assert [i.change for _, i in indicators(line)] == changes


@pytest.mark.parametrize(
    ("line", "document_type", "kind"),
    [
        ("Sở Công Thương dự trữ 1.800 tấn gạo, 300.000 lít xăng.", "Chỉ thị", "target"),
        ("Các đơn vị tiết kiệm 15% chi thường xuyên.", "Chỉ thị", "target"),
        ("Ngân sách dành 20% chi cho giáo dục.", "Công điện", "target"),
        ("Các đơn vị đã tiết kiệm 15% chi thường xuyên, đạt 95% kế hoạch.", "Báo cáo", "actual"),
        ("Toàn tỉnh tiết kiệm 15% chi thường xuyên.", "Báo cáo", "actual"),
        ("Đến nay tiết kiệm 15% chi thường xuyên.", "Chỉ thị", "actual"),
        ("Giải ngân vốn đầu tư công mới đạt 35% kế hoạch.", "Chỉ thị", "actual"),
    ],
)
def test_what_an_order_has_kept_is_a_target(line: str, document_type: str, kind: str) -> None:
    told = indicators(line, document_type=document_type, role="other", heading="Nội dung")
    assert {i.kind for _, i in told} == {kind}
