"""The fields of a letterhead: number, date, place and issuer, above the kind and title."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from khplans.knowledge.provinces import Province, find_province
from khplans.knowledge.wording import Wording
from khplans.reading.letterhead.issuers import issuer_of_number, read_issuer
from khplans.reading.letterhead.localities import province_of_body, province_of_place
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.flattened import Flat
from khplans.reading.lines.phrases import find_date, without_mottos
from khplans.rules import Rule, Rules, always, once
from khplans.text.letters import UPPER
from khplans.text.passage import Span
from khplans.text.shadow import shadow

_NUMBERED = Wording(
    rf"(?:(?i:<numbered law>)\s+)?(?:[Ss][ốồổỗộôoóọ06]|S[ỐÔO]|(?<![^\n])[ốỐ](?=:))\s*[:.;]?\s*(?P<number>{NUMBER})",
    "Luật số: 12/2020/QH14",
    exact=True,
)
_ALONE = re.compile(rf"(?:^|\n)\s*(?P<number>{NUMBER})\s*(?=$|\n)")
# What a hyphen at the end of the number's line leaves to a line below, past the other column's.
_REST = re.compile(r"(?<=\n)([A-ZĐ&]{2,6})(?=\n|$)")
_WORD = rf"[{UPPER}][^\W\d_]*"
_PLACE = Wording(
    r"(?:<before a town>\.?\s*)?" + rf"{_WORD}(?:(?: ?[.’'-] ?| ){_WORD}){{0,5}}$",
    "TP. Hồ Chí Minh",
    exact=True,
)
_NUMBERED_PLACE = Wording(r"(?i:quận|phường) \d{1,2}$", "Quận 1", exact=True)
# Words of a place left on the line above its last one: `Mỹ` over `Tho`, `TP Hồ Chí` over `Minh`.
_LINE_ABOVE = Wording(
    rf"(?<=\n)(?:(?:TP|Tp|TX)\.? ?)?({_WORD}(?:[ –-]+{_WORD}){{0,3}})[ –-]*\n([^\n]+)$",
    "\nTP. Nha Trang\nSố: 12/KH-UBND",
    exact=True,
)
_SUBJECT = re.compile(r"(?<!\w)v\s?/\s?v\b[^\n]*", re.IGNORECASE)
_UNDATED = Wording(
    r"[^\n]*[Nn]gày[^\n]{0,10}\n?tháng[^\n]{0,8}\n?năm[^\n]*",
    "Hà Giang, ngày … tháng … năm …",
    exact=True,
)
_SESSION = Wording(r"<session>\b", "khóa", folded=True)
# A number's beginning, misread or not, and what says that this is a copy: `BẢN SAO` only looks like a board (`Ban`).
_NO_BODY = Wording(r"(?:S[ốỐ]\b|S[óÓôÔ]:|<says it is a copy>\b)", "BẢN SAO", exact=True)
_NO_NUMBER = re.compile(
    r"[Ss]ố(?:\s*:)?[\s./…-]*[A-ZĐ]{2}[\w/-]*|(?<=\n)S[ốỐ]\s*:[^\n]{0,20}/\s?[\w.-]*"
)


@dataclass(frozen=True, slots=True)
class Fields:
    """What the lines above the kind say; `number_at` is where the number begins in the flat text."""

    number: str | None = None
    number_raw: str | None = None
    number_at: int | None = None
    date: date | None = None
    place: str | None = None
    province: Province | None = None
    issuer: str | None = None


def read_fields(flat: Flat, span: Span | None = None) -> Fields:
    """Read the lines between the top of a document and its kind or subject; `span` is where they stand.

    >>> lines = ["UBND TỈNH HÀ GIANG", "Số: 12/KH-UBND", "Hà Giang, ngày 5 tháng 1 năm 2023"]
    >>> found = read_fields(Flat("\\n".join(lines), (0, 1, 2), (0, 19, 34)))
    >>> found.number, found.place, found.issuer
    ('12/KH-UBND', 'Hà Giang', 'Ủy ban nhân dân tỉnh Hà Giang')
    """
    text = _without(_SUBJECT, without_mottos(flat.text, flat.shadow))
    raw, at, text = _take_number(text)
    number = normal_number(raw) if raw else None
    day, place, text = _take_date(_without(_NO_NUMBER, text), flat.shadow, span)
    issuer = read_issuer(_fragments(_without(_UNDATED, text)), span)
    province = province_of_place(place, issuer, day) if place else None
    province = province or (province_of_body(issuer, day) if issuer else None)
    if number and (issuer is None or not _plausible(issuer)):
        issuer = issuer_of_number(number, province) or issuer
    return Fields(number, raw, at, day, place, province, issuer)


def _take_number(text: str) -> tuple[str | None, int | None, str]:
    """The number as printed, where it begins, and the text without it.

    >>> _take_number("SỞ Y TẾ\\nSố: 12/KH-SYT\\nV/v A")[:2]
    ('12/KH-SYT', 12)
    """
    found = next(filter(_heads_line, _NUMBERED.finditer(text)), None) or _ALONE.search(text)
    if not found:
        return None, None, text
    raw, at = found["number"], found.start("number")
    goes_on = text.startswith("-", found.end())
    text = _blank(text, found.start(), found.end())
    if goes_on and (rest := _REST.search(text, found.end())):
        raw = f"{raw}-{rest[1]}"
        text = _blank(text, rest.start(), rest.end())
    return raw, at, text


def _take_date(text: str, low: str, span: Span | None) -> tuple[date | None, str | None, str]:
    """The day and the place before it, and the text without them; `low` is the text as it was.

    >>> text = "SỞ Y TẾ\\nHà Giang, ngày 5 tháng 1 năm 2023"
    >>> _take_date(text, shadow(text), None)[:2]
    (datetime.date(2023, 1, 5), 'Hà Giang')
    """
    dated = find_date(low)
    if dated is None:
        undated = _UNDATED.search(text)
        place = _place(re.split("[Nn]gày", undated[0])[0].rstrip(" ,"), span) if undated else None
        return None, place, text
    day, start, end = dated
    before = text[:start].rstrip(" ,\n")
    named = _place(before, span)
    if named is None:
        return day, None, _blank(text, text.rfind("\n", 0, start) + 1, end)
    return day, " ".join(named.split()), _blank(text, len(before) - len(named), end)


def _heads_line(match: re.Match[str]) -> bool:
    """Whether a number stands where letterheads have it: not in the middle of running text.

    >>> texts = "Số: 12/KH", "trồng rừng\\nSố: 12/KH", "r" * 70 + " Số: 12/KH", "R" * 70 + " Số: 12/KH"
    >>> [_heads_line(re.search("Số: ", text)) for text in texts]
    [True, True, False, True]
    """
    line = match.string
    before = line[line.rfind("\n", 0, match.start()) + 1 : match.start()]
    return len(before) < 60 or not any(map(str.islower, before))


@dataclass(frozen=True)
class BeforeDate:
    """What stands before a date, to its left and above; `span` is where the letterhead stands."""

    text: str
    span: Span | None = None

    @once
    def named(self) -> str | None:
        """The words at its end that have capitals as a place's name has, or a ward's with a number."""
        found = _NUMBERED_PLACE.search(self.text[-20:]) or _PLACE.search(self.text[-80:])
        return found[0] if found else None

    @once
    def broken(self) -> re.Match[str] | None:
        """The words of the line above the last, where all of that one is such a name."""
        found = _LINE_ABOVE.search(f"\n{self.text[-80:]}") if self.named else None
        return found if found and self.named == found[2].strip() else None

    @property
    def name_in_two(self) -> bool:
        """Whether the two lines are one name: a known one (`Khánh`, `Hòa`), or the last by itself is none."""
        if self.broken is None:
            return False
        if find_province(f"{self.broken[1]} {self.broken[2]}"):
            return True
        small = not any(word.isupper() for word in self.broken[1].split())
        return small and find_province(self.broken[2].strip()) is None

    @property
    def small_letters(self) -> str | None:
        """The known place at its end that is written without all its capitals: `Hà nội`."""
        words = self.text.rsplit("\n", 1)[-1].split(" ")[-4:]
        tails = (" ".join(words[k:]) for k in range(len(words)))
        return next((tail for tail in tails if tail[:1].isupper() and find_province(tail)), None)


# fmt: off
PLACE: Rules[BeforeDate, Callable[[BeforeDate], str | None]] = Rules("place", BeforeDate, (
    Rule("body-in-capitals", ("SỞ Y TẾ",),
         lambda case: case.named and case.named.isupper() and find_province(case.named) is None,
         lambda case: None),
    Rule("name-in-two-lines", ("UBND tỉnh Tiền Giang\nMỹ\nTho",),
         lambda case: case.name_in_two,
         lambda case: case.broken[0] if case.broken else None),
    Rule("capital-on-each-word", ("SỞ Y TẾ\nHà Giang",),
         lambda case: case.named,
         lambda case: case.named),
    Rule("known-in-small-letters", ("SỞ Y TẾ\nHà nội",),
         lambda case: case.small_letters,
         lambda case: case.small_letters),
    Rule("no-place", ("Công bố vào",), always, lambda case: None),
))
# fmt: on


def _place(before: str, span: Span | None) -> str | None:
    """The place that ends a text, its first words perhaps on the line above (`Mỹ` over `Tho`).

    >>> _place("SỞ Y TẾ\\nHà Giang", None), _place("UBND tỉnh Tiền Giang\\nMỹ\\nTho", None)
    ('Hà Giang', 'Mỹ\\nTho')
    """
    case = BeforeDate(before, span)
    return PLACE.decide(case)(case)


def _blank(text: str, start: int, end: int) -> str:
    """The text with a stretch blanked out by line breaks, length kept."""
    return f"{text[:start]}{chr(10) * (end - start)}{text[end:]}"


def _without(pattern: re.Pattern[str] | Wording, text: str) -> str:
    """The text with all that matches blanked out by line breaks, length kept."""
    return pattern.sub(lambda match: "\n" * len(match[0]), text)


def _fragments(text: str) -> list[str]:
    """The pieces that may name the issuer: words, not rules or leftovers.

    >>> _fragments("UBND TỈNH HÀ GIANG\\n-----\\nSỞ Y TẾ")
    ['UBND TỈNH HÀ GIANG', 'SỞ Y TẾ']
    """
    kept: list[str] = []
    for piece in text.split("\n"):
        bare = piece.strip(" -–_*.:;|★☆")
        if _SESSION.match(shadow(bare)) or bare == "NƯỚC" or _NO_BODY.match(bare):
            continue
        if re.search(r"[^\W\d_]{2}", bare) or bare.upper() in ("Ủ", "Y"):
            kept.append(bare)
    return kept


def _plausible(issuer: str) -> bool:
    """Whether an issuer reads like a name: some letters, no figures, of a usual length.

    >>> _plausible("Sở Y tế"), _plausible("123 456")
    (True, False)
    """
    return 4 < len(issuer) < 160 and not re.search(r"\d{3}", issuer)
