"""Finds a letterhead and takes its fields: number, date, place, issuer, type, title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from khplans.knowledge.document_types import document_types, types_by_name, types_by_symbol
from khplans.knowledge.letterhead import opening_words
from khplans.knowledge.provinces import find_province
from khplans.reading.issuers import issuer_of_number, read_issuer
from khplans.reading.lines import Line
from khplans.reading.markers import read_marker
from khplans.reading.numbers import NUMBER, normal_number, symbol_parts
from khplans.reading.plain import plain
from khplans.text.fold import fold
from khplans.text.passage import Span, read_passage

_MOTTO = re.compile(
    r"con[gq] h[oò]a xa h[oộ]i (?:chu )?n[gq]hia viet nam|doc lap\s*[-–—.]?\s*tu do\s*[-–—.]?\s*hanh phuc"
    r"|dang cong san viet nam|viet nam dan chu cong hoa"
)
_DATED = re.compile(
    r"(?:n[gq]ay|,)\s*(?P<day>\d{1,2})\s*(?:thang)\s*(?P<month>\d{1,2})\s*(?:nam)\s*(?P<year>(?:19|20)\d\d)"
    r"|n[gq]ay\s*(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)"
)
_NUMBERED = re.compile(rf"(?:[Ss][ốốoô]|SỐ|SO)\s*[:.;]?\s*(?P<number>{NUMBER})")
_BARE_NUMBER = re.compile(rf"(?:^|\n)\s*(?P<number>{NUMBER})\s*(?=$|\n)")
_RULE = re.compile(r"[-–—_=*.~•☆★\s]+")
_STAMP = re.compile(r"(?:cong van )?den\b|gio\b|ngay\s*:?\s*\d{1,2}[/.-]\d|chuyen\b|so\s*:.{0,12}$|luu ho so")
_SIGNING = re.compile(r"(?:nguoi ky|email|co quan|thoi gian ky|ky boi|chu ky so|tukhanh)\b")


@dataclass
class Head:
    """A letterhead: which lines are what, and the fields they give.

    Lines are given by index; `letterhead`, `title` and `furniture` hold those between `first`
    and `end`, where the body begins.
    """

    first: int
    end: int = 0
    letterhead: list[int] = field(default_factory=list)
    title_lines: list[int] = field(default_factory=list)
    furniture: list[int] = field(default_factory=list)
    number: str | None = None
    number_raw: str | None = None
    number_span: Span | None = None
    document_type: str | None = None
    title: str | None = None
    place: str | None = None
    province: str | None = None
    date: date | None = None
    issuer: str | None = None


@cache
def _type_names() -> dict[str, str]:
    """Kinds by their folded name without spaces, so that spaced letters are read too."""
    return {key.replace(" ", ""): kind.name for key, kind in types_by_name().items()}


@cache
def _type_opening() -> re.Pattern[str]:
    names = sorted((fold(kind.name) for kind in document_types()), key=len, reverse=True)
    return re.compile(rf"({'|'.join(names)})\b")


def type_line(line: Line) -> tuple[str, bool] | None:
    """The kind that a line announces and whether the title goes on behind it, or None."""
    text = line.text
    if len(text) > 400 or not text:
        return None
    key = line.key
    whole = _type_names().get(key.replace(" ", ""))
    stressed = line.capitals or line.hashes or line.bold
    if whole and (stressed or text[:1].isupper()) and not text.endswith((",", ";")):
        return (whole, False) if stressed or len(text.split()) > 1 else None
    match = _type_opening().match(key)
    if match and line.capitals and not text.endswith((":", ";")):
        return types_by_name()[match[1]].name, True
    return None


def fragments(source: str, line: Line) -> list[str]:
    """A line's pieces where columns or cells meet: tabs, pipes, breaks and wide gaps."""
    raw = source[line.start : line.end]
    pieces = re.split(r"\t+|[^\S\n]{3,}|\||<br\s*/?>", raw) if line.raw else []
    texts = (read_passage(piece, [Span(0, len(piece))]).text for piece in pieces)
    return [text.strip("# ") for text in texts if text.strip("# ")]


def _date(text: str) -> tuple[date, int, int] | None:
    """The first date of a readable text and where it stands."""
    for match in _DATED.finditer(plain(text)):
        day, month, year = (
            int(match[a] or match[b]) for a, b in (("day", "d"), ("month", "m"), ("year", "y"))
        )
        try:
            return date(year, month, day), match.start(), match.end()
        except ValueError:
            continue
    return None


def is_rule(line: Line) -> bool:
    """Whether a line is drawn, not written: `-------`, `* * *`, `_____`."""
    return bool(_RULE.fullmatch(line.raw)) if line.raw else True


