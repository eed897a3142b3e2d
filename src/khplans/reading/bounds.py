"""Where the official documents in a plan's text begin and end; web pages and stamps stay outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khplans.knowledge.letterhead import opening_words
from khplans.reading.head import _MOTTO, is_rule, type_line
from khplans.reading.lines import Line
from khplans.reading.names import person_name
from khplans.reading.numbers import NUMBER, normal_number
from khplans.reading.plain import plain

_NUMBER_LINE = re.compile(rf"(?:.*hanh phuc\W*)?\W*s[o0]\s*[:.;]?\s*(?P<number>{NUMBER})", re.IGNORECASE)
_PLACE_DATE = re.compile(r".{2,60},?\s*ngay\s*\d{0,2}\s*thang\s*\d{0,2}\s*nam\s*(?:19|20)\d\d\W*$")
_ISSUER = re.compile(
    r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|tinh uy|thanh uy|huyen uy|chinh phu$|thu tuong"
    r"|bo [a-z]|quoc hoi|ban chap hanh|dang bo|so [a-z]|ban [a-z]|van phong|tinh |thanh pho |huyen |quan |xa |phuong |tong cuc |cuc )"
)


@dataclass(frozen=True)
class Bounds:
    """The lines `first:stop` of one document."""

    first: int
    stop: int


def find_bounds(lines: Sequence[Line]) -> list[Bounds]:
    """The documents of a text, in order; the whole text where no letterhead is found."""
    starts = _starts(lines)
    bounds = []
    for k, first in enumerate(starts):
        stop = starts[k + 1] if k + 1 < len(starts) else len(lines)
        bounds.append(Bounds(first, _stop(lines, first, stop)))
    return bounds


def _anchor(line: Line) -> str | None:
    text = line.text
    if not text or len(text) > 260:
        return None
    low = plain(text)
    if _MOTTO.match(low) and line.capitals or (_MOTTO.search(low) and len(text) < 120):
        return "motto"
    if len(text) < 130 and (match := _NUMBER_LINE.match(low)):
        return "number" if re.search(r"[a-zđ]", match["number"][-6:]) else None
    if len(text) < 80 and _PLACE_DATE.match(low):
        return "date"
    return None


def _starts(lines: Sequence[Line]) -> list[int]:
    starts: list[int] = []
    numbers: set[str] = set()
    i = 0
    while i < len(lines):
        kind = _anchor(lines[i])
        if not kind:
            i += 1
            continue
        cluster = {kind: i}
        j = i + 1
        while j < len(lines) and j < i + 14:
            other = _anchor(lines[j])
            if other:
                cluster.setdefault(other, j)
            if type_line(lines[j]) or len(lines[j].text) > 260:
                break
            j += 1
        number = None
        if "number" in cluster:
            found = re.search(NUMBER, lines[cluster["number"]].text)
            number = normal_number(found[0]) if found else None
        strong = len(cluster) >= 2
        if not starts:
            good = strong or ("number" in cluster and i < 30)
        else:
            good = strong and number is not None and number not in numbers and "number" in cluster
        if good:
            starts.append(_back(lines, i, starts[-1] + 1 if starts else 0))
            if number:
                numbers.add(number)
            i = max(cluster.values()) + 1
        else:
            i += 1
    if not starts:
        first = next((i for i, line in enumerate(lines[:80]) if type_line(line)), None)
        starts.append(first if first is not None else 0)
    return starts


def _back(lines: Sequence[Line], i: int, least: int) -> int:
    """From an anchor back over the issuer's lines above it."""
    first = i
    j = i - 1
    while j >= least and i - j < 8:
        line = lines[j]
        if not line.raw or is_rule(line):
            j -= 1
            continue
        if len(line.text) > 90 or not line.capitals or not _ISSUER.match(line.key):
            break
        first = j
        j -= 1
    return first


def _stop(lines: Sequence[Line], first: int, stop: int) -> int:
    """The line behind the document's last: what is left of the page or the next stamp is cut."""
    web = opening_words("web")
    signed = None
    for i in range(first, stop):
        line = lines[i]
        if signed is None and person_name(line.text) and _after_signature(lines, i, first):
            signed = i
    begin = signed + 1 if signed is not None else max(first, stop - 40)
    for i in range(begin, stop):
        line = lines[i]
        if web.match(line.key) and len(line.text) < 160 and _only_web(lines, i, stop):
            stop = i
            break
    if signed is not None and not _has_annex(lines, signed + 1, stop):
        stop = signed + 1
    while stop > first + 1 and (not lines[stop - 1].text or is_rule(lines[stop - 1])):
        stop -= 1
    return stop


def _after_signature(lines: Sequence[Line], i: int, first: int) -> bool:
    for line in lines[max(first, i - 5) : i]:
        if line.capitals and (
            opening_words("signer").match(line.key) or opening_words("on_behalf").match(line.key)
        ):
            return True
    return False


def _only_web(lines: Sequence[Line], i: int, stop: int) -> bool:
    """Whether the rest is a page's furniture: short lines, or more of its words soon."""
    web = opening_words("web")
    rest = [line for line in lines[i:stop] if line.text]
    return sum(bool(web.match(x.key)) for x in rest[:6]) >= 2 or len(rest) <= 4


def _has_annex(lines: Sequence[Line], first: int, stop: int) -> bool:
    for i in range(first, stop):
        line = lines[i]
        if not line.text:
            continue
        low = plain(line.text)
        if re.match(r"\W*(?:phu luc|ban hanh kem|kem theo|bieu|mau so|danh muc)", low) or "\t" in line.raw:
            return True
        if line.raw.startswith("|") or type_line(line):
            return True
        if re.match(r"(?:[¹²³⁴-⁹]|\\?\[\d+\\?\]|\d{1,2} [A-ZĐ])", line.text):
            return True
    return False
