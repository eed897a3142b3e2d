"""Names stand alone: what is measured, of whom, without what a sentence says on the way to it."""

from __future__ import annotations

import pytest

import khplans

from .indicator_help import indicators

REPORT = {"heading": "Kết quả thực hiện", "role": "situation", "document_type": "Báo cáo"}

NAMES: list[tuple[str, list[str]]] = [
    (
        "Kết quả cho thấy, tỷ lệ hộ nghèo cuối năm 2023 giảm còn khoảng 5,3%.",
        ["Tỷ lệ hộ nghèo"],
    ),
    ("Theo báo cáo, đến nay doanh thu du lịch đạt 800 tỷ đồng.", ["Doanh thu du lịch"]),
    (
        "Tỷ lệ thừa cân: trẻ dưới 5 tuổi ở mức 9% (khu vực thành phố ở mức 11%); trẻ 5-18 tuổi 19%.",
        [
            "Tỷ lệ thừa cân – trẻ dưới 5 tuổi",
            "Tỷ lệ thừa cân – khu vực thành phố",
            "Tỷ lệ thừa cân – trẻ 5-18 tuổi",
        ],
    ),
    (
        "Tỷ lệ suy dinh dưỡng còn 17% (khu vực miền núi 28%).",
        ["Tỷ lệ suy dinh dưỡng", "Tỷ lệ suy dinh dưỡng – khu vực miền núi"],
    ),
    (
        "Có 204 xã (23%) được công nhận đạt chuẩn nông thôn mới.",
        [
            "Số xã được công nhận đạt chuẩn nông thôn mới",
            "Tỷ lệ xã được công nhận đạt chuẩn nông thôn mới",
        ],
    ),
    (
        "Làm chết 15 người, làm 12 người bị thương.",
        ["Số người chết", "Số người bị thương"],
    ),
    (
        "Lúa đạt 62,8 tạ/ha, sản lượng 1.940 tấn.",
        ["Năng suất lúa", "Sản lượng"],
    ),
    ("Tiết kiệm 10% chi thường xuyên.", ["Tiết kiệm chi thường xuyên"]),
    (
        "Bố trí ít nhất 2% chi ngân sách hằng năm cho thư viện và tăng dần theo nhu cầu.",
        ["Bố trí chi ngân sách hằng năm cho thư viện"],
    ),
    (
        "Hoàn thành việc cắt giảm 40% thời gian xử lý hồ sơ của năm 2024 so với năm 2023.",
        ["Mức giảm thời gian xử lý hồ sơ"],
    ),
    (
        "Có ít nhất 40% đề tài được công nhận và áp dụng vào sản xuất vào năm 2030.",
        ["Tỷ lệ đề tài được công nhận và áp dụng vào sản xuất"],
    ),
    (
        "Nâng công suất một số dự án nước sạch hiện có lên thêm khoảng 400 tấn.",
        ["Công suất một số dự án nước sạch hiện có"],
    ),
    (
        "Tỷ trọng nghề cá năm 2020 chiếm khoảng 5%, đến năm 2025 chiếm khoảng 8% trong cơ cấu toàn ngành.",
        ["Tỷ trọng nghề cá"] * 2,
    ),
    ("Sản lượng tôm sú đạt 2.800 tấn từ năm 2010 trở đi.", ["Sản lượng tôm sú"]),
    ("Bổ sung 84 tỷ đồng vốn đầu tư công từ nguồn tăng thu.", ["Bổ sung vốn đầu tư công"]),
    (
        "Trường hợp cần thiết, điều chỉnh bội chi ngân sách lên mức 4% GDP để huy động nguồn lực.",
        ["Bội chi ngân sách so với GDP"],
    ),
    (
        "Sản lượng cá đã tăng so với năm 2023, ước đạt trên 39 nghìn tấn.",
        ["Sản lượng cá"],
    ),
    # Where those come who are counted names no other quantity.
    (
        "Có 62 lượt người đến trụ sở tiếp công dân, giảm 40% so với tháng trước.",
        ["Số lượt người"] * 2,
    ),
    # On what somebody may decide.
    ("Phê duyệt các dự án dùng ngân sách tỉnh dưới 07 tỷ đồng sau khi có chủ trương.", []),
    # What they earn tells which households are counted.
    (
        "Đến nay có 50 hộ trồng cam có thu nhập trên 300 triệu đồng/năm.",
        ["Số hộ trồng cam có thu nhập trên 300 triệu đồng/năm"],
    ),
    (
        "Thực hiện thành công tối thiểu 12 thương vụ mua bán với đối tác nước ngoài.",
        ["Số thương vụ mua bán với đối tác nước ngoài"],
    ),
    (
        "Ước tính tháng 3, đàn trâu giảm 2%; đàn bò tăng 3,6%.",
        ["Đàn trâu", "Đàn bò"],
    ),
]


