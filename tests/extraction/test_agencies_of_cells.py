"""Lists that invite invented names: words in brackets, companies behind communes, Party organs."""

from __future__ import annotations

import pytest

from khplans.extraction.agencies import find_agencies, read_list, shadow
from khplans.text.passage import Span, read_passage

from .task_help import document, tasks_of, told

CELLS = """
UBND xã Phú Lạc, Tập đoàn Điện gió Bình Minh, Công ty CP Muối Cà Ná => Ủy ban nhân dân xã Phú Lạc; Tập đoàn Điện gió Bình Minh; Công ty CP Muối Cà Ná
UBND các xã Phước Minh, Cà Ná, Trung tâm Khuyến nông => Ủy ban nhân dân xã Phước Minh; Ủy ban nhân dân xã Cà Ná; Trung tâm Khuyến nông
UBND thị xã Hoàng Mai, Thái Hòa => Ủy ban nhân dân thị xã Hoàng Mai; Ủy ban nhân dân thị xã Thái Hòa
UBND thành phố Tam Kỳ, Hội An => Ủy ban nhân dân thành phố Tam Kỳ; Ủy ban nhân dân thành phố Hội An
Tổ công tác về dữ liệu, an toàn thông tin và chữ ký số; Sở Y tế => Tổ công tác về dữ liệu, an toàn thông tin và chữ ký số; Sở Y tế
Sở Xây dựng, cấp phép mỏ và thuê đất, Sở Y tế => Sở Xây dựng; Sở Y tế
Các sở, các cơ quan được giao chủ trì tại Quyết định số 12/QĐ-UBND => Các sở; Các cơ quan được giao chủ trì tại Quyết định số 12/QĐ-UBND
Các trường đại học y, dược; các bệnh viện => Các trường đại học y, dược; Các bệnh viện
Sở Xây dựng (cấp phép, hạ tầng, môi trường) => Sở Xây dựng
Sở Y tế; chính quyền địa phương các cấp => Sở Y tế; Chính quyền địa phương các cấp
Sở Xây dựng, các địa phương theo chức năng => Sở Xây dựng; Các địa phương
Các Bộ trong lĩnh vực quản lý được giao; Sở Y tế => Các Bộ; Sở Y tế
UBND các tỉnh, thành phố vùng duyên hải Nam Trung Bộ => Ủy ban nhân dân các tỉnh, thành phố vùng duyên hải Nam Trung Bộ
UBND các tỉnh trực thuộc Trung ương trong vùng; Bộ Y tế => Ủy ban nhân dân các tỉnh trực thuộc Trung ương trong vùng; Bộ Y tế
các tập đoàn kinh tế, tổng công ty, doanh nghiệp nhà nước => Các tập đoàn kinh tế, tổng công ty, doanh nghiệp nhà nước
các cơ quan, tổ chức, cá nhân có liên quan => Các cơ quan, tổ chức, cá nhân có liên quan
Vụ Kế hoạch và Thống kê lâm nghiệp; Thống kê tỉnh => Vụ Kế hoạch và Thống kê lâm nghiệp; Thống kê tỉnh
Liên đoàn Xe đạp Việt Nam, Sở Y tế => Liên đoàn Xe đạp Việt Nam; Sở Y tế
Sở Y tế, các địa phương tăng cường quản lý thị trường => Sở Y tế; Các địa phương
Các sở, ngành lập, điều chỉnh, phê duyệt; các đơn vị lập dự án => Các sở, ngành; Các đơn vị lập dự án
Sở Y tế các sở, ngành; Vịnh Hạ Long (di sản, du lịch), UBND xã Cà Ná => Sở Y tế; Các sở, ngành; Vịnh Hạ Long; Ủy ban nhân dân xã Cà Ná
Bộ Tàii nguyên, Bộ Nôị vụ, Bộ Xâây dựng, Bộ Tưư pháp => Bộ Tàii nguyên; Bộ Nội vụ; Bộ Xây dựng; Bộ Tư pháp
"""

PARTY = """
Ban Tổ chức Huyện uỷ chủ trì => Ban Tổ chức Huyện ủy
Uỷ ban Kiểm tra Thị uỷ, các chi, đảng bộ cơ sở rà soát => Ủy ban Kiểm tra Thị ủy; Các chi, đảng bộ cơ sở
Ban Tổ chức, Uỷ ban Kiểm tra, Văn phòng Huyện uỷ theo dõi => Ban Tổ chức Huyện ủy; Ủy ban Kiểm tra Huyện ủy; Văn phòng Huyện ủy
Ban Tuyên giáo, Ban Nội chính Tỉnh ủy hướng dẫn => Ban Tuyên giáo Tỉnh ủy; Ban Nội chính Tỉnh ủy
Ủy ban Kiểm tra Đảng ủy phường, Ban Xây dựng Đảng tham mưu => Ủy ban Kiểm tra Đảng ủy phường; Ban Xây dựng Đảng
Thường trực Huyện ủy, Thường trực HĐND huyện quan tâm => Thường trực Huyện ủy; Thường trực Hội đồng nhân dân huyện
các chi bộ, đảng bộ trực thuộc Huyện ủy quán triệt => Các chi bộ, Đảng bộ trực thuộc Huyện ủy
Ban Tổ chức hội thi thông báo => Ban Tổ chức hội thi
"""


