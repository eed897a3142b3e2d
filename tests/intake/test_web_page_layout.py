"""What a web page shows comes through: cells and their spans, list numbers, notes, what readers don't see."""

from __future__ import annotations

import pytest
from left_out import characters_left_out

from khplans.errors import KhplansError
from khplans.intake.taken import Taken
from khplans.intake.web_pages import read_web_page
from khplans.layout import Layout, LayoutTable

Grid = list[tuple[int, int, int, int, list[str]]]


def taken(page: str) -> tuple[str, Layout]:
    read: Taken = read_web_page(page).taken
    assert read.layout is not None
    return read.text, read.layout


def grid(text: str, table: LayoutTable) -> Grid:
    """Row, column, rows, columns and lines of each cell."""
    return [
        (cell.row, cell.column, cell.rows, cell.columns, [span.of(text) for span in cell.spans])
        for cell in table.cells
    ]


def test_cells_merged_down_and_across() -> None:
    text, layout = taken(
        "<p>Đầu</p><table><tr><th rowspan=2>TT<th colspan=2>Năm 2024<tr><th>Kế hoạch<th>Ước"
        "<tr><td rowspan=2>1<td>7<td>8<tr><td colspan=2>không</table>Cuối"
    )
    assert text == "Đầu\n\nTT\tNăm 2024\nKế hoạch\tƯớc\n1\t7\t8\nkhông\n\nCuối"
    (table,) = layout.tables
    assert grid(text, table) == [
        (0, 0, 2, 1, ["TT"]), (0, 1, 1, 2, ["Năm 2024"]), (1, 1, 1, 1, ["Kế hoạch"]),
        (1, 2, 1, 1, ["Ước"]), (2, 0, 2, 1, ["1"]), (2, 1, 1, 1, ["7"]), (2, 2, 1, 1, ["8"]),
        (3, 1, 1, 2, ["không"]),
    ]  # fmt: skip
    assert [cell.header for cell in table.cells] == [True] * 4 + [False] * 4
    assert table.span.of(text) == "TT\tNăm 2024\nKế hoạch\tƯớc\n1\t7\t8\nkhông"


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", [(0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)]),
        ("<tr><td rowspan=9>a<td>b<tr><td>c", [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]),
        ("<tr><td>a<td>b<tr><td colspan=1000000>c", [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]),
        ("<tr><td colspan=x rowspan=-3>a<td>b", [(0, 0, 1, 1), (0, 1, 1, 1)]),
        ("<tr><td>a<td rowspan=2>b<tr><td colspan=3>c", [(0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)]),
        ("<tbody><tr><td rowspan=5>a<td>b<tbody><tr><td>c", [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1)]),
        ("<tr><td>a<td>b</tr><td>c", [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1)]),
    ],
    ids=["to-the-end", "too-far", "endless", "unreadable", "overlapping", "into-a-group", "no-row"],
)  # fmt: skip
def test_odd_spans(rows: str, places: list[tuple[int, int, int, int]]) -> None:
    text, layout = taken(f"<table>{rows}</table>")
    assert [cell[:4] for cell in grid(text, layout.tables[0])] == places


def test_header_cells() -> None:
    text, layout = taken(
        "<table><thead><tr><td>Việc<td>Hạn</thead><tr><th>Trồng rừng</th><td>2025</table>"
    )
    headers = [cell.spans[0].of(text) for cell in layout.tables[0].cells if cell.header]
    assert headers == ["Việc", "Hạn"]


def test_lines_inside_a_cell() -> None:
    text, layout = taken(
        "<table><tr><td> 1 <td><p>Sở Y tế</p><p>Sở Nội vụ<br>&nbsp;Sở Tư pháp </p><td></table>"
    )
    assert text == "1\tSở Y tế\nSở Nội vụ\nSở Tư pháp\t"
    cells = [cell[4] for cell in grid(text, layout.tables[0])]
    assert cells == [["1"], ["Sở Y tế", "Sở Nội vụ", "Sở Tư pháp"], []]


