"""Tasks of whole documents in the forms of many provinces: who is told what, by whom, by when."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khplans.extraction.tasks import find_tasks
from khplans.intake import Taken, unregistered
from khplans.model import Source
from khplans.pipeline import tables_of
from khplans.reading import read_documents

from .task_help import document, read, tasks_of, told

DIRECTIVE = document(
    "CHỈ THỊ\nVề việc tăng cường công tác phòng, chống thiên tai năm 2024",
    """
Trong những năm qua, thiên tai diễn biến phức tạp. Các cấp, các ngành đã quan tâm chỉ đạo, đạt nhiều kết quả.

Để chủ động ứng phó, Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thị xã, thành phố thực hiện tốt các nhiệm vụ sau:

1. Các sở, ban, ngành, địa phương:

a) Tổng kết công tác phòng, chống thiên tai năm 2023, hoàn thành trước ngày 30/4/2024.

b) Rà soát, cập nhật phương án ứng phó.

2. Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh: Tổ chức trực ban 24/24 giờ; tham mưu UBND tỉnh chỉ đạo ứng phó.

3. Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh:

- Chuẩn bị lực lượng, phương tiện.

- Phối hợp với các địa phương tổ chức diễn tập trong tháng 9/2024.

4. Sở Nông nghiệp và PTNT chủ trì, phối hợp với Sở Công Thương và UBND các huyện, thị xã, thành phố kiểm tra an toàn hồ đập trước ngày 10 tháng 9.

5. Giao Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính bố trí vốn khắc phục các công trình.

6. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tham gia tuyên truyền.

7. Đối với Đài Phát thanh và Truyền hình tỉnh: Tăng thời lượng phát sóng.
""",
)

DIRECTED = """
1|a)|Tổng kết công tác => [Các sở, ban, ngành, địa phương] /  / 2024-04-30 /  /
1|b)|Rà soát, cập nhật => [Các sở, ban, ngành, địa phương] /  /  /  /
|2|Tổ chức trực ban => [Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh] /  /  /  /
3|-|Chuẩn bị lực lượng, => [Bộ Chỉ huy Quân sự tỉnh], [Công an tỉnh] /  /  /  /
3|-|Phối hợp với các => [Bộ Chỉ huy Quân sự tỉnh], [Công an tỉnh] / [Các địa phương] / 2024-09-30 /  /
|4|Sở Nông nghiệp và => [Sở Nông nghiệp và Phát triển nông thôn] / [Sở Công Thương], [Ủy ban nhân dân các huyện, thị xã, thành phố] / 2024-09-10 /  /
|5|Giao Sở Kế hoạch => [Sở Kế hoạch và Đầu tư] / [Sở Tài chính] /  /  /
|6|Đề nghị Ủy ban => [Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh], [Các tổ chức chính trị - xã hội] /  /  /  /
|7|Đối với Đài Phát => [Đài Phát thanh và Truyền hình tỉnh] /  /  /  /
"""

LINES = document(
    "KẾ HOẠCH\nTriển khai Nghị quyết số 57-NQ/TW năm 2026",
    """
I. MỤC ĐÍCH, YÊU CẦU

- Xây dựng kế hoạch cụ thể, giao nhiệm vụ cho các sở, ban, ngành.

II. NHIỆM VỤ, GIẢI PHÁP

1. Hoàn thiện thể chế

a) Rà soát, tham mưu sửa đổi các văn bản quy phạm pháp luật về khoa học và công nghệ.

- Cơ quan chủ trì: Sở Khoa học và Công nghệ.

- Cơ quan phối hợp: Sở Tư pháp, UBND các xã, phường.

- Thời gian hoàn thành: Quý II/2026.

- Sản phẩm: Nghị quyết của HĐND tỉnh.

b) Xây dựng cơ chế khuyến khích đổi mới sáng tạo.

- Cơ quan chủ trì: Sở Nội vụ.

- Thời gian thực hiện: Thường xuyên.

2. Phát triển hạ tầng số

- Phủ sóng 5G tại các trung tâm xã.

- Nâng cấp Trung tâm dữ liệu tỉnh.

Đơn vị chủ trì tham mưu thực hiện: Sở Khoa học và Công nghệ. Đơn vị phối hợp: Công an tỉnh; Sở Tài chính. Thời gian: Giai đoạn 2026-2030.

