"""What the headline or first sentence announces: targets, and the time that they are for.

A text that lost its letterhead, or a page of news, says in its headline what a plan says in its
title: `Các chỉ tiêu chủ yếu nhiệm kỳ 2020-2025`, `UBND tỉnh giao chỉ tiêu kế hoạch năm 2024`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khplans.extraction.indicators.kinds import Kind
from khplans.extraction.indicators.periods import Period, find_periods
from khplans.knowledge.clause_words import clause_words
from khplans.model import Document

_LONGEST = 600
_FARTHEST = 150
_SENTENCE = re.compile(r"[.;:!?…] ")
_FIGURE = re.compile(r"\d ?(?:%|(?:nghìn |ngàn )?(?:tỷ|tỉ|triệu)\b|(?:ha|km|tấn)\b)")
_NEXT = re.compile(r"[.,;:!?…)\d]")
_WHOLE_YEARS = re.compile(r"\d{4}(?:/\d{4})?")


@dataclass(frozen=True, slots=True)
class Announcement:
    """Whether targets or results follow, where it says so, and the years that it speaks of."""

    kind: Kind | None = None
    period: str | None = None


def announced(document: Document, year: int | None) -> Announcement:
    """What the title says, or, where a text has none, the sentence that it opens with."""
    return read_headline(document.title or _opening(document), year)


def read_headline(words: str, year: int | None) -> Announcement:
    """What a headline says, by the first years in it that belong to a plan; words behind the
    first sentence that names a time tell of other things.

    >>> read_headline("Các chỉ tiêu chủ yếu nhiệm kỳ 2020-2025", None)
    Announcement(kind='target', period='2020/2025')
    >>> read_headline("Kết quả thực hiện các chỉ tiêu năm 2019", None)
    Announcement(kind='actual', period='2019')
    """
    periods = find_periods(words, year, heading=True)
    for period in periods:
        if _SENTENCE.search(words, periods[0].end, period.start):
            break
        head, sentence = _around(words, period)
        if _WHOLE_YEARS.fullmatch(period.value) and clause_words("planned").search(head):
            if clause_words("announces-results").search(sentence):
                return Announcement("actual", period.value)
            sets = clause_words("announces-targets").search(sentence)
            return Announcement("target" if sets else None, period.value)
    return Announcement()


def _around(words: str, period: Period) -> tuple[str, str]:
    """The words of its sentence before a time, and those with what follows it."""
    before = _SENTENCE.split(words[max(0, period.start - _FARTHEST) : period.start])[-1]
    behind = _NEXT.split(words[period.end : period.end + _FARTHEST // 2])[0]
    return before, f"{before}{words[period.start : period.end]}{behind}"


def _opening(document: Document) -> str:
    """The words that a text without a title opens with, up to its first figure."""
    words = ""
    for block in document.blocks:
        words += f"{block.text.text[:_LONGEST]}. "
        if len(words) >= _LONGEST:
            break
    return _FIGURE.split(words[:_LONGEST])[0]
