"""Every error has a code of `knowledge/data/errors.csv`, and every code there is some error's."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import khplans
from khplans.errors import KhplansError, _refusals
from khplans.knowledge.table import read_table

ROOT = Path(khplans.__file__).parent


def _kinds() -> set[str]:
    """The names of the classes of error in the code: `KhplansError` and whatever stands on one of them."""
    classes = [
        node
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found = {"KhplansError"}
    while more := {one.name for one in classes if found & _names(*one.bases)} - found:
        found |= more
    return found


def _names(*nodes: ast.AST) -> set[str]:
    """The names in some code, those after a dot too."""
    inside = [one for node in nodes for one in ast.walk(node)]
    return {one.id for one in inside if isinstance(one, ast.Name)} | {
        one.attr for one in inside if isinstance(one, ast.Attribute)
    }


_OF_PAGES = ("pdf-", "scan-")
"""How the names begin that a process which reads pages says the rest of."""


def _refused(code: str) -> Iterator[tuple[str, set[str]]]:
    """The name of each error of `refusals.csv` that is made, and what its gaps are given."""
    for node in ast.walk(ast.parse(code)):
        told = isinstance(node, ast.Call) and {"refusal", "called"} & _names(node.func)
        if told and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value), {str(one.arg) for one in node.keywords}


def _codes(code: str, kinds: set[str]) -> Iterator[tuple[int, str]]:
    """The line and the code of each error that is made; `?` where it can't be told from the code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and kinds & _names(node.func):
            first = node.args[0] if node.args else None
            if isinstance(node.func, ast.Attribute) and node.func.attr == "called":
                continue  # its name has a code in refusals.csv
            if isinstance(first, ast.Constant):
                yield node.lineno, str(first.value)
            elif not (isinstance(first, ast.Attribute) and first.attr == "code"):
                yield node.lineno, "?"  # else it is passed on from another error


def _made() -> dict[str, set[str]]:
    kinds = _kinds()
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        for line, code in _codes(path.read_text("utf-8"), kinds):
            found.setdefault(code, set()).add(f"{path.relative_to(ROOT).as_posix()}:{line}")
    return found


def test_codes_are_found() -> None:
    text = 'E("a", "b")\nx.E(what)\n(E if a else F)("c", 1)\nE(error.code, 2)\nE()\nG("d")\n'
    assert list(_codes(text, {"E"})) == [(1, "a"), (2, "?"), (3, "c"), (5, "?")]
    assert {"AnotherRun", "UnknownNameError", "OfflineError", "_PassingError"} <= _kinds()


def test_every_error_has_a_code_of_the_table_and_every_code_an_error() -> None:
    made = _made() | {row["code"]: {name} for name, row in _refusals().items()}
    listed = {row["code"] for row in read_table("errors")}
    assert {code: places for code, places in made.items() if code not in listed} == {}
    assert listed - made.keys() == set()


def test_every_refusal_has_its_words_with_gaps_for_what_it_gives_and_none_is_idle() -> None:
    made = [one for path in ROOT.rglob("*.py") for one in _refused(path.read_text("utf-8"))]
    gaps = {
        name: {
            field.partition(".")[0]
            for text in row.values()
            for _, field, _, _ in Formatter().parse(text)
            if field
        }
        for name, row in _refusals().items()
    }
    of_pages = {name for name in gaps if name.startswith(_OF_PAGES)}
    assert [one for one in made if gaps.get(one[0]) != one[1]] == []
    assert gaps.keys() - {name for name, _ in made} == of_pages
    assert all(gaps[name] <= {"page"} for name in of_pages)
    assert list(gaps) == sorted(gaps)
    assert all(row["what"] and row["what_en"] for row in _refusals().values())


def test_the_table_is_in_order() -> None:
    codes = [row["code"] for row in read_table("errors")]
    assert codes == sorted(codes)


def test_a_code_comes_back_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(KhplansError("fault", "hỏng", where="a")))
    assert (error.code, str(error)) == ("fault", "a: hỏng")


def test_python_has_the_code() -> None:
    with pytest.raises(khplans.KhplansError) as caught:
        khplans.load(source="no-such-folder")
    assert caught.value.code == "file-not-found"
