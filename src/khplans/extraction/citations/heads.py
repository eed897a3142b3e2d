"""The words before a number: the kind of document (`Nghị quyết`), `số`, what stands between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.extraction.citations.numbers import Number
from khplans.knowledge.document_types import (
    DocumentType,
    document_types,
    types_by_name,
    types_by_symbol,
)
from khplans.text.dates import DAY
from khplans.text.fold import fold

WINDOW = 140
"""How many characters before a number may belong to it."""
# `số` and what reading machines make of it, with what may stand around it before a number.
_SO = r"s(?: ?[ốọóổôỏỡỗếồ06oòõ])?(?: (?:hiệu|ký hiệu))?"
_BEFORE = re.compile(
    rf"(?P<gap>.*?)(?P<so>(?:(?<!\w)(?:{_SO})|số)(?: ?[:.])? ?|[:(] ?| |^)\(?$",
    re.IGNORECASE | re.DOTALL,
)
# Before these, what looks like a number is a form's, an annex's, a gazette's or a standard's.
_FORM = re.compile(
    r"(?<!\w)(?:mẫu|biểu|phụ lục|công báo|TCVN|QCVN)(?: [\dIVX]{1,4})?(?: số)?:? ?$", re.IGNORECASE
)
# What may stand between the kind and `số`: the issuer, the date, or words of the kind's own name
# (`Luật bảo hiểm y tế (BHYT) số …`).
_BETWEEN = re.compile(
    rf" ?(?:(?:của|do) (?P<issuer>[^,;:.()\d]{{2,70}})|,? ?(?P<day>{DAY})"
    r"|(?P<words>[^,;:.()\d]{2,90}(?:(?-i:\([A-ZĐ]{2,10}\)) ?)?)"
    r"|\((?:hỏa tốc|hoả tốc|khẩn|thượng khẩn|mật)\))?(?: ?\()?:? ?",
    re.IGNORECASE,
)
# Symbols that running text uses for something else than a kind of document.
_NOT_SHORT = frozenset({"QH", "HĐ", "CN", "PL", "DA", "NP", "GT", "CL"})
# Kinds whose name with a number but without `số` is a programme's name (`Đề án 06/CP`).
_PROGRAMMES = frozenset({"Chương trình", "Đề án", "Dự án", "Phương án", "Quy hoạch", "Chiến lược"})


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a number: where the mention begins and the kind as the text names it.

    `kind` is None where the text names none there; `so` says whether `số` stands before the number.
    """

    i: int
    kind: str | None
    so: bool
    issuer: str | None = None
    day: str | None = None


@cache
def _kinds() -> re.Pattern[str]:
    names = {name for kind in document_types() for name in (kind.name, *kind.aliases)}
    names = {name for name in names if " của " not in name}
    written = "|".join(re.escape(name).replace(r"\ ", " ?") for name in sorted(names, key=_longest))
    for one, other in (("òa", "oà"), ("ỏa", "oả"), ("ủy", "uỷ")):
        written = written.replace(one, f"(?:{one}|{other})")
    symbols = {s for kind in document_types() for s in kind.symbols if len(s) > 1} - _NOT_SHORT
    short = "|".join(sorted(symbols, key=_longest))
    # Spaces may be lost on either side and inside (`theoQuyết định`, `Nghịđịnh`, `Quyết địnhsố`).
    return re.compile(
        rf"(?:(?<!\w)|(?-i:(?<=[a-zà-ỹ])(?=[A-ZĐ])))(?P<name>{written})(?:(?!\w)|(?=số))"
        rf"|(?<!\w)(?-i:(?P<symbol>{short}))(?!\w)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class KindName:
    """The name of a kind of document that ends at `j`."""

    j: int
    kind: str


def kind_at(text: str, i: int) -> KindName | None:
    """The name or symbol of a kind of document right at `text[i:]`.

    >>> kind_at("gọi tắt là Đề án 06", 11)
    KindName(j=16, kind='Đề án')
    """
    match = _kinds().match(text, i)
    return KindName(match.end(), _name(match)) if match else None


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def kind_of_symbol(symbol: str) -> DocumentType | None:
    """The kind that a symbol stands for, `QD` read as `QĐ`."""
    symbol = symbol.upper()
    return types_by_symbol().get(symbol) or types_by_symbol().get(symbol.replace("QD", "QĐ", 1))


def fits(kind: str, symbol: str) -> bool:
    """Whether a number with this symbol can be a document of this kind."""
    known = types_by_name().get(fold(kind))
    symbols = {s.upper() for s in known.symbols} if known else set()
    return symbol.upper() in symbols or symbol.upper().replace("QD", "QĐ", 1) in symbols


def find_head(text: str, number: Number, floor: int) -> Head | None:
    """Read what stands before a number, no further back than `floor`.

    None where it shows that this is no document's number (`mẫu số 01/BC-UBND`).
    """
    start = max(floor, number.i - WINDOW)
    window = text[start : number.i]
    before = _BEFORE.match(window)
    gap = before["gap"] if before else window
    so = bool(before and re.match(_SO, before["so"], re.IGNORECASE))
    if _FORM.search(gap):
        return None
    i = number.i - len(window) + len(gap) if so else number.i
    stop = max(gap.rfind(";"), gap.rfind(". "))
    spotted = list(_kinds().finditer(gap, stop + 1))
    for match in reversed(spotted):
        between = _BETWEEN.fullmatch(gap, match.end())
        if between is None:
            break
        issuer, day, words = between["issuer"], between["day"], between["words"]
        adjacent = not (issuer or day or words)
        kind = _name(match)
        if adjacent and number.kind_symbol and not fits(kind, number.kind_symbol):
            match = _compound(spotted, match, number) or match
            kind = _name(match)
        elif not adjacent and not so:
            break
        elif (issuer or words) and not _belongs(kind, issuer or words, number):
            continue
        if kind in _PROGRAMMES and not number.kind_symbol and not so:
            return None
        named = (issuer or words or "").rpartition("của ")[2] or None
        return Head(start + match.start(), kind, so, named, day)
    return _misspelt(gap, start, so) or Head(i, None, so)


def _misspelt(gap: str, start: int, so: bool) -> Head | None:
    """A kind whose accents were lost or misread (`Nghi quyêt`), right before the number."""
    words = [m.start() for m in re.finditer(r"(?<!\w)\w+(?= ?\w* ?\w* ?\w*$)", gap)][-4:]
    for k in words:
        kind = types_by_name().get(fold(gap[k:]))
        if kind is not None and gap[k].isupper():
            return Head(start + k, kind.name, so)
    return None


def _belongs(kind: str, words: str, number: Number) -> bool:
    """Whether a number some words behind a kind is its: by its symbol, in a letter by few words."""
    if number.kind_symbol:
        return fits(kind, number.kind_symbol)
    return len(words.split()) <= 8


def _compound(
    spotted: list[re.Match[str]], match: re.Match[str], number: Number
) -> re.Match[str] | None:
    """`Thông báo kết luận số 12/TB-…`: the first of two kinds, where only that one fits."""
    for other in spotted:
        if other.end() + 1 == match.start() and fits(_name(other), number.kind_symbol):
            return other
    return None


def _name(match: re.Match[str]) -> str:
    if match["symbol"]:
        return types_by_symbol()[match["symbol"].upper()].name
    name = fold(match["name"])
    known = types_by_name().get(name)
    return known.name if known else _types_by_letters()[name.replace(" ", "")].name


@cache
def _types_by_letters() -> dict[str, DocumentType]:
    return {name.replace(" ", ""): kind for name, kind in types_by_name().items()}