III. TỔ CHỨC THỰC HIỆN

1. Các sở, ban, ngành và UBND các xã, phường có trách nhiệm:

- Xây dựng kế hoạch của cơ quan, đơn vị trước ngày 30/01/2026.

- Báo cáo kết quả về UBND tỉnh (qua Sở Khoa học và Công nghệ) trước ngày 15 tháng 12 hằng năm.

2. Sở Tài chính phối hợp với Sở Khoa học và Công nghệ tham mưu bố trí kinh phí.
""",
    date="2025-11-05",
)

LINED = """
II/1|a)|Rà soát, tham mưu => [Sở Khoa học và Công nghệ] / [Sở Tư pháp], [Ủy ban nhân dân các xã, phường] / 2026-06-30 /  / Nghị quyết của HĐND tỉnh
II/1|b)|Xây dựng cơ chế => [Sở Nội vụ] /  /  / ongoing /
II/2|-|Phủ sóng 5G tại => [Sở Khoa học và Công nghệ] / [Công an tỉnh], [Sở Tài chính] / 2030-12-31 /  /
II/2|-|Nâng cấp Trung tâm => [Sở Khoa học và Công nghệ] / [Công an tỉnh], [Sở Tài chính] / 2030-12-31 /  /
III/1|-|Xây dựng kế hoạch => [Các sở, ban, ngành], [Ủy ban nhân dân các xã, phường] /  / 2026-01-30 /  /
III/1|-|Báo cáo kết quả => [Các sở, ban, ngành], [Ủy ban nhân dân các xã, phường] /  /  / yearly /
III|2|Sở Tài chính phối => [Sở Tài chính] / [Sở Khoa học và Công nghệ] /  /  /
"""

NOTICE = document(
    "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh tại phiên họp tháng 10 năm 2025",
    """
Ngày 18/10/2025, Chủ tịch UBND tỉnh chủ trì phiên họp thường kỳ. Sau khi nghe Sở Tài chính báo cáo, Chủ tịch UBND tỉnh kết luận như sau:

I. Đánh giá chung

Kinh tế - xã hội tiếp tục phát triển. Các sở, ngành đã tích cực triển khai nhiệm vụ được giao.

II. Nhiệm vụ trọng tâm

1. Giao Sở Tài chính:

a) Đẩy nhanh tiến độ thu ngân sách; báo cáo UBND tỉnh trước ngày 25/10/2025.

b) Tham mưu phân bổ kế hoạch vốn năm 2026 trong tháng 12/2025.

2. Sở Nội vụ khẩn trương hoàn thiện Đề án vị trí việc làm, trình UBND tỉnh trong Quý IV-2025.

3. Về dự án đường vành đai: Yêu cầu Ban Quản lý dự án giao thông tỉnh chủ trì, phối hợp với UBND phường Đồng Hới hoàn thành kiểm đếm trước ngày 15/11. Giao Công an tỉnh bảo đảm an ninh trật tự.

4. Đồng ý chủ trương như đề xuất của Sở Khoa học và Công nghệ.

5. UBND các xã, phường: Tập trung giải phóng mặt bằng; phối hợp các đơn vị liên quan tháo gỡ vướng mắc.
""",
    date="2025-10-20",
)

NOTICED = """
II/1|a)|Đẩy nhanh tiến độ => [Sở Tài chính] /  / 2025-10-25 /  /
II/1|b)|Tham mưu phân bổ => [Sở Tài chính] /  / 2025-12-31 /  /
II|2|Sở Nội vụ khẩn => [Sở Nội vụ] /  / 2025-12-31 /  /
II|3|Về dự án đường => [Ban Quản lý dự án giao thông tỉnh], [Công an tỉnh] / [Ủy ban nhân dân phường Đồng Hới] / 2025-11-15 /  /
II|5|Tập trung giải phóng => [Ủy ban nhân dân các xã, phường] / [Các đơn vị có liên quan] /  /  /
"""

DECISION = document(
    "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch chuyển đổi cơ cấu cây trồng",
    """
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi cơ cấu cây trồng giai đoạn 2024-2025.

