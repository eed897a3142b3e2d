"""Texts that say the same, and texts that say it twice."""

from __future__ import annotations

import pytest

from khplans.text.likeness import likeness, second_copy, sketch, words_digest

LINES = [f"Sở số {n} rà soát, bổ sung quy hoạch mạng lưới của huyện thứ {n * n}" for n in range(20)]
TEXT = "\n".join(LINES)


def test_spaces_case_and_punctuation_make_no_other_text() -> None:
    assert words_digest(TEXT) == words_digest(
        TEXT.upper().replace(" ", " \u00a0\n").replace(",", ";")
    )
    assert words_digest(TEXT) != words_digest(TEXT.replace("19", "18"))


@pytest.mark.parametrize(
    ("other", "share"),
    [(TEXT, 1), ("\n".join(LINES[::-1]), 1), ("\n".join(LINES[:10]), 0.5), ("", 0), ("ngắn", 0)],
)
def test_likeness_is_the_share_of_the_longer(other: str, share: float) -> None:
    assert likeness(TEXT, other) == pytest.approx(share, abs=0.02)
    assert likeness(other, TEXT) == pytest.approx(share, abs=0.02)


def test_texts_that_are_much_alike_share_a_part_of_their_sketch() -> None:
    for gone in range(20):
        changed = "\n".join([*LINES[:gone], "khác", *LINES[gone + 1 :]])
        assert set(sketch(TEXT)) & set(sketch(changed))


def test_a_second_copy_is_one_where_the_pieces_follow_as_they_did() -> None:
    both = f"{TEXT}\n{TEXT}"
    copy = second_copy(both)
    assert copy is not None
    assert copy.of(both).strip() == TEXT
    assert second_copy(TEXT) is None
    assert second_copy("\n".join([*LINES, *LINES[::-1]])) is None
    assert second_copy("\n".join([*LINES, *LINES[:9]])) is None
    assert second_copy("\n".join(LINES[:3] * 2)) is None
