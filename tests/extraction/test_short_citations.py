"""Short names that a document defines for what it cites, and their later mentions."""

from __future__ import annotations

import pytest

from khplans.extraction.citations import find_citations, find_short_citations
from khplans.model import Block, BlockKind, DefinedName, Document
from khplans.text.passage import Span, read_passage

Shown = tuple[str, str, str]
"""A later mention, the citation that it stands for, the name where it is defined."""

DECREE = "Nghị định số 45/2021/NĐ-CP ngày 31/3/2021"
LAW = "Luật Phòng thủ dân sự năm 2023"
PROGRAMME = "Quyết định số 412/QĐ-TTg ngày 06/4/2022"


def _document(source: str, kinds: tuple[BlockKind, ...] = ()) -> Document:
    blocks, start = [], 0
    for k, line in enumerate(source.splitlines(keepends=True)):
        span = Span(start, start + len(line))
        start += len(line)
        if text := read_passage(source, [span]):
            blocks.append(Block(kinds[k] if k < len(kinds) else "paragraph", text, span))
    return Document("d", "d", Span(0, len(source)), tuple(blocks), ())


def _shown(source: str, kinds: tuple[BlockKind, ...] = ()) -> list[Shown]:
    document = _document(source, kinds)
    citations = find_citations(document)
    return [
        (
            short.span.of(source),
            citations[short.means.citation].span.of(source),
            short.means.definition.of(source),
        )
        for short in find_short_citations(document, citations)
        if isinstance(short.means, DefinedName)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the words that define
        (f"{DECREE} của Chính phủ về tổ hợp tác (sau đây gọi tắt là Nghị định 45).\nTheo Nghị định 45.",
         [("Nghị định 45", DECREE, "Nghị định 45")]),
        (f"{DECREE} (sau đây viết tắt là “Nghị định 45”);\nNghị định 45;", [("Nghị định 45", DECREE, "Nghị định 45")]),
        (f"{DECREE}, dưới đây gọi là Nghị định số 45, quy định.\nNghị định 45,", [("Nghị định 45", DECREE, "Nghị định số 45")]),
        (f"{DECREE} (gọi tắt: Nghị định 45).\nNghị định số 45.", [("Nghị định số 45", DECREE, "Nghị định 45")]),
        (f"{DECREE} của Chính phủ (Nghị định 45).\nNghị định 45.", [("Nghị định 45", DECREE, "Nghị định 45")]),
        (f"{LAW} (gọi tắt là Luật PTDS)\nLuật PTDS, luật PTDS", [("Luật PTDS", LAW, "Luật PTDS"), ("luật PTDS", LAW, "Luật PTDS")]),
        (f"{LAW} (Luật PTDS)\ntheo Luật PTDS", [("Luật PTDS", LAW, "Luật PTDS")]),
        # no sentence ends before a small letter
        (f"{DECREE} về điện, nước v.v. đến năm 2030 (sau đây gọi tắt là Nghị định 45).\nNghị định 45.",
         [("Nghị định 45", DECREE, "Nghị định 45")]),
        # what is issued by a document of another kind
        (f"{PROGRAMME} của Thủ tướng Chính phủ phê duyệt Chương trình phục hồi rừng (sau đây gọi là Chương trình 412)\nChương trình 412",
         [("Chương trình 412", PROGRAMME, "Chương trình 412")]),
        (f"{PROGRAMME} phê duyệt Đề án trồng rừng ven biển (sau đây gọi tắt là Đề án trồng rừng)\nđề án trồng rừng",
         [("đề án trồng rừng", PROGRAMME, "Đề án trồng rừng")]),
        # which of several: that of the serial, then the last of the kind
        (f"{DECREE} thi hành {LAW} (sau đây gọi là Nghị định 45)\nNghị định 45", [("Nghị định 45", DECREE, "Nghị định 45")]),
        (f"{DECREE}; {LAW} (sau đây gọi là Luật phòng thủ)\nLuật phòng thủ", [("Luật phòng thủ", LAW, "Luật phòng thủ")]),
        # accents, capitals, line by line
        (f"{DECREE} (gọi tắt là Nghị định 45)\nNGHỊ ĐỊNH 45 VÀ nghi dinh 45",
         [("NGHỊ ĐỊNH 45", DECREE, "Nghị định 45"), ("nghi dinh 45", DECREE, "Nghị định 45")]),
        # the longer name where two begin alike
        (f"{LAW} (gọi tắt là Luật PT), {DECREE} (gọi tắt là Luật PT quốc gia)\nLuật PT", [("Luật PT", LAW, "Luật PT")]),
        ("Luật Biên phòng năm 2020 (gọi tắt là Luật BP); Luật Biên giới năm 2003 (gọi tắt là Luật BP quốc gia)\nLuật BP quốc gia",
         [("Luật BP quốc gia", "Luật Biên giới năm 2003", "Luật BP quốc gia")]),
        # in the same paragraph, behind the definition
        (f"{DECREE} (gọi tắt là Nghị định 45) và hướng dẫn Nghị định 45.", [("Nghị định 45", DECREE, "Nghị định 45")]),
    ],
)  # fmt: skip
def test_a_defined_name_is_found_later(text: str, expected: list[Shown]) -> None:
    assert _shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # before the definition
        f"Theo Nghị định 45.\n{DECREE} (gọi tắt là Nghị định 45)",
        # never defined
        f"{DECREE} quy định.\nTheo Nghị định 45.",
        # inside a citation, or the beginning of another number
        f"{DECREE} (gọi tắt là Nghị định 45)\nNghị định 45/2021/NĐ-CP, Nghị định 451, Nghị định 45-NĐ/TW",
        # not a document's name
        f"{DECREE} của Chính phủ (sau đây gọi tắt là Chính phủ 45)\nChính phủ 45",
        "Ủy ban nhân dân huyện (sau đây gọi chung là cấp huyện)\ncấp huyện",
        # the kind's name alone
        f"Kế hoạch thực hiện {DECREE} (sau đây gọi tắt là Kế hoạch)\nKế hoạch, kế hoạch",
        f"{DECREE} (sau đây gọi tắt là Nghị định)\nNghị định này",
        # a number with its symbol is a citation of its own
        f"{DECREE} (sau đây viết tắt là Nghị định số 45/2021/NĐ-CP)\nNghị định số 45/2021/NĐ-CP",
        # nothing that it could be defined for: another serial, another sentence, other initials
        f"{DECREE} (sau đây gọi tắt là Nghị định 54)\nNghị định 54",
        f"{DECREE} quy định. Các văn bản ấy (sau đây gọi tắt là Nghị định 45)\nNghị định 45",
        f"{LAW} (Luật XYZ)\nLuật XYZ",
        f"Kế hoạch phát triển thực hiện {LAW} (sau đây gọi tắt là Kế hoạch phát triển)\nKế hoạch phát triển",
    ],
)  # fmt: skip
def test_what_is_no_short_name(text: str) -> None:
    assert _shown(text) == []


