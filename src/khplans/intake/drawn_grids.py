"""Grid tables of Markdown: drawn with `+---+` and `|`, their merged cells too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

_RULE = re.compile(r"\+(?:[-=:]+\+)+")
_CHARACTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
"""What takes one place: a letter with its combining marks."""
_LINE = frozenset("-=:")


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: its place in the grid, how many places it takes, and its lines as they stand."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[str, ...]
    header: bool


def is_grid_rule(line: str) -> bool:
    """Whether a line is a rule from edge to edge, as a grid begins with.

    >>> is_grid_rule("+----+:--:+"), is_grid_rule("| a  | b  |")
    (True, False)
    """
    return _RULE.fullmatch(line.strip()) is not None


def read_drawn_grid(lines: Sequence[str]) -> tuple[DrawnCell, ...] | None:
    """The cells of a grid whose first and last line are rules; None where the bars don't line up.

    >>> cells = read_drawn_grid(["+---+---+", "| a     |", "+===+===+", "| b | c |", "+   +---+", "|   | d |", "+---+---+"])
    >>> [(cell.row, cell.column, cell.rows, cell.columns, cell.header) for cell in cells]
    [(0, 0, 1, 2, True), (1, 0, 2, 1, False), (1, 1, 1, 1, False), (2, 1, 1, 1, False)]
    """
    drawn = [_CHARACTER.findall(line.strip()) for line in lines]
    edges = sorted(
        {x for line in drawn if line[0] == "+" for x, sign in enumerate(line) if sign == "+"}
    )
    if len(edges) < 2 or any(len(line) != edges[-1] + 1 or line[-1] not in "+|" for line in drawn):
        return None
    rules = [y for y, line in enumerate(drawn) if _divides(line, edges)]
    head = next((n for n, y in enumerate(rules) if "=" in drawn[y]), 0)
    return _DrawnGrid(drawn, edges, rules, head).cells()


def _divides(line: Sequence[str], edges: Sequence[int]) -> bool:
    """Whether a line is a rule over one column at the least.

    >>> _divides("|  +--+", [0, 3, 6]), _divides("|  |  |", [0, 3, 6])
    (True, False)
    """
    return any(_solid(line, left, right) for left, right in pairwise(edges))


def _solid(line: Sequence[str], left: int, right: int) -> bool:
    """Whether a rule stands between two edges.

    >>> _solid("+--+", 0, 3), _solid("+a-+", 0, 3), _solid("|--|", 0, 3), _solid("++", 0, 1)
    (True, False, False, False)
    """
    return (
        right - left > 1
        and _LINE.issuperset(line[left + 1 : right])
        and "+" in (line[left], line[right])
    )


@dataclass(frozen=True, slots=True)
class _DrawnGrid:
    drawn: Sequence[Sequence[str]]
    edges: Sequence[int]
    rules: Sequence[int]
    head: int

    def cells(self) -> tuple[DrawnCell, ...] | None:
        """The cells; None where two take the same place."""
        found = []
        taken: set[tuple[int, int]] = set()
        for row in range(len(self.rules) - 1):
            for column in range(len(self.edges) - 1):
                if (row, column) in taken:
                    continue
                cell = self._cell(row, column)
                found.append(cell)
                places = set(
                    product(range(row, row + cell.rows), range(column, column + cell.columns))
                )
                if taken & places:
                    return None
                taken |= places
        return tuple(found)

    def _cell(self, row: int, column: int) -> DrawnCell:
        right = column + 1
        while right < len(self.edges) - 1 and not self._parted(row, right):
            right += 1
        below = row + 1
        while below < len(self.rules) - 1 and not self._ruled(below, column, right):
            below += 1
        lines = (
            "".join(self.drawn[y][self.edges[column] + 1 : self.edges[right]])
            for y in range(self.rules[row] + 1, self.rules[below])
        )
        return DrawnCell(row, column, below - row, right - column, tuple(lines), row < self.head)

    def _parted(self, row: int, edge: int) -> bool:
        """Whether a bar stands at an edge in all lines of a row."""
        x = self.edges[edge]
        return all(
            self.drawn[y][x] in "|+" for y in range(self.rules[row] + 1, self.rules[row + 1])
        )

    def _ruled(self, rule: int, left: int, right: int) -> bool:
        line = self.drawn[self.rules[rule]]
        return all(_solid(line, x, y) for x, y in pairwise(self.edges[left : right + 1]))
