"""Whether a number is a target or a result: the words around it, its section, its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.clause_words import clause_words

Kind = Literal["target", "actual"]

_SAME_TIME = re.compile(r"[^.;]{0,60}\bcùng kỳ\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a passage: its section's role, the document's year and whether it reports."""

    role: str
    year: int | None
    today: str
    reports: bool = False


def kind_of(
    clause: str,
    sentence: str,
    behind: str,
    period: str | None,
    setting: Setting,
    *,
    inherited: bool = False,
) -> Kind:
    """The kind of a number.

    `clause` is what stands before it since the number before, `sentence` since the sentence's
    start, `behind` what follows it up to the next number. `inherited` says that the period is
    that of a sentence before.

    >>> here = Setting("objective", 2024, "2024-01-19")
    >>> kind_of("Thu ngân sách nhà nước đạt ", "Thu ngân sách nhà nước đạt ", "", "2024", here)
    'target'
    >>> kind_of("GRDP ước ", "GRDP ước ", "", "2024", here)
    'actual'
    """
    clause = clause.rpartition(";")[2]
    decided = _nearest(clause, "aim", "result")
    if decided is None and _SAME_TIME.match(behind):
        decided = "actual"
    told = _nearest(sentence, "aim", "result")
    if decided is None and inherited and told == "target":
        decided = told
    decided = decided or tense(period, setting) or told
    if decided:
        return decided
    if setting.role == "objective":
        return "target"
    leaning = _nearest(sentence, "leans-aim", "leans-result")
    if setting.role in ("task", "organisation"):
        return leaning or "target"
    if setting.role in ("situation", "") or setting.reports:
        return "actual"
    return leaning or "target"


def _nearest(words: str, aims: str, results: str) -> Kind | None:
    """Which of two sets of words stands last."""
    aim = max((m.start() for m in clause_words(aims).finditer(words)), default=-1)
    result = max((m.start() for m in clause_words(results).finditer(words)), default=-1)
    if aim == result == -1:
        return None
    return "target" if aim > result else "actual"


def tense(period: str | None, setting: Setting) -> Kind | None:
    """What a period alone tells: before the document's year or after it, or a part already past."""
    if period is None or setting.year is None:
        return None
    last = period.split("/")[-1]
    if int(last[:4]) != setting.year:
        return "actual" if int(last[:4]) < setting.year else "target"
    if len(last) > 4 and setting.today:
        return (
            "actual"
            if last <= setting.today or ("/" in period and period[:10] < setting.today)
            else "target"
        )
    return None
