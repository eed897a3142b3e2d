"""Letterheads as prints, portals and converters leave them, and parts of documents without one."""

from __future__ import annotations

import pytest

from khplans.model import Document, Source
from khplans.reading import read_documents
from khplans.reading.lines.torn import TORN, TwoLines


def read(text: str) -> tuple[Document, ...]:
    return read_documents(Source("p", text)).documents


HARD = [
    ("NGÂN HÀNG NHÀ\nNƯỚC VIỆT NAM\nSố: 7/2024/TT-NHNN\nHà Nội, ngày 5 tháng 1 năm 2024\nTHÔNG\nTƯ\nVề thanh toán",
     "7/2024/TT-NHNN", "Thông tư", "Ngân hàng Nhà nước Việt Nam", "Hà Nội", "Về thanh toán"),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ\nMINH\nSố: 8/QĐ-UBND\nThành phố Hồ Chí\nMinh, ngày 5 tháng 1 năm 2024\nQUYẾT\nĐỊNH\n"
     "Về việc giao đất\nCHỦ TỊCH ỦY\nBAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH\nCăn cứ Luật Đất đai;",
     "8/QĐ-UBND", "Quyết định", "Ủy ban nhân dân thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Về việc giao đất"),
    ("HỘI\nĐỒNG NHÂN DÂN\nTỈNH NINH\nBÌNH\nSố: 9/NQ-HĐND\nNinh Bình, ngày 5 tháng 1 năm 2024\nNGHỊ\nQUYẾT\nVề dự toán",
     "9/NQ-HĐND", "Nghị quyết", "Hội đồng nhân dân tỉnh Ninh Bình", "Ninh Bình", "Về dự toán"),
    ("THỦ TƯỚNG CHÍNH PHỦ\nHÀ NỘI\nSố: 3/CT-TTg\nHà Nội, ngày 5 tháng 1 năm 2024\nCHỈ THỊ\nVề du lịch",
     "3/CT-TTg", "Chỉ thị", "Thủ tướng Chính phủ", "Hà Nội", "Về du lịch"),
    ("ủy ban nhân dân\ntỉnh hà giang\nSố: 1 5/2 0 0 4/QĐ-UB\nHà Giang, ngày 0 5 tháng 1 0 năm 2 0 0 4\nquyết định\nVề việc giao rừng",
     "15/2004/QĐ-UB", "Quyết định", "Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang", "Về việc giao rừng"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "kind", "issuer", "place", "title"), HARD)
def test_torn_and_spaced_letterheads(
    text: str, number: str, kind: str, issuer: str, place: str, title: str
) -> None:
    (document,) = read(text)
    assert (document.number, document.document_type) == (number, kind)
    assert (document.issuer, document.place, document.title) == (issuer, place, title)
    assert document.date is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("TỈNH ỦY HÒA BÌNH", "ĐỊNH HƯỚNG PHÁT TRIỂN"),
        ("ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG"),
        ("KẾ HOẠCH", "ĐẦU TƯ CÔNG"),
        ("tỉnh hà", "nam và các tỉnh"),
    ],
)
def test_two_lines_stay_two(first: str, second: str) -> None:
    assert not TORN.decide(TwoLines(first, second))


@pytest.mark.parametrize("above", ["", "Quy định này về giá.", "QUY ĐỊNH CỤ THỂ"])
def test_a_marks_word_above_its_number_is_one_line(above: str) -> None:
    assert TORN.decide(TwoLines("**Điều", "2. Sở Y tế**", above))


