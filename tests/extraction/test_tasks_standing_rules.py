"""Legal texts and regulations: what they set for all is no task, what they charge a body with is."""

from __future__ import annotations

import pytest

import khplans
from khplans.extraction.indicators import find_indicators
from khplans.extraction.tasks import find_tasks
from khplans.model import Document

from .task_help import document, read, tasks_of, told


def _norm(title: str, body: str, number: str = "12/2024/QĐ-UBND") -> str:
    return document(f"QUYẾT ĐỊNH\n{title}", body).replace("12/QĐ-UBND", number)


PARKING = """
Căn cứ Luật Giá;

QUYẾT ĐỊNH:

Điều 1. Giá dịch vụ trông giữ xe
1. Xe máy: 3.000 đồng/lượt; từ năm 2025 tăng 10%.
2. Các cơ quan, đơn vị thực hiện thu đúng mức giá và niêm yết công khai tại điểm trông giữ.

Điều 2. Nguyên tắc áp dụng
1. Ủy ban nhân dân cấp xã quyết định mức giá cụ thể đối với điểm trông giữ do xã quản lý.
2. Giao Sở Tài chính hướng dẫn cách tính giá đối với xe điện.

Điều 3. Trách nhiệm của các cơ quan
1. Sở Xây dựng kiểm tra việc niêm yết giá tại các bến xe trước ngày 30/6/2024.

Điều 4. Điều khoản thi hành
1. Quyết định này có hiệu lực kể từ ngày 20 tháng 3 năm 2024.
2. Trường hợp các văn bản dẫn chiếu tại Quyết định này được sửa đổi, bổ sung thì áp dụng văn bản mới.
3. Cục Thuế tỉnh đôn đốc các đơn vị nộp thuế.
"""


def test_of_a_legal_text_only_what_charges_a_body() -> None:
    assert [told(*one) for one in tasks_of(_norm("Về giá dịch vụ trông giữ xe", PARKING))] == [
        "Điều 2|2|Giao Sở Tài chính => [Sở Tài chính] /  /  /  / ",
        "Điều 3|1|Sở Xây dựng kiểm => [Sở Xây dựng] /  / 2024-06-30 /  / ",
        "Điều 4|3|Cục Thuế tỉnh đôn => [Cục Thuế tỉnh] /  /  /  / ",
    ]


def test_amounts_that_a_legal_text_sets_measure_nothing() -> None:
    (found,) = read(_norm("Về giá dịch vụ trông giữ xe", PARKING))
    assert find_indicators(found) == []
    (plan,) = read(_norm("Về Kế hoạch phát triển giao thông năm 2024", PARKING))
    assert find_indicators(plan)


ISSUES = """
Căn cứ Luật Tổ chức chính quyền địa phương;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này các nội dung trồng cây.
"""
ANNEX = """{title}
Trồng cây xanh trên địa bàn tỉnh
(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ngày 05/3/2024 của Ủy ban nhân dân tỉnh)

I. {heading}
1. Rà soát quỹ đất trồng cây; tỷ lệ cây xanh năm 2024 đạt 15%.
"""
"""What a decision whose title tells no plan is issued with."""


def _annexed(title: str, heading: str, about: str = "trồng cây xanh") -> Document:
    head = f"QUYẾT ĐỊNH\nVề việc {about} trên địa bàn tỉnh"
    text = document(head, ISSUES, ANNEX.format(title=title, heading=heading))
    (found,) = read(text.replace("12/QĐ-UBND", "12/2024/QĐ-UBND"))
    return found


@pytest.mark.parametrize(
    ("title", "heading", "asked"),
    [
        ("KẾ HOẠCH", "CÔNG VIỆC", ["1"]),
        ("QUY ĐỊNH", "CÔNG VIỆC", []),
        ("PHỤ LỤC I", "NHIỆM VỤ VÀ GIẢI PHÁP", ["1"]),
        ("PHỤ LỤC I", "NHIỆM VỤ, QUYỀN HẠN", []),
    ],
)
def test_what_is_annexed_tells_whether_it_asks(title: str, heading: str, asked: list[str]) -> None:
    assert [task.label for task in find_tasks(_annexed(title, heading))] == asked


def test_an_annexed_plan_has_indicators() -> None:
    assert find_indicators(_annexed("KẾ HOẠCH", "CÔNG VIỆC"))
    assert not find_indicators(_annexed("QUY ĐỊNH", "CÔNG VIỆC"))
    assert not find_indicators(_annexed("PHƯƠNG ÁN", "CÔNG VIỆC", "áp dụng giá cây giống"))


