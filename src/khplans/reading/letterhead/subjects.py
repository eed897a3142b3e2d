"""The subject of a letter, which has no line for its kind: `V/v …` under its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from khplans.knowledge.wording import Wording
from khplans.reading.layout.items import numbered_lines
from khplans.reading.letterhead.titles import Gathered, TitleLines
from khplans.reading.lines.document_numbers import NUMBER
from khplans.reading.lines.line import AtLine, Line
from khplans.reading.lines.line_kinds import is_drawn_rule, opens_body, stamps
from khplans.reading.lines.phrases import MOTTO, find_date
from khplans.rules import Rule, Rules, always, once
from khplans.text.shadow import shadow

_SUBJECT = Wording(r"\W*(?:v\s*/\s*v|ve viec|vv)\b[\s:.]*", "Về việc ", folded=True)
_BARE = re.compile(r"\W*v\s*/\s*v\W*")
_AFTER_NUMBER = Wording(
    rf"(?:cong van\s*)?\W*s[o06]\s*[:.;]?\s*{NUMBER}\W{{0,4}}(?=v\s?/\s?v\b)", "so: 12/kh-ubnd v/v"
)
_MOST_LINES = 14


def subject_at(line: Line) -> int | None:
    """Where in a line the subject of a letter begins: `V/v …`, `Về việc …`; None where none does.

    It may stand after the number on one line.

    >>> lines = numbered_lines("V/v xếp lương\\nSố: 318/BNV-TL V/v xếp lương\\nKính gửi: Sở Y tế")
    >>> [subject_at(line) for line in lines]
    [0, 15, None]
    """
    low = line.low
    about = low.startswith(("ve ", "ve:")) and len(low) < 160 and not line.capitals
    if about or _SUBJECT.match(low):
        return 0
    number = _AFTER_NUMBER.match(low) if "v" in low else None
    return number.end() if number else None


@dataclass(frozen=True)
class SubjectLine(AtLine):
    """A line of a letter from its subject on, and the subject as far as it is read above it."""

    above: Gathered
    stamped: bool

    @property
    def begun(self) -> bool:
        return bool(self.above.parts)

    @once
    def adjacent(self) -> bool:
        """Whether it stands right below a line of the subject."""
        below = self.begun and self.above.title[-1] == self.i - 1
        return below and self.line.row - self.lines[self.i - 1].row == 1

    @property
    def small(self) -> bool:
        """Whether it begins with a small letter."""
        return self.line.text[:1].islower()

    @property
    def mid_sentence(self) -> bool:
        """Whether words that often open a text go on with the line above: `V/v tổ chức` | `thực hiện …`."""
        if not self.adjacent or len(self.line.text) >= 200:
            return False
        return self.small or _BARE.fullmatch(shadow(self.above.parts[-1])) is not None


def _item(case: SubjectLine) -> bool:
    """A line with the marker of a text: `I. …`, `1. Rà soát …`."""
    marker = case.line.marker
    if marker is None or marker.bullet or case.small:
        return False
    return marker.kind == "roman" or len(case.line.text) > 12


def _dated(case: SubjectLine) -> bool:
    dated = find_date(case.line.low)
    filled = dated is not None and dated[2] - dated[1] > len(case.line.low) - 45
    return filled and subject_at(case.line) is None


def _case_of(text: str) -> SubjectLine:
    """The last line of a text that begins with the subject."""
    lines = numbered_lines(text)
    i = len(lines) - 1
    marks = stamps(lines, 0, len(lines))
    return SubjectLine(lines, i, _gather(lines, 0, i, marks)[0], i in marks)


# fmt: off
SUBJECT_LINES: Rules[SubjectLine, Literal["title", "letterhead", "nothing", "end"]] = Rules("subject-lines", _case_of, (
    Rule("addressee", ("V/v hướng dẫn xếp lương\nKính gửi: Sở Nội vụ",),
         lambda case: case.line.key.startswith("kinh gui"), "end"),
    Rule("numbered-item", ("V/v hướng dẫn xếp lương\n1. Về mức lương cơ sở",),
         _item, "end"),
    Rule("text-begins", ("V/v hướng dẫn xếp lương\nThực hiện Nghị quyết số 27-NQ/TW",),
         lambda case: opens_body(case.line) and not case.mid_sentence, "end"),
    Rule("stamp-or-rule", ("V/v hướng dẫn xếp lương\n-------",),
         lambda case: case.stamped or not case.line.text or is_drawn_rule(case.line), "nothing"),
    Rule("motto", ("V/v hướng dẫn xếp lương\nĐộc lập - Tự do - Hạnh phúc",),
         lambda case: MOTTO.search(case.line.low), "letterhead"),
    Rule("place-and-date", ("V/v hướng dẫn xếp lương\nHà Nội, ngày 4 tháng 6 năm 2019",),
         _dated, "letterhead"),
    Rule("first-line", ("V/v hướng dẫn xếp lương",),
         lambda case: not case.begun, "title"),
    Rule("right-below", ("V/v hướng dẫn\nxếp lương viên chức",),
         lambda case: case.adjacent, "title"),
    Rule("subject-ended", ("V/v hướng dẫn xếp lương\n\nĐồng chí Giám đốc Sở",),
         always, "end"),
))
# fmt: on


def read_subject(lines: Sequence[Line], at: int, stop: int) -> TitleLines:
    """Read the subject of a letter up to `Kính gửi`.

    >>> lines = numbered_lines("V/v tổ chức\\nthực hiện Nghị quyết\\nKính gửi: Sở Y tế")
    >>> read_subject(lines, 0, len(lines)).title
    'V/v tổ chức thực hiện Nghị quyết'
    """
    stop = min(stop, at + _MOST_LINES)
    marks = stamps(lines, at, stop)
    gathered, end = _gather(lines, at, stop, marks)
    left, right = _columns(gathered.parts)
    text = " ".join(left)
    dated = find_date(shadow(text))
    return TitleLines(
        None,
        text or None,
        end,
        gathered.title,
        gathered.letterhead,
        tuple(sorted(marks)),
        date=dated[0] if dated and dated[1] > len(text) - 60 else _day(right),
    )


def _columns(parts: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of a subject, and what stands to the right of them where bars part the two.

    >>> _columns(["|V/v xếp lương |Hà Nội, ngày 4 tháng 6 năm 2019 |", "|viên chức | |"])
    (['V/v xếp lương', 'viên chức'], ['Hà Nội, ngày 4 tháng 6 năm 2019', ''])
    >>> _columns(["V/v xếp lương", "viên chức"])
    (['V/v xếp lương', 'viên chức'], [])
    """
    rows = [part.strip("| ").split("|") if part.startswith("|") else [part] for part in parts]
    if not any(len(row) == 2 for row in rows):
        return parts, []
    left = [row[0].strip() for row in rows]
    return left, [row[1].strip() if len(row) == 2 else "" for row in rows]


def _day(words: Sequence[str]) -> date | None:
    """The first day that one of some words gives."""
    days = (find_date(shadow(word)) for word in words)
    return next((day[0] for day in days if day), None)


def _gather(lines: Sequence[Line], at: int, stop: int, marks: set[int]) -> tuple[Gathered, int]:
    """The subject from its first line on, and the index of the line that ends it.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("V/v trồng rừng\\nnăm 2025\\nKính gửi: Sở Y tế")
    >>> gathered, at = _gather(lines, 0, 3, set())
    >>> gathered.parts, at
    (('V/v trồng rừng', 'năm 2025'), 2)
    """
    gathered = Gathered((), ())
    for i in range(at, stop):
        line = lines[i]
        sort = SUBJECT_LINES.decide(SubjectLine(lines, i, gathered, i in marks))
        if sort == "end":
            return gathered, i
        if sort == "title":
            begin = 0 if gathered.parts else subject_at(line) or 0
            gathered = gathered.add(i, line.text[begin:])
        elif sort == "letterhead":
            gathered = gathered.beside(i)
    return gathered, stop
