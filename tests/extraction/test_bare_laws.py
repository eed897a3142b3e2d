"""Laws named without number or date, a document's mentions of itself, titles of what it cites."""

from __future__ import annotations

from datetime import date

import pytest

import khplans
from khplans.extraction.citations import find_citations, find_short_citations
from khplans.knowledge.citations import enacted_laws, law_named
from khplans.model import Block, Document, NamedLaw, ThisDocument
from khplans.text.passage import Span, read_passage

Shown = tuple[str, str | None]
"""A mention's words, and the law that they name."""


def _document(text: str, kind: str | None = None, parent: str | None = None) -> Document:
    span = Span(0, len(text))
    block = Block("paragraph", read_passage(text, [span]), span)
    return Document("d", "d", span, (block,), (), document_type=kind, parent_document_id=parent)


def _named(text: str) -> list[Shown]:
    document = _document(text)
    found = find_short_citations(document, find_citations(document))
    return [(one.span.of(text), one.means.law) for one in found if isinstance(one.means, NamedLaw)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo quy định của Luật Đầu tư công.", [("Luật Đầu tư công", "Luật Đầu tư công")]),
        ("Bộ luật Lao động, Pháp lệnh Dân số",
         [("Bộ luật Lao động", "Bộ luật Lao động"), ("Pháp lệnh Dân số", "Pháp lệnh Dân số")]),
        ("Hiến pháp và pháp luật", [("Hiến pháp", "Hiến pháp")]),
        ("theo Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
         [("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Hiến pháp")]),
        # where the name ends: each law of a list has its own, a name its own commas
        ("Luật Đất đai, Luật Nhà ở và Luật Kinh doanh bất động sản",
         [("Luật Đất đai", "Luật Đất đai"), ("Luật Nhà ở", "Luật Nhà ở"),
          ("Luật Kinh doanh bất động sản", "Luật Kinh doanh bất động sản")]),
        ("Luật Phòng, chống ma túy, Luật Giá",
         [("Luật Phòng, chống ma túy", "Luật Phòng, chống ma túy"), ("Luật Giá", "Luật Giá")]),
        ("Luật Đất đai và các văn bản hướng dẫn", [("Luật Đất đai", "Luật Đất đai")]),
        ("Luật Hôn nhân và gia đình về tài sản", [("Luật Hôn nhân và gia đình", "Luật Hôn nhân và gia đình")]),
        # lost blanks, small letters, short forms of the table
        ("Luật Hônnhân và gia đình", [("Luật Hônnhân và gia đình", "Luật Hôn nhân và gia đình")]),
        ("luật Đất đai", [("luật Đất đai", "Luật Đất đai")]),
        ("luật bảo hiểm xã hội", [("luật bảo hiểm xã hội", "Luật Bảo hiểm xã hội")]),
        ("Luật PCCC và CNCH",
         [("Luật PCCC và CNCH", "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ")]),
        # nothing tells which law: a draft, an amending one, a name that the table hasn't
        ("dự thảo Luật Giá", [("Luật Giá", None)]),
        ("Luật Đất đai (sửa đổi)", [("Luật Đất đai (sửa đổi)", None)]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở; Luật Giá",
         [("Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở", None), ("Luật Giá", "Luật Giá")]),
        ("theo Luật Đèn lồng giấy, tre", [("Luật Đèn lồng giấy", None)]),
        ("theo Luật Đèn lồng giấy đối với", [("Luật Đèn lồng giấy", None)]),
        # no laws, and no bare names
        ("luật sư, pháp luật, kỷ luật, Đại học Luật Hà Nội, luật pháp quốc tế", []),
        ("Luật số 12/2020/QH14 sửa đổi, bổ sung một số điều của Luật Giá, Luật Đấu thầu", []),
        ("Luật Tổ chức chính quyền địa phương năm 2025", []),
        ("vi phạm luật lao động", []),
        ("Luật Đầu tư Mặt Trăng", []),
        ("Luật này", []),
        ("LUẬT\nĐẤT ĐAI", [("LUẬT\nĐẤT ĐAI", "Luật Đất đai")]),
    ],
)  # fmt: skip
def test_bare_names_of_laws(text: str, expected: list[Shown]) -> None:
    assert _named(text) == expected


def test_a_law_in_the_title_of_a_dated_document_is_that_of_its_day() -> None:
    text = "Nghị định số 102/2024/NĐ-CP ngày 30/7/2024 của Chính phủ quy định chi tiết Luật Đất đai; Luật Giá"
    document = _document(text)
    found = find_short_citations(document, find_citations(document))
    assert [one.means for one in found] == [
        NamedLaw("Luật Đất đai", date(2024, 7, 30)),
        NamedLaw("Luật Giá", None),
    ]