def read_head(source: str, lines: Sequence[Line], first: int, stop: int) -> Head:
    """Read the letterhead that begins at line `first`; it ends before line `stop`."""
    head = Head(first)
    kind_at = None
    subject_at = None
    last = min(stop, first + 60)
    i = first
    while i < last:
        line = lines[i]
        if not line.text:
            i += 1
            continue
        found = type_line(line)
        if found and not _MOTTO.search(plain(line.text)):
            kind_at = i
            break
        if line.key.startswith(("kinh gui", "v v ", "ve viec")) or (
            line.key.startswith("ve ") and len(line.text) < 200
        ):
            subject_at = i
            break
        if _is_body(line):
            break
        i += 1
    head.end = i
    region = range(first, i)
    pieces: list[tuple[int, str]] = []
    stamps = _stamps(lines, first, i)
    for j in region:
        if j in stamps:
            head.furniture.append(j)
            continue
        head.letterhead.append(j)
        pieces += [(j, piece) for piece in fragments(source, lines[j])]
    _fields(head, [piece for _, piece in pieces])
    if kind_at is not None:
        _title(head, source, lines, kind_at, stop)
    elif subject_at is not None:
        _subject(head, lines, subject_at, stop)
    _complete(head)
    if head.number_raw:
        _locate(head, source, lines)
    return head


def _is_body(line: Line) -> bool:
    text = line.text
    if len(text) > 250:
        return True
    marker = read_marker(text)
    return bool(marker and marker.kind in ("roman", "article", "arabic", "part") and len(text) > 8)


def _stamps(lines: Sequence[Line], first: int, stop: int) -> set[int]:
    """Lines of a stamp of arrival or of an electronic signature."""
    found: set[int] = set()
    for i in range(first, stop):
        key = lines[i].key
        if re.match(r"(?:cong van )?den(?: so\b|$)", key) and len(lines[i].text) < 60:
            j = i
            while j > first and lines[j].row - lines[j - 1].row == 1 and len(lines[j - 1].text) < 50:
                if lines[j - 1].raw.startswith("#") or type_line(lines[j - 1]):
                    break
                j -= 1
            found.update(range(j, i + 1))
            j = i + 1
            while j < stop and len(lines[j].text) < 50 and _STAMP.match(plain(lines[j].text)):
                found.add(j)
                j += 1
        elif _SIGNING.match(key) and len(lines[i].text) < 90:
            found.add(i)
    return found


def _fields(head: Head, pieces: Sequence[str]) -> None:
    """Number, date, place and the issuer's lines from the pieces above the type line."""
    text = "\n".join(pieces)
    motto = _MOTTO.search(plain(text))
    while motto:
        text = f"{text[: motto.start()]}\n{text[motto.end() :]}"
        motto = _MOTTO.search(plain(text))
    number = _NUMBERED.search(text) or _BARE_NUMBER.search(text)
    if number:
        head.number_raw = number["number"]
        head.number = normal_number(number["number"])
        text = f"{text[: number.start()]}\n{text[number.end() :]}"
    dated = _date(text)
    if dated:
        head.date, start, end = dated
        before = text[:start].rstrip(" ,\n")
        place = re.search(r"(?:[^\W\d_][^\W\d_]*\.? ?(?:- ?)?)+$", before.rsplit("\n", 1)[-1])
        if place:
            words = place[0].strip()
            named = re.search(r"(?:(?:TP|Tp|T\.P)\.? ?)?[^\W\d_a-zà-ỹ][^\W\d_]*(?:[ -]+[^\W\d_a-zà-ỹ][^\W\d_]*)*$", words)
            head.place = (named[0] if named else words).strip()
            cut = len(before) - len(head.place)
            text = f"{text[:cut]}\n{text[end:]}"
        else:
            text = f"{text[:start]}\n{text[end:]}"
    left = [re.sub(r"^(?:[Ss]ố|SỐ)\s*[:.]?$", "", p.strip(" -–_*.,:;|")) for p in text.split("\n")]
    head.issuer = read_issuer([p for p in left if p and not _RULE.fullmatch(p)])


def _title(head: Head, source: str, lines: Sequence[Line], at: int, stop: int) -> None:
    """Type and title from the type line on, and where the body begins."""
    kind, runs_on = type_line(lines[at]) or ("", False)
    head.document_type = kind
    head.title_lines.append(at)
    parts: list[str] = []
    if runs_on:
        text = lines[at].text
        words = len(kind.split())
        parts.append(" ".join(text.split()[words:]))
    i = at + 1
    while i < stop:
        line = lines[i]
        if not line.text or is_rule(line):
            if line.raw:
                head.letterhead.append(i)
            else:
                head.furniture.append(i)
            i += 1
            if parts:
                break
            continue
        stamps = _stamps(lines, i, min(stop, i + 6))
        if i in stamps:
            head.furniture.append(i)
            i += 1
            continue
        if not _is_title(line, bool(parts), lines[i - 1]):
            break
        head.title_lines.append(i)
        parts.append(line.text)
        i += 1
    head.end = _authority(head, lines, i, stop)
    head.title = " ".join(part for part in parts if part).strip(" *") or None


