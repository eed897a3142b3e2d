"""Where the official documents in a plan's text begin and end; web pages and stamps stay outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khplans.knowledge.letterhead import opening_words, web_label
from khplans.reading.letterhead.subjects import subject_at
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.flattened import flatten
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import (
    is_annex_label,
    is_caption,
    is_head_of_body,
    is_rule,
    kind_line,
    signs_in_small_letters,
    stamps,
)  # fmt: skip
from khplans.reading.lines.persons import person_name
from khplans.reading.lines.phrases import MOTTO

_NUMBERED = re.compile(
    rf"(?:^|\n|hanh\s*phuc)[^\w\n]*(?:(?:nghi quyet|luat|bo luat|phap lenh)\s+)?s[o06]\s*[:.;]?\s*(?P<number>{NUMBER})",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"n[gq]ay\s*[0-9ilo. …]{0,5}\s*than[gq]\s*[0-9ilo. …]{0,5}\s*,?\s*nam\s*(?:19|20)[0-9lo]{2}[^\w\n]*(?=\n|$)"
)
_ISSUER = re.compile(
    r"(?:ubnd|u?y ban|hdnd|hoi dong nhan dan|tinh uy|thanh uy|huyen uy|chinh phu$|thu tuong|bo [a-z]"
    r"|quoc hoi|ban chap hanh|ban bi thu|dang bo|so [a-z]|ban [a-z]|van phong|tinh |thanh pho |huyen"
    r" |quan |xa |phuong |thi xa |thi tran |tong cuc |cuc |uy$|ngan hang|thanh tra|kiem toan|toa an"
    r"|mat tran|dang uy|thi uy|quan uy|hoi dong|dai hoc|hoc vien|cong an|doan |lien |tong |khoi |truong |vien |lien tich|chu tich nuoc|thuong truc|bao hiem|va |phat trien|hdnd|hoi )"
)
# A number or a date that is to be filled in or can't be read.
_BLANKED = re.compile(r"\W*s[o0]\s*:|.{0,50}\bngay\W[^\n]{0,12}thang\b")
_NEAR = 14


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lines `first:stop` of one document, by index."""

    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    kind: str
    line: int
    number: str | None = None


def find_bounds(source: str, lines: Sequence[Line]) -> tuple[Bounds, ...]:
    """The documents of a text, in order; the whole text where no letterhead is found."""
    starts = _starts(source, lines)
    stops = [*starts[1:], len(lines)]
    return tuple(Bounds(a, _end(lines, a, b)) for a, b in zip(starts, stops, strict=True))


def _anchors(source: str, lines: Sequence[Line]) -> list[_Anchor]:
    """Mottos, numbers and dates that stand where letterheads have them."""
    short = (i for i, line in enumerate(lines) if line.text and len(line.text) < 260)
    flat = flatten(source, lines, short)
    found = []
    for motto in MOTTO.finditer(flat.shadow):
        i = flat.line_at(motto.start())
        if flat.shadow[: motto.start()].endswith("nuoc "):
            continue
        if lines[i].capitals or len(lines[i].text) < 2 * (motto.end() - motto.start()):
            found.append(_Anchor("motto", i))
    for match in _DATED.finditer(flat.shadow):
        before = flat.shadow[max(0, match.start() - 90) : match.start()].rsplit("\n", 1)[-1]
        if 2 < len(before) < 85:
            found.append(_Anchor("date", flat.line_at(match.start())))
    for match in _NUMBERED.finditer(flat.shadow):
        start, end = match.span("number")
        number = normal_number(flat.text[start:end])
        behind = flat.text[end : end + 40].split("\n", 1)[0]
        if not re.match(r"[^\w\n]*(?:ngày|của|năm|về|ban hành)", behind):
            found.append(_Anchor("number", flat.line_at(start), number))
    return sorted(found, key=lambda anchor: anchor.line)


def _starts(source: str, lines: Sequence[Line]) -> list[int]:
    anchors = _anchors(source, lines)
    starts: list[int] = []
    numbers: set[str] = set()
    k = 0
    while k < len(anchors):
        first = anchors[k].line
        cluster = [anchors[k]]
        while k + 1 < len(anchors) and _joins(lines, first, anchors[k + 1].line):
            k += 1
            cluster.append(anchors[k])
        k += 1
        sorts = {anchor.kind for anchor in cluster}
        number = next((a.number for a in cluster if a.number), None)
        if starts:
            good = len(sorts) > 1 and number is not None and number not in numbers
        else:
            good = len(sorts) > 1 or (number is not None and _announced(lines, first))
        if good:
            starts.append(_back(lines, first, starts[-1] + 1 if starts else 0))
            if number:
                numbers.add(number)
    return starts or [_lone_start(lines, anchors)]


