"""Bodies that no table has, told by how their names are built, and who is charged with what."""

from __future__ import annotations

import pytest

import khplans
from khplans.intake import Taken, unregistered
from khplans.pipeline import tables_of

PLAN = "UBND TỈNH HÀ GIANG\nSố: 45/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nVề du lịch\nI. NHIỆM VỤ\n"
NOTICE = (
    "VĂN PHÒNG CHÍNH PHỦ\nSố: 45/TB-VPCP\nHà Nội, ngày 5 tháng 1 năm 2024\nTHÔNG BÁO\nKết luận của Phó Thủ tướng tại"
    " cuộc họp về du lịch\nNgày 3 tháng 1 năm 2024, Phó Thủ tướng chủ trì họp. Sau khi nghe báo cáo của Bộ Văn hóa, Thể"
    " thao và Du lịch, ý kiến của các đại biểu, Phó Thủ tướng kết luận như sau:\n"
)
Parts = tuple[list[str], list[str]]


def parts(text: str) -> dict[str, Parts]:
    """Who leads and who coordinates each task, by the first words of the task."""
    rows = tables_of(unregistered("p", Taken(text), b""))
    names = {row["agency_id"]: row["name"] for row in rows["agencies"]}
    found: dict[str, Parts] = {}
    for task in rows["tasks"]:
        own = [row for row in rows["task_agencies"] if row["task_id"] == task["task_id"]]
        by_role = (
            sorted(names[row["agency_id"]] for row in own if row["role"] == role)
            for role in ("lead", "coordinate")
        )
        leads, coordinates = by_role
        found[" ".join(str(task["text"]).split()[:4])] = (leads, coordinates)
    return found


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Tổ đảng Hội đồng nhân dân tỉnh chủ trì rà soát.", "Tổ đảng Hội đồng nhân dân tỉnh"),
        ("Đảng đoàn Quốc hội lãnh đạo việc giám sát.", "Đảng đoàn Quốc hội"),
        ("Ban cán sự đảng Bộ Y tế lãnh đạo, chỉ đạo xây dựng đề án.", "Ban cán sự đảng Bộ Y tế"),
        ("Hội đồng Tư vấn giải quyết khiếu nại, tố cáo tỉnh rà soát các vụ việc.", "Hội đồng Tư vấn giải quyết khiếu nại, tố cáo tỉnh"),
        ("Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào an ninh Tổ quốc tỉnh đôn đốc thực hiện.",
         "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào an ninh Tổ quốc tỉnh"),
        ("Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh tham gia góp ý chính sách.", "Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh"),
        ("Hiệp hội Doanh nghiệp tham gia góp ý chính sách.", "Hiệp hội Doanh nghiệp"),
        ("Viện Nghiên cứu phát triển kinh tế - xã hội tỉnh xây dựng đề án.", "Viện Nghiên cứu phát triển kinh tế - xã hội tỉnh"),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh phản biện đề án.", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh"),
        ("Trung tâm Xúc tiến đầu tư, thương mại, du lịch tỉnh tổ chức hội chợ.", "Trung tâm Xúc tiến đầu tư, thương mại, du lịch tỉnh"),
        ("Trường Cao đẳng Kỹ thuật và Công nghệ tỉnh mở lớp đào tạo.", "Trường Cao đẳng Kỹ thuật và Công nghệ tỉnh"),
        ("Công ty cổ phần Công nghệ tin học An Bình phối hợp thực hiện.", "Công ty cổ phần Công nghệ tin học An Bình"),
        ("Ban Quản lý Khu kinh tế cửa khẩu Thanh Thủy đẩy nhanh tiến độ.", "Ban Quản lý Khu kinh tế cửa khẩu Thanh Thủy"),
        ("Các cơ quan, tổ chức hữu quan báo cáo kết quả.", "Các cơ quan, tổ chức hữu quan"),
        ("Các cơ quan chủ trì soạn thảo gửi báo cáo trước ngày 20.", "Các cơ quan chủ trì soạn thảo"),
        ("Giao UBND các huyện, thành, thị xây dựng kế hoạch.", "Ủy ban nhân dân các huyện, thành phố, thị xã"),
        ("Giao UBND các huyện, thị xã xây dựng kế hoạch.", "Ủy ban nhân dân các huyện, thị xã"),
    ],
)  # fmt: skip
def test_names_are_whole(sentence: str, lead: str) -> None:
    ((leads, _),) = parts(f"{PLAN}1. {sentence}").values()
    assert leads == [lead]


def test_how_closely_they_work_together_and_organs_of_the_party() -> None:
    text = (
        f"{PLAN}1. Sở Tư pháp chủ trì, phối hợp chặt chẽ, thường xuyên với Sở Nội vụ, Công an tỉnh tuyên truyền.\n"
        "2. Đề nghị các cơ quan của Đảng, Hội đồng nhân dân tỉnh phối hợp với các sở tuyên truyền Kế hoạch."
    )
    assert list(parts(text).values()) == [
        (["Sở Tư pháp"], ["Công an tỉnh", "Sở Nội vụ"]),
        (["Các cơ quan của Đảng", "Hội đồng nhân dân tỉnh"], ["Các sở"]),
    ]


def test_those_worked_with_lead_nothing() -> None:
    sentence = "Trong quá trình thực hiện, nếu có vấn đề phát sinh, chủ trì, phối hợp với các sở, cơ quan trung ương liên quan rà soát."
    ((leads, coordinates),) = parts(f"{PLAN}1. {sentence}").values()
    assert leads == []
    assert coordinates


