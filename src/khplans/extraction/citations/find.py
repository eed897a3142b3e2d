"""Mentions of other official documents in a document's text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from khplans.extraction.citations.heads import Head, find_head, fits, kind_of_symbol
from khplans.extraction.citations.issuing import find_issuer
from khplans.extraction.citations.laws import LawMention, find_laws
from khplans.extraction.citations.numbers import Number, find_numbers
from khplans.text.dates import DAY, parse_day

_WHEN = re.compile(
    rf" ?(?:,|\()? ?(?:(?:đã )?(?:ký|ban hành|đề|cùng) )?(?P<day>{DAY})", re.IGNORECASE
)
_DATE_AFTER_ISSUER = re.compile(rf",? ?\(?(?:ký |ban hành )?(?P<day>{DAY})", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    rf"(?:^|[.;(–-] ?|\bvào |\btừ )(?P<day>{DAY}),? (?P<who>[^,;.:()\d]{{2,80}}?)"
    r" (?:đã |có |vừa )?(?:ban hành|ký|có)(?: ban hành)?(?: văn bản)? $",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:\)|, ?|; ?| ?và ?| ?hoặc ?| ?& ?)*(?:số:? ?)?", re.IGNORECASE)
# Hyphens, slashes and the Icelandic eth that word processors put in; replaced one for one.
_ODD_MARKS = tuple(zip("‐‑—−⁄∕Ðð", "--–-//Đđ", strict=True))
_SENTENCE_END = re.compile(r"[.!?] +(?=[A-ZĐÀ-Ỹ])|\n")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document mentioned at `text[i:j]` of a passage; `end` is behind its issuer, where named."""

    i: int
    j: int
    end: int
    number: str | None
    kind: str | None
    date: date | None
    issuer: str | None
    name: str | None
    symbol: str
    day_written: str | None
    parts: tuple[str, ...] = ()
    own_kind: bool = True
    year: int | None = None


def find_mentions(text: str) -> list[Mention]:
    """Every mention of a numbered document, or of a law with its date or year, in readable text.

    >>> [(m.number, m.kind, m.issuer) for m in find_mentions(
    ...     "các Công văn số 9345/UBND-XDND ngày 23/9/2021 và số 9480/UBND-XDND của UBND tỉnh")]
    [('9345/UBND-XDND', 'Công văn', None), ('9480/UBND-XDND', 'Công văn', 'UBND tỉnh')]
    """
    for other, usual in _ODD_MARKS:
        text = text.replace(other, usual)
    laws = find_laws(text)
    found = [_law(text, law) for law in laws]
    previous: Mention | None = None
    for number in find_numbers(text):
        if any(law.i <= number.i < law.until for law in laws):
            continue
        mention = _read(text, number, previous)
        if mention is not None:
            found.append(mention)
            previous = mention
    return _share_dates(text, sorted(found, key=lambda m: m.i))


def _law(text: str, law: LawMention) -> Mention:
    named = find_issuer(text, law.until)
    return Mention(
        law.i,
        law.j,
        named[1] if named else law.until,
        law.number,
        law.kind,
        law.date,
        named[0] if named else None,
        law.name or None,
        "",
        text[law.i : law.until] if law.date else None,
        year=law.year,
    )


def _read(text: str, number: Number, previous: Mention | None) -> Mention | None:
    head = find_head(text, number, previous.j if previous else 0)
    if head is None:
        return None
    joined = previous is not None and _JOINED.fullmatch(text, previous.end, number.i) is not None
    if not _is_mention(number, head, joined):
        return None
    kind = head.kind or _kind_without_head(text, number, previous)
    when = _WHEN.match(text, number.j)
    end = when.end("day") if when else number.j
    issuer = find_issuer(text, end + (text[end : end + 1] == ")"), joint=_is_joint(number))
    written = when["day"] if when else head.day
    if written is None and issuer is not None:
        later = _DATE_AFTER_ISSUER.match(text, issuer[1])
        written = later["day"] if later else None
    if written is None:
        earlier = _DATE_BEFORE.search(text, max(0, head.i - 120), head.i)
        written = earlier["day"] if earlier else None
    if issuer is None and head.issuer:
        issuer = find_issuer(" " + head.issuer, 0)
        issuer = (issuer[0], end) if issuer else None
    return Mention(
        head.i,
        end,
        issuer[1] if issuer else end,
        number.number,
        kind,
        parse_day(written) if written else None,
        issuer[0] if issuer else None,
        None,
        number.kind_symbol,
        written,
        number.parts,
        head.kind is not None,
        number.year,
    )


def _is_mention(number: Number, head: Head, joined: bool) -> bool:
    """Whether what has a number's form is one, by what stands before it and what its symbol tells."""
    if head.kind:
        return not number.spaced or bool(number.kind_symbol)
    if head.so:
        return bool(number.kind_symbol and len(number.parts) > 1) or number.body
    several = len(number.parts) > 1
    return several and not number.spaced and (bool(number.kind_symbol) or (joined and number.body))


def _is_joint(number: Number) -> bool:
    return "LT" in number.kind_symbol.upper() or len(number.parts) > 3


def _kind_without_head(text: str, number: Number, previous: Mention | None) -> str | None:
    """The kind of an item that leaves it out: that of the list it stands in, else its symbol's."""
    symbol = number.kind_symbol
    if (
        previous is not None
        and previous.kind
        and _SENTENCE_END.search(text, previous.j, number.i) is None
        and (
            fits(previous.kind, symbol)
            if symbol
            else not previous.symbol or _JOINED.fullmatch(text, previous.end, number.i)
        )
    ):
        return previous.kind
    known = kind_of_symbol(symbol) if symbol else None
    if known is not None:
        return known.name
    return "Công văn" if len(number.parts) > 1 else None


def _share_dates(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give an undated number the date of the next, where both stand under one kind: `số A và số B ngày …`."""
    for k in range(len(mentions) - 2, -1, -1):
        one, other = mentions[k], mentions[k + 1]
        if one.day_written is not None or other.day_written is None or one.number is None:
            continue
        between = text[one.end : other.i]
        together = not other.own_kind and _JOINED.fullmatch(between)
        same_day = "cùng ngày" in text[other.i : other.j] and len(between) < 12
        if one.end == one.j and (together or same_day):
            mentions[k] = replace(one, date=other.date, day_written=other.day_written)
    return mentions
