"""The marks that number a text: `Phần thứ nhất`, `Chương I`, `Điều 2`, `I.`, `1.1.`, `a)`, `-`.

Their ranks follow Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6 (phần, chương, mục, tiểu
mục, điều, khoản, điểm) and Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from khplans.knowledge.wording import Wording

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
BULLETS: frozenset[MarkerKind] = frozenset({"dash", "plus", "star", "dot", "circle"})
_WORDED: frozenset[MarkerKind] = frozenset({"part", "chapter", "division", "article"})
LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark as found: `label` as printed without its dot, `bare` without any punctuation.

    `order` is its place among its kind (`II` is 2, `đ` is 5), `depth` how many numbers a decimal
    has, `end` the length of text it takes with the spaces after it.
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

    @property
    def orders(self) -> tuple[int, ...]:
        """The places that it may have: `(i)` is the first Roman number or the letter after `(h)`.

        >>> [read_marker(text).orders for text in ("(i) Một", "(iv) Bốn", "(k) Mười", "- Như trên")]
        [(9, 1), (4,), (10,), ()]
        """
        roman = self.kind in ("paren", "letter") and set(self.bare) <= set("ivx")
        read = (self.order, roman_value(self.bare.upper()) if roman else 0)
        return tuple(place for place in read if place)


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V|X)|X{1,3})"
_MARKER = Wording(
    rf"""(?x:(?:
      (?P<article>[ĐD]i[eềêé]u|ĐI[ỀEÊ]U)\ ?(?P<article_number>\d{{1,3}}[a-zđ]?)\s?[.:]?(?=\s|$)
    | (?P<chapter>Ch[ưu]ơng|CH[ƯU][ƠO]NG)\ (?P<chapter_number>{_ROMAN}|\d{{1,2}})\b[.:]?
    | (?P<part>Phần|PHẦN)\ (?P<part_number>thứ\ \w+|THỨ\ \w+|{_ROMAN}|\d{{1,2}}|[A-D])\b[.:]?
    | (?P<division>Mục|MỤC|Tiểu\ mục|TIỂU\ MỤC)\ (?P<division_number>{_ROMAN}|\d{{1,2}})\b[.:]?
    | (?P<roman>{_ROMAN}l?)(?:\\?[.\-–]|/(?=\s)|\)|\ [-–]|\ \.(?=\s*$|\s+[^\W\d_]))(?=\s|[^\W\d_]|$)
    | (?P<capital>[A-HK-M])(?:\\?\.|/(?=\s)|\s?[-–](?=\s)|\)(?=\s)|\ \.(?=\s*$|\s+[^\W\d_]))(?=\s|[^\W\d_]{{2}}|$)
    | (?P<decimal>\d{{1,3}}(?:\.\d{{1,2}}){{1,4}})(?:\\?[.)/]|\s?[-–:])?(?=\s|[^\W\d_]|$)
    | \((?P<paren>\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)(?=\s|[^\W\d_])
    | (?P<arabic>\d{{1,3}})(?:\\?\.(?=\s|[^\W\d_]|$)|/(?=\s|[^\W\d_](?![A-ZĐ])|$)|\ ?[-–](?=\ )|\\?\)(?=\s|[^\W\d_]|$)|\ \.(?=\s*$|\s+[^\W\d_]))
    | (?P<letter>[a-zđ]{{1,2}}|©)(?:\s?\)|\\?[.](?=\s)|\s?/(?=\s))(?!\w\))
    | (?P<dash>\\?[-–—−]|)(?=\s|[^\W\d_]|[“"(]|\d[\d.,]*(?:\ ?%)?(?:\ [^\W\d_]+){{3}})
    | (?P<plus>\\?\+|)(?=\s|[^\W\d_])
    | (?P<dot>[•●·▪■◆▶])
    | (?P<circle>[○o◦](?=\s)|)
    )\s*)""",
    "Điều 7. ",
    exact=True,
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
    >>> [read_marker(text).label for text in ("1 . Sở Y tế", "II . Mục tiêu", "3 .")]
    ['1', 'II', '3']
    >>> read_marker("-95% xã có trạm y tế").label, read_marker("-5,2 tỷ đồng")
    ('-', None)
    """
    match = _MARKER.match(text)
    if not match or not match[0].strip():
        return None
    kind = _kind((match.lastgroup or "").removesuffix("_number"))
    found = match[kind]
    if kind in BULLETS:
        return Marker(kind, found.lstrip("\\"), "", 0, 1, match.end())
    if kind in _WORDED:
        number = match[f"{kind}_number"]
        bare = label = f"{found} {number}"
    else:
        number = bare = "c" if found == _MISREAD_C else found
        label = _printed(kind, found, text)
    if kind == "letter" and bare != bare[0] * len(bare):  # `aa)` follows `y)`
        return None
    depth = bare.count(".") + 1 if kind == "decimal" else 1
    return Marker(kind, label, bare, _ORDER[kind](number), depth, match.end())


