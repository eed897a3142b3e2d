"""Headings, items and the sections they open; paragraphs closed up over page breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khplans.intake import load_plan
from khplans.model import Document, Source
from khplans.reading import read_documents

ROOT = Path(__file__).parents[2]
GOLD = [json.loads(x) for x in (ROOT / "tests/gold/tasks.jsonl").read_text("utf-8").splitlines()]


def read(body: str) -> Document:
    text = f"KẾ HOẠCH\nVề việc A\n\n{body}"
    (document,) = read_documents(Source("p", text)).documents
    return document


def shape(document: Document) -> list[tuple[str, str, str | None, str]]:
    """Kind, path, label and words of the blocks below the title."""
    return [
        (
            b.kind,
            document.sections[b.section].path if b.section is not None else "",
            b.label,
            b.text.text,
        )
        for b in document.blocks
        if b.kind not in ("letterhead", "furniture") and b is not document.blocks[0]
    ]


@pytest.mark.parametrize("plan_id", sorted({task["plan"] for task in GOLD}))
def test_tasks_are_blocks_with_their_path_and_label(plan_id: str) -> None:
    source = load_plan(ROOT / "plans" / plan_id).source
    documents = {d.document_id: d for d in read_documents(source).documents}
    for task in (t for t in GOLD if t["plan"] == plan_id):
        document = documents[task["document"]]
        block = max(
            document.blocks,
            key=lambda b: min(b.span.end, task["end"]) - max(b.span.start, task["start"]),
        )
        path = document.sections[block.section].path if block.section is not None else ""
        assert (path, block.label) == (task["section"], task["label"]), task["quote"][:60]
        assert block.kind in ("item", "paragraph", "row")
        assert block.text.whole.end == task["end"]


def test_numbering_of_all_kinds() -> None:
    document = read(
        "Phần thứ nhất\nTÌNH HÌNH\nA. KẾT QUẢ\nI. Kinh tế\n1. Nông nghiệp\n1.1. Trồng trọt\n"
        "a) Lúa\n- Diện tích tăng.\n+ Vụ đông xuân tăng.\nPhần thứ hai\nNHIỆM VỤ\nI. Chung\n1. Làm tốt.\n"
    )
    assert [s.path for s in document.sections] == [
        "Phần thứ nhất",
        "Phần thứ nhất/A",
        "Phần thứ nhất/A/I",
        "Phần thứ nhất/A/I/1",
        "Phần thứ nhất/A/I/1/1.1",
        "Phần thứ nhất/A/I/1/1.1/a",
        "Phần thứ hai",
        "Phần thứ hai/I",
    ]
    assert document.sections[0].heading.text == "TÌNH HÌNH"
    assert [s.role for s in document.sections[:2]] == ["situation", "situation"]
    assert [s.role for s in document.sections[6:]] == ["task", "task"]


def test_articles() -> None:
    document = read(
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định việc phối hợp.\n"
        "2. Quy chế này áp dụng cho các sở.\nĐiều 2.\nGiao Sở Nội vụ theo dõi việc thực hiện.\n"
    )
    assert shape(document) == [
        ("heading", "Chương I", "Chương I", "QUY ĐỊNH CHUNG"),
        ("heading", "Chương I/Điều 1", "Điều 1", "Phạm vi điều chỉnh"),
        ("item", "Chương I/Điều 1", "1", "Quy chế này quy định việc phối hợp."),
        ("item", "Chương I/Điều 1", "2", "Quy chế này áp dụng cho các sở."),
        ("item", "Chương I", "Điều 2", "Giao Sở Nội vụ theo dõi việc thực hiện."),
    ]


def test_an_item_with_more_below_it_is_a_section_too() -> None:
    document = read(
        "I. Nhiệm vụ\n1. Rà soát các dự án; báo cáo kết quả.\n2. Giải ngân vốn. Xử lý khó khăn.\n\n"
        "Triển khai Chương trình nhà ở.\n\n3. Thu ngân sách đúng quy định.\n"
    )
    assert shape(document)[2:4] == [
        ("item", "I", "2", "Giải ngân vốn. Xử lý khó khăn."),
        ("paragraph", "I/2", None, "Triển khai Chương trình nhà ở."),
    ]


def test_agency_lines_open_sections() -> None:
    document = read(
        "II. Phân công\na) Sở Y tế:\n- Tiêm vắc xin.\nb) Sở Công Thương chủ trì, phối hợp với Sở Tài chính:\n"
        "Bình ổn thị trường.\nc) Sở Nội vụ theo dõi.\n"
    )
    assert shape(document)[1:] == [
        ("heading", "II/a", "a)", "Sở Y tế:"),
        ("item", "II/a", "-", "Tiêm vắc xin."),
        ("heading", "II/b", "b)", "Sở Công Thương chủ trì, phối hợp với Sở Tài chính:"),
        ("paragraph", "II/b", None, "Bình ổn thị trường."),
        ("item", "II", "c)", "Sở Nội vụ theo dõi."),
    ]


@pytest.mark.parametrize(
    "marks", ["i ii iii iv v vi", "g h i k l", "a b c", "i ii iii iv v vi vii viii ix x"]
)
def test_roman_numbers_and_letters_in_brackets_follow_each_other(marks: str) -> None:
    items = "\n".join(f"({mark}) Báo cáo kết quả;" for mark in marks.split())
    assert not read_documents(Source("p", f"KẾ HOẠCH\nVề việc A\n1. Sở Y tế:\n{items}")).doubts


def test_markers_out_of_order_are_kept_and_doubted() -> None:
    text = "KẾ HOẠCH\nVề việc A\nI. MỤC TIÊU\n1. Một.\nII. NHIỆM VỤ\n1. Một.\nII. TỔ CHỨC\n1. Một.\n3. Ba.\nIII. KHÁC\n1. Một.\n"
    reading = read_documents(Source("p", text))
    assert [s.path for s in reading.documents[0].sections] == ["I", "II", "II", "III"]
    assert [d.span.of(text) for d in reading.doubts] == ["II. TỔ CHỨC", "3. Ba."]
    assert {d.code for d in reading.doubts} == {"marker-out-of-order"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("8. Hướng dẫn các địa phương tổ chức sản xuất phù\n\nhợp với điều kiện thời tiết.\n",
         "Hướng dẫn các địa phương tổ chức sản xuất phù hợp với điều kiện thời tiết."),
        ("1. Giám đốc Sở A (Tổ trưởng Tổ công tác lập Quy hoạch chung xây dựng\n\n12\n\nKhu kinh tế Vân Phong) đẩy nhanh tiến độ.\n",
         "Giám đốc Sở A (Tổ trưởng Tổ công tác lập Quy hoạch chung xây dựng Khu kinh tế Vân Phong) đẩy nhanh tiến độ."),
        ("1. Thực hiện Nghị quyết của Hội đồng nhân dân tỉnh về phát triển kinh tế\n- xã hội năm 2021.\n",
         "Thực hiện Nghị quyết của Hội đồng nhân dân tỉnh về phát triển kinh tế - xã hội năm 2021."),
        ("1. Số ca mắc giảm, các đối tượng\n\n¹ Đến ngày 07/9/2021, tỉnh đạt 07/07 tiêu chí.\n\nđược hỗ trợ với số tiền 185,6 tỷ đồng.\n",
         "Số ca mắc giảm, các đối tượng được hỗ trợ với số tiền 185,6 tỷ đồng."),
    ],
)  # fmt: skip
def test_sentences_over_page_breaks(body: str, words: str) -> None:
    items = [b for b in read(body).blocks if b.kind == "item"]
    assert items[0].text.text == words


def test_hard_wrapped_text_is_closed_up() -> None:
    document = read(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nXác định các vùng có thể xảy ra hạn hán, thiếu nước, đề xuất\n"
        "phương án tổng thể ứng phó kịp thời, bảo đảm nguồn nước phục vụ\nsản xuất, dân sinh, góp phần ổn định "
        "chính trị.\nNâng cao ý thức trách nhiệm của tổ chức cá nhân trong quản lý,\nsử dụng tiết kiệm tài nguyên "
        "nước; chủ động điều tiết, dự trữ\nnguồn nước phục vụ sản xuất.\n2. Yêu cầu\nCác sở, ngành, địa phương "
        "thực hiện nghiêm túc các nội dung của\nKế hoạch này.\n"
    )
    assert [words[:24] for kind, _, _, words in shape(document)] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "Mục đích",
        "Xác định các vùng có thể",
        "Nâng cao ý thức trách nh",
        "Yêu cầu",
        "Các sở, ngành, địa phươn",
    ]


def test_a_wrapped_text_is_closed_up_though_its_annex_is_a_table_of_short_cells() -> None:
    prose = "".join(
        f"Các địa phương rà soát quỹ đất và lập kế hoạch {k}, phấn đấu\nphủ xanh các đồi trọc; phát động\n"
        "Chủ nhật xanh và chăm sóc rừng đầu nguồn của\ncác xã.\n\n"
        for k in range(4)
    )
    rows = "".join(f"{k}\tTrồng cây\tSở Y tế\n" for k in range(1, 400))
    document = read(f"I. NHIỆM VỤ\n{prose}PHỤ LỤC\nTT\tNhiệm vụ\tChủ trì\n{rows}")
    found = [words for kind, _, _, words in shape(document) if kind == "paragraph"]
    assert [words[-26:] for words in found] == ["rừng đầu nguồn của các xã."] * 4


def test_a_letter_l_that_is_printed_as_a_roman_one() -> None:
    items = "i) Sở Nội vụ:\n- Báo cáo.\nk) Sở Y tế:\n- Khám bệnh.\nI) Sở Công Thương:\n- Mở chợ.\nm) Sở Tài chính:\n- Cấp vốn.\n"
    text = f"KẾ HOẠCH\nVề việc A\nIV. TỔ CHỨC THỰC HIỆN\n1. Phân công:\n{items}2. Báo cáo.\n"
    reading = read_documents(Source("p", text))
    found = [path for _, path, _, _ in shape(reading.documents[0])]
    assert {"IV/1/k", "IV/1/l", "IV/1/m", "IV"} <= set(found)
    assert "I" not in found
    assert [
        doubt.facts["suggestion"] for doubt in reading.doubts if "suggestion" in doubt.facts
    ] == ["l"]
    headings = [
        path for _, path, _, _ in shape(read("k) Sở Y tế:\n- Báo cáo.\nI) MỤC TIÊU\n1. Một.\n"))
    ]
    assert headings[-1].startswith("I")


def test_roman_numbers_that_a_machine_took_for_letters() -> None:
    document = read(
        "I. MỤC TIÊU\n1. Trồng rừng.\nH. NHIỆM VỤ\n1. Giao đất.\nIH. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế.\n"
        "A. PHỤ LỤC\nH. DANH MỤC\n"
    )
    assert [s.path for s in document.sections][:3] == ["I", "II", "III"]
    assert [s.marker for s in document.sections][-2:] == ["A", "H"]


def test_a_capital_after_the_one_before_it_is_no_roman_number() -> None:
    letters = "ABCDEGH"
    document = read("I. CÁC SỞ\n" + "".join(f"{x}. SỞ Y TẾ\n1. Báo cáo.\n" for x in letters))
    assert [s.marker for s in document.sections] == ["I", *letters]


def test_closing_paragraph_stands_in_the_section_not_in_its_last_item() -> None:
    document = read(
        "III. Tổ chức thực hiện\n1. Các sở chủ động triển khai.\n2. Sở Nội vụ đôn đốc.\n"
        "Trong quá trình triển khai thực hiện, nếu có vướng mắc, báo cáo Ủy ban nhân dân tỉnh./.\n"
    )
    assert shape(document)[-1][1] == "III"
    assert document.sections[0].role == "organisation"


def test_a_row_of_stars_closes_all_sections() -> None:
    document = read("I. Nhiệm vụ\n1. Làm tốt.\n\n*\n* *\n\nĐề nghị các cấp thực hiện nghiêm túc.\n")
    assert shape(document)[-1] == ("paragraph", "", None, "Đề nghị các cấp thực hiện nghiêm túc.")


def test_bullets_that_introduce_others_are_headings() -> None:
    document = read(
        "1. Nhiệm vụ:\n- Đối với Sở Y tế:\n+ Tiêm vắc xin.\n- Đối với Sở Tài chính:\n+ Bố trí kinh phí.\n"
    )
    assert [(kind, path, label) for kind, path, label, _ in shape(document)] == [
        ("heading", "1", "1"), ("heading", "1", "-"), ("item", "1", "+"), ("heading", "1", "-"), ("item", "1", "+"),
    ]  # fmt: skip
    assert [s.heading.text for s in document.sections[1:]] == [
        "Đối với Sở Y tế:",
        "Đối với Sở Tài chính:",
    ]


def test_roman_numbers_below_an_article_do_not_hold_the_next_article() -> None:
    document = read(
        "Điều 1. Phê duyệt với nội dung sau:\nI. MỤC TIÊU\n1. Tăng trưởng cao.\n"
        "Điều 2. Giao Sở Tài chính tổ chức thực hiện."
    )
    assert [s.path for s in document.sections] == ["Điều 1", "Điều 1/I"]
    assert shape(document)[-1][:3] == ("item", "", "Điều 2")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Căn cứ Nghị quyết số\n55/2022/QH15 ngày\n16/6/2022 của Quốc hội.", ["Căn cứ Nghị quyết số 55/2022/QH15 ngày 16/6/2022 của Quốc hội."]),
        ("tại Công văn số\n892/BKHĐT-TH ngày 14/02/2022.", ["tại Công văn số 892/BKHĐT-TH ngày 14/02/2022."]),
        ("1/ Sở Y tế.\n2/ Sở Tài chính.", ["Sở Y tế.", "Sở Tài chính."]),
        ("2. Sở Y tế, UBND các huyện, thị xã, thành phố\nTập trung phòng dịch.", ["Sở Y tế, UBND các huyện, thị xã, thành phố", "Tập trung phòng dịch."]),
        ("2. Sở Xây dựng phối hợp với UBND thành phố\nVinh rà soát quỹ đất.", ["Sở Xây dựng phối hợp với UBND thành phố Vinh rà soát quỹ đất."]),
    ],
)  # fmt: skip
def test_lines_that_end_where_a_figure_or_a_name_is_due(body: str, words: list[str]) -> None:
    assert [text for *_, text in shape(read(body))] == words


def test_a_hard_wrapped_text_of_short_items() -> None:
    filler = "".join(f"- Chỉ tiêu thứ {k} đạt kế hoạch.\n" for k in range(12))
    wrapped = (
        "1. Hội đồng nhân dân tỉnh giao Ủy ban nhân dân tỉnh tổ chức triển khai thực hiện\n"
        "Nghị quyết.\n"
        "2. Thường trực Hội đồng nhân dân, các Ban của Hội đồng nhân dân tỉnh giám sát và\n"
        "báo cáo kết quả tại kỳ họp thường lệ cuối năm của Hội đồng nhân dân tỉnh, gắn với\n"
        "việc sơ kết, tổng kết nhiệm kỳ; kịp thời kiến nghị những vấn đề phát sinh mới tại\n"
        "các địa phương, bảo đảm đúng quy định của pháp luật và phù hợp với tình hình thực\n"
        "tế của tỉnh.\n"
    )
    items = [text for kind, _, label, text in shape(read(filler + wrapped)) if label in ("1", "2")]
    assert [item[-12:] for item in items] == ["Nghị quyết.".rjust(12), "tế của tỉnh."]


def test_markdown() -> None:
    document = read(
        "#### I. Nhiệm vụ chung\n\n1\\. Làm **tốt**. Rồi báo cáo.\n\n* Về nông nghiệp: phát triển.\n\n## II. Tổ chức thực hiện\n\nCác sở thực hiện.\n"
    )
    assert shape(document) == [
        ("heading", "I", "I", "Nhiệm vụ chung"),
        ("item", "I", "1", "Làm tốt. Rồi báo cáo."),
        ("item", "I/1", "*", "Về nông nghiệp: phát triển."),
        ("heading", "II", "II", "Tổ chức thực hiện"),
        ("paragraph", "II", None, "Các sở thực hiện."),
    ]


def test_markdown_headings_without_a_number_stand_below_numbered_ones() -> None:
    found = read("## 2. Nhân sự\n\n### Việc thứ nhất\n\n- Tuyển thêm người.\n\n## 3. Tài chính\n")
    assert [s.path for s in found.sections] == ["2", "2", "3"]


def test_annex_numbers_afresh() -> None:
    document = read(
        "I. MỤC TIÊU\n1. Làm tốt.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n\nPHỤ LỤC I\nPHÂN CÔNG NHIỆM VỤ\n"
        "(Ban hành kèm theo Kế hoạch số 1/KH-UBND ngày 1/1/2024)\nI. Sở Y tế\n1. Tiêm vắc xin.\n"
    )
    assert [(s.path, s.annex) for s in document.sections] == [("I", 0), ("", 1), ("I", 1)]
    assert document.sections[1].heading.text == "PHÂN CÔNG NHIỆM VỤ"
    assert document.sections[1].role == "task"


def test_lines_that_answer_who_and_when_make_no_heading_of_the_task_above() -> None:
    document = read(
        "1. Hoàn thiện thể chế\n1.1. Rà soát văn bản quy phạm pháp luật.\nĐơn vị chủ trì tham mưu thực hiện: Sở Tư pháp.\n"
        "Thời gian: Quý II/2026.\n1.2. Xây dựng cơ sở dữ liệu.\n- Chủ trì: Sở Nội vụ\n- Phối hợp: các sở\n"
    )
    assert [(kind, path, label) for kind, path, label, _ in shape(document)] == [
        ("heading", "1", "1"), ("item", "1", "1.1"), ("paragraph", "1/1.1", None), ("paragraph", "1/1.1", None),
        ("item", "1", "1.2"), ("item", "1/1.2", "-"), ("item", "1/1.2", "-"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("others", "kind"),
    [
        (["", "", ""], "item"),  # the rest of the list are sentences with nothing below them
        (["\na) Ở xã;\nb) Ở thôn."] * 3, "heading"),  # everything in the list has parts
    ],
)
def test_a_sentence_without_an_end_mark_goes_with_its_list(others: list[str], kind: str) -> None:
    long = (
        "1. Rà soát, lập danh sách các hộ sống gần bờ sông, ven suối có nguy cơ sạt lở cao, "
        "bố trí chỗ ở tạm trước mùa mưa năm nay"
    )
    rest = [
        f"{k}. Kiểm tra công trình cấp nước số {k}{below or '.'}"
        for k, below in enumerate(others, 2)
    ]
    body = "\n".join(["I. NHIỆM VỤ", long, "a) Ở vùng núi;", "b) Ở ven biển.", *rest])
    found = read(body)
    assert next(b.kind for b in found.blocks if b.text.text.startswith("Rà soát")) == kind


def test_an_attached_plan_with_a_letterhead_of_its_own_is_an_annex() -> None:
    document = read(
        "Điều 1. Ban hành Kế hoạch.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHoàng Quốc Khánh\nỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKẾ HOẠCH\nCải cách hành chính năm 2022\n"
        "(Ban hành kèm theo Quyết định số 11/QĐ-UBND ngày 03/01/2022 của UBND tỉnh)\nI. MỤC TIÊU\n1. Nâng chỉ số.\n"
    )
    assert [(s.heading.text, s.path, s.annex) for s in document.sections] == [
        ("Cải cách hành chính năm 2022", "", 1),
        ("MỤC TIÊU", "I", 1),
    ]
    assert document.signer == "Hoàng Quốc Khánh"
