"""Whether a line goes on with the sentence before it: page breaks and hard-wrapped text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from khplans.knowledge.agencies import bodies
from khplans.knowledge.task_cues import cues
from khplans.reading.lines import Line
from khplans.reading.markers import Marker, read_marker, star_marker
from khplans.reading.plain import plain

_ENDED = re.compile(r"[.;:!?…]['\"”’)\]]*$|\./\.?$")
_OPEN_END = re.compile(
    r"(?:[,(\-–“\"]|(?<!\w)(?:và|của|các|những|cho|với|tại|về|trong|ngày|tháng|năm|số|do|theo|đến|từ|là"
    r"|để|bằng|thuộc|hoặc|trên|giữa|như|một|được|bị|có|ở|khi|đối với|UBND|HĐND|tỉnh|huyện|xã|phường"
    r"|thành phố|thị xã|Sở|Bộ|Ban|Quy|TP\.?|cứ|Chỉ|Điều|Luật))$"
)


# A whole list of places, after which no name is due: `UBND các huyện, thị xã, thành phố`.
_PLACES_LISTED = re.compile(
    r"(?:huyện|quận|thị xã|xã|phường)(?:(?:,| và) (?:huyện|quận|thị xã|thành phố|xã|phường|đặc khu))+$"
)
_PLACE_WORD = re.compile(r"(?<!\w)(?:tỉnh|huyện|xã|phường|thành phố|thị xã)$")
# May be whole: the ministry or department whose plan it is.
_OWN_BODY = re.compile(r"thuộc (?:Bộ|Sở)$")
_SECOND_WORD = re.compile(r"[^\W\d_]+ [^\W\d_]*[a-zà-ỹ]+")
# A citation cut in two: before its number (`Pháp lệnh` | `38/2001/PL-…`), inside it (`199/2013/NĐ`
# | `- CP`), inside a law's name in the legal basis (`Căn cứ Luật Tổ chức` | `Chính phủ ngày …`).
_NUMBER_DUE = re.compile(
    r"(?<!\w)(?:Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị"
    r"|Kế hoạch|Công văn|Tờ trình)(?: số:?)?$"
)
_NUMBER = re.compile(r"\d{1,5}[a-z]?(?:/\d{4})?[-/][A-ZĐ]")
_SYMBOL_DUE = re.compile(r"\d[a-z]?(?:/\d{4})?[/-][A-ZĐ]{1,6}$")
_SYMBOL = re.compile(r"[-–] ?[A-ZĐ]{2,}")
_BASIS = re.compile(r"(?:[-–] ?)?[Cc]ăn cứ ")
_HYPHENED_REST = re.compile(r"[-–] ?(?=[^\W\d_])")
_FIGURE_DUE = re.compile(r"(?<!\w)(?:số|ngày|tháng|năm|giai đoạn):?$", re.IGNORECASE)


def marker_of(line: Line) -> Marker | None:
    """The marker a line begins with, the bullet `*` of its raw text included."""
    return star_marker(line.raw) or read_marker(line.text)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was hard-wrapped: at which column, and how its paragraphs are told apart.

    `apart` says that a blank line stands between any two, `indented` that each begins with blanks.
    """

    width: int
    apart: bool = False
    indented: bool = False


_MOST = 0.8
"""The share of lines that must keep to a way of telling paragraphs apart."""
_INDENT = 2
_A_PAGE = 2
"""More lines than this between two of a paragraph: a page ended there."""
_FEW = 3


def read_wrapping_of(lines: Sequence[Line]) -> Wrapping | None:
    """How a text was hard-wrapped, or None where lines are whole paragraphs."""
    width = wrap_width(lines)
    if width is None:
        return None
    written = [line for line in lines if line.text]
    ends = [
        b.row - a.row > 1
        for a, b in pairwise(written)
        if len(a.text) < 0.7 * width and a.text.endswith((".", ";")) and _worded(b)
    ]
    begun = [line.indent >= _INDENT for line in written if marker_of(line)]
    going = [
        b.indent < _INDENT
        for a, b in pairwise(written)
        if b.row - a.row == 1 and b.text[0].islower() and not ended(a.text) and not marker_of(b)
    ]
    return Wrapping(width, _mostly(ends), _mostly(begun) and _mostly(going))


def _worded(line: Line) -> bool:
    """Whether it has words, and no bullet before them."""
    marker = marker_of(line)
    return len(line.text) > 1 and not (marker is not None and marker.bullet)


