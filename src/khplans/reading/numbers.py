"""The number of a document as its letterhead shows it, and as it should be written.

Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3: `Số: 15/QĐ-UBND`; laws and normative decisions carry the
year (`84/2025/QĐ-UBND`). Hướng dẫn 36-HD/VPTW, for the Party: `Số 15-NQ/TU`.
"""

from __future__ import annotations

import re

_DASHES = str.maketrans(dict.fromkeys("–—−‑‒", "-"))
_PART = r"[^\W\d_][^\W_]*(?:&[^\W_]+)*"
NUMBER = (
    r"(?:[A-ZĐ]?\d{1,6}[a-zđ]?|[A-Z]\d{1,5})"
    r"(?:\s?[/-]\s?(?:19|20)\d\d)?"
    rf"\s?[/\-–]\s?{_PART}(?:\s?[-–/.]\s?{_PART}){{0,5}}"
)
_USUAL = {
    name.upper(): name
    for name in ("CTr", "TTr", "TTg", "BTTg", "QyĐ", "QĐi", "TrS", "CTrHĐ", "CTrPH", "VPCTr")
}


def normal_number(raw: str) -> str:
    """The number as it should be written: no spaces, plain hyphens, capitals but for `CTr`, `TTg`.

    >>> normal_number("9902 /KH- UBND"), normal_number("54-CTR/TU"), normal_number("03/qđ-ttg")
    ('9902/KH-UBND', '54-CTr/TU', '03/QĐ-TTg')
    """
    bare = re.sub(r"\s+", "", raw).translate(_DASHES)
    cut = re.match(r"[A-ZĐ]?\d+[a-zđ]?(?:[/-](?:19|20)\d\d(?=\D|$))?", bare)
    head, symbol = (cut[0], bare[cut.end() :]) if cut else ("", bare)
    return head + "".join(_usual(part) for part in re.split(r"([-/.&])", symbol))


def _usual(part: str) -> str:
    upper = part.upper()
    if upper in _USUAL:
        return _USUAL[upper]
    small = sum(map(str.islower, part))
    return part if part[:1].isupper() and len(part) > 2 and small * 2 < len(part) else upper


def symbol_parts(number: str) -> tuple[str, ...]:
    """The parts of a number's symbol, without its figures and year.

    >>> symbol_parts("84/2025/QĐ-UBND"), symbol_parts("15-NQ/TU"), symbol_parts("55/2022/QH15")
    (('QĐ', 'UBND'), ('NQ', 'TU'), ('QH15',))
    """
    found = re.match(r"[A-ZĐ]?\d+[a-zđ]?(?:[/-](?:19|20)\d\d(?=\D))?[/-]", number)
    return tuple(filter(None, re.split(r"[-/.]", number[found.end() :]))) if found else ()
