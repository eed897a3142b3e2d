"""Indicators in tables: a name, a unit, a column for each year."""

from __future__ import annotations

from datetime import date

from khplans.extraction.indicators import find_indicators
from khplans.linking.measures import with_measures
from khplans.model import Block, Cell, ColumnRole, Document, Indicator
from khplans.text.passage import Passage, Span, read_passage


def table(headers: list[tuple[str, ColumnRole]], *rows: str) -> list[tuple[str, Indicator]]:
    source = "\n".join(rows)
    blocks: list[Block] = []
    at = 0
    for row in rows:
        cells, start = [], at
        for (header, role), words in zip(headers, row.split("|"), strict=True):
            span = Span(start, start + len(words))
            text = read_passage(source, [span]) if words.strip() else Passage("")
            cells.append(Cell(role, header, text))
            start += len(words) + 1
        first = next(cell.text for cell in cells if len(cell.text) > 3)
        blocks.append(Block("row", first, Span(at, at + len(row)), None, None, tuple(cells)))
        at += len(row) + 1
    made = Document("d", "p", Span(0, len(source)), tuple(blocks), (), date=date(2024, 12, 20), document_type="Kế hoạch")  # fmt: skip
    return [(found.span.of(source), found) for found in with_measures(find_indicators(made))]


HEADERS: list[tuple[str, ColumnRole]] = [
    ("TT", "label"), ("Chỉ tiêu", "name"), ("Đơn vị tính", "unit"),
    ("Thực hiện 2023", "value"), ("Ước thực hiện năm 2024", "value"), ("Kế hoạch năm 2025", "value"),
]  # fmt: skip


def test_cells_with_an_aim_and_a_bound_and_units_that_the_row_s_name_ends_with() -> None:
    columns: list[tuple[str, ColumnRole]] = [
        ("TT", "label"), ("Chỉ tiêu", "name"), ("Mục tiêu giai đoạn 2026 - 2030", "value"), ("Cơ quan chủ trì", "lead"),
    ]  # fmt: skip
    found = table(
        columns,
        "1|Tốc độ tăng năng suất lao động/năm (%)|Phấn đấu ≥ 8,5|Sở Nội vụ",
        "2|Dư nợ của chính quyền so với GRDP (%)|Không quá 20|Sở Tài chính",
        "3|Tốc độ tăng chỉ số sản xuất bình quân hằng năm (IIP) (%)|11 - 12|Sở Công Thương",
        "4|Hệ số ICOR|không vượt quá 4,5|Sở Tài chính",
        "5|Mức giảm tổn thất điện/năm|0,1 - 0,2 điểm%|Sở Công Thương",
        "6|Sản lượng gạo/năm (nghìn tấn)|tối đa 200|Sở Nông nghiệp và Môi trường",
        "7|Vốn|Theo Điều 9|Sở Tài chính",
    )
    assert [(words, i.value, i.unit, i.comparator) for words, i in found] == [
        ("≥ 8,5", 8.5, "percent_per_year", ">="),
        ("Không quá 20", 20, "percent", "<="),
        ("11 - 12", 11, "percent_per_year", "="),
        ("không vượt quá 4,5", 4.5, "index", "<="),
        ("0,1 - 0,2 điểm%", 0.1, "percentage_point", "="),
        ("tối đa 200", 200000, "tonne_per_year", "<="),
    ]


def test_a_column_for_each_year() -> None:
    found = table(
        HEADERS,
        "1|Tốc độ tăng trưởng GRDP|%|7,5|8,1|8 - 8,5",
        "2|Thu ngân sách nhà nước|Tỷ đồng|15.312|16.687|≥ 18.000",
        "|- Thu nội địa|Tỷ đồng|13.000|14.600|15.900",
        "3|GRDP bình quân đầu người|Triệu đồng/người|88,5|96,25|105",
        "4|Số xã đạt chuẩn nông thôn mới|xã|65/92|68/92|",
        "5|Sản lượng thủy sản|1.000 tấn|95|98|101",
    )
    values = [i.value for _, i in found]
    assert values == [7.5, 8.1, 8.0, 15312, 16687, 18000, 13000, 14600, 15900, 88.5, 96.25, 105, 65, 68, 95000, 98000, 101000]  # fmt: skip
    assert [(i.kind, i.period) for _, i in found[:3]] == [("actual", "2023"), ("estimate", "2024"), ("target", "2025")]  # fmt: skip
    growth = found[2][1]
    assert (growth.value_high, growth.unit, growth.change, growth.measure) == (8.5, "percent", "increase", "grdp-growth")  # fmt: skip
    assert found[5][0] == "≥ 18.000"
    assert (found[5][1].comparator, found[5][1].unit) == (">=", "billion_vnd")
    assert found[6][1].name == "Thu ngân sách nhà nước – thu nội địa"
    assert found[6][1].measure == "domestic-revenue"
    assert found[9][1].unit == "million_vnd_per_person"
    assert (found[12][1].denominator, found[12][1].unit) == (92, "commune")
    assert found[14][1].unit == "tonne"