@pytest.mark.parametrize(
    "title",
    [
        "Về phòng, chống cháy rừng trên địa bàn tỉnh năm 2024",
        "Ban hành Phương án chống hạn",
        "Về việc giao chỉ tiêu trồng rừng",
        "Phân bổ vốn sự nghiệp môi trường năm 2024",
        "Về việc các gia đình tham gia chương trình trồng rừng",
        "Chuyển đất phi nông nghiệp theo kế hoạch sử dụng đất",
        "Đánh giá, rà soát kế hoạch trồng rừng",
    ],
)
def test_a_title_of_what_is_to_be_done_sets_no_rules(title: str) -> None:
    assert len(tasks_of(_norm(title, PARKING))) > 3


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Kiện toàn tổ chức thực hiện quy định về trồng cây", 5),
        ("Về nâng cao chất lượng giải quyết thủ tục hành chính", 5),
        ("Thành lập Đoàn kiểm tra việc chấp hành nội quy công viên", 5),
        ("Kiện toàn Ban Chỉ đạo thực hiện Quy chế dân chủ", 5),
        ("Về việc công bố Danh mục thủ tục hành chính lĩnh vực cây xanh", 3),
        ("Về việc sửa đổi, bổ sung một số điều của Quy định quản lý công viên", 3),
        ("Thông qua phương án đơn giản hóa thủ tục hành chính về cây xanh", 3),
    ],
)
def test_a_regulation_is_what_the_title_issues_not_what_it_mentions(title: str, asked: int) -> None:
    assert len(tasks_of(_norm(title, PARKING, "12/QĐ-UBND"))) == asked


FUNCTIONS = """
Căn cứ Luật Tổ chức chính quyền địa phương;

QUYẾT ĐỊNH:

Điều 1. Vị trí và chức năng
Sở Du lịch là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh.

Điều 2. Nhiệm vụ và quyền hạn
1. Xây dựng, trình Ủy ban nhân dân tỉnh kế hoạch phát triển du lịch.
2. Chủ trì, phối hợp với các sở, ngành quản lý hoạt động lữ hành.

Điều 3. Tổ chức thực hiện
1. Sở Nội vụ theo dõi việc thực hiện Quyết định này.
"""


@pytest.mark.parametrize(
    "title",
    [
        "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Du lịch",
        "Ban hành Quy chế tổ chức và hoạt động của Sở Du lịch",
    ],
)
def test_functions_and_powers_are_no_tasks(title: str) -> None:
    assert [told(*one) for one in tasks_of(_norm(title, FUNCTIONS, "12/QĐ-UBND"))] == [
        "Điều 3|1|Sở Nội vụ theo => [Sở Nội vụ] /  /  /  / "
    ]


def test_a_plan_with_the_year_in_its_number_sets_no_rules() -> None:
    found = tasks_of(_norm("Về nhiệm vụ phát triển du lịch năm 2024", FUNCTIONS))
    assert [task.label for _, task in found][-3:] == ["1", "2", "1"]


def test_an_article_on_measures_asks() -> None:
    body = FUNCTIONS.replace("Nhiệm vụ và quyền hạn", "Các nhiệm vụ, giải pháp chủ yếu")
    found = tasks_of(_norm("Về bảo vệ tài nguyên du lịch", body))
    assert [task.label for _, task in found] == ["1", "2", "1"]


def test_an_article_about_a_body_charges_it() -> None:
    body = """
Căn cứ Luật Du lịch;

QUYẾT ĐỊNH:

Điều 1. Điều kiện kinh doanh
1. Cơ sở lưu trú bố trí người trực suốt ngày đêm, thực hiện khai báo tạm trú.

Điều 2. Sở Du lịch
1. Thẩm định, công nhận hạng cơ sở lưu trú.
"""
    assert [told(*one) for one in tasks_of(_norm("Về quản lý cơ sở lưu trú", body))] == [
        "Điều 2|1|Thẩm định, công nhận => [Sở Du lịch] /  /  /  / "
    ]


