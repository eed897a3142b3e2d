"""The marks that number a text: `Phần thứ nhất`, `Chương I`, `Điều 2`, `I.`, `1.1.`, `a)`, `-`.

Their ranks follow Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6 (phần, chương, mục, tiểu
mục, điều, khoản, điểm) and Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkerKind = Literal[
    "part", "chapter", "division", "article", "capital", "roman", "arabic", "decimal",
    "paren", "letter", "dash", "plus", "star", "dot", "circle",
]  # fmt: skip

RANK: dict[str, int] = {
    "part": 10, "chapter": 20, "capital": 24, "roman": 30, "division": 34, "article": 40,
    "arabic": 50, "decimal": 60, "paren": 74, "letter": 70,
    "dash": 80, "dot": 82, "circle": 84, "plus": 86, "star": 88,
}  # fmt: skip
UNNUMBERED = 78
"""Ranks from here on are of bullets and of lines without any mark, those before it of numbers."""
BULLETS = frozenset({"dash", "plus", "star", "dot", "circle"})
LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark as found: `label` as printed without its dot, `bare` without any punctuation.

    `order` is its place among its kind (`II` is 2, `đ` is 5), `depth` how many numbers a decimal
    has, `end` the length of text it takes with the spaces behind it.
    """

    kind: MarkerKind
    label: str
    bare: str
    order: int
    depth: int
    end: int

    @property
    def level(self) -> int:
        """Its rank: the smaller, the higher."""
        return RANK[self.kind] + (min(self.depth, 9) - 2 if self.kind == "decimal" else 0)

    @property
    def bullet(self) -> bool:
        return self.kind in BULLETS


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V|X)|X{1,3})"
_MARKER = re.compile(
    rf"""(?:
      (?P<article>[ĐD]i[eềêé]u|ĐI[ỀEÊ]U)\ ?(?P<article_number>\d{{1,3}}[a-zđ]?)\s?[.:]?(?=\s|$)
    | (?P<chapter>Ch[ưu]ơng|CH[ƯU][ƠO]NG)\ (?P<chapter_number>{_ROMAN}|\d{{1,2}})\b[.:]?
    | (?P<part>Phần|PHẦN)\ (?P<part_number>thứ\ \w+|THỨ\ \w+|{_ROMAN}|\d{{1,2}}|[A-D])\b[.:]?
    | (?P<division>Mục|MỤC|Tiểu\ mục|TIỂU\ MỤC)\ (?P<division_number>{_ROMAN}|\d{{1,2}})\b[.:]?
    | (?P<roman>{_ROMAN}l?)(?:\\?[.\-–]|/(?=\s)|\)|\ [-–])(?=\s|[^\W\d_]|$)
    | (?P<capital>[A-HK-M])(?:\\?\.|/(?=\s)|\s?[-–](?=\s)|\)(?=\s))(?=\s|[^\W\d_]{{2}}|$)
    | (?P<decimal>\d{{1,3}}(?:\.\d{{1,2}}){{1,4}})(?:\\?[.)/]|\s?[-–:])?(?=\s|[^\W\d_]|$)
    | \((?P<paren>\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)(?=\s|[^\W\d_])
    | (?P<arabic>\d{{1,3}})(?:\\?\.(?=\s|[^\W\d_]|$)|/(?=\s|[^\W\d_](?![A-ZĐ])|$)|\ ?[-–](?=\ )|\\?\)(?=\s|[^\W\d_]|$))
    | (?P<letter>[a-zđ]{{1,2}}|©)(?:\s?\)|\\?[.](?=\s)|\s?/(?=\s))(?!\w\))
    | (?P<dash>\\?[-–—−]|)(?=\s|[^\W\d_]|[“"(])
    | (?P<plus>\\?\+|)(?=\s|[^\W\d_])
    | (?P<dot>[•●·▪■◆▶])
    | (?P<circle>[○o◦](?=\s)|)
    )\s*""",
    re.VERBOSE,
)
_STAR = re.compile(r"\\?\*(?!\*)\s+|\\\*\s*|\*(?=[^\W\d_][^*]*$)")
_MISREAD_C = "©"
"""What reading machines make of the `c` of `c)`."""
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {
    "nhất": 1, "một": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


def roman_value(numeral: str) -> int:
    """The number a Roman numeral of I, V and X stands for.

    >>> [roman_value(n) for n in ("II", "IV", "IX", "XIII")]
    [2, 4, 9, 13]
    """
    values = [_ROMAN_VALUE[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def star_marker(raw: str) -> Marker | None:
    """The bullet `*` at the start of a raw line; readable text no longer shows it.

    >>> star_marker("* Về nông nghiệp").label, star_marker("**Đậm**")
    ('*', None)
    """
    match = _STAR.match(raw)
    return Marker("star", "*", "", 0, 1, match.end()) if match else None


def read_marker(text: str) -> Marker | None:
    """The marker that a readable text begins with, or None.

    >>> read_marker("II. Mục tiêu")
    Marker(kind='roman', label='II', bare='II', order=2, depth=1, end=4)
    >>> [read_marker(t).label for t in ("7.1 Đối với", "đ) Sở Y tế", "Điều 2. Giao", "- Như trên")]
    ['7.1', 'đ)', 'Điều 2', '-']
    >>> read_marker("2025 là năm"), read_marker("5,6% dân số"), read_marker("TM. Ủy ban")
    (None, None, None)
    """
    match = _MARKER.match(text)
    if not match or not match[0].strip():
        return None
    kind = match.lastgroup or ""
    end = match.end()
    if kind.endswith("_number"):
        kind = kind.removesuffix("_number")
    found = match[kind]
    if kind in ("article", "chapter", "part", "division"):
        number = match[f"{kind}_number"]
        bare = f"{found} {number}"
        return Marker(_kind(kind), bare, bare, _order(number), 1, end)
    if kind == "roman":
        return Marker("roman", _printed(found, text), found, roman_value(found.rstrip("l")), 1, end)
    if kind == "capital":
        return Marker("capital", _printed(found, text), found, ord(found) - 64, 1, end)
    if kind == "decimal":
        numbers = found.split(".")
        return Marker("decimal", found, found, int(numbers[-1]), len(numbers), end)
    if kind == "paren":
        order = int(found) if found.isdigit() else LETTERS.find(found) + 1
        return Marker("paren", f"({found})", found, order, 1, end)
    if kind == "arabic":
        return Marker("arabic", _printed(found, text), found, int(found), 1, end)
    if kind == "letter":
        if found == _MISREAD_C:
            return Marker("letter", "c)", "c", LETTERS.find("c") + 1, 1, end)
        if len(found) == 2 and found[0] != found[1]:
            return None
        return Marker("letter", _printed(found, text), found, LETTERS.find(found[0]) + 1, 1, end)
    return Marker(_kind(kind), found.lstrip("\\"), "", 0, 1, end)


def _kind(name: str) -> MarkerKind:
    assert name in RANK
    return name  # type: ignore[return-value]


def _printed(bare: str, text: str) -> str:
    """The marker as printed, its bracket kept and its dot left out."""
    return bare + ")" if text[len(bare) :].lstrip("\\ ").startswith(")") else bare


def _order(number: str) -> int:
    if number.isdigit():
        return int(number)
    word = number.split()[-1].lower()
    if word in _ORDINALS:
        return _ORDINALS[word]
    if re.fullmatch("[IVX]+", number):
        return roman_value(number)
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 0
