"""Quantities that are written without a unit: knowledge/data/bare_quantities.csv."""

from __future__ import annotations

from functools import cache

from khplans.knowledge.table import read_table
from khplans.knowledge.units import Unit, units


@cache
def _rules() -> tuple[tuple[tuple[str, ...], Unit], ...]:
    return tuple(
        (tuple(row["words"].lower().split("+")), units()[row["unit_id"]])
        for row in read_table("bare_quantities")
    )


def implied_unit(words: str) -> Unit | None:
    """The unit that the words before a bare number imply, or None.

    >>> implied_unit("Số bác sĩ trên một vạn dân đạt").unit_id
    'doctor_per_10000'
    """
    lower = words.lower()
    fits = (unit for needed, unit in _rules() if all(word in lower for word in needed))
    return next(fits, None)
