"""The number of a document as its letterhead shows it, and as it should be written.

Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3: `Số: 15/QĐ-UBND`; laws and normative decisions carry the
year (`63/2025/QĐ-UBND`). Hướng dẫn 36-HD/VPTW, for the Party: `Số 22-NQ/TU`.
"""

from __future__ import annotations

import re
from functools import cache

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.issuers import issuer_of_symbol
from khplans.knowledge.wording import words_for

_DASHES = str.maketrans("–—", "--")
_LETTER = r"[^\W\d_]"
_PART = rf"{_LETTER}[^\W_]*(?:\s?&\s?[^\W_]+)*"
# Kinds and bodies that old numbers put after a space: `Số 566 TTg`, `214 NQ/UBTVQH9`.
_SPACED = r"(?-i:(?:NQ|QĐ|NĐ|CT|TT|TB|CV|HD|KL|CP|TTg|HĐBT|UB|UBND|TW|TU)(?![\w ])|[A-ZĐ]{2}[A-ZĐa-z]?-[A-ZĐ])"
# A word of a place's name after a dash (`QĐ-UBND – Phan Thiết`) is no part of a symbol.
_WORD = r"(?-i:[A-ZĐ][a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{2})"
# Figures set apart: `4 5`, `2 0 0 4`.
_YEAR = r"(?:(?:19|20)\d\d|(?:1 9|2 0) \d \d)(?!\d)"
NUMBER = (
    r"(?:[A-ZĐ]?\d{1,6}(?:\.\d{1,2}(?=/))?[a-zđ]?|[A-Z]\d{1,5}|(?:\d{1,3} \d{1,3}|\d(?: \d){2,4})(?=\s?[/-]))"
    rf"(?:\s?[/-]\s?{_YEAR})?"
    rf"(?:\s?[/\-–—]{{1,2}}\s?(?:[NQ] (?=Đ))?| (?={_SPACED})){_PART}(?:\s?[-–—/.]\s?(?!{_WORD}){_PART}(?![^\W\d_]*,)){{0,5}}"
)
"""A pattern for a number with its symbol: figures, perhaps a year, and the symbol's parts."""
_OTHER_LETTERS = {"ƯBND": "UBND", "ỦBND": "UBND", "UBNĐ": "UBND", "HĐNĐ": "HĐND", "HDND": "HĐND"}
DOUBLED = {"QĐĐ": "QĐ", "QĐD": "QĐ", "NĐĐ": "NĐ"}
"""Symbols whose letter with a stroke a machine read twice: no kind is written so."""
_FIGURES = r"[A-ZĐ]?\d+(?:\.\d{1,2}(?=/))?[a-zđ]?"
_HEAD = re.compile(rf"{_FIGURES}(?:[/-](?:19|20)\d\d(?=\D|$))?")


@cache
def with_small_letters() -> dict[str, str]:
    """Parts of symbols that are written with small letters by custom, by their capitals.

    >>> with_small_letters()["TTG"]
    'TTg'
    """
    return {part.upper(): part for part in words_for("symbol with small letters")}


def normal_number(raw: str) -> str:
    """The number as it should be written: no spaces, plain hyphens, capitals but for `CTr`, `TTg`.

    A hyphen lost between two known parts comes back.

    >>> normal_number("1234 /KH- UBND"), normal_number("31-CTR/TU"), normal_number("03/qđ-ttg")
    ('1234/KH-UBND', '31-CTr/TU', '03/QĐ-TTg')
    >>> normal_number("566 TTg"), normal_number("114/2004/N Đ-CP")
    ('566/TTg', '114/2004/NĐ-CP')
    >>> normal_number("07.2/2025/NQ-CP"), normal_number("45//KH-UBND"), normal_number("4 5/2 0 0 4/QĐ-UB")
    ('07.2/2025/NQ-CP', '45/KH-UBND', '45/2004/QĐ-UB')
    >>> normal_number("1961/QĐUBND"), normal_number("445-KL/TƯ"), normal_number("12/SKHĐT-CCHC&PC")
    ('1961/QĐ-UBND', '445-KL/TU', '12/SKHĐT-CCHC&PC')
    >>> normal_number("3260-KH/ĐĐQH15")
    '3260-KH/ĐĐQH15'
    """
    bare = re.sub(r"([/-])\1+", r"\1", re.sub(r"\s+", "", raw).translate(_DASHES))
    cut = _HEAD.match(bare)
    head, symbol = (cut[0], bare[cut.end() :]) if cut else ("", bare)
    if head and symbol[:1].isalpha():
        symbol = f"/{symbol}"
    parts = re.split(r"([-/.&])", symbol)
    before = ["", "", *parts]
    return head + "".join(
        _usual(part, after_kind=earlier.upper() in types_by_symbol())
        for part, earlier in zip(parts, before, strict=False)
    )


def _usual(part: str, *, after_kind: bool = False) -> str:
    """A part of a symbol as it should be written: `TƯ` as `TU`, `CTR` as `CTr`, `QĐUBND` as `QĐ-UBND`.

    >>> [_usual(part) for part in ("TƯ", "CTR", "QĐUBND", "Ubnd", "QĐĐ")]
    ['TU', 'CTr', 'QĐ-UBND', 'UBND', 'QĐ']
    >>> _usual("ĐĐQH15", after_kind=True)
    'ĐĐQH15'
    """
    upper = DOUBLED.get(part.upper()) or _OTHER_LETTERS.get(part.upper(), part.upper())
    if upper == "TƯ":
        return "TU"
    if upper in with_small_letters():
        return with_small_letters()[upper]
    if _mixed(part):
        return part
    if issuer_of_symbol(upper) or upper in types_by_symbol():
        return upper
    return (None if after_kind else _parted(upper)) or upper


def _mixed(part: str) -> bool:
    """Whether small letters stand among capitals on purpose.

    >>> _mixed("BTTTg"), _mixed("Ubnd"), _mixed("UBND")
    (True, False, False)
    """
    small = sum(map(str.islower, part))
    return part[:1].isupper() and len(part) > 2 and 0 < small * 2 < len(part)


def _parted(upper: str) -> str | None:
    """A kind and an issuer that lost the hyphen between them, with it.

    >>> _parted("QĐUBND"), _parted("UBND")
    ('QĐ-UBND', None)
    """
    for cut in range(2, len(upper) - 1):
        kind, issuer = upper[:cut], _OTHER_LETTERS.get(upper[cut:], upper[cut:])
        if kind in types_by_symbol() and issuer_of_symbol(issuer):
            usual = with_small_letters()
            return f"{usual.get(kind, kind)}-{usual.get(issuer, issuer)}"
    return None


def symbol_parts(number: str) -> tuple[str, ...]:
    """The parts of a number's symbol, without its figures and year.

    >>> symbol_parts("63/2025/QĐ-UBND"), symbol_parts("22-NQ/TU"), symbol_parts("61/2020/QH14")
    (('QĐ', 'UBND'), ('NQ', 'TU'), ('QH14',))
    """
    found = re.match(rf"{_FIGURES}(?:[/-](?:19|20)\d\d(?=\D))?[/-]", number)
    return tuple(filter(None, re.split(r"[-/.]", number[found.end() :]))) if found else ()


def looks_misread(number: str) -> bool:
    """Whether the figures of a number begin with a letter, as reading errors make them.

    >>> looks_misread("H123/KH-UBND"), looks_misread("30c/NQ-CP")
    (True, False)
    """
    return number[:1].isalpha()
