"""The articles, clauses and points that a mention names, in one form."""

from __future__ import annotations

import pytest

from khplans.extraction.citations import find_citations
from khplans.extraction.citations.provisions import provision_at
from khplans.model import Block, Document
from khplans.text.passage import Span, read_passage


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        # from the smallest up, from the largest down
        ("theo điểm a khoản 2 Điều 5 ", "điều 5 khoản 2 điểm a"),
        ("theo Điều 5 khoản 2 điểm a ", "điều 5 khoản 2 điểm a"),
        ("tại khoản 2, Điều 5, ", "điều 5 khoản 2"),
        ("Điều 5, khoản 2, điểm a của ", "điều 5 khoản 2 điểm a"),
        # lists: what follows holds for all before it
        ("khoản 1, 2 và khoản 4 Điều 5 ", "điều 5 khoản 1; điều 5 khoản 2; điều 5 khoản 4"),
        ("Điều 5, 6 ", "điều 5; điều 6"),
        ("các Điều 78, 79 và 82 của ", "điều 78; điều 79; điều 82"),
        ("điểm a, b khoản 2 Điều 6 ", "điều 6 khoản 2 điểm a; điều 6 khoản 2 điểm b"),
        ("điểm a khoản 2 và khoản 3 Điều 5 ", "điều 5 khoản 2 điểm a; điều 5 khoản 3"),
        ("khoản 2 Điều 5, Điều 6 và khoản 1 Điều 8 ", "điều 5 khoản 2; điều 6; điều 8 khoản 1"),
        ("Điều 5, khoản 2 Điều 7 ", "điều 5; điều 7 khoản 2"),
        # ranges
        ("từ Điều 3 đến Điều 7 ", "điều 3-7"),
        ("từ điểm a đến hết điểm c khoản 2 Điều 5 ", "điều 5 khoản 2 điểm a-c"),
        ("Điều 3 - 7 và Điều 9 ", "điều 3-7; điều 9"),
        ("từ khoản 1 Điều 3 đến khoản 2 Điều 7 ", None),
        # other units, marks of every kind
        ("Phụ lục II ", "phụ lục II"),
        ("Phụ lục số 02 kèm theo ", "phụ lục 2"),
        ("Phần V của Phụ lục I ban hành kèm theo ", "phụ lục I phần V"),
        ("Mục 2 Chương III ", "chương III mục 2"),
        ("Điều 5a và Điểm Đ Khoản 03 Điều 12 ", "điều 5a; điều 12 khoản 3 điểm đ"),
        ("điểm 1.2 khoản 1 Mục II ", "mục II khoản 1 điểm 1.2"),
        ("điểm a) khoản 2 Điều 5 ", "điều 5 khoản 2 điểm a"),
        # none
        ("quy định chi tiết một số điều của ", None),
        ("Điều 2. ", None),
        ("danh mục 5 ", None),
        ("thời điểm năm 2020 ", None),
        ("Điều 5 của Thông tư và ", None),
    ],
)
def test_provisions_before_a_mention(before: str, expected: str | None) -> None:
    assert provision_at(f"{before}Luật Giá", len(before)) == expected


def test_provisions_in_brackets_behind_it() -> None:
    assert provision_at("Luật Giá (Điều 5 khoản 2)", 0, 8) == "điều 5 khoản 2"
    assert provision_at("Luật Giá (sửa đổi Điều 5)", 0, 8) is None


def test_each_mention_has_its_own() -> None:
    text = (
        "theo khoản 2 Điều 5 Nghị định số 12/2021/NĐ-CP ngày 05/3/2021 của Chính phủ (Phụ lục I), "
        "Điều 3 Luật Đèn lồng năm 2020 và Thông tư số 7/2021/TT-BYT"
    )
    span = Span(0, len(text))
    document = Document("d", "d", span, (Block("paragraph", read_passage(text, [span]), span),), ())
    found = [(one.number or one.name, one.provision) for one in find_citations(document)]
    assert found == [
        ("12/2021/NĐ-CP", "điều 5 khoản 2"),
        ("Đèn lồng", "điều 3"),
        ("7/2021/TT-BYT", None),
    ]


def test_a_line_of_provisions_alone_takes_no_time_to_speak_of() -> None:
    before = "điểm a, b khoản 2, 3 Điều 5, " * 4000
    assert provision_at(f"{before}Luật Giá", len(before)) is not None