@pytest.mark.parametrize(("sentence", "names"), NAMES)
def test_names(sentence: str, names: list[str]) -> None:
    assert [found.name for _, found in indicators(sentence, **REPORT)] == names


def test_items_take_the_quantity_of_the_line_that_leads_them_in() -> None:
    found = indicators(
        "- Tỷ lệ hộ nghèo đến năm 2025:", "+ Khu vực thành thị: 1,2%;", "+ Khu vực nông thôn: 4,5%."
    )
    assert [one.name for _, one in found] == [
        "Tỷ lệ hộ nghèo – khu vực thành thị",
        "Tỷ lệ hộ nghèo – khu vực nông thôn",
    ]


def test_a_number_that_no_words_name_has_the_name_of_its_clause() -> None:
    words = (
        "Khoa học góp phần quan trọng xây dựng giá trị văn hoá, xã hội, con người Việt Nam, đóng góp vào "
        "chỉ số phát triển con người (HDI) duy trì trên 0,7."
    )
    found = khplans.read(words).indicators
    assert found.name.tolist() == ["Đóng góp vào chỉ số phát triển con người (HDI) duy trì"]


def test_a_quantity_alone_is_that_of_what_stands_before() -> None:
    found = indicators(
        "- Sản lượng xi măng: đạt 500 tấn/năm vào năm 2025, 800 tấn/năm vào năm 2030;",
        "- Khu dân cư Hòa An: khoảng 120 tỷ đồng, diện tích 19,5 ha;",
        "- Xây dựng mới 03 nhà máy chế biến gỗ, mỗi nhà máy công suất khoảng 2.000 tấn/năm tại miền Trung.",
    )
    assert [(words, i.name) for words, i in found] == [
        ("500 tấn/năm", "Sản lượng xi măng"),
        ("800 tấn/năm", "Sản lượng xi măng"),
        ("khoảng 120 tỷ đồng", "Kinh phí khu dân cư Hòa An"),
        ("19,5 ha", "Diện tích khu dân cư Hòa An"),
        ("03 nhà máy", "Số nhà máy chế biến gỗ"),
        ("khoảng 2.000 tấn/năm", "Công suất nhà máy chế biến gỗ"),
    ]


def test_more_that_existing_works_are_to_make_is_a_target() -> None:
    found = indicators(
        "- Mở rộng các nhà máy lớn hiện có để tăng thêm sản lượng 50.000 tấn/năm.",
        today="2024-01-15",
    )
    assert [i.kind for _, i in found] == ["target"]


def test_a_name_begins_with_its_quantity() -> None:
    found = indicators(
        "- Từ năm 2026 trở đi, tỷ lệ hồ sơ đúng hạn đạt 98%.",
        "- Gà lông màu có tỷ lệ nuôi sống đạt 96%.",
        "- Số luật sư là 400 người năm 2025; năm 2030 số lượng này là 900 người.",
        "- Tập huấn kỹ năng số cho tối thiểu 20% cán bộ xã.",
        "- Giữ nghiêm kỷ luật, giảm số lượng dự án tối thiểu 30%.",
        "- Dự án cầu Phú An (350 tỷ đồng).",
        "- Dự án khu dân cư Hòa An, thị trấn Hòa An, diện tích 20 ha.",
        "- Tổng trọng số các tiêu chí bằng 100%.",
        "- Điều kiện xếp loại xuất sắc: hoàn thành 100% nhiệm vụ.",
    )
    assert [i.name for _, i in found] == [
        "Tỷ lệ hồ sơ đúng hạn",
        "Tỷ lệ nuôi sống của gà lông màu",
        "Số luật sư",
        "Số luật sư",
        "Tỷ lệ cán bộ xã được tập huấn kỹ năng số",
        "Giảm số lượng dự án",
        "Kinh phí dự án cầu Phú An",
        "Diện tích dự án khu dân cư Hòa An, thị trấn Hòa An",
    ]
