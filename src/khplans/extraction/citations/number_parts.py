"""The number of an official document: serial, year, symbol (`63/2025/QĐ-UBND`, `22-NQ/TU`).

Nghị định 30/2020/NĐ-CP, Phụ lục I, for the state; Hướng dẫn 36-HD/VPTW for the Party; and what
was written before them and what reading machines make of it: spaces or dots for hyphens, lost
hyphens and slashes, capitals throughout or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from khplans.knowledge.document_types import types_by_symbol
from khplans.knowledge.issuers import issuer_of_symbol
from khplans.knowledge.wording import Wording, words_for
from khplans.reading.lines.document_numbers import DOUBLED, with_small_letters
from khplans.rules import Placeless, Rule, Rules, always

# `ngày` and `của` are glued on where a space was lost (`NĐ-CPngày`).
_PART = r"[A-ZĐƯÂÊÔƠĂa-zđư&]{1,16}\d{0,3}(?:(?![^\W_])|(?=ngày |NGÀY |của ))"
# A space inside the serial is one too many where `số` stands before it (`số 1 23/QĐ-UBND`); a zero
# after it may begin another number (`số 01 02/NQ-CP`). One issued between two others has its own
# figure after a dot (`07.2/2025/NQ-CP`).
_SERIAL = (
    r"(?:(?<=[sS][ốỐ] )|(?<=[sS][ốỐ]: ))\d{1,3} [1-9]\d{0,2}(?= ?/)"
    r"|\d{1,5}[a-dA-DđĐ]?|\d{1,2}\.\d{3}(?=/)|\d{1,4}\.\d{1,2}(?=/(?:19|20)\d\d/)"
    r"|[OoIl]\d{1,3}(?=[/-])|\d{1,3}[OoIl](?=[/-])"
)
# The slash after the year may be lost (`45/2021NĐ-CP`, `45/2021 NĐ-CP`).
_NUMBER = re.compile(
    rf"(?:(?<![\w.%/\-–])|(?<=[sS][ốỐ]))(?P<serial>{_SERIAL})"
    r"(?: ?(?P<joint>[/-]) ?(?P<year>(?:19|20)\d\d|[89]\d|0\d)(?= ?[/-]|(?<=\d{4}) ?[A-ZĐ]{2}))?"
    rf"(?P<sep> ?(?://|[/\-–]) ?| |(?<=/[12][09]\d\d)(?=[A-ZĐ]{{2}}))"
    rf"(?P<symbol>{_PART}(?:(?: ?[-–/] ?| ?[._&] ?| ){_PART}){{0,5}})"
    r"|(?<= )(?P<glued>\d{1,5})(?P<rest>[A-ZĐ]{2,4}[-/][A-ZĐ]\w{1,8})(?!\w)"
)
_JOINT = re.compile(r"( ?[-–/] ?| ?[._&] ?| )")
_LOCAL_WORDS = frozenset({"UBND", "HĐND", "UB", "TU"})
_ENDS = Wording(
    r"(?:[-&][A-ZĐ]{1,16})*(?: ?(?:,? ?ngày|[,;.)]|$| của | về ))", "&PTNT, ngày", exact=True
)
_PLACE_AFTER = Wording(r" <place after a body in a number>\b", " tỉnh", exact=True)


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number at `text[i:j]`: as it should be written, and what its symbol tells.

    `kind_symbol` is the part that stands for the kind of document (`QĐ`), empty in an official
    letter (`2345/UBND-KT`); `body` says whether a known issuing body stands in it, `broken`
    whether its serial had a space inside or its year no slash after it, `lent` whether its symbol stands after a later number
    of the list (`số 01, 02/NQ-CP`).
    """

    i: int
    j: int
    number: str
    year: int | None
    parts: tuple[str, ...]
    kind_symbol: str
    body: bool
    spaced: bool
    broken: bool = False
    lent: bool = False


def find_numbers(text: str) -> list[Number]:
    """Everything that has the form of a document's number, whatever stands before it.

    >>> [n.number for n in find_numbers("số 1234 /KH- UBND và 63/2025/QĐ-UBND, đạt 45/60 xã")]
    ['1234/KH-UBND', '63/2025/QĐ-UBND']
    """
    found = []
    for match in _NUMBER.finditer(text):
        number = _read(text, match)
        if number is not None:
            found.append(number)
    return found


