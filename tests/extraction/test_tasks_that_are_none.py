"""Lines that tell, describe or decide something and ask nobody to do it are no tasks."""

from __future__ import annotations

import pytest

import khplans

from .task_help import document, tasks_of

BODY = """I. NHIỆM VỤ
1. Trồng cây xanh
- Rà soát quỹ đất trồng cây tại các phường.
- {line}
"""


@pytest.mark.parametrize(
    "line",
    [
        "Vùng ven biển: Được quy hoạch là khu vực nuôi tôm công nghệ cao.",
        "Dự án công viên trung tâm phường 2: khoảng 1.250 tỷ đồng, diện tích 14,5 ha;",
        "Trong trường hợp các văn bản được viện dẫn tại Kế hoạch này được sửa đổi thì áp dụng văn bản mới.",
        "Tên đề án: Đề án phát triển cây xanh đô thị.",
        "Tên dự án: Xây dựng vườn ươm phường 3.",
        "Chủ đầu tư: Công ty Cây xanh đô thị.",
        "Quyết định số 18/2016/QĐ-UBND ngày 04/5/2016 của Ủy ban nhân dân tỉnh về quản lý cây xanh;",
        "Chiều: từ 13h30",
        "Buổi sáng: 7h30 - 11h.",
        "Giải pháp về cây giống.",
    ],
)
def test_a_line_that_only_tells_is_no_task(line: str) -> None:
    text = document("KẾ HOẠCH\nPhát triển cây xanh năm 2024", BODY.format(line=line))
    assert [task.text[:14] for _, task in tasks_of(text)] == ["Rà soát quỹ đấ"]


@pytest.mark.parametrize(
    "line",
    [
        "Cụm công nghiệp Đồng Mai: lập quy hoạch chi tiết, quy mô 30 ha.",
        "Công trình thoát nước phường 4: đẩy nhanh tiến độ thi công, trồng lại cây, tổng vốn 12 tỷ đồng.",
        "Dự án sửa nhà văn hóa phường 5 (hoàn thành trong năm 2024, vốn 3 tỷ đồng).",
        "Nhà máy xử lý lá khô: xây dựng mới, công suất 20 tấn/ngày.",
        "Chủ đầu tư: khẩn trương hoàn thiện hồ sơ nghiệm thu vườn ươm.",
        "Sáng: từ 7h30 các tổ tổng vệ sinh công viên.",
        "Giải pháp về cây giống trình trước tháng 9/2024.",
        "Sáng 7h hằng ngày tổ chức quét dọn công viên.",
        "Quyết định số 18/2016/QĐ-UBND: tổ chức rà soát, sửa đổi.",
        "Khi các giống cây được áp dụng cho kết quả tốt, bổ sung vào danh mục cây đô thị.",
        "Vùng đồi: là khu vực dễ cháy, tập trung tuần tra trong mùa khô.",
        "Vùng ven biển: là khu vực nuôi tôm; tập trung trồng rừng chắn sóng.",
        "Quyết định số 18/2016/QĐ-UBND về cây xanh; tham mưu sửa đổi trong tháng 6 năm 2024.",
        "Khi các văn bản được viện dẫn được sửa đổi, giao Sở Tư pháp rà soát, tham mưu.",
        "Mức hỗ trợ mỗi hộ: 500.000 đồng; giao Sở Tài chính thẩm định, cấp kinh phí.",
        "(Các phường) rà soát, thay thế cây già cỗi (theo mẫu kèm theo).",
        "Sở Y tế chủ trì rà soát …… trạm y tế xã trước ngày 30/6/2026.",
        "Đảng Cộng sản Việt Nam các cấp lãnh đạo; Sở Nội vụ tham mưu kế hoạch.",
        "Căn cứ Kế hoạch này chủ động xây dựng kế hoạch cụ thể;",
    ],
)
def test_an_order_about_something_is_a_task(line: str) -> None:
    """About a project with its size, an investor, an hour, a cited document, a place."""
    text = document("KẾ HOẠCH\nPhát triển cây xanh năm 2024", BODY.format(line=line))
    [(_, first), (_, asked)] = tasks_of(text)
    assert first.text.startswith("Rà soát")
    assert line.endswith(asked.text)


