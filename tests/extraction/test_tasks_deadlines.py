"""When a task is due: in running text, and in a table's cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.extraction.tasks.deadlines import read_due, read_due_cell

from .task_help import document, tasks_of

YEAR = 2024

# Words of a task => deadline, cadence, the words that give them (- where there are none).
SENTENCES = """
Báo cáo kết quả về UBND tỉnh trước ngày 31/5/2024 để tổng hợp. => 2024-05-31 | - | trước ngày 31/5/2024
Gửi Sở Nội vụ trước 15/9/2024. => 2024-09-15 | - | trước 15/9/2024
Hoàn thành trước ngày 30 tháng 11 năm 2024. => 2024-11-30 | - | trước ngày 30 tháng 11 năm 2024
Trình UBND tỉnh trước ngày 30 tháng 11. => 2024-11-30 | - | trước ngày 30 tháng 11
Hoàn thành kiểm đếm trước ngày 15/11. => 2024-11-15 | - | trước ngày 15/11
Xong chậm nhất ngày 20/12/2024. => 2024-12-20 | - | chậm nhất ngày 20/12/2024
Hoàn thành chậm nhất trong quý I/2025. => 2025-03-31 | - | chậm nhất trong quý I/2025
Chậm nhất là ngày 05/02/2024 gửi báo cáo. => 2024-02-05 | - | Chậm nhất là ngày 05/02/2024
Phê duyệt kế hoạch sử dụng đất trong tháng 9/2021. => 2021-09-30 | - | trong tháng 9/2021
Phê duyệt quy hoạch trong quý II năm 2024. => 2024-06-30 | - | trong quý II năm 2024
Trình Chính phủ trong Quý IV-2025. => 2025-12-31 | - | trong Quý IV-2025
Trình trong quý III. => 2024-09-30 | - | trong quý III
Tổ chức Diễn đàn trong năm 2024. => 2024-12-31 | - | trong năm 2024
Phấn đấu đến ngày 10/10/2021 đạt tỷ lệ 100% dân số được tiêm. => 2021-10-10 | - | đến ngày 10/10/2021
Phấn đấu đến cuối tháng 9 năm 2021 đạt 100%. => 2021-09-30 | - | đến cuối tháng 9 năm 2021
Trong đó đến hết Quý III năm 2021 giải ngân tối thiểu 60%. => 2021-09-30 | - | đến hết Quý III năm 2021
Giải ngân vốn đến ngày 31/12/2024 theo quy định. => 2024-12-31 | - | đến ngày 31/12/2024
Phấn đấu đến hết năm 2025 hoàn thành. => 2025-12-31 | - | đến hết năm 2025
Phấn đấu đến năm 2030 trở thành thành phố trực thuộc Trung ương. => 2030-12-31 | - | đến năm 2030
Hoàn thành các tiêu chí vào năm 2030. => 2030-12-31 | - | vào năm 2030
Chuẩn bị các đoàn ra dự kiến vào tháng 5, tháng 6/2024 => 2024-06-30 | - | dự kiến vào tháng 5, tháng 6/2024
Tổ chức Hội nghị từ ngày 16-17/5/2024. => 2024-05-17 | - | từ ngày 16-17/5/2024
Tổ chức ngày hội (tháng 6/2024). => 2024-06-30 | - | tháng 6/2024
Xây dựng Đề án, hoàn thành quý IV/2024. => 2024-12-31 | - | quý IV/2024
Sơ kết trước ngày 15/6/2024, tổng kết trước ngày 15/12/2024. => 2024-12-15 | - | trước ngày 15/12/2024
Báo cáo trước ngày 18 hàng tháng. => - | monthly | trước ngày 18 hàng tháng
Báo cáo trước ngày 05 tháng 12 hàng năm. => - | yearly | trước ngày 05 tháng 12 hàng năm
Báo cáo trước ngày 15 tháng 12 hằng năm. => - | yearly | trước ngày 15 tháng 12 hằng năm
Định kỳ hằng quý báo cáo UBND tỉnh. => - | quarterly | Định kỳ hằng quý
Định kỳ hàng tháng tổng hợp kết quả. => - | monthly | Định kỳ hàng tháng
Định kỳ trước ngày 15/6 và ngày 15/12 hằng năm gửi báo cáo. => - | yearly | trước ngày 15/6 và ngày 15/12 hằng năm
Trước ngày 10 tháng 6 và trước ngày 10 tháng 12 hàng năm báo cáo. => - | yearly | Trước ngày 10 tháng 6 và trước ngày 10 tháng 12 hàng năm
Hằng năm, trước ngày 10/12, các đơn vị gửi báo cáo. => - | yearly | Hằng năm, trước ngày 10/12
Hàng năm, vào tháng 11, tổ chức diễn đàn. => - | yearly | Hàng năm, vào tháng 11
Hằng năm tổ chức đánh giá, xếp loại. => - | yearly | Hằng năm
Định kỳ hằng năm (trước ngày 10/12) tổng hợp. => - | yearly | Định kỳ hằng năm (trước ngày 10/12)
Báo cáo định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12). => - | yearly | định kỳ 6 tháng (trước ngày 15/6)
Định kỳ 6 tháng (trước 15/6), năm (trước 15/12) gửi báo cáo. => - | yearly | Định kỳ 6 tháng
Định kỳ quý (trước ngày 20 của tháng cuối quý), năm (trước ngày 10/12). => - | quarterly | Định kỳ quý
Báo cáo định kỳ tháng, quý, năm theo quy định. => - | monthly | định kỳ tháng
Định kỳ 6 tháng sơ kết. => - | - | Định kỳ 6 tháng
Hằng năm rà soát, hoàn thành lần đầu trước ngày 31/12/2024. => 2024-12-31 | yearly | Hằng năm rà soát, hoàn thành lần đầu trước ngày 31/12/2024
Cân đối ngân sách hằng năm cho các dự án. => - | - | -
Bố trí dự toán ngân sách hằng năm bảo đảm thực hiện Kế hoạch. => - | - | -
Chủ trì, phối hợp với các đơn vị hằng tháng công khai tình hình giải ngân. => - | monthly | hằng tháng
Sở Y tế theo dõi, hàng quý tổng hợp, gửi Sở Nội vụ. => - | quarterly | hàng quý
Hình thành cụm công nghiệp trước năm 2026. => 2025-12-31 | - | trước năm 2026
Hoàn thành trước tháng 10/2024. => 2024-09-30 | - | trước tháng 10/2024
Lựa chọn dự án đầu tư trong giai đoạn 2026-2030, gửi Sở Tài chính trước ngày 15/7/2025. => 2025-07-15 | - | trước ngày 15/7/2025
Thường xuyên kiểm tra, đôn đốc. => - | ongoing | Thường xuyên
Báo cáo trước ngày 18 hàng tháng và báo cáo năm (trước ngày 30 tháng 11) cho UBND tỉnh => 2024-11-30 | monthly | trước ngày 18 hàng tháng và báo cáo năm (trước ngày 30 tháng 11)
Trao quà cho các hộ xong trước ngày Thương binh 27/7/2024. => 2024-07-27 | - | trước ngày Thương binh 27/7/2024
Gửi báo cáo trước 16h30, ngày 20/9/2024. => 2024-09-20 | - | trước 16h30, ngày 20/9/2024
Gửi báo cáo trước 9:00 ngày 20/9/2024. => 2024-09-20 | - | trước 9:00 ngày 20/9/2024
Gửi báo cáo trước 17 giờ 00 phút (ngày 20/9/2024). => 2024-09-20 | - | trước 17 giờ 00 phút (ngày 20/9/2024)
Gửi báo cáo trước lúc 15h00' ngày 20/9. => 2024-09-20 | - | trước lúc 15h00' ngày 20/9
Rà soát xong, hoàn thành trong Qúy II/2024. => 2024-06-30 | - | trong Qúy II/2024
Hoàn thành trong quý Ⅲ năm 2024. => 2024-09-30 | - | trong quý Ⅲ năm 2024
Hoàn thành cuối tháng 8/2024. => 2024-08-31 | - | Hoàn thành cuối tháng 8/2024
Hoàn thành giữa quý IV/2024. => 2024-12-31 | - | Hoàn thành giữa quý IV/2024
Triển khai từ ngày 20/12 đến ngày 10/01/2025. => 2025-01-10 | - | từ ngày 20/12 đến ngày 10/01/2025
Tổng kiểm tra trong quý IV/2024 - quý I/2025. => 2025-03-31 | - | trong quý IV/2024 - quý I/2025
Gửi báo cáo trước ngày 31/9/2024. => - | - | trước ngày 31/9/2024
Gửi báo cáo trước ngày 30/02 hằng năm. => - | yearly | trước ngày 30/02 hằng năm
Gửi báo cáo đúng hạn ngày 20/9/2024. => 2024-09-20 | - | đúng hạn ngày 20/9/2024
Định kỳ trước ngày 15 của tháng cuối quý, gửi số liệu. => - | quarterly | Định kỳ trước ngày 15 của tháng cuối quý
Chấm điểm các thôn tự quản hằng quý. => - | quarterly | hằng quý
Chi đủ tiền trợ cấp hằng tháng; rà soát đối tượng. => - | - | -
Đẩy nhanh giải ngân kế hoạch vốn năm 2024. => - | - | -
Tổ chức Lễ hội Vịnh ánh sáng quốc tế Nha Trang 2024. => - | - | -
Thực hiện Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ. => - | - | -
Triển khai Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050. => - | - | -
Thực hiện Chương trình phát triển đô thị tỉnh đến năm 2030. => - | - | -
Thực hiện Chiến lược phát triển du lịch đến năm 2030, tầm nhìn đến năm 2045. => - | - | -
Xây dựng, phát triển tỉnh đến năm 2020 và tầm nhìn đến năm 2030. => - | - | -
Nới lỏng giãn cách xã hội sau ngày 01/10/2021. => - | - | -
Trong 3 tháng cuối năm 2021, yêu cầu các sở thực hiện nghiêm. => - | - | -
Coi đây là nhiệm vụ trọng tâm trong 3 tháng cuối năm 2021. => - | - | -
Thu hút đầu tư trong những tháng cuối năm 2021 và năm tiếp theo. => - | - | -
Đánh giá kết quả tính đến ngày 30/6/2024. => - | - | -
Áp dụng từ ngày 01/8/2024. => - | - | -
Tiếp tục duy trì, bảo đảm trật tự. => - | - | -
Tổng kết năm học 2023 - 2024 theo kế hoạch. => - | - | -
Thực hiện tốt Kế hoạch đầu tư công trung hạn giai đoạn 2021-2025. => - | - | -
"""

# A deadline column's cell => deadline, cadence.
CELLS = """
Quý IV/2023 => 2023-12-31 | -
Quí IV-2025 => 2025-12-31 | -
Quý I => 2024-03-31 | -
Quý II, III/2024 => 2024-09-30 | -
QÚY III => 2024-09-30 | -
Quí Ⅳ/2024 => 2024-12-31 | -
Quý IV/2024 - Quý I/2025 => 2025-03-31 | -
Tháng 11/2024 - 02/2025 => 2025-02-28 | -
31/11/2024 => - | -
Tháng 12/2025 => 2025-12-31 | -
Tháng 02 => 2024-02-29 | -
Tháng 02 - 3/2023 => 2023-03-31 | -
2023 => 2023-12-31 | -
Năm 2026 => 2026-12-31 | -
Trong năm 2023 => 2023-12-31 | -
2023-2025 => 2025-12-31 | -
2024 - 2030 => 2030-12-31 | -
Giai đoạn 2026-2030 => 2030-12-31 | -
Trước 15/02/2023 => 2023-02-15 | -
Trước ngày 31/12/2025 => 2025-12-31 | -
28/02 => 2024-02-28 | -
30/6/2024 => 2024-06-30 | -
6 tháng đầu năm 2024 => 2024-06-30 | -
Đến 2025 => 2025-12-31 | -
Đến hết 2026 => 2026-12-31 | -
Đến năm 2030, tầm nhìn đến năm 2045 => 2030-12-31 | -
Từ năm 2024 => - | -
Từ tháng 6/2024 => - | -
Từ năm 2024 đến năm 2026 => 2026-12-31 | -
Thường xuyên => - | ongoing
Nhiệm vụ thường xuyên => - | ongoing
Thường xuyên, hàng năm => - | yearly
Hằng năm => - | yearly
Hằng tháng => - | monthly
Hàng quý => - | quarterly
Trước ngày 01/6 và 15/11 hằng năm => - | yearly
Theo tiến độ thực hiện của Trung ương => - | -
Trong quá trình thực hiện Nghị quyết => - | -
Theo Kế hoạch số 4368/KH-UBND ngày 17/5/2022 của UBND tỉnh => - | -
Theo tiến độ; sau khi Trung ương phê duyệt Quy hoạch vùng thời kỳ 2021-2030 => - | -
"""


def rows(table: str) -> list[list[str | None]]:
    return [
        [text, *(None if value == "-" else value for value in values.split(" | "))]
        for text, values in (line.split(" => ") for line in table.strip().splitlines())
    ]


@pytest.mark.parametrize(("text", "deadline", "cadence", "words"), rows(SENTENCES))
def test_sentences(text: str, deadline: str | None, cadence: str | None, words: str | None) -> None:
    due = read_due(text, YEAR)
    assert (due.deadline and due.deadline.isoformat()) == deadline
    assert due.cadence == cadence
    assert due.text == words


@pytest.mark.parametrize(("text", "deadline", "cadence"), rows(CELLS))
def test_cells(text: str, deadline: str | None, cadence: str | None) -> None:
    due = read_due_cell(text, YEAR)
    assert (due.deadline and due.deadline.isoformat()) == deadline
    assert due.cadence == cadence
    assert due.text == text


def test_an_empty_cell_says_nothing() -> None:
    due = read_due_cell(" ", YEAR)
    assert (due.deadline, due.text, due.cadence) == (None, None, None)


def test_without_any_year_a_month_is_no_deadline() -> None:
    assert read_due_cell("Tháng 12", None).deadline is None


# Words of a task of a document of 12 February 2025 => when it is due, counted from that day.
COUNTED = """
Ban hành hướng dẫn trong vòng 30 ngày kể từ ngày ký. => 2025-03-14
Báo cáo chậm nhất 15 ngày kể từ ngày ban hành Kế hoạch này => 2025-02-27
Xây dựng kế hoạch trong thời hạn 02 tháng, kể từ ngày Chỉ thị này được ban hành, gửi Sở Nội vụ. => 2025-04-12
Phân công cán bộ chậm nhất sau 05 ngày làm việc kể từ ngày ký ban hành; tổng hợp. => 2025-02-19
Ban hành kế hoạch trong 2 tuần từ ngày có hiệu lực. => 2025-02-26
Trả kết quả trong vòng 30 ngày kể từ ngày nhận đủ hồ sơ. => -
Báo cáo trong vòng 10 ngày kể từ ngày ký hợp đồng. => -
Báo cáo chậm nhất 15 ngày trước khi tổ chức. => -
"""


@pytest.mark.parametrize(("text", "deadline"), rows(COUNTED))
def test_deadlines_counted_from_the_day_of_the_document(text: str, deadline: str | None) -> None:
    due = read_due(text, 2025, date(2025, 2, 12))
    assert (due.deadline and due.deadline.isoformat()) == deadline
    assert due.basis == ("counted" if deadline else None)
    without = read_due(text, 2025)
    assert (without.deadline, without.basis, without.text) == (None, None, due.text)


BODY = """I. NHIỆM VỤ
1. Sở Y tế xây dựng đề án, hoàn thành trước ngày 31/6/2024.
2. Sở Nội vụ rà soát biên chế trong vòng 30 ngày kể từ ngày ký.
3. Nâng cấp cơ sở dữ liệu
a) Rà soát, cập nhật dữ liệu.
b) Công bố, chia sẻ dữ liệu.
Thời gian hoàn thành: Quý IV/2024
4. Sở Tư pháp kiểm tra văn bản.
Thời gian hoàn thành: 30/02/2024
"""


def test_what_a_deadline_goes_by() -> None:
    found = tasks_of(document("KẾ HOẠCH\nChuyển đổi số năm 2024", BODY))
    told = [(task.deadline and task.deadline.isoformat(), task.deadline_basis) for _, task in found]
    assert told == [
        (None, None),
        ("2024-04-04", "counted"),
        ("2024-12-31", "inherited"),
        ("2024-12-31", "stated"),
        (None, None),
    ]
    doubts = [(doubt.code, doubt.facts) for _, task in found for doubt in task.doubts]
    assert [facts for code, facts in doubts if code == "date-impossible"] == [
        {"date": "trước ngày 31/6/2024"},
        {"date": "30/02/2024"},
    ]


PIECES = st.sampled_from(
    [
        "trước ngày",
        "31/5/2024",
        "hằng năm",
        "Quý IV",
        "trong",
        "đến",
        "năm 2030",
        "(",
        ")",
        ",",
        ". ",
        "định kỳ",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join)))
def test_never_raises_and_gives_words_of_the_text(text: str) -> None:
    for due in (read_due(text, YEAR), read_due_cell(text, YEAR)):
        assert due.text is None or due.text in text
        assert due.deadline is None or due.text


def test_a_step_of_a_schedule_is_due_at_the_time_that_it_begins_with() -> None:
    found = [
        read_due(text, 2025)
        for text in ("Quý IV/2025: nghiệm thu phần mềm.", "Từ tháng 4 đến tháng 5/2025: đánh giá.", "Năm 2025 tỉnh có 5 xã.")
    ]  # fmt: skip
    assert [(str(due.deadline), due.text) for due in found] == [
        ("2025-12-31", "Quý IV/2025"),
        ("2025-05-31", "Từ tháng 4 đến tháng 5/2025"),
        ("None", None),
    ]