Điều 2. Giao Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với UBND các huyện triển khai thực hiện Kế hoạch này.

Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nông nghiệp và Phát triển nông thôn chịu trách nhiệm thi hành Quyết định này./.
""",
)

DECIDED = """
|Điều 2|Giao Sở Nông nghiệp => [Sở Nông nghiệp và Phát triển nông thôn] / [Ủy ban nhân dân các huyện] /  /  /
"""

PLAN = "KẾ HOẠCH\nThực hiện nhiệm vụ trọng tâm năm 2023"
SHORT = "I. NHIỆM VỤ\n\n(Chi tiết tại Phụ lục kèm theo)\n"

PIPES = document(
    PLAN,
    SHORT,
    """
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ

| TT | Nội dung | Sản phẩm | Thời hạn | Đơn vị thực hiện | Đơn vị phối hợp |
|---|---|---|---|---|---|
| I | Hoàn thiện thể chế | | | | |
| 1 | Ban hành quy chế khai thác dữ liệu | Quyết định của UBND tỉnh | Quý I/2023 | Sở TT&TT | Sở Tư pháp, Công an tỉnh |
| 2 | Xây dựng Đề án kinh tế số | Đề án | Tháng 6 | Sở KH&ĐT; Sở TT&TT | Các sở, ngành liên quan |
| II | Hạ tầng | | | | |
| 3 | Giám sát an toàn thông tin, phối hợp với Cục An toàn thông tin | | Hằng tháng | Công an tỉnh | |
| 4 | Đào tạo cán bộ | | | Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính | |
| 5 | Tuyên truyền cải cách hành chính | | | Sở Nội vụ chủ trì, phối hợp với Báo Quảng Bình | |
""",
    date="2023-02-02",
)

PIPED = """
I|1|Ban hành quy chế => [Sở Thông tin và Truyền thông] / [Sở Tư pháp], [Công an tỉnh] / 2023-03-31 /  / Quyết định của UBND tỉnh
I|2|Xây dựng Đề án => [Sở Kế hoạch và Đầu tư], [Sở Thông tin và Truyền thông] / [Các sở, ngành có liên quan] / 2023-06-30 /  / Đề án
II|3|Giám sát an toàn => [Công an tỉnh] /  /  / monthly /
II|4|Đào tạo cán bộ => [Sở Nội vụ] / [Sở Tài chính] /  /  /
II|5|Tuyên truyền cải cách => [Sở Nội vụ] / [Báo Quảng Bình] /  /  /
"""

MERGED = document(
    PLAN,
    SHORT,
    """
PHỤ LỤC
DANH MỤC NHIỆM VỤ TRỌNG TÂM QUÝ I NĂM 2023

TT	Cơ quan chủ trì	Nội dung công việc	Cơ quan phối hợp	Thời gian hoàn thành
1		Tham mưu phân bổ vốn đầu tư công năm 2023	Các chủ đầu tư	Trước 15/02/2023
2	Sở Kế hoạch và Đầu tư	Tổ chức hội nghị xúc tiến đầu tư	Sở Công Thương	Tháng 3/2023
3		Rà soát quy hoạch tỉnh	Các sở, ngành	Quý I
4		Tổ chức tiêm chủng mở rộng cho trẻ em	UBND các huyện	Thường xuyên
5	Sở Y tế	Kiểm tra an toàn thực phẩm dịp Tết		28/02
""",
    date="2023-01-02",
)

UNMERGED = """
|1|Tham mưu phân bổ => [Sở Kế hoạch và Đầu tư] / [Các chủ đầu tư] / 2023-02-15 /  /
|2|Tổ chức hội nghị => [Sở Kế hoạch và Đầu tư] / [Sở Công Thương] / 2023-03-31 /  /
|3|Rà soát quy hoạch => [Sở Kế hoạch và Đầu tư] / [Các sở, ngành] / 2023-03-31 /  /
|4|Tổ chức tiêm chủng => [Sở Y tế] / [Ủy ban nhân dân các huyện] /  / ongoing /
|5|Kiểm tra an toàn => [Sở Y tế] /  / 2023-02-28 /  /
"""

CELLS = document(
    PLAN,
    SHORT,
    """
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ

TT

Nhiệm vụ

Cơ quan chủ trì

Cơ quan phối hợp

Tiến độ thực hiện

Kết quả/Sản phẩm

I

Đẩy mạnh liên kết vùng

