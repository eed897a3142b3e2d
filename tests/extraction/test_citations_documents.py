"""Citations of whole documents: the document's own number, relations, doubts, exact spans."""

import unicodedata
from datetime import date

import pytest
from growth import linear
from hypothesis import given, settings
from hypothesis import strategies as st

from khplans.extraction.citations import find_citations
from khplans.extraction.citations.find import find_mentions
from khplans.model import Block, BlockKind, Cell, Citation, Document, Section, Source
from khplans.reading import read_documents
from khplans.text.passage import Passage, Span, read_passage

SOURCE = """Số: 4969 /KH-UBND
Triển khai thực hiện Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ
Căn cứ Quyết định số 3258/QĐ-UBND **ngày 25/12/2023** của UBND tỉnh;
Kế hoạch này thay thế Kế hoạch số 4969/KH-UBND ngày 01/02/2022.
(Ban hành kèm theo Kế hoạch số 4969 /KH-UBND ngày 13/5/2024 của UBND tỉnh)
Nơi nhận: như Quyết định số 12/QĐ-UBND
"""
KINDS: tuple[BlockKind, ...] = (
    "letterhead", "title", "paragraph", "paragraph", "heading", "recipients",
)  # fmt: skip


def _document(
    source: str, kinds: tuple[BlockKind, ...] = (), number: str | None = "4969/KH-UBND"
) -> Document:
    blocks, start = [], 0
    for k, line in enumerate(source.splitlines(keepends=True)):
        span = Span(start, start + len(line))
        start += len(line)
        if text := read_passage(source, [span]):
            blocks.append(Block(kinds[k] if k < len(kinds) else "paragraph", text, span))
    return Document(
        "d", "d", Span(0, len(source)), tuple(blocks), (), number=number, date=date(2024, 5, 13)
    )


def _quotes(document: Document, source: str) -> list[str]:
    return [citation.span.of(source) for citation in find_citations(document)]


def test_own_number_is_no_citation_but_an_older_one_is() -> None:
    assert _quotes(_document(SOURCE, KINDS), SOURCE) == [
        "Nghị quyết số 01/NQ-CP ngày 05/01/2024",
        "Quyết định số 3258/QĐ-UBND **ngày 25/12/2023",
        "Kế hoạch số 4969/KH-UBND ngày 01/02/2022",
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "(Kèm theo Kế hoạch số 4969/KH-UBND ngày 13/5/2024)",
        "(Ban hành kèm theo Kế hoạch số: 4969/KH-UBND ngày 13 tháng 5 năm 2024 của UBND tỉnh)",
        "(Ban hành theo Kế hoạch số 4969/KH - UBND, ngày 13/5/2024 của UBND tỉnh)",
        "(Kèm theo Kế hoạch số H969/KH-UBND ngày 13/5/2024)",
        "(Kèm theo Kế hoạch số 4989/KH-UBND ngày 13/5/2024)",
        "(Kèm theo Kế hoạch số 4969/2024/KH-UBND ngày 13/5/2024)",
        "(Kèm theo Kế hoạch số 4969/KH-UBND)",
    ],
)
def test_caption_of_an_own_annex_is_no_citation(caption: str) -> None:
    assert _quotes(_document(caption), caption) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Số: 4969/KH-UBND", 0),
        ("Phân công nhiệm vụ theo Kế hoạch số 4969/KH-UBND ngày 13/5/2024 của UBND tỉnh", 0),
        ("Tiếp tục thực hiện Kế hoạch số 4969/KH-UBND của những năm trước", 1),
        ("Kế hoạch số 4989/KH-UBND ngày 13/5/2024 ban hành cùng ngày", 1),
    ],
)
def test_own_number_in_running_text(text: str, found: int) -> None:
    assert len(find_citations(_document(text))) == found


@pytest.mark.parametrize(
    "caption",
    [
        "(Ban hành kèm theo Quyết định số 3258/QĐ-UBND ngày 25/12/2023 của UBND tỉnh)",
        "(Kèm theo Kế hoạch số 4969/KH-UBND ngày 13/5/2023)",
        "(Kèm theo Kế hoạch số 1200/KH-UBND ngày 13/5/2024)",
    ],
)
def test_caption_of_another_document_is_one(caption: str) -> None:
    assert len(find_citations(_document(caption))) == 1


@pytest.mark.parametrize("written", ["197/2005/QĐ/BNN-KL", "197/QĐ-BNN-KL", "198/2005/QĐ-BNN-KL"])
def test_caption_with_the_own_number_misspelt_is_none(written: str) -> None:
    caption = f"(Ban hành kèm theo Quyết định số: {written} ngày 13 tháng 5 năm 2024)"
    assert find_citations(_document(caption, number="197/2005/QĐ-BNN-KL")) == []


