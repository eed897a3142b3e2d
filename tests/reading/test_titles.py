"""Titles and subjects in the forms that law sites, portals and OCR leave them."""

from __future__ import annotations

import pytest

from khplans.model import Document, Source
from khplans.reading import read_documents

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def read(text: str) -> Document:
    return read_documents(Source("p", text)).documents[0]


@pytest.mark.parametrize(
    ("number_and_subject", "subject"),
    [
        ("Số: 318/BNV-TL\nV/v hướng dẫn xếp lương viên chức", "V/v hướng dẫn xếp lương viên chức"),
        ("Số: 318/BNV-TL V/v hướng dẫn xếp lương viên chức", "V/v hướng dẫn xếp lương viên chức"),
        ("Số: 318/BNV-TL\nVề: hướng dẫn xếp lương viên chức.", "Về: hướng dẫn xếp lương viên chức."),
        ("Số : 318 /BNV-TL  V/v hướng dẫn xếp lương viên chức", "V/v hướng dẫn xếp lương viên chức"),
        ("Số: 318/BNV-TL\nV/v\n: Thực hiện chế độ tiền lương.", "V/v : Thực hiện chế độ tiền lương."),
        ("Số: 318/BNV-TL\nV/v tổ chức\nthực hiện Nghị quyết số 27-NQ/TW", "V/v tổ chức thực hiện Nghị quyết số 27-NQ/TW"),
    ],
)  # fmt: skip
def test_subjects_of_letters(number_and_subject: str, subject: str) -> None:
    document = read(
        f"BỘ NỘI VỤ\n-------\n{MOTTO}\n{number_and_subject}\nHà Nội, ngày 4 tháng 6 năm 2019\n\n"
        "Kính gửi: Sở Nội vụ các tỉnh.\nTrả lời Công văn số 12/SNV-TL, Bộ Nội vụ có ý kiến như sau:\n"
    )
    assert (document.number, document.document_type) == ("318/BNV-TL", "Công văn")
    assert (document.title, document.issuer, str(document.date)) == (
        subject,
        "Bộ Nội vụ",
        "2019-06-04",
    )


def test_a_letter_whose_number_the_page_lost() -> None:
    document = read(
        f"BỘ NỘI VỤ\n-------\nV/v: Xếp lương viên chức\n{MOTTO}\n-------\nHà Nội, ngày 4 tháng 6 năm 2019\n\n"
        "Kính gửi: Sở Nội vụ tỉnh Kon Tum\nXét đề nghị của Sở Nội vụ, Bộ Nội vụ có ý kiến như sau:\n"
    )
    assert (document.number, document.document_type) == (None, "Công văn")
    assert (document.issuer, document.title) == ("Bộ Nội vụ", "V/v: Xếp lương viên chức")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("VỀ PHÊ DUYỆT QUY HOẠCH NGÀNH THƯƠNG MẠI", "VỀ PHÊ DUYỆT QUY HOẠCH NGÀNH THƯƠNG MẠI"),
        ("V/V BAN HÀNH BẢNG GIÁ ĐẤT\nNĂM 2004", "V/V BAN HÀNH BẢNG GIÁ ĐẤT NĂM 2004"),
        ("CỦA ỦY BAN NHÂN DÂN TỈNH VỀ VIỆC THU PHÍ CHỢ", "CỦA ỦY BAN NHÂN DÂN TỈNH VỀ VIỆC THU PHÍ CHỢ"),
    ],
)  # fmt: skip
def test_titles_whose_kind_the_page_lost(title: str, expected: str) -> None:
    document = read(
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 31/2004/QĐ-UB | Long An, ngày 9 tháng 3 năm 2004 |\n"
        f"{title}\nỦY BAN NHÂN DÂN TỈNH LONG AN\nCăn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân;\n"
    )
    assert (document.document_type, document.title) == ("Quyết định", expected)
    assert document.issuer == "Ủy ban nhân dân tỉnh Long An"


def test_a_title_goes_on_under_a_blank_line_in_mid_sentence() -> None:
    document = read(
        f"BỘ Y TẾ\nSố: 77/2009/QĐ-BYT\n{MOTTO}\nHà Nội, ngày 9 tháng 3 năm 2009\n\nQUYẾT ĐỊNH\n\n"
        "Về việc ban hành Danh mục trang thiết bị y tế bệnh viện đa khoa tuyến tỉnh được\n\n"
        " phép mua sắm tập trung\n\n_______\n\nBỘ TRƯỞNG BỘ Y TẾ\n\nCăn cứ Nghị định số 188/2007/NĐ-CP;\n"
    )
    assert document.title == (
        "Về việc ban hành Danh mục trang thiết bị y tế bệnh viện đa khoa tuyến tỉnh được"
        " phép mua sắm tập trung"
    )