def test_defined_anew_it_stands_for_the_later_one() -> None:
    other = "Nghị định số 45/2024/NĐ-CP ngày 26/4/2024"
    text = (
        f"{DECREE} (gọi tắt là Nghị định 45)\nNghị định 45\n"
        f"{other} (gọi tắt là Nghị định 45)\nNghị định 45"
    )
    assert [cited for _, cited, _ in _shown(text)] == [DECREE, other]


def test_recipients_and_page_furniture_are_no_mentions() -> None:
    text = f"{DECREE} (gọi tắt là Nghị định 45)\nNghị định 45\nNghị định 45\nNghị định 45"
    assert len(_shown(text, ("paragraph", "recipients", "furniture", "item"))) == 1


def test_many_names_find_each_its_own() -> None:
    lines = [
        f"Quyết định số {k}/QĐ-UBND ngày 05/4/2022 (gọi tắt là Quyết định {k}), Quyết định {k}"
        for k in range(1, 1500)
    ]
    assert len(_shown("\n".join(lines))) == len(lines)


def test_a_sentence_full_of_definitions() -> None:
    text = " ".join(f"số {k}/QĐ-UBND (gọi tắt là Quyết định {k})," for k in range(1, 1500))
    assert _shown(text + " Quyết định 7") == [
        ("Quyết định 7", "số 7/QĐ-UBND", "Quyết định 7"),
    ]
