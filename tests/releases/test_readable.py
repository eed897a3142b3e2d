"""Words of a plan in notes: short, showing what differs, meaning nothing in Markdown or HTML."""

from __future__ import annotations

import markdown
from hypothesis import given
from hypothesis import strategies as st

from khplans.releases.readable import LENGTH, differing, plain, shorten

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


@given(st.text(st.sampled_from("aạ *_[]<>&|`\\{}~$#!()"), max_size=60))
def test_any_words_come_out_of_markdown_as_they_are(text: str) -> None:
    import html
    import re

    made = markdown.markdown(f"- **sửa** x{plain(text)}x")
    assert not re.sub(r"</?(?:ul|li|strong)>", "", made).count("<")
    body = html.unescape(re.sub(r"</?(?:ul|li|strong)>", "", made)).strip()
    assert body == f"sửa x{shorten(text)}x"
