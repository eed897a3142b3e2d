"""Periods, kinds, changes, parents, names, measures and doubts of indicators."""

from __future__ import annotations

import pytest

from khplans.knowledge.measures import measures

from .indicator_help import indicators


def field(name: str, *lines: str, **setting: str) -> list[object]:
    return [getattr(found, name) for _, found in indicators(*lines, **setting)]


@pytest.mark.parametrize(
    ("line", "periods"),
    [
        ("Tỷ lệ đô thị hóa đạt 45%.", ["2024"]),
        ("Đến năm 2030, tỷ lệ đô thị hóa đạt 45%.", ["2030"]),
        ("Phấn đấu tỷ lệ lấp đầy các khu công nghiệp lên 70% vào năm 2030.", ["2030"]),
        ("Giai đoạn 2021-2025, GRDP tăng bình quân 8%/năm.", ["2021/2025"]),
        ("Thu ngân sách nhà nước tăng 10% so với năm 2023.", ["2024"]),
        ("Quy mô GRDP tăng 4 lần so với năm 2020 (giá hiện hành).", ["2024"]),
        ("Tỷ lệ hộ nghèo (theo chuẩn nghèo đa chiều giai đoạn 2022-2025) còn 3%.", ["2024"]),
        ("Thực hiện Chiến lược phát triển du lịch đến năm 2030, đón 3 triệu lượt khách.", ["2024"]),
        ("Đến năm 2025 đạt 80%, đến năm 2030 đạt 100% hộ dân dùng nước sạch.", ["2025", "2030"]),
        ("Tỷ lệ xã có bác sĩ đạt 90% năm 2025 và 95% năm 2030.", ["2025", "2030"]),
        ("6 tháng đầu năm 2023, GRDP tăng 3,65%.", ["2023-01-01/2023-06-30"]),
        ("Trong 9 tháng đầu năm 2023, GRDP giảm 2%. Song, dịch vụ tăng 3%.", ["2023-01-01/2023-09-30"] * 2),
        ("Đến hết Quý III năm 2024 giải ngân đạt tối thiểu 60% kế hoạch.", ["2024-09-30"]),
        ("Phấn đấu đến cuối tháng 9 năm 2024 đạt tỷ lệ 100% dân số được tiêm.", ["2024-09-30"]),
        ("Tính đến ngày 29/9/2023, toàn tỉnh có 7.750 ca F0.", ["2023-09-29"]),
        ("Từ 830 ca ghi nhận trong tuần từ ngày 18 - 24/8/2023 giảm xuống còn 187 ca ghi nhận trong tuần từ ngày 22 - 28/9/2023.",
         ["2023-08-18/2023-08-24", "2023-09-22/2023-09-28"]),
        ("Tỷ lệ số xã đạt tiêu chuẩn nông thôn mới trên 50% vào năm 2026.", ["2026"]),
        ("Tỷ lệ che phủ rừng đạt 45%, định hướng đến năm 2050 đạt 50%.", ["2024", "2050"]),
        ("Từ đầu năm đến nay, GRDP tăng 8%; cả năm phấn đấu tăng 9%.", ["2024", "2024"]),
        ("Năm học 2023-2024, tỷ lệ học sinh tốt nghiệp đạt 99%.", ["2023/2024"]),
        ("Theo Nghị quyết số 15-NQ/TU ngày 30/9/2021, tỷ lệ che phủ rừng đạt 45%.", ["2024"]),
    ],
)  # fmt: skip
def test_period(line: str, periods: list[str]) -> None:
    assert field("period", line) == periods


def test_period_of_heading_lead_in_and_title() -> None:
    line = "Tỷ lệ che phủ rừng đạt 45%."
    assert field("period", line, heading="Mục tiêu đến năm 2030, tầm nhìn đến năm 2045") == ["2030"]
    assert field("period", "- Đến năm 2025:", f"+ {line}", "- Đến năm 2035:", f"+ {line}") == ["2025", "2035"]  # fmt: skip
    assert field("period", line, title="Chương trình giải quyết việc làm năm 2026") == ["2026"]
    assert field("period", line, title="Nhiệm vụ trọng tâm tháng 5 năm 2024") == ["2024"]
    assert field("period", line, title="Kế hoạch giảm nghèo giai đoạn 2026-2030") == ["2026/2030"]
    carried_out = "Kế hoạch thực hiện Chiến lược phát triển thủy sản đến năm 2030"
    assert field("period", line, title=carried_out) == ["2024"]


def test_a_time_is_handed_on_in_running_text_but_not_between_bullets() -> None:
    first, second = "Năm 2022, GRDP tăng 9%.", "Thu ngân sách đạt 15.000 tỷ đồng."
    assert field("period", first, second, role="situation") == ["2022", "2022"]
    assert field("period", f"- {first}", f"- {second}", role="situation") == ["2022", "2024"]


