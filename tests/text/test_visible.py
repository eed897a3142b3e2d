"""What would act on a terminal or hide on a page is shown by a sign."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.errors import KhplansError
from khplans.text.visible import escape_json, hidden, visible

ACTING = [
    *map(chr, [*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)]),
    *map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C]),
    *map(chr, [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x2028, 0x2029, 0xE0041]),
    "\ud800", "\ufffe", "\uffff",
]  # fmt: skip


@pytest.mark.parametrize("character", ACTING, ids=lambda c: f"U+{ord(c):04X}")
def test_each_is_shown_by_its_own_sign(character: str) -> None:
    shown = visible(f"a{character}b")
    assert character not in shown
    assert shown.startswith("a")
    assert shown.endswith("b")
    sign = shown[1:-1]
    assert sign.isprintable()
    assert sign in (chr(0x2400 + ord(character) % 0x100), "␡", f"⟪U+{ord(character):04X}⟫")
    assert len({visible(other) for other in ACTING}) == len(ACTING)
    assert hidden(f"a{character}b") == [(1, character, sign)]


def test_what_people_write_stays() -> None:
    text = "Sở Y tế\tchủ trì\r\n“Đề án” – 8,1% \u00a0 ﷽ עברית 数 e\u0301 ✔\ufe0f\n"
    assert visible(text) == text
    assert hidden(text) == []


def test_a_return_is_seen_where_it_ends_no_line() -> None:
    assert visible("đạt 9%\rđạt 1%\r\n\r") == "đạt 9%␍đạt 1%\r\n␍"


@given(st.text())
def test_nothing_that_formats_is_left(text: str) -> None:
    left = {unicodedata.category(c) for c in visible(text) if c not in "\t\r\n"}
    assert not left & {"Cc", "Zl", "Zp", "Cs"}
    assert visible(visible(text)) == visible(text)


@given(st.lists(st.text(st.sampled_from([*ACTING, "a", '"', "\\", "\n"]))))
def test_json_with_them_escaped_is_the_same_value(values: list[str]) -> None:
    written = escape_json(json.dumps(values, ensure_ascii=False))
    assert json.loads(written) == values
    assert visible(written) == written


def test_an_error_shows_the_words_of_files() -> None:
    error = KhplansError("file-damaged", "là “\x1b[2J”", where="a\u202etxt.b", remedy="sửa\x07")
    assert str(error) == "a⟪U+202E⟫txt.b: là “␛[2J”. sửa␇"
    assert error.what == "là “\x1b[2J”"