def test_rows_are_read_cell_by_cell() -> None:
    source = "1\tThực hiện Nghị quyết số 05-NQ/TU\tNghị quyết\tLuật Đất đai năm 2024"
    cells, start = [], 0
    for part in source.split("\t"):
        span = Span(start, start + len(part))
        cells.append(Cell("other", "", read_passage(source, [span])))
        start += len(part) + 1
    block = Block("row", cells[1].text, Span(0, len(source)), cells=tuple(cells))
    document = Document("d", "d", Span(0, len(source)), (block,), ())
    assert _quotes(document, source) == ["Nghị quyết số 05-NQ/TU", "Luật Đất đai năm 2024"]


RELATIONS = [
    ("Căn cứ Nghị định số 30/2020/NĐ-CP;", ["legal_basis"]),
    (
        "Căn cứ Nghị định số 8/2016/NĐ-CP hướng dẫn Luật Giá năm 2023; Nghị định số 9/2016/NĐ-CP",
        ["legal_basis", "implements", "legal_basis"],
    ),
    ("Thực hiện Nghị quyết số 01/NQ-CP, Nghị quyết số 02/NQ-CP", ["implements", "implements"]),
    ("THỰC HIỆN NGHỊ QUYẾT SỐ 01/NQ-CP VÀ NGHỊ QUYẾT SỐ 02/NQ-CP", ["implements", "implements"]),
    ("cụ thể hóa Nghị quyết số 26-NQ/TW", ["implements"]),
    ("theo Quyết định số 57/QĐ-UBND", ["according_to"]),
    ("UBND tỉnh đã chỉ đạo tại Công văn số 12/UBND-TH", ["according_to"]),
    ("Quyết định này thay thế Quyết định số 57/QĐ-UBND", ["replaces"]),
    ("Bãi bỏ Quyết định số 57/QĐ-UBND", ["replaces"]),
    ("Sửa đổi, bổ sung một số điều của Quyết định số 57/QĐ-UBND", ["amends"]),
    ("Quy chế ban hành kèm theo Quyết định số 57/QĐ-UBND", ["attached"]),
    ("(sau đây viết tắt là Nghị quyết số 26-NQ/TW)", ["mentions"]),
    ("Nghị quyết số 26-NQ/TW đã nêu", ["mentions"]),
    ("Thực hiện chủ trương chung. Nghị quyết số 26-NQ/TW nêu rõ", ["mentions"]),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relation_follows_the_words_before(text: str, expected: list[str]) -> None:
    assert [c.relation for c in find_citations(_document(text))] == expected


def test_items_under_a_heading_of_legal_bases_are_bases() -> None:
    source = "- Nghị định số 30/2020/NĐ-CP"
    span = Span(0, len(source))
    passage = read_passage(source, [span])
    section = Section("I", "I", Passage("Căn cứ pháp lý"), span, None, 0, role="basis")
    block = Block("item", passage, span, label="-", section=0)
    document = Document("d", "d", span, (block,), (section,))
    assert [c.relation for c in find_citations(document)] == ["legal_basis"]


DOUBTS = [
    ("Quyết định số 57/QĐ-UBND ngày 31/02/2021", {"date-impossible"}),
    ("Quyết định số 57/QĐ-UBND ngày 12/13/2021", {"date-impossible"}),
    ("Kế hoạch số 1165/QĐ-UBND ngày 29/4/2023", {"type-and-symbol-disagree"}),
    ("Nghị quyết số O1/NQ-CP ngày 05/01/2024", {"number-looks-misread"}),
    ("Nghị quyết số 55/2022/QH của Quốc hội", {"number-looks-misread"}),
    ("Quyết định số 1 47/QĐ-UBND ngày 03/02/2019", {"number-looks-misread"}),
    ("Nghị định số 45/2021NĐ-CP ngày 31/3/2021", {"number-looks-misread"}),
    ("Luật Đèn lồng số 59/2020QH14", {"number-looks-misread"}),
    ("Quyết định số 57/QĐ-UBND ngày 20/4/2024", set()),
    ("Công văn số 12/UBND-TH ngày 20/4/2024", set()),
    ("Văn bản số 12/BC-UBND ngày 20/4/2024", set()),
    ("Tờ trình số 14/TT-UB ngày 03/4/1999", set()),
    ("Luật Đất đai ngày 31/02/2024", {"date-impossible"}),
    ("Quyết định số 57/QD-UBND ngày 20/4/2024", set()),
]


@pytest.mark.parametrize(("text", "codes"), DOUBTS)
def test_doubts(text: str, codes: set[str]) -> None:
    (citation,) = find_citations(_document(text))
    assert {doubt.code for doubt in citation.doubts} == codes


PIECES = st.sampled_from(
    [
        "Nghị quyết", "số", "sọ", " 01/NQ-CP", "15-NQ/TU", "4969 /KH- UBND", "ngày 05/01/2024",
        "ngày 31/02/2021", "của Chính phủ", "của UBND tỉnh Khánh Hòa", "Luật", "Luật Đất đai",
        "sửa đổi, bổ sung một số điều của", "năm 2024", "Hiến pháp", "và", ",", ";", "(", ")", "các",
        "Công văn", "UBND", "QĐ", "/", "-", "2024", "khóa XV", "Căn cứ", "thay thế", "\n", "**", "  ",
        "68/92 xã", "Công báo", "https://a.vn/1-2/QĐ-UBND", "\u00a0", "ĐA30", "Ð", "⁄",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join), st.text()
)  # fmt: skip


def _rows(citations: list[Citation], shift: int = 0) -> list[tuple[object, ...]]:
    return [
        (c.span.start - shift, c.span.end - shift, c.number, c.document_type, c.date, c.issuer)
        for c in citations
    ]


@given(TEXTS)
@settings(deadline=None)
def test_no_text_breaks_it_and_spans_are_exact(source: str) -> None:
    last = 0
    for citation in find_citations(_document(source)):
        assert 0 <= citation.span.start < citation.span.end <= len(source)
        assert citation.number or citation.document_type
        assert citation.span.start >= last
        last = citation.span.end


@given(TEXTS, st.sampled_from(["", "Mở đầu.\n", "\n\n\n", "Sở Y tế chủ trì.\n"]))
@settings(deadline=None)
def test_padding_only_shifts(source: str, padding: str) -> None:
    alone = _rows(find_citations(_document(source)))
    padded = find_citations(_document(padding + source + "\nHết."))
    assert _rows(padded, len(padding)) == alone


@given(TEXTS)
@settings(deadline=None)
def test_decomposed_text_gives_the_same(source: str) -> None:
    composed = unicodedata.normalize("NFC", source)
    decomposed = unicodedata.normalize("NFD", composed)
    one = _rows(find_citations(_document(composed)))
    other = _rows(find_citations(_document(decomposed)))
    assert [row[2:] for row in one] == [row[2:] for row in other]


@pytest.mark.parametrize(
    "unit",
    ["1/", "01/NQ-", "Luật ", "số ", "- UBND", "của Ban ", "Nghị quyết ", "1 ", "Luật A, ", "A-", "((", "01/QĐ "],
)  # fmt: skip
def test_time_is_linear_in_the_text(unit: str) -> None:
    find_mentions(unit * 10)
    assert linear(find_mentions, unit * 800, unit * 6_400)


CUT = """ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 31/2014/QĐ-UBND
Sóc Trăng, ngày 07 tháng 11 năm 2014

QUYẾT ĐỊNH
VỀ QUẢN LÝ GIỐNG THỦY SẢN
Căn cứ Luật
Thủy sản ngày 26 tháng 11 năm 2003;
Căn cứ Luật Tổ chức
Hội đồng nhân dân và Ủy ban nhân dân ngày 26/11/2003;
Căn cứ Pháp lệnh
16/2004/PL-UBTVQH11 ngày 24/3/2004 về giống vật nuôi;
Căn cứ Nghị định số 66/2011/NĐ
- CP ngày 01 tháng 8 năm 2011 của Chính phủ;
Căn cứ Thông tư số
26/2013/TT-BNNPTNT ngày 22/5/2013
Căn cứ Quyết định số 15/QĐ-UBND ngày 03/01/2014
QUYẾT ĐỊNH:
"""


def test_citations_cut_in_two_by_lines_are_whole() -> None:
    (document,) = read_documents(Source("p", CUT)).documents
    assert [" ".join(c.span.of(CUT).split()) for c in find_citations(document)] == [
        "Luật Thủy sản ngày 26 tháng 11 năm 2003",
        "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26/11/2003",
        "Pháp lệnh 16/2004/PL-UBTVQH11 ngày 24/3/2004",
        "Nghị định số 66/2011/NĐ - CP ngày 01 tháng 8 năm 2011",
        "Thông tư số 26/2013/TT-BNNPTNT ngày 22/5/2013",
        "Quyết định số 15/QĐ-UBND ngày 03/01/2014",
    ]