def test_a_table_inside_a_cell() -> None:
    text, layout = taken(
        "<table><tr><td>1<td>Xây dựng:<table><tr><td>a<td>b</table>xong<td>Sở Y tế</table>"
    )
    outer, inner = layout.tables
    assert [cell[4] for cell in grid(text, outer)] == [["1"], ["Xây dựng:", "a", "b", "xong"], ["Sở Y tế"]]  # fmt: skip
    assert [cell[4] for cell in grid(text, inner)] == [["a"], ["b"]]
    assert inner.inside == 0


def test_what_stands_in_a_table_but_in_no_cell_comes_before_it() -> None:
    text, layout = taken(
        "<table><tr><td>a<td>b</tr>Đơn vị: tỷ đồng<caption>Biểu 1<tr><td>c</table>"
    )
    assert text == "Đơn vị: tỷ đồng\nBiểu 1\n\na\tb\nc"
    assert len(layout.tables) == 1


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>{}<td>Bên lề</table>",
        "<table><tr><td>{}</table>",
        "<table><tr><td>Mục lục<td>{}</table>",
    ],
    ids=["role", "one-cell", "almost-all-in-one"],
)
def test_a_table_that_arranges_the_page_is_none(table: str) -> None:
    document = "".join(f"<p>{n}. Sở Y tế báo cáo kết quả.</p>" for n in range(1, 31))
    text, layout = taken(table.format(document))
    assert layout.tables == ()
    assert "\n\n2. Sở Y tế báo cáo kết quả.\n\n3. " in text


def test_lists_have_their_markers() -> None:
    text, layout = taken(
        "<ol start=3><li>ba<li><p>bốn</p><ul><li>- có sẵn<li>gạch</ul><li value=9>chín<ol type=a><li>x<li>y</ol></ol>"
        "<ol reversed><li>hai<li>một</ol><ol type=I><li>La Mã</ol><ul style='list-style: none'><li>trơn</ul><ol><li>1. sẵn</ol>"
    )
    assert [line for line in text.split("\n") if line] == [
        "3. ba", "4. bốn", "- có sẵn", "- gạch", "9. chín", "a. x", "b. y", "2. hai", "1. một", "I. La Mã", "trơn",
        "1. sẵn",
    ]  # fmt: skip
    assert [(item.marker.of(text), item.level) for item in layout.items] == [
        ("3.", 0), ("4.", 0), ("-", 1), ("9.", 0), ("a.", 1), ("b.", 1), ("2.", 0), ("1.", 0), ("I.", 0),
    ]  # fmt: skip


def test_headings() -> None:
    text, layout = taken("<h1>KẾ HOẠCH</h1><p>Nội dung<h3>I. <b>Mục</b> tiêu</h3><h2></h2>")
    headings = [(heading.level, heading.span.of(text)) for heading in layout.headings]
    assert headings == [(1, "KẾ HOẠCH"), (3, "I. Mục tiêu")]


@pytest.mark.parametrize(
    ("page", "text", "mark"),
    [
        ("<p>20.500<sup>1</sup> tỷ", "20.500 tỷ", "1"),
        ("<p>20.500<span style='vertical-align: super'>[2]</span> tỷ", "20.500 tỷ", "[2]"),
        ("<p>Sở Y tế<sup>(*)</sup>", "Sở Y tế", "(*)"),
        ("<p>25 m<sup>2</sup>/người", "25 m²/người", None),
        ("<p>3 triệu m <sup>3</sup>", "3 triệu m³", None),
        ("<p>10<sup>6</sup> kWh", "10⁶ kWh", None),
        ("<p>30<sup>o</sup>C", "30°C", None),
        ("<p>the 10<sup>th</sup> day", "the 10th day", None),
        ("<p>CO<sub>2</sub>", "CO2", None),
    ],
)
def test_raised_words(page: str, text: str, mark: str | None) -> None:
    read, layout = taken(page)
    assert read == text
    assert [(out.kind, out.text) for out in layout.left_out] == ([("note-mark", mark)] if mark else [])  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        "<sup><a href='#n1'>1</a></sup>",
        "<a href='#n1'><sup>1</sup></a>",
        "<a href='https://a.vn/van-ban.aspx#n1' name=r1>[1]</a>",
    ],
)
def test_notes_that_are_called(call: str) -> None:
    text, layout = taken(
        f"<p>Thu 20.500{call} tỷ đồng.</p><hr><div><p><a name=n1 href='#r1'>[1]</a> Theo Nghị quyết.</p></div>"
    )
    assert text == "Thu 20.500 tỷ đồng.\n\n[1] Theo Nghị quyết."
    (note,) = layout.notes
    assert (note.span.of(text), note.mark.strip("[]")) == ("[1] Theo Nghị quyết.", "1")
    assert note.called == len("Thu 20.500")
    assert layout.left_out == ()