@pytest.mark.parametrize(
    ("first", "second", "above"),
    [
        ("Mục", "1. Sở Y tế báo cáo hằng quý.", ""),  # over `2. Sở Nội vụ …`: the heading of a list
        ("Phần", "1. Sở Y tế báo cáo hằng quý.", ""),
        ("Điều", "12. Sở Nội vụ chủ trì.", "1. Sở Y tế thực hiện khoản 2"),
        ("Điều", "12. Sở Nội vụ chủ trì.", "theo các khoản 1, 2,"),
        ("Chương", "12.5 ha rừng", ""),
        ("Điều", "10.000 đồng", ""),
    ],
)
def test_a_word_above_a_number_is_no_torn_mark(first: str, second: str, above: str) -> None:
    assert not TORN.decide(TwoLines(first, second, above))


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("07.2/2025/NQ-CP", "07.2/2025/NQ-CP"),
        ("45//KH-UBND", "45/KH-UBND"),
        ("45 KH-UBND", "45/KH-UBND"),
        ("123/1998/QĐ-NHNN1", "123/1998/QĐ-NHNN1"),
    ],
)
def test_numbers_of_other_forms(printed: str, number: str) -> None:
    top = f"UBND TỈNH HÀ GIANG\nSố: {printed}\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nVề A"
    (document,) = read(top)
    assert (document.number, document.number_raw) == (number, printed)
    assert document.issuer


def test_a_letterhead_whose_number_is_lost_keeps_the_rest() -> None:
    text = "SỞ Y TẾ\nSố …\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nTiêm chủng\n1. Kiểm tra."
    (document,) = read(text)
    assert (document.number, document.place) == (None, "Hà Giang")
    assert (document.issuer, str(document.date)) == ("Sở Y tế", "2024-01-05")


PLAN = (
    "UBND TỈNH HÀ GIANG\nSố: 45/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nVề đất đai\n"
)


@pytest.mark.parametrize(
    "cited",
    [
        "Căn cứ Luật Đất đai\nSố 31/2024/QH15;\nHà Nội, ngày 18 tháng 01 năm 2024",
        "Thực hiện Nghị quyết\nsố 12/NQ-HĐND\nHà Giang, ngày 4 tháng 1 năm 2024",
        "Theo Thông tư của Bộ Tài chính\nsố 7/2023/TT-BTC,\nĐộc lập - Tự do - Hạnh phúc",
    ],
)
def test_a_number_cited_on_a_line_of_its_own_opens_no_document(cited: str) -> None:
    (document,) = read(f"{PLAN}{cited}\nI. NHIỆM VỤ\n1. Sở Y tế báo cáo kết quả.")
    assert document.number == "45/KH-UBND"


EXCERPTS = [
    ("Kế hoạch số 45/KH-UBND ngày 05/01/2024 của UBND tỉnh Hà Giang về trồng rừng",
     "Kế hoạch", "45/KH-UBND", "Ủy ban nhân dân tỉnh Hà Giang", "về trồng rừng"),
    ("QUYẾT ĐỊNH số 6/QĐ-BYT ngày 05/01/2024\nVề việc ban hành quy chế",
     "Quyết định", "6/QĐ-BYT", "Bộ Y tế", "Về việc ban hành quy chế"),
]  # fmt: skip


@pytest.mark.parametrize(("top", "kind", "number", "issuer", "title"), EXCERPTS)
def test_an_excerpt_that_names_itself(
    top: str, kind: str, number: str, issuer: str, title: str
) -> None:
    (document,) = read(f"{top}\nII. Mục tiêu\n1. Bộ Y tế có trách nhiệm báo cáo kết quả.")
    assert (document.document_type, document.number, document.issuer) == (kind, number, issuer)
    assert document.title == title
    assert [section.marker for section in document.sections][:1] == ["II"]


@pytest.mark.parametrize(
    "top", ["1. Bộ Y tế có trách nhiệm báo cáo.", "II. Nhiệm vụ\n1. Bộ Y tế có trách nhiệm báo cáo."]
)  # fmt: skip
def test_who_is_charged_in_an_excerpt_is_no_issuer(top: str) -> None:
    (document,) = read(f"{top}\n2. Bộ Tài chính có trách nhiệm bố trí kinh phí.")
    assert (document.issuer, document.number, document.document_type) == (None, None, None)
    assert all(block.kind != "letterhead" for block in document.blocks)


