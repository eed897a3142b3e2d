"""What numbers a paragraph comes from the layout: the file's own list items, else those that were typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import in_list, levels, lists, paragraph, word_file

from khplans.intake import load_file
from khplans.layout import Item, Layout
from khplans.model import Source
from khplans.reading.documents import read_documents
from khplans.reading.layout.laid_out import lay_out
from khplans.text.passage import Span

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH HÀ GIANG",
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "Phát triển du lịch",
    "I. NHIỆM VỤ",
)


def body(source: Source) -> list[tuple[str | None, str]]:
    """The label and the words of each block below the heading."""
    blocks = read_documents(source).documents[0].blocks
    found = [(block.label, block.text.text) for block in blocks]
    return found[found.index(("I", "NHIỆM VỤ")) + 1 :]


def listed(*lines: tuple[str, str]) -> Source:
    """A plan with a list: of each line the marker that the file has, and the words."""
    text = "\n".join(HEAD)
    items = []
    for marker, words in lines:
        start = len(text) + 1
        text += f"\n{marker} {words}"
        items.append(Item(Span(start, len(text)), Span(start, start + len(marker)), 0))
    return Source("p", text, layout=Layout(items=tuple(items)))


@pytest.mark.parametrize(
    ("form", "pattern", "label"),
    [
        ("decimal", "%1", "1"),
        ("lowerRoman", "%1.", "i"),
        ("lowerRoman", "%1)", "i)"),
        ("upperLetter", "%1", "A"),
        ("bullet", "✓", "✓"),
        ("bullet", "➢", "➢"),
    ],
)
def test_what_word_numbers_is_numbered_however_it_looks(
    tmp_path: Path, form: str, pattern: str, label: str
) -> None:
    file = tmp_path / "a.docx"
    numbered = paragraph("Sở Y tế báo cáo kết quả.", properties=in_list(1))
    head = "".join(map(paragraph, HEAD))
    file.write_bytes(word_file(head + numbered, numbering=lists(levels((form, pattern)))))
    assert body(load_file(file).source) == [(label, "Sở Y tế báo cáo kết quả.")]


def test_roman_numbers_of_a_file_follow_each_other() -> None:
    source = listed(("i.", "Một"), ("ii.", "Hai"), ("iii.", "Ba"), ("iv.", "Bốn"))
    assert [label for label, _ in body(source)] == ["i", "ii", "iii", "iv"]
    assert not read_documents(source).doubts


def test_a_mark_in_words_is_no_marker() -> None:
    assert body(listed(("Bước 1:", "Sở Y tế báo cáo."))) == [(None, "Bước 1: Sở Y tế báo cáo.")]


def test_what_was_typed_in_a_file_with_lists_is_inferred() -> None:
    text = "1 Sở Y tế báo cáo.\na) Kiểm tra.\n2024 là năm cuối."
    items = (Item(Span(0, 18), Span(0, 1), 0),)
    laid = lay_out(Source("p", text, layout=Layout(items=items)))
    assert [(item.marker.of(text), item.basis) for item in laid.items] == [
        ("1", "file"),
        ("a)", "inferred"),
    ]


def test_every_marker_of_a_line_is_an_item_of_the_layout() -> None:
    text = "**I. NHIỆM VỤ**\n> 1. Sở Y tế\n* Báo cáo\n- Kiểm tra\n2024 là năm cuối"
    laid = lay_out(Source("p", text))
    assert [item.marker.of(text) for item in laid.items] == ["I.", "1.", "*", "-"]
    assert [line.marker.label for line in laid.lines if line.marker] == ["I", "1", "*", "-"]


def test_the_number_of_a_row_is_no_item() -> None:
    text = "1. Bảng\n\nTT\tNhiệm vụ\tChủ trì\n1. Trồng rừng\tSở Y tế\t\n- Chăn nuôi\tSở Y tế\t\n\n2. Khác"
    laid = lay_out(Source("p", text))
    assert [item.marker.of(text) for item in laid.items] == ["1.", "2."]