def _is_title(line: Line, begun: bool, before: Line) -> bool:
    text = line.text
    if read_marker(text) and not (begun and line.row - before.row == 1 and text[2:3].islower()):
        return False
    if line.key.startswith(("kinh gui", "noi nhan")):
        return False
    if line.capitals:
        return not re.match(
            r"(?:chu tich |thu tuong |bo truong |uy ban nhan dan |hoi dong nhan dan |chinh phu$"
            r"|quyet dinh$|quyet nghi$|bo [a-z]+ ?[a-z]*$|ban chap hanh|ban thuong vu)",
            line.key,
        )
    if line.hashes:
        return True
    if begun:
        gap = line.row - before.row > 1
        return not gap and len(text) < 200 and not text.endswith((".", ";"))
    if line.key.startswith(("ve viec", "ve ", "v v")):
        return len(text) < 600
    if opening_words("opener").match(line.key) and not line.key.startswith("trien khai"):
        return len(text) < 130 and not text.endswith((".", ";", ":", ","))
    return len(text) < 400 and not text.endswith((".", ";", ":"))


def _authority(head: Head, lines: Sequence[Line], i: int, stop: int) -> int:
    """The issuer in capitals under the title (`ỦY BAN NHÂN DÂN TỈNH …`, `KHÓA VII, KỲ HỌP THỨ 12`)."""
    begin = i
    while i < stop and i < begin + 8:
        line = lines[i]
        if not line.text or is_rule(line):
            i += 1
            continue
        key = line.key
        stamped = _stamps(lines, i, min(stop, i + 6))
        if i in stamped:
            head.furniture.append(i)
        elif line.capitals and len(line.text) < 120 and not read_marker(line.text) and re.match(
            r"(?:chu tich|thu tuong|bo truong|thu truong|uy ban|hoi dong|chinh phu|quoc hoi|bo |ban "
            r"|khoa |ky hop|nhiem ky|tong |giam doc|thong doc|uy ban)",
            key,
        ):
            head.letterhead.append(i)
            if not head.issuer and not key.startswith(("khoa", "ky hop", "nhiem ky")):
                name = re.sub(r"^(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG) (?=\S)", "", line.text)
                head.issuer = read_issuer([name])
        else:
            break
        i += 1
        begin = i if i - begin > 6 else begin
    while i > head.first and i - 1 not in head.letterhead and i - 1 not in head.furniture:
        if lines[i - 1].text and i - 1 in head.title_lines:
            break
        if i - 1 < begin:
            break
        i -= 1
    for j in range(begin, i):
        if j not in head.letterhead and j not in head.furniture:
            head.furniture.append(j)
    return i


def _subject(head: Head, lines: Sequence[Line], at: int, stop: int) -> None:
    """A letter has no type line: `V/v …` under its number is its title, `Kính gửi` ends it."""
    i = at
    parts: list[str] = []
    while i < stop and i < at + 8:
        line = lines[i]
        motto = _MOTTO.search(plain(line.text))
        if not line.text or is_rule(line):
            i += 1
            continue
        if line.key.startswith("kinh gui") or _is_body(line):
            break
        if motto or _date(line.text):
            head.letterhead.append(i)
        elif i in _stamps(lines, i, min(stop, i + 6)):
            head.furniture.append(i)
        elif not parts or (line.row - lines[i - 1].row == 1 and i - 1 in head.title_lines):
            head.title_lines.append(i)
            parts.append(line.text)
        elif len(line.text) < 60 and not read_marker(line.text):
            head.furniture.append(i)
        else:
            break
        i += 1
    for j in range(at, i):
        if j not in head.title_lines and j not in head.furniture and j not in head.letterhead:
            head.letterhead.append(j)
    text = "\n".join(lines[j].text for j in range(at, i))
    if not head.date and (dated := _date(text)):
        head.date = dated[0]
        line_of = text[: dated[1]].rsplit("\n", 1)[-1].rstrip(" ,")
        head.place = head.place or line_of or None
    head.end = i
    title = " ".join(parts)
    head.title = re.sub(r"^(?:V/v|v/v|V/V)\s*:?\s*", "", title) or None
    if head.title and head.title != title:
        head.title = "Về " + re.sub(r"^(?:về|việc)\s+", lambda m: "việc " if "việc" in m[0] else "", head.title)


def _complete(head: Head) -> None:
    """What one field says of another: the type by the symbol, the issuer by number and place."""
    if head.place and (province := find_province(head.place)):
        head.province = province.name
    if not head.document_type and head.number:
        parts = symbol_parts(head.number)
        kind = types_by_symbol().get(parts[0].upper()) if parts else None
        head.document_type = kind.name if kind else "Công văn"
    if not head.issuer and head.number:
        head.issuer = issuer_of_number(head.number, find_province(head.place or ""))


def _locate(head: Head, source: str, lines: Sequence[Line]) -> None:
    """Where the number stands in the source."""
    for i in head.letterhead:
        line = lines[i]
        place = line.text.find(head.number_raw or "")
        if place >= 0 and head.number_raw:
            head.number_span = line.passage.span(place, place + len(head.number_raw))
            return
