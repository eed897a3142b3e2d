"""Documents that a sharing site or an export ran together on one line."""

from __future__ import annotations

import unicodedata

import pytest

from khplans.model import Source
from khplans.reading import read_documents

LETTER = (
    "Xem mẫu\n\n  1. UBND TỈNH NINH THUẬN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ Y TẾ Độc lập - Tự do - Hạnh phúc "
    "Số : 714 /SYT-NV Phan Rang-Tháp Chàm, ngày 05 tháng11 năm 2010 V/v báo cáo nhanh tình hình dịch bệnh. "
    "Kính gửi: - Ủy ban nhân dân tỉnh Ninh Thuận; - Bộ Y tế. Vừa qua, tỉnh Ninh Thuận bị ảnh hưởng của không khí lạnh. "
    "Theo báo cáo của các phòng y tế các huyện, Sở Y tế báo cáo như sau: I. TÌNH HÌNH DỊCH BỆNH: Ổn định. II. KIẾN NGHỊ: Không.\n"
)
PLAN = (
    "ỦY BAN NHÂN DÂN THỊ XÃ SƠN TÂY CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 61/KH-UBND "
    "Sơn Tây, ngày 7 tháng 2 năm 2018 KẾ HOẠCH Trồng cây đầu xuân năm 2018 Căn cứ Luật Bảo vệ và phát triển rừng ngày 03/12/2004; "
    "Căn cứ Kế hoạch số 20/KH-UBND ngày 25/01/2018, Ủy ban nhân dân thị xã ban hành kế hoạch như sau: I. MỤC ĐÍCH Phủ xanh đất trống.\n"
)  # fmt: skip


def test_a_letter_on_one_line() -> None:
    (document,) = read_documents(Source("p", LETTER)).documents
    assert (document.number, document.document_type) == ("714/SYT-NV", "Công văn")
    assert (document.issuer, document.place) == ("Sở Y tế tỉnh Ninh Thuận", "Phan Rang-Tháp Chàm")
    assert str(document.date) == "2010-11-05"
    assert document.title == "V/v báo cáo nhanh tình hình dịch bệnh."


@pytest.mark.parametrize("text", [LETTER, PLAN])
def test_decomposed_accents_give_the_same(text: str) -> None:
    (composed,) = read_documents(Source("p", text)).documents
    (decomposed,) = read_documents(Source("p", unicodedata.normalize("NFD", text))).documents
    assert (composed.number, composed.issuer, composed.title, composed.date) == (
        decomposed.number,
        decomposed.issuer,
        decomposed.title,
        decomposed.date,
    )
    assert len(composed.blocks) == len(decomposed.blocks)


def test_a_plan_on_one_line_keeps_its_body() -> None:
    (document,) = read_documents(Source("p", PLAN)).documents
    assert (document.number, document.document_type) == ("61/KH-UBND", "Kế hoạch")
    assert (document.title, document.place) == ("Trồng cây đầu xuân năm 2018", "Sơn Tây")
    assert document.issuer == "Ủy ban nhân dân thị xã Sơn Tây"
    body = [block.text.text for block in document.blocks if block.kind == "paragraph"]
    assert [words.split(" ", 2)[:2] for words in body][:2] == [["Căn", "cứ"], ["Căn", "cứ"]]
    assert [section.marker for section in document.sections] == ["I"]


def test_a_long_paragraph_stays_one() -> None:
    paragraph = (
        "Căn cứ Kế hoạch số 20/KH-UBND ngày 25 tháng 01 năm 2018 của Ủy ban nhân dân tỉnh và Hiến pháp nước Cộng hòa xã hội "
        "chủ nghĩa Việt Nam, Ủy ban nhân dân thị xã yêu cầu các phòng, ban, Ủy ban nhân dân các xã, phường nghiêm túc thực hiện "
        "các nội dung của kế hoạch này, báo cáo kết quả về Ủy ban nhân dân thị xã trước ngày 25 tháng 12 năm 2018 để tổng hợp."
    )
    text = f"UBND THỊ XÃ SƠN TÂY\nSố: 61/KH-UBND\nSơn Tây, ngày 7 tháng 2 năm 2018\nKẾ HOẠCH\nTrồng cây\n{paragraph}\n"
    (document,) = read_documents(Source("p", text)).documents
    assert paragraph in [block.text.text for block in document.blocks]


def test_a_letterhead_on_one_line_below_a_page_s_title() -> None:
    text = (
        "QUYẾT ĐỊNH 907/QĐ-BYT NGÀY 22/09/2022 VỀ GIÁ THUỐC DO BỘ TRƯỞNG BỘ Y TẾ BAN HÀNH\n"
        "BỘ Y TẾ ——- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc ————— Số: 907/QĐ-BYT "
        "Hà Nội, ngày 22 tháng 9 năm 2022 QUYẾT ĐỊNH VỀ GIÁ THUỐC TỐI ĐA\nCăn cứ Luật Dược;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành.\n"
    )
    (document,) = read_documents(Source("p", text)).documents
    assert (document.number, document.issuer, document.place) == (
        "907/QĐ-BYT",
        "Bộ Y tế",
        "Hà Nội",
    )
    assert (document.title, str(document.date)) == ("VỀ GIÁ THUỐC TỐI ĐA", "2022-09-22")
