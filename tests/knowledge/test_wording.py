"""Patterns of words: each finds its example, and the lists of words stand in the tables."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import khplans
from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording, words_for
from khplans.text.shadow import shadow

ROOT = Path(khplans.__file__).parent


def _wordings() -> dict[str, Wording]:
    return {
        f"{module.name.removeprefix('khplans.')}.{name}": value
        for module in pkgutil.walk_packages(khplans.__path__, "khplans.")
        if not module.name.endswith("__main__")
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, Wording)
    }


WORDINGS = _wordings()


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS.keys())
def test_a_pattern_of_words_finds_its_example(wording: Wording) -> None:
    example = shadow(wording.example) if wording.folded else wording.example
    assert wording.search(example), wording.pattern.pattern


def test_every_word_is_used() -> None:
    asked = "".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    uses = {row["use"] for row in read_table("words")}
    assert {use for use in uses if f"<{use}>" not in asked and f'"{use}"' not in asked} == set()


def test_a_use_that_no_table_has_is_told() -> None:
    with pytest.raises(LookupError, match=r"words\.csv: no use nonsense"):
        words_for("nonsense")
