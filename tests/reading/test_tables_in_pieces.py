"""Tables that fell into pieces are put together as people say, and those run together are cut."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from khplans.errors import KhplansError
from khplans.intake.judged_cells import read_pieces
from khplans.intake.review_file import CELLS
from khplans.layout import Layout, LayoutTable
from khplans.model import Judgement
from khplans.reading.layout.infer import infer_layout
from khplans.reading.layout.rearranged import cells_of, names_of_columns, rearranged, rows_around
from khplans.reading.lines.line import lines_of
from khplans.text.passage import Span

HEAD = "TT\tNhiệm vụ\tChủ trì\tThời hạn"
UPPER = f"{HEAD}\n1\tTrồng rừng\tSở A\t2025\n2\tMở chợ\tSở B\t2025"
LOWER = "TT\tViệc khác\tHạn\n3\tXây cầu\t2026\n4\tĐào kênh\t2027\n5\tSửa đường\t2028"
TEXT = f"{UPPER}\n\nBảng khác\n\n{LOWER}\n\nCác sở báo cáo."


def shown(text: str) -> Layout:
    return infer_layout(text, lines_of(text))


def at(text: str, first: str, last: str) -> Span:
    return Span(text.index(first), text.index(last) + len(last))


def said(text: str, span: Span, after: str, before: str | None = None) -> Judgement:
    before = cells_of(text, shown(text), span) if before is None else before
    return Judgement(CELLS, "", span, span.of(text), before, after, "", "", date(2026, 1, 1), 2)


def grid(text: str, table: LayoutTable) -> list[list[str]]:
    """The words of each row, cell by cell; `*` before those that name columns."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        words = " ".join(span.of(text) for span in cell.spans)
        rows.setdefault(cell.row, []).append(f"{'*' * cell.header}{words}")
    return list(rows.values())


def grids(text: str, *judgements: Judgement) -> list[list[list[str]]]:
    layout, doubts = rearranged(text, shown(text), judgements)
    assert not doubts
    spans = [table.span for table in layout.tables]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    return [grid(text, table) for table in layout.tables]


SEAM = at(TEXT, "2\tMở", "3\tXây cầu\t2026")
BEFORE = "1.1: 2\n1.2: Mở chợ\n1.3: Sở B\n1.4: 2025\n-: Bảng khác\n--\n1.1: TT\n1.2: Việc khác\n1.3: Hạn\n2.1: 3\n2.2: Xây cầu\n2.3: 2026"
ONE = "1.1: 2\n1.2: Mở chợ\n1.3: Sở B\n1.4: 2025\n-: Bảng khác\n-: TT\n-: Việc khác\n-: Hạn\n2.1: 3\n2.2: Xây cầu\n2.4: 2026"


def test_the_rows_of_two_tables_are_told_with_where_the_second_begins() -> None:
    assert rows_around(TEXT, shown(TEXT), Span(SEAM.start + 3, SEAM.end - 6)) == SEAM
    assert cells_of(TEXT, shown(TEXT), SEAM) == BEFORE


def test_tables_become_one_and_the_rows_below_follow_in_the_same_columns() -> None:
    (one,) = grids(TEXT, said(TEXT, SEAM, ONE))
    assert one == [
        ["*TT", "*Nhiệm vụ", "*Chủ trì", "*Thời hạn"],
        ["1", "Trồng rừng", "Sở A", "2025"],
        ["2", "Mở chợ", "Sở B", "2025"],
        ["3", "Xây cầu", "", "2026"],
        ["4", "Đào kênh", "2027", ""],
        ["5", "Sửa đường", "2028", ""],
    ]


def test_a_second_judgement_puts_more_of_the_rows_below_right() -> None:
    rest = at(TEXT, "4\tĐào", "2028")
    right = "1.1: 4\n1.2: Đào kênh\n1.4: 2027\n2.1: 5\n2.2: Sửa đường\n2.4: 2028"
    (one,) = grids(TEXT, said(TEXT, SEAM, ONE), said(TEXT, rest, right))
    assert one[4:] == [["4", "Đào kênh", "", "2027"], ["5", "Sửa đường", "", "2028"]]


def test_a_table_is_cut_where_another_begins_and_the_rows_below_follow_it() -> None:
    text = f"{HEAD}\n1\tTrồng rừng\tSở A\t2025\nTT\tChỉ tiêu\tĐơn vị\tSố\n1\tHộ nghèo\thộ\t20\n2\tTrường\ttrường\t3\n\nHết."
    span = at(text, "1\tTrồng", "Số")
    whole = cells_of(text, shown(text), span)
    cut = whole.replace("2.1: TT", "--\n1.1: TT").replace("\n2.", "\n1.")
    one, other = grids(text, said(text, span, cut))
    assert one == [["*TT", "*Nhiệm vụ", "*Chủ trì", "*Thời hạn"], ["1", "Trồng rừng", "Sở A", "2025"]]  # fmt: skip
    assert other == [
        ["*TT", "*Chỉ tiêu", "*Đơn vị", "*Số"],
        ["1", "Hộ nghèo", "hộ", "20"],
        ["2", "Trường", "trường", "3"],
    ]
    layout, _ = rearranged(text, shown(text), [said(text, span, cut)])
    assert names_of_columns(text, layout, at(text, "2\tTrường", "3"))[0][1] == "Chỉ tiêu"


