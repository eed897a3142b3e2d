"""Pages become a text and its layout: margins, columns, notes, tables over pages; no word is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from growth import linear
from pdf_files import A4, grid, page_of, words

from khplans.intake.pages.blocks import PrintedGrid, blocks_of
from khplans.intake.pages.flow import text_of_pages
from khplans.intake.pages.page import DrawnRule, Page
from khplans.intake.taken import Taken
from khplans.layout import LayoutCell, LayoutTable

XS = (60, 100, 300, 400, 540)
NAMES = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")
PROSE = "Sở Y tế chủ trì, phối hợp với các sở báo cáo kết quả thực hiện hằng quý."


def taken(*pages: Page) -> Taken:
    return text_of_pages(pages, "a.pdf")


def cells_of(found: Taken, number: int = 0) -> list[tuple[int, int, str]]:
    table = found.layout.tables[number]
    return [(c.row, c.column, said(found, c)) for c in table.cells if c.spans]


def said(found: Taken, cell: LayoutCell) -> str:
    return "|".join(span.of(found.text) for span in cell.spans)


def table_page(
    number: int, rows: Sequence[Sequence[str]], top: float = 100, foot: str = "", lines: bool = True
) -> Page:
    """A page with a table, each row 40 high; a cell's lines are parted by `|`."""
    ys = [top + 40 * n for n in range(len(rows) + 1)]
    found = [
        word
        for (y, _), row in zip(pairwise(ys), rows, strict=True)
        for x, cell in zip(XS, row, strict=False)
        for k, line in enumerate(cell.split("|"))
        for word in words(x + 5, y + 14 + 15 * k, line)
    ]
    found += words(300, 800, foot)
    return Page(number, *A4, tuple(found), tuple(grid(XS, ys)) if lines else ())


def test_page_numbers_and_running_heads_are_left_out_and_counted() -> None:
    pages = [
        page_of((70, 40, f"CÔNG BÁO/Số 15/Ngày 12-3-2024 {n + 6}"), (70, 100, f"{PROSE} {n}"), (290, 810, f"- {n} -"), number=n)
        for n in (1, 2, 3, 4)
    ]  # fmt: skip
    found = taken(*pages)
    assert [piece.kind for piece in found.layout.left_out] == ["header", "page"] * 4
    assert "CÔNG BÁO" not in found.text
    assert found.text.split("\n")[:2] == [f"{PROSE} 1", f"{PROSE} 2"]


def test_a_figure_of_the_text_at_a_page_end_is_no_page_number() -> None:
    found = taken(*(page_of((70, 100, PROSE), (70, 800, "250"), number=n) for n in (1, 2)))
    assert found.layout.left_out == ()
    assert found.text.count("250") == 2


