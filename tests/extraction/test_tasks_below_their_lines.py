"""Lines about a task in the forms that plans have them: names below a colon, the task in a line `Nội dung`."""

from __future__ import annotations

from .task_help import document, tasks_of, told

BODY = """I. NHIỆM VỤ
1. Tuyên truyền
a) Nội dung: Tuyên truyền về cây xanh
b) Cơ quan chủ trì: Sở Xây dựng
c) Cơ quan phối hợp:
- Sở Y tế;
- Sở Nội vụ.
d) Thời gian triển khai: Quý II/2024
đ) Tổng kinh phí: 500 triệu đồng.
2. Bồi dưỡng nghiệp vụ
- Cơ quan phối hợp:
Sở Tài chính; - Sở Nội vụ
- Kinh phí dự kiến: 20 triệu đồng.
Ii. Tổ chức thực hiện
1. Các sở, ngành tham mưu giúp UBND tỉnh: theo dõi việc trồng cây.
"""


def test_names_below_the_colon_and_the_task_in_its_line() -> None:
    text = document("KẾ HOẠCH\nPhát triển cây xanh năm 2024", BODY)
    assert [told(*found) for found in tasks_of(text)] == [
        "I/1|a)|Nội dung: Tuyên truyền => [Sở Xây dựng] / [Sở Y tế], [Sở Nội vụ] / 2024-06-30 /  / ",
        "I|2|Bồi dưỡng nghiệp vụ =>  / [Sở Tài chính], [Sở Nội vụ] /  /  / ",
        "II|1|theo dõi việc trồng => [Các sở, ngành] /  /  /  / ",
    ]
