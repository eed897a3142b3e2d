"""Indicators of texts that report: counts, falls told twice, times behind a list, odd spellings."""

from __future__ import annotations

from typing import Any

import pytest

from khplans.extraction.indicators.times import find_periods

from .indicator_help import indicators

REPORT = {"heading": "Kết quả thực hiện", "role": "situation", "document_type": "Báo cáo"}

COUNTS: list[tuple[str, list[tuple[str, float, str]]]] = [
    ("Trong tháng xảy ra 3 vụ cháy rừng, thiệt hại 12,4 ha.", [("3", 3, "accident"), ("12,4", 12.4, "hectare")]),
    ("Công nhận 7 trường đạt chuẩn, gồm 4 trường mầm non, 3 trường tiểu học.", [("7", 7, "school"), ("4", 4, "school"), ("3", 3, "school")]),
    ("Trong đó, 16 trường mầm non; 9 trường tiểu học.", [("16", 16, "school"), ("9", 9, "school")]),
    ("Toàn tỉnh còn 14 dự án vướng mắc.", [("14", 14, "project")]),
    ("Đã gỡ vướng cho 21/34 dự án.", [("21/34", 21, "project")]),
    ("Trồng được 431 ha rừng phòng hộ, 62 ha rừng đặc dụng.", [("431", 431, "hectare"), ("62", 62, "hectare")]),
    ("Thu ngân sách đạt 31.250/28.400 tỷ đồng.", [("31.250/28.400", 31250, "billion_vnd")]),
    ("Kết nạp 2.150/1.900 đảng viên.", [("2.150/1.900", 2150, "party_member")]),
    ("Diện tích khoai lang 1.204,5 ha/1.150 ha kế hoạch.", [("1.204,5", 1204.5, "hectare")]),
    ("Đàn gia cầm có 3 triệu 140 nghìn con.", [("3 triệu", 3_140_000, "animal")]),
    ("Giải thể 5 HTX, còn 2 LH HTX hoạt động.", [("5", 5, "cooperative"), ("2", 2, "cooperative_union")]),
    ("Tuyển sinh 900 người (trung cấp 300 người, sơ cấp 600 người).", [("900", 900, "person"), ("300", 300, "person"), ("600", 600, "person")]),
    ("Đã cấp 1,5 triệu thẻ căn cước.", [("1,5 triệu thẻ", 1_500_000, "the")]),
    ("Chính phủ điện tử xếp 71/193 quốc gia.", [("71/193", 71, "rank")]),
    ("Có 45 liên hiệp hợp tác xã với 6.200 thành viên.", [("45", 45, "cooperative_union"), ("6.200", 6200, "member")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), COUNTS)
def test_reports_count_things(sentence: str, wanted: list[tuple[str, float, str]]) -> None:
    found = indicators(sentence, **REPORT)
    assert [(one.value, one.unit) for _, one in found] == [(v, u) for _, v, u in wanted]
    assert all(start in quote for (quote, _), (start, _, _) in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "Trong số 24 chỉ tiêu có nhiều chỉ tiêu đạt khá.",
        "Tổ chức 03 lớp tập huấn cho 150 học viên.",
        "Trong tổng số 18 dự án có dự án đã xong.",
        "Nghỉ lễ ngày 2/9 so với năm trước.",
        "Trực 24/24 giờ tại các chốt.",
        "Không còn xã dưới 15 tiêu chí.",
    ],
)
def test_mentions_are_not_counts(sentence: str) -> None:
    assert indicators(sentence, **REPORT) == []


