"""Whether a line goes on with the sentence before it: page breaks and hard-wrapped text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.reading.lines import Line
from khplans.reading.markers import Marker, read_marker, star_marker

_ENDED = re.compile(r"[.;:!?…]['\"”’)\]]*$|\./\.?$")
_OPEN_END = re.compile(
    r"(?:[,(\-–“\"]|(?<!\w)(?:và|của|các|những|cho|với|tại|về|trong|ngày|tháng|năm|số|do|theo|đến|từ|là"
    r"|để|bằng|thuộc|hoặc|trên|giữa|như|một|được|bị|có|ở|khi|đối với|UBND|HĐND|tỉnh|huyện|xã|phường"
    r"|thành phố|thị xã|Sở|Bộ|Ban|Quy|TP\.?))$"
)


def marker_of(line: Line) -> Marker | None:
    """The marker a line begins with, the bullet `*` of its raw text included."""
    return star_marker(line.raw) or read_marker(line.text)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which a text was hard-wrapped, or None where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    if len(lengths) < 12:
        return None
    width = lengths[int(len(lengths) * 0.97)]
    full = sum(length >= 0.8 * width for length in lengths)
    if not 40 <= width <= 140 or full < 0.4 * len(lengths):
        return None
    cut = sum(
        len(a.text) >= 0.8 * width and not _ENDED.search(a.text) and b.text[:1].islower()
        for a, b in zip(lines, lines[1:], strict=False)
    )
    return width if cut >= 0.25 * full else None


def ended(text: str) -> bool:
    """Whether a sentence or a clause of a list ends here."""
    return bool(_ENDED.search(text))


def continues(
    before: str, last: Line, line: Line, marker: Marker | None, width: int | None
) -> bool:
    """Whether `line` goes on with the text `before`, whose last line is `last`.

    A blank line or a page may lie between. `marker` is the line's own.
    """
    text = line.text
    adjacent = line.row - last.row == 1
    if line.hashes or not text:
        return False
    if marker:
        return adjacent and marker.bullet and text[marker.end : marker.end + 1].islower() and (
            not ended(before) and not last.capitals and len(last.text) > 30
        )
    if last.bold or (last.hashes and not _unclosed(before)):
        return False
    first = text[0]
    finished = ended(before)
    if width and adjacent:
        if len(last.text) + 1 + len(text.split(" ", 1)[0]) > 0.9 * width and not before.endswith(":"):
            return not (finished and first.isupper() and before[-1] in ";:") or first.islower()
        return first.islower() and not finished
    if finished:
        return False
    if last.capitals and not line.capitals and len(last.text) < 150:
        return False
    if first.islower() or first in ",;.)%":
        return True
    if len(last.text) < 40:
        return False
    if _unclosed(before) and (")" in text or "”" in text):
        return True
    return bool(_OPEN_END.search(before)) and (first.isalnum() or first in "“\"(")


def _unclosed(text: str) -> bool:
    tail = text[-400:]
    return tail.count("(") > tail.count(")") or tail.count("“") > tail.count("”")
