"""Words of a plan in notes: short, showing what differs, meaning nothing in Markdown or HTML."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.releases.readable import LENGTH, differing, shorten_line, without_markup

words = st.text(st.sampled_from("aạ *_[]<>&|`\\{}~$#"), max_size=12)


@given(st.text(max_size=400), words, words, st.text(max_size=400))
def test_what_differs_is_always_shown(before: str, old: str, new: str, after: str) -> None:
    one, other = before + old + after, before + new + after
    shown = differing(one, other)
    assert (shown[0] == shown[1]) == (one == other)
    if max(len(one), len(other)) > LENGTH:
        assert all(
            text.strip("…") in whole for text, whole in zip(shown, (one, other), strict=True)
        )
        assert max(map(len, shown)) <= 80 + max(len(old), len(new)) + 2 + len(before) * (
            one == other
        )


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a" * 240, "b", ("a" * 240, "b")),
        ("a" * 240, "a" * 239 + "b", ("a" * 240, "a" * 239 + "b")),
        ("b" + "a" * 300, "b" + "a" * 301, ("…" + "a" * 40, "…" + "a" * 41)),
        ("a" * 300, "a" * 301, ("…" + "a" * 40, "…" + "a" * 41)),
        ("ab" * 150, "ab" * 151, ("…" + "ab" * 20, "…" + "ab" * 21)),
        ("x" + "a" * 300, "y" + "a" * 300, ("x" + "a" * 40 + "…", "y" + "a" * 40 + "…")),
        ("a" * 300 + "x", "a" * 300 + "y", ("…" + "a" * 40 + "x", "…" + "a" * 40 + "y")),
    ],
)
def test_texts_are_cut_at_the_end_that_they_share(
    before: str, after: str, shown: tuple[str, str]
) -> None:
    assert differing(before, after) == shown


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Sở Y tế", 7, "Sở Y tế"),
        ("Sở Y tế", 6, "Sở Y…"),
        ("Sở Y tế", 5, "Sở Y…"),
        ("a\x1b[2J\x85b\u2028c", 40, "a␛[2J⟪U+0085⟫b⟪U+2028⟫c"),
        (" a\n\t b ", 40, "a b"),
    ],
)
def test_a_line_is_no_longer_than_asked_and_hides_nothing(
    text: str, length: int, short: str
) -> None:
    assert shorten_line(text, length) == short


@given(st.text(st.sampled_from("aạ *_[]<>&|`\\{}~$#!()"), max_size=60))
def test_any_words_come_out_of_markdown_as_they_are(text: str) -> None:
    import html
    import re

    made = markdown.markdown(f"- **sửa** x{without_markup(text)}x")
    assert not re.sub(r"</?(?:ul|li|strong)>", "", made).count("<")
    body = html.unescape(re.sub(r"</?(?:ul|li|strong)>", "", made)).strip()
    assert body == f"sửa x{shorten_line(text)}x"


def test_signs_of_other_kinds_of_markdown_are_entities() -> None:
    assert without_markup("a|b ~~c~~ $d$") == "a&#124;b &#126;&#126;c&#126;&#126; &#36;d&#36;"