def test_a_title_in_lines_apart_ends_at_the_rule_under_it() -> None:
    document = read(
        f"BỘ Y TẾ-BỘ TÀI CHÍNH\nSố: 9/2012/TTLT-BYT-BTC\n{MOTTO}\nBình Thuận, ngày 9 tháng 3 năm 2012\n\n"
        "THÔNG TƯ LIÊN TỊCH\n\nHướng dẫn sử dụng kinh phí thực hiện\n\nChương trình mục tiêu quốc gia về y tế và\n\n"
        "dân số giai đoạn 2012-2015\n\n________________\n\nCăn cứ Nghị định số 60/2003/NĐ-CP của Chính phủ;\n"
    )
    assert document.title == (
        "Hướng dẫn sử dụng kinh phí thực hiện Chương trình mục tiêu quốc gia về y tế và"
        " dân số giai đoạn 2012-2015"
    )
    assert (document.issuer, document.place, document.province) == (
        "Bộ Y tế - Bộ Tài chính",
        "Bình Thuận",
        None,
    )


def test_a_director_general_who_decides_is_no_title() -> None:
    text = (
        "BẢO HIỂM XÃ HỘI VIỆT NAM\nSố: 12/QĐ-BHXH\nHà Nội, ngày 05 tháng 4 năm 2016\n"
        "QUYẾT ĐỊNH\nVỀ VIỆC BAN HÀNH QUY CHẾ TIẾP CÔNG DÂN\n"
        "TỔNG GIÁM ĐỐC BẢO HIỂM XÃ HỘI VIỆT NAM\nCăn cứ Luật Tiếp công dân năm 2013;\n"
    )
    (document,) = read_documents(Source("p", text)).documents
    assert document.title == "VỀ VIỆC BAN HÀNH QUY CHẾ TIẾP CÔNG DÂN"


def test_what_decides_is_no_title() -> None:
    document = read(
        f"HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN LA\n{MOTTO}\nSố: 5/NQ-HĐND\nSơn La, ngày 9 tháng 12 năm 2022\n"
        "NGHỊ QUYẾT\nVề dự toán ngân sách năm 2023\nQUYẾT NGHỊ:\nĐiều 1. Thông qua dự toán.\n"
    )
    assert document.title == "Về dự toán ngân sách năm 2023"


def test_a_title_that_orders_something_where_the_kind_was_lost() -> None:
    document = read(
        "BỘ XÂY DỰNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 12/2006/QĐ-BXD | Hà nội, ngày 9 tháng 3 năm 2006 |\n"
        "BAN HÀNH “QUY CHẾ CHỌN NHÀ THẦU”\nBỘ TRƯỞNG BỘ XÂY DỰNG\nCăn cứ Luật Xây dựng;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành.\n"
    )
    assert (document.title, document.issuer) == ("BAN HÀNH “QUY CHẾ CHỌN NHÀ THẦU”", "Bộ Xây dựng")
    assert (document.document_type, document.place) == ("Quyết định", "Hà nội")


@pytest.mark.parametrize(
    "signature",
    [
        "KT. BỘ TRƯỞNG\nThứ trưởng\n\n(Đã ký)\n\n \n\nTrần Văn Bình",
        "UBND tỉnh Sơn La\n\nPhó Chủ tịch\n\n(Đã ký)\n\nTrần Văn Bình",
        "K/T VIỆN TRƯỞNG\nPHÓ VIỆN TRƯỞNG\n\nĐã ký: Trần Văn Bình",
    ],
)
def test_signers_as_web_pages_print_them(signature: str) -> None:
    document = read(
        f"ỦY BAN NHÂN DÂN TỈNH SƠN LA\n{MOTTO}\nSố: 5/QĐ-UB\nSơn La, ngày 9 tháng 12 năm 1998\nQUYẾT ĐỊNH\nVề việc thu phí\n"
        f"Điều 1. Ban hành biểu thu phí.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\n{signature}\n\nTải file đính kèm\n"
    )
    assert document.signer == "Trần Văn Bình"


def test_a_title_that_names_another_body_than_the_one_that_decides() -> None:
    document = read(
        "NGHỊ QUYẾT SỐ 411 NQ/UBTVQH9 NGÀY 26-8-1995\nCỦA ỦY BAN THƯỜNG VỤ QUỐC HỘI QUY ĐỊNH SỐ ỦY VIÊN\n"
        "HỘI ĐỒNG NHÂN DÂN TỈNH, THÀNH PHỐ TRỰC THUỘC\nTRUNG ƯƠNG\nỦY BAN THƯỜNG VỤ QUỐC HỘI\n"
        "Căn cứ vào Luật Tổ chức Quốc hội;\nQUYẾT NGHỊ:\nBầu một ủy viên.\n"
    )
    assert document.title == (
        "QUY ĐỊNH SỐ ỦY VIÊN HỘI ĐỒNG NHÂN DÂN TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG"
    )
    assert (document.number, document.issuer) == ("411/NQ/UBTVQH9", "Ủy ban Thường vụ Quốc hội")
    assert str(document.date) == "1995-08-26"


