"""Mentions of other official documents in a document's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from khplans.extraction.citations.issuing import find_issuer
from khplans.extraction.citations.laws import LawMention, find_laws
from khplans.extraction.citations.number_parts import Number, find_numbers
from khplans.extraction.citations.words_before_number import (
    WINDOW,
    NumberHead,
    find_head,
    fits,
    kind_of_symbol,
)
from khplans.knowledge.wording import Wording
from khplans.rules import Placeless, Rule, Rules, always
from khplans.text.dates import DAY, parse_day
from khplans.text.letters import UPPER

_WHEN = Wording(
    rf"(?:\d{{1,2}}(?= )| ?\[\d{{1,2}}\])? ?(?:,|\()? ?(?:(?:đã )?(?:<issued on>|cùng) )?(?P<day>{DAY})",
    ", ban hành ngày 5/3/2024",
)
_DATE_AFTER_ISSUER = Wording(
    rf",? ?\(?(?:(?:đã )?<issued on> )?(?P<day>{DAY})", " đã ký ngày 5/3/2024"
)
_DATE_BEFORE = Wording(
    rf"(?:^|[.;?!(–-] ?|\bvào )(?P<day>{DAY}),? (?P<who>[^,;.:()\d]{{2,80}}?)"
    r" (?:<has just> )?<issues a text>(?: ban hành)?(?: văn bản)? $",
    "Ngày 5/3/2024, Bộ Y tế đã ban hành ",
)
_JOINED = Wording(r"(?:\)|, ?|; ?| ?và ?| ?hoặc ?| ?& ?)*(?:số:? ?)?", " và số ")
_ODD_HYPHENS = str.maketrans("—~", "–-")
_BLURRED = re.compile(r"(?<=[\d /.-])[OoIl](?=[\d/.-])|(?<=\d)[OoIl](?=[ /.,;-])")
# Serials before a number that have their symbol from it: `01, 02/NQ-CP`, `123, 124 và 130/UBND-TH`.
_LENT = Wording(
    r"(?<![\w/.,-])(?P<serials>\d{1,5}[a-c]?(?: ?[,;] ?(?:số )?\d{1,5}[a-c]?){0,19})"
    r"(?: ?[,;&+]| ?,? và) ?(?:số )?$",
    "số 123, 124 và số ",
    exact=True,
)
_LENT_END = Wording(r"\d[a-c]? ?(?:[,;&+]|,? ?và) ?(?:số )?$", "124 và số ", exact=True)
_LENT_SERIAL = re.compile(r"\d+[a-c]?")
_OF_ASSEMBLY = re.compile(r"QH\d*$")
# A number in a web address, cut at its first coded letter: `?Keyword=12/2018/TT-BL%C4%90TBXH`.
_CODED = re.compile(r"%[0-9A-F]{2}")
_SENTENCE_END = re.compile(rf"[.!?] +(?=[{UPPER}])|\n")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document mentioned at `text[i:j]` of a passage; `end` is after its issuer, where named.

    `symbol` is the part of the number that stands for the kind (`QĐ`), `own_kind` whether the text
    names the kind with this very mention, `day` the date as written, `blurred` whether letters in
    it had to be taken for digits or a mark was wrong. `name` is a law's, where it is cited by it.
    """

    i: int
    j: int
    end: int
    number: str | None
    kind: str | None
    date: date | None
    issuer: str | None
    year: int | None
    name: str | None = None
    symbol: str = ""
    own_kind: bool = True
    day: str | None = None
    blurred: bool = False


