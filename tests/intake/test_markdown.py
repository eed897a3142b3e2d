"""Markdown of every dialect: escapes, entities, links, tags, notes and tables are resolved; what stands out stays."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from khplans.errors import KhplansError
from khplans.intake.markdown import read_markdown
from khplans.intake.plans import load_file
from khplans.layout import Layout

Rows = list[tuple[int, int, int, int, list[str]]]


def taken(page: str) -> tuple[str, Layout]:
    read = read_markdown(page)
    assert read.layout is not None
    return read.text, read.layout


def cells(page: str) -> Rows:
    """Row, column, rows, columns and lines of each cell of the only table."""
    text, layout = taken(page)
    (table,) = layout.tables
    return [
        (cell.row, cell.column, cell.rows, cell.columns, [span.of(text) for span in cell.spans])
        for cell in table.cells
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"1\. Hộ nghèo \<3%, số 12/QĐ\-UBND\_x \\", "1. Hộ nghèo <3%, số 12/QĐ-UBND_x \\"),
        ("đạt &gt;45% &amp; &#8805;50%&nbsp;hộ", "đạt >45% & ≥50%\xa0hộ"),
        ("theo [Nghị định\n30/2020/NĐ-CP](http://a.vn/(x) 'tên') của", "theo Nghị định\n30/2020/NĐ-CP của"),
        ("theo [Luật Y][1] và [2]\n\n[1]: https://a.vn \"Luật\"", "theo Luật Y và [2]\n\n"),
        ("xem <https://a.vn/b>", "xem https://a.vn/b"),
        ("Sở Y tế:<br>Sở Nội vụ\n   Sở Tư pháp", "Sở Y tế:\nSở Nội vụ\n   Sở Tư pháp"),
        ("Sở <b>Y</b> <font color=red>tế</font><br>Sở <u>Nội vụ</u>", "Sở Y tế\nSở Nội vụ"),
        ("<div align=center>\n\n**KẾ HOẠCH**\n\n</div>", "\n\n**KẾ HOẠCH**\n\n"),
        ("**S**ở `Y` *tế*", "**S**ở Y tế"),
        ("*Sở Y tế chủ trì,\nphối hợp với Sở Nội vụ*\n* Mục một\n* Mục hai", "Sở Y tế chủ trì, phối hợp với Sở Nội vụ\n* Mục một\n* Mục hai"),
        ("TỈNH A\n-------\nSố: 1/KH-UBND", "TỈNH A\n-------\nSố: 1/KH-UBND"),
        ("```\n1\\. a\n```\nb", "1\\. a\nb"),
        ("    thụt vào\n\n\n\nrồi\n", "    thụt vào\n\n\n\nrồi\n"),
        ("từ <3% lên >5% và <tên>", "từ <3% lên >5% và <tên>"),
        ("25 m^2^, 3 m<sup>3</sup>", "25 m², 3 m³"),
    ],
)  # fmt: skip
def test_running_text(markdown: str, text: str) -> None:
    assert taken(markdown)[0] == text


def test_what_the_text_lacks_is_listed() -> None:
    text, layout = taken("A ~~bỏ~~ <del>xóa</del> ![ảnh](a.png) <!-- ẩn --> 5<sup>1</sup> Z")
    assert text.split() == ["A", "5", "Z"]
    assert [(out.kind, out.text.strip()) for out in layout.left_out] == [
        ("struck", "bỏ"), ("struck", "xóa"), ("picture", "ảnh"), ("hidden", "ẩn"), ("note-mark", "1"),
    ]  # fmt: skip
    assert [out.at for out in layout.left_out] == sorted(out.at for out in layout.left_out)


def test_footnotes() -> None:
    text, layout = taken("Thu 20.500[^a] tỷ[^b].\n\n[^a]: Theo *Nghị quyết*\n  số 1.\n")
    assert text == "Thu 20.500 tỷ.\n\n[a] Theo Nghị quyết\n  số 1.\n"
    (note,) = layout.notes
    assert (note.mark, note.called) == ("a", len("Thu 20.500"))
    assert note.span.of(text) == "[a] Theo Nghị quyết\n  số 1."
    assert [(out.kind, out.text) for out in layout.left_out] == [("note-mark", "b")]


def test_headings_keep_their_hashes() -> None:
    text, layout = taken("# KẾ HOẠCH\n## I. **Mục tiêu** \\#1\nnội dung")
    assert text == "# KẾ HOẠCH\n## I. **Mục tiêu** #1\nnội dung"
    assert [(x.level, x.span.of(text)) for x in layout.headings] == [
        (1, "# KẾ HOẠCH"), (2, "## I. **Mục tiêu** #1"),
    ]  # fmt: skip


PLAIN: Rows = [
    (0, 0, 1, 1, ["TT"]), (0, 1, 1, 1, ["Việc"]),
    (1, 0, 1, 1, ["1"]), (1, 1, 1, 1, ["Rừng"]), (2, 0, 1, 1, ["2"]), (2, 1, 1, 1, []),
]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        "| TT | Việc |\n|---|:--:|\n| 1 | Rừng |\n| 2 | |",
        "TT | Việc\n--|--\n1 | Rừng\n2 |",
        "|TT|Việc\n|-:|-|\n|1|Rừng\n|2",
        "| TT | Việc |\n|===|===|\n| 1 | Rừng |\n|---|---|\n| 2 |  |",
        "  | TT | Việc |\n  |---|---|\n  | 1 | Rừng |\n  | 2 |  |",
        "+----+------+\n| TT | Việc |\n+====+======+\n| 1  | Rừng |\n+----+------+\n| 2  |      |\n+----+------+",
        "<table><tr><td>TT<td>Việc\n\n<tr><td>1<td>Rừng</tr>\n<tr><td>2<td></td></tr></table>",
    ],
    ids=["bars", "no-outer-bars", "left-bars", "rules-between", "indented", "grid", "html"],
)
def test_a_table_of_every_dialect(table: str) -> None:
    assert cells(f"Trước\n{table}\nSau" if "<" in table or "+" in table else f"Trước\n\n{table}\n\nSau") == PLAIN  # fmt: skip
    text, layout = taken(f"Trước\n\n{table}\n\nSau")
    assert text == "Trước\n\nTT\tViệc\n1\tRừng\n2\t\n\nSau"
    assert layout.tables[0].span.of(text) == "TT\tViệc\n1\tRừng\n2\t"


def test_cells_of_pipe_tables() -> None:
    page = "A | B | C\n--|--|--\n1\\. a \\| b<br>c | **d** &lt;5% | x\n^^ | [e](http://a.vn) |"
    assert cells(page)[3:] == [
        (1, 0, 2, 1, ["1. a | b", "c"]), (1, 1, 1, 1, ["**d** <5%"]), (1, 2, 1, 1, ["x"]),
        (2, 1, 1, 1, ["e"]), (2, 2, 1, 1, []),
    ]  # fmt: skip


def test_headers_of_pipe_tables() -> None:
    def header(page: str) -> list[bool]:
        return [cell.header for cell in taken(page)[1].tables[0].cells]

    assert header("| a | b |\n| c | d |\n|---|---|\n| e | f |") == [True] * 4 + [False] * 2
    assert header("|  |  |\n|---|---|\n| e | f |") == [False] * 2
    assert header("|---|---|\n| e | f |") == [False] * 2


def test_cells_of_grid_tables() -> None:
    page = """