@pytest.mark.parametrize("above", ["", "UBND TỈNH HÀ GIANG\n"])
def test_a_copy_is_no_board(above: str) -> None:
    (document,) = read(
        f"{above}BẢN SAO\nSố: 45/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2024\nKẾ HOẠCH\nVề A"
    )
    assert document.issuer == "Ủy ban nhân dân tỉnh Hà Giang"


def test_drafts_whose_numbers_are_open_are_documents_of_their_own() -> None:
    draft = (
        "TỈNH ỦY HÀ GIANG\n*\nSố -{symbol}/TU\tĐẢNG CỘNG SẢN VIỆT NAM\nHà Giang, ngày tháng 5 năm 2023\n{kind}\n"
        "Về chuyển đổi số\nĐiều 1. Rà soát quỹ đất.\nNơi nhận:\n- Lưu VPTU.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n[Họ và tên]\n\n"
    )
    text = draft.format(symbol="QĐ", kind="QUY ĐỊNH") + draft.format(symbol="KH", kind="KẾ HOẠCH")
    found = read_documents(Source("p", text)).documents
    assert [(one.document_type, one.issuer, one.signer) for one in found] == [
        ("Quy định", "Tỉnh ủy Hà Giang", None),
        ("Kế hoạch", "Tỉnh ủy Hà Giang", None),
    ]


def test_a_number_whose_first_letter_is_lost_and_recipients_that_are_provinces() -> None:
    text = (
        "BỘ TÀI CHÍNH\n—\nố: 15/2010/TT-BTC\nSó: 15/2010\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nHà Nội, ngày 18 tháng 01 năm 2010\nTHÔNG TƯ\nVề phí sử dụng cầu\n"
        "Điều 1. Thu phí.\nNơi nhận:\n- TM. Thường trực;\n- UBND các tỉnh:\nNam Định\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLưu Văn An"
    )
    (found,) = read_documents(Source("p", text)).documents
    assert (found.number, found.issuer, found.signer) == (
        "15/2010/TT-BTC",
        "Bộ Tài chính",
        "Lưu Văn An",
    )


def test_who_issues_the_document_above_its_legal_basis_heads_nothing() -> None:
    text = "KẾ HOẠCH\nVề việc trồng rừng\nSố lượt xem\nTHỦ TƯỚNG CHÍNH PHỦ\nCăn cứ Luật Lâm nghiệp;\nQUYẾT ĐỊNH:\n1. Giao đất.\n"
    (found,) = read_documents(Source("p", text)).documents
    assert not [s for s in found.sections if s.heading.text == "THỦ TƯỚNG CHÍNH PHỦ"]


@pytest.mark.parametrize("opening", ["Kế hoạch này", "chức năng, nhiệm vụ được giao"])
def test_a_body_above_what_it_is_asked_to_do_heads_that(opening: str) -> None:
    text = f"KẾ HOẠCH\nVề việc trồng rừng\nI. TỔ CHỨC THỰC HIỆN\nỦY BAN NHÂN DÂN CẤP XÃ\nCăn cứ {opening}, rà soát quỹ đất.\n"
    (found,) = read_documents(Source("p", text)).documents
    assert found.sections[-1].heading.text == "ỦY BAN NHÂN DÂN CẤP XÃ"


def test_a_letter_whose_subject_stands_beside_its_date_between_bars() -> None:
    (document,) = read(
        "|SỞ Y TẾ TỈNH LAM GIANG          |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
        "|-------------------             |Độc lập – Tự do – Hạnh phúc        |\n"
        "|Số: 418/SYT-VP                  |------------------------           |\n"
        "|V/v đăng ký thi đua của các     |Lam Giang, ngày 9 tháng 3 năm 2021 |\n"
        "|trạm y tế xã                    |                                   |\n\n"
        "     Kính gửi: Các trạm y tế xã\n\n"
        "     Sở Y tế đề nghị các trạm y tế xã đăng ký thi đua trước ngày 20/3/2021.\n"
    )
    assert document.title == "V/v đăng ký thi đua của các trạm y tế xã"
    assert str(document.date) == "2021-03-09"
