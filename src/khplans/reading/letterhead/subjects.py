"""The subject of a letter, which has no line for its kind: `V/v …` under its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.reading.letterhead.titles import TitleLines
from khplans.reading.lines.document_numbers import NUMBER
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import is_rule, opens_body, stamps
from khplans.reading.lines.markers import read_marker
from khplans.reading.lines.phrases import MOTTO, find_date
from khplans.text.shadow import shadow

_SUBJECT = re.compile(r"\W*(?:v\s*/\s*v|ve viec|vv)\b[\s:.]*")
_BARE = re.compile(r"\W*v\s*/\s*v\W*")
_BEHIND_NUMBER = re.compile(
    rf"(?:cong van\s*)?\W*s[o06]\s*[:.;]?\s*{NUMBER}\W{{0,4}}(?=v\s?/\s?v\b)", re.IGNORECASE
)


def subject_at(line: Line) -> int | None:
    """Where in a line the subject of a letter begins: `V/v …`, `Về việc …`; None where none does.

    It may stand behind the number on one line.
    """
    low = line.low
    if _SUBJECT.match(low) or (
        low.startswith(("ve ", "ve:")) and len(low) < 160 and not line.capitals
    ):
        return 0
    behind = _BEHIND_NUMBER.match(low) if "v" in low else None
    return behind.end() if behind else None


def read_subject(lines: Sequence[Line], at: int, stop: int) -> TitleLines:
    """Read the subject of a letter up to `Kính gửi`."""
    parts: list[str] = []
    title_lines: list[int] = []
    letterhead: list[int] = []
    marks = stamps(lines, at, min(stop, at + 14))
    end = i = at
    while i < min(stop, at + 14):
        line = lines[i]
        low = line.low
        adjacent = i - 1 in title_lines and line.row - lines[i - 1].row == 1
        if line.key.startswith("kinh gui") or _is_item(line):
            break
        if opens_body(line) and not (adjacent and _in_mid_sentence(parts[-1], line)):
            break
        if i not in marks and line.text and not is_rule(line):
            dated = find_date(low)
            if MOTTO.search(low) or (
                dated and dated[2] - dated[1] > len(low) - 45 and subject_at(line) is None
            ):
                letterhead.append(i)
            elif not parts or adjacent or (_goes_on(parts, line) and i - title_lines[-1] <= 3):
                title_lines.append(i)
                parts.append(line.text if parts else line.text[subject_at(line) or 0 :])
            else:
                break
        end = i + 1
        i += 1
    text = " ".join(parts)
    low = shadow(text)
    dated = find_date(low)
    day = dated[0] if dated and dated[1] > len(low) - 60 else None
    return TitleLines(
        None,
        text or None,
        end,
        tuple(title_lines),
        tuple(letterhead),
        tuple(sorted(marks)),
        date=day,
    )


def _in_mid_sentence(before: str, line: Line) -> bool:
    """Whether words that often open a text go on with the line before: `V/v tổ chức` `thực hiện …`."""
    return len(line.text) < 200 and (
        line.text[:1].islower() or bool(_BARE.fullmatch(shadow(before)))
    )


def _goes_on(parts: Sequence[str], line: Line) -> bool:
    """Whether a subject broken by the other column goes on in this line."""
    return bool(parts) and line.text[:1].islower() and len(line.text) < 120


def _is_item(line: Line) -> bool:
    marker = read_marker(line.text)
    return bool(
        marker and not marker.bullet and len(line.text) > 12 and not line.text[:1].islower()
    )