def test_the_name_completes_the_unit() -> None:
    found = table(
        [("Chỉ tiêu", "name"), ("ĐVT", "unit"), ("Năm 2025", "value")],
        "Tỷ lệ hộ nghèo giảm|%|1 - 1,5",
        "Số giường bệnh/vạn dân|Giường|31",
        "Tỷ lệ che phủ rừng (%)||57,5",
        "Số xã đạt chuẩn nông thôn mới||65",
        "Tốc độ tăng trưởng GRDP||8",
        "Chỉ số phát triển con người (HDI)||0,75",
    )
    assert [(i.value, i.unit, i.change) for _, i in found] == [
        (1, "percentage_point", "decrease"),
        (31, "bed_per_10000", "level"),
        (57.5, "percent", "level"),
        (65, "commune", "level"),
        (8, "percent", "increase"),
        (0.75, "index", "level"),
    ]


def test_a_column_of_units_may_be_headed_like_one_of_agencies() -> None:
    found = table(
        [("Chỉ tiêu", "name"), ("Đơn vị", "lead"), ("Ước TH 2024", "other"), ("KH 2025", "value")],
        "GRDP bình quân đầu người|USD|3.900|4.100",
        "Giá trị tăng thêm|Tỷ đồng|16.350|19.260",
        '- Dịch vụ|"|3.560|3.978',
        "Tỷ lệ tham gia bảo hiểm y tế|% dân số|93|95",
        "Mức giảm tỷ lệ hộ nghèo|Điểm %|1|1 - 1,5",
        "Tốc độ tăng trưởng GRDP|%|-2,5|> 10",
    )
    assert [(i.value, i.unit, i.change) for _, i in found[1::2]] == [
        (4100, "usd", "level"),
        (19260, "billion_vnd", "level"),
        (3978, "billion_vnd", "level"),
        (95, "percent", "level"),
        (1, "percentage_point", "decrease"),
        (10, "percent", "increase"),
    ]
    assert (found[-2][0], found[-2][1].value, found[-2][1].change) == ("-2,5", 2.5, "decrease")


def test_words_of_the_unit_give_no_number() -> None:
    headers: list[tuple[str, ColumnRole]] = [("", "label"), ("ĐVT", "unit"), ("KH 2025", "value")]
    assert table(headers, "1|Số bác sĩ/10.000 dân|9,8 11") == []


def test_numbers_of_an_unknown_unit_have_thousands_too() -> None:
    found = table(
        [("Nội dung", "name"), ("ĐVT", "unit"), ("KH 2025", "value")],
        "Số lồng nuôi|Lồng|4.120",
        "Giá trị sản xuất|Tr.đồng|1.250.000",
    )
    assert [(i.value, i.unit) for _, i in found] == [(4120, "long"), (1250000, "million_vnd")]


def test_a_column_of_rises_and_falls() -> None:
    found = table(
        [("Chỉ tiêu", "name"), ("ĐVT", "unit"), ("KH 2025", "value"), ("Tăng, giảm (%)", "other")],
        "Diện tích trồng rừng|ha|15.500|-3,7",
        "Sản lượng gỗ khai thác|m3|1.100.000|4,8",
    )
    assert [(i.value, i.unit, i.change) for _, i in found[1::2]] == [
        (3.7, "percent", "decrease"),
        (4.8, "percent", "increase"),
    ]


def test_a_column_that_compares_with_the_plan() -> None:
    found = table(
        [("Chỉ tiêu", "name"), ("ĐVT", "unit"), ("KH 2024", "value"), ("So với KH (%)", "other")],
        "Thu nội địa|Tỷ đồng|17.500|79,1",
    )
    assert [(i.value, i.unit, i.change, i.kind) for _, i in found] == [
        (17500, "billion_vnd", "level", "target"),
        (79.1, "percent", "level", "actual"),
    ]


def test_unknown_unit_is_kept_and_doubted() -> None:
    [(quote, found)] = table(
        [("Chỉ tiêu", "name"), ("ĐVT", "unit"), ("Năm 2025", "value")],
        "Sản lượng gạch|triệu viên|120",
    )
    assert (quote, found.value, found.unit) == ("120", 120, "trieu_vien")
    assert "unit-unknown" in [doubt.code for doubt in found.doubts]


def test_a_table_of_tasks_is_read_as_words() -> None:
    found = table(
        [("TT", "label"), ("Nhiệm vụ", "task"), ("Cơ quan chủ trì", "lead"), ("Thời gian", "deadline")],
        "1|Phấn đấu nâng tỷ lệ lấp đầy các khu công nghiệp lên 70% vào năm 2030|Ban Quản lý|2025",
        "2|Tổ chức 02 hội nghị xúc tiến đầu tư|Sở Công Thương|Quý II/2025",
    )  # fmt: skip
    assert [(quote, i.value, i.period, i.kind) for quote, i in found] == [("70%", 70, "2030", "target")]  # fmt: skip