@pytest.mark.parametrize(
    ("line", "role", "kind"),
    [
        ("Thu ngân sách đạt 16.687 tỷ đồng.", "objective", "target"),
        ("Thu ngân sách đạt 16.687 tỷ đồng.", "situation", "actual"),
        ("Thu ngân sách ước đạt 16.687 tỷ đồng.", "objective", "estimate"),
        ("Dự báo GRDP giảm 8,59%.", "situation", "forecast"),
        ("Dự kiến cả năm GRDP tăng 5%.", "situation", "forecast"),
        ("Dự kiến đến năm 2030 thu 9.000 tỷ đồng.", "objective", "target"),
        ("Theo quy ước của thôn, 90% số hộ tham gia.", "situation", "actual"),
        ("Năm 2023 thu ngân sách đạt 15.000 tỷ đồng.", "objective", "actual"),
        ("Phấn đấu thu ngân sách tăng 10% so với năm 2023.", "task", "target"),
        ("Thu ngân sách tăng 10% so với cùng kỳ.", "other", "actual"),
        ("Tỷ lệ hộ nghèo năm 2030 còn 1%.", "situation", "target"),
        ("Tỷ lệ hộ nghèo đã giảm còn 4,5%; phấn đấu năm sau còn 3%.", "situation", "actual"),
        ("Thống nhất đánh giá trong năm có 15/20 chỉ tiêu đạt và vượt.", "other", "actual"),
    ],
)
def test_kind(line: str, role: str, kind: str) -> None:
    assert field("kind", line, role=role)[0] == kind


@pytest.mark.parametrize(
    ("line", "changes", "units"),
    [
        ("Tốc độ tăng trưởng GRDP đạt 8%.", ["increase"], ["percent"]),
        ("GRDP tăng 8%, trong đó nông nghiệp 3%, công nghiệp 12%.", ["increase"] * 3, ["percent"] * 3),
        ("Tỷ lệ hộ nghèo giảm xuống dưới 10%.", ["level"], ["percent"]),
        ("Mức giảm tỷ lệ hộ nghèo đạt 0,48%.", ["decrease"], ["percentage_point"]),
        ("Tỷ lệ hộ nghèo mỗi năm giảm 4 - 5%.", ["decrease"], ["percentage_point_per_year"]),
        ("Số lao động có việc làm tăng thêm trong năm khoảng 11.500 người.", ["increase"], ["person"]),
        ("Thu nhập bình quân đầu người gấp 1,75 lần trung bình cả nước.", ["level"], ["times"]),
        ("Nâng tỷ lệ lao động qua đào tạo lên 70%.", ["level"], ["percent"]),
        ("Tỷ lệ giảm lượng rác thải nhựa đạt 8%.", ["decrease"], ["percent"]),
    ],
)  # fmt: skip
def test_change_and_unit(line: str, changes: list[str], units: list[str]) -> None:
    assert field("change", line) == changes
    assert field("unit", line) == units


