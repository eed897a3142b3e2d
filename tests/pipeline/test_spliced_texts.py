"""Lines of real plans, cut, mixed and misread, break nothing: no exception, no wrong span."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from proofs import Ran
from rounds import draws, rounds

from khplans.pipeline import rows_of

ROOT = Path(__file__).parents[2]
_SIGNS = "0123456789.,;:/|-+()\t\n  “”–…%ặỀđIVXa)b) \u00a0\u200b"
_RUNS = rounds(200, 40_000)
_BATCHES = 4
FOUND = [
    # whose names lost the blank and the dash of `Lao động - Thương binh`
    "Quyết định số 600/QĐ-LĐTBXH ngày 29/5/2020 của Bộ \nLao độngThương binh và Xã hội về việc ",
    # whose number stands alone above nothing but a line about it
    "- Dự thảo quy định mức trợ cấp, phụ cấp ưu đãi người có công.\n1.\n- Thành phần: Lãnh đạo sở.",
]
"""What broke something once."""


@cache
def _texts() -> Sequence[Sequence[str]]:
    """The lines of the plans and of the texts of the tests."""
    paths = sorted((*ROOT.glob("plans/*/source.txt"), *ROOT.glob("tests/**/*.txt")))
    return [path.read_text("utf-8").split("\n") for path in paths]


def spliced(seed: int) -> str:
    """Runs of lines of one to three texts, in order or not, some left out or twice, some characters others."""
    draw = draws(seed)
    lines: list[str] = []
    for _ in range(draw.randint(1, 3)):
        text = draw.choice(_texts())
        first = draw.randrange(len(text))
        lines += text[first : first + draw.randint(3, 120)]
    way = draw.choice(("whole", "mixed", "holes", "twice"))
    if way == "mixed":
        draw.shuffle(lines)
    elif way == "holes":
        lines = [line for line in lines if draw.random() < 0.8]
    elif way == "twice":
        lines = [line for line in lines for _ in range(draw.choice((1, 1, 1, 2)))]
    return _misread(draw, draw.choice(("\n",) * 9 + (" ",)).join(lines))


def _misread(draw: random.Random, text: str) -> str:
    """A text with up to one of two hundred characters another, gone, or put in."""
    signs = list(text)
    for _ in range(draw.randint(0, len(signs) // 200)):
        at = draw.randrange(len(signs))
        signs[at] = draw.choice((draw.choice(_SIGNS), "", signs[at] + draw.choice(_SIGNS)))
    return "".join(signs)


def check(text: str) -> None:
    for name, rows in rows_of(text).items():
        for row in rows:
            if row.get("start") is not None:
                assert 0 <= row["start"] < row["end"] <= len(text) or not text, (name, row)
            if row.get("quote") is not None:
                assert text[row["start"] : row["end"]] == row["quote"], (name, row)


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found_stays_mended(text: str) -> None:
    check(text)


@pytest.mark.parametrize("batch", range(_BATCHES))
def test_spliced_and_misread_lines_break_nothing(batch: int, record_property: Ran) -> None:
    seeds = range(batch, _RUNS, _BATCHES)
    record_property("runs", len(seeds))
    for seed in seeds:
        text = spliced(seed)
        if not text.strip():
            continue
        try:
            check(text)
        except Exception as error:
            raise AssertionError(f"spliced({seed}): {error!r}") from error
