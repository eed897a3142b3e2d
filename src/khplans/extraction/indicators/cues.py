"""The words before a number that bound it or make it a change: `tăng khoảng`, `còn dưới`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from khplans.knowledge.comparators import NumberCue, Says, cues_that_say, number_cues

Comparator = Literal["=", ">=", ">", "<=", "<", "~", ">~", "<~"]
Change = Literal["level", "increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words before a number tell.

    `start` is where those that touch the number begin, `lead` where all of them do; `settled`
    says that a change is named but the number is where it ends; `forms` are nearest first.
    """

    start: int
    lead: int
    bound: Comparator | None
    change: Change
    settled: bool
    yearly: bool
    forms: tuple[str, ...]


@cache
def _cue_pattern() -> re.Pattern[str]:
    cues = sorted(number_cues().values(), key=lambda cue: (-len(cue.form), cue.form))
    words = "|".join(
        "".join(f"(?<!{word} )" for word in cue.not_after) + re.escape(cue.form) for cue in cues
    )
    return re.compile(rf"(?<!\w)(?<!trở )(?:{words})(?!\w)\s?$", re.IGNORECASE)


def say(cues: Iterable[str], what: Says) -> bool:
    """Whether one of the cues before a number tells something of it.

    >>> say(("từ", "tăng"), "starts"), say(("tăng",), "starts")
    (True, False)
    """
    return not cues_that_say(what).isdisjoint(cues)


def words_before(text: str, number: int) -> Cues:
    """Walk back over the cues that stand before the number, one phrase at a time.

    >>> cues = words_before("tỷ lệ hộ nghèo giảm xuống dưới 10%", 31)
    >>> cues.bound, cues.change, cues.settled, cues.forms
    ('<', 'level', True, ('dưới', 'xuống', 'giảm'))
    """
    start, touching = number, True
    bound: str | None = None
    change: Change = "level"
    settled = yearly = False
    seen: list[str] = []
    position = number
    while cue_at := _cue_before(text, position):
        cue, position = cue_at
        seen.append(cue.form)
        if cue.kind == "bound":
            bound = cue.value if bound is None else _both(cue.value, bound)
        elif cue.kind == "change" and change == "level":
            change = "level" if settled else cast(Change, cue.value)
        settled = settled or cue.kind == "settle"
        yearly = yearly or cue.value == "per_year"
        touching = touching and (cue.kind in ("bound", "change") or "touches" in cue.says)
        if touching and "starts" not in cue.says:
            start = position
    return Cues(
        start, position, cast("Comparator | None", bound), change, settled, yearly, tuple(seen)
    )


def _both(outer: str, inner: str) -> str:
    """`trên khoảng`, `khoảng trên` are `>~`; of two that don't go together the nearer counts."""
    if outer == "~" and inner in "<>":
        return inner + outer
    return outer + inner if outer in "<>" and inner == "~" else inner


def _cue_before(text: str, position: int) -> tuple[NumberCue, int] | None:
    window = text[max(0, position - 22) : position]
    match = _cue_pattern().search(window)
    if match is None:
        return None
    return number_cues()[match[0].strip().lower()], position - len(window) + match.start()