def find_mentions(text: str) -> list[Mention]:
    """Every mention of a numbered document, or of a law with its date or year, in readable text.

    >>> [(m.number, m.kind, m.issuer) for m in find_mentions(
    ...     "các Công văn số 2345/UBND-KT ngày 14/6/2022 và số 2361/UBND-KT của UBND tỉnh")]
    [('2345/UBND-KT', 'Công văn', None), ('2361/UBND-KT', 'Công văn', 'UBND tỉnh')]
    """
    text = text.translate(_ODD_HYPHENS)
    laws = find_laws(text)
    starts = [law.i for law in laws]
    found = [_law(text, law) for law in laws]
    previous: Mention | None = None
    for number in _with_lent(text, find_numbers(text)):
        before = bisect_right(starts, number.i)
        if before and number.i < laws[before - 1].until:
            continue
        mention = _numbered(text, number, previous)
        if mention is not None:
            found.append(mention)
            previous = mention
    return _share_dates(text, _share_laws(text, sorted(found, key=lambda m: m.i)))


def _law(text: str, law: LawMention) -> Mention:
    """The mention of a law, with who passed it where that is named: `Luật Giá năm 2023 của Quốc hội`.

    >>> text = "Luật Giá ngày 19/6/2023 của Quốc hội"
    >>> laws = find_laws(text), find_laws("Luật Giá năm 2023;")
    >>> [(one.date, one.year, one.issuer) for one in (_law(text, laws[0][0]), _law("Luật Giá năm 2023;", laws[1][0]))]
    [(datetime.date(2023, 6, 19), 2023, 'Quốc hội'), (None, 2023, None)]
    """
    issuer = find_issuer(text, law.until)
    return Mention(
        law.i,
        law.j,
        end=issuer.until if issuer else law.until,
        number=law.number,
        kind=law.kind,
        date=parse_day(law.day) if law.day else None,
        issuer=issuer.name if issuer else None,
        year=law.year,
        name=law.name or None,
        day=law.day,
        blurred=law.broken,
    )