def _read(text: str, match: re.Match[str]) -> Number | None:
    """The number at a match, its lost or odd marks put right; None where no symbol stands there.

    >>> _read("12 NQCP", _NUMBER.search("12 NQCP")).number
    '12/NQ-CP'
    """
    symbol, sep = ("rest", "") if match["glued"] else ("symbol", match["sep"])
    begin = match.start(symbol)
    pieces = _pieces(text, begin, match[symbol], sep)
    if not pieces:
        return None
    parts = tuple(_case(piece.replace(" ", "")) for piece in pieces[::2])
    slash_lost = bool(match["year"]) and not sep.strip()
    if slash_lost and not _stands_after_a_year(parts):
        return None
    joints = [_dash(joint.strip()) or "-" for joint in pieces[1::2]]
    if glued_parts := _unglued(parts[0]):
        parts, joints = (*glued_parts, *parts[1:]), ["-", *joints]
    slash = _dash(sep.strip()[:1]) or ("/" if sep or slash_lost else "")
    digits, year = match["glued"] or match["serial"], match["year"]
    kind = _kind_of(parts)
    return Number(
        match.start(),
        begin + sum(map(len, pieces)),
        _serial(match) + slash + parts[0] + "".join(map(str.__add__, joints, parts[1:])),
        int(year) if year and len(year) == 4 else None,
        parts,
        kind,
        any(issuer_of_symbol(part) for part in parts if part != kind),
        sep == " ",
        " " in digits or slash_lost,
    )


def _pieces(text: str, begin: int, symbol: str, sep: str) -> list[str]:
    """The parts of a symbol with the joints between them, without words that follow it or a footnote's mark.

    >>> _pieces("12/KH- UBND", 3, "KH- UBND", "/"), _pieces("12/abc", 3, "abc", "/")
    (['KH', '- ', 'UBND'], [])
    """
    pieces = _closed_up(_JOINT.split(symbol))
    keep = _how_many(text, begin, pieces, sep)
    pieces = pieces[: max(0, 2 * keep - 1)]
    if keep == 1 or (pieces and is_kind(pieces[0])):
        pieces[-1] = _without_footnote(pieces[-1])
    return pieces


def _dash(mark: str) -> str:
    return mark.replace("–", "-")


def _serial(match: re.Match[str]) -> str:
    """The figures of a number, with its year.

    >>> _serial(_NUMBER.search("12/2025/QĐ-UBND"))
    '12/2025'
    """
    digits = (match["glued"] or match["serial"]).replace(" ", "")
    return digits + (f"{match['joint']}{match['year']}" if match["year"] else "")


def _kind_of(parts: Sequence[str]) -> str:
    """The symbol of the kind of document, empty where the first part is none or is the body alone.

    >>> _kind_of(["QĐ", "UBND"]), _kind_of(["UBND"])
    ('QĐ', '')
    """
    kind = parts[0] if is_kind(parts[0]) else ""
    return "" if len(parts) == 1 and issuer_of_symbol(kind) else kind


def _stands_after_a_year(parts: Sequence[str]) -> bool:
    """Whether a symbol alone tells that a year before it is a number's: `NĐ-CP`, `QH14`, not `UBND`.

    >>> _stands_after_a_year(["NĐ", "CP"]), _stands_after_a_year(["QH14"]), _stands_after_a_year(["UBND"])
    (True, True, False)
    """
    return re.fullmatch(r"QH\d{1,2}", parts[0]) is not None or (
        is_kind(parts[0]) and len(parts) > 1
    )


def _closed_up(pieces: list[str]) -> list[str]:
    """Parts that a space cut in two put together (`N Đ`, `BGD ĐT`), where the whole is a known one.

    >>> _closed_up(["N", " ", "Đ", "-", "CP"]), _closed_up(["KH", " ", "về", "-", "CP"]), _closed_up(["KH", "-", "UBND"])
    (['N Đ', '-', 'CP'], ['KH', ' ', 'về', '-', 'CP'], ['KH', '-', 'UBND'])
    """
    k = 0
    while k + 2 < len(pieces):
        one, joint, other = pieces[k : k + 3]
        if joint == " " and other.isupper() and is_known_symbol(f"{one}{other}".replace(" ", "")):
            pieces[k : k + 3] = [f"{one} {other}"]
        else:
            k += 2
    return pieces


def _without_footnote(part: str) -> str:
    """A footnote's number that was raised in print and now touches the symbol (`NQ-CP1`) cut off.

    The division that wrote a letter may have a number of its own: `103/UBND-VP6` is left as it is.

    >>> find_numbers("103/UBND-VP6")[0].number, find_numbers("30/NQ-CP1")[0].number
    ('103/UBND-VP6', '30/NQ-CP')
    >>> _without_footnote("CP1"), _without_footnote("NHNN1")
    ('CP', 'NHNN1')
    """
    base = part.rstrip("0123456789")
    if base in words_for("numbers its units"):
        return part
    return base if issuer_of_symbol(base) and not issuer_of_symbol(part) else part


def _unglued(part: str) -> tuple[str, str] | None:
    """Kind and body of a symbol that lost the hyphen between them (`NQCP`), or None.

    >>> _unglued("NQCP"), _unglued("UBND"), _unglued("ABCD")
    (('NQ', 'CP'), None, None)
    """
    if is_known_symbol(part):
        return None
    for cut in range(2, len(part) - 1):
        if is_kind(part[:cut]) and issuer_of_symbol(part[cut:]):
            return _case(part[:cut]), _case(part[cut:])
    return None


