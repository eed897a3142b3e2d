"""A plan's text in the pieces in which its pages show it."""

from __future__ import annotations

import pytest
from growth import linear

from khplans.site.paragraphs import pieces


@pytest.mark.parametrize("kind", ["item", "row"])
def test_the_pieces_are_the_whole_text_in_order(kind: str) -> None:
    text = "I. MỤC TIÊU\n\n1. Sở Y tế kiểm tra\nan toàn thực phẩm.\n  \n2\tTrồng rừng\tSở Y tế\n"
    block = {"kind": kind, "start": text.index("1."), "end": text.index("\n  \n")}
    found = list(pieces(text, [block]))
    assert "\n".join(one.of(text) for one in found) == text
    assert len(found) == text.count("\n") + (0 if kind == "item" else 1)


def test_a_block_of_many_lines_takes_its_length() -> None:
    def show(text: str) -> None:
        list(pieces(text, [{"kind": "item", "start": 0, "end": len(text)}]))

    assert linear(show, "ab\n" * 30_000, "ab\n" * 150_000)