FIELDS: list[tuple[str, str, dict[str, Any]]] = [
    ("Tai nạn giao thông giảm 48 vụ (7,15%).", "7,15%", {"change": "decrease"}),
    ("Chỉ số tiêu thụ tăng lần lượt 4,1% và 9,6%.", "9,6%", {"change": "increase"}),
    ("Giá tiêu dùng tăng nhẹ 0,12%.", "tăng nhẹ 0,12%", {"change": "increase"}),
    ("Số vụ giảm mạnh 35%.", "giảm mạnh 35%", {"change": "decrease"}),
    ("Chi phí giảm 1/3 so với năm trước.", "giảm 1/3", {"value": 1, "denominator": 3, "unit": "part", "change": "decrease"}),
    ("Quy mô kinh tế đạt khoảng trên 90 tỉ đô la Mỹ.", "khoảng trên 90 tỉ đô la Mỹ", {"comparator": ">~", "unit": "billion_usd"}),
    ("Thu ngân sách vượt 15.000 tỷ đồng.", "15.000 tỷ đồng", {"comparator": ">"}),
    ("Thu ngân sách vượt 150 tỷ đồng so với dự toán.", "150 tỷ đồng", {"comparator": "="}),
    ("Tỷ lệ mắc giảm xuống đưới 6%.", "đưới 6%", {"comparator": "<"}),
    ("Tỷ suất sinh 15,2%0.", "15,2%0", {"unit": "per_1000"}),
    ("Sản xuất điện tăng1,75%.", "tăng1,75%", {"change": "increase"}),
    ("Lượng muối tiêu thụ giảm xuống dưới 8 gam/ngày.", "dưới 8 gam/ngày", {"unit": "gram_per_day"}),
    ("Xuất khẩu ước đạt 3,2 tỷ USD, vượt chỉ tiêu 2,9 tỷ USD.", "2,9 tỷ USD", {"kind": "target"}),
    ("Giá trị thực hiện đạt 50%.", "50%", {"kind": "actual"}),
    ("Xuất khẩu đạt 2 tỷ USD, tăng 29% và hoàn thành 60% mục tiêu.", "60%", {"change": "level"}),
    ("Giảm tỷ lệ lao động nông nghiệp xuống còn 48%, đạt 100% Nghị quyết.", "100%", {"change": "level", "unit": "percent"}),
    ("Tỷ lệ đạt 56%, vượt chỉ tiêu 1%.", "1%", {"kind": "actual"}),
    ("Số thành viên tăng 243 người (khoảng 4%).", "khoảng 4%", {"change": "increase"}),
    ("Nếu dịch được khống chế kịp thời, tăng trưởng ngành dịch vụ ước đạt 5,4%.", "5,4%", {"change": "increase", "name": "Tăng trưởng ngành dịch vụ"}),
    ("Tỷ lệ dân số dùng nước đạt QCVN 01: 2018/BYT đạt 56% (tăng 2,9%).", "tăng 2,9%", {"unit": "percentage_point"}),
    ("Tỷ lệ hộ dùng nước sạch đạt 38%, tăng thêm 15% trong 5 năm, mỗi năm tăng 3%.", "tăng 3%", {"name": "Tỷ lệ hộ dùng nước sạch"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "fields"), FIELDS)
def test_fields(sentence: str, quote: str, fields: dict[str, Any]) -> None:
    found = dict(indicators(sentence, **REPORT))
    assert {name: getattr(found[quote], name) for name in fields} == fields


def test_a_plan_that_carries_something_out_sets_targets() -> None:
    ((_, found),) = indicators("Tỷ lệ xã do trạm y tế thực hiện đạt 50% vào năm 2025.")
    assert found.kind == "target"


TIMES: list[tuple[str, list[str | None]]] = [
    ("Tỷ lệ đạt 60% ở thành thị và 40% ở nông thôn vào năm 2025.", ["2025", "2025"]),
    ("Tỷ lệ thấp còi dưới 17% (miền núi dưới 28%) vào năm 2025 và dưới 15% (miền núi dưới 23%) vào năm 2030.", ["2025", "2025", "2030", "2030"]),
    ("Tổng đàn lợn tại thời điểm 1/4/2023 là 79.000 con; sản lượng thịt 7.700 tấn.", ["2023-04-01", "2024"]),
    ("Tỷ lệ hộ nghèo giảm 2,5%, từ 11,6% năm 2022 xuống còn 9,1% năm 2023.", ["2024", "2022", "2023"]),
    ("Trong năm học 2022-2023 có 41 trường đạt chuẩn. Trong đó, 18 trường mầm non.", ["2022/2023", "2022/2023"]),
    ("Riêng tháng 6/2023 xảy ra 19 vụ. So với tháng cùng kỳ năm 2022, tăng 14 vụ.", ["2023-06-01/2023-06-30", "2023-06-01/2023-06-30"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "periods"), TIMES)
def test_times(sentence: str, periods: list[str | None]) -> None:
    assert [found.period for _, found in indicators(sentence, **REPORT)] == periods


def test_the_days_in_brackets_say_which_months_are_meant() -> None:
    text = "6 tháng đầu năm 2021 (tính từ ngày 15/12/2020 đến ngày 14/6/2021), xảy ra 63 vụ"
    assert [period.value for period in find_periods(text, 2021)] == ["2020-12-15/2021-06-14"]


def test_a_paragraph_without_numbers_sets_the_time_of_the_next() -> None:
    lines = ("6 tháng đầu năm 2023, sản xuất ổn định.", "Diện tích lúa đạt 7.570 ha.")
    ((_, found),) = indicators(*lines, **REPORT, today="2024-01-10")
    assert found.period == "2023-01-01/2023-06-30"


def test_until_now_is_the_day_of_the_document() -> None:
    ((_, found),) = indicators("Đến nay đã xử lý 12/15 dự án.", **REPORT, today="2024-03-09")
    assert found.period == "2024-03-09"


def test_a_term_that_has_begun_is_no_target_in_a_report() -> None:
    ((_, found),) = indicators("Trong giai đoạn 2021 - 2025 đạt 8.200 tỷ đồng.", **REPORT)
    assert (found.kind, found.period) == ("actual", "2021/2025")


def test_a_sentence_of_a_time_and_a_number_goes_on_with_the_quantity_before() -> None:
    found = indicators(
        "Tốc độ tăng năng suất năm 2022 là 7,7%/năm. Năm 2023 là 5,3%/năm.", **REPORT
    )
    assert [(one.name, one.change, one.period) for _, one in found] == [
        ("Tốc độ tăng năng suất", "increase", "2022"),
        ("Tốc độ tăng năng suất", "increase", "2023"),
    ]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Phấn đấu thành lập mới 15 HTX.", 15),
        ("Phấn đấu đến năm 2030, có ít nhất 05 dự án công nghệ số được triển khai.", 5),
    ],
)
def test_small_counts_that_a_duty_strives_for(sentence: str, value: int) -> None:
    ((_, found),) = indicators(sentence, heading="Nhiệm vụ, giải pháp", role="task")
    assert (found.value, found.kind) == (value, "target")


