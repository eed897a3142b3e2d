"""The fields of a letterhead: number, date, place and issuer, above the kind and title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from khplans.knowledge.provinces import Province, find_province
from khplans.reading.letterhead.issuers import issuer_of_number, read_issuer
from khplans.reading.letterhead.localities import province_of_body, province_of_place
from khplans.reading.lines.document_numbers import NUMBER, normal_number
from khplans.reading.lines.flattened import Flat
from khplans.reading.lines.phrases import find_date, without_mottos
from khplans.text.letters import UPPER
from khplans.text.shadow import shadow

_NUMBERED = re.compile(
    rf"(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|LUẬT|PHÁP LỆNH)\s+)?(?:[Ss][ốồổỗộôoóọ06]|S[ỐÔO])\s*[:.;]?\s*(?P<number>{NUMBER})"
)
_ALONE = re.compile(rf"(?:^|\n)\s*(?P<number>{NUMBER})\s*(?=$|\n)")
# What a hyphen at the end of the number's line leaves to a line below, past the other column's.
_REST = re.compile(r"(?<=\n)([A-ZĐ&]{2,6})(?=\n|$)")
_WORD = rf"[{UPPER}][^\W\d_]*"
_PLACE = re.compile(
    r"(?:(?:TP|Tp|T\.P|Thành phố|thành phố|Tỉnh|tỉnh|Thị xã|Huyện|TX)\.?\s*)?"
    rf"{_WORD}(?:(?: ?[.’'-] ?| ){_WORD}){{0,5}}$"
)
_NUMBERED_PLACE = re.compile(r"(?:Quận|quận|Phường|phường) \d{1,2}$")
# Words of a place left on the line above its last one: `Mỹ` over `Tho`, `TP Hồ Chí` over `Minh`.
_LINE_ABOVE = re.compile(
    rf"(?<=\n)(?:(?:TP|Tp|TX)\.? ?)?({_WORD}(?:[ –-]+{_WORD}){{0,3}})[ –-]*\n([^\n]+)$"
)
_SUBJECT = re.compile(r"(?<!\w)v\s?/\s?v\b[^\n]*", re.IGNORECASE)
_UNDATED = re.compile(r"[^\n]*[Nn]gày[^\n]{0,10}\n?tháng[^\n]{0,8}\n?năm[^\n]*")
_SESSION = re.compile(r"(?:khoa|ky hop|nhiem ky)\b")
_NO_NUMBER = re.compile(
    r"[Ss]ố\s*:?\s*(?:[./-]|…|\s)*\s*/?\s*[A-ZĐ]{2}[\w-]*|(?<=\n)S[ốỐ]\s*:[^\n]{0,20}/\s?[\w.-]*"
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a letterhead says; `number_at` is where its number begins in the flat text."""

    number: str | None = None
    number_raw: str | None = None
    number_at: int | None = None
    date: date | None = None
    place: str | None = None
    province: Province | None = None
    issuer: str | None = None


def read_letterhead(flat: Flat) -> Letterhead:
    """Read the lines between the top of a document and its kind or subject."""
    text = without_mottos(flat.text, flat.shadow)
    text = _SUBJECT.sub(lambda match: "\n" * len(match[0]), text)
    found = next(filter(_heads_line, _NUMBERED.finditer(text)), None) or _ALONE.search(text)
    number = raw = None
    at = None
    if found:
        raw, at = found["number"], found.start("number")
        text = _blank(text, found.start(), found.end())
        rest = (
            _REST.search(text, found.end()) if text[found.end() : found.end() + 1] == "-" else None
        )
        if rest:
            raw = f"{raw}-{rest[1]}"
            text = _blank(text, rest.start(), rest.end())
        number = normal_number(raw)
    text = _NO_NUMBER.sub(lambda match: "\n" * len(match[0]), text)
    place = None
    day = None
    dated = find_date(flat.shadow)
    if dated:
        day, start, end = dated
        before = text[:start].rstrip(" ,\n")
        named = _place(before)
        if named:
            place = " ".join(named.split())
        start = len(before) - len(named) if named else text.rfind("\n", 0, start) + 1
        text = _blank(text, start, end)
    elif undated := _UNDATED.search(text):
        place = _place(re.split("[Nn]gày", undated[0])[0].rstrip(" ,"))
    issuer = read_issuer(_fragments(_UNDATED.sub(lambda match: "\n" * len(match[0]), text)))
    province = province_of_place(place, issuer, day) if place else None
    province = province or (province_of_body(issuer, day) if issuer else None)
    if number and (issuer is None or not _plausible(issuer)):
        issuer = issuer_of_number(number, province) or issuer
    return Letterhead(number, raw, at, day, place, province, issuer)


def _heads_line(match: re.Match[str]) -> bool:
    """Whether a number stands where letterheads have it: not in the middle of running text."""
    line = match.string
    before = line[line.rfind("\n", 0, match.start()) + 1 : match.start()]
    return len(before) < 60 or not any(map(str.islower, before))


def _place(before: str) -> str | None:
    """The place that ends a text, its first words perhaps on the line above (`Mỹ` over `Tho`)."""
    named = _NUMBERED_PLACE.search(before[-20:]) or _PLACE.search(before[-80:])
    if named and named[0].isupper() and find_province(named[0]) is None:
        return None
    broken = _LINE_ABOVE.search(f"\n{before[-80:]}") if named else None
    if broken and named and named[0] == broken[2].strip():
        whole = f"{broken[1]} {broken[2]}"
        small = not any(word.isupper() for word in broken[1].split())
        if find_province(whole) or (small and find_province(named[0]) is None):
            return broken[0]
    return named[0] if named else _in_small_letters(before.rsplit("\n", 1)[-1])


def _in_small_letters(before: str) -> str | None:
    """A known place at the end of a line that is written without all its capitals: `Hà nội`."""
    words = before.split(" ")[-4:]
    tails = (" ".join(words[k:]) for k in range(len(words)))
    return next((tail for tail in tails if tail[:1].isupper() and find_province(tail)), None)


def _blank(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{chr(10) * (end - start)}{text[end:]}"


def _fragments(text: str) -> list[str]:
    """The pieces that may name the issuer: words, not rules or leftovers."""
    kept: list[str] = []
    for piece in text.split("\n"):
        bare = piece.strip(" -–_*.:;|★☆")
        if _SESSION.match(shadow(bare)) or bare == "NƯỚC" or re.match(r"S[ốỐ]\b", bare):
            continue
        if re.search(r"[^\W\d_]{2}", bare) or bare.upper() in ("Ủ", "Y"):
            kept.append(bare)
    return kept


def _plausible(issuer: str) -> bool:
    """Whether an issuer reads like a name: some letters, no figures, of a usual length."""
    return 4 < len(issuer) < 160 and not re.search(r"\d{3}", issuer)