def test_parts_of_a_whole() -> None:
    line = (
        "Thu ngân sách nhà nước đạt 16.687 tỷ đồng, tăng 5%, trong đó thu từ hoạt động xuất nhập "
        "khẩu đạt 2.087 tỷ đồng, thu nội địa đạt 14.600 tỷ đồng; chi ngân sách 15.000 tỷ đồng."
    )
    assert field("parent", line) == [None, None, 0, 0, None]
    assert field("name", line)[3] == "Thu ngân sách nhà nước – thu nội địa"
    assert field("parent", "Đạt 40 giường bệnh/vạn dân (trong đó 34 giường bệnh công lập/vạn dân); 14 bác sĩ/vạn dân.") == [None, 0, None]  # fmt: skip
    assert field("parent", "GRDP tăng 4 lần, trong đó: nông nghiệp chiếm 7%; công nghiệp chiếm 36%. Tỷ lệ đô thị hóa 70%.") == [None, 0, 0, None]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "names", "ids"),
    [
        ("Tỷ lệ che phủ rừng đạt 45,49%.", ["Tỷ lệ che phủ rừng"], ["forest-cover"]),
        ("Khu vực xây dựng tăng 1,17%.", ["Tăng trưởng khu vực xây dựng"], ["construction-growth"]),
        ("100% dân số được tiêm vắc xin.", ["Tỷ lệ dân số được tiêm vắc xin"], ["vaccination-rate"]),
        ("Thu nhập bình quân đầu người phấn đấu gấp 2 lần.", ["Thu nhập bình quân đầu người"], ["income-multiple"]),
        ("Tổng vốn đầu tư toàn xã hội đạt 80.569 tỷ đồng, tăng 13% so với năm 2023.",
         ["Tổng vốn đầu tư toàn xã hội"] * 2, ["social-investment", "social-investment-growth"]),
        ("Tổng thu ngân sách địa phương đạt 51,44% dự toán.",
         ["Tổng thu ngân sách địa phương so với dự toán"], ["state-budget-revenue-plan"]),
        ("Toàn tỉnh có thêm 03 xã đạt chuẩn nông thôn mới, nâng số xã đạt chuẩn nông thôn mới lên 68/92 xã (tỷ lệ 73,9%).",
         ["Số xã đạt chuẩn nông thôn mới tăng thêm", "Số xã đạt chuẩn nông thôn mới", "Tỷ lệ xã đạt chuẩn nông thôn mới"],
         ["communes-new-rural", "communes-new-rural", "communes-new-rural-rate"]),
        ("Tỷ trọng công nghiệp chiếm 45%, dịch vụ chiếm 40%.",
         ["Tỷ trọng công nghiệp", "Tỷ trọng dịch vụ"], [None, "services-share"]),
        ("100% hộ ở thành thị và 85% hộ ở nông thôn được sử dụng nước sạch.",
         ["Tỷ lệ hộ ở thành thị được sử dụng nước sạch", "Tỷ lệ hộ ở nông thôn được sử dụng nước sạch"],
         ["clean-water-urban", "clean-water-rural"]),
        ("Tỷ lệ dân số tiêm vắc xin mũi 1 là 85%, mũi 2 là 9%.",
         ["Tỷ lệ dân số tiêm vắc xin mũi 1", "Tỷ lệ dân số tiêm vắc xin mũi 2"], ["vaccination-rate"] * 2),
    ],
)  # fmt: skip
def test_name_and_measure(line: str, names: list[str], ids: list[str | None]) -> None:
    assert field("name", line) == names
    assert field("measure", line) == ids


def test_doubts() -> None:
    def codes(line: str) -> list[list[str]]:
        return [[doubt.code for doubt in found.doubts] for _, found in indicators(line)]

    [(quote, found)] = indicators("GRDP tăng bình quân khoảng 8 3%/năm.")
    assert (quote, found.value) == ("khoảng 8 3%/năm", 8.3)
    assert [doubt.code for doubt in found.doubts] == ["number-looks-misread"]
    assert codes("Tỷ lệ che phủ rừng đạt 455%.") == [["number-looks-misread"]]
    assert codes("Chỉ số hạnh phúc nội tại đạt 7 điểm.") == [["measure-unknown"]]


def test_measures_are_many_and_sound() -> None:
    assert len(measures()) >= 120
    assert all(
        measure.name and measure.name_en and measure.theme for measure in measures().values()
    )


@pytest.mark.parametrize(
    ("document_type", "role", "kinds"),
    [
        ("Kế hoạch", "", ["target"]),
        ("Nghị quyết", "", ["target"]),
        ("Báo cáo", "", ["actual"]),
        ("Kế hoạch", "situation", ["actual"]),
    ],
)
def test_a_plan_sets_targets_and_a_report_tells_results(
    document_type: str, role: str, kinds: list[str]
) -> None:
    line = "Tỷ lệ giải quyết tin báo, tố giác tội phạm đạt 90% trở lên."
    assert field("kind", line, document_type=document_type, role=role, heading="Nội dung") == kinds


def test_the_months_of_a_report_are_told_in_its_title() -> None:
    title = "Tình hình kinh tế - xã hội 6 tháng đầu năm 2023"
    line = "Giải ngân vốn đầu tư công đạt 26%."
    told = field("period", line, title=title, document_type="Báo cáo", role="situation", today="2023-06-26")  # fmt: skip
    assert told == ["2023-01-01/2023-06-30"]


def test_quarters_of_a_plan_for_the_coming_year() -> None:
    title = "Kế hoạch phát triển kinh tế - xã hội năm 2025"
    line = "Sản lượng lúa cả năm đạt 58.000 tấn."
    assert field("period", line, title=title, today="2024-12-20") == ["2025"]


@pytest.mark.parametrize(
    ("lead", "kinds"),
    [
        ("Đề nghị các địa phương phấn đấu đạt các chỉ tiêu sau:", ["target"]),
        ("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:", ["target"]),
        ("Kết quả thực hiện các chỉ tiêu như sau:", ["actual"]),
    ],
)
def test_a_lead_in_tells_whether_a_letter_aims(lead: str, kinds: list[str]) -> None:
    line = "- Tỷ lệ dân số tham gia bảo hiểm y tế: 93,2%;"
    assert field("kind", lead, line, document_type="Công văn", role="other") == kinds