\u00a0

\u00a0

\u00a0

\u00a0

1

Triển khai hiệu quả Quy hoạch tỉnh

Sở Kế hoạch và Đầu tư

\u00a0

Nhiệm vụ thường xuyên

Báo cáo định kỳ

2

Đề án phát triển nuôi biển

Sở Nông nghiệp và PTNT

Các Sở, ngành, địa phương liên quan

2023-2025

Đề án
""",
    date="2023-01-02",
)

CELLED = """
I|1|Triển khai hiệu quả => [Sở Kế hoạch và Đầu tư] /  /  / ongoing / Báo cáo định kỳ
I|2|Đề án phát triển => [Sở Nông nghiệp và Phát triển nông thôn] / [Các sở, ngành, địa phương có liên quan] / 2025-12-31 /  / Đề án
"""

ACTIVITIES = document(
    "KẾ HOẠCH\nBình đẳng giới năm 2023",
    """
II. CÁC HOẠT ĐỘNG

1. Tổ chức hội nghị tập huấn bình đẳng giới

- Nội dung: Tập huấn kỹ năng lồng ghép giới.

- Thời gian: Quý II/2023.

- Địa điểm: Thành phố Đồng Hới.

- Đơn vị thực hiện: Sở Lao động - Thương binh và Xã hội.

2. Truyền thông trên báo, đài

- Đơn vị thực hiện: Đài Phát thanh và Truyền hình tỉnh; phối hợp: Báo Quảng Bình.

III. KINH PHÍ THỰC HIỆN

1. Nguồn ngân sách nhà nước bố trí theo phân cấp.

2. Giao Sở Tài chính thẩm định, trình UBND tỉnh bố trí kinh phí.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Lao động - Thương binh và Xã hội

a) Tổng hợp, báo cáo UBND tỉnh trước ngày 10/12/2023.

b) Tỷ lệ cán bộ nữ đạt 30%.
""",
    date="2023-01-14",
)

ACTED = """
II|1|Tổ chức hội nghị => [Sở Lao động - Thương binh và Xã hội] /  / 2023-06-30 /  /
II|2|Truyền thông trên báo, => [Đài Phát thanh và Truyền hình tỉnh] / [Báo Quảng Bình] /  /  /
III|2|Giao Sở Tài chính => [Sở Tài chính] /  /  /  /
IV/1|a)|Tổng hợp, báo cáo => [Sở Lao động - Thương binh và Xã hội] /  / 2023-12-10 /  /
"""

CASES = {
    "activities with their particulars": (ACTIVITIES, ACTED),
    "directive": (DIRECTIVE, DIRECTED),
    "lines below the items": (LINES, LINED),
    "notice of a conclusion": (NOTICE, NOTICED),
    "articles of a decision": (DECISION, DECIDED),
    "pipe table": (PIPES, PIPED),
    "merged cells": (MERGED, UNMERGED),
    "one cell a line": (CELLS, CELLED),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_documents(text: str, expected: str) -> None:
    found = [told(*pair).rstrip() for pair in tasks_of(text)]
    assert found == [line.rstrip() for line in expected.strip().splitlines()]


@pytest.mark.parametrize("text", [case[0] for case in CASES.values()], ids=CASES)
def test_a_task_reads_as_its_words_in_the_source(text: str) -> None:
    for _, task in tasks_of(text):
        quote = text[task.span.start : task.span.end]
        assert " ".join(quote.replace("\u00a0", " ").split()) == task.text


@pytest.mark.parametrize("text", [case[0] for case in CASES.values()], ids=CASES)
def test_padding_moves_tasks_and_nothing_else(text: str) -> None:
    pad = "Trang chủ\n\n"
    plain, padded = tasks_of(text), tasks_of(pad + text)
    assert [told(*pair) for pair in padded] == [told(*pair) for pair in plain]
    assert [t.span.start - len(pad) for _, t in padded] == [t.span.start for _, t in plain]


@pytest.mark.parametrize("text", [case[0] for case in CASES.values()], ids=CASES)
def test_decomposed_text_has_the_same_tasks(text: str) -> None:
    decomposed = tasks_of(unicodedata.normalize("NFD", text))
    assert [told(*pair) for pair in decomposed] == [told(*pair) for pair in tasks_of(text)]


def bases(text: str) -> dict[str, set[str]]:
    return {
        " ".join(task.text.split()[:3]): {part.basis for part in task.parts if part.role == "lead"}
        for _, task in tasks_of(text)
    }


def test_the_basis_says_how_the_lead_is_known() -> None:
    directed = bases(DIRECTIVE)
    assert directed["Chuẩn bị lực"] == {"heading"}
    assert directed["Giao Sở Kế"] == {"named-in-text"}
    assert bases(PIPES)["Xây dựng Đề"] == {"cell"}
    merged = bases(MERGED)
    assert merged["Rà soát quy"] == {"merged-cell"}
    assert merged["Kiểm tra an"] == {"cell"}


def test_an_introduction_charges_the_items_that_name_nobody() -> None:
    body = """
Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành thực hiện các nhiệm vụ sau:

1. Tăng cường kiểm tra, xử lý vi phạm.

2. Công an tỉnh bảo đảm an ninh trật tự.
"""
    pairs = tasks_of(document("CHỈ THỊ\nVề trật tự đô thị", body))
    assert [told(*pair).split(" => ")[1] for pair in pairs] == [
        "[Các sở, ban, ngành] /  /  /  / ",
        "[Công an tỉnh] /  /  /  / ",
    ]
    assert {part.basis for part in pairs[0][1].parts} == {"introduction"}


def test_those_who_are_to_be_directed_do_not_lead() -> None:
    body = """
II. NHIỆM VỤ

1. Ngân hàng Nhà nước Chi nhánh tỉnh chỉ đạo các tổ chức tín dụng hỗ trợ khách hàng.

2. Giao Ban Thường vụ Tỉnh ủy chỉ đạo Ủy ban Kiểm tra Tỉnh ủy hoàn chỉnh dự thảo.

3. Tham mưu UBND tỉnh, gửi Sở Tư pháp thẩm định.
"""
    pairs = tasks_of(document("KẾ HOẠCH\nThực hiện nhiệm vụ", body))
    leads = [[p.mention.agency.name for p in task.parts if p.role == "lead"] for _, task in pairs]
    assert leads == [["Ngân hàng Nhà nước Chi nhánh tỉnh"], ["Ban Thường vụ Tỉnh ủy"], []]


def test_what_stands_below_an_agency_and_what_closes_the_document() -> None:
    body = """
III. TỔ CHỨC THỰC HIỆN

1. Trách nhiệm của Sở Tài chính

Thẩm định, trình cấp có thẩm quyền dự toán kinh phí.

2. Sở Công Thương đẩy mạnh xúc tiến thương mại.

Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.
"""
    found = [told(*pair) for pair in tasks_of(document("THÔNG BÁO\nKết luận cuộc họp", body))]
    assert found == [
        "III/1||Thẩm định, trình cấp => [Sở Tài chính] /  /  /  / ",
        "III|2|Sở Công Thương đẩy => [Sở Công Thương] /  /  /  / ",
    ]


def test_lines_below_a_line_about_the_content() -> None:
    body = """
II. NỘI DUNG

1. Tuyên truyền, phổ biến pháp luật

a) Nội dung: Tổ chức hội nghị, phát hành tờ gấp.

- Đơn vị chủ trì: Sở Tư pháp.

- Thời gian: Quý II/2024.
"""
    ((_, task),) = tasks_of(document("KẾ HOẠCH\nPhổ biến pháp luật", body))
    assert [p.mention.agency.name for p in task.parts] == ["Sở Tư pháp"]
    assert str(task.deadline) == "2024-06-30"


def test_a_letter_charges_those_it_goes_to() -> None:
    text = """BỘ NỘI VỤ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1204/BNV-CCHC
V/v báo cáo kết quả cải cách hành chính
Hà Nội, ngày 04 tháng 3 năm 2024

Kính gửi:
- Bộ Tài chính;
- Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương.

Thực hiện Nghị quyết số 76/NQ-CP của Chính phủ, Bộ Nội vụ đề nghị quý Cơ quan:

1. Rà soát kết quả thực hiện năm 2023.

2. Gửi báo cáo về Bộ Nội vụ trước ngày 15/4/2024.

Trân trọng cảm ơn./.

BỘ TRƯỞNG

