"""The words before a number that bound it or make it a change: `tăng khoảng`, `còn dưới`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from khplans.knowledge.comparators import NumberCue, number_cues

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


# `mặt bằng`, `công bằng`, `văn bằng` are words of their own.
# And `đóng góp vào tăng trưởng` names what is given to, `tốc độ tăng` what is measured.
_NO_WORD_BEFORE = {
    "bằng": "(?<!mặt )(?<!công )(?<!văn )",
    "tăng trưởng": "(?<!vào )(?<!cho )(?<!của )(?<!tốc độ )",
    "tăng": "(?<!tốc độ )",
}


@cache
def _cue_pattern() -> re.Pattern[str]:
    forms = sorted(number_cues(), key=lambda form: (-len(form), form))
    words = "|".join(_NO_WORD_BEFORE.get(form, "") + re.escape(form) for form in forms)
    return re.compile(rf"(?<!\w)(?<!trở )(?:{words})(?!\w)\s?$", re.IGNORECASE)


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
        touching = touching and (cue.kind in ("bound", "change") or cue.form in ("gấp", "từ"))
        if touching and cue.form != "từ":
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
