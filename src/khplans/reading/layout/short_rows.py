"""Rows with fewer cells than the table has columns: which columns the cells stand in."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from khplans.model import ColumnRole
from khplans.reading.layout.cell_fit import misfit

_CLEAR = 1.0
"""By how much the best place of all cells must be better than the second."""
_WORST = 1.5
"""How badly a cell may fit its column."""


def columns_of(texts: Sequence[str], roles: Sequence[ColumnRole]) -> list[int] | None:
    """The columns that the cells of a short row stand in, in their order; None where that is not clear.

    >>> roles = ["label", "task", "lead", "coordinate", "deadline"]
    >>> columns_of(["2", "Tập huấn", "Sở Y tế", "Sở Nội vụ"], roles)
    [0, 1, 2, 3]
    >>> columns_of(["2", "Tập huấn", "Quý II/2025"], roles)
    [0, 1, 4]
    >>> columns_of(["2", "Tập huấn", "Sở Y tế", "Quý II/2025"], roles) is None
    True
    """
    # best[k]: the cheapest places of the cells so far whose last one is column k, and the second cheapest.
    spare = len(roles) - len(texts)
    best: dict[int, list[tuple[float, tuple[int, ...]]]] = {-1: [(0.0, ())]}
    for n, text in enumerate(texts):
        here: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        for k in range(n, n + spare + 1):
            worse = misfit(text, roles[k])
            before = sorted(way for last, ways in best.items() if last < k for way in ways)[:2]
            here[k] = [(cost + worse, (*places, k)) for cost, places in before]
        best = here
    first, second = [*sorted(way for ways in best.values() for way in ways), (inf, ()), (inf, ())][
        :2
    ]
    fits = all(misfit(text, roles[k]) <= _WORST for text, k in zip(texts, first[1], strict=False))
    return list(first[1]) if fits and first[1] and second[0] - first[0] >= _CLEAR else None
