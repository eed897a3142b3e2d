"""Words that tell who is told what: knowledge/data/task_cues.csv."""

from __future__ import annotations

from functools import cache

from khplans.knowledge.table import read_table


@cache
def cues(use: str) -> tuple[str, ...]:
    """The folded words of one use, in file order.

    >>> "chu tri" in cues("verb")
    True
    """
    return tuple(row["words"] for row in read_table("task_cues") if row["use"] == use)