def _with_lent(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Numbers with those before them that have their symbol from them, each with the whole number.

    `các Nghị quyết số 01, 02/NQ-CP`: only right after the name of a kind that the symbol fits.

    >>> [mention.number for mention in find_mentions("các Nghị quyết số 01, 02/NQ-CP")]
    ['01/NQ-CP', '02/NQ-CP']
    """
    for number in numbers:
        start = max(0, number.i - WINDOW)
        lent = (
            _LENT.search(text, start, number.i) if _LENT_END.search(text, start, number.i) else None
        )
        if lent:
            symbol = _LENT_SERIAL.sub("", number.number, count=1)
            first = [
                replace(
                    number, i=serial.start(), j=serial.end(), number=serial[0] + symbol, lent=True
                )
                for serial in _LENT_SERIAL.finditer(text, *lent.span("serials"))
            ]
            kind = (find_head(text, first[0], 0) or NumberHead(0, None, False)).kind
            if kind and (not number.kind_symbol or fits(kind, number.kind_symbol)):
                yield from first
        yield number


def _numbered(text: str, number: Number, previous: Mention | None) -> Mention | None:
    """The mention of a number, with the kind before it and the day and issuer after it.

    >>> text = "Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh"
    >>> found = _numbered(text, find_numbers(text)[0], None)
    >>> found.kind, found.day, found.issuer
    ('Quyết định', 'ngày 05/01/2024', 'UBND tỉnh')
    >>> text = "Keyword= 12/2018/TT-BL%C4%90TBXH"
    >>> _numbered(text, find_numbers(text)[0], None)
    """
    if _CODED.match(text, number.j):
        return None
    head = find_head(text, number, previous.j if previous else 0)
    if head is None:
        return None
    joined = previous is not None and _JOINED.fullmatch(text, previous.end, number.i) is not None
    if not IS_NUMBER.decide(Candidate(number, head, joined)):
        return None
    day, end = _day_after(text, number.j)
    issuer = find_issuer(text, end + (text[end : end + 1] == ")"), joint=_is_joint(number))
    blurred = number.broken or (bool(day) and day not in text[number.j : end])
    day = day or head.day or _day_elsewhere(text, head.i, issuer.until if issuer else end)
    named = issuer or (find_issuer(f"của {head.issuer}", 0) if head.issuer else None)
    return Mention(
        head.i,
        end,
        end=issuer.until if issuer else end,
        number=number.number,
        kind=head.kind or _kind_without_head(text, number, previous),
        date=parse_day(day) if day else None,
        issuer=named.name if named else None,
        year=number.year,
        symbol=number.kind_symbol,
        own_kind=head.kind is not None,
        day=day or None,
        blurred=blurred,
    )


def _day_after(text: str, start: int) -> tuple[str, int]:
    """The date right after a number, and where it ends; empty where there is none.

    Letters that a reading machine took for digits (`O5/0l/2024`) are put right.

    >>> _day_after("12/KH-UBND ngày 5/3/2024", 10), _day_after("12/KH-UBND ngày O5/0l/2024", 10)[0], _day_after("12/KH-UBND của", 10)
    (('ngày 5/3/2024', 24), 'ngày 05/01/2024', ('', 10))
    """
    when = _WHEN.match(text, start)
    if when is None and "ngày" in text[start : start + 8].lower():
        after = text[start : start + 40]
        when = _WHEN.match(_BLURRED.sub(lambda m: "0" if m[0] in "Oo" else "1", after))
        return (when["day"], start + when.end("day")) if when else ("", start)
    return (when["day"], when.end("day")) if when else ("", start)


def _day_elsewhere(text: str, start: int, end: int) -> str:
    """The date after the issuer, else the one on which a sentence says that it was issued.

    >>> text = "Ngày 5/3/2024, Bộ Y tế đã ban hành Thông tư số 7/TT-BYT"
    >>> _day_elsewhere(text, text.index("Thông"), len(text))
    'Ngày 5/3/2024'
    """
    later = _DATE_AFTER_ISSUER.match(text, end)
    if later:
        return later["day"]
    earlier = _DATE_BEFORE.search(text, max(0, start - 120), start)
    return earlier["day"] if earlier else ""


@dataclass(frozen=True)
class Candidate(Placeless):
    """What has a number's form, with what stands before it: is it a document's number?

    `joined` says that it goes on a list of numbers.
    """

    number: Number
    head: NumberHead
    joined: bool

    @property
    def typed(self) -> bool:
        """Whether its symbol tells a kind of document."""
        return bool(self.number.kind_symbol)

    @property
    def several(self) -> bool:
        """Whether its symbol has parts (`QĐ-UBND`)."""
        return len(self.number.parts) > 1


def _candidate(text: str, joined: bool = False) -> Candidate:
    """The last number in a text."""
    number = find_numbers(text)[-1]
    return Candidate(number, find_head(text, number, 0) or NumberHead(0, None, False), joined)


# fmt: off
IS_NUMBER: Rules[Candidate, bool] = Rules("document-number", _candidate, (
    Rule("kind-but-a-space-for-its-slash", ("Quyết định số 12 UBND",),
         lambda case: (case.number.lent or case.head.kind) and case.number.spaced and not case.typed, False),
    Rule("kind-before", ("Quyết định số 12/QĐ-UBND",),
         lambda case: case.number.lent or case.head.kind, True),
    Rule("so-and-symbol", ("số 12/QĐ-UBND",), lambda case: case.head.so and case.typed and case.several, True),
    Rule("so-and-body", ("số 12/UBND",), lambda case: case.head.so and case.number.body, True),
    Rule("so-alone", ("số 12/ABC",), lambda case: case.head.so, False),
    Rule("one-part-or-a-space", ("tại 12/UBND",), lambda case: not case.several or case.number.spaced, False),
    Rule("symbol", ("tại 12/QĐ-UBND",), lambda case: case.typed, True),
    Rule("body-in-a-list", ("và 12/UBND-NC", True), lambda case: case.joined and case.number.body, True),
    Rule("nothing-tells", ("tại 12/ABC-DEG",), always, False),
))
# fmt: on


def _is_joint(number: Number) -> bool:
    """Whether several bodies issued it together, by its symbol: `12/TTLT-BYT-BNV`.

    >>> from khplans.extraction.citations.number_parts import find_numbers
    >>> [_is_joint(next(iter(find_numbers(text)))) for text in ("12/TTLT-BYT-BNV", "12/QĐ-UBND")]
    [True, False]
    """
    return "LT" in number.kind_symbol.upper() or len(number.parts) > 3


def _kind_without_head(text: str, number: Number, previous: Mention | None) -> str | None:
    """The kind of an item that leaves it out: that of the list it stands in, else its symbol's.

    >>> [mention.kind for mention in find_mentions("Theo 12/QĐ-UBND và 34/UBND-TH")]
    ['Quyết định', 'Quyết định']
    """
    symbol = number.kind_symbol
    if previous is not None and previous.kind and _goes_on(text, number, previous):
        return previous.kind
    known = kind_of_symbol(symbol) if symbol else None
    if known is not None:
        return known.name
    return "Công văn" if len(number.parts) > 1 else None


def _goes_on(text: str, number: Number, previous: Mention) -> bool:
    """Whether a number is one more of the kind of the mention before it in its sentence: `Quyết định số 1/QĐ-UBND và 2/QĐ-UBND`.

    >>> texts = "Quyết định số 1/QĐ-UBND và 2/QĐ-UBND", "Quyết định số 1/QĐ-UBND. 2/QĐ-UBND", "Quyết định số 1/QĐ-UBND và 2/KH-UBND"
    >>> [[mention.kind for mention in find_mentions(text)] for text in texts]
    [['Quyết định', 'Quyết định'], ['Quyết định', 'Quyết định'], ['Quyết định', 'Kế hoạch']]
    """
    if _SENTENCE_END.search(text, previous.j, number.i):
        return False
    if number.kind_symbol:
        return fits(previous.kind or "", number.kind_symbol)
    return not previous.symbol or _JOINED.fullmatch(text, previous.end, number.i) is not None


def _share_laws(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give a number of the National Assembly without a kind that of the law before it.

    `Luật Ngân sách nhà nước số 01/2002/QH11 …; số 83/2015/QH13 …`

    >>> text = "Luật Ngân sách nhà nước số 01/2002/QH11; số 83/2015/QH13"
    >>> [mention.kind for mention in find_mentions(text)]
    ['Luật', 'Luật']
    """
    for k in range(1, len(mentions)):
        one, other = mentions[k - 1], mentions[k]
        both = all(_OF_ASSEMBLY.search(m.number or "") for m in (one, other))
        if both and other.kind is None and _JOINED.fullmatch(text, one.end, other.i):
            mentions[k] = replace(other, kind=one.kind)
    return mentions


def _share_dates(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give an undated number the date that it shares with its neighbour.

    The next one's where both stand under one kind (`số A và số B ngày …`) or the text says so
    (`cùng ngày 05/01/2024`); the one's before where `cùng ngày` stands alone after it.

    >>> text = "Quyết định số 1/QĐ-UBND và số 2/QĐ-UBND ngày 05/01/2024"
    >>> [str(mention.date) for mention in find_mentions(text)]
    ['2024-01-05', '2024-01-05']
    """
    for k in range(len(mentions) - 2, -1, -1):
        one, other = mentions[k], mentions[k + 1]
        if one.day or not other.day or one.number is None or one.end != one.j:
            continue
        between = text[one.end : other.i]
        together = not other.own_kind and _JOINED.fullmatch(between)
        if together or ("cùng ngày" in text[other.i : other.j] and len(between) < 12):
            mentions[k] = replace(one, date=other.date, day=other.day)
    for k in range(1, len(mentions)):
        one, other = mentions[k - 1], mentions[k]
        if not other.day and one.day and text.startswith(" cùng ngày", other.j):
            mentions[k] = replace(other, date=one.date, day=one.day)
    return mentions
