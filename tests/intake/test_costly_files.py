"""Small files that would cost much are refused or read in time that grows with their length alone."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from growth import linear, seconds
from word_files import cell, row, span, table, word_file

from khplans.errors import KhplansError
from khplans.intake import Taken, files, load_file, unregistered
from khplans.intake.decoding import MOST_CHARACTERS
from khplans.intake.files import take
from khplans.intake.markdown import read_markdown
from khplans.intake.web_pages import read_web_page
from khplans.pipeline import tables_of


def text_of_word(data: bytes) -> str:
    return take(data, Path("a.docx"), strict=False).text


def test_a_span_that_nothing_stands_under_costs_nothing() -> None:
    wide = table(row(cell("x", properties=span(100_000_000)), "y"), row("z"))
    assert text_of_word(word_file(wide)) == "x\t\ty\nz\n\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (table(row(*["x"] * 1001)), "1000 columns"),
        (table(*[row("x", properties=f'<w:gridBefore w:val="{n}"/>') for n in range(1001)]), "1000 columns"),
        ("<w:p/>" * 900_000, "5000000 bytes"),
        ("<w:sdt>" * 300 + "</w:sdt>" * 300, "damaged"),
        ("<w:tbl><w:tr><w:tc>" * 30 + "</w:tc></w:tr></w:tbl>" * 30, "nested more than 20"),
        ("<w:p><w:r><w:txbxContent>" * 30 + "</w:txbxContent></w:r></w:p>" * 30, "nested more than 20"),
        (table(row(*["x"] * 900), *[row("x", properties='<w:gridBefore w:val="899"/>')] * 9_000), "characters"),
    ],
    ids=["cells", "columns", "bomb", "deep", "tables", "boxes", "gaps"],
)  # fmt: skip
def test_word_files_beyond_bounds(body: str, words: str) -> None:
    with pytest.raises(KhplansError, match=words):
        text_of_word(word_file(body))


def test_archives_beyond_bounds_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word_file("<w:p/>", {"bomb": b"\0" * 6_000_000})
    many = word_file("<w:p/>", {f"x{i}": b"" for i in range(10_001)})

    def unpack(*_: object) -> bytes:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    for data, words in ((bomb, "5000000 bytes"), (many, "10000 entries")):
        with pytest.raises(KhplansError, match=words):
            text_of_word(data)


UNITS = [
    "<a ", "<a", "<!--", "<!-- >", "<![CDATA[ >", "<?", "<!", "</a ", "<a b=\">\"", "<a b='>' ", "<a '\"<a \"'",
    "<a \"'", "<script>", "<title>", "&#", "&amp", "&#9999999999", "<", "<b>a</b>", "<td>", "\"'<a >", " \t", "--",
]  # fmt: skip


OF_PAGES = [
    "<!-- - ", "</p>", "<p><b x=1>y</b>", "<li>x", "<ol><li>x</ol>", "<sup>1</sup>", "<a href=#n>[1]</a>", "<b>&nbsp;</b>",
    "<table><tr><td>x</table>", "<tr><td rowspan=9 colspan=9>", "<h1>x</h1>", "<p hidden>x</p>", "<i><b></i>",
]  # fmt: skip
OF_MARKDOWN = [
    "[a](", "*a ", "`", "```\n", "~~a", "<!--", "<table>\n", "</table>\n", "|a|b|\n", "a|b\n-|-\n", "|-|-|\n", "| |\n",
    "+-+-+\n", "+-+\n| |\n", "[^1]: a\n", "[a]: http://x\n", "^1^", "<sup>", "<s>a", "# a\n", "* a\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", [*UNITS, *OF_PAGES])
def test_web_pages_take_time_by_their_length(unit: str) -> None:
    few, many = (unit * (size // len(unit)) for size in (20_000, 160_000))
    assert linear(read_web_page, few, many)


@pytest.mark.parametrize("unit", OF_MARKDOWN)
def test_markdown_takes_time_by_its_length(unit: str) -> None:
    few, many = (unit * (size // len(unit)) for size in (2_500, 20_000))
    assert linear(read_markdown, few, many)


@pytest.mark.parametrize(
    "page",
    [
        "<a " + " ".join(f"a{n}=1" for n in range(30_000)) + ">x",
        "".join(f"<p><b id=a{n}>x" for n in range(2_000)),
        "<table><tr>" + "<td rowspan=60000>x" * 900 + "<tr><td>y" * 5_000,
        "<table>" + "<tr><td colspan=1000000>x" * 5_000,
        "<p style='" + "text-decoration:" * 20_000 + "'>x",
    ],
    ids=["attributes", "unclosed", "rowspans", "colspans", "style"],
)
def test_web_pages_that_cost_other_parsers_much(page: str) -> None:
    usual = "<p>Sở Y tế báo cáo kết quả.</p>" * (len(page) // 30)
    assert seconds(read_web_page, page) < 20 * max(seconds(read_web_page, usual), 0.02)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a < b & c", "a < b & c"),
        ("x<!-- y > -->z<!-- w", "xz"),
        ("x<![if !a]>y<![endif]>z", "xyz"),
        ('<p title="a > b" class=c>x', "x"),
        ("<P>x<a href='>'>y</A >", "xy"),
        ("x<a y", "x"),
        ("a<script>if (x < '</p>') y</SCRIPT >b", "ab"),
        ("&#1234567890;&#0;&lt;b&gt;", "\ufffd\ufffd<b>"),
        ("<![foo[x]]>y", "y"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
    ],
)
def test_odd_markup(page: str, text: str) -> None:
    assert read_web_page(page).taken.text == text


def test_what_is_longer_than_any_plan_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\n" * (MOST_CHARACTERS // 2 + 1))
    with pytest.raises(KhplansError, match="10 triệu"):
        load_file(path)
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    with pytest.raises(KhplansError, match="longer than"):
        load_file(path)


def test_what_a_text_takes_of_memory_is_bounded() -> None:
    """Lines of two letters take most: each becomes a block of its own."""
    text = "KẾ HOẠCH\n" + "ab\n" * 5_000
    tables_of(unregistered("a", Taken(text), text.encode()))
    tracemalloc.start()
    tables_of(unregistered("a", Taken(text), text.encode()))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 600 * len(text)
