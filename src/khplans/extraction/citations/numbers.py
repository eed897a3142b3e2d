"""The number of an official document: serial, year, symbol (`84/2025/QĐ-UBND`, `15-NQ/TU`).

Nghị định 30/2020/NĐ-CP, Phụ lục I, for the state; Hướng dẫn 36-HD/VPTW for the Party; and what
was written before them and what reading machines make of it: spaces or dots for hyphens, lost
hyphens and slashes, capitals throughout or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.issuers import issuer_of_symbol

_PART = r"[A-ZĐƯa-zđư&]{1,16}\d{0,3}(?!\w)"
_NUMBER = re.compile(
    rf"(?<![\w.%/\-–])(?P<serial>\d{{1,5}}[a-dA-DđĐ]?|\d{{1,2}}\.\d{{3}}(?=/)|[OoIl]\d{{1,3}}(?=[/-])|\d{{1,3}}[OoIl](?=[/-]))"
    r"(?: ?[/-] ?(?P<year>(?:19|20)\d\d|[89]\d|0\d)(?= ?[/-]))?"
    rf"(?P<sep> ?[/\-–] ?| )(?P<symbol>{_PART}(?:(?: ?[-–/] ?|[._&]| ){_PART}){{0,5}})"
    rf"|(?<= )(?P<glued>\d{{1,5}})(?P<rest>[A-ZĐ]{{2,4}}[-/][A-ZĐ]\w{{1,8}})(?!\w)"
)
_JOINT = re.compile(r"( ?[-–/] ?|[._&]| )")
_MIXED_CASE = {"CTR": "CTr", "TTR": "TTr", "TTG": "TTg", "THU": "ThU", "CTRHĐ": "CTrHĐ"}
_LOCAL_WORDS = frozenset({"UBND", "HĐND", "UB", "TU"})
_ENDS = re.compile(r" ?(?:,? ?ngày|[,;.)]|$| của | về )")
_PLACE_AFTER = re.compile(r" (?:các|cấp|tỉnh|thành|TP|huyện|thị|quận|phường|xã|đặc)\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number at `text[i:j]`: as it should be written, and what its symbol tells.

    `kind_symbol` is the part that stands for the kind of document (`QĐ`), empty in an official
    letter (`9345/UBND-XDND`); `body` says whether a known issuing body stands in it.
    """

    i: int
    j: int
    number: str
    year: int | None
    parts: tuple[str, ...]
    kind_symbol: str
    body: bool
    spaced: bool


def find_numbers(text: str) -> list[Number]:
    """Everything that has the form of a document's number, whatever stands before it.

    >>> [n.number for n in find_numbers("số 4969 /KH- UBND và 84/2025/QĐ-UBND, đạt 68/92 xã")]
    ['4969/KH-UBND', '84/2025/QĐ-UBND']
    """
    found = []
    for match in _NUMBER.finditer(text):
        number = _read(text, match)
        if number is not None:
            found.append(number)
    return found


def _read(text: str, match: re.Match[str]) -> Number | None:
    if match["glued"]:
        written, begin, sep = match["rest"], match.start("rest"), ""
        serial, year = match["glued"], None
    else:
        written, begin, sep = match["symbol"], match.start("symbol"), match["sep"]
        serial, year = match["serial"], match["year"]
    pieces = _JOINT.split(written)
    keep = _how_many(text, begin, pieces, sep)
    if not keep:
        return None
    pieces = pieces[: 2 * keep - 1]
    end = begin + len("".join(pieces))
    parts = tuple(_case(p, pieces) for p in pieces[::2])
    joints = [j.strip() or "-" for j in pieces[1::2]]
    symbol = "".join(a + b for a, b in zip(parts, [*joints, ""], strict=True)).replace("–", "-")
    slash = (sep.strip() or ("/" if sep else "")).replace("–", "-")
    between = text[match.end("serial") : match.start("year")].strip() if year else ""
    number = serial + (f"{between}{year}" if year else "") + slash + symbol
    kind = parts[0] if is_kind(parts[0]) else ""
    if len(parts) == 1 and issuer_of_symbol(kind):
        kind = ""
    return Number(
        match.start(),
        end,
        number,
        int(year) if year and len(year) == 4 else None,
        parts,
        kind,
        any(issuer_of_symbol(p) for p in parts if p != kind),
        sep == " ",
    )


def _how_many(text: str, begin: int, pieces: list[str], sep: str) -> int:
    """How many of the parts are the number's: a part behind a space must be known to belong."""
    parts, joints = pieces[::2], pieces[1::2]
    if not is_symbol(parts[0]) and not (sep.strip() and is_known(parts[0])):
        return 0
    keep = 1
    position = begin + len(parts[0])
    for part, joint in zip(parts[1:], joints, strict=True):
        position += len(joint) + len(part)
        if not is_symbol(part) and not is_known(part):
            break
        if " " in joint and part.upper() in _LOCAL_WORDS and _PLACE_AFTER.match(text, position):
            break
        loose = joint == " " or (joint[0] == " " and joint[-1] == " ")
        paired = keep == 1 and is_kind(parts[0]) and is_known(part)
        if loose and not paired and (joint == " " or not _ENDS.match(text, position)):
            break
        keep += 1
    return keep


def is_symbol(part: str) -> bool:
    """Whether it is written as a part of a symbol: capitals, mixed case of the known kind."""
    letters = part.rstrip("0123456789")
    capitals = sum(c.isupper() or c == "&" for c in letters)
    return capitals >= 1 and (capitals * 2 >= len(letters) or is_known(part)) and len(letters) > 0


def is_kind(part: str) -> bool:
    """Whether it stands for a kind of document."""
    return _kind(part.upper())


def is_known(part: str) -> bool:
    """Whether it stands for a kind of document or a body that issues them."""
    return is_kind(part) or issuer_of_symbol(part) is not None


@cache
def _kind(part: str) -> bool:
    return part in types_by_symbol() or part.replace("QD", "QĐ", 1) in types_by_symbol()


def _case(part: str, pieces: list[str]) -> str:
    if part.isupper() or part.islower() or part.upper() in _MIXED_CASE:
        return _MIXED_CASE.get(part.upper(), part.upper())
    return part
