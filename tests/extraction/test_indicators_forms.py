"""Indicators in the forms that plans of many provinces and years write them in."""

from __future__ import annotations

from typing import Any

import pytest

from .indicator_help import indicators

Wanted = tuple[str, float, str, dict[str, Any]]

TARGETS: list[tuple[str, list[Wanted]]] = [
    ("Rà soát điều kiện phân loại đô thị, tỷ lệ đô thị hóa đạt 45%.", [("45%", 45, "percent", {})]),
    (
        "Tỷ lệ học sinh xếp loại khá, giỏi đạt trên 60%; xếp loại yếu dưới 2%.",
        [
            ("trên 60%", 60, "percent", {"comparator": ">"}),
            ("dưới 2%", 2, "percent", {"comparator": "<"}),
        ],
    ),
    (
        "Tốc độ tăng trưởng tổng sản phẩm trên địa bàn (GRDP) đạt 8 - 8,5%/năm.",
        [
            ("8 - 8,5%/năm", 8, "percent_per_year", {"value_high": 8.5, "change": "increase"}),
        ],
    ),
    (
        "Tổng thu ngân sách nhà nước trên địa bàn đạt 47,5 nghìn tỷ đồng.",
        [
            ("47,5 nghìn tỷ đồng", 47500, "billion_vnd", {}),
        ],
    ),
    (
        "Tổng kinh phí thực hiện Kế hoạch là 1.260,500 tỷ đồng, trong đó ngân sách trung ương 776.880 triệu đồng.",
        [
            ("1.260,500 tỷ đồng", 1260.5, "billion_vnd", {}),
            ("776.880 triệu đồng", 776880, "million_vnd", {}),
        ],
    ),
    (
        "Kim ngạch xuất khẩu đạt 1.219,11 triệu USD, tăng 12,3%.",
        [
            ("1.219,11 triệu USD", 1219.11, "million_usd", {}),
            ("tăng 12,3%", 12.3, "percent", {"change": "increase"}),
        ],
    ),
    (
        "Thu hút hơn 2,3 triệu lượt khách, trong đó khách quốc tế 350 nghìn lượt.",
        [
            ("hơn 2,3 triệu lượt khách", 2300000, "visitor", {"comparator": ">"}),
            ("350 nghìn lượt", 350000, "visitor", {}),
        ],
    ),
    (
        "Tỷ lệ thôn, bản có đường ô tô đến trung tâm đạt ≥ 95%.",
        [
            ("≥ 95%", 95, "percent", {"comparator": ">="}),
        ],
    ),
    (
        "Tỷ số tử vong mẹ giảm xuống dưới 42/100.000 trẻ đẻ sống.",
        [
            (
                "dưới 42/100.000 trẻ đẻ sống",
                42,
                "per_100000_live_births",
                {"comparator": "<", "change": "level"},
            ),
        ],
    ),
    (
        "Tỷ số giới tính khi sinh dưới 109 bé trai/100 bé gái sinh ra sống.",
        [
            (
                "dưới 109 bé trai/100 bé gái sinh ra sống",
                109,
                "boy_per_100_girls",
                {"comparator": "<"},
            ),
        ],
    ),
    (
        "Giảm tỷ lệ sinh ở tuổi vị thành niên từ 23 ca sinh/1.000 phụ nữ xuống 18.",
        [
            ("23 ca sinh/1.000 phụ nữ", 23, "birth_per_1000_women", {"kind": "actual"}),
            ("18", 18, "birth_per_1000_women", {"change": "level"}),
        ],
    ),
    (
        "Quy mô GRDP năm 2030 gấp 3 lần so với năm 2020.",
        [
            ("gấp 3 lần", 3, "times", {"change": "level", "period": "2030"}),
        ],
    ),
    (
        "Giá trị sản xuất nông, lâm, thủy sản tăng bình quân 05 - 06%/năm.",
        [
            ("05 - 06%/năm", 5, "percent_per_year", {"value_high": 6, "change": "increase"}),
        ],
    ),
    (
        "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều giai đoạn 2022 - 2025 giảm bình quân 1,0 - 1,5%/năm.",
        [
            (
                "1,0 - 1,5%/năm",
                1.0,
                "percentage_point_per_year",
                {"value_high": 1.5, "change": "decrease"},
            ),
        ],
    ),
    (
        "Thu nhập bình quân đầu người đạt 75 triệu đồng/người/năm trở lên.",
        [
            (
                "75 triệu đồng/người/năm trở lên",
                75,
                "million_vnd_per_person_per_year",
                {"comparator": ">="},
            ),
        ],
    ),
    (
        "Sản lượng lương thực có hạt đạt 1,6 triệu tấn, sản lượng thủy sản đạt 205.000 tấn.",
        [
            ("1,6 triệu tấn", 1600000, "tonne", {}),
            ("205.000 tấn", 205000, "tonne", {}),
        ],
    ),
    (
        "Trồng mới 3.500 ha rừng tập trung, tỷ lệ che phủ rừng ổn định 57,5%.",
        [
            ("3.500 ha", 3500, "hectare", {}),
            ("57,5%", 57.5, "percent", {}),
        ],
    ),
    (
        "Đến năm 2025, cả nước có khoảng 3.000 km đường bộ cao tốc.",
        [
            ("khoảng 3.000 km", 3000, "km", {"comparator": "~", "period": "2025"}),
        ],
    ),
    (
        "Công suất điện gió đạt 1.500 MW, sản lượng điện 12 tỷ kWh.",
        [
            ("1.500 MW", 1500, "mw", {}),
            ("12 tỷ kWh", 12000000000.0, "kwh", {}),
        ],
    ),
    (
        "Diện tích nhà ở bình quân đạt 27 m2 sàn/người.",
        [
            ("27 m2 sàn/người", 27, "m2_per_person", {}),
        ],
    ),
    (
        "Mật độ đạt 35 giường bệnh/vạn dân, 12 bác sĩ/vạn dân, 3 dược sĩ đại học/vạn dân, 25 điều dưỡng viên/vạn dân.",
        [
            ("35 giường bệnh/vạn dân", 35, "bed_per_10000", {}),
            ("12 bác sĩ/vạn dân", 12, "doctor_per_10000", {}),
            ("3 dược sĩ đại học/vạn dân", 3, "pharmacist_per_10000", {}),
            ("25 điều dưỡng viên/vạn dân", 25, "nurse_per_10000", {}),
        ],
    ),
    (
        "Tạo việc làm mới cho ít nhất 25.000 lao động; đưa 1.500 lao động đi làm việc ở nước ngoài theo hợp đồng.",
        [
            ("ít nhất 25.000 lao động", 25000, "person", {"comparator": ">="}),
            ("1.500 lao động", 1500, "person", {}),
        ],
    ),
    (
        "Thành lập mới trên 1.200 doanh nghiệp với tổng vốn đăng ký 15.000 tỷ đồng.",
        [
            ("trên 1.200 doanh nghiệp", 1200, "enterprise", {"comparator": ">"}),
            ("15.000 tỷ đồng", 15000, "billion_vnd", {}),
        ],
    ),
    (
        "Có thêm 05 xã đạt chuẩn nông thôn mới, lũy kế có 115/139 xã đạt chuẩn.",
        [
            ("thêm 05 xã", 5, "commune", {"change": "increase"}),
            ("115/139 xã", 115, "commune", {"denominator": 139}),
        ],
    ),
    (
        "Tuổi thọ trung bình đạt 75 tuổi, trong đó thời gian sống khỏe mạnh đạt tối thiểu 68 năm.",
        [
            ("75 tuổi", 75, "year", {}),
            ("tối thiểu 68 năm", 68, "year", {"comparator": ">="}),
        ],
    ),
    (
        "Tổng tỷ suất sinh duy trì ở mức 2,1 con/phụ nữ.",
        [
            ("2,1 con/phụ nữ", 2.1, "child_per_woman", {}),
        ],
    ),
    (
        "Mức giảm tỷ suất sinh 0,2‰.",
        [
            ("0,2‰", 0.2, "per_1000", {"change": "decrease"}),
        ],
    ),
    (
        "Khu vực dịch vụ tăng 7,37%, đóng góp 3,76 điểm phần trăm vào mức tăng chung.",
        [
            ("tăng 7,37%", 7.37, "percent", {"change": "increase"}),
            ("3,76 điểm phần trăm", 3.76, "percentage_point", {}),
        ],
    ),
    (
        "Chỉ số cải cách hành chính (PAR INDEX) đạt 90 điểm, tăng 5 bậc.",
        [
            ("90 điểm", 90, "point", {}),
            ("tăng 5 bậc", 5, "rank_step", {"change": "increase"}),
        ],
    ),
    (
        "GRDP bình quân đầu người đạt 2.591 USD.",
        [
            ("2.591 USD", 2591, "usd", {}),
        ],
    ),
    (
        "Giá trị sản phẩm trên 01 ha đất trồng trọt đạt 120 triệu đồng/ha/năm.",
        [
            ("120 triệu đồng/ha/năm", 120, "million_vnd_per_hectare_per_year", {}),
        ],
    ),
    (
        "Năng suất lúa bình quân đạt 60,5 tạ/ha.",
        [
            ("60,5 tạ/ha", 60.5, "quintal_per_hectare", {}),
        ],
    ),
    (
        "Tỷ lệ tăng dân số tự nhiên dưới 1%.",
        [
            ("dưới 1%", 1, "percent", {"comparator": "<", "change": "increase"}),
        ],
    ),
    (
        "Tỷ trọng khu vực công nghiệp - xây dựng chiếm 45 - 46%; dịch vụ chiếm 40 - 41%; nông nghiệp còn 10%.",
        [
            ("45 - 46%", 45, "percent", {"value_high": 46}),
            ("40 - 41%", 40, "percent", {"value_high": 41}),
            ("10%", 10, "percent", {"change": "level"}),
        ],
    ),
    (
        "Năng suất lao động xã hội tăng trên 7,5%/năm.",
        [
            (
                "tăng trên 7,5%/năm",
                7.5,
                "percent_per_year",
                {"comparator": ">", "change": "increase"},
            ),
        ],
    ),
    (
        "Tổng vốn đầu tư toàn xã hội khoảng 450 - 460 nghìn tỷ đồng.",
        [
            (
                "khoảng 450 - 460 nghìn tỷ đồng",
                450000,
                "billion_vnd",
                {"value_high": 460000, "comparator": "~"},
            ),
        ],
    ),
    (
        "100% xã, phường, thị trấn đạt tiêu chí quốc gia về y tế.",
        [
            ("100%", 100, "percent", {}),
        ],
    ),
    (
        "Phấn đấu trên 80% người dân trưởng thành có tài khoản thanh toán điện tử.",
        [
            ("trên 80%", 80, "percent", {"comparator": ">"}),
        ],
    ),
    (
        "Tối thiểu 90% hồ sơ thủ tục hành chính được giải quyết đúng hạn.",
        [
            ("Tối thiểu 90%", 90, "percent", {"comparator": ">="}),
        ],
    ),
    (
        "Mỗi năm giảm ít nhất 5% số vụ, số người chết và số người bị thương do tai nạn giao thông.",
        [
            ("giảm ít nhất 5%", 5, "percent_per_year", {"comparator": ">=", "change": "decrease"}),
        ],
    ),
    (
        "Số trường mầm non đạt chuẩn quốc gia đạt 65,4% (153/234 trường).",
        [
            ("65,4%", 65.4, "percent", {}),
            ("153/234 trường", 153, "school", {"denominator": 234}),
        ],
    ),
    (
        "Tỷ lệ hộ nghèo giảm còn dưới 3%, hộ cận nghèo còn 4,2%.",
        [
            ("dưới 3%", 3, "percent", {"comparator": "<", "change": "level"}),
            ("4,2%", 4.2, "percent", {}),
        ],
    ),
    (
        "Tỷ lệ đô thị hóa đạt từ 45% trở lên.",
        [
            ("45% trở lên", 45, "percent", {"comparator": ">="}),
        ],
    ),
    (
        "Tỷ lệ thất nghiệp ở khu vực thành thị không quá 4%.",
        [
            ("không quá 4%", 4, "percent", {"comparator": "<="}),
        ],
    ),
    (
        "Tỷ lệ lấp đầy các khu công nghiệp đạt bình quân 70 - 75%.",
        [
            ("70 - 75%", 70, "percent", {"value_high": 75}),
        ],
    ),
    (
        "Bội chi ngân sách nhà nước khoảng 3,7% GDP.",
        [
            ("khoảng 3,7%", 3.7, "percent", {"comparator": "~"}),
        ],
    ),
    (
        "Kinh tế số chiếm tỷ trọng 20% GRDP vào năm 2025 và 30% GRDP vào năm 2030.",
        [
            ("20%", 20, "percent", {"period": "2025"}),
            ("30%", 30, "percent", {"period": "2030"}),
        ],
    ),
    (
        "Tăng tỷ lệ tham gia bảo hiểm y tế từ 91,5% năm 2022 lên 95% năm 2025.",
        [
            ("91,5%", 91.5, "percent", {"period": "2022", "kind": "actual"}),
            ("95%", 95, "percent", {"period": "2025", "kind": "target"}),
        ],
    ),
    (
        "Tốc độ tăng giá trị sản xuất công nghiệp 12 - 13%, xây dựng 9%.",
        [
            ("12 - 13%", 12, "percent", {"value_high": 13, "change": "increase"}),
            ("9%", 9, "percent", {}),
        ],
    ),
    (
        "Giảm tỷ lệ hộ nghèo 2%/năm; riêng các huyện nghèo giảm 4 - 5%/năm.",
        [
            ("2%/năm", 2, "percentage_point_per_year", {"change": "decrease"}),
            (
                "giảm 4 - 5%/năm",
                4,
                "percentage_point_per_year",
                {"change": "decrease", "value_high": 5},
            ),
        ],
    ),
    (
        "Duy trì tỷ lệ che phủ rừng trên 42%.",
        [
            ("trên 42%", 42, "percent", {"comparator": ">"}),
        ],
    ),
    (
        "Tổng đàn lợn đạt 450.000 con, đàn bò 120.000 con.",
        [
            ("450.000 con", 450000, "animal", {}),
            ("120.000 con", 120000, "animal", {}),
        ],
    ),
    (
        "Chiều cao trung bình của nam 18 tuổi đạt 168,5 cm, nữ đạt 157,5 cm.",
        [
            ("168,5 cm", 168.5, "centimetre", {}),
            ("157,5 cm", 157.5, "centimetre", {}),
        ],
    ),
    (
        "Quy mô dân số khoảng 900.000 người.",
        [
            ("khoảng 900.000 người", 900000, "person", {"comparator": "~"}),
        ],
    ),
    (
        "Đào tạo nghề cho 12.500 người, trong đó lao động nữ 5.000 người.",
        [
            ("12.500 người", 12500, "person", {}),
            ("5.000 người", 5000, "person", {}),
        ],
    ),
    (
        "Tỷ suất tử vong trẻ em dưới 5 tuổi giảm xuống còn 15‰.",
        [
            ("15‰", 15, "per_1000", {"change": "level"}),
        ],
    ),
    (
        "Phấn đấu có 20 sản phẩm OCOP đạt từ 3 sao trở lên.",
        [
            ("20 sản phẩm", 20, "product", {}),
        ],
    ),
    (
        "Xóa 2.350 căn nhà tạm, nhà dột nát cho hộ nghèo.",
        [
            ("2.350 căn nhà", 2350, "house", {}),
        ],
    ),
    (
        "Hoàn thành 5.500 căn hộ nhà ở xã hội trong năm 2025.",
        [
            ("5.500 căn hộ", 5500, "apartment", {"period": "2025"}),
        ],
    ),
    (
        "Tiết kiệm tối thiểu 2,0% tổng điện năng tiêu thụ hằng năm.",
        [
            ("tối thiểu 2,0%", 2.0, "percent", {"comparator": ">="}),
        ],
    ),
    (
        "Giảm 9% tổng lượng phát thải khí nhà kính so với kịch bản phát triển thông thường.",
        [
            ("Giảm 9%", 9, "percent", {"change": "decrease"}),
        ],
    ),
    (
        "Tổng dư nợ tín dụng tăng trưởng khoảng 14 - 15%.",
        [
            (
                "tăng trưởng khoảng 14 - 15%",
                14,
                "percent",
                {"value_high": 15, "change": "increase", "comparator": "~"},
            ),
        ],
    ),
    (
        "Tỷ lệ giải ngân vốn đầu tư công đạt 95% kế hoạch Thủ tướng Chính phủ giao.",
        [
            ("95%", 95, "percent", {}),
        ],
    ),
    (
        "Toàn tỉnh có ít nhất 75 xã nông thôn mới, 37 xã nông thôn mới nâng cao, 10 xã nông thôn mới kiểu mẫu.",
        [
            ("ít nhất 75 xã", 75, "commune", {"comparator": ">="}),
            ("37 xã", 37, "commune", {}),
            ("10 xã", 10, "commune", {}),
        ],
    ),
    (
        "Đón 10 triệu lượt khách, doanh thu du lịch đạt 52 nghìn tỷ đồng.",
        [
            ("10 triệu lượt khách", 10000000, "visitor", {}),
            ("52 nghìn tỷ đồng", 52000, "billion_vnd", {}),
        ],
    ),
    (
        "Tốc độ tăng trưởng GRDP đạt từ 8,0% đến 8,5%.",
        [
            ("8,0% đến 8,5%", 8.0, "percent", {"value_high": 8.5, "change": "increase"}),
        ],
    ),
    (
        "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể nhẹ cân còn 10,2%; thể thấp còi còn 18,5%.",
        [
            ("10,2%", 10.2, "percent", {}),
            ("18,5%", 18.5, "percent", {}),
        ],
    ),
    (
        "Nâng tỷ lệ lao động qua đào tạo lên 70%, trong đó có bằng cấp, chứng chỉ đạt 28 - 30%.",
        [
            ("70%", 70, "percent", {"change": "level"}),
            ("28 - 30%", 28, "percent", {"value_high": 30}),
        ],
    ),
    (
        "Thu ngân sách nhà nước đạt 12 . 500 tỷ đồng; vốn FDI đạt 2 tỷ đôla.",
        [
            ("12 . 500 tỷ đồng", 12500, "billion_vnd", {}),
            ("2 tỷ đôla", 2, "billion_usd", {}),
        ],
    ),
    (
        "Tăng trưởng kinh tế đạt hai con số (10 - 11%).",
        [("10 - 11%", 10, "percent", {"value_high": 11, "change": "increase"})],
    ),
    (
        "Chỉ số PAR Index xếp thứ 10/63 tỉnh, thành phố.",
        [("10/63 tỉnh, thành phố", 10, "rank", {"denominator": 63})],
    ),
    (
        "Đến 2030 có 50% số xã đạt chuẩn nông thôn mới.",
        [("50%", 50, "percent", {"period": "2030"})],
    ),
    (
        "Bình quân mỗi xã đạt 17,5 tiêu chí/xã.",
        [("17,5 tiêu chí/xã", 17.5, "criterion_per_commune", {})],
    ),
    (
        "Số bác sỹ/vạn dân đạt 9; số giường bệnh trên 10.000 dân: 28,5 giường.",
        [("9", 9, "doctor_per_10000", {}), ("28,5 giường", 28.5, "bed_per_10000", {})],
    ),
    (
        "Số thuê bao Internet băng rộng đạt 25 thuê bao/100 dân.",
        [("25 thuê bao/100 dân", 25, "subscriber_per_100", {})],
    ),
    (
        "Phấn đấu hằng năm có trên 90% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ; kết nạp từ 1.500 - 2.000 đảng viên mới/năm.",
        [
            ("trên 90%", 90, "percent", {"comparator": ">"}),
            (
                "1.500 - 2.000 đảng viên mới/năm",
                1500,
                "party_member_per_year",
                {"value_high": 2000},
            ),
        ],
    ),
    (
        "Giảm tối thiểu 10% số đơn vị sự nghiệp công lập và 10% biên chế sự nghiệp.",
        [
            ("Giảm tối thiểu 10%", 10, "percent", {"change": "decrease", "comparator": ">="}),
            ("10%", 10, "percent", {"change": "decrease"}),
        ],
    ),
    (
        "Không để tỷ lệ đơn thư vượt cấp quá 5%.",
        [("quá 5%", 5, "percent", {"comparator": "<="})],
    ),
    (
        "Chỉ số phát triển con người (HDI) đạt trên 0,7.",
        [("trên 0,7", 0.7, "index", {"comparator": ">"})],
    ),
    (
        "Tỷ lệ hộ nghèo tại các xã có tỷ lệ hộ nghèo cao trên 25% giảm từ 4% trở lên.",
        [("giảm từ 4% trở lên", 4, "percentage_point", {"comparator": ">=", "change": "decrease"})],
    ),
    (
        "Thu ngân sách tăng từ 8.500 tỷ đồng năm 2020 lên 14.200 tỷ đồng năm 2025.",
        [
            (
                "tăng từ 8.500 tỷ đồng",
                8500,
                "billion_vnd",
                {"change": "level", "period": "2020", "kind": "actual"},
            ),
            ("14.200 tỷ đồng", 14200, "billion_vnd", {"period": "2025"}),
        ],
    ),
    (
        "Cơ cấu kinh tế: Nông nghiệp 20%; công nghiệp - xây dựng 42%; dịch vụ 38%.",
        [("20%", 20, "percent", {}), ("42%", 42, "percent", {}), ("38%", 38, "percent", {})],
    ),
    (
        "Giảm tỷ lệ hộ nghèo từ 0,5% trở lên, tỷ lệ trẻ em suy dinh dưỡng thấp còi giảm dưới 20%.",
        [
            ("0,5% trở lên", 0.5, "percentage_point", {"comparator": ">=", "change": "decrease"}),
            ("giảm dưới 20%", 20, "percent", {"comparator": "<"}),
        ],
    ),
    (
        "Giảm tỷ lệ hộ nghèo bình quân từ 1 - 1,5%/năm.",
        [
            (
                "1 - 1,5%/năm",
                1,
                "percentage_point_per_year",
                {"value_high": 1.5, "change": "decrease"},
            ),
        ],
    ),
    (
        "Tỷ lệ cấp nước sạch đô thị >= 99%; tỷ lệ chôn lấp <= 10%; giải ngân vốn đầu tư công trên 95%.",
        [
            (">= 99%", 99, "percent", {"comparator": ">="}),
            ("<= 10%", 10, "percent", {"comparator": "<="}),
            ("trên 95%", 95, "percent", {"comparator": ">"}),
        ],
    ),
    (
        "Thu nhập của hộ nghèo tăng gấp đôi so với năm 2020, của hộ dân tộc thiểu số gấp ba lần.",
        [
            ("tăng gấp đôi", 2, "times", {}),
            ("gấp ba lần", 3, "times", {}),
        ],
    ),
    (
        "Tổng chi ngân sách địa phương 612 tỷ 350 triệu đồng.",
        [
            ("612 tỷ 350 triệu đồng", 612.35, "billion_vnd", {}),
        ],
    ),
    (
        "Tỷ lệ số xã đạt dưới 10 tiêu chí còn khoảng 25%, giảm số xã đạt dưới 5 tiêu chí xuống 250 xã.",
        [
            ("khoảng 25%", 25, "percent", {"comparator": "~"}),
            ("250 xã", 250, "commune", {}),
        ],
    ),
    (
        "Xây dựng nông thôn mới bình quân 17,3 tiêu chí/xã; nồng độ bụi PM2.5 dưới 35 µg/m3.",
        [
            ("17,3 tiêu chí/xã", 17.3, "criterion_per_commune", {}),
            ("dưới 35 µg/m3", 35, "microgram_per_m3", {"comparator": "<"}),
        ],
    ),
    (
        "Đến năm 2030: tăng trưởng bình quân 5 năm 2026 - 2030 đạt 9%/năm; tỷ lệ đô thị hóa 45%.",
        [
            ("9%/năm", 9, "percent_per_year", {"change": "increase", "period": "2026/2030"}),
            ("45%", 45, "percent", {"period": "2030"}),
        ],
    ),
    (
        "Tầm nhìn đến năm 2045: tỷ lệ đô thị hóa trên 60%.",
        [
            ("trên 60%", 60, "percent", {"comparator": ">", "period": "2045"}),
        ],
    ),
    (
        "Quý I tăng 10,9%, cả năm tăng 12%.",
        [
            (
                "tăng 10,9%",
                10.9,
                "percent",
                {"change": "increase", "period": "2024-01-01/2024-03-31"},
            ),
            ("tăng 12%", 12, "percent", {"change": "increase", "period": "2024"}),
        ],
    ),
    (
        "Số xã đạt chuẩn nông thôn mới đến năm 2030: 60 xã; tốc độ băng rộng cố định đạt 200 Mb/s.",
        [
            ("60 xã", 60, "commune", {"period": "2030"}),
            ("200 Mb/s", 200, "mbps", {"period": "2030"}),
        ],
    ),
    (
        "Doanh thu bình quân 3,5 tỷ đồng/HTX; 90% số trạm y tế thực hiện tối thiểu 80% danh mục kỹ thuật.",
        [
            ("3,5 tỷ đồng/HTX", 3.5, "billion_vnd_per_cooperative", {}),
            ("90%", 90, "percent", {}),
            ("tối thiểu 80%", 80, "percent", {"comparator": ">="}),
        ],
    ),
    (
        "Tỷ lệ trạm y tế xã thực hiện ít nhất 80% danh mục dịch vụ kỹ thuật đạt 95%.",
        [
            ("95%", 95, "percent", {}),
        ],
    ),
    (
        "Nâng tỷ lệ đô thị hóa từ 38% lên 45% vào năm 2030; nâng cấp 320 km đường tỉnh.",
        [
            ("38%", 38, "percent", {"kind": "actual", "period": "2024"}),
            ("45%", 45, "percent", {"period": "2030"}),
            ("320 km", 320, "km", {}),
        ],
    ),
    (
        "Giảm 30% thời gian, 30% chi phí tuân thủ thủ tục hành chính.",
        [
            ("Giảm 30%", 30, "percent", {"change": "decrease"}),
            ("30%", 30, "percent", {"change": "decrease"}),
        ],
    ),
    (
        "Cắt giảm 40% thời gian xử lý hồ sơ đất đai, 40% chi phí tuân thủ.",
        [
            ("Cắt giảm 40%", 40, "percent", {"change": "decrease"}),
            ("40%", 40, "percent", {"change": "decrease"}),
        ],
    ),
    (
        "Cắt giảm 40% thời gian xử lý hồ sơ đất đai, 100% hồ sơ được số hóa.",
        [
            ("Cắt giảm 40%", 40, "percent", {"change": "decrease"}),
            ("100%", 100, "percent", {"change": "level"}),
        ],
    ),
    (
        "Đóng góp của năng suất tổng hợp vào tăng trưởng ở mức trên 55%; số máy điện thoại trên 100 dân: 20 máy.",
        [
            ("trên 55%", 55, "percent", {"comparator": ">"}),
            ("20 máy", 20, "telephone_per_100", {}),
        ],
    ),
    (
        "Giảm dần thâm hụt thương mại, kiểm soát nhập siêu dưới 10% kim ngạch xuất khẩu.",
        [
            ("dưới 10%", 10, "percent", {"comparator": "<"}),
        ],
    ),
]

