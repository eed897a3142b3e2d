"""Tables of a Word file: each cell with its words and the places that it takes."""

from __future__ import annotations

import pytest
from word_files import cell, in_list, levels, lists, paragraph, row, run, span, table, word_file

from khplans.intake.taken import Taken
from khplans.intake.word import read_word
from khplans.layout import LayoutTable

RESTART, MORE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BREAK = "<w:r><w:br/></w:r>"


def taken(body: str, **parts: str) -> Taken:
    return read_word(word_file(body, **parts), "a.docx")


def cells(made: Taken, number: int = 0) -> list[tuple[int, int, int, int, list[str]]]:
    """Row, column, rows, columns and words of each cell."""
    return [
        (x.row, x.column, x.rows, x.columns, [span.of(made.text) for span in x.spans])
        for x in made.layout.tables[number].cells
    ]


def test_a_table_between_paragraphs() -> None:
    made = taken(paragraph("KẾ HOẠCH") + table(row("TT", "Nhiệm vụ"), row("1", "")) + paragraph("Nơi nhận:"))  # fmt: skip
    assert made.text == "KẾ HOẠCH\n\nTT\tNhiệm vụ\n1\t\n\nNơi nhận:\n"
    assert cells(made) == [
        (0, 0, 1, 1, ["TT"]), (0, 1, 1, 1, ["Nhiệm vụ"]), (1, 0, 1, 1, ["1"]), (1, 1, 1, 1, []),
    ]  # fmt: skip
    (grid,) = made.layout.tables
    assert (grid.span.of(made.text), grid.basis) == ("TT\tNhiệm vụ\n1\t", "file")


def test_cells_merged_across_and_down() -> None:
    made = taken(
        table(
            row(cell("TT", properties=RESTART), cell("Năm 2024", properties=span(2)), "Hạn"),
            row(cell(properties=MORE), "a", cell("b", properties=RESTART), "c"),
            row(cell(properties=MORE), "d", cell(properties=MORE), "e"),
        )
    )
    assert made.text == "TT\tNăm 2024\t\tHạn\n\ta\tb\tc\n\td\t\te\n\n"
    assert cells(made) == [
        (0, 0, 3, 1, ["TT"]), (0, 1, 1, 2, ["Năm 2024"]), (0, 3, 1, 1, ["Hạn"]),
        (1, 1, 1, 1, ["a"]), (1, 2, 2, 1, ["b"]), (1, 3, 1, 1, ["c"]),
        (2, 1, 1, 1, ["d"]), (2, 3, 1, 1, ["e"]),
    ]  # fmt: skip


def test_cells_merged_the_old_way() -> None:
    first, rest = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    made = taken(table(row(cell("a", properties=first), cell(properties=rest), "b"), row(*"cde")))
    assert cells(made)[:2] == [(0, 0, 1, 2, ["a"]), (0, 2, 1, 1, ["b"])]


def test_a_cell_that_goes_on_under_none_is_one_of_its_own() -> None:
    made = taken(
        table(
            row(cell("a", properties=RESTART + span(2)), "b"),
            row(cell("c", properties=MORE), "d", cell("e", properties=MORE)),
        )
    )
    assert [words for *_, words in cells(made)] == [["a"], ["b"], ["c"], ["d"]]
    assert cells(made)[1] == (0, 2, 2, 1, ["b"])
    assert [(x.kind, x.text) for x in made.layout.left_out] == [("hidden", "e")]


def test_rows_that_begin_and_end_inside() -> None:
    before, after = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="1"/>'
    made = taken(table(row(*"abc"), row("d", "e", properties=before), row("f", "g", properties=after)))  # fmt: skip
    assert made.text == "a\tb\tc\n\td\te\nf\tg\n\n"
    assert [(x.row, x.column) for x in made.layout.tables[0].cells if x.row] == [(1, 1), (1, 2), (2, 0), (2, 1)]  # fmt: skip


def test_columns_that_nothing_begins_or_ends_in_are_none() -> None:
    made = taken(table(row(cell("a", properties=span(3)), "b"), row(cell("c", properties=span(3)), "d")))  # fmt: skip
    assert [(x.column, x.columns) for x in made.layout.tables[0].cells] == [(0, 1), (1, 1)] * 2