def test_tables_stay_apart_where_no_row_has_words_of_both() -> None:
    apart = BEFORE.replace("1.4: 2025", "-: 2025")
    first, second = grids(TEXT, said(TEXT, SEAM, apart))
    assert first[-1] == ["2", "Mở chợ", "Sở B", ""]
    assert second[0] == ["*TT", "*Việc khác", "*Hạn"]
    gone = "\n".join(f"-: {line.split(': ')[1]}" for line in BEFORE.split("\n") if line != "--")
    first, second = grids(TEXT, said(TEXT, SEAM, gone))
    assert (first[-1][1], second[0][1]) == ("Trồng rừng", "Đào kênh")
    only = ONE.replace("2.1: 3\n2.2: Xây cầu\n2.4: 2026", "-: 3\n-: Xây cầu\n-: 2026")
    first, second = grids(TEXT, said(TEXT, SEAM, only))
    assert (first[-1][1], second[0][1]) == ("Mở chợ", "Đào kênh")


def test_three_tables_become_one_by_two_judgements() -> None:
    text = TEXT.replace(
        "\n\nCác", "\n\nBảng nữa\n\n" + LOWER.replace("3\tXây", "6\tXây") + "\n\nCác"
    )
    again = at(text, "5\tSửa", "6\tXây cầu\t2026")
    told = cells_of(text, shown(text), again)
    joined = told.replace("--\n1.1: TT", "-: TT").replace("1.2: Việc", "-: Việc").replace("1.3: Hạn", "-: Hạn")  # fmt: skip
    (one,) = grids(text, said(text, SEAM, ONE), said(text, again, joined))
    assert [row[0] for row in one] == ["*TT", "1", "2", "3", "4", "5", "6", "4", "5"]


def test_a_column_that_one_row_gets_is_empty_in_the_others() -> None:
    span = at(UPPER, "1\tTrồng", "2025")
    wider = "1.1: 1\n1.2: Trồng rừng\n1.3: Sở A\n1.5: 2025"
    (one,) = grids(UPPER, said(UPPER, span, wider))
    assert [len(row) for row in one] == [5, 5, 5]


def test_a_line_beside_a_table_that_is_in_no_cell_stays_text() -> None:
    span = at(TEXT, "5\tSửa", "Các sở báo cáo.")
    layout = shown(TEXT)
    after = cells_of(TEXT, layout, span).replace("1.3: 2028", "-: 2028")
    arranged, _ = rearranged(TEXT, layout, [said(TEXT, span, after)])
    assert [table.span for table in arranged.tables] == [table.span for table in layout.tables]


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        (BEFORE.replace("--\n1.1: TT", "2.1: TT").replace("1.2: Việc", "2.2: Việc").replace("1.3: Hạn", "2.3: Hạn").replace("2.1: 3\n2.2: Xây cầu\n2.3", "3.1: 3\n3.2: Xây cầu\n3.3"), ["judgement-outdated"]),
        (ONE, ["judgement-outdated"]),
    ],
)  # fmt: skip
def test_tables_that_are_read_otherwise_than_they_were_are_left_as_they_are(
    before: str, codes: list[str]
) -> None:
    layout = shown(TEXT)
    arranged, doubts = rearranged(TEXT, layout, [said(TEXT, SEAM, ONE, before)])
    assert [doubt.code for doubt in doubts] == codes
    assert arranged == layout


def test_what_is_needed_no_longer_is_told() -> None:
    _, doubts = rearranged(TEXT, shown(TEXT), [said(TEXT, SEAM, BEFORE, ONE)])
    assert [doubt.code for doubt in doubts] == ["judgement-needless"]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("--\n1.1: a\n1.2: b\n2.1: c", "a table has no cell"),
        ("1.1: a\n1.2: b\n2.1: c\n--", "a table has no cell"),
        ("1.1: a\n1.2: b\n--\n--\n1.1: c", "a table has no cell"),
        ("1.1: a\n--\n1.2: b\n2.1: c", "a table begins with a line"),
        ("1.1: a\n1.2: b\n-- \n1.1: c", "row.column: words"),
    ],
)
def test_tables_that_cannot_be_are_refused(written: str, fault: str) -> None:
    with pytest.raises(KhplansError, match=fault):
        read_pieces("a\tb\nc", written)