def test_what_the_issuer_decides_is_no_task() -> None:
    body = """
Căn cứ Luật Tổ chức chính quyền địa phương;

QUYẾT NGHỊ:

Điều 1. Thành lập các thôn
Trên cơ sở đề án của các xã, Ủy ban Thường vụ Quốc hội quyết định thành lập các thôn như sau:
1. Sáp nhập thôn Đông và thôn Đoài thành thôn mới có tên gọi là thôn Đông Đoài.
2. Sáp nhập thôn Thượng và thôn Hạ thành thôn mới có tên gọi là thôn Trung.

Điều 2. Tổ chức thực hiện
1. Giao Ủy ban nhân dân tỉnh thực hiện Nghị quyết này.
"""
    found = tasks_of(document("QUYẾT ĐỊNH\nVề việc thành lập các thôn", body))
    assert [told(*one) for one in found] == [
        "Điều 2|1|Giao Ủy ban nhân => [Ủy ban nhân dân tỉnh] /  /  /  / "
    ]


def test_who_proposed_a_decision_leads_nothing_in_it() -> None:
    body = """
Căn cứ Luật Chăn nuôi;

Theo đề nghị của Vụ trưởng Vụ Pháp chế; Vụ Tổ chức cán bộ và Vụ Tài chính, QUYẾT ĐỊNH:

Điều 1. Phê duyệt Chiến lược phát triển Trung tâm Giống

I. NHIỆM VỤ TRỌNG TÂM
1. Nâng cấp chuồng trại, thiết bị thí nghiệm;
2. Xây dựng đội ngũ cán bộ kỹ thuật;
"""
    found = tasks_of(document("QUYẾT ĐỊNH\nPhê duyệt Chiến lược phát triển Trung tâm Giống", body))
    assert [(task.label, task.parts) for _, task in found] == [("1", ()), ("2", ())]


def test_a_clause_after_a_condition_charges_its_subject() -> None:
    body = """
I. TỔ CHỨC THỰC HIỆN
1. Trong quá trình thực hiện, nếu có vướng mắc, thì Sở Tài chính kịp thời báo cáo Ủy ban nhân dân tỉnh.
"""
    found = tasks_of(document("KẾ HOẠCH\nThu ngân sách năm 2024", body))
    assert [told(*one) for one in found] == [
        "I|1|Trong quá trình thực => [Sở Tài chính] /  /  /  / "
    ]


def test_a_law_s_duty_of_anybody_is_no_task() -> None:
    law = (
        "QUỐC HỘI\nLuật số: 12/2024/QH15\nHà Nội, ngày 5 tháng 1 năm 2024\nLUẬT\nVỀ BẢO VỆ SÔNG NGÒI\n"
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật.\n"
        "Điều 1. Trách nhiệm minh bạch\n1. Người khai thác nước bảo đảm số liệu được công khai.\n"
        "2. Bộ Tài chính ban hành mẫu báo cáo.\n"
        "Điều 2. Trách nhiệm của Bộ Xây dựng\n1. Tổ chức kiểm tra các công trình ven sông.\n"
    )
    assert khplans.read(law).tasks.text.tolist() == [
        "Bộ Tài chính ban hành mẫu báo cáo.",
        "Tổ chức kiểm tra các công trình ven sông.",
    ]


def test_what_a_body_says_itself_in_the_preamble_charges_nobody() -> None:
    circular = (
        "BỘ TÀI CHÍNH\nSố: 12/2012/TT-BTC\nHà Nội, ngày 5 tháng 1 năm 2012\nTHÔNG TƯ\nHướng dẫn thu lệ phí\n"
        "Căn cứ Luật Phí và lệ phí;\nSau khi có ý kiến của các Bộ, ngành liên quan, Bộ Tài chính hướng dẫn thu lệ phí như sau:\n"
        "Điều 1. Trách nhiệm của cơ quan Thuế:\n1. Lập báo cáo hằng quý gửi cấp trên.\n"
        "Điều 2. Trách nhiệm của người nộp:\n1. Thực hiện kê khai hằng tháng.\n"
    )
    plan = khplans.read(circular)
    leads = plan.task_agencies.merge(plan.agencies, on="agency_id")
    assert leads.name.tolist() == ["Cơ quan Thuế"]


def test_rights_and_rules_of_things_are_none_below_responsibility() -> None:
    body = """Điều 1. Trách nhiệm của Sở Xây dựng
1. Rà soát danh mục cây xanh.
2. Việc trồng cây xanh phải phù hợp với quy hoạch.
3. Sở Xây dựng có quyền yêu cầu cung cấp hồ sơ.
Điều 2. Tổ chức thực hiện
1. Tổ chức, cá nhân chặt cây trái phép bị xử lý theo quy định.
"""
    text = document("QUYẾT ĐỊNH\nBan hành Quy định về quản lý cây xanh", body)
    assert [task.text for _, task in tasks_of(text)] == ["Rà soát danh mục cây xanh."]
