"""The time grows with the length of a text alone, whatever is repeated in it.

`tests/support/long_texts.py` has more such texts, to be read at any length by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from growth import linear
from long_texts import HEAD, MARKS, SHAPES, run_of, words

from khplans.extraction.indicators.context import read_headline
from khplans.extraction.tasks.charges import read_charge
from khplans.extraction.tasks.deadlines import read_due
from khplans.model import Source
from khplans.pipeline import rows_of
from khplans.reading.documents import read_documents
from khplans.tables.misread import covering
from khplans.text.passage import Span
from khplans.text.shadow import shadow

CLOSERS = ("-", ",", "+", '"', "“", "–", "và ", "của ", "đạt ", "từ ", "đến ", "2024-", "so với ")
SOME = random.Random(12).sample([*words(), *(mark for mark in MARKS if mark not in "|\t")], 16)


def grows_with_its_length(read: Callable[[str], object], make: Callable[[int], str], length: int) -> bool:  # fmt: skip
    read(make(1))
    return linear(read, make(length), make(4 * length))


@pytest.mark.parametrize("piece", [*CLOSERS, *SOME])
def test_runs(piece: str) -> None:
    assert grows_with_its_length(rows_of, lambda n: run_of(piece, n), 2_500)


@pytest.mark.parametrize("piece", ["đại hội thông qua ", "đại hội ", "tiêu chí "])
def test_headlines(piece: str) -> None:
    assert grows_with_its_length(lambda words: read_headline(words, None), lambda n: piece * n, 500)


@pytest.mark.parametrize(
    ("begins", "more", "length"),
    [
        ("<table>", "<tr><td rowspan=9999>x</td></tr>\n", 2_000),
        ("|\nTT\n|\nNhiệm vụ\n|\nChủ trì\n|\n", "|\nabc x\n", 2_000),
        ("", "Số: 5/KH-UBND\n" + "a bc " * 17 + "\n", 1_000),
    ],
)
def test_rows_and_numbers(begins: str, more: str, length: int) -> None:
    assert grows_with_its_length(rows_of, lambda n: begins + more * n, length)


def test_rows_of_figures_are_not_held_against_every_indicator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[Span] = []
    inside = Span.__contains__

    def counted(span: Span, other: Span) -> bool:
        held.append(other)
        return inside(span, other)

    monkeypatch.setattr(Span, "__contains__", counted)

    def times(count: int) -> int:
        held.clear()
        rows = "".join(f"{n}\tTrồng rừng xã {n}\tha\t{n + 40}\n" for n in range(1, count))
        found = rows_of(f"{HEAD}TT\tChỉ tiêu\tĐơn vị\tNăm 2024\n{rows}")
        assert len(found["indicators"]) == count - 1
        return len(held)

    assert times(81) < 8 * times(21)


@pytest.mark.parametrize("apart", [10, 0], ids=["in a list", "that share a cell"])
def test_rows_with_recognised_words(apart: int) -> None:
    def read(text: str) -> object:
        return covering([[Span(apart * n, apart * n + 9)] for n in range(len(text))])

    assert linear(read, "x" * 1_500, "x" * 12_000)


def test_marks_without_a_letter() -> None:
    assert grows_with_its_length(rows_of, lambda n: HEAD + "\u0300\u0316" * n, 10_000)


@pytest.mark.parametrize(
    "shape", ["heading of many bodies over many tasks", "fields of a task of many bodies"]
)
def test_structures(shape: str) -> None:
    assert grows_with_its_length(rows_of, SHAPES[shape], 10_000)


def test_deadlines() -> None:
    def times(count: int) -> str:
        return "Báo cáo " + "định kỳ 6 tháng, " * count + "trước ngày 15/12, " * count

    assert grows_with_its_length(lambda text: read_due(text, 2024), times, 700)


def test_a_title_has_an_end() -> None:
    (document,) = read_documents(Source("long", HEAD + "ab\n" * 1_000)).documents
    assert len(document.title or "") < 600


def test_no_opening_is_read_deeper_and_deeper() -> None:
    words = "Trên đây là kế hoạch. " * 2_000 + "Sở Y tế tổ chức thực hiện."
    assert read_charge(words, shadow(words)).end < len(words)