@dataclass(frozen=True)
class SymbolPart(Placeless):
    """A further part of a symbol, that ends at `end`: does it still belong to the number?

    `joint` stands before it; `first` is the number's only part so far, empty where it has more.
    """

    text: str
    part: str
    joint: str
    end: int
    first: str

    @property
    def names_place(self) -> bool:
        """Whether it is a local body whose place follows (`… QĐ UBND tỉnh`)."""
        local = " " in self.joint and self.part.upper() in _LOCAL_WORDS
        return local and _PLACE_AFTER.match(self.text, self.end) is not None

    @property
    def tight(self) -> bool:
        """Whether no space, or one on one side alone of the mark, parts it from the part before."""
        return not self.apart and not (self.joint[0] == " " and self.joint[-1] == " ")

    @property
    def apart(self) -> bool:
        """Whether it may be the sentence's next word: after a space, or a stop and a space."""
        return self.joint.strip() in ("", ".") and self.joint[-1] == " "

    @property
    def paired(self) -> bool:
        """Whether it is a body right after a kind."""
        return bool(self.first) and is_kind(self.first) and is_known_symbol(self.part)


def _last_part(text: str) -> SymbolPart:
    """The last part of the symbol that a text begins with, up to ` |` where one stands there."""
    symbol, _, rest = text.partition(" |")
    pieces = _JOINT.split(symbol)
    first = pieces[0] if len(pieces) == 3 else ""
    return SymbolPart(symbol + rest, pieces[-1], pieces[-2], len(symbol), first)


# fmt: off
BELONGS: Rules[SymbolPart, bool] = Rules("part-of-a-symbol", _last_part, (
    Rule("no-symbol", ("QĐ-ngay",), lambda at: not is_symbol(at.part) and not is_known_symbol(at.part), False),
    Rule("body-and-its-place", ("QĐ UBND | tỉnh Hà Giang",), lambda at: at.names_place, False),
    Rule("mark-between", ("QĐ-UBND",), lambda at: at.tight, True),
    Rule("kind-and-body", ("TTr. SXD",), lambda at: at.paired, True),
    Rule("space-between", ("QĐ-UBND NC",), lambda at: at.apart, False),
    Rule("end-of-the-number", ("TTr - NN |&PTNT ngày 2/5",), lambda at: _ENDS.match(at.text, at.end), True),
    Rule("words-follow", ("QĐ-UBND - NC | thực hiện",), always, False),
))
# fmt: on


def _how_many(text: str, begin: int, pieces: list[str], sep: str) -> int:
    """How many of the parts are the number's.

    >>> _how_many("QĐ-UBND NC", 0, ["QĐ", "-", "UBND", " ", "NC"], "/")
    2
    """
    parts = [piece.replace(" ", "") for piece in pieces[::2]]
    if not is_symbol(parts[0]) and not (sep.strip() and is_known_symbol(parts[0])):
        return 0
    end = begin + len(pieces[0])
    for keep, (piece, joint) in enumerate(zip(pieces[2::2], pieces[1::2], strict=True), 1):
        end += len(joint) + len(piece)
        first = parts[0] if keep == 1 else ""
        if not BELONGS.decide(SymbolPart(text, parts[keep], joint, end, first)):
            return keep
    return len(parts)


def is_symbol(part: str) -> bool:
    """Whether it is written as a part of a symbol: capitals (`UBND`), or the mixed case of a known kind (`CTr`).

    >>> [is_symbol(part) for part in ("UBND", "CTr", "QH15", "km", "Nam")]
    [True, True, True, False, False]
    """
    letters = part.rstrip("0123456789")
    capitals = sum(c.isupper() or c == "&" for c in letters)
    return (
        capitals >= 1
        and (capitals * 2 >= len(letters) or is_known_symbol(part))
        and len(letters) > 0
    )


def is_kind(part: str) -> bool:
    """Whether it stands for a kind of document.

    >>> is_kind("KH"), is_kind("UBND")
    (True, False)
    """
    return _kind(part.upper())


def is_known_symbol(part: str) -> bool:
    """Whether it stands for a kind of document or a body that issues them.

    >>> [is_known_symbol(part) for part in ("KH", "UBND", "ABCD")]
    [True, True, False]
    """
    return is_kind(part) or issuer_of_symbol(part) is not None


@cache
def _kind(part: str) -> bool:
    """Whether a part stands for a kind of document, `QD` read as `QĐ`.

    >>> [_kind(part) for part in ("KH", "QD", "UBND")]
    [True, True, False]
    """
    return part in types_by_symbol() or part.replace("QD", "QĐ", 1) in types_by_symbol()


def _case(part: str) -> str:
    """Capitals, but for parts that are written otherwise by custom (`CTr`, `TTg`).

    >>> [_case(part) for part in ("kh", "CTR", "ttg", "Abc")]
    ['KH', 'CTr', 'TTg', 'Abc']
    """
    upper = DOUBLED.get(part.upper(), part.upper())
    if part.isupper() or part.islower() or upper in with_small_letters():
        return with_small_letters().get(upper, upper)
    return part
