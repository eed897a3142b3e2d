"""The points of a cell that says what each body does: `1. Sở Y tế chủ trì; 2. Sở Tài chính: cấp kinh phí`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from khplans.extraction.agencies import read_list
from khplans.knowledge.wording import any_of, charging_verbs, cues

_MARK = r"(?:\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\))"
_FIRST = re.compile(rf"[ \-+*•]*{_MARK} ?(?=\w)")
_FURTHER = re.compile(rf"(?<=[.;,:]) {_MARK} ?(?=\w)")
_TOPIC = re.compile(r"(?:ve|doi voi|linh vuc) [^:]+: ?")
_WITH = re.compile(r"(?<!\w)phoi hop (?:voi|cung(?: voi)?):? ")
_TOGETHER = re.compile(r":? phoi hop(?!\w)")
_BRACKETS = re.compile(r"[()]")


Stretch = tuple[int, int, str]
"""Where in a cell a list of agencies stands (start, end), and their role."""


@cache
def _work() -> re.Pattern[str]:
    """What right after a name says what the body does: a verb, or its part of the task."""
    return re.compile(rf":? (?:{any_of(cues('verb'))}|{any_of(cues('imperative'))}|doi voi)(?!\w)")


def whole_breaks(shade: str, breaks: Iterable[int]) -> Iterator[int]:
    """The breaks of a cell's lines that tear no bracket.

    >>> list(whole_breaks("da nang (lien quan den trung tam), cac bo so y te", (23, 42)))
    [42]
    """
    for place in breaks:
        last = max((one.start() for one in _BRACKETS.finditer(shade, 0, place)), default=None)
        if last is None or shade[last] == ")" or shade.find(")", place) < 0:
            yield place


def points_of(text: str, shade: str, breaks: Iterable[int], role: str) -> list[Stretch]:
    """Who is named in each point of a cell that is a numbered list, with their role; none where it is none.

    >>> from khplans.text.shadow import shadow
    >>> text = "1. Bộ Tài chính chủ trì; 2. Bộ Y tế: phối hợp với Bộ Nội vụ rà soát"
    >>> [(text[start:end], role) for start, end, role in points_of(text, shadow(text), (), "lead")]
    [('Bộ Tài chính', 'lead'), ('Bộ Y tế', 'coordinate'), ('Bộ Nội vụ', 'coordinate')]
    """
    starts = [0, *breaks]
    marks = [mark for place in starts if (mark := _FIRST.match(shade, place))]
    marks += _FURTHER.finditer(shade)
    if not marks or not _FIRST.match(shade):
        return []
    begins = sorted({mark.end() for mark in marks} | set(starts[1:]) - {m.start() for m in marks})
    found: list[Stretch] = []
    for begin, stop in pairwise([*begins, len(shade)]):
        found += _point(text, shade, begin, stop, "coordinate" if found else role, role)
    return found


def _point(text: str, shade: str, begin: int, stop: int, later: str, role: str) -> Iterator[Stretch]:
    """Those that one point names: who does its work, and with whom."""
    topic = _TOPIC.match(shade, begin, stop)
    begin = topic.end() if topic else begin
    end = _end_of_names(text, shade, begin, stop)
    yield (begin, end, later if _TOGETHER.match(shade, end, stop) else role)
    together = _WITH.search(shade, end, stop)
    if together:
        yield (
            together.end(), _end_of_names(text, shade, together.end(), stop), "coordinate"
        )


def _end_of_names(text: str, shade: str, begin: int, stop: int) -> int:
    """Where the names that open a point end, and what they do begins."""
    found, end = read_list(text[:stop], shade[:stop], begin, stop)
    if not found:
        return stop
    if _work().match(shade, end, stop):
        return end
    verb = charging_verbs().search(shade, end, stop)
    return verb.start() if verb else stop