def test_the_title_of_a_law_is_no_mention_of_it() -> None:
    span = Span(0, 12)
    block = Block("title", read_passage("Luật Đất đai", [span]), span)
    law = Document("d", "d", span, (block,), (), document_type="Luật")
    assert find_short_citations(law, []) == []


@pytest.mark.parametrize(
    ("text", "kind", "parent", "expected"),
    [
        ("thực hiện Kế hoạch này", "Kế hoạch", None, [("Kế hoạch này", "Kế hoạch")]),
        ("kế hoạch này; KẾ HOẠCH NÀY", "Kế hoạch", None, [("kế hoạch này", "Kế hoạch"), ("KẾ HOẠCH NÀY", "Kế hoạch")]),
        ("Chương trình hành động này", "Chương trình hành động", None,
         [("Chương trình hành động này", "Chương trình hành động")]),
        # of another kind: only what is attached can mean what issues it
        ("Quyết định này", "Kế hoạch", None, []),
        ("Quyết định này", "Kế hoạch", "e", [("Quyết định này", "Quyết định")]),
        ("kế hoạch nàyn", "Kế hoạch", None, []),
    ],
)  # fmt: skip
def test_the_document_itself(
    text: str, kind: str, parent: str | None, expected: list[Shown]
) -> None:
    found = find_short_citations(_document(text, kind, parent), [])
    shown = [
        (one.span.of(text), one.means.kind) for one in found if isinstance(one.means, ThisDocument)
    ]
    assert shown == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá khoa học, công nghệ;",
         "Đột phá khoa học, công nghệ"),
        ("Căn cứ Nghị định số 45/2021/NĐ-CP của Chính phủ quy định chi tiết việc trồng rừng.",
         "Quy định chi tiết việc trồng rừng"),
        ("Căn cứ Quyết định số 12/QĐ-TTg về việc trồng rừng, được sửa đổi bởi Quyết định số 13/QĐ-TTg;", "Trồng rừng"),
        ("thực hiện Quyết định số 12/QĐ-TTg về “Trồng rừng ven biển” trên địa bàn", "Trồng rừng ven biển"),
        ("dự án rừng (Quyết định số 12/QĐ-TTg về trồng rừng) và", "Trồng rừng"),
        ("Căn cứ Quyết định số 12/QĐ-TTg về trồng rừng (sau đây gọi là Quyết định số 12);", "Trồng rừng"),
        ("Căn cứ Nghị định số 45/2021/NĐ-CP về thi hành Luật Giá. Xét đề nghị của Sở Y tế;", "Thi hành Luật Giá"),
        ("Căn cứ Quyết định số 12/QĐ-TTg về trồng rừng theo đề nghị của Sở Xây dựng;", "Trồng rừng"),
        ("Căn cứ Quyết định số 12/QĐ-TTg về trồng rừng tại TP. Huế;", "Trồng rừng tại TP. Huế"),
        # where it ends is not certain
        ("Sở thực hiện Quyết định số 12/QĐ-TTg về trồng rừng trên địa bàn tỉnh.", None),
        ("Căn cứ Quyết định số 12/QĐ-TTg về trồng rừng, Quyết định số 13/QĐ-TTg;", None),
        ("Căn cứ Quyết định số 12/QĐ-TTg về trồng", None),
        ("Căn cứ Quyết định số 12/QĐ-TTg quy định về;", None),
        ("Căn cứ Quyết định số 12/QĐ-TTg;", None),
    ],
)  # fmt: skip
def test_the_title_of_a_cited_document(text: str, title: str | None) -> None:
    assert find_citations(_document(text))[0].title == title


def test_the_table_of_enacted_laws_is_sound() -> None:
    for name, laws in enacted_laws().items():
        kind, _, rest = name.partition(" ")
        bare = rest.partition(" ")[2] if kind in ("Bộ", "Pháp") else rest
        assert name == "Hiến pháp" or law_named(bare) == bare
        ends = [law.in_force_until or date.max for law in laws]
        assert all(
            law.passed <= law.in_force_from < end for law, end in zip(laws, ends, strict=True)
        )
        assert all(end <= later.in_force_from for end, later in zip(ends, laws[1:], strict=False))


def test_a_name_ends_with_its_last_word_where_a_bracket_follows() -> None:
    words = "Phát triển kinh tế tầm thấp (Luật Quản lý phương tiện bay không người lái (UAV)...)."
    assert khplans.read(words).short_citations.quote.tolist() == [
        "Luật Quản lý phương tiện bay không người lái"
    ]