RESULTS: list[tuple[str, list[Wanted]]] = [
    (
        "Ước giải ngân 9 tháng đạt 47,29% kế hoạch; có 10/44 bộ, cơ quan trung ương và 30/63 địa phương giải ngân trên mức bình quân.",
        [
            ("47,29%", 47.29, "percent", {"kind": "estimate", "period": "2024-01-01/2024-09-30"}),
            ("10/44 bộ, cơ quan trung ương", 10, "agency", {"kind": "estimate", "denominator": 44}),
            ("30/63 địa phương", 30, "locality", {"kind": "estimate", "denominator": 63}),
        ],
    ),
    (
        "Sản lượng gạch nung đạt 120 triệu viên, bằng 104% kế hoạch.",
        [("120 triệu viên", 120000000, "vien", {}), ("104%", 104, "percent", {})],
    ),
    (
        "Tổng đàn bò 185 nghìn con, giảm 1,1%; khách du lịch đạt 3,2 triệu lượt.",
        [
            ("185 nghìn con", 185000, "animal", {}),
            ("giảm 1,1%", 1.1, "percent", {"change": "decrease"}),
            ("3,2 triệu lượt", 3200000, "visitor", {}),
        ],
    ),
    (
        "Giá trị sản xuất công nghiệp (giá so sánh 2010) tháng 5 ước đạt 3.115 tỷ đồng, lũy kế 5 tháng ước đạt 15.520 tỷ đồng.",
        [
            (
                "3.115 tỷ đồng",
                3115,
                "billion_vnd",
                {"kind": "estimate", "period": "2024-05-01/2024-05-31"},
            ),
            (
                "15.520 tỷ đồng",
                15520,
                "billion_vnd",
                {"kind": "estimate", "period": "2024-01-01/2024-05-31"},
            ),
        ],
    ),
    (
        "Tổng thu ngân sách nhà nước ước đạt 3.370 tỷ đồng, tăng 17,7% so với cùng kỳ năm 2023 và đạt 59,9% dự toán Trung ương giao.",
        [
            ("3.370 tỷ đồng", 3370, "billion_vnd", {"kind": "estimate"}),
            ("tăng 17,7%", 17.7, "percent", {"kind": "estimate", "change": "increase"}),
            ("59,9%", 59.9, "percent", {"kind": "estimate"}),
        ],
    ),
    (
        "Trong 6 tháng đầu năm có 500 doanh nghiệp thành lập mới, tăng 7,6% so với cùng kỳ; tổng vốn đăng ký là 5.125 tỷ đồng, tăng 9,5%.",
        [
            ("500 doanh nghiệp", 500, "enterprise", {"period": "2024-01-01/2024-06-30"}),
            ("tăng 7,6%", 7.6, "percent", {}),
            ("5.125 tỷ đồng", 5125, "billion_vnd", {"period": "2024-01-01/2024-06-30"}),
            ("tăng 9,5%", 9.5, "percent", {}),
        ],
    ),
    (
        "Số lao động được giải quyết việc làm là 15.360 lao động, đạt 57,31% kế hoạch.",
        [
            ("15.360 lao động", 15360, "person", {}),
            ("57,31%", 57.31, "percent", {}),
        ],
    ),
    (
        "Khách quốc tế ước đạt 91 nghìn lượt khách, tăng gấp 6 lần so với cùng kỳ năm 2021.",
        [
            ("91 nghìn lượt khách", 91000, "visitor", {"kind": "estimate"}),
            ("tăng gấp 6 lần", 6, "times", {"kind": "estimate"}),
        ],
    ),
    (
        "Năm 2023, tỷ lệ hộ nghèo giảm còn 1,52%, GRDP bình quân đầu người ước đạt 68,37 triệu đồng (tương đương 2.873 USD).",
        [
            ("1,52%", 1.52, "percent", {"period": "2023"}),
            ("68,37 triệu đồng", 68.37, "million_vnd", {"kind": "estimate", "period": "2023"}),
            ("2.873 USD", 2873, "usd", {"kind": "estimate", "comparator": "="}),
        ],
    ),
    (
        "Tính đến ngày 30/11/2023, giải ngân vốn đầu tư công đạt 10.300 tỷ đồng, bằng 71,3% kế hoạch, cao hơn 6,2% so với cùng kỳ.",
        [
            ("10.300 tỷ đồng", 10300, "billion_vnd", {"period": "2023-11-30"}),
            ("71,3%", 71.3, "percent", {"period": "2023-11-30"}),
            ("cao hơn 6,2%", 6.2, "percent", {}),
        ],
    ),
    (
        "Chỉ số giá tiêu dùng (CPI) tháng 6/2023 tăng 0,55% so với tháng trước.",
        [
            (
                "tăng 0,55%",
                0.55,
                "percent",
                {"period": "2023-06-01/2023-06-30", "change": "increase"},
            ),
        ],
    ),
    (
        "Giai đoạn 2016 - 2020, kinh tế của tỉnh tăng trưởng bình quân 6,2%/năm.",
        [
            ("6,2%/năm", 6.2, "percent_per_year", {"period": "2016/2020", "change": "increase"}),
        ],
    ),
    (
        "Toàn tỉnh đã xảy ra 125 vụ tai nạn giao thông, làm chết 80 người, bị thương 75 người.",
        [
            ("125 vụ", 125, "accident", {}),
            ("80 người", 80, "person", {}),
            ("75 người", 75, "person", {}),
        ],
    ),
    (
        "Đến nay, 12/12 huyện, thị xã, thành phố hoàn thành phổ cập giáo dục mầm non cho trẻ 5 tuổi.",
        [
            ("12/12 huyện, thị xã, thành phố", 12, "district", {"denominator": 12}),
        ],
    ),
    (
        "Quý I/2023, chỉ số sản xuất công nghiệp giảm 2,2% so với cùng kỳ năm trước.",
        [
            (
                "giảm 2,2%",
                2.2,
                "percent",
                {"change": "decrease", "period": "2023-01-01/2023-03-31"},
            ),
        ],
    ),
    (
        "Thu nội địa đạt hơn 15.563 tỷ đồng, đạt 82% dự toán.",
        [
            ("hơn 15.563 tỷ đồng", 15563, "billion_vnd", {"comparator": ">"}),
            ("82%", 82, "percent", {}),
        ],
    ),
    (
        "So với năm 2022, tai nạn giao thông giảm 07 vụ (-10,1%), tăng trưởng đạt -2,5%.",
        [
            ("giảm 07 vụ", 7, "accident", {"change": "decrease"}),
            ("-10,1%", 10.1, "percent", {"change": "decrease"}),
            ("-2,5%", 2.5, "percent", {"change": "decrease"}),
        ],
    ),
    (
        "GDP cả năm ước tăng 8,2% (kế hoạch là 8%), đầu tư chiếm 41% GDP.",
        [
            ("tăng 8,2%", 8.2, "percent", {"kind": "estimate", "change": "increase"}),
            ("8%", 8, "percent", {"change": "increase", "kind": "target"}),
            ("41%", 41, "percent", {"kind": "estimate"}),
        ],
    ),
    (
        "GRDP bình quân đầu người đạt 22 triệu đồng (năm 2016 đạt 20 triệu đồng, tương đương 900 USD); xuất khẩu tăng 20%.",
        [
            ("22 triệu đồng", 22, "million_vnd", {"period": "2024"}),
            ("20 triệu đồng", 20, "million_vnd", {"period": "2016"}),
            ("900 USD", 900, "usd", {"period": "2016"}),
            ("tăng 20%", 20, "percent", {"change": "increase", "period": "2024"}),
        ],
    ),
    (
        "Tổng sản phẩm 6 tháng đầu năm 2024 ước tăng 9,73% so với cùng kỳ, trong đó nông nghiệp tăng 2,65%, tương đương 40 tỷ đồng.",
        [
            (
                "tăng 9,73%",
                9.73,
                "percent",
                {"kind": "estimate", "change": "increase", "period": "2024-01-01/2024-06-30"},
            ),
            (
                "tăng 2,65%",
                2.65,
                "percent",
                {"kind": "estimate", "change": "increase", "period": "2024-01-01/2024-06-30"},
            ),
            (
                "40 tỷ đồng",
                40,
                "billion_vnd",
                {"kind": "estimate", "change": "increase", "period": "2024-01-01/2024-06-30"},
            ),
        ],
    ),
    (
        "Tăng trưởng bình quân đạt 8,63%/năm (Nghị quyết là 12,5%/năm); còn 11 tỉnh có tỷ lệ tiêm dưới 30%.",
        [
            ("8,63%/năm", 8.63, "percent_per_year", {"change": "increase"}),
            ("12,5%/năm", 12.5, "percent_per_year", {"change": "increase", "kind": "target"}),
            ("11 tỉnh", 11, "province", {}),
        ],
    ),
    (
        "Ước đến 31/12/2024, toàn tỉnh có 435 hợp tác xã, tăng 25 hợp tác xã; thu nhập bình quân đạt 5,5 triệu đồng/người/tháng.",
        [
            ("435 hợp tác xã", 435, "cooperative", {"kind": "estimate"}),
            ("tăng 25 hợp tác xã", 25, "cooperative", {"kind": "estimate", "change": "increase"}),
            (
                "5,5 triệu đồng/người/tháng",
                5.5,
                "million_vnd_per_person_per_month",
                {"kind": "estimate"},
            ),
        ],
    ),
    (
        "Công nghiệp tăng 8%, đóng góp 0,67 điểm phần trăm; dầu thô đạt 17 triệu tấn, thấp hơn mức 18,5 triệu tấn của năm 2023.",
        [
            ("tăng 8%", 8, "percent", {"change": "increase"}),
            ("0,67 điểm phần trăm", 0.67, "percentage_point", {}),
            ("17 triệu tấn", 17000000, "tonne", {}),
            ("18,5 triệu tấn", 18500000, "tonne", {"period": "2023"}),
        ],
    ),
]