HIDDEN = [
    ("<del>3%</del>", "struck"), ("<s>3%</s>", "struck"), ("<strike>3%</strike>", "struck"),
    ("<span style='text-decoration: line-through'>3%</span>", "struck"), ("<b hidden>3%</b>", "hidden"),
    ("<span style='DISPLAY : none'>3%</span>", "hidden"), ("<i style='visibility:hidden'>3%</i>", "hidden"),
    ("<span style='mso-hide:all'>3%</span>", "hidden"), ("<nav>3%</nav>", "other"), ("<svg><text>3%</text></svg>", "picture"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "kind"), HIDDEN)
def test_what_readers_do_not_see(markup: str, kind: str) -> None:
    text, layout = taken(f"<p>còn {markup} <ins>2%</ins></p>")
    assert text.split() == ["còn", "2%"]
    (out,) = layout.left_out
    assert (out.kind, out.text, out.at) == (kind, "3%", len("còn"))


def test_a_hidden_row_is_none() -> None:
    text, layout = taken("<table><tr><td>a<td>b<tr hidden><td>c<td>d<tr><td>e<td>f</table>")
    assert text == "a\tb\ne\tf"
    assert characters_left_out(layout) == {"hidden": 2}


def test_no_word_is_lost_in_silence() -> None:
    page = (
        "<nav>Trang chủ</nav><h1>Kế hoạch</h1><p>Đạt <del>3</del>4<sup>1</sup> m<sup>2</sup></p><ol><li>Một</ol>"
        "<table><caption>Biểu</caption><tr><td>a<td hidden>b<td>c</table><p style='display:none'>ẩn</p>"
    )
    text, layout = taken(page)
    seen = sum(not character.isspace() for character in text)
    numbered = sum(len(item.marker.of(text)) for item in layout.items)
    shown = "TrangchủKếhoạchĐạt341m2MộtBiểuabcẩn"
    assert seen - numbered + sum(characters_left_out(layout).values()) == len(shown)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ul><li>a<li>b</ul><p>c<p>d", "- a\n\n- b\n\nc\n\nd"),
        ("Sở Y tế</p>Sở Nội vụ</br>Sở Tư pháp", "Sở Y tế\nSở Nội vụ\nSở Tư pháp"),
        ("<html><body>một</body></html><html><body>hai</body></html>", "một\n\nhai"),
        ("<pre>một\n  hai</pre>", "một\nhai"),
        ("<p>một\n\t hai&nbsp;</p>", "một hai"),
        ("<?xml version='1.0' encoding='utf-16'?><html><meta charset=windows-1258><p>Kế hoạch", "Kế hoạch"),
    ],
)  # fmt: skip
def test_pages_as_browsers_show_them(page: str, text: str) -> None:
    assert taken(page)[0] == text


def test_a_page_nested_too_deep_is_refused() -> None:
    with pytest.raises(KhplansError, match=r"a\.html: .* nested too deep"):
        read_web_page("<div>" * 3_000 + "x", "a.html")


def test_a_row_of_too_many_cells_is_refused() -> None:
    with pytest.raises(KhplansError, match="1000 cells"):
        read_web_page("<table><tr>" + "<td>x" * 1_001, "a.html")
