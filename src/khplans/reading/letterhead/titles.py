"""Kind and title of a document, and where its body begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.knowledge.letterhead import opening_words
from khplans.reading.letterhead.issuers import read_issuer
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import is_annex_label, is_rule, kind_line, opens_body, stamps
from khplans.reading.lines.markers import read_marker
from khplans.reading.lines.phrases import MOTTO, find_date
from khplans.reading.tables.columns import heads_table

_AUTHORITY = re.compile(
    r"(?:chu tich|thu tuong|pho thu tuong|bo truong|thu truong|uy ban nhan dan|uy ban thuong vu|hoi dong nhan dan"
    r"|chinh phu$|quoc hoi|khoa \w+|ky hop|nhiem ky|(?:tong )?giam doc|thong doc|ban chap hanh|ban thuong vu"
    r"|bo chinh tri|ban bi thu|tong thanh tra|tong cuc truong|cuc truong|uy ban dan toc|lien tich"
    r"|bo (?:tai|ke|nong|xay|y|van|giao|cong|noi|tu|ngoai|quoc|khoa|lao|thong|giao)[a-z ]*$|hdnd|ubnd)"
)
_OF_BODY = re.compile(
    r"(?:CỦA|Của|của) (?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|BAN BÍ THƯ|BỘ CHÍNH TRỊ|QUỐC HỘI"
    r"|ỦY BAN THƯỜNG VỤ QUỐC HỘI|(?:BỘ TRƯỞNG )?BỘ [^\d,.]{3,60}|(?:CHỦ TỊCH )?(?:UBND|[ỦU][YỶ] BAN NHÂN DÂN|HĐND|HỘI ĐỒNG NHÂN DÂN) (?:(?! VỀ | V/V )[^\d,.]){3,40})$"
)
_LEADS_ON = re.compile(
    r"(?:[,(\-–]|\b(?:và|VÀ|của|CỦA|cho|CHO|giữa|GIỮA|với|VỚI))$|^HỘI NGHỊ ", re.IGNORECASE
)
_VERDICTS = (
    "quyet nghi",
    "quyet dinh",
    "nghi quyet",
    "chi thi",
    "nghi dinh",
    "thong tu",
    "quy dinh",
)
_OPENER = re.compile(
    r"(?:can cu|xet|theo de nghi|thuc hien|kinh gui|de|nham|trong|sau khi|ngay|nam)\b"
)
# What reading machines make of a stamp or a scribble beside the title.
_JUNK = re.compile(r"[¬£§~^#@\\|{}<>=+_]")
_DRAWN = re.compile(r"[-–—_=*\\\s]{5,}")
_ENDED = re.compile(r"[.;:,]$")
# A line that holds nothing but the years at the end of a title.
_YEARS = re.compile(r"(?:năm |NĂM )?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)*")
_OFFICE = re.compile(r"(?:chu tich|bo truong|giam doc|thong doc|tong|cuc truong|vien truong)\b")
_SESSION = ("khoa", "ky hop", "nhiem ky")


@dataclass(frozen=True, slots=True)
class Heading:
    """Kind, title and what else the lines of the title say; indices of the lines of each sort."""

    kind: str | None
    title: str | None
    end: int
    title_lines: tuple[int, ...]
    letterhead_lines: tuple[int, ...] = ()
    furniture: tuple[int, ...] = ()
    issuer: str | None = None
    number: str | None = None
    number_raw: str | None = None
    date: date | None = None


def read_title(lines: Sequence[Line], at: int, stop: int) -> Heading:
    """Read kind and title from the line that announces the kind, or that the title begins with."""
    kind, rest = kind_line(lines[at]) or (None, lines[at].text)
    title_lines = [at]
    letterhead: list[int] = []
    marks = stamps(lines, at + 1, min(stop, at + 16))
    issuer_line = ""
    if _OF_BODY.fullmatch(rest):
        issuer_line, rest = rest.split(" ", 1)[1], ""
    parts = [rest] if rest else []
    i = at + 1
    while i < stop:
        line = lines[i]
        if i in marks:
            i += 1
            continue
        if is_rule(line) or not line.text:
            if len(title_lines) > 1 or i > at + 3:
                break
            i += 1
            continue
        if _is_motto(line) or _only_date(line):
            letterhead.append(i)
            i += 1
            continue
        if _OF_BODY.match(line.text) and not parts:
            issuer_line = line.text.split(" ", 1)[1]
            letterhead.append(i)
            i += 1
            continue
        if issuer_line and not parts and line.key.startswith(_SESSION):
            letterhead.append(i)
            i += 1
            continue
        if not _names_another_body(lines, i, stop) and (
            is_annex_label(line)
            or heads_table(line)
            or not _belongs(line, parts, lines[i - 1], bool(rest))
        ):
            break
        title_lines.append(i)
        parts.append(line.text)
        i += 1
    for j in _down_to_rule(lines, i, stop) if i < stop and i > at + 1 else ():
        title_lines.append(j)
        parts.append(lines[j].text)
        i = j + 1
    end, issuer = _authority(lines, i, stop, marks, letterhead)
    title = " ".join(parts).strip(" *") or None
    return Heading(
        kind,
        title,
        end,
        tuple(title_lines),
        tuple(letterhead),
        tuple(sorted(marks)),
        issuer or (read_issuer([issuer_line]) if issuer_line else None),
    )


def _names_another_body(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether a line of capitals names a body that the title speaks of: the one that decides stands below."""
    if not lines[at].capitals or not _AUTHORITY.match(lines[at].key):
        return False
    for line in lines[at + 1 : min(stop, at + 5)]:
        if not line.text or is_rule(line):
            continue
        if not line.capitals or line.key.startswith(_SESSION) or _OFFICE.match(line.key):
            return False
        if _AUTHORITY.match(line.key):
            return True
    return False