def test_paragraphs_and_breaks_inside_a_cell() -> None:
    inside = cell(paragraph("Sở A", BREAK, " Sở B "), paragraph(), paragraph("Sở C\u00a0", "<w:r><w:tab/></w:r>", "x"))  # fmt: skip
    made = taken(table(row("1", inside, "2")))
    assert made.text == "1\tSở A\n Sở B \nSở C\u00a0 x\t2\n\n"
    assert cells(made)[1][-1] == ["Sở A", "Sở B", "Sở C\u00a0 x"]


def test_a_table_inside_a_cell() -> None:
    inner = table(row("x", "y"), row("z", ""))
    made = taken(table(row(cell(paragraph("a"), inner, paragraph("b")), "c"), row("d", "e")))
    assert made.text == "a\nx\ty\nz\t\nb\tc\nd\te\n\n"
    assert cells(made)[0] == (0, 0, 1, 1, ["a", "x", "y", "z", "b"])
    assert cells(made, 1) == [
        (0, 0, 1, 1, ["x"]), (0, 1, 1, 1, ["y"]), (1, 0, 1, 1, ["z"]), (1, 1, 1, 1, []),
    ]  # fmt: skip
    assert [grid.inside for grid in made.layout.tables] == [None, 0]


def test_wrapped_rows_and_cells() -> None:
    def sdt(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    made = taken(sdt(table(sdt(row(sdt(cell("a")), f"<w:customXml>{cell('b')}</w:customXml>")), row("c", "d"))))  # fmt: skip
    assert made.text == "a\tb\nc\td\n\n"


def test_rows_and_cells_that_were_deleted_or_are_hidden() -> None:
    made = taken(
        table(
            row("a", cell("x", properties="<w:cellDel/>"), "b"),
            row("c", "d", properties="<w:del/>"),
            row("e", "f", properties="<w:hidden/>"),
            row("g", "h", properties="<w:ins/>"),
        )
    )
    assert made.text == "a\tb\ng\th\n\n"
    assert [(x.row, x.column) for x in made.layout.tables[0].cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]  # fmt: skip
    assert [(x.kind, x.text) for x in made.layout.left_out] == [
        ("deleted", "x"), ("deleted", "c\nd"), ("hidden", "e\nf"),
    ]  # fmt: skip


def test_a_table_that_was_deleted() -> None:
    made = taken(paragraph("a") + table(row("b", properties="<w:del/>")) + paragraph("c"))
    assert (made.text, made.layout.tables) == ("a\nc\n", ())


def test_header_rows_are_those_from_the_top() -> None:
    head, off = "<w:tblHeader/>", '<w:tblHeader w:val="0"/>'
    made = taken(table(row("a", properties=head), row("b", properties=head), row("c", properties=off), row("d", properties=head)))  # fmt: skip
    assert [x.header for x in made.layout.tables[0].cells] == [True, True, False, False]


def test_numbers_in_cells() -> None:
    rows = [row(cell(paragraph(properties=in_list(1))), words) for words in ("a", "b")]
    made = taken(table(*rows), numbering=lists(levels(("decimal", "%1."))))
    assert made.text == "1.\ta\n2.\tb\n\n"
    assert [(x.span.of(made.text), x.marker.of(made.text)) for x in made.layout.items] == [
        ("1.", "1."), ("2.", "2."),
    ]  # fmt: skip


def test_words_left_out_of_cells() -> None:
    made = taken(table(row(cell(paragraph(run("x", "<w:strike/>"))), "b")))
    assert (made.text, [(x.text, x.at) for x in made.layout.left_out]) == ("\tb\n\n", [("x", 0)])


@pytest.mark.parametrize("merged", [True, False])
def test_no_two_cells_take_the_same_place(merged: bool) -> None:
    def places(grid: LayoutTable) -> list[tuple[int, int]]:
        return [
            (x.row + down, x.column + across)
            for x in grid.cells
            for down in range(x.rows)
            for across in range(x.columns)
        ]

    about = [MORE if merged else RESTART, span(2) + MORE, span(3), MORE + span(2), ""]
    rows = [row(*[cell("x", properties=about[(start + n) % 5]) for n in range(4)]) for start in range(9)]  # fmt: skip
    (grid,) = taken(table(*rows)).layout.tables
    assert len(places(grid)) == len(set(places(grid)))
