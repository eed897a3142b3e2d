"""What other programs write and people hardly ever do: nothing of it is refused or lost in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import word_files
from word_files import paragraph

from khplans.errors import KhplansError
from khplans.intake import decoding, load_plan
from khplans.intake.files import receive
from khplans.intake.markdown import read_markdown
from khplans.intake.registering import PlanFacts, register
from khplans.intake.web_pages import read_web_page

ABOUT = PlanFacts("Kế hoạch", "UBND tỉnh Hà Nam", "Hà Nam", "https://example.vn", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Kế hoạch<o:p></o:p> <st1:place>Hà Nam</st1:place></p>", "Kế hoạch Hà Nam"),
        ("<p>a\x0cb</p>", "a b"),
        ("<p id='&#1;'>a&#1;b</p>", "a\ufffdb"),
        ("<!doctype html><title>t</title><main><p>KẾ HOẠCH</p></main>", "KẾ HOẠCH"),
        ("<html><head><title>t</title><section>KẾ</section><p>x</p>", "KẾ\n\nx"),
        ("<pre>Mục 1\n<b>Mục 2</b>\nMục 3</pre>", "Mục 1\nMục 2\nMục 3"),
        ("<ol><li>1.500 hộ<li>1. xã<li>3.Xã</ol>", "1. 1.500 hộ\n\n2. 1. xã\n\n3.Xã"),
        ("<table style='vertical-align: super'><tr><td>a<td>b</table>", "a\tb"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>", "a\tb\nc\nd\te"),
    ],
)  # fmt: skip
def test_web_pages(page: str, text: str) -> None:
    assert read_web_page(page).taken.text == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a|b\n-|-\n1|2\n^^|3\n4|5", "a\tb\n1\t2\n3\n4\t5"),
        ("+--+--+\n|a |b |\n+--+  +\n|c  d |\n+--+--+", "+--+--+\n|a |b |\n+--+  +\n|c  d |\n+--+--+"),
        ("m<sup><b>2</b></sup>", "m²"),
        ("```\na\n```b\n```\nc", "a\n```b\nc"),
        ("[Ghi chú]: xem: (phần 2)", "[Ghi chú]: xem: (phần 2)"),
    ],
)  # fmt: skip
def test_markdown(markdown: str, text: str) -> None:
    assert read_markdown(markdown).text == text


def test_notes_in_a_table_of_html_in_markdown() -> None:
    taken = read_markdown(
        "x\n\n<table><tr><td>a<a href='#f'>[1]</a><td>b<tr><td><p id=f>ghi chú</p></table>"
    )
    (note,) = taken.layout.notes if taken.layout else ()
    assert (note.span.of(taken.text), taken.text[: note.called]) == ("ghi chú", "x\n\na")


def test_a_note_that_is_called_twice_in_markdown() -> None:
    layout = read_markdown("a[^1] b[^1]\n\n[^1]: c").layout
    assert layout
    assert [(piece.kind, piece.text) for piece in layout.left_out] == [("note-mark", "1")]


def register_and_load(folder: Path, name: str, data: bytes) -> str:
    file = folder / name
    file.write_bytes(data)
    return load_plan(register(receive(file), folder / "plans", "ha-nam-1", ABOUT)).source.text


@pytest.mark.parametrize("begin", ["\ufeff", "<html> "])
def test_what_is_taken_in_can_be_loaded(tmp_path: Path, begin: str) -> None:
    (tmp_path / "plans").mkdir()
    data = word_files.word_file(paragraph(begin.replace("<", "&lt;") + "KẾ HOẠCH"))
    assert register_and_load(tmp_path, "a.docx", data).startswith(begin)


def test_cells_of_word_merged_both_ways(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    begin, on = ("restart", "continue")
    rows = "".join(
        "<w:tr>" + "".join(
            f'<w:tc><w:tcPr><w:hMerge w:val="{across}"/><w:vMerge w:val="{down}"/></w:tcPr>{paragraph("KẾ HOẠCH")}</w:tc>'
            for across in (begin, on)
        ) + "</w:tr>"
        for down in (begin, on)
    )  # fmt: skip
    data = word_files.word_file(f"<w:tbl>{rows}</w:tbl>")
    assert register_and_load(tmp_path, "a.docx", data).count("KẾ HOẠCH") == 1


def test_a_text_is_as_long_as_a_text_may_be_whatever_it_came_as(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MOST_CHARACTERS", 60)
    (tmp_path / "a.docx").write_bytes(word_files.word_file(paragraph("KẾ HOẠCH " * 9)))
    with pytest.raises(KhplansError, match="a text too long"):
        receive(tmp_path / "a.docx")
