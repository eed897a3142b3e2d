"""The points of a cell that says what each body does: `1. Sở Y tế chủ trì; 2. Sở Tài chính: cấp kinh phí`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from khplans.extraction.agencies import read_list
from khplans.knowledge.wording import CHARGING_VERB, Wording

_MARK = r"(?:(?P<number>\d{1,2})[.)/\-]|\(\d{1,2}\)|[a-z]\))"
_FIRST = re.compile(rf"[ \-+*•]*{_MARK} ?(?=[^\W\d])")
_FURTHER = re.compile(rf" {_MARK} ?(?=[^\W\d])")
_ENDED = (".", ";", ",", ":")
_TOPIC = Wording(r"(?!rieng)<about what> [^:]+: ?", "về lĩnh vực y tế: ", folded=True)
_WITH = Wording(r"(?<!\w)phoi hop <with>:? ", "phối hợp với ", folded=True)
_TOGETHER = Wording(r":? phoi hop(?!\w)", ": phối hợp", folded=True)
_LEADS = Wording(r":? chu tri(?!\w)", ": chủ trì", folded=True)
_NEXT = re.compile(r"[;.,] (?=[^\W\d])")
_LONGEST_ASIDE = 200
"""Characters of a bracket that may go over a break."""
Stretch = tuple[int, int, str]
"""Where in a cell a list of agencies stands (start, end), and their role."""


_WORK = Wording(r":? (?:<cue verb>|<cue imperative>|doi voi)(?!\w)", ": rà soát", folded=True)
"""What right after a name says what the body does: a verb, or its part of the task."""


def whole_breaks(shade: str, breaks: Iterable[int]) -> Iterator[int]:
    """The breaks of a cell's lines that tear no bracket.

    >>> list(whole_breaks("da nang (lien quan den trung tam), cac bo so y te", (23, 42)))
    [42]
    """
    for place in breaks:
        before = slice(max(0, place - _LONGEST_ASIDE), place)
        opened = shade[before].rpartition("(")
        closed = ")" in shade[place : place + _LONGEST_ASIDE]
        if not opened[1] or ")" in opened[2] or not closed:
            yield place


def points_of(text: str, shade: str, breaks: Iterable[int], role: str) -> list[Stretch]:
    """Who is named in each point of a cell, with their role; none where it has no points.

    >>> from khplans.text.shadow import shadow
    >>> text = "1. Bộ Tài chính chủ trì; 2. Bộ Y tế: phối hợp với Bộ Nội vụ rà soát"
    >>> [(text[start:end], role) for start, end, role in points_of(text, shadow(text), (), "lead")]
    [('Bộ Tài chính', 'lead'), ('Bộ Y tế', 'coordinate'), ('Bộ Nội vụ', 'coordinate')]
    """
    places = tuple(breaks)
    begun = _numbered(shade, places) or _by_leading(text, shade, places)
    ends = [mark for mark, _ in begun[1:]] + [len(shade)]
    found: list[Stretch] = []
    for (_, begin), stop in zip(begun, ends, strict=False):
        found += _point(text, shade, begin, stop, "coordinate" if found else role, role)
    return found


def _numbered(shade: str, breaks: tuple[int, ...]) -> list[tuple[int, int]]:
    """Where the numbers of a numbered list's points stand, and the words after each; none where the text is no such list.

    A number inside a line has a mark before it, or is the next one.

    >>> _numbered("1. so y te chu tri 2. so noi vu; a) ubnd xa", ())
    [(0, 3), (19, 22), (33, 36)]
    """
    first = _FIRST.match(shade)
    if not first:
        return []
    found = {0: first} | {at: mark for at in breaks if (mark := _FIRST.match(shade, at))}
    last = first["number"]
    for mark in _FURTHER.finditer(shade, first.end() - 1):
        follows = last and mark["number"] and int(mark["number"]) == int(last) + 1
        if follows or shade.endswith(_ENDED, 0, mark.start()):
            found.setdefault(mark.start() + 1, mark)
            last = mark["number"]
    return sorted((at, found[at].end() if at in found else at) for at in {*breaks, *found})


def _by_leading(text: str, shade: str, breaks: tuple[int, ...]) -> list[tuple[int, int]]:
    """Where the clauses of `Sở Y tế chủ trì; Sở Nội vụ phối hợp` begin, twice as they have no number; none where nobody
    leads the first one.

    >>> from khplans.text.shadow import shadow
    >>> text = "Sở Y tế chủ trì; Sở Nội vụ phối hợp"
    >>> _by_leading(text, shadow(text), ())
    [(0, 0), (17, 17)]
    """
    found, end = read_list(text, shade, 0, len(shade))
    if not found or not _LEADS.match(shade, end):
        return []
    helpers = {mark.end() for mark in _WITH.finditer(shade, end)}
    begins = [0]
    for at in sorted({mark.end() for mark in _NEXT.finditer(shade, end)} | helpers | set(breaks)):
        if at >= end:
            named, end = read_list(text, shade, at, len(shade))
            begins += [at] if named and at not in helpers else []
    return [(at, at) for at in begins]


def _point(
    text: str, shade: str, begin: int, stop: int, later: str, role: str
) -> Iterator[Stretch]:
    """Those that one point names: who does its work, and with whom.

    >>> from khplans.text.shadow import shadow
    >>> text = "Về y tế: Sở Y tế chủ trì, phối hợp với Sở Nội vụ"
    >>> [(text[i:j], role) for i, j, role in _point(text, shadow(text), 0, len(text), "coordinate", "lead")]
    [('Sở Y tế', 'lead'), ('Sở Nội vụ', 'coordinate')]
    >>> text = "Sở Y tế: phối hợp"
    >>> [(text[i:j], role) for i, j, role in _point(text, shadow(text), 0, len(text), "coordinate", "lead")]
    [('Sở Y tế', 'coordinate')]
    """
    topic = _TOPIC.match(shade, begin, stop)
    begin = topic.end() if topic else begin
    end = _end_of_names(text, shade, begin, stop)
    yield (begin, end, later if _TOGETHER.match(shade, end, stop) else role)
    together = _WITH.search(shade, end, stop)
    if together:
        yield (together.end(), _end_of_names(text, shade, together.end(), stop), "coordinate")


def _end_of_names(text: str, shade: str, begin: int, stop: int) -> int:
    """Where the names that open a point end, and what they do begins.

    >>> from khplans.text.shadow import shadow
    >>> texts = "Sở Y tế chủ trì", "các việc", "Sở Y tế báo cáo", "Sở Y tế"
    >>> [text[: _end_of_names(text, shadow(text), 0, len(text))] for text in texts]
    ['Sở Y tế', 'các việc', 'Sở Y tế', 'Sở Y tế']
    """
    found, length = read_list(text[begin:stop], shade[begin:stop], 0, stop - begin)
    end = begin + length
    if not found:
        return stop
    if _WORK.match(shade, end, stop):
        return end
    verb = CHARGING_VERB.search(shade, end, stop)
    return verb.start() if verb else stop