Phạm Thị Thanh Trà
"""
    leads = [
        [p.mention.agency.name for p in task.parts if p.role == "lead"]
        for _, task in tasks_of(text)
    ]
    to = ["Bộ Tài chính", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"]
    assert leads == [to, to]


def test_a_later_sentence_adds_to_the_lead_from_above() -> None:
    body = """
II. NHIỆM VỤ

1. Sở Xây dựng:

- Đẩy nhanh tiến độ lập quy hoạch. Đề nghị các đơn vị tư vấn lập quy hoạch phối hợp, chia sẻ thông tin.
"""
    ((_, task),) = tasks_of(document("KẾ HOẠCH\nThực hiện nhiệm vụ", body))
    leads = [p.mention.agency.name for p in task.parts if p.role == "lead"]
    assert leads == ["Sở Xây dựng", "Các đơn vị tư vấn lập quy hoạch"]


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Cấp ủy, chính quyền các cấp, nhất là người đứng đầu phải nâng cao trách nhiệm.",
         ["Cấp ủy, chính quyền các cấp"]),
        ("Định kỳ trước ngày 05 tháng 12 hàng năm, các cơ quan, đơn vị báo cáo kết quả.",
         ["Các cơ quan, đơn vị"]),
        ("Chế độ báo cáo: Các đơn vị gửi báo cáo về Sở Y tế trước ngày 10/6.", ["Các đơn vị"]),
        ("Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng kế hoạch thực hiện.", ["Các sở, ban, ngành"]),
        ("Giám đốc Sở Xây dựng (Tổ trưởng Tổ công tác), Trưởng ban Ban Quản lý Khu kinh tế đẩy nhanh tiến độ.",
         ["Sở Xây dựng", "Ban Quản lý Khu kinh tế"]),
        ("Nhiệm vụ rất nặng nề, UBND tỉnh đề nghị các sở, ngành, địa phương nêu cao trách nhiệm.",
         ["Các sở, ngành, địa phương"]),
        ("Trên đây là Kế hoạch năm 2024, đề nghị các sở, ngành nghiêm túc thực hiện.", ["Các sở, ngành"]),
        ("Đề nghị: Hội Nông dân tỉnh, Tỉnh đoàn phối hợp tuyên truyền.", ["Hội Nông dân tỉnh", "Tỉnh đoàn"]),
        ("Các thành viên Ban Chỉ đạo tỉnh trực tiếp kiểm tra.", ["Các thành viên Ban Chỉ đạo tỉnh"]),
        ("Xây dựng Đề án vị trí việc làm; Sở Nội vụ chủ trì, phối hợp với Sở Tài chính.", ["Sở Nội vụ"]),
        ("Tổ chức hội chợ hàng Việt (Sở Công Thương chủ trì).", ["Sở Công Thương"]),
        ("Tham mưu UBND tỉnh trình HĐND tỉnh ban hành Nghị quyết.", []),
        ("Tăng cường phối hợp với Công an tỉnh bảo đảm an ninh.", []),
        ("Theo đề nghị của Sở Y tế, bố trí kinh phí phòng dịch.", []),
    ],
)  # fmt: skip
def test_whom_a_sentence_charges(words: str, leads: list[str]) -> None:
    body = f"II. NHIỆM VỤ\n\n1. {words}\n\n2. Tăng cường kiểm tra."
    (_, task), _ = tasks_of(document("KẾ HOẠCH\nThực hiện nhiệm vụ", body))
    assert [p.mention.agency.name for p in task.parts if p.role == "lead"] == leads


def test_a_day_without_a_year_is_in_the_coming_one() -> None:
    body = "II. NHIỆM VỤ\n\n1. Báo cáo UBND tỉnh trước ngày 15/01.\n\n2. Sơ kết trước ngày 20/10."
    found = tasks_of(document("KẾ HOẠCH\nThực hiện nhiệm vụ", body, date="2024-11-20"))
    assert [str(task.deadline) for _, task in found] == ["2025-01-15", "2024-10-20"]


def test_a_day_without_a_year_on_a_line_of_its_own_is_in_the_coming_one() -> None:
    body = (
        "II. NHIỆM VỤ\n\n1. Sở Y tế báo cáo UBND tỉnh.\n\n- Thời gian hoàn thành: trước ngày 15/01."
    )
    ((_, task),) = tasks_of(document("KẾ HOẠCH\nThực hiện nhiệm vụ", body, date="2024-11-20"))
    assert str(task.deadline) == "2025-01-15"


def test_an_agency_that_is_not_known_is_told_once_and_not_of_each_task() -> None:
    body = """
