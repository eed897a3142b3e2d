"""One table in every form gives the same rows, and a file's layout says what a text has lost."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest
from growth import linear
from hypothesis import given, settings
from hypothesis import strategies as st
from table_forms import FORMS, HEAD, TAIL, Put, of_file

from khplans.extraction.tasks import find_tasks
from khplans.intake import Taken, unregistered
from khplans.intake.markdown import read_markdown
from khplans.knowledge.columns import column_role
from khplans.layout import Layout, LayoutCell, LayoutTable
from khplans.model import Document, Source, Task
from khplans.pipeline import tables_of
from khplans.reading import read_documents
from khplans.reading.layout.infer import infer_layout
from khplans.reading.lines.line import lines_of
from khplans.text.passage import Span

NAMES = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
TABLE = [
    NAMES,
    ["I", "Khám chữa bệnh", "", "", ""],
    ["1", "Rà soát danh mục thuốc tại các trạm y tế xã", "Sở Y tế", "Sở Tài chính", "Quý II/2025"],
    ["2", "Xây dựng đề án phát triển y tế cơ sở", "Sở Y tế", "Sở Nội vụ", "30/9/2025"],
    ["II", "Dân số", "", "", ""],
    ["1", "Tập huấn cán bộ dân số", "Sở Nội vụ", "Sở Y tế", "Tháng 11/2025"],
]  # fmt: skip
TASKS = [
    ("II/I", "1", "Rà soát danh mục thuốc tại các trạm y tế xã", ["Sở Y tế"], ["Sở Tài chính"], "2025-06-30"),
    ("II/I", "2", "Xây dựng đề án phát triển y tế cơ sở", ["Sở Y tế"], ["Sở Nội vụ"], "2025-09-30"),
    ("II/II", "1", "Tập huấn cán bộ dân số", ["Sở Nội vụ"], ["Sở Y tế"], "2025-11-30"),
]  # fmt: skip


def read(text: str, layout: Layout | None = None) -> Document:
    (document,) = read_documents(Source("p", text, layout=layout)).documents
    return document


def told(document: Document) -> list[tuple[str, str | None, str, list[str], list[str], str]]:
    return [
        (
            document.sections[task.section].path if task.section is not None else "",
            task.label, task.text, names(task, "lead"), names(task, "coordinate"), str(task.deadline),
        )
        for task in find_tasks(document)
        if document.blocks[task.block].kind == "row"
    ]  # fmt: skip


def names(task: Task, role: str) -> list[str]:
    return [part.mention.agency.name for part in task.parts if part.role == role]


@pytest.mark.parametrize("accents", ["NFC", "NFD"])
@pytest.mark.parametrize("form", FORMS)
def test_one_table_in_every_form(form: str, accents: Literal["NFC", "NFD"]) -> None:
    document = read(normalize(accents, HEAD + FORMS[form](TABLE) + TAIL))
    assert told(document) == TASKS
    assert [section.path for section in document.sections][-2:] == ["II/II", "III"]


@pytest.mark.parametrize("between", ["", "\n"])
def test_words_of_an_html_table_that_stand_in_no_cell(between: str) -> None:
    rows = [
        "<table><caption>Bảng 7</caption>",
        "<tr><td>TT</td><td>Nhiệm vụ</td><td>Chủ trì</td></tr>",
        "lạc lõng<tr><td>1</td><td>Trồng rừng</td> thêm<td>Sở Y tế</td></tr>",
        "cuối bảng</table>",
    ]
    blocks = read(HEAD + between.join(rows) + TAIL).blocks
    cells = [[cell.text.text for cell in block.cells if cell.text] for block in blocks if block.cells]  # fmt: skip
    assert cells == [
        ["Bảng 7"], ["TT", "Nhiệm vụ", "Chủ trì"], ["lạc lõng"], ["1", "Trồng rừng thêm", "Sở Y tế"],
        ["cuối bảng"],
    ]  # fmt: skip


def test_words_beside_a_drawn_table_are_of_its_last_column() -> None:
    rule = "+--+----------+-------+\n"
    table = f"{rule}|TT|Nhiệm vụ  |Chủ trì|\n{rule}|1 |Trồng rừng|Sở Y tế| và khác\n|  |phòng hộ  |       |\n{rule}"  # fmt: skip
    row = next(block for block in read(HEAD + table + TAIL).blocks if block.kind == "row")
    assert [cell.text.text for cell in row.cells] == ["1", "Trồng rừng phòng hộ", "Sở Y tế và khác"]


def test_a_page_number_at_the_end_is_no_row() -> None:
    table = "TT   Nhiệm vụ        Chủ trì\n1    Trồng rừng      Sở Y tế\n2    Họp             Sở Y tế\n\n3"
    kinds = [block.kind for block in read(HEAD + table).blocks]
    assert kinds[-4:] == ["columns", "row", "row", "furniture"]


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td rowspan=2>TT</td><td rowspan=2>Nhiệm vụ</td><td>{long}</td></tr><tr><td></td></tr><tr><td>1</td><td>x</td><td>y</td></tr></table>",
        "<tableau></table>",
        "<table",
        "<table style='{long}'><tr></table></table>",
    ],
)
def test_odd_markup_is_no_fault(text: str) -> None:
    read(HEAD + text.format(long="Nội dung công việc " * 40) + TAIL)


def test_the_table_of_a_file() -> None:
    text, layout = of_file([[Put(words) for words in row] for row in TABLE])
    assert told(read(text, layout)) == TASKS


@pytest.mark.parametrize("form", ["tabs", "pipes", "bars", "grid", "blanks", "markup"])
def test_columns_in_another_order_and_a_number_before_the_words(form: str) -> None:
    rows = [
        ["Số TT", "Đơn vị thực hiện", "Tiến độ", "Nội dung công việc", "Sản phẩm"],
        ["1", "Sở Y tế", "Quý II/2025", "Rà soát danh mục thuốc", "Báo cáo"],
    ]
    (task,) = told(read(HEAD + FORMS[form](rows) + TAIL))
    assert task == ("II", "1", "Rà soát danh mục thuốc", ["Sở Y tế"], [], "2025-06-30")


@pytest.mark.parametrize("form", ["tabs", "pipes", "grid", "markup", "blanks"])
def test_a_table_goes_on_below_the_end_of_a_page(form: str) -> None:
    write = FORMS[form]
    table = write(TABLE[:4]) + "\n\n- 2 -\n\n" + write([NAMES, *TABLE[4:]])
    assert told(read(HEAD + table + TAIL)) == TASKS


def test_a_table_goes_on_below_a_page_without_its_names() -> None:
    table = FORMS["tabs"](TABLE[:4]) + "\n\n- 2 -\n\n" + FORMS["tabs"](TABLE[4:])
    assert told(read(HEAD + table + TAIL)) == TASKS


def test_a_merged_cell_counts_in_each_row_it_covers() -> None:
    text, layout = of_file([
        [Put(name) for name in NAMES],
        [Put("1"), Put("Rà soát danh mục thuốc"), Put("Sở Y tế", rows=2), Put("Sở Tài chính"), Put("Quý II/2025")],
        [Put("2"), Put("Mua sắm thiết bị"), None, Put("Sở Nội vụ"), Put("Quý III/2025")],
        [Put("3"), Put("Tập huấn cán bộ"), Put(""), Put("Sở Nội vụ"), Put("Quý IV/2025")],
    ])  # fmt: skip
    document = read(text, layout)
    assert [(lead, due) for _, _, _, lead, _, due in told(document)] == [
        (["Sở Y tế"], "2025-06-30"),
        (["Sở Y tế"], "2025-09-30"),
        ([], "2025-12-31"),  # the file says that it is empty
    ]
    second = find_tasks(document)[1]
    assert [part.basis for part in second.parts if part.role == "lead"] == ["cell"]
    rows = tables_of(unregistered("a", Taken(text, layout), b""))
    assert "merged-cell-inferred" not in [warning["code"] for warning in rows["warnings"]]


def test_paragraphs_of_a_cell_are_kept_apart() -> None:
    text, layout = of_file([
        [Put(name) for name in NAMES],
        [Put("1"), Put("Rà soát\ndanh mục thuốc"), Put("Sở Y tế\nSở Nội vụ"), Put("Sở Tài chính\nSở Tư pháp"), Put("2025")],
    ])  # fmt: skip
    (task,) = told(read(text, layout))
    assert task[2:5] == (
        "Rà soát danh mục thuốc",
        ["Sở Y tế", "Sở Nội vụ"],
        ["Sở Tài chính", "Sở Tư pháp"],
    )


@pytest.mark.parametrize("form", ["pipes", "markup"])
def test_breaks_in_a_cell_of_a_text_part_its_agencies(form: str) -> None:
    rows = [
        NAMES,
        ["1", "Rà soát thuốc", "Sở Y tế<br>Sở Nội vụ", "Sở Tài chính<br/>Sở Tư pháp", "2025"],
    ]
    (task,) = told(read(HEAD + FORMS[form](rows) + TAIL))
    assert task[3:5] == (["Sở Y tế", "Sở Nội vụ"], ["Sở Tài chính", "Sở Tư pháp"])


def test_rows_and_columns_that_markup_merges() -> None:
    table = (
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời gian</th></tr>"
        "<tr><td colspan=5>I. Khám chữa bệnh</td></tr>"
        "<tr><td>1</td><td>Rà soát thuốc</td><td rowspan='2'>Sở Y tế</td><td>Sở Tài chính</td><td>Quý II/2025</td></tr>"
        "<tr><td>2</td><td>Mua sắm thiết bị</td><td>Sở Nội vụ</td><td>Quý III/2025</td></tr></table>"
    )
    assert told(read(HEAD + table + TAIL)) == [
        ("II/I", "1", "Rà soát thuốc", ["Sở Y tế"], ["Sở Tài chính"], "2025-06-30"),
        ("II/I", "2", "Mua sắm thiết bị", ["Sở Y tế"], ["Sở Nội vụ"], "2025-09-30"),
    ]


def test_the_words_of_a_table_inside_a_cell_are_the_cells() -> None:
    text, layout = of_file([
        [Put(name) for name in NAMES],
        [Put("1"), Put("Rà soát thuốc"), Put("Sở Y tế"), Put(""), Put("Quý II/2025")],
    ])  # fmt: skip
    lead = next(cell for cell in layout.tables[0].cells if cell.row == 1 and cell.column == 2)
    inner = LayoutTable(lead.spans[0], (LayoutCell(0, 0, lead.spans),), inside=0)
    document = read(text, Layout((layout.tables[0], inner)))
    assert [task[3] for task in told(document)] == [["Sở Y tế"]]
    assert sum(block.kind == "row" for block in document.blocks) == 1


TWO_ROWS = {
    "tabs": "TT\tChỉ tiêu\tĐVT\tNăm 2024\t\tNăm 2025\n\t\t\tKế hoạch\tƯớc thực hiện\t\n1\tGRDP\t%\t7,0\t7,5\t8,5",
    "pipes": "| TT | Chỉ tiêu | ĐVT | Năm 2024 | | Năm 2025 |\n|---|---|---|---|---|---|\n"
    "| | | | Kế hoạch | Ước thực hiện | |\n| 1 | GRDP | % | 7,0 | 7,5 | 8,5 |",
    "bars": "|\nTT\n|\nChỉ tiêu\n|\nĐVT\n|\nNăm 2024\n|\n|\nKế hoạch\n|\nƯớc thực hiện\n|\nKế hoạch năm 2025\n|\n|\n",
    "markup": "<table><tr><td rowspan=2>TT</td><td rowspan=2>Chỉ tiêu</td><td rowspan=2>ĐVT</td><td colspan=2>Năm 2024</td>"
    "<td rowspan=2>Năm 2025</td></tr><tr><td>Kế hoạch</td><td>Ước thực hiện</td></tr>"
    "<tr><td>1</td><td>GRDP</td><td>%</td><td>7,0</td><td>7,5</td><td>8,5</td></tr></table>",
    "drawn": "+--+--------+---+------------------------+--------+\n|TT|Chỉ tiêu|ĐVT|Năm 2024                |Năm 2025|\n"
    "|  |        |   +--------+---------------+        |\n|  |        |   |Kế hoạch|Ước thực hiện  |        |\n"
    "+--+--------+---+--------+---------------+--------+\n|1 |GRDP    |%  |7,0     |7,5            |8,5     |\n"
    "+--+--------+---+--------+---------------+--------+\n|2 |CPI     |%  |3,0     |3,5            |4,5     |\n"
    "+--+--------+---+--------+---------------+--------+",
}  # fmt: skip


@pytest.mark.parametrize("form", ["tabs", "pipes", "markup", "drawn"])
def test_names_of_columns_in_two_rows_are_joined(form: str) -> None:
    document = read(HEAD + TWO_ROWS[form] + TAIL)
    row = next(block for block in document.blocks if block.kind == "row")
    assert [(cell.header, cell.text.text) for cell in row.cells][3:] == [
        ("Năm 2024 Kế hoạch", "7,0"),
        ("Năm 2024 Ước thực hiện", "7,5"),
        ("Năm 2025", "8,5"),
    ]


def test_names_of_columns_in_two_rows_between_lone_bars() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Năm 2024"],
        ["Kế hoạch", "Ước thực hiện"],
        ["1", "GRDP", "%", "7,0", "7,5"],
    ]
    document = read(HEAD + FORMS["bars"](rows) + TAIL)
    row = next(block for block in document.blocks if block.kind == "row")
    assert [cell.header for cell in row.cells][3:] == [
        "Năm 2024 Kế hoạch",
        "Năm 2024 Ước thực hiện",
    ]


def test_a_row_that_can_not_be_read_whole_gives_no_task_and_is_no_text() -> None:
    rows = [NAMES, TABLE[2], ["2", "Mua sắm thiết bị", "Sở Nội vụ", "Quý III/2025"], TABLE[5]]
    document = read(HEAD + FORMS["bars"](rows) + TAIL)
    assert [task[1] for task in told(document)] == ["1", "1"]
    unread = [block for block in document.blocks if block.kind == "row"][1]
    assert {cell.role for cell in unread.cells} == {"other"}
    assert not any(
        "thiết bị" in b.text.text for b in document.blocks if b.kind not in ("row", "columns")
    )


def test_a_short_row_whose_cells_fit_one_way_only_is_read() -> None:
    rows = [NAMES, TABLE[2], ["2", "Mua sắm thiết bị", "Quý III/2025"]]
    tasks = told(read(HEAD + FORMS["bars"](rows) + TAIL))
    assert (tasks[1][2], tasks[1][5]) == ("Mua sắm thiết bị", "2025-09-30")


@pytest.mark.parametrize("form", ["bars", "pipes", "grid", "markup"])
def test_a_table_under_names_that_nothing_is_known_of_is_no_text(form: str) -> None:
    rows = [
        ["Xã", "Số hộ", "Diện tích", "Dân số", "Loại"],
        ["Sở Y tế chủ trì", "12", "3", "4", "II"],
        ["Tân An", "1", "2", "3", "I"],
    ]
    document = read(HEAD + FORMS[form](rows) + TAIL)
    assert [block.kind for block in document.blocks if block.cells] == ["columns", "row", "row"]
    assert not told(document)


def test_a_letterhead_set_in_two_columns() -> None:
    left, right = (
        "UBND TỈNH HÀ GIANG\nSố: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Giang, ngày 5 tháng 3 năm 2025",
    )
    text, layout = of_file(
        [[Put(left), Put(right)]], "", "\nKẾ HOẠCH\nPhát triển y tế\n1. Sở Y tế báo cáo.\n"
    )
    in_rows = "\n".join(
        "\t".join(row) for row in zip(left.split("\n"), right.split("\n"), strict=True)
    )
    behind = text[layout.tables[0].span.end :]
    drawn = "\n".join(
        f"|{a.ljust(20)}|{b.ljust(40)}|"
        for a, b in zip(left.split("\n"), right.split("\n"), strict=True)
    )
    for document in (read(text, layout), read(in_rows + behind), read(drawn + behind)):
        assert (document.issuer, document.number) == ("Ủy ban nhân dân tỉnh Hà Giang", "12/KH-UBND")
        assert (document.title, str(document.date)) == ("Phát triển y tế", "2025-03-05")
        assert document.span.start < 2


def test_the_header_of_the_column_of_numbers_is_no_agency() -> None:
    for form in FORMS.values():
        document = read(HEAD + form(TABLE) + TAIL)
        found = {part.mention.form for task in find_tasks(document) for part in task.parts}
        assert not found & {"TT", "STT"}


def test_a_cell_across_a_million_columns_costs_nothing() -> None:
    span = Span(0, 2)
    cells = (LayoutCell(0, 0, (span,), rows=1_000_000, columns=1_000_000),)
    assert read("TT\nSở Y tế báo cáo.", Layout((LayoutTable(span, cells),))).blocks


PIECES = [
    "TT", "STT", "Nhiệm vụ", "Cơ quan\nchủ trì", "Chủ trì", "Thời gian", "Năm 2024", "Chỉ tiêu", "ĐVT", "Ghi chú", "Kế hoạch",
    "1", "2", "I", "1.1", "-", "Sở Y tế", "Quý II/2025", "8,5", "Trồng rừng", "|", "||", "\t", "\t\t", "+--+---+", "|---|---|",
    "<table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan='2'>", "</td>", "</tr>", "</table>", "<br>", "   ", "\n", "\n\n", "\xa0",
    "\x0c", "- 2 -", "PHỤ LỤC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "**", "\\|", "\u0301", "\u200b",
]  # fmt: skip
TABLE_LIKE = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["", "\n", "\n|\n", "|", "\t", "    "])),
    max_size=60,
).map(lambda pieces: "".join(piece + behind for piece, behind in pieces))


@given(
    TABLE_LIKE,
    st.sampled_from(
        [
            "",
            "TT\nNhiệm vụ\nChủ trì\n1\n",
            "|\nTT\n|\nNhiệm vụ\n|\n|\n1\n|\n",
            "TT\nChỉ tiêu\nNăm 2024\nNăm 2025\n",
        ]
    ),
)
@settings(deadline=None, max_examples=150)
def test_no_text_makes_the_inference_fail_and_its_spans_are_in_order(
    lines: str, above: str
) -> None:
    text = above + lines
    layout = infer_layout(text, lines_of(text))
    behind = -1
    for table in layout.tables:
        if table.inside is None:
            assert behind < table.span.start < table.span.end
            behind = table.span.end
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            spans = [
                table.span.start,
                *(place for span in cell.spans for place in (span.start, span.end)),
                table.span.end,
            ]
            assert spans == sorted(spans)
            assert all(span.of(text) == span.of(text).strip() != "" for span in cell.spans)
            assert not any("\n" in span.of(text) for span in cell.spans)
            places = {
                (r, c)
                for r in range(cell.row, cell.row + cell.rows)
                for c in range(cell.column, cell.column + cell.columns)
            }
            assert not places & taken
            taken |= places
    read_documents(Source("p", text))


@pytest.mark.parametrize(
    "line",
    [
        "TT\nNhiệm vụ\nChủ trì\n", "TT\nChỉ tiêu\nNăm 2024\nNăm 2025\n1\nabc\n", "TT\nNhiệm vụ\nCơ quan\nchủ trì\nThời gian\n1.\nTrồng rừng\n",
        "|\n", "|\nTT\n|\nNhiệm vụ\n|\n", "| TT | Nhiệm vụ |\n", "|TT|Nhiệm vụ|\n|  |abc     |\n", "+--+--+\n", "<table>\n",
        "<table><tr><td>a\n\nabc\n", "TT\tNhiệm vụ\tChủ trì\n", "TT   Nhiệm vụ     Cơ quan chủ trì\n", "UBND\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
    ],
)  # fmt: skip
def test_the_time_grows_with_the_length(line: str) -> None:
    def infer(text: str) -> object:
        return infer_layout(text, lines_of(text))

    few, many = (line * (size // len(line)) for size in (16_000, 64_000))
    infer(line)
    assert linear(infer, few, many)


NAMES_OF_COLUMNS = {
    "label": ["TT", "STT", "Số TT", "Stt", "Số thứ tự"],
    "task": ["Nội dung công việc", "Nhiệm vụ", "Nội dung", "Nhiệm vụ/Giải pháp", "Tên nhiệm vụ", "Hoạt động", "Công việc"],
    "lead": ["Đơn vị thực hiện", "Cơ quan chủ trì", "Đơn vị chủ trì", "Chủ trì", "Cơ quan thực hiện", "Trách nhiệm", "Đơn vị đầu mối"],
    "coordinate": ["Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp"],
    "deadline": ["Tiến độ", "Thời gian hoàn thành", "Thời hạn", "Thời gian", "Hạn hoàn thành", "Thời điểm hoàn thành", "Lộ trình"],
    "output": ["Sản phẩm", "Kết quả", "Sản phẩm đầu ra", "Kết quả đầu ra", "Kết quả dự kiến"],
    "note": ["Ghi chú"],
    "unit": ["ĐVT", "Đơn vị tính"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "name"), [(r, n) for r, found in NAMES_OF_COLUMNS.items() for n in found]
)
def test_usual_names_of_columns(role: str, name: str) -> None:
    assert column_role(name) == column_role(name.upper()) == role


@pytest.mark.parametrize(
    "text",
    ["TT\nNhiệm vụ\nChủ trì\nThời gian\n1\n|\na)|", "TT\nChỉ tiêu\nNăm 2024\nNăm 2025\n2\nĐVT"],
)
def test_rows_that_break_off_are_read(text: str) -> None:
    assert read(text).blocks


def test_a_cell_a_line_with_empty_cells_groups_and_a_cell_of_two_lines() -> None:
    table = (
        "TT\nNhiệm vụ\nSản phẩm\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian\nGhi chú\n\xa0\n"
        "I. Cải cách thể chế\n\xa0\n"
        "1.\nRà soát văn bản\nBáo cáo\nSở Tư pháp\nSở Nội vụ\nQuý IV/2025\n\xa0\n"
        "2.\nXây dựng quy chế\nQuy chế\nSở Nội vụ\n\xa0\nTheo phân công của Chủ tịch\n\n"
        "3\nTổng hợp kiến nghị\nBáo cáo\nSở Tư pháp\nSở Y tế\nNăm 2025\n\xa0\n\xa0\n"
        "II. Cải cách bộ máy\n\xa0\n"
        "1.\nTập huấn cán bộ\nHai lớp\nSở Nội vụ\nSở Tài chính;\nCác đơn vị\nNăm 2025\n\xa0\n"
    )
    tasks = told(read(HEAD + table + TAIL))
    assert [(path, label, lead, due) for path, label, _, lead, _, due in tasks] == [
        ("II/I", "1", ["Sở Tư pháp"], "2025-12-31"),
        ("II/I", "2", ["Sở Nội vụ"], "None"),
        ("II/I", "3", ["Sở Tư pháp"], "2025-12-31"),
        ("II/II", "1", ["Sở Nội vụ"], "2025-12-31"),
    ]
    assert tasks[3][4] == ["Sở Tài chính", "Các đơn vị"]


def test_a_blank_line_is_an_empty_cell_where_that_makes_the_row_whole() -> None:
    table = (
        "Số TT\nTên luật\nTên văn bản quy định chi tiết\nCơ quan chủ trì\nThời hạn\n"
        "1.\nLuật Đất đai\nNghị định về giá đất\nBộ Tài chính\n15/4/2025\n"
        "2.\n\nNghị định về bồi thường\nBộ Xây dựng\n15/5/2025\n"
    )
    assert [(task[2], task[3]) for task in told(read(HEAD + table + TAIL))] == [
        ("Nghị định về giá đất", ["Bộ Tài chính"]),
        ("Nghị định về bồi thường", ["Bộ Xây dựng"]),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n|\n"])
def test_names_of_columns_in_two_rows_a_cell_a_line(between: str) -> None:
    cells = [
        "TT", "Chỉ tiêu", "ĐVT", "Năm 2024", "Kế hoạch", "Ước thực hiện",
        "1", "GRDP", "%", "7,0", "7,5", "2", "CPI", "%", "3,0", "3,5", "3", "Thu ngân sách", "tỷ đồng", "40", "45",
    ]  # fmt: skip
    rows = [
        block
        for block in read(HEAD + between.join([*cells, ""]) + TAIL).blocks
        if block.kind == "row"
    ]
    assert [[(cell.header, cell.text.text) for cell in row.cells[3:]] for row in rows] == [
        [("Năm 2024 Kế hoạch", a), ("Năm 2024 Ước thực hiện", b)]
        for a, b in (("7,0", "7,5"), ("3,0", "3,5"), ("40", "45"))
    ]


def test_two_rows_of_names_that_may_be_joined_in_two_ways_give_no_figures() -> None:
    table = (
        "TT\nChỉ tiêu\nNăm 2024\nNăm 2025\nKế hoạch\nThực hiện\nƯớc\n"
        "1\nGRDP\n7,0\n7,5\n2\nCPI\n3,0\n3,5\n3\nFDI\n1,0\n1,5\n"
    )
    rows = [block for block in read(HEAD + table + TAIL).blocks if block.kind == "row"]
    assert {cell.role for row in rows for cell in row.cells} == {"other"}


LISTS = {
    "rates": [["STT", "Nội dung thu", "Đơn vị tính", "Mức thu"], ["1", "Phí thẩm định", "Đồng/hồ sơ", "5.000"]],
    "documents": [["STT", "Tên văn bản", "Số, ký hiệu", "Ngày ban hành"], ["1", "Nghị quyết về phí", "2/NQ-HĐND", "1/2/2020"]],
    "people": [["STT", "Họ và tên", "Chức vụ", "Đơn vị công tác"], ["1", "Nguyễn Văn An", "Giám đốc", "Sở Y tế"]],
}  # fmt: skip


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("form", ["tabs", "pipes", "adjacent", "markup"])
def test_a_table_that_only_lists_things_charges_nobody(form: str, rows: list[list[str]]) -> None:
    plan = unregistered("p", Taken(HEAD + FORMS[form]([*rows, ["2", *rows[1][1:]]]) + TAIL), b"")
    tables = tables_of(plan)
    listed = [block for block in tables["blocks"] if block["reason"] == "listed"]
    assert [block["kind"] for block in listed] == ["row", "row"]
    assert [task["label"] for task in tables["tasks"]] == ["1"]  # of the text below
    assert not any(warning["code"] == "row-unaccounted" for warning in tables["warnings"])


def test_a_drawing_that_lost_its_numbers_and_says_what_to_do_in_its_notes() -> None:
    names = "|Stt|                |Thời hạn  |Ghi chú                         |\n|   |Cơ quan, đơn vị |          |                                |\n"
    rows = (
        "|   |Sở Thông tin    |01/5/2025 |Chuyển kênh 47 cho đơn vị truyền|\n"
        "|   |và Truyền thông |          |dẫn khu vực Bắc Bộ              |\n"
        "|   |                |01/6/2025 |Chuyển kênh 31 cho đơn vị truyền|\n"
        "|   |                |          |dẫn khu vực Nam Bộ              |\n"
    )
    document = read(HEAD + names + rows + names + rows[: len(rows) // 2] + TAIL)
    assert [(text[:14], due) for _, _, text, _, _, due in told(document)] == [
        ("Chuyển kênh 47", "2025-05-01"),
        ("Chuyển kênh 31", "2025-06-01"),
        ("Chuyển kênh 47", "2025-05-01"),
    ]
    assert {form for task in told(document) for form in task[3]} == {"Sở Thông tin và Truyền thông"}


@pytest.mark.parametrize("form", ["tabs", "pipes", "bars", "adjacent", "grid", "blanks", "markup"])
def test_a_cell_that_says_it_is_as_the_one_above(form: str) -> None:
    rows = [
        NAMES,
        ["1", "Rà soát thuốc", "Sở Y tế", "Sở Tài chính", "Quý II/2025"],
        ["2", "Mua sắm thiết bị", '"', "nt", "-nt-"],
        ["3", "Tập huấn cán bộ", "-nt-", "Sở Nội vụ", "30/9/2025"],
    ]
    assert [task[3:] for task in told(read(HEAD + FORMS[form](rows) + TAIL))] == [
        (["Sở Y tế"], ["Sở Tài chính"], "2025-06-30"),
        (["Sở Y tế"], ["Sở Tài chính"], "2025-06-30"),
        (["Sở Y tế"], ["Sở Nội vụ"], "2025-09-30"),
    ]


ONE_TASK = ("II", "1", "Rà soát danh mục thuốc tại các trạm", ["Sở Y tế"], [], "2025-06-30")
HARD_FORMS = {
    "numbers-of-columns": "TT\nNhiệm vụ\nChủ trì\nThời hạn\n(1)\n(2)\n(3)\n(4)\n1\nRà soát danh mục thuốc tại các trạm\nSở Y tế\nQuý II/2025",
    "number-in-the-middle-of-its-row": "STT   Nhiệm vụ                   Chủ trì    Thời hạn\n"
    "      Rà soát danh mục           Sở Y tế    Quý II/2025\n1     thuốc tại các trạm",
    "bars-between-and-an-empty-first-cell": "TT | Nhiệm vụ | Chủ trì | Thời hạn\n---|---|---|---\n"
    "1 | Rà soát danh mục | Sở Y tế | Quý II/2025\n | thuốc tại các trạm | |",
    "rule-over-some-columns": "+--+------------------+-------+-----------+\n|TT|Nhiệm vụ          |Chủ trì|Thời hạn   |\n"
    "+--+------------------+-------+-----------+\n|1 |Rà soát danh mục  |Sở Y tế|Quý II/2025|\n"
    "|  |thuốc tại các trạm|       |           |\n+--+------------------+       +-----------+\n"
    "|  |                  |       |           |\n+--+------------------+-------+-----------+",
}  # fmt: skip


@pytest.mark.parametrize("table", HARD_FORMS.values(), ids=HARD_FORMS)
def test_hard_forms(table: str) -> None:
    assert told(read(HEAD + table + TAIL)) == [ONE_TASK]


def test_who_leads_and_who_helps_under_one_name_a_cell_a_line() -> None:
    names = ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời hạn", "Chủ trì", "Phối hợp"]
    rows = [["1", "Rà soát thuốc", "Sở Y tế", "Sở Tài chính", "Quý II/2025"], ["2", "Tập huấn", "Sở Nội vụ", "Sở Y tế", "2025"]]  # fmt: skip
    text = "\n".join([*names, *(cell for row in rows for cell in row)])
    assert [task[3:] for task in told(read(HEAD + text + TAIL))] == [
        (["Sở Y tế"], ["Sở Tài chính"], "2025-06-30"),
        (["Sở Nội vụ"], ["Sở Y tế"], "2025-12-31"),
    ]


def test_two_rows_of_names_above_the_rule_of_a_markdown_table() -> None:
    table = (
        "| TT | Chỉ tiêu | Năm 2024 | | Năm 2025 |\n| | | Kế hoạch | Ước thực hiện | Kế hoạch |\n"
        "|---|---|---|---|---|\n| 1 | Tỷ lệ hộ nghèo (%) | 3,5 | 3,4 | 2,9 |\n"
    )
    taken = read_markdown(HEAD + table + TAIL)
    row = next(block for block in read(taken.text, taken.layout).blocks if block.kind == "row")
    assert [cell.header for cell in row.cells[2:]] == [
        "Năm 2024 Kế hoạch", "Năm 2024 Ước thực hiện", "Năm 2025 Kế hoạch",
    ]  # fmt: skip


def cells_of(text: str) -> list[list[str]]:
    """The words of each row's cells."""
    blocks = read(HEAD + text + TAIL).blocks
    return [[cell.text.text for cell in block.cells] for block in blocks if block.kind == "row"]