def test_who_speaks_leads_nothing_that_is_asked_of_others() -> None:
    found = parts(
        f"{NOTICE}1. Đề nghị Bộ Y tế sớm báo cáo.\n2. Giao Bộ Tài chính bố trí kinh phí.\n"
        "3. Về hạ tầng: Bộ Xây dựng sớm hoàn thành.\n4. Phó Thủ tướng yêu cầu Bộ Công an tăng cường kiểm tra.\n"
        "5. Về đề nghị Bộ Nội vụ ban hành các cơ chế, chính sách liên quan đến chế độ tiền lương, phụ cấp của cán bộ ở"
        " cơ sở: Bộ Tư pháp nghiên cứu."
    )
    assert [leads for leads, _ in found.values()] == [
        ["Bộ Y tế"], ["Bộ Tài chính"], ["Bộ Xây dựng"], ["Bộ Công an"], ["Bộ Tư pháp"],
    ]  # fmt: skip


def test_bullets_below_a_field_belong_to_it() -> None:
    found = parts(
        f"{PLAN}1. Xây dựng đề án du lịch\nĐơn vị chủ trì: Sở Du lịch\nĐơn vị phối hợp:\n+ Sở Tài chính;\n+ Sở Nội vụ.\n"
        "Thời gian hoàn thành: Tháng 6/2024\n2. Đào tạo nhân lực\nĐơn vị chủ trì: Sở Nội vụ"
    )
    assert found == {
        "Xây dựng đề án": (["Sở Du lịch"], ["Sở Nội vụ", "Sở Tài chính"]),
        "Đào tạo nhân lực": (["Sở Nội vụ"], []),
    }


def test_what_the_introduction_says_goes_to_its_items() -> None:
    found = parts(
        f"{PLAN}Nhằm đạt mục tiêu đề ra, trong thời gian tới, các sở, ban, ngành cần tập trung thực hiện các nhiệm vụ sau:\n"
        "a) Xây dựng đề án.\nb) Tổ chức tập huấn.\n2. Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện các nhiệm vụ"
        " sau:\na) Rà soát biên chế.\nb) Mua sắm thuốc."
    )
    assert found["Xây dựng đề án."] == found["Tổ chức tập huấn."] == (["Các sở, ban, ngành"], [])
    assert found["Rà soát biên chế."] == (["Sở Y tế"], ["Sở Tài chính"])


REVIEW = PLAN.replace("I. NHIỆM VỤ\n", "I. ĐÁNH GIÁ CHUNG\n") + "Sở Y tế đã tổ chức tiêm chủng.\n"


def test_a_review_that_ends_with_what_is_to_be_done() -> None:
    asked = "Thời gian tới, cần tập trung thực hiện các nhiệm vụ, giải pháp sau đây:\n1. Rà soát quy hoạch.\n2. Mở lớp tập huấn."
    assert list(parts(REVIEW + asked)) == ["Rà soát quy hoạch.", "Mở lớp tập huấn."]
    told = "Trong năm đã thực hiện tốt các nhiệm vụ sau đây:\n1. Rà soát quy hoạch.\n2. Mở lớp tập huấn."
    assert not parts(REVIEW + told)


@pytest.mark.parametrize(
    "line",
    ["Quyết định có hiệu lực kể từ ngày 12 tháng 02 năm 2024.", "Chi phí tiết kiệm: 3.200.000 đồng/năm."],
)  # fmt: skip
def test_what_tells_asks_nothing(line: str) -> None:
    assert not parts(f"{PLAN}- {line}")


def test_a_province_is_charged_with_what_it_must_do_not_with_what_it_needs() -> None:
    lines = (
        "1. Để trồng rừng, tỉnh Hà Giang cần tập trung giao đất.\n2. Tỉnh Hà Giang cần 500 tỷ đồng vốn đầu tư.\n"
        "3. Thành phố Huế phải đối mặt với nhiều khó khăn.\n"
    )
    assert [leads for leads, _ in parts(f"{PLAN}{lines}").values()] == [["Tỉnh Hà Giang"], [], []]


def test_authorities_and_ministries_listed_behind_sectors() -> None:
    text = (
        "UBND TỈNH HÀ GIANG\nSố: 3/2024/QĐ-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nQUYẾT ĐỊNH\nBan hành Quy chế phối hợp\n"
        "Căn cứ Luật Đất đai;\nQUYẾT ĐỊNH:\nĐiều 1. Trách nhiệm của cơ quan thuế\n1. Lập báo cáo hằng quý.\n"
        "Điều 2. Trách nhiệm của cơ quan có chức năng quản lý chợ cấp xã\n1. Lập danh sách hộ kinh doanh.\n"
        "Điều 3. Tổ chức thực hiện\n1. Cơ quan Hải quan tại địa bàn cửa khẩu có trách nhiệm:\na) Kiểm tra hàng hóa.\n"
        "2. Các Sở, ngành: Xây dựng, Tài chính phối hợp thực hiện.\n"
    )
    plan = khplans.read(text)
    leads = plan.task_agencies.merge(plan.agencies, on="agency_id")
    assert leads.name.tolist() == [
        "Cơ quan Thuế", "Cơ quan có chức năng quản lý chợ cấp xã", "Cơ quan Hải quan", "Sở Xây dựng", "Sở Tài chính",
    ]  # fmt: skip