def stated_marker(words: str) -> Marker | None:
    """The marker that words are, where a file says that they are one; None where they number in a way of their own.

    >>> [stated_marker(words).label for words in ("1.", "1", "iv)", "(a", "✓")]
    ['1', '1', 'iv)', 'a', '✓']
    >>> stated_marker("Bước 1:") is None
    True
    """
    if not any(map(str.isalnum, words)):
        return Marker("dot", words, "", 0, 1, len(words) + 1) if words else None
    bare = words.strip(" .:/()")
    for way in (words, f"{bare}.", f"({bare})"):
        found = read_marker(f"{way} x")
        if found and found.end == len(way) + 1:
            label = words.rstrip(" .:/") if way != words and found.kind == "paren" else found.label
            return replace(found, label=label, end=len(words) + 1)
    return None


def _kind(name: str) -> MarkerKind:
    assert name in RANK
    return name  # type: ignore[return-value]


def _printed(kind: MarkerKind, found: str, text: str) -> str:
    """A number as printed: its bracket kept, its dot left out.

    >>> _printed("letter", "a", "a) Sở Y tế"), _printed("roman", "II", "II. Mục tiêu")
    ('a)', 'II')
    """
    if kind == "paren":
        return f"({found})"
    if found == _MISREAD_C:
        return "c)"
    bracket = kind != "decimal" and text[len(found) :].lstrip("\\ ").startswith(")")
    return f"{found})" if bracket else found


def order_in_words(number: str) -> int:
    """The order of `thứ hai`, `II`, `2` or `2a`; 0 where it says none.

    >>> [order_in_words(number) for number in ("thứ hai", "IV", "12", "15a", "B")]
    [2, 4, 12, 15, 0]
    """
    word = number.split()[-1].lower()
    if word in _ORDINALS:
        return _ORDINALS[word]
    if re.fullmatch("[IVX]+", number):
        return roman_value(number)
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 0


def _order_of_letter(letter: str) -> int:
    """The place of a letter in a Vietnamese list, which counts `đ` and leaves `f`, `j`, `w`, `z` out.

    >>> [_order_of_letter(letter) for letter in ("a", "đ", "e", "aa")]
    [1, 5, 6, 1]
    """
    return LETTERS.find(letter[0]) + 1


def _order_in_brackets(number: str) -> int:
    """The place of a number or letter in brackets: `(2)`, `(b)`.

    >>> _order_in_brackets("12"), _order_in_brackets("b")
    (12, 2)
    """
    return int(number) if number.isdigit() else LETTERS.find(number) + 1


_ORDER: Mapping[MarkerKind, Callable[[str], int]] = {
    "part": order_in_words, "chapter": order_in_words, "division": order_in_words,
    "article": order_in_words, "capital": lambda letter: ord(letter) - ord("A") + 1,
    "roman": lambda numeral: roman_value(numeral.rstrip("l")), "arabic": int,
    "decimal": lambda numbers: int(numbers.split(".")[-1]),
    "paren": _order_in_brackets, "letter": _order_of_letter,
}  # fmt: skip
