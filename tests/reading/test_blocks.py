"""Blocks: every written character of a document stands in exactly one of them, in order."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khplans.intake import list_plans, load_plan
from khplans.model import Document, Source
from khplans.reading import Reading, read_documents
from khplans.text.passage import Span

ROOT = Path(__file__).parents[2]
FORMS = sorted((Path(__file__).parent / "documents").glob("*.txt"))
PLANS = [load_plan(ROOT / "plans" / plan_id).source for plan_id in list_plans(ROOT / "plans")]
SOURCES = PLANS + [Source(path.stem, path.read_text("utf-8")) for path in FORMS]
BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff\x00"


def owners(source: Source, document: Document) -> list[list[int]]:
    """For each character of the source the blocks that claim it; notes inside a block are its own."""
    claims: list[list[int]] = [[] for _ in source.text]
    for index, block in enumerate(document.blocks):
        for place in range(block.span.start, block.span.end):
            claims[place].append(index)
    for claim in claims:
        inner = [i for i in claim if document.blocks[i].kind in ("footnote", "furniture")]
        if len(claim) == 2 and inner == claim[1:]:
            del claim[0]
    return claims


def check(source: Source, reading: Reading) -> None:
    for document in reading.documents:
        starts = [block.span.start for block in document.blocks]
        assert starts == sorted(starts)
        assert document.blocks
        claims = owners(source, document)
        for place in range(document.span.start, document.span.end):
            if source.text[place] not in BLANK:
                assert len(claims[place]) == 1, (place, source.text[place - 20 : place + 20])
        for block in document.blocks:
            assert block.span in document.span
            if block.text:
                assert block.text.whole in block.span
            assert block.section is None or block.section < len(document.sections)
            for cell in block.cells:
                assert not cell.text or cell.text.whole in block.span
        for section in document.sections:
            assert section.span in document.span
            assert section.parent is None or section.parent < len(document.sections)
            assert document.blocks[section.heading_block].kind in ("heading", "item")
    spans = [document.span for document in reading.documents]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert len({d.document_id for d in reading.documents}) == len(reading.documents)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.plan_id)
def test_every_character_stands_in_one_block(source: Source) -> None:
    check(source, read_documents(source))


def shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def outline(reading: Reading, by: int = 0) -> object:
    return [
        (
            d.number, d.document_type, d.date, d.issuer, d.title, d.signer, shifted(d.span, by),
            [(b.kind, b.label, b.section, b.text.text, shifted(b.span, by)) for b in d.blocks],
            [(s.path, s.role, shifted(s.span, by)) for s in d.sections],
        )
        for d in reading.documents
    ]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.plan_id)
def test_blank_lines_around_a_text_only_shift_it(source: Source) -> None:
    bare = Source(source.plan_id, source.text)
    before = "\n \n\n"
    padded = Source(source.plan_id, before + source.text + "\n\n \n")
    assert outline(read_documents(padded)) == outline(read_documents(bare), len(before))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.plan_id)
def test_decomposed_accents_read_the_same(source: Source) -> None:
    composed = Source(source.plan_id, unicodedata.normalize("NFC", source.text))
    apart = Source(source.plan_id, unicodedata.normalize("NFD", source.text))
    one, other = read_documents(composed), read_documents(apart)
    check(apart, other)
    for a, b in zip(one.documents, other.documents, strict=True):
        assert [(x.kind, x.label, x.section, x.text.text) for x in a.blocks] == [
            (x.kind, x.label, x.section, x.text.text) for x in b.blocks
        ]
        assert (a.number, a.date, a.issuer, a.title) == (b.number, b.date, b.issuer, b.title)


LINES = st.sampled_from(
    [
        "", " ", "\xa0", "\t", "|", "| a | b |", "| TT | Nội dung | Cơ quan chủ trì |", "|---|---|---|",
        "TT\tNội dung\tCơ quan chủ trì\tThời gian", "1\tLàm việc\tSở Y tế\t2024", "II\tNhóm\t\t",
        "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "1", "2", "I",
        "ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/KH-UBND", "Khánh Hòa, ngày 5 tháng 1 năm 2024", "KẾ HOẠCH", "## QUYẾT ĐỊNH",
        "QUYẾT ĐỊNH:", "Căn cứ Luật Đất đai;", "I. MỤC TIÊU", "1. Mục tiêu", "1.1. Cụ thể:", "a) Sở Y tế:",
        "- Làm tốt", "+ Việc", "* Về nông nghiệp:", "* * *", "-----", "Điều 1.", "Chương I", "đ) Việc.",
        "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Tấn Tuân", "PHỤ LỤC I",
        "(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 5/1/2024)", "¹ Ghi chú", "[1] Ghi chú", "12",
        "tiếp tục phối hợp với", "các đơn vị liên quan, của", "Kính gửi: Sở Y tế", "V/v báo cáo",
        "ĐẾN Số: 12", "Thời gian ký: 1.1.2024", "Số hiệu: 12/KH-UBND", "XIII.", "**đậm**", "_x_", "#", "\ufeff",
        "e\u0301", "CÔNG BÁO/Số 1/Ngày 2-3-2010", "TỔ CHỨC THỰC HIỆN", "\x0c", "a\u2028b", "l)", "(1)",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=40).map("\n".join))
def test_no_text_makes_reading_fail(text: str) -> None:
    source = Source("any", text)
    check(source, read_documents(source))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="IV1a.)-+*|#\t\n \xa0[]()ĐđĐiềuSố:/KHUBND,;", max_size=300))
def test_marks_alone_make_no_trouble(text: str) -> None:
    source = Source("any", text)
    check(source, read_documents(source))


def test_the_time_is_linear_in_the_text() -> None:
    """A pathological line of each sort, a megabyte long, is read at once."""
    for piece in (
        "(",
        "a) ",
        "1.",
        "I. ",
        "* ",
        "| ",
        "ngày ",
        "Số: 1/",
        "\t",
        "- ",
        "**",
        "Nguyễn ",
        "ab, ",
    ):
        text = piece * (300_000 // len(piece))
        read_documents(Source("long", text))


@pytest.mark.parametrize(
    "line",
    ["- Tỷ lệ hộ sử dụng điện: 98,5%;", "Hộ sử dụng điện: 98,5%; hộ sử dụng nước sạch: 82%;"],
)
def test_a_quantity_of_electricity_addresses_nobody(line: str) -> None:
    text = f"KẾ HOẠCH\nVề việc A\nI. MỤC TIÊU\n1. Chỉ tiêu xã hội\n{line}\n- Giao quân đạt 100%.\n"
    (document,) = read_documents(Source("p", text)).documents
    assert "recipients" not in [block.kind for block in document.blocks]


def test_words_of_a_page_end_no_document_whose_long_paragraph_follows() -> None:
    answer = "Giao Sở Xây dựng chủ trì, phối hợp với các sở, ngành liên quan rà soát hồ sơ. " * 5
    text = f"KẾ HOẠCH\nVề việc trả lời ý kiến người dân\n\nTHÔNG TIN PHẢN HỒI\n\n{answer}\n"
    (document,) = read_documents(Source("p", text)).documents
    assert document.blocks[-1].text.text.startswith("Giao Sở Xây dựng")
