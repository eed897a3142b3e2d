"""A condition of more than four parts has names for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import khplans

ROOT = Path(khplans.__file__).parent
_MOST = 4


def _parts(node: ast.expr) -> int:
    """How many parts a condition has."""
    if isinstance(node, ast.BoolOp):
        return sum(map(_parts, node.values))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _parts(node.operand)
    return 1


def _long_conditions(code: str) -> Iterator[int]:
    """The lines on which conditions of too many parts begin."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.BoolOp) and _parts(node) > _MOST:
            yield node.lineno


def test_a_long_condition_is_found() -> None:
    assert list(_long_conditions("a = b and c and d and e")) == []
    assert list(_long_conditions("a = b and (c or not d)\nf = b and (c or d) and not e and g")) == [
        2
    ]


def test_no_condition_has_more_parts_than_can_be_read() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), line)
        for path in ROOT.rglob("*.py")
        for line in _long_conditions(path.read_text("utf-8"))
    }
    assert found == set()