def test_the_times_of_an_event_are_its_deadline() -> None:
    body = """I. NHIỆM VỤ
1. Tập huấn trồng cây cho cán bộ phường.
- Thành phần: cán bộ phường.
- Thời gian dự kiến: 7h30 ngày 12/6/2024.
"""
    [(_, task)] = tasks_of(document("KẾ HOẠCH\nPhát triển cây xanh năm 2024", body))
    assert (task.label, str(task.deadline)) == ("1", "2024-06-12")


def test_what_a_review_covers_is_no_task() -> None:
    body = """I. NỘI DUNG, HÌNH THỨC SƠ KẾT
1. Nội dung
1.1. Đánh giá những hạn chế trong trồng cây xanh.
1.2. Kiến nghị, đề xuất giải pháp trồng cây.
II. TỔ CHỨC THỰC HIỆN
1. Sở Xây dựng đánh giá việc trồng cây.
"""
    found = tasks_of(document("KẾ HOẠCH\nSơ kết phát triển cây xanh", body))
    assert [task.text[:11] for _, task in found] == ["Sở Xây dựng"]


def test_a_figure_to_reach_is_no_task() -> None:
    body = """Sở Xây dựng chủ trì thực hiện các nội dung sau:
- Diện tích cây xanh bình quân là 8 m2/người năm 2025.
- Rà soát quỹ đất trồng cây tại các phường.
"""
    found = tasks_of(document("KẾ HOẠCH\nPhát triển cây xanh năm 2024", body))
    assert [task.text[:7] for _, task in found] == ["Rà soát"]


def test_a_basis_drawn_as_a_bullet_is_no_task() -> None:
    body = """*Căn cứ Thông tư số 12/2017/TT-BXD ngày 31 tháng 10 năm 2017 của Bộ trưởng, Chủ nhiệm Văn phòng
Chính phủ hướng dẫn nghiệp vụ về trồng cây;*

**QUYẾT ĐỊNH:**

Điều 1. Giao Sở Xây dựng trồng cây.
"""
    found = tasks_of(document("QUYẾT ĐỊNH\nVề việc trồng cây xanh", body))
    assert [task.label for _, task in found] == ["Điều 1"]


def test_grounds_and_conditions_ask_nothing() -> None:
    text = (
        "UBND TỈNH HÀ GIANG\nSố: 3/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nHỗ trợ khởi nghiệp năm 2024\n"
        "I. NHIỆM VỤ\n1. Việc chọn dự án được xem xét trên cơ sở:\na) Quy hoạch tỉnh đã được phê duyệt;\n"
        "b) Nhu cầu của địa phương.\n2. Điều kiện tham gia:\n- Có dự án khả thi;\n"
        "3. Tổ chức xét chọn trong quý II:\n- Rà soát hồ sơ;\n"
    )
    assert khplans.read(text).tasks.text.tolist() == ["Rà soát hồ sơ;"]


def test_who_holds_a_post_is_no_task_in_a_table_of_posts() -> None:
    text = (
        "UBND TỈNH HÀ GIANG\nSố: 3/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nPhân công công tác năm 2024\n"
        "I. NHIỆM VỤ\nSTT\tVị trí công việc\tNhiệm vụ\tKết quả\n1\tTrưởng phòng\tKiểm tra chất lượng hồ sơ\tBáo cáo quý\n"
        "2\tVăn thư\tXử lý văn bản đến\tSổ theo dõi\n"
    )
    assert khplans.read(text).tasks.text.tolist() == [
        "Kiểm tra chất lượng hồ sơ",
        "Xử lý văn bản đến",
    ]


def test_a_topic_alone_and_what_is_done_in_a_review_are_no_tasks() -> None:
    topics = (
        "I. NHIỆM VỤ\n1. Cây xanh\n* Đối với cây bóng mát\n- Trồng cây bóng mát ở các trường học.\n"
    )
    review = "I. Thực hiện nhiệm vụ công tác tháng 02\n1. Một số công tác trọng tâm\n- Tổ chức hai đoàn thanh tra.\n"
    told = [tasks_of(document("KẾ HOẠCH\nPhát triển cây xanh", body)) for body in (topics, review)]
    assert [[task.text[:9] for _, task in tasks] for tasks in told] == [["Trồng cây"], []]
