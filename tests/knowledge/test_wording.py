"""Patterns of words: each finds its example, and the lists of words stand in the tables."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzzing import bounded

import khplans
from khplans.knowledge.table import read_table
from khplans.knowledge.wording import Wording, words_for
from khplans.text.shadow import shadow

ROOT = Path(khplans.__file__).parent
STAGES = ("reading", "extraction", "linking")


def _wordings() -> dict[str, Wording]:
    """Every pattern of words of every module, those of a table of pairs too."""
    found = {}
    for module in pkgutil.walk_packages(khplans.__path__, "khplans."):
        if module.name.endswith("__main__"):
            continue
        for name, value in list(vars(importlib.import_module(module.name)).items()):
            rows = value if isinstance(value, tuple) else ((value,),)
            cells = [cell for row in rows if isinstance(row, tuple) for cell in row]
            for k, cell in enumerate(cells):
                if isinstance(cell, Wording):
                    mark = f"[{k}]" if isinstance(value, tuple) else ""
                    found[f"{module.name.removeprefix('khplans.')}.{name}{mark}"] = cell
    return found


WORDINGS = _wordings()


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS.keys())
def test_a_pattern_of_words_finds_its_example(wording: Wording) -> None:
    example = shadow(wording.example) if wording.folded else wording.example
    assert wording.search(example), wording.pattern.pattern


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS.keys())
def test_a_pattern_takes_no_endless_time_for_what_repeats(wording: Wording) -> None:
    """Each character of the example over and over, then something else: no two ways to take it that multiply."""
    example = shadow(wording.example) if wording.folded else wording.example
    with bounded():
        for at in range(len(example)):
            wording.search(f"{example[: at + 1]}{example[at] * 300}\0")


def test_every_word_is_used() -> None:
    asked = "".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    uses = {row["use"] for row in read_table("words")}
    assert {use for use in uses if f"<{use}>" not in asked and f'"{use}"' not in asked} == set()


def test_a_use_that_no_table_has_is_told() -> None:
    with pytest.raises(LookupError, match=r"words\.csv: no use nonsense"):
        words_for("nonsense")


_GROUP = re.compile(r"\((?:\?(?:P<\w+>|<?[=!]|[ai]*:))?([^()]*)\)(?:[?*+]|\{[\d,]+\})?")
_WORDS = re.compile(r"(?=.*[^\W\d_A-ZĐ]{2})[^\W\d_]+(?: [^\W\d_]+)*")
"""Words, and no symbols of a number (`QĐ`)."""
_MOST = 2
"""Words that a list may have in code; a longer one stands in a table."""


def _lists(pattern: str) -> list[int]:
    """How many words each list of alternatives in a pattern has; a list of words.csv counts as none."""
    counts = []
    while True:
        group = _GROUP.search(pattern)
        words = (group[1] if group else pattern).split("|")
        counts.append(sum(bool(_WORDS.fullmatch(word.strip())) for word in words))
        if not group:
            return counts
        pattern = f"{pattern[: group.start()]}~{pattern[group.end() :]}"


def test_a_list_is_counted() -> None:
    assert max(_lists(r"\b(?:sở|ban|ngành)(?: (?:tỉnh|huyện))?")) == 3
    assert max(_lists(r"\b(?:<level>|<plan>)")) == 0


def _counted(node: ast.AST) -> int:
    """How many words stand in a list: of a pattern's alternatives, or of a tuple, list or set."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return 0 if "\n" in node.value or "|" not in node.value else max(_lists(node.value))
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        words = [one.value if isinstance(one, ast.Constant) else None for one in node.elts]
        if all(isinstance(word, str) and _WORDS.fullmatch(word) for word in words):
            return 0 if "".join(map(str, words)).isascii() else len(words)
    return 0


@pytest.mark.parametrize("stage", STAGES)
def test_lists_of_words_stand_in_tables(stage: str) -> None:
    found = {
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / stage).rglob("*.py"))
        if path.stem != "html_tables"  # its words are tags
        for node in _without_examples(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.expr) and _counted(node) > _MOST
    }
    assert found == set()


def _without_examples(node: ast.AST) -> Iterator[ast.AST]:
    """All of a tree but the examples of rules, whose words are those of a text."""
    yield node
    rule = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rule"
    for k, part in enumerate(ast.iter_child_nodes(node)):
        if not (rule and k == 2):  # after its function and its name
            yield from _without_examples(part)


_NO_VIETNAMESE = {"html_tables", "running_heads", "evidence", "units"}
"""Modules with marks of HTML, an address, the ids of units, a table of currencies."""
_NO_WORDS = re.compile(r"\(\?P?[<=:!a-z]+\w*[>:)]?|\[(?:\\.|[^\]])*\]|\\[a-zA-Z]")


def _holds_words(pattern: str) -> bool:
    return bool(re.search(r"[^\W\dA-ZĐ_]{2}", _NO_WORDS.sub("~", pattern)))


def test_words_in_a_pattern_are_seen() -> None:
    assert _holds_words(r"\bsố ?\d")
    assert _holds_words(r"(?:va|hoac) ")
    assert not _holds_words(r"(?P<number>\d+)[a-zđ]?/(?:QĐ|KH)")


@pytest.mark.parametrize("stage", STAGES)
def test_a_pattern_of_words_has_an_example(stage: str) -> None:
    """`re.compile` of a module holds no words: `Wording` does, whose example is tried."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / stage).rglob("*.py"))
        if path.stem not in _NO_VIETNAMESE
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign)
        for part in ast.walk(node.value)
        if isinstance(part, ast.Call) and ast.unparse(part.func) == "re.compile"
        for text in ast.walk(part.args[0])
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
        if _holds_words(text.value)
    ]
    assert found == []