@pytest.mark.parametrize(
    "sentence",
    [
        "Lãi suất cho vay bằng 7,2%/năm; lãi suất nợ quá hạn bằng 130% lãi suất khi cho vay.",
        "Dự án có vốn trên 80 tỷ đồng phải trình Hội đồng nhân dân tỉnh.",
        "Doanh nghiệp có vốn từ 15 tỷ đồng trở lên được hưởng ưu đãi.",
        "Nhà văn hóa có diện tích tối thiểu 90 m2.",
        "Hộ nghèo là hộ có thu nhập bình quân từ 1.500.000 đồng/tháng trở xuống.",
        "Ngân sách tỉnh hỗ trợ 50%, ngân sách huyện 30%, nhân dân 20%.",
        "Các xã có số dân dưới 4.000 người được bố trí 01 cán bộ.",
        "Thửa đất có diện tích dưới 300 m2 không được tách thửa.",
    ],
)
def test_rules_and_norms_measure_nothing(sentence: str) -> None:
    assert indicators(sentence, heading="Quy định", role="other", document_type="Quyết định") == []


def test_a_resolution_tells_of_the_year_gone_by() -> None:
    lines = "Trong năm qua, kinh tế ổn định; thu ngân sách đạt 900 tỷ đồng; giải ngân mới đạt 45%."
    found = indicators(lines, heading="Điều 1", role="other", document_type="Nghị quyết")
    assert [one.kind for _, one in found] == ["actual", "actual"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Tốc độ tăng trưởng đạt 7,1%.", "Tốc độ tăng trưởng"),
        ("Tốc độ tăng bình quân 5%/năm.", "Tốc độ tăng"),
        ("Tỷ lệ đô thị hóa mới đạt 22%.", "Tỷ lệ đô thị hóa"),
        ("Số doanh nghiệp thành lập mới đạt 220 doanh nghiệp.", "Số doanh nghiệp thành lập mới"),
    ],
)
def test_rates_keep_their_name(sentence: str, name: str) -> None:
    ((_, found),) = indicators(sentence, **REPORT)
    assert found.name == name