+----+-----------+--------+
| TT | Việc      | Hạn    |
+====+===========+========+
| 1  | Xây dựng  | Quý I  |
|    | đề án     |        |
|    |           |        |
|    | - gửi báo |        |
|    |   cáo     |        |
+----+-----------+        |
| 2  | Họp       |        |
+----+-----------+--------+
| Tổng cộng      | x      |
+----------------+--------+
"""
    assert cells(page)[3:] == [
        (1, 0, 1, 1, ["1"]), (1, 1, 1, 1, ["Xây dựng đề án", "- gửi báo cáo"]), (1, 2, 2, 1, ["Quý I"]),
        (2, 0, 1, 1, ["2"]), (2, 1, 1, 1, ["Họp"]), (3, 0, 1, 2, ["Tổng cộng"]), (3, 2, 1, 1, ["x"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "| TT\n|\n| Việc\n|",
        "a | b\nc | d",
        "| a | b |\n|---|\n| c |",
        "+---+---+\n| a | b\n+---+---+",
        "Sở Y tế | Sở Nội vụ\n\n---|---",
    ],
)
def test_bars_that_are_no_markdown_table_stay(text: str) -> None:
    read, layout = taken(text)
    assert (read, layout.tables) == (text, ())


def test_tables_one_inside_the_other_and_after_each_other() -> None:
    nested = "<table><tr><td>1<td><table><tr><td>a<td>b</table></table>"
    text, layout = taken(f"{nested}\n\nx\n\n{nested}")
    assert [table.inside for table in layout.tables] == [None, 0, None, 2]
    for table in layout.tables:
        assert [span.of(text) for cell in table.cells for span in cell.spans][-2:] == ["a", "b"]


def test_line_ends_of_windows(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("KẾ HOẠCH\r\n\r\n1\\. Sở Y tế\r\n".encode())
    assert load_file(tmp_path / "a.md").source.text == "KẾ HOẠCH\n\n1. Sở Y tế\n"


def test_plain_text_is_untouched(tmp_path: Path) -> None:
    text = "1\\. a &gt; [b](c)\r\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    source = load_file(tmp_path / "a.txt").source
    assert (source.text, source.layout) == (text, None)


@pytest.mark.parametrize(("name", "package"), [("a.md", "markdown_it"), ("a.html", "lxml")])
def test_what_is_wanted_to_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    (tmp_path / name).write_text("<p>KẾ HOẠCH số 1/KH-UBND</p>", "utf-8")
    for module in [x for x in sys.modules if x.partition(".")[0] == package]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(KhplansError, match=rf"reading \{name[1:]} needs .*khplans\[web\]"):
        load_file(tmp_path / name)