def _down_to_rule(lines: Sequence[Line], at: int, stop: int) -> Sequence[int]:
    """The lines of a title set apart by blank lines, down to the rule drawn under it."""
    for j in range(at, min(stop, at + 7)):
        line = lines[j]
        if is_rule(line):
            return range(at, j) if _DRAWN.fullmatch(line.raw) else ()
        if len(line.text) > 160 or opens_body(line) or read_marker(line.text) or kind_line(line):
            return ()
        if line.text.endswith((":", ";", ".")) or "|" in line.raw:
            return ()
        if _AUTHORITY.match(line.key) or line.key.startswith("noi nhan") or _only_date(line):
            return ()
    return ()


_OF_COMMITTEE = re.compile(
    r"cua (?:chu tich )?(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|bo)\b.{0,60}? (?=(?:ve|v ?/ ?v)\b)"
)
_SUBJECT = re.compile(r"v ?/ ?v\b")


def is_title(lines: Sequence[Line], i: int) -> bool:
    """Whether a line in capitals is a title whose kind stands nowhere: `VỀ VIỆC …` under the date.

    It opens as titles do, or the body that decides stands right below.
    """
    line = lines[i]
    if not line.capitals or MOTTO.search(line.low):
        return False
    words = _OF_COMMITTEE.sub("", line.low)
    if _SUBJECT.match(words) or opening_words("title").match(words):
        return True
    below = next((after for after in lines[i + 1 : i + 4] if after.text), None)
    return (
        below is not None
        and len(line.text) > 30
        and below.capitals
        and bool(_AUTHORITY.match(below.key))
        and not _AUTHORITY.match(line.key)
    )


def _only_date(line: Line) -> bool:
    """Whether a line is nothing but a place and a date."""
    low = line.low
    dated = find_date(low)
    if dated is None or len(low) - dated[2] > 3 or dated[1] > 40:
        return False
    place = low[: dated[1]].rstrip()
    return (not place or place.endswith(",")) and not re.search(r"\d", place)


def _is_motto(line: Line) -> bool:
    motto = MOTTO.search(line.low)
    return (
        motto is not None
        and not line.low[: motto.start()].endswith("nuoc ")
        and (line.capitals or len(line.text) < 60)
        and not opens_body(line)
    )


def _belongs(line: Line, parts: Sequence[str], before: Line, announced: bool) -> bool:
    """Whether a line below the kind is still the title."""
    text = line.text
    adjacent = line.row - before.row == 1
    if line.key.startswith(("kinh gui", "noi nhan", "chuong i", "phan thu")):
        return False
    if line.key in _VERDICTS and text.endswith(":"):
        return False
    if _JUNK.search(text) and len(text) < 40:
        return False
    marker = read_marker(text)
    if marker:
        small = text[marker.end : marker.end + 1].islower()
        return bool(parts) and adjacent and marker.bullet and small
    if parts and not adjacent and not before.capitals and text[:1].islower():
        return len(parts[-1]) > 50 and len(text) < 200 and not _ENDED.search(parts[-1])
    if line.capitals and not line.key.startswith(("ve viec", "ve ")) and _AUTHORITY.match(line.key):
        return bool(parts) and adjacent and bool(_LEADS_ON.search(parts[-1]))
    if line.capitals or (parts and adjacent and _YEARS.fullmatch(text)):
        return True
    if (
        not parts
        and 260 < len(text) < 700
        and text[-1:] not in ".;:,"
        and not _OPENER.match(line.key)
    ):
        return True
    if opens_body(line):
        return (
            not parts
            and line.key.startswith(("thuc hien", "ve "))
            and len(text) < 300
            and (text[-1:] not in ".;:,")
        )
    if line.hashes:
        return True
    if parts and not announced:
        short = len(text) < 200 and text[-1:] not in ".;:"
        return (
            short
            and (adjacent or line.bold)
            and (text[:1].islower() or _unfinished(parts[-1]) or line.bold or before.bold)
        )
    if line.key.startswith(("ve viec", "ve ", "v v")):
        return len(text) < 700
    if opening_words("opener").match(line.key) and not line.key.startswith(
        ("trien khai", "thuc hien")
    ):
        return len(text) < 130 and text[-1:] not in ".;:,"
    return (not parts and len(text) < 450 and text[-1:] not in ".;:") or (
        bool(parts) and adjacent and text[:1].islower() and len(text) < 200
    )


def _unfinished(text: str) -> bool:
    return bool(
        re.search(
            r"(?:[,(\-–]|\b(?:và|VÀ|của|CỦA|cho|CHO|tỉnh|TỈNH|về|VỀ|ngày|NGÀY|năm|NĂM|số|SỐ|theo|THEO|tại|TẠI|các|CÁC))$",
            text,
        )
    )


def _authority(
    lines: Sequence[Line], at: int, stop: int, marks: set[int], letterhead: list[int]
) -> tuple[int, str | None]:
    """Past the issuer in capitals under the title and the rules around it."""
    issuer = None
    end = i = at
    while i < min(stop, at + 12):
        line = lines[i]
        if i in marks:
            end = i + 1
        elif line.text and not is_rule(line):
            if not line.capitals or len(line.text) > 130 or read_marker(line.text):
                break
            if not _AUTHORITY.match(line.key):
                break
            letterhead.append(i)
            end = i + 1
            if issuer is None and not line.key.startswith(_SESSION):
                issuer = read_issuer([line.text])
        i += 1
    return end, issuer
