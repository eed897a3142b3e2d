"""Whether a number is a target or a result: the words around it, its section, its time."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from khplans.knowledge.clause_words import clause_words

Kind = Literal["target", "actual"]

_ORDERS = frozenset({"task", "organisation"})
# What is told in brackets holds in them: `tăng 8,2% (kế hoạch là 8%)`.
_BRACKETS = re.compile(r"\([^()]*\)")
# `cao hơn nhiều so với chỉ tiêu 1,765 tỷ USD`: the number is the one that was set.
_IS_SET = re.compile(
    r"(?:so với|vượt|bằng|đạt|hơn|(?<=[(;,]) ?) (?:mục|chỉ) tiêu(?: là)? $", re.IGNORECASE
)
_SAME_TIME = re.compile(r"[^.;]{0,60}\bcùng kỳ\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a passage: its section's role, the document's year and day, whether
    the document reports (and sets no targets unless it says so), whether it orders too."""

    role: str
    year: int | None
    today: str
    reports: bool = False
    orders: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: the start of its sentence and clause, its cues, its digits, its end."""

    sentence: int
    clause: int
    lead: int
    number: int
    end: int


class Words:
    """Where the words of a passage stand that tell targets from results."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._telling = self._find("aim", "result")
        self._leaning = self._find("leans-aim", "leans-result")

        closed = [match.span() for match in _BRACKETS.finditer(text)]
        self._open = [
            (at, kind) for at, kind in self._telling if not any(i < at < j for i, j in closed)
        ]

    def _find(self, aims: str, results: str) -> list[tuple[int, Kind]]:
        sides: tuple[tuple[str, Kind], ...] = ((aims, "target"), (results, "actual"))
        return sorted(
            (match.start(), kind)
            for role, kind in sides
            for match in clause_words(role).finditer(self._text)
        )

    def kind_of(
        self, place: Place, period: str | None, setting: Setting, *, inherited: bool = False
    ) -> Kind:
        """The kind of a number; `inherited` says that its period is that of a sentence before.

        >>> here = Setting("objective", 2024, "2024-01-19")
        >>> Words("Thu ngân sách đạt 5 tỷ đồng").kind_of(Place(0, 0, 13, 18, 27), "2024", here)
        'target'
        >>> Words("GRDP ước tăng 5%").kind_of(Place(0, 0, 5, 9, 16), "2024", here)
        'actual'
        """
        if self._is_set(place):
            return "target"
        clause = max(place.clause, self._text.rfind(";", place.clause, place.number) + 1)
        decided = _last(self._telling, clause, place.number)
        if decided is None and _SAME_TIME.match(self._text, place.end):
            decided = "actual"
        told = _last(self._open, place.sentence, place.number)
        if decided is None and inherited and told == "target":
            decided = told
        if setting.role == "situation" and told == "actual":
            decided = decided or told
        decided = decided or tense(period, setting) or told
        if decided:
            return decided
        if setting.role == "objective":
            return "target"
        leaning = _last(self._leaning, place.sentence, place.number)
        if setting.role in _ORDERS:
            return leaning or "target"
        if setting.role == "situation" or (setting.reports and not setting.orders):
            return "actual"
        return leaning or ("actual" if setting.reports else "target")

    def _is_set(self, place: Place) -> bool:
        """`so với chỉ tiêu 1,7 tỷ USD`, but not `vượt chỉ tiêu 1%`, which is by how much."""
        match = _IS_SET.search(self._text, max(0, place.lead - 30), place.lead)
        by = match and match[0].startswith("vượt") and "%" in self._text[place.number : place.end]
        return bool(match and not by)


def _last(found: list[tuple[int, Kind]], start: int, end: int) -> Kind | None:
    """What the last word before `end` tells, if it stands at `start` or behind."""
    i = bisect_left(found, (end,)) - 1
    return found[i][1] if i >= 0 and found[i][0] >= start else None


def tense(period: str | None, setting: Setting) -> Kind | None:
    """What a period alone tells: before the document's year or after it, or a part already past."""
    if period is None or setting.year is None:
        return None
    last = period.split("/")[-1]
    told = setting.reports or setting.role == "situation"
    if told and int(period[:4]) <= setting.year < int(last[:4]) and len(last) == 4:
        return None
    if int(last[:4]) != setting.year:
        return "actual" if int(last[:4]) < setting.year else "target"
    if len(last) == 4 or not setting.today:
        return None
    running = "/" in period and period[:10] < setting.today < last
    if running and not told:
        return None
    return "actual" if running or last <= setting.today else "target"