def test_a_figure_that_is_also_the_next_number_stays_in_its_row() -> None:
    rows = [["1", "Xây trạm y tế", "2", "Sở Y tế"], ["2", "Mua xe cứu thương", "3", "Sở Tài chính"], ["3", "Tập huấn", "12", "Sở Nội vụ"]]  # fmt: skip
    names = ["TT", "Nhiệm vụ", "Số lượng", "Chủ trì"]
    assert cells_of("\n".join([*names, *(cell for row in rows for cell in row)])) == rows


def test_dashes_below_a_name_number_rows() -> None:
    names = "TT\nNhiệm vụ\nChủ trì\nThời hạn\n"
    rows = (
        "1\nY tế\n-\nRà soát thuốc\nSở Y tế\nQuý II/2025\n-\nTập huấn cán bộ\nSở Nội vụ\n30/9/2025"
    )
    assert [(task[1], task[3]) for task in told(read(HEAD + names + rows + TAIL))] == [
        ("-", ["Sở Y tế"]),
        ("-", ["Sở Nội vụ"]),
    ]


def test_a_row_before_the_last_bar_of_a_text_is_no_text_too() -> None:
    rows = "|\nTT\n|\nNhiệm vụ\n|\nChủ trì\n|\n|\n1\n|\nTrồng rừng\nphòng hộ\n|\nSở Y tế\n|\n|\n2\n|\nGiữ rừng\nven biển\n|"
    (document,) = read_documents(Source("p", HEAD + rows)).documents
    assert [block.kind for block in document.blocks][-4:].count("row") == 1
    assert "paragraph" not in {block.kind for block in document.blocks}
