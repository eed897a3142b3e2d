"""Whether a number is a target or a result: the words around it, its section, its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["target", "actual"]

_ACTUAL = re.compile(
    r"\b(?:ước(?! mơ)|dự ước|ước tính|dự báo|đã|đạt được|hiện(?! hành| đại| thực| trạng| vật)|đến nay|lũy kế|luỹ kế|"
    r"cùng kỳ|tính đến|thực tế|ghi nhận|thực hiện được|kết quả|vẫn)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:phấn đấu|mục tiêu|quyết tâm|chỉ tiêu(?= [^.;]*(?:đạt|là))|bảo đảm|đảm bảo|duy trì|nâng|đưa|tối thiểu|ít nhất|cần|phải|"
    r"dự kiến|kế hoạch|giữ vững|khống chế|giao|đề ra)\b",
    re.IGNORECASE,
)
_STRONG_TARGET = re.compile(r"\b(?:phấn đấu|mục tiêu|quyết tâm|chỉ tiêu đặt ra|cần|phải)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a passage: its section's role, the document's year and whether it reports."""

    role: str
    year: int | None
    today: str
    reports: bool = False


def kind_of(clause: str, sentence: str, behind: str, period: str | None, setting: Setting) -> Kind:
    """The kind of a number.

    `clause` is what stands before it since the number before, `sentence` since the sentence's
    start, `behind` what follows it up to the next number.

    >>> here = Setting("objective", 2024, "2024-01-19")
    >>> kind_of("Thu ngân sách nhà nước đạt ", "Thu ngân sách nhà nước đạt ", "", "2024", here)
    'target'
    >>> kind_of("GRDP ước ", "GRDP ước ", "", "2024", here)
    'actual'
    """
    for words in (clause, sentence):
        cue = _nearest(words)
        if cue:
            return cue
    if re.match(r"[^.;]{0,40}\bcùng kỳ\b", behind):
        return "actual"
    time = _tense(period, setting)
    if time:
        return time
    if setting.role in ("situation", "") or setting.reports:
        return "actual"
    return "target"


def _nearest(words: str) -> Kind | None:
    target = max((m.start() for m in _TARGET.finditer(words)), default=-1)
    actual = max((m.start() for m in _ACTUAL.finditer(words)), default=-1)
    if target == actual == -1:
        return None
    return "target" if target > actual else "actual"


def _tense(period: str | None, setting: Setting) -> Kind | None:
    """What the period alone tells: before the document's year or after it, or a part already past."""
    if period is None or setting.year is None:
        return None
    last = period.split("/")[-1]
    if int(last[:4]) != setting.year:
        return "actual" if int(last[:4]) < setting.year else "target"
    if len(last) > 4 and setting.today:
        return "actual" if last <= setting.today or "/" in period and period[:10] < setting.today else "target"
    return None