def _lone_start(lines: Sequence[Line], anchors: Sequence[_Anchor]) -> int:
    """Where the one document of a text begins whose number and date can't be read, if any stand there."""
    kind = next((i for i, line in enumerate(lines[:120]) if kind_line(line)), None)
    motto = next((anchor.line for anchor in anchors if anchor.kind == "motto"), None)
    if kind is not None and motto is not None and motto < kind <= motto + _NEAR:
        return _back(lines, motto, 0)
    return kind if kind is not None else _first_words(lines)


def _joins(lines: Sequence[Line], first: int, other: int) -> bool:
    """Whether two anchors belong to one letterhead: near, and no document or text between."""
    if other - first > _NEAR:
        return False
    return not any(kind_line(line) or len(line.text) > 260 for line in lines[first:other])


def _announced(lines: Sequence[Line], first: int) -> bool:
    return any(kind_line(line) for line in lines[first : first + _NEAR])


def _first_words(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.text), 0)


def _back(lines: Sequence[Line], at: int, least: int) -> int:
    """From an anchor back over the issuer's lines above it."""
    first = at
    for i in range(at - 1, max(least, at - 9) - 1, -1):
        line = lines[i]
        if not line.text or is_rule(line) or subject_at(line) is not None:
            continue
        if _BLANKED.match(line.low) and len(line.text) < 90:
            continue
        if len(line.text) > 90 or not (line.capitals or line.bold):
            break
        name = f"{line.key} {lines[i + 1].key}"
        own = name.startswith(("chu tich nuoc", "thu tuong chinh phu"))
        if is_head_of_body(line) and not own:
            break
        if _ISSUER.match(line.key.lstrip("0123456789 ")):
            first = i
    return first


def _end(lines: Sequence[Line], first: int, stop: int) -> int:
    """The index behind a document's last line: what is left of the page or a stamp is cut off."""
    signed = _last_signer(lines, first, stop)
    web = web_label()
    begin = signed + 1 if signed is not None else max(first + 1, stop - 40)
    for i in range(begin, stop):
        if not web.match(lines[i].low) or len(lines[i].text) > 160:
            continue
        if _only_web(lines, i, stop) or _closed_above(lines, i):
            stop = i
            break
    if signed is not None and not _goes_on(lines, signed + 1, stop):
        stop = signed + 1
    marks = stamps(lines, max(first, stop - 12), stop)
    while stop > first + 1 and (
        not lines[stop - 1].text or is_rule(lines[stop - 1]) or stop - 1 in marks
    ):
        stop -= 1
    return stop


def _last_signer(lines: Sequence[Line], first: int, stop: int) -> int | None:
    """The line of the last name that stands under the head of a body before any annex."""
    found = None
    office = None
    for i in range(first, stop):
        line = lines[i]
        if not line.text:
            continue
        if is_head_of_body(line) or signs_in_small_letters(lines, i):
            office = i
        elif office is not None and i - office < 8 and person_name(line.text):
            found = i
        elif found is not None and (is_annex_label(line) or is_caption(line)):
            break
    return found


def _only_web(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether the rest of the lines is a web page's: few and short, or more of its words soon."""
    rest = [line for line in lines[at:stop] if line.text]
    few = len(rest) <= 4 and all(len(line.text) < 300 for line in rest)
    return few or sum(bool(web_label().match(x.low)) for x in rest[:6]) > 1


def _closed_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a signature stands right above, though the page may have left the name out."""
    above = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.text), None)
    return above is not None and (is_head_of_body(above) or person_name(above.text) is not None)


def _goes_on(lines: Sequence[Line], first: int, stop: int) -> bool:
    """Whether an annex, a table or notes follow the signature."""
    for line in lines[first:stop]:
        if not line.text:
            continue
        if is_annex_label(line) or is_caption(line) or kind_line(line):
            return True
        if "\t" in line.raw or line.raw.startswith("|"):
            return True
        if re.match(r"[¹²³⁴-⁹]|\\?\[\d+\\?\]|\d{1,2} [A-ZĐ]|(?:I|II|1|A)\. ", line.text):
            return True
        if opening_words("recipients").match(line.low):
            return True
    return False