def test_a_letterhead_and_a_signature_are_parted_into_their_columns() -> None:
    found = taken(
        page_of(
            (70, 60, "UBND TỈNH KHÁNH HÒA"), (300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (100, 78, "Số: 45/KH-UBND"), (330, 80, "Độc lập - Tự do - Hạnh phúc"),
            (310, 98, "Khánh Hòa, ngày 12 tháng 02 năm 2025"),
            (265, 140, "KẾ HOẠCH"), (70, 200, PROSE), (70, 215, PROSE),
            (70, 300, "Nơi nhận:"), (400, 300, "TM. ỦY BAN NHÂN DÂN"), (70, 315, "- Lưu: VT."), (430, 320, "CHỦ TỊCH"),
            (410, 400, "Nguyễn Văn An"),
        )
    )  # fmt: skip
    assert cells_of(found) == [
        (0, 0, "UBND TỈNH KHÁNH HÒA|Số: 45/KH-UBND"),
        (0, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Khánh Hòa, ngày 12 tháng 02 năm 2025"),
    ]  # fmt: skip
    assert cells_of(found, 1) == [
        (0, 0, "Nơi nhận:|- Lưu: VT."),
        (0, 1, "TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH|Nguyễn Văn An"),
    ]
    assert "\nKẾ HOẠCH\n" in found.text


def test_lines_keep_the_indent_and_the_space_that_tell_paragraphs_apart() -> None:
    found = taken(
        page_of((100, 100, PROSE), (70, 115, PROSE), (70, 130, "hết."), (100, 152, PROSE))
    )
    assert found.text == f"    {PROSE}\n{PROSE}\nhết.\n\n    {PROSE}\n"


def test_footnotes_stand_at_the_end_and_powers_in_the_text() -> None:
    body = [
        *words(70, 100, "đạt 25 m"),
        *words(118, 100, "2", 7, raised=True),
        *words(130, 100, "mỗi người theo báo cáo"),
    ]
    body += [*words(262, 100, "1", 7, raised=True), *words(70, 115, PROSE), *words(70, 130, PROSE)]
    foot = [*words(70, 790, "1", 6, raised=True), *words(80, 790, "Số liệu năm 2024", 9)]
    found = taken(Page(1, *A4, tuple(body + foot)))
    (note,) = found.layout.notes
    assert found.text.startswith("đạt 25 m² mỗi người theo báo cáo\n")
    assert note.span.of(found.text) == "[1] Số liệu năm 2024"
    assert (note.called, note.mark) == (found.text.index("\n"), "[1]")


def test_a_table_goes_on_over_pages_its_header_once() -> None:
    first = [NAMES, ("1", "Rà soát danh mục", "Sở Y tế", "Quý I"), ("2", "Mua sắm thiết|bị và", "Sở Y tế", "Quý II")]  # fmt: skip
    second = [NAMES, ("", "vật tư.", "", ""), ("3", "Tập huấn", "Sở Nội vụ", "Quý III")]
    found = taken(table_page(1, first, top=600, foot="7"), table_page(2, second, foot="8"))
    (table,) = found.layout.tables
    assert cells_of(found)[8:] == [
        (2, 0, "2"), (2, 1, "Mua sắm thiết bị và vật tư."), (2, 2, "Sở Y tế"), (2, 3, "Quý II"),
        (3, 0, "3"), (3, 1, "Tập huấn"), (3, 2, "Sở Nội vụ"), (3, 3, "Quý III"),
    ]  # fmt: skip
    assert [cell.header for cell in table.cells] == [True] * 4 + [False] * 12
    assert [(x.kind, x.text) for x in found.layout.left_out if x.kind != "page"] == [
        ("repeated-header", "TT Nhiệm vụ Chủ trì Thời gian")
    ]
    assert [page.number for page in found.layout.pages] == [1, 2]
    assert found.text[found.layout.pages[1].span.start :].startswith("3\tTập huấn")
    assert any("1 hàng" in doubt for doubt in found.doubts)


def cut_over_three_pages() -> list[Page]:
    """A table whose second row goes on over two pages that have nothing else."""
    parts = [
        [NAMES, ("1", "Rà soát", "Sở Y tế", "Quý I"), ("2", "Mua sắm thiết|bị và", "Sở Y tế,", "")],
        [NAMES, ("", "vật tư trong", "Sở Nội vụ,", "")],
        [NAMES, ("", "toàn tỉnh", "Sở Tài chính", "")],
    ]  # fmt: skip
    pages = [table_page(n, rows, top=100) for n, rows in enumerate(parts, 1)]
    return [
        replace(page, words=tuple(replace(word, confidence=90.0) for word in page.words))
        for page in pages
    ]


def test_words_of_a_row_over_pages_stand_on_their_own_page() -> None:
    pages = cut_over_three_pages()
    found = taken(*pages)
    assert (
        said(found, found.layout.tables[0].cells[-3])
        == "Mua sắm thiết bị và vật tư trong toàn tỉnh"
    )
    assert {(word.span.of(found.text), word.page) for word in found.layout.words} == {
        (word.text, page.number) for page in pages for word in page.words if page.number == 1 or word.top > 140
    }  # fmt: skip
    assert [page.span.of(found.text).split()[0] for page in found.layout.pages] == [
        "TT",
        "vật",
        "toàn",
    ]


def test_a_row_that_is_not_cut_begins_anew_on_the_next_page() -> None:
    first = [NAMES, ("1", "Rà soát danh mục.", "Sở Y tế", "Quý I")]
    second = [("", "Báo cáo kết quả.", "Sở Tài chính", "Quý II"), ("3", "Tập huấn", "Sở Nội vụ", "Quý III")]  # fmt: skip
    found = taken(table_page(1, first, top=700), table_page(2, second))
    assert len(found.layout.tables) == 1
    assert (2, 1, "Báo cáo kết quả.") in cells_of(found)


def test_text_in_two_columns_goes_on_in_no_table_with_lines() -> None:
    signed = page_of(
        (60, 700, "Nơi nhận:"), (360, 700, "TM. ỦY BAN NHÂN DÂN"), (60, 715, "- Lưu: VT."), (360, 715, "CHỦ TỊCH"), (360, 745, "Nguyễn Văn An"),
    )  # fmt: skip
    below = (*words(65, 120, "Sở Y tế"), *words(300, 120, "Quý I"))
    ruled = Page(2, *A4, below, tuple(grid((60, 240, 474), (100, 140, 180))))
    assert len(taken(signed, ruled).layout.tables) == 2


def test_a_merged_cell_goes_on_over_pages() -> None:
    def page(number: int, labels: str, lead: str) -> Page:
        made = table_page(number, [(x, f"Việc {x}", "", "Quý I") for x in labels], top=100)
        rules = [r for r in made.rules if r.across and r.y0 not in (100, 180)]
        open_rules = [
            part
            for r in rules
            for part in (DrawnRule(60, r.y0, 300, r.y0), DrawnRule(400, r.y0, 540, r.y0))
        ]
        others = [r for r in made.rules if r not in rules]
        return replace(
            made, words=made.words + tuple(words(310, 130, lead)), rules=(*others, *open_rules)
        )

    found = taken(page(1, "12", "Sở Y tế"), page(2, "34", ""))
    (lead,) = [c for c in found.layout.tables[0].cells if said(found, c) == "Sở Y tế"]
    assert (lead.row, lead.column, lead.rows) == (0, 2, 4)


def test_tables_without_lines_go_by_space_and_are_doubted() -> None:
    rows = [NAMES, ("1", "Rà soát danh mục|thuốc", "Sở Y tế|Sở Nội vụ", "Quý I"), ("2", "Mua sắm", "Sở Y tế", "Quý II")]  # fmt: skip
    found = taken(table_page(1, rows, lines=False), page_of((60, 100, PROSE), number=2))
    (table,) = found.layout.tables
    assert table.basis == "spacing"
    assert cells_of(found)[4:] == [
        (1, 0, "1"), (1, 1, "Rà soát danh mục thuốc"), (1, 2, "Sở Y tế|Sở Nội vụ"), (1, 3, "Quý I"),
        (2, 0, "2"), (2, 1, "Mua sắm"), (2, 2, "Sở Y tế"), (2, 3, "Quý II"),
    ]  # fmt: skip
    assert any("không kẻ ô ở trang 1:" in doubt for doubt in found.doubts)


@pytest.mark.parametrize("lines", [True, False])
def test_no_character_is_lost_and_none_is_made(lines: bool) -> None:
    rows = [NAMES, ("1", "Rà soát|danh mục", "Sở Y tế|Sở Nội vụ", "Quý I"), ("2", "Mua sắm", "", "Quý II")]  # fmt: skip
    pages = (
        page_of((70, 60, "UBND TỈNH"), (300, 60, "CỘNG HÒA XÃ HỘI"), (70, 75, "Số: 5"), (310, 75, "Hà Nội"), (70, 300, PROSE)),
        table_page(2, rows, top=600, foot="2", lines=lines),
        table_page(3, rows, foot="3", lines=lines),
        *(replace(page, number=page.number + 3) for page in cut_over_three_pages()),
    )  # fmt: skip
    found = taken(*pages)
    shown = "".join(word.text for page in pages for word in page.words)
    told = found.text + "".join(piece.text for piece in found.layout.left_out)
    assert sorted(re.sub(r"\s", "", told)) == sorted(shown)


@pytest.mark.parametrize("label", ["1", ""], ids=["rows", "one row"])
def test_a_table_over_pages_takes_time_by_its_pages(label: str) -> None:
    rows = [("", "tiếp theo và", "Sở Y tế", "Quý"), *[(label, "Việc", "Sở", "Quý")] * (5 if label else 0)]  # fmt: skip
    pages = [table_page(1, [NAMES, ("1", *NAMES[1:])])]
    pages += [table_page(n, rows) for n in range(2, 322)]
    few, many = "x" * 40, "x" * 320
    assert linear(lambda text: taken(*pages[: len(text)]), few, many)


@pytest.mark.parametrize(("tables", "count"), [(300, 3_000), (300, 5_000), (401, 1)])
def test_lines_and_words_of_a_page_are_compared_within_bounds(tables: int, count: int) -> None:
    rules = [rule for n in range(tables) for rule in grid((20 * n, 20 * n + 10), (0, 7, 14))]
    shown = Page(1, 9_000, 842, tuple(words(25, 5, "Sở", size=2, step=2)) * count, tuple(rules))
    is_table = [isinstance(block, PrintedGrid) for block in blocks_of(shown).blocks]
    assert any(is_table) == (tables * count < 1_000_000 and 5 * tables < 2_000)


@pytest.mark.parametrize("line", ["Sở", "-" + " " * 20 + "Sở"])
def test_a_page_takes_time_by_its_lines(line: str) -> None:
    def read(text: str) -> Taken:
        return taken(page_of(*((60, 50 + n, line) for n in range(len(text))), size=0.5))

    assert linear(read, "x" * 2_000, "x" * 12_000)


def test_tables_and_pages_lie_in_the_text_in_order() -> None:
    found = taken(*(table_page(n, [NAMES, (f"{n}", "Việc", "Sở", "Quý")]) for n in (1, 2, 3)))
    spans = [page.span for page in found.layout.pages]
    assert spans[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert spans[-1].end == len(found.text)
    assert all(isinstance(table, LayoutTable) for table in found.layout.tables)
