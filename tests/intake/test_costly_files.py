"""Small files that would cost much are refused or read in time that grows with their length alone."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from word_files import cell, row, span, table, word_file

from khplans.errors import KhplansError
from khplans.intake.files import take
from khplans.intake.web_pages import read_web_page


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


def seconds(page: str) -> float:
    start = time.process_time()
    read_web_page(page)
    return time.process_time() - start


@pytest.mark.parametrize("unit", [*UNITS, "<!-- - "])
def test_web_pages_take_time_by_their_length(unit: str) -> None:
    few, many = (unit * (size // len(unit)) for size in (40_000, 160_000))
    assert seconds(many) < 8 * max(seconds(few), 0.02)


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
