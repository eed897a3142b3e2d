"""Titles that say what their letterhead should: `CỦA CHÍNH PHỦ SỐ 03/NQ-CP NGÀY 15 THÁNG 01 NĂM 2010`."""

from __future__ import annotations

import re
from dataclasses import replace

from khplans.reading.letterhead.issuers import read_issuer
from khplans.reading.letterhead.titles import TitleLines
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.phrases import find_date
from khplans.text.shadow import shadow

_INSIDE = re.compile(
    rf"(?:\W*(?:cua|của)\s+(?P<issuer>[^\d]{{3,110}}?))?\W*\bs[oố]\s*:?\s*(?P<number>{NUMBER})"
    r"\s*,?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(
    r"CỦA (?P<issuer>[^\d]{3,110}?),? (?P<day>NGÀY \d{1,2}(?: THÁNG |[/.-])\d{1,2}(?: NĂM |[/.-])\d{4})\b(?P<rest>.*)$",
    re.DOTALL,
)
_OF_STATE = re.compile(r"\s+(?:NƯỚC|[Nn]ước) (?:CỘNG|[Cc]ộng|VIỆT|Việt) .*$")
_NO_BODY = re.compile(
    r"\b(?:thuc hien|trien khai|ban hanh|ve viec|theo|nghi quyet|quyet dinh|ke hoach)\b"
)


def with_number_inside(heading: TitleLines) -> TitleLines:
    """Take number, date and issuer out of a title that has them: `CỦA CHÍNH PHỦ SỐ 03/NQ-CP NGÀY …`."""
    found = _INSIDE.match(heading.title or "")
    if not found:
        return _with_date_inside(heading)
    if _NO_BODY.search(shadow(found["issuer"] or "")):
        return heading
    rest = found["rest"]
    dated = find_date(shadow(rest[:40]))
    day = None
    if dated and dated[1] < 4:
        day = dated[0]
        rest = rest[dated[2] :].strip(" ,.;-")
    issuer = found["issuer"]
    behind = re.match(
        r"(?:CỦA|của)\s+([^\d]+?)(?=\s+(?:VỀ|về|Về|QUY ĐỊNH|HƯỚNG DẪN|BAN HÀNH)\b|$)", rest
    )
    if behind and not issuer:
        issuer = behind[1]
        rest = rest[behind.end() :].strip()
    if issuer:
        issuer = _OF_STATE.sub("", issuer)
    return TitleLines(
        heading.kind, rest or None, heading.end, heading.title_lines, heading.letterhead_lines,
        heading.furniture, read_issuer([issuer.strip()]) if issuer else heading.issuer,
        normal_number(found["number"]), found["number"], day,
    )  # fmt: skip


def _with_date_inside(heading: TitleLines) -> TitleLines:
    """The same for a title with a body and a date, but no number: `CỦA QUỐC HỘI NGÀY …`."""
    found = _DATED.match(heading.title or "")
    day = find_date(shadow(found["day"])) if found else None
    if not found or not day or _NO_BODY.search(shadow(found["issuer"])):
        return heading
    return replace(
        heading,
        title=found["rest"].strip(" ,.;-") or None,
        issuer=read_issuer([_OF_STATE.sub("", found["issuer"])]),
        date=day[0],
    )