def _mostly(answers: Sequence[bool]) -> bool:
    return len(answers) >= _FEW and sum(answers) >= _MOST * len(answers)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which a text was hard-wrapped, or None where lines are whole paragraphs.

    Told by how many lines go on below: of all, or where paragraphs are short, of the full ones.
    """
    written = [line for line in lines if line.text]
    if len(written) < 8:
        return None
    broken = sum(
        b.row - a.row == 1 and b.text[0].islower() and not ended(a.text)
        for a, b in pairwise(written)
    )
    lengths = sorted(len(line.text) for line in written)
    width = lengths[int(len(lengths) * 0.95)]
    if width <= 200 and broken * 4 >= len(written):
        return width
    full = [
        not ended(a.text) and b.text[0].islower()
        for a, b in pairwise(written)
        if b.row - a.row == 1 and len(a.text) >= 0.85 * width
    ]
    return width if width <= 120 and len(full) >= 4 and sum(full) * 3 >= len(full) else None


def ended(text: str) -> bool:
    """Whether a sentence or a clause of a list ends here."""
    return bool(_ENDED.search(text[-12:]))


def continues(
    before: str,
    opened: Marker | None,
    last: Line,
    line: Line,
    marker: Marker | None,
    wrapping: Wrapping | None,
) -> bool:
    """Whether `line` goes on with the text `before`, whose last line is `last`.

    A blank line or a page may lie between. `opened` is the marker that text began with, `marker`
    the line's own.
    """
    text = line.text
    adjacent = line.row - last.row == 1
    if line.hashes or not text:
        return False
    finished = ended(before)
    if adjacent and (_cites_on(before, finished, line) or _names_on(before, line)):
        return True
    if marker:
        small = text[marker.end : marker.end + 1].islower()
        return (
            adjacent and marker.bullet and small and not finished
            and not last.capitals and len(last.text) > 30
        )  # fmt: skip
    if opened and not opened.bullet and len(before) <= opened.end:
        return adjacent or line.capitals or opened.kind == "article"
    if (last.bold or last.hashes) and not _unclosed(before):
        return False
    first = text[0]
    if wrapping and wrapping.indented and line.indent >= _INDENT:
        return False
    if wrapping and adjacent:
        return _wrapped(before, finished, last, line, wrapping)
    if finished:
        return False
    if wrapping and line.row - last.row > _A_PAGE and _full(last, line, wrapping.width):
        return True
    if first.isdigit() and _FIGURE_DUE.search(before[-12:]):
        return True
    if last.capitals and not line.capitals and len(last.text) < 150:
        return False
    if first.islower() or first in ",;.)%":
        return True
    if len(last.text) < 40:
        return False
    if _unclosed(before) and (")" in text or "”" in text):
        return True
    if _PLACES_LISTED.search(before[-80:]) or (opened and _begins(before, opened, text)):
        return False
    return bool(_OPEN_END.search(before[-12:])) and (first.isalnum() or first in '“"(')


def _cites_on(before: str, finished: bool, line: Line) -> bool:
    """Whether a citation is cut in two between the lines."""
    end = before[-40:]
    if _NUMBER_DUE.search(end) and _NUMBER.match(line.text):
        return True
    if _SYMBOL_DUE.search(end) and _SYMBOL.match(line.text):
        return True
    begun = not finished and _BASIS.match(before) is not None
    return begun and line.text[0].isalpha() and not line.capitals and not _BASIS.match(line.text)


@cache
def _hyphened() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A text that ends before the hyphen of a body's name, and the halves that may follow each."""
    found: dict[str, list[str]] = {}
    for body in bodies():
        first, hyphen, second = plain(body.name).partition(" - ")
        if hyphen:
            found.setdefault(first, []).append(second)
    firsts = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{firsts})$"), {k: tuple(v) for k, v in found.items()}


def _names_on(before: str, line: Line) -> bool:
    """Whether a body's name is cut in two at its hyphen: `Sở Lao động` | `- Thương binh …`."""
    rest = _HYPHENED_REST.match(line.text)
    if not rest:
        return False
    pattern, seconds = _hyphened()
    first = pattern.search(plain(before[-60:]))
    return first is not None and plain(line.text[rest.end() :]).startswith(seconds[first[0]])


@cache
def _verbs() -> re.Pattern[str]:
    """Verbs behind the office that is charged."""
    return re.compile(rf" (?:{'|'.join(map(re.escape, cues('verb')))})(?!\w)")


def _begins(before: str, opened: Marker, text: str) -> bool:
    """Whether a sentence begins below a numbered line that only names offices.

    Its first word alone has a capital; of a place's name the second has one, too.
    """
    second = _SECOND_WORD.match(text)
    named = _PLACE_WORD.search(before[-12:])
    if _OWN_BODY.search(before[-12:]):
        named = _verbs().match(" " + plain(text[:40]))
    return bool(second and named) and not _verbs().search(plain(before[opened.end :]))


def _full(last: Line, line: Line, width: int) -> bool:
    """Whether the next line's first word had no room in the last one."""
    return len(last.text) + 1 + len(line.text.split(" ", 1)[0]) > 0.9 * width


def _wrapped(before: str, finished: bool, last: Line, line: Line, wrapping: Wrapping) -> bool:
    """The same for a line right below another of a hard-wrapped text."""
    first, width = line.text[0], wrapping.width
    if last.capitals != line.capitals and len(before) < 150 and not first.islower():
        return False
    if before.endswith((":", ";")):
        return first.islower() and before.endswith(";")
    if wrapping.apart and not finished:
        return True
    full = _full(last, line, width)
    if finished:
        return full and (first.islower() or wrapping.apart or wrapping.indented)
    if first.islower() or last.capitals or _OPEN_END.search(before[-12:]):
        return True
    return len(last.text) > 0.6 * width or not (first.isupper() and len(before) < 60)


def _unclosed(text: str) -> bool:
    """Whether a bracket or a quotation stands open at the end."""
    return text.rfind("(") > text.rfind(")") or text.rfind("“") > text.rfind("”")