NONE = [
    "Tổ chức 02 lớp đào tạo, bồi dưỡng cho 120 học viên về chuyển đổi số.",
    "Nâng cấp tuyến đường dây 110kV, 220kV và đường 23 tháng 10.",
    "Triển khai Đề án 06 và Chương trình 135 trên địa bàn.",
    "Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ.",
    "Thực hiện tiêm chủng cho trẻ em dưới 5 tuổi và người trên 65 tuổi.",
    "Hội đồng nhân dân tỉnh khóa XVIII, kỳ họp thứ 12, nhiệm kỳ 2021 - 2026.",
    "Phạt tiền từ 1.000.000 đồng đến 3.000.000 đồng đối với hành vi vi phạm.",
    "Phạt từ 15 đến 25 triệu đồng đối với hành vi không trang bị phương tiện chữa cháy.",
    "Trường hợp vắng mặt trên 20% số buổi thì không được dự kiểm tra.",
    "Xe mô tô trên 50 cm3, xe tải trên 3,5 tấn không được đi vào nội thành từ 6 giờ đến 22 giờ.",
    "Bố trí tối thiểu 02 công chức chuyên trách chuyển đổi số tại mỗi xã.",
    "Mức lương cơ sở 1,8 triệu đồng/tháng thực hiện từ ngày 01/7/2023.",
    "Thưởng 20 triệu đồng cho mỗi vận động viên đạt huy chương vàng.",
    "Mỗi hộ được vay không quá 50 triệu đồng; mỗi lớp không quá 35 học sinh.",
    "Thông tin liên hệ: điện thoại 0258.3822229, 3 giờ 30 phút hằng ngày.",
    "Thời gian thực hiện trong 06 tháng, chậm nhất 15 ngày kể từ ngày ký.",
    "Khoản 2 Điều 5, điểm a khoản 3 Điều 12 của Luật.",
    "Thực hiện đồng bộ 3 chương trình mục tiêu quốc gia.",
    "Liên kết phát triển giữa 02 tỉnh Khánh Hòa và Lâm Đồng.",
    "Đề nghị Tổ trưởng của 3 Tổ công tác lập quy hoạch.",
    "Kỷ niệm 100 năm xây dựng và phát triển thành phố Nha Trang.",
    "Ban hành 15 văn bản, tham mưu 08 đề án trong năm.",
    "Quốc lộ 1A, cao tốc CT.24 đi qua địa bàn tỉnh.",
    "Doanh nghiệp có 100% vốn nước ngoài được hưởng chính sách chung.",
    "Giảm 30% tiền thuê đất cho doanh nghiệp theo quy định.",
    "Giảm 2% thuế suất thuế giá trị gia tăng đến hết năm.",
    "Hỗ trợ 100% kinh phí mua thẻ bảo hiểm y tế cho hộ nghèo.",
    "Tiêm 01 mũi vắc xin, 2 liều cơ bản.",
    "Vi rút cúm A/H5N1, tiêu chuẩn TCVN ISO 9001:2015.",
    "Nghị quyết số 30a/2008/NQ-CP về giảm nghèo đối với 61 huyện nghèo.",
    "Mỗi xã có ít nhất 01 cán bộ phụ trách.",
    "Bản đồ tỷ lệ 1/500, 1/2.000 các khu chức năng.",
    "Họp báo vào 14 giờ 00 ngày 25/12/2024 tại tầng 3.",
    "Lần thứ 34 và bài 04/34.",
    "Phân công 02 đồng chí lãnh đạo phụ trách.",
    "Năm 2024 xã hội hóa được đẩy mạnh; năm 2025 người dân hưởng lợi.",
    "Trong tháng 12/2024 tỷ lệ văn bản điện tử được công bố.",
]

PLAIN = {"value_high": None, "denominator": None, "comparator": "="}


def check(sentence: str, wanted: list[Wanted], kind: str, **setting: str) -> None:
    found = indicators(sentence, **setting)
    assert [(quote, i.value, i.unit) for quote, i in found] == [
        (quote, value, unit) for quote, value, unit, _ in wanted
    ]
    for (quote, _, _, more), (_, indicator) in zip(wanted, found, strict=True):
        fields = {**PLAIN, "kind": kind, **more}
        assert {field: getattr(indicator, field) for field in fields} == fields, quote


@pytest.mark.parametrize(("sentence", "wanted"), TARGETS)
def test_targets(sentence: str, wanted: list[Wanted]) -> None:
    check(sentence, wanted, "target")


@pytest.mark.parametrize(("sentence", "wanted"), RESULTS)
def test_results(sentence: str, wanted: list[Wanted]) -> None:
    check(sentence, wanted, "actual", role="situation", heading="Kết quả", today="2024-07-05")


@pytest.mark.parametrize("role", ["objective", "task", "situation", "other"])
@pytest.mark.parametrize("sentence", NONE)
def test_look_alikes(sentence: str, role: str) -> None:
    assert indicators(sentence, role=role) == []
