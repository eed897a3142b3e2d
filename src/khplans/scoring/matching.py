"""Pairs what was found with the answers, one to one, by overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

Record = dict[str, Any]
Same = Callable[[Record, Record], bool]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Characters that two half-open spans share.

    >>> overlap((0, 5), (3, 9)), overlap((0, 5), (5, 9))
    (2, 0)
    """
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def pair_up(
    gold: Sequence[Record], found: Sequence[Record], same: Same
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Pairs (gold, found) that `same` accepts, largest overlap first; what is missed; what is extra.

    Records have `span`. Among equal overlaps the earlier in the lists are paired first.
    """
    by_start = sorted(range(len(found)), key=lambda j: found[j]["span"][0])
    starts = [found[j]["span"][0] for j in by_start]
    longest = max((f["span"][1] - f["span"][0] for f in found), default=0)
    candidates = []
    for i, answer in enumerate(gold):
        start, end = answer["span"]
        near = by_start[bisect_left(starts, start - longest) : bisect_left(starts, end)]
        for j in near:
            shared = overlap(answer["span"], found[j]["span"])
            if shared and same(answer, found[j]):
                candidates.append((-shared, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    missed = [g for i, g in enumerate(gold) if i not in used_gold]
    extra = [f for j, f in enumerate(found) if j not in used_found]
    return pairs, missed, extra
