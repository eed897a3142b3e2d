"""Letterheads in the forms that plans, portals, gazettes and OCR give them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from khplans.intake import list_plans, load_plan
from khplans.model import Source
from khplans.reading import read_documents

ROOT = Path(__file__).parents[2]
FORMS = Path(__file__).parent / "documents"
with (FORMS / "expected.csv").open(encoding="utf-8", newline="") as rows:
    EXPECTED = list(csv.DictReader(rows))
GOLD = [
    json.loads(line)
    for line in (ROOT / "tests/gold/documents.jsonl").read_text("utf-8").splitlines()
]


def test_every_form_has_its_expected_fields() -> None:
    assert {row["form"] for row in EXPECTED} == {path.stem for path in FORMS.glob("*.txt")}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda row: row["form"])
def test_fields(expected: dict[str, str]) -> None:
    form = expected["form"]
    text = (FORMS / f"{form}.txt").read_text("utf-8")
    (document,) = read_documents(Source(form, text)).documents
    found = {
        "form": form,
        "number": document.number,
        "type": document.document_type,
        "date": document.date.isoformat() if document.date else "",
        "issuer": document.issuer,
        "place": document.place,
        "province": document.province,
        "signer": document.signer,
        "title": document.title,
    }
    assert {key: value or "" for key, value in found.items()} == expected


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["document"])
def test_the_plans_documents(gold: dict[str, object]) -> None:
    source = load_plan(ROOT / "plans" / str(gold["plan"])).source
    documents = {d.document_id: d for d in read_documents(source).documents}
    document = documents[str(gold["document"])]
    assert document.number == gold["number"]
    assert document.number_raw == gold["number_raw"]
    assert document.document_type == gold["type"]
    assert document.issuer == gold["issuer"]
    assert document.place == gold["place"]
    assert str(document.date) == gold["date"]
    assert document.title == gold["title"]
    assert (document.signer, document.signer_raw) == (gold["signer"], gold["signer_raw"])
    assert (document.span.start, document.span.end) == (gold["start"], gold["end"])


def test_there_are_no_other_documents_in_the_plans() -> None:
    found = [
        d.document_id
        for plan_id in list_plans(ROOT / "plans")
        for d in read_documents(load_plan(ROOT / "plans" / plan_id).source).documents
    ]
    expected = {str(g["document"]) for g in GOLD} | set(list_plans(ROOT / "plans"))
    assert sorted(found) == sorted(expected)


HEAD = "UBND TỈNH HÀ GIANG\nSố: {number}\nHà Giang, ngày 5 tháng 1 năm 2023\n{kind}\nVề việc A\n1. Làm.\n"


@pytest.mark.parametrize(
    ("printed", "number", "kind"),
    [
        ("028/CTr-UBND", "028/CTr-UBND", "Chương trình"),
        ("84/2025/QĐ-UBND", "84/2025/QĐ-UBND", "Quyết định"),
        ("1455/QĐ-CTUBND", "1455/QĐ-CTUBND", "Quyết định"),
        ("46/QĐ-UBND-HC", "46/QĐ-UBND-HC", "Quyết định"),
        ("21/QĐ-UBND-ĐA30", "21/QĐ-UBND-ĐA30", "Quyết định"),
        ("30c/NQ-CP", "30c/NQ-CP", "Nghị quyết"),
        ("4a/2001/NQ/HĐND4", "4a/2001/NQ/HĐND4", "Nghị quyết"),
        ("2740/QĐ/BNN-KL", "2740/QĐ/BNN-KL", "Quyết định"),
        ("11/CT-UB", "11/CT-UB", "Chỉ thị"),
        ("12 / KH - UBND", "12/KH-UBND", "Kế hoạch"),
        ("1 234/KH-UBND", "1234/KH-UBND", "Kế hoạch"),
        ("12/kh-ubnd", "12/KH-UBND", "Kế hoạch"),
        ("12/KHUBND", "12/KH-UBND", "Kế hoạch"),
        ("12/KH-ƯBND", "12/KH-UBND", "Kế hoạch"),
        ("12/QÐ-UBND", "12/QĐ-UBND", "Quyết định"),
        ("15/SNV-CCHC&PC", "15/SNV-CCHC&PC", "Công văn"),
    ],
)  # fmt: skip
def test_numbers(printed: str, number: str, kind: str) -> None:
    text = HEAD.format(number=printed, kind="")
    document = read_documents(Source("p", text)).documents[0]
    assert (document.number, document.document_type) == (number, kind)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Hà Giang, ngày 5 tháng 1 năm 2023", date(2023, 1, 5)),
        ("Hà Giang, Ngày 05 tháng 01 năm 2023", date(2023, 1, 5)),
        ("Hà Giang ngày 5/1/2023", date(2023, 1, 5)),
        ("Hà Giang, ngày l5 tháng l0 năm 2O23", None),
        ("Hà Giang, ngày l5 tháng l0 năm 2023", date(2023, 10, 15)),
        ("Hà Giang, ngày 31 tháng 2 năm 2023", None),
        ("Hà Giang, ngày     tháng 02 năm 2023", None),
        ("*Hà Giang, ngày **05** tháng 01 năm 2023*", date(2023, 1, 5)),
    ],
)
def test_dates(line: str, day: date | None) -> None:
    text = f"UBND TỈNH HÀ GIANG\nSố: 12/KH-UBND\n{line}\nKẾ HOẠCH\nVề việc A\n1. Làm.\n"
    assert read_documents(Source("p", text)).documents[0].date == day


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("UỶ BAN NHÂN DÂN\nTỈNH ĐĂK LĂK", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        ("ỦY BAN NHÂN DÂN TP. HỒ CHÍ MINH", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
        ("HĐND TỈNH BẾN TRE", "Hội đồng nhân dân tỉnh Bến Tre"),
        ("UBND TỈNH BẾN TRE\nSỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN\nNÔNG THÔN", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bến Tre"),
        ("BỘ CÔNG THƯƠNG", "Bộ Công Thương"),
        ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế"),
        ("NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM", "Ngân hàng Nhà nước Việt Nam"),
        ("THÀNH ỦY HẢI PHÒNG", "Thành ủy Hải Phòng"),
        ("ĐẢNG BỘ TỈNH AN GIANG\nHUYỆN ỦY CHÂU PHÚ", "Huyện ủy Châu Phú"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG NHA TRANG", "Ủy ban nhân dân phường Nha Trang"),
        ("**ỦY BAN NHÂN DÂN**\n**THỊ XÃ NINH HÒA**", "Ủy ban nhân dân thị xã Ninh Hòa"),
        ("THỦ TƯỚNG\nCHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("Ban chỉ đạo họp, có ý kiến rằng" + " các cấp, các ngành phải cùng vào cuộc" * 4, None),
    ],
)  # fmt: skip
def test_issuers(lines: str, issuer: str | None) -> None:
    text = f"{lines}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-AB\nHà Nội, ngày 5 tháng 1 năm 2023\nKẾ HOẠCH\nVề việc A\n1. Làm.\n"
    assert read_documents(Source("p", text)).documents[0].issuer == issuer


@pytest.mark.parametrize(
    ("top", "number", "place", "below", "issuer"),
    [
        # A law site keeps the first line of each column only.
        ("ỦY BAN NHÂN DÂN", "12/2015/QĐ-UBND", "Hậu Giang", "ỦY BAN NHÂN DÂN TỈNH HẬU GIANG", "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("HỘI ĐỒNG NHÂN DÂN", "08/NQ-HĐND", "Hậu Giang", "HỘI ĐỒNG NHÂN DÂN TỈNH HẬU GIANG\nKHÓA IX, KỲ HỌP THỨ 6", "Hội đồng nhân dân tỉnh Hậu Giang"),
        ("HỘI ĐỒNG NHÂN DÂN", "08/NQ-HĐND", "Vị Xuyên", "HỘI ĐỒNG NHÂN DÂN HUYỆN VỊ XUYÊN", "Hội đồng nhân dân huyện Vị Xuyên"),
        ("ỦY BAN NHÂN DÂN", "12/KH-UBND", "Cần Thơ", "", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("ỦY BAN NHÂN DÂN", "12/KH-UBND", "Mỹ Tho", "", "Ủy ban nhân dân tỉnh Tiền Giang"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ", "12/KH-UBND", "Mỹ Tho", "", "Ủy ban nhân dân thành phố Mỹ Tho"),
        ("ỦY BAN NHÂN DÂN HUYỆN", "12/KH-UBND", "Yên Lập", "", "Ủy ban nhân dân huyện Yên Lập"),
        ("UBNDXÃ TÂN LẬP", "12/KH-UBND", "Tân Lập", "", "Ủy ban nhân dân xã Tân Lập"),
        ("Y BAN NHÂN DÂN\nTỈNH HẬU GIANG", "12/KH-UBND", "Hậu Giang", "", "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("ỦY BAN NHÂN\nDÂN\nTHÀNH PHỐ HỒCHÍ MINH", "12/QĐ-UB", "TP Hồ Chí\nMinh", "", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("BỘ Y TẾ-BỘ LAO ĐỘNG,", "4/2011/TTLT-BYT-BLĐTBXH", "Hà Nội", "", "Bộ Y tế - Bộ Lao động - Thương binh và Xã hội"),
        ("LIÊN TỊCH\nY TẾ - TÀI CHÍNH", "4/2004/TTLT/BYT-BTC", "Hà Nội", "", "Bộ Y tế - Bộ Tài chính"),
        ("BỘ XÂY DỰNG-BỘ GIÁO DỤC VÀ ÐÀO TẠO", "4/2004/TTLT-BXD-BGDĐT", "Hà Nội", "", "Bộ Xây dựng - Bộ Giáo dục và Đào tạo"),
        ("UBND HUYỆN YÊN LẬP\nBAN CHỈ ĐẠO PCGD, XMC", "4/BC-BCĐ", "Yên Lập", "", "Ban Chỉ đạo PCGD, XMC huyện Yên Lập"),
    ],
)  # fmt: skip
def test_issuers_that_lost_something(
    top: str, number: str, place: str, below: str, issuer: str
) -> None:
    text = (
        f"{top} | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: {number} |\n{place}, ngày 5 tháng 1 năm 2015 |\n"
        f"QUYẾT ĐỊNH\nBAN HÀNH QUY CHẾ LÀM VIỆC\n{below}\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"
    )
    assert read_documents(Source("p", text)).documents[0].issuer == issuer


def test_header_and_annex_that_differ() -> None:
    text = (
        "UBND TỈNH HÀ GIANG\nSố: I2/KH-UBND\nHà Giang, ngày 5 tháng 1 năm 2023\nKẾ HOẠCH\nVề việc A\n"
        "I. MỤC TIÊU\n1. Làm.\nCHỦ TỊCH\nNguyễn Văn A\nPHỤ LỤC\n"
        "(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh)\n"
    )
    reading = read_documents(Source("p", text))
    assert reading.documents[0].number == "12/KH-UBND"
    assert reading.documents[0].number_raw == "I2/KH-UBND"
    (doubt,) = [d for d in reading.doubts if d.code == "number-looks-misread"]
    assert doubt.span.of(text) == "Số: I2/KH-UBND"


def test_plan_toml_supplies_the_issuer_of_a_text_without_letterhead() -> None:
    source = Source("p", "KẾ HOẠCH\nVề việc A\n1. Làm.\n", (), "Ủy ban nhân dân tỉnh Hà Giang")
    (document,) = read_documents(source).documents
    assert (document.issuer, document.province) == ("Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang")


def test_a_news_item_tells_number_and_date_of_the_document_it_prints() -> None:
    source = load_plan(ROOT / "plans/dien-bien-04-ct-ubnd-2021").source
    (document,) = read_documents(source).documents
    assert (document.number, document.number_raw, document.document_type) == (
        "04/CT-UBND",
        None,
        "Chỉ thị",
    )
    assert (document.date, document.province, document.signer) == (
        date(2021, 8, 6),
        "Điện Biên",
        "Lê Thành Đô",
    )
    assert source.text[document.span.start : document.span.end].startswith("CHỈ THỊ")
    assert source.text[: document.span.end].endswith("Lê Thành Đô")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số 411 NQ/UBTVQH9", "411/NQ/UBTVQH9"),
        ("Số 733 TTg", "733/TTg"),
        ("Số: 61/2004/N Đ-CP", "61/2004/NĐ-CP"),
        ("Số: 22-BYT/TT", "22-BYT/TT"),
        ("Số: 9/2004/NQ.HĐNDK7", "9/2004/NQ.HĐNDK7"),
    ],
)
def test_numbers_of_old_documents(printed: str, number: str) -> None:
    text = f"CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{printed}\nHà Nội, ngày 5 tháng 1 năm 1996\nQUYẾT ĐỊNH\nVề A\n"
    assert read_documents(Source("p", text)).documents[0].number == number


@pytest.mark.parametrize(
    ("top", "number", "issuer"),
    [
        ("BỘ TÀI CHÍNH", "318/TCHQ-GSQL", "Tổng cục Hải quan"),
        ("BỘ TÀI CHÍNH", "318/BTC-CST", "Bộ Tài chính"),
        ("ỦY BAN NHÂN DÂN TỈNH BẾN TRE", "318/SYT-NV", "Sở Y tế tỉnh Bến Tre"),
        ("ỦY BAN NHÂN DÂN TỈNH BẾN TRE", "318/KH-SYT", "Sở Y tế tỉnh Bến Tre"),
        ("ỦY BAN NHÂN DÂN TỈNH BẾN TRE", "318/UBND-SYT", "Ủy ban nhân dân tỉnh Bến Tre"),
        ("TONG CUC THUE\nxo#3d", "318/TCT-KK", "Tổng cục Thuế"),
    ],
)
def test_a_letterhead_that_lost_its_second_row(top: str, number: str, issuer: str) -> None:
    text = (
        f"{top} | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: {number} | Bến Tre, ngày 5 tháng 1 năm 2009 |\n"
        "Kính gửi: Các đơn vị trực thuộc\nTrả lời câu hỏi của các đơn vị, cơ quan có ý kiến như sau:\n"
    )
    assert read_documents(Source("p", text)).documents[0].issuer == issuer


def test_a_web_page_s_title_that_names_the_party_is_no_letterhead() -> None:
    text = (
        "Quy định 12-QĐi/TW ngày 07/02/2024 về cổng thông tin của Đảng Cộng sản Việt Nam\n\nBAN CHẤP HÀNH TRUNG ƯƠNG\n *\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\n_____\nSố 12-QĐi/TW\nHà Nội, ngày 05 tháng 01 năm 2024\nQUY ĐỊNH\nVề cổng thông tin\n_____\n"
        "- Căn cứ Điều lệ Đảng;\n"
    )
    document = read_documents(Source("p", text)).documents[0]
    assert (document.issuer, document.place, str(document.date)) == (
        "Ban Chấp hành Trung ương",
        "Hà Nội",
        "2024-01-05",
    )


@pytest.mark.parametrize(
    ("top", "issuer", "place"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH LONG AN\nSố: 12/BC-UBND\nngày 5 tháng 1 năm 2015", "Ủy ban nhân dân tỉnh Long An", None),
        ("BỘ Y TẾ\nSố: 0£ /QD-BYT Hà Nội, ngày 5 tháng 1 năm 2015", "Bộ Y tế", "Hà Nội"),
        ("BỘ Y TẾ |\nSố: 12/TCDS-KHTC |\nHà Nội, ngày 5 tháng 1 năm 2015 |", "Tổng cục Dân số - Kế hoạch hóa gia đình", "Hà Nội"),
        ("UBND TỈNH LONG AN\nSố:    /KH-UBND\nTân An, ngày    tháng 01 năm 2015", "Ủy ban nhân dân tỉnh Long An", "Tân An"),
    ],
)  # fmt: skip
def test_places_beside_what_can_t_be_read(top: str, issuer: str, place: str | None) -> None:
    text = f"{top}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBÁO CÁO\nTình hình năm 2014\n1. Kinh tế phát triển.\n"
    document = read_documents(Source("p", text)).documents[0]
    assert (document.issuer, document.place) == (issuer, place)


def test_a_number_that_goes_on_below_the_other_column() -> None:
    text = (
        "UBND HUYỆN YÊN LẬP\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nBAN CHỈ ĐẠO PCGD, XMC\n\nĐộc lập – Tự do – Hạnh phúc\n\n"
        "Số: 55 / BC-BCĐPCGD-\n\nYên Lập, ngày 13 tháng 11 năm 2019\n\nXMC\n\nBÁO CÁO\nKết quả phổ cập giáo dục\n1. Tình hình.\n"
    )
    document = read_documents(Source("p", text)).documents[0]
    assert document.number == "55/BC-BCĐPCGD-XMC"
    assert document.issuer == "Ban Chỉ đạo PCGD, XMC huyện Yên Lập"