def cases(table: str) -> list[tuple[str, str]]:
    return [tuple(line.split(" => ")) for line in table.strip().splitlines()]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "expected"), cases(CELLS))
def test_cells(text: str, expected: str) -> None:
    found = find_agencies(read_passage(text, [Span(0, len(text))]), "Khánh Hòa")
    assert "; ".join(one.agency.name for one in found) == expected


@pytest.mark.parametrize(("text", "expected"), cases(PARTY))
def test_party_organs_in_sentences(text: str, expected: str) -> None:
    found, _ = read_list(text, shadow(text), 0, len(text))
    assert "; ".join(one.name for one in found) == expected


@pytest.mark.parametrize("words", ["nt", "-nt-", "NT", "Như trên", '"', "n/t"])
def test_a_cell_that_repeats_the_one_above_it(words: str) -> None:
    body = f"""
I. NHIỆM VỤ

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp |
|---|---|---|---|
| 1 | Rà soát các bến thủy nội địa | Sở Xây dựng | Công an tỉnh |
| 2 | Lắp phao tiêu, biển báo tại các bến | {words} | {words} |
| 3 | Tuyên truyền an toàn đường thủy | Sở Y tế | UBND các xã |
"""
    found = [told(*one).split(" => ")[1] for one in tasks_of(document("KẾ HOẠCH", body))]
    assert found == [
        "[Sở Xây dựng] / [Công an tỉnh] /  /  / ",
        "[Sở Xây dựng] / [Công an tỉnh] /  /  / ",
        "[Sở Y tế] / [Ủy ban nhân dân các xã] /  /  / ",
    ]


def test_words_in_brackets_behind_a_body_are_its_part_and_no_bodies() -> None:
    body = """
I. NHIỆM VỤ

| TT | Nhiệm vụ | Phân công nhiệm vụ | Thời hạn |
|---|---|---|---|
| 1 | Khôi phục các mỏ đá | Chủ trì: Sở Xây dựng (quy hoạch); UBND các xã (đền bù, thuê đất, môi trường). Phối hợp: Công an tỉnh. | 2026 |
"""
    found = [told(*one).split(" => ")[1] for one in tasks_of(document("KẾ HOẠCH", body))]
    assert found == ["[Sở Xây dựng], [Ủy ban nhân dân các xã] / [Công an tỉnh] / 2026-12-31 /  / "]


POINTS = """
1. Sở Tài chính tổng kết, đánh giá. 2. Sở Y tế, các sở, ngành tham mưu => [Sở Tài chính], [Sở Y tế], [Các sở, ngành] /
1. Sở Văn hóa, Thể thao và Du lịch: chủ trì du lịch đêm 2. Sở Nội vụ: chủ trì việc làm => [Sở Văn hóa, Thể thao và Du lịch], [Sở Nội vụ] /
1. Về khoáng sản: Sở Nông nghiệp và Môi trường chủ trì; 2. Về đô thị, nhà ở: Sở Xây dựng => [Sở Nông nghiệp và Môi trường], [Sở Xây dựng] /
a) Sở Y tế đầu mối phối hợp với các địa phương rà soát; b) Sở Nội vụ đối với biên chế => [Sở Y tế], [Sở Nội vụ] / [Các địa phương]
1/ Trung tâm Xúc tiến đầu tư chủ trì; 2/ Sở Khoa học và Công nghệ phối hợp => [Trung tâm Xúc tiến đầu tư] / [Sở Khoa học và Công nghệ]
1. UBND TP. Vinh; 2. Trường THPT số 1; 3. Trường THPT số 2 => [Ủy ban nhân dân thành phố Vinh], [Trường Trung học phổ thông số 1], [Trường Trung học phổ thông số 2] /
Sở Y tế chủ trì, phối hợp với Sở Nội vụ; Sở Tư pháp. Sở Tài chính cấp kinh phí => [Sở Y tế], [Sở Tài chính] / [Sở Nội vụ], [Sở Tư pháp]
Sở Y tế chủ trì; Sở Nội vụ, Sở Tư pháp phối hợp; Sở Tài chính thực hiện => [Sở Y tế], [Sở Tài chính] / [Sở Nội vụ], [Sở Tư pháp]
Trạm Kiểm ngư chủ trì, Sở Y tế; UBND xã phối hợp, Sở Tư pháp => [Trạm Kiểm ngư], [Sở Tư pháp] / [Sở Y tế], [Ủy ban nhân dân xã]
1. Sở Y tế (quy hoạch<br>Trung tâm y tế xã), Sở Xây dựng chủ trì<br>2. Sở Tư pháp: rà soát<br>Công an tỉnh => [Sở Y tế], [Sở Xây dựng], [Sở Tư pháp], [Công an tỉnh] /
"""


def test_points_of_a_cell_name_who_leads_and_who_helps_without_number_and_work() -> None:
    texts, expected = zip(*cases(POINTS), strict=True)
    rows = "\n".join(f"| {k} | Việc thứ {k} cần làm | {text} |" for k, text in enumerate(texts, 1))
    body = f"\nI. NHIỆM VỤ\n\n| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n{rows}\n"
    found = [told(*one).split(" => ")[1] for one in tasks_of(document("KẾ HOẠCH", body))]
    assert [one.removesuffix(" /  /  / ").rstrip() for one in found] == list(expected)
