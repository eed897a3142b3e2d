"""What the page around a document says of it: `Số hiệu: …`, `ban hành Chỉ thị số 21/CT-UBND`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.knowledge.document_types import types_by_name
from khplans.knowledge.wording import Wording
from khplans.reading.letterhead.body_names import usual_case
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.line import Line
from khplans.reading.lines.phrases import find_date
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_FIELD = Wording(
    r"(<number on a page>|<field of a page>)\s*:?\s*", "Loại văn bản: Kế hoạch", folded=True
)
_ANY_FIELD = Wording(
    r"(?:<number on a page>|<field of a page>|<other field of a page>)\b", "Trích yếu", folded=True
)
_LEAD = Wording(
    rf"<issues>\s+(?P<kind>[a-z ]{{4,40}}?)\s+so\s*:?\s*(?P<number>(?i:{NUMBER}))",
    "ban hành kế hoạch số 12/kh-ubnd",
    folded=True,
)
_ISSUED_BY = Wording(
    r"(?P<body>(?:Chủ tịch )?<issues on a page>(?: (?:<level>|TP\.?))?"
    rf"(?: [{UPPER}][^\W\d_]*){{1,4}})",
    "UBND tỉnh An Giang",
    exact=True,
)


@dataclass(frozen=True, slots=True)
class PageFields:
    """Fields found outside a document's own lines."""

    number: str | None = None
    document_type: str | None = None
    date: date | None = None
    signer: str | None = None
    issuer: str | None = None


def read_page_fields(before: Sequence[Line], after: Sequence[Line], kind: str | None) -> PageFields:
    """Read the lines around a document; `kind` is its own, where known.

    A news item's lead counts only where it names a document of the same kind.

    >>> from khplans.reading.lines.line import lines_of
    >>> found = read_page_fields(lines_of("Số hiệu: 12/KH-UBND\\nNgười ký: Trần Văn An"), (), None)
    >>> found.number, found.signer
    ('12/KH-UBND', 'Trần Văn An')
    """
    fields: dict[str, str] = {}
    for line in (*before[-40:], *after[:40]):
        if len(line.text) < 400:
            _fields(line.text, fields)
    number = fields.get("so hieu")
    found = re.search(NUMBER, number) if number else None
    day = find_date(f"ngay {shadow(fields.get('ngay ban hanh', ''))}")
    wrapping = PageFields(
        normal_number(found[0]) if found else None,
        fields.get("loai van ban"),
        day[0] if day else None,
        fields.get("nguoi ky"),
    )
    return wrapping if found else _lead(before, kind) or wrapping


def _fields(text: str, fields: dict[str, str]) -> None:
    """Take the fields of a line, the first of each name: `Số hiệu: 12/KH-UBND | Ngày ban hành: 5/3/2024`.

    >>> fields: dict[str, str] = {}
    >>> _fields("Số hiệu: 12/KH-UBND | Ngày ban hành: 5/3/2024", fields)
    >>> fields
    {'so hieu': '12/KH-UBND', 'ngay ban hanh': '5/3/2024'}
    """
    low = shadow(text)
    for match in _FIELD.finditer(low):
        stop = _ANY_FIELD.search(low, match.end())
        value = text[match.end() : stop.start() if stop else len(text)].strip(" .|*•-")
        name = "so hieu" if match[1].startswith("so") else match[1]
        if value and len(value) < 80:
            fields.setdefault(name, value)


def _lead(before: Sequence[Line], kind: str | None) -> PageFields | None:
    """What a news item says above the text it prints.

    >>> from khplans.reading.lines.line import lines_of
    >>> lines = lines_of("Ngày 12/5/2022, Chủ tịch UBND tỉnh Hà Giang ban hành Chỉ thị số 21/CT-UBND")
    >>> found = _lead(lines, None)
    >>> found.number, found.document_type, _lead(lines, "Kế hoạch"), _lead(lines_of("Tin trong ngày"), None)
    ('21/CT-UBND', 'Chỉ thị', None, None)
    """
    for line in before[-20:]:
        for match in _LEAD.finditer(line.low):
            named = types_by_name().get(match["kind"].strip())
            if named and kind in (None, named.name):
                return PageFields(
                    normal_number(line.text[match.start("number") : match.end("number")]),
                    named.name,
                    _date_beside(line.low, match.start(), match.end()),
                    issuer=_issued_by(line.text[: match.start()]),
                )
    return None


def _date_beside(low: str, start: int, end: int) -> date | None:
    """The date before a document's name in a sentence, else the one after its number.

    >>> str(_date_beside("ngay 12/5/2022, ubnd tinh ban hanh chi thi so 21/ct-ubnd", 26, 55))
    '2022-05-12'
    """
    dated = find_date(low[:start])
    if dated is None and low[end : end + 3].strip(" ,"):
        dated = find_date(low, end)
    return dated[0] if dated else None


def _issued_by(words: str) -> str | None:
    """The body that words name before `ban hành`.

    >>> _issued_by("Ngày 12/5/2022, Chủ tịch UBND tỉnh Hà Giang")
    'Ủy ban nhân dân tỉnh Hà Giang'
    """
    found = _ISSUED_BY.search(words)
    return usual_case(found["body"].removeprefix("Chủ tịch ")) if found else None