def test_a_row_names_its_own_year_within_a_column_of_years() -> None:
    headers: list[tuple[str, ColumnRole]] = [
        ("Chỉ tiêu", "name"), ("Đơn vị tính", "unit"), ("Giai đoạn 2021-2030", "value"), ("Năm 2025", "value"),
    ]  # fmt: skip
    found = table(
        headers,
        "Sản lượng thủy sản đến năm 2030|tấn|1.200|900",
        "Trong đó: tôm|tấn|300|200",
        "Số xã tính đến hết năm 2028|xã|45|",
        "Tốc độ tăng từ năm 2021 đến năm 2030|%|8,5|",
        "Tỷ lệ hộ nghèo giai đoạn 2026 đến 2030|%|4,5|",
        "Số dự án của Chiến lược phát triển đến năm 2030|dự án|4|",
        "Số trạm, tầm nhìn đến năm 2045|trạm|7|",
    )
    assert [(i.name, i.period) for _, i in found] == [
        ("Sản lượng thủy sản", "2030"),
        ("Sản lượng thủy sản", "2025"),
        ("Sản lượng thủy sản – tôm", "2030"),
        ("Sản lượng thủy sản – tôm", "2025"),
        ("Số xã", "2028"),
        ("Tốc độ tăng từ năm 2021 đến năm 2030", "2021/2030"),
        ("Tỷ lệ hộ nghèo giai đoạn 2026 đến 2030", "2021/2030"),
        ("Số dự án của Chiến lược phát triển đến năm 2030", "2021/2030"),
        ("Số trạm, tầm nhìn đến năm 2045", "2021/2030"),
    ]


def test_the_lowest_header_tells_a_columns_unit() -> None:
    headers: list[tuple[str, ColumnRole]] = [
        ("Chỉ tiêu", "name"), ("Năm 2024 (tấn) Kế hoạch", "value"), ("Năm 2024 (tấn) Tỷ lệ (%)", "value"),
        ("Năm 2025 Tốc độ (%/năm)", "value"),
    ]  # fmt: skip
    found = table(headers, "Sản lượng tôm|1.200|85|6,5")
    assert [i.unit for _, i in found] == ["tonne", "percent", "percent_per_year"]
    assert [i.name == "Sản lượng tôm" for _, i in found] == [True, False, True]


def test_a_table_of_criteria_is_named_by_what_each_asks_and_of_whom() -> None:
    columns: list[tuple[str, ColumnRole]] = [
        ("TT", "label"), ("Tên tiêu chí", "other"), ("Nội dung tiêu chí", "name"),
        ("Chỉ tiêu chung", "other"), ("Chỉ tiêu Xã nhóm 1", "other"),
    ]  # fmt: skip
    found = table(
        columns,
        "1|Thư viện|1.1. Tỷ lệ thôn có tủ sách (tối thiểu 50 cuốn).|≥ 70%|100%",
        "|Thư viện|1.2. Có phòng đọc|Đạt|Đạt",
    )
    assert [(words, i.name, i.value, i.comparator) for words, i in found] == [
        ("≥ 70%", "Tỷ lệ thôn có tủ sách (tối thiểu 50 cuốn) (chung)", 70, ">="),
        ("100%", "Tỷ lệ thôn có tủ sách (tối thiểu 50 cuốn) (xã nhóm 1)", 100, "="),
    ]


def test_a_row_that_names_a_place_has_the_quantity_of_its_column() -> None:
    columns: list[tuple[str, ColumnRole]] = [
        ("TT", "label"), ("Địa phương", "name"), ("Tỷ lệ hộ nghèo năm 2025 (%)", "value"), ("Tốc độ bình quân (%)", "value"),
    ]  # fmt: skip
    found = table(columns, "1|Xã Hòa An|4,5|7", "2|Hòa Bình|3|8")
    assert [(i.name, i.value) for _, i in found] == [
        ("Tỷ lệ hộ nghèo – xã Hòa An", 4.5),
        ("Xã Hòa An (Tốc độ bình quân (%))", 7),
        ("Tỷ lệ hộ nghèo – Hòa Bình", 3),
        ("Hòa Bình (Tốc độ bình quân (%))", 8),
    ]
    assert [i.measure for _, i in found] == [None, None, "poverty-rate", None]


def test_parts_below_each_other_keep_the_whole_its_unit_and_its_growth() -> None:
    columns: list[tuple[str, ColumnRole]] = [
        ("TT", "label"),
        ("Chỉ tiêu", "name"),
        ("Mục tiêu năm 2025", "value"),
    ]
    found = table(
        columns,
        "1|Tăng trưởng giá trị xuất khẩu (%)|15",
        "|Trong đó: nhóm thủy sản|10 - 12",
        "|Nhóm dệt may|9",
        "2|Dân số (nghìn người)|900",
    )
    assert [(i.name, i.unit, i.change) for _, i in found] == [
        ("Tăng trưởng giá trị xuất khẩu", "percent", "increase"),
        ("Tăng trưởng giá trị xuất khẩu – nhóm thủy sản", "percent", "increase"),
        ("Tăng trưởng giá trị xuất khẩu – nhóm dệt may", "percent", "increase"),
        ("Dân số", "person", "level"),
    ]