def test_a_long_title_in_small_letters() -> None:
    title = (
        "Sửa đổi, bổ sung một số điều của Thông tư số 21/2016/TT-BYT ngày 25 tháng 8 năm 2016 của Bộ trưởng Bộ Y tế quy định về "
        "xây dựng, ban hành, hợp nhất văn bản quy phạm pháp luật, kiểm soát thủ tục hành chính, kiểm tra, xử lý văn bản, rà soát, "
        "hệ thống hóa văn bản và theo dõi thi hành pháp luật trong lĩnh vực y tế"
    )
    document = read(
        f"BỘ Y TẾ\nSố: 47/2017/TT-BYT\n{MOTTO}\nHà Nội, ngày 7 tháng 12 năm 2017\n\nTHÔNG TƯ\n\n{title}\n\n_____\n\n"
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;\n"
    )
    assert document.title == title


def test_a_scribble_read_beside_the_title_is_no_part_of_it() -> None:
    document = read(
        f"BỘ Y TẾ\n{MOTTO}\nSố: 47/QĐ-BYT\nHà Nội, ngày 7 tháng 12 năm 2017\nQUYẾT ĐỊNH\nPhê duyệt Chiến lược dinh dưỡng\n"
        "ĐẾ 6È... C ¬—\nBỘ TRƯỞNG BỘ Y TẾ\nCăn cứ Luật Trẻ em;\n"
    )
    assert document.title == "Phê duyệt Chiến lược dinh dưỡng"


@pytest.mark.parametrize(
    ("title", "expected", "issuer", "day"),
    [
        ("CỦA QUỐC HỘI NƯỚC VIỆT NAM DÂN CHỦ CỘNG HOÀ NGÀY 9 THÁNG 2 NĂM 1975 THÔNG QUA KẾ HOẠCH", "THÔNG QUA KẾ HOẠCH", "Quốc hội", "1975-02-09"),
        ("CỦA HỘI ĐỒNG BỘ TRƯỞNG NGÀY 9-2-1985 VỀ CÔNG TÁC KẾ HOẠCH", "VỀ CÔNG TÁC KẾ HOẠCH", "Hội đồng Bộ trưởng", "1985-02-09"),
    ],
)  # fmt: skip
def test_titles_with_a_date_but_no_number(title: str, expected: str, issuer: str, day: str) -> None:
    document = read(
        f"NGHỊ QUYẾT\n\n{title}\n\nSau khi nghe báo cáo của Chính phủ,\nQUYẾT NGHỊ:\n1- Tán thành.\n"
    )
    assert (document.document_type, document.title) == ("Nghị quyết", expected)
    assert (document.issuer, str(document.date)) == (issuer, day)


def test_a_title_that_repeats_the_letterhead() -> None:
    document = read(
        f"BỘ TÀI CHÍNH\n{MOTTO}\nSố: 77/2004/TT-BTC\nHà Nội, ngày 16 tháng 12 năm 2004\nTHÔNG TƯ\n"
        "CỦA BỘ TÀI CHÍNH SỐ 77/2004/TT-BTC NGÀY 16 THÁNG 12 NĂM 2004 HƯỚNG DẪN LẬP DỰ TOÁN\nCăn cứ Nghị định số 60/2003/NĐ-CP;\n"
    )
    assert document.title == "HƯỚNG DẪN LẬP DỰ TOÁN"


def test_a_document_without_number_says_so() -> None:
    document = read(
        f"QUỐC HỘI\nSố: Không số\n{MOTTO}\nHà Nội, ngày 15 tháng 4 năm 1992\nNGHỊ QUYẾT\nVề địa giới hành chính\n"
        "QUỐC HỘI\nNƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCăn cứ Hiến pháp;\n"
    )
    assert (document.number, document.issuer) == (None, "Quốc hội")
    assert document.title == "Về địa giới hành chính"


def test_the_page_s_words_right_under_a_signature_are_not_the_document_s() -> None:
    text = (
        "BỘ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 62/BYT-DP | Hà Nội, ngày 6 tháng 6 năm 2017 |\n"
        "Kính gửi: | - Sở Y tế các tỉnh; |\nBộ Y tế thông báo để Sở Y tế các tỉnh biết, thực hiện./.\n| KT. BỘ TRƯỞNG |\n"
        "Ý kiến bạn đọc\nNhấp vào nút tại mỗi ô tìm kiếm.\nBạn hãy nói không quá nhanh.\nĐể tăng độ chính xác, nói rõ ràng.\nXong.\n"
    )
    document = read(text)
    assert text[: document.span.end].endswith("| KT. BỘ TRƯỞNG |")