II. NHIỆM VỤ

1. Sở Vũ trụ chủ trì xây dựng đề án trước ngày 01/02/2026.

2. Sở Vũ trụ chủ trì xây dựng kế hoạch.
"""
    text = document("KẾ HOẠCH\nThực hiện nhiệm vụ", body)
    assert [task.parts[0].mention.known for _, task in tasks_of(text)] == [False, False]
    warnings = tables_of(unregistered("x", Taken(text), text.encode()))["warnings"]
    assert [row["code"] for row in warnings].count("agency-unknown") == 1


def test_doubts() -> None:
    merged = [task for _, task in tasks_of(MERGED)]
    assert [d.code for d in merged[2].doubts] == ["merged-cell-inferred"]
    assert merged[4].doubts == ()


@pytest.mark.parametrize(
    "words",
    [
        "I. MỤC TIÊU\n\n- Xây dựng tỉnh phát triển nhanh, bền vững.",
        "I. MỤC ĐÍCH\n\n- Giao Sở Y tế chủ trì thực hiện.",
        "II. NHIỆM VỤ\n\nCác nhiệm vụ trọng tâm đã được nêu tại Nghị quyết số 15-NQ/TU.",
        "II. NHIỆM VỤ\n\nDanh mục nhiệm vụ cụ thể được ban hành kèm theo Kế hoạch này.",
        "II. NHIỆM VỤ\n\n(Chi tiết tại Phụ lục kèm theo)",
        "II. NHIỆM VỤ\n\nGiáo dục và đào tạo của tỉnh đã đạt nhiều kết quả.",
        "II. NHIỆM VỤ\n\nCán bộ, công chức đã nỗ lực vượt qua khó khăn.",
        "I. TÌNH HÌNH\n\nCác sở, ngành đã tích cực triển khai nhiệm vụ được giao.",
    ],
)
def test_what_is_no_task(words: str) -> None:
    assert tasks_of(document("KẾ HOẠCH\nThực hiện nhiệm vụ", words)) == []


ROOT = Path(__file__).parents[2]
GOLD = [
    json.loads(line) for line in (ROOT / "tests/gold/tasks.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("plan", sorted({record["plan"] for record in GOLD}))
def test_shown_gold(plan: str) -> None:
    """The shown plans are read as two people read them (issue 3: F1 and every field)."""
    text = (ROOT / "plans" / plan / "source.txt").read_text("utf-8")
    found = {
        (task.span.start, task.span.end): (document, task)
        for document in read_documents(Source(plan, text)).documents
        for task in find_tasks(document)
    }
    gold = {(r["start"], r["end"]): r for r in GOLD if r["plan"] == plan}
    shared = gold.keys() & found.keys()
    assert 2 * len(shared) / (len(gold) + len(found)) >= 0.98
    for role in ("lead", "coordinate"):
        right = sum(
            {n.casefold() for n in gold[span][role]}
            == {p.mention.agency.name.casefold() for p in found[span][1].parts if p.role == role}
            for span in shared
        )
        assert right / len(shared) >= 0.96, role


LINES_OF_ANY = st.sampled_from(
    ["I. NHIỆM VỤ", "1. Sở Y tế:", "- Giao Sở Tài chính", "a) Tăng cường", "Cơ quan chủ trì: UBND tỉnh",
     "TT\tNội dung\tCơ quan chủ trì", "1\t\tRà soát", "2\tX\tSở Y tế", "", "phối hợp với", "như sau:",
     "| TT | Nhiệm vụ | Chủ trì |", "| 1 | A | |", "trước ngày 31/12", "Điều 2. Giao UBND", "Nơi nhận:"]
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(LINES_OF_ANY, max_size=25).map("\n".join)))
def test_never_raises(text: str) -> None:
    for found in read(text) + read(document(PLAN, text)):
        for task in find_tasks(found):
            assert task.text
            assert found.blocks[task.block].span.start <= task.span.start < task.span.end
