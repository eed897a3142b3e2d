"""Titles that say what their letterhead should: `CỦA CHÍNH PHỦ SỐ 03/NQ-CP NGÀY 15 THÁNG 01 NĂM 2010`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from khplans.knowledge.document_types import types_by_name
from khplans.knowledge.wording import Wording
from khplans.reading.letterhead.issuers import read_issuer
from khplans.reading.letterhead.titles import TitleLines
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.phrases import find_date
from khplans.text.fold import fold
from khplans.text.shadow import shadow

_INSIDE = Wording(
    rf"(?s:(?:\W*(?:cua|của)\s++(?P<issuer>[^\d]{{3,110}}?))?\W*\bs[oố]\s*:?\s*(?P<number>{NUMBER})"
    r"\s*,?\s*(?P<rest>.*)$)",
    "của Bộ Y tế số 12/KH-BYT",
)
_KIND_FIRST = Wording(
    rf"(?P<kind>[^\W\d_]+(?: [^\W\d_]+){{0,3}}) số:? {NUMBER},? ngày \d",
    "Kế hoạch số 12/KH-UBND ngày 5",
)
_KIND_AND_SUBJECT = Wording(
    r"(?P<kind><document type>) <subject of a document>\b", "Báo cáo tình hình"
)
_DATED = re.compile(
    r"CỦA (?P<issuer>[^\d]{3,110}?),?(?: SỐ (?P<number>\d{1,4}))? (?P<day>NGÀY \d{1,2}(?: THÁNG |[/.-])\d{1,2}(?: NĂM |[/.-])\d{4})\b(?P<rest>.*)$",
    re.DOTALL,
)
_OF_STATE = Wording(r"\s+nước (?:cộng|việt) .*$", "CHỦ TỊCH NƯỚC CỘNG HÒA")
_BODY_FIRST = Wording(
    r"(?i:của)\s+([^\d]+?)(?=\s+<opens a subject>\b|$)", "CỦA BỘ Y TẾ QUY ĐỊNH", exact=True
)
_NO_BODY = Wording(r"\b<no body>\b", "triển khai kế hoạch", folded=True)


def kind_before_number(text: str) -> str | None:
    """The kind of the document with whose kind, number and day a text begins, or None.

    >>> kind_before_number("Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh Hà Giang về trồng rừng")
    'Kế hoạch'
    >>> kind_before_number("Kế hoạch số 12/KH-UBND hết hiệu lực."), kind_before_number("Căn cứ Quyết định số 5/QĐ-TTg")
    (None, None)
    """
    found = _KIND_FIRST.match(text)
    kind = types_by_name().get(fold(found["kind"])) if found else None
    return kind.name if kind and text[-1:] not in ".;:," else None


def kind_before_subject(text: str) -> str | None:
    """The kind of the document with whose kind and subject a text begins, in small letters, or None.

    >>> kind_before_subject("Quyết định về việc giao đất"), kind_before_subject("Kế hoạch công tác tháng 3")
    ('Quyết định', 'Kế hoạch')
    >>> kind_before_subject("Quyết định này có hiệu lực"), kind_before_subject("Báo cáo tình hình thu ngân sách.")
    (None, None)
    """
    found = _KIND_AND_SUBJECT.match(text)
    kind = types_by_name().get(fold(found["kind"])) if found else None
    return kind.name if kind and text[-1:] not in ".;:," else None


def with_number_inside(title: TitleLines) -> TitleLines:
    """Take number, date and issuer out of a title that has them.

    >>> words = "CỦA CHÍNH PHỦ SỐ 03/NQ-CP NGÀY 15 THÁNG 01 NĂM 2010 VỀ GIÁ ĐẤT"
    >>> found = with_number_inside(TitleLines("Nghị quyết", words, 2, (1,)))
    >>> found.title, found.issuer, found.number, str(found.date)
    ('VỀ GIÁ ĐẤT', 'Chính phủ', '03/NQ-CP', '2010-01-15')
    """
    found = _INSIDE.match(title.title or "")
    if not found:
        return _with_date_inside(title)
    body = found["issuer"]
    if _NO_BODY.search(shadow(body or "")):
        return title
    day, rest = _date_first(found["rest"])
    if not body:
        body, rest = _body_first(rest)
    return replace(
        title,
        title=rest or None,
        issuer=_issuer(body) if body else title.issuer,
        number=normal_number(found["number"]),
        number_raw=found["number"],
        date=day,
    )


def _date_first(words: str) -> tuple[date | None, str]:
    """The date that words begin with, and the words after it.

    >>> _date_first("NGÀY 15 THÁNG 01 NĂM 2010 VỀ GIÁ ĐẤT")
    (datetime.date(2010, 1, 15), 'VỀ GIÁ ĐẤT')
    """
    dated = find_date(shadow(words[:40]))
    if dated is None or dated[1] >= 4:
        return None, words
    return dated[0], words[dated[2] :].strip(" ,.;-")


def _body_first(words: str) -> tuple[str | None, str]:
    """The body that words begin with, and the words after it.

    >>> _body_first("CỦA CHÍNH PHỦ VỀ GIÁ ĐẤT"), _body_first("VỀ GIÁ ĐẤT")
    (('CHÍNH PHỦ', 'VỀ GIÁ ĐẤT'), (None, 'VỀ GIÁ ĐẤT'))
    >>> _body_first("của Bộ Y tế hướng dẫn khám bệnh")
    ('Bộ Y tế', 'hướng dẫn khám bệnh')
    """
    found = _BODY_FIRST.match(words)
    return (found[1], words[found.end() :].strip()) if found else (None, words)


def _issuer(body: str) -> str | None:
    """A body's usual name, without the State's after it.

    >>> _issuer("QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    'Quốc hội'
    """
    return read_issuer([_OF_STATE.sub("", body)])


def _with_date_inside(title: TitleLines) -> TitleLines:
    """The same for a title with a body and a date, whose number is a bare one or none.

    >>> words = "CỦA CHÍNH PHỦ SỐ 12 NGÀY 9 THÁNG 2 NĂM 1955 VỀ THUẾ MUỐI"
    >>> found = _with_date_inside(TitleLines("Sắc lệnh", words, 2, (1,)))
    >>> found.title, found.issuer, found.number, str(found.date)
    ('VỀ THUẾ MUỐI', 'Chính phủ', '12', '1955-02-09')
    >>> words = "CỦA QUỐC HỘI NGÀY 9 THÁNG 2 NĂM 1975 THÔNG QUA KẾ HOẠCH"
    >>> found = _with_date_inside(TitleLines("Nghị quyết", words, 2, (1,)))
    >>> found.title, found.issuer, str(found.date)
    ('THÔNG QUA KẾ HOẠCH', 'Quốc hội', '1975-02-09')
    """
    found = _DATED.match(title.title or "")
    day = find_date(shadow(found["day"])) if found else None
    if not found or not day or _NO_BODY.search(shadow(found["issuer"])):
        return title
    return replace(
        title,
        title=found["rest"].strip(" ,.;-") or None,
        issuer=_issuer(found["issuer"]),
        number=found["number"],
        number_raw=found["number"],
        date=day[0],
    )
