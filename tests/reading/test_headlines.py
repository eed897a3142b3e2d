"""Documents whose letterhead was stripped: the first line tells kind and subject; numbers in captions of others."""

from __future__ import annotations

import khplans


def test_a_text_may_begin_with_its_kind_and_subject() -> None:
    text = (
        "Nghị quyết thông qua quy hoạch bến bãi trên địa bàn tỉnh hòa bình đến năm 2020\n"
        "Hội đồng nhân dân tỉnh hòa bình\nKhoá xiv, kỳ họp thứ 9\n"
        "Căn cứ Luật Giao thông đường bộ năm 2008;\nQuyết nghị:\n"
        "Điều 1. Thông qua quy hoạch, với mục tiêu:\n- Xây dựng mới 12 bến xe;\n"
        "Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.\n"
    )
    (row,) = khplans.read(text).documents.to_dict("records")
    assert (row["document_type"], row["province"]) == ("Nghị quyết", "Hòa Bình")
    assert row["title"].startswith("thông qua quy hoạch bến bãi")
    assert row["issuer_id"] == "hoa-binh-hoi-dong-nhan-dan-tinh"


def test_a_title_goes_on_with_an_order_and_with_a_short_form_in_brackets() -> None:
    head = "UBND TỈNH HÀ GIANG\nSố: 3/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023\nKẾ HOẠCH\n"
    body = "\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Du lịch;\nĐiều 1. Ban hành.\n"
    lines = "Phát triển du lịch của tỉnh\nthực hiện Chỉ thị số 5-CT/TW\n(DLX) đối với các xã"
    assert khplans.read(head + lines + body).documents.title.tolist() == [" ".join(lines.split())]
    field = "VỀ DANH MỤC THỦ TỤC LĨNH VỰC\nKHOA HỌC VÀ CÔNG NGHỆ"
    assert khplans.read(head + field + body).documents.title.tolist() == [" ".join(field.split())]


def test_a_report_s_title_is_no_body() -> None:
    text = "Báo cáo tình hình thực hiện công tác tháng 3 năm 2012\nA.\nKết quả\nI.\nTrong tháng, Bộ đã trình 2 dự thảo.\n"
    (row,) = khplans.read(text).documents.to_dict("records")
    assert row["document_type"] == "Báo cáo"
    assert not isinstance(row["issuer_id"], str)


def test_a_number_that_the_title_cites_is_not_the_document_s_own() -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ GIANG\nSố: 30/2025/NQ-HĐND\n\nHà Giang, ngày 10 tháng 12 năm 2025\n\nNGHỊ QUYẾT\n"
        "SỬA ĐỔI QUY ĐỊNH KÈM THEO NGHỊ QUYẾT SỐ 12/2022/NQ-HĐND\n\n"
        "Căn cứ Luật Ngân sách nhà nước số 89/2025/QH15;\n\n"
        "Điều 1. Sửa đổi khoản 1 Điều 2 Quy định ban hành kèm theo Nghị quyết số 12/2022/NQ-HĐND\n"
        "Điều 2. Bãi bỏ Điều 5 Quy định ban hành kèm theo Nghị quyết số 12/2022/NQ-HĐND\n"
    )
    assert khplans.read(text).documents.number.tolist() == ["30/2025/NQ-HĐND"]


def test_a_provision_that_a_wrapped_line_begins_with_opens_no_part() -> None:
    text = (
        "UBND TỈNH HÀ GIANG\nSố: 3/QĐ-UBND\nHà Giang, ngày 5 tháng 1 năm 2023\nQUYẾT ĐỊNH\nVề việc phân công\n"
        "Căn cứ Luật Đất đai;\nQUYẾT ĐỊNH:\nĐiều 1. Trách nhiệm của Sở Xây dựng\n"
        "1. Thẩm định hồ sơ theo trình tự quy định tại\nMục 2 Phần I của Phụ lục kèm theo Nghị định số 12/2020/NĐ-CP.\n"
        "2. Lưu trữ hồ sơ thuộc\nPhần V của Danh mục.\nĐiều 2. Trách nhiệm của Sở Tài chính\n1. Bố trí kinh phí.\n"
    )
    plan = khplans.read(text)
    assert plan.sections.marker.dropna().tolist() == ["Điều 1", "Điều 2"]
    assert plan.tasks.section.tolist() == ["Điều 1", "Điều 1", "Điều 2"]


def test_chapters_and_divisions_hold_the_articles_below_them() -> None:
    text = (
        "UBND TỈNH HÀ GIANG\nSố: 3/QĐ-UBND\nHà Giang, ngày 5 tháng 1 năm 2023\nQUYẾT ĐỊNH\nBan hành Quy định\n"
        "Căn cứ Luật Đất đai;\nQUYẾT ĐỊNH:\n**Chương\nI**\n\n**QUY ĐỊNH CHUNG**\n\nĐiều 1. Phạm vi\n1. Quy định này áp dụng trong tỉnh.\n"
        "**Chương\nII**\n\n**TỔ CHỨC THỰC HIỆN**\n\nMục 1. SỞ, NGÀNH\nĐiều 2. Trách nhiệm của Sở Tài chính\n1. Bố trí kinh phí.\n"
        "Mục 2. XÃ\nĐiều 3. Trách nhiệm của Ủy ban nhân dân cấp xã\n1. Báo cáo kết quả hằng năm.\n"
    )
    plan = khplans.read(text)
    assert plan.tasks.section.tolist() == ["Chương II/Mục 1/Điều 2", "Chương II/Mục 2/Điều 3"]


def test_a_number_cut_at_its_hyphen_stays_in_one_cell_of_a_table_one_cell_a_line() -> None:
    rows = "".join(
        f"{n}.\nThông tư\nSố {n}2/2015/TT-\nBYT\nngày 19/{n}/2015\nQuy định về giá khám bệnh\n01/12/2015\n"
        for n in range(1, 5)
    )
    text = (
        "BỘ Y TẾ\nSố: 5/QĐ-BYT\nHà Nội, ngày 5 tháng 1 năm 2024\nQUYẾT ĐỊNH\nCông bố danh mục văn bản\nCăn cứ Luật Giá;\n"
        f"QUYẾT ĐỊNH:\nĐiều 1. Công bố danh mục.\nPHỤ LỤC\nTT\nTên loại\nSố, ký hiệu\nTrích yếu\nNgày có hiệu lực\n{rows}"
    )
    found = khplans.read(text).citations
    assert found.number.tolist() == [f"{n}2/2015/TT-BYT" for n in range(1, 5)]
    assert found.date.notna().all()
