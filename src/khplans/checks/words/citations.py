"""What a mention of another document says of its number, kind, date, issuer, name and relation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from khplans.checks.words.places import tight
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, ColumnCheck, Verdict, said_if
from khplans.knowledge.table import read_table
from khplans.tables.rows import Row
from khplans.text.fold import fold

LIST = 600
"""Characters before a mention in which the head of its list can stand, after it what the list shares."""


def read_number(reading: SecondReading, row: Row) -> Verdict:
    """The number in the quote; of a list, the symbol that its last item has (`số 411, 412/UBND-KT`)."""
    quote = tight(row["quote"])
    if row["number"] is None:
        named = tight(row["name"] or "")
        numbers = re.findall(r"\d+ ?/ ?(?:\d{4} ?/ ?)?[A-ZĐ]{2}\w*", row["quote"])
        return said_if(all(tight(number) in named for number in numbers))
    if tight(row["number"]) in quote:
        return SAID
    first, _, symbol = row["number"].partition("/")
    after = reading.text(row).said(row["end"], row["end"] + LIST)
    return said_if(quote.endswith(tight(first)) and tight(symbol) in tight(after))


def read_type(reading: SecondReading, row: Row) -> Verdict:
    """The kind that the quote opens with, else one that stands before it as the head of its list."""
    wanted, quote = tight(row["document_type"] or ""), tight(row["quote"])
    if quote.startswith(wanted):
        return SAID
    if any(quote.startswith(known) for known in _types()):
        return CONTRADICTED
    before = tight(reading.text(row).said(row["start"] - LIST, row["start"]))
    if wanted in before:
        return SAID
    return DOUBTFUL if row["document_type"] in kinds_of(row["number"] or "") else CONTRADICTED


@cache
def _types() -> tuple[str, ...]:
    return tuple(tight(row["name"]) for row in read_table("document_types"))


@cache
def _symbols() -> Mapping[str, frozenset[str]]:
    """The kinds of document by the symbols in their numbers."""
    found: dict[str, set[str]] = {}
    for row in read_table("document_types"):
        for symbol in filter(None, row["symbols"].split(";")):
            found.setdefault(tight(symbol), set()).add(row["name"])
    return {symbol: frozenset(kinds) for symbol, kinds in found.items()}


def kinds_of(number: str) -> frozenset[str]:
    """The kinds of document that a number's symbol stands for; none where it is of another use.

    >>> sorted(kinds_of("112/QĐ-UBND")), sorted(kinds_of("2345/UBND-KT"))
    (['Quy định', 'Quyết định'], [])
    >>> sorted(kinds_of("12/2024/NQ-CP")), sorted(kinds_of("NQ/12")), sorted(kinds_of("12"))
    (['Nghị quyết'], [], [])
    """
    for part in re.split(r"[/-]", number)[1:]:
        if not part.isdigit():
            return _symbols().get(tight(part), frozenset())
    return frozenset()


_DAY = re.compile(r"(?<!\d)(\d{1,2})\D{1,9}?(\d{1,2})\D{1,7}?(\d{4}|\d\d)(?![\d/])")


def days_in(words: str) -> set[date]:
    """The days written in some words.

    >>> sorted(days_in("ngày 02 tháng 10 năm 2023, ngày 3-6-2017"))
    [datetime.date(2017, 6, 3), datetime.date(2023, 10, 2)]
    >>> [day.year for year in ("44", "45", "46", "99", "100", "2044") for day in days_in(f"5/3/{year}")]
    [2044, 1945, 1946, 1999, 2044]
    >>> days_in("31/2/2024 và 1/4/2025")
    {datetime.date(2025, 4, 1)}
    """
    found = set()
    for start in (m.start() for m in re.finditer(r"(?<!\d)\d{1,2}\D", words)):
        match = _DAY.match(words, start)
        if match:
            day, month, year = (int(one) for one in match.groups())
            year += 0 if year > 99 else 2000 if year < 45 else 1900
            try:
                found.add(date(year, month, day))
            except ValueError:
                continue
    return found


def read_date(reading: SecondReading, row: Row) -> Verdict:
    """The day in the quote; of a list, the one that stands after it for all of its items."""
    own = days_in(re.sub(r"\d+ ?/ ?(?:\d{4} ?/ ?)?[A-ZĐ][\w-]*", " ", row["quote"]))
    if own or row["date"] is None:
        return said_if(row["date"] in own or (row["date"] is None and not own))
    after = days_in(reading.text(row).said(row["end"], row["end"] + LIST))
    return said_if(row["date"] in after, _unless_said(reading, row))


def _unless_said(reading: SecondReading, row: Row) -> Verdict:
    """`cùng ngày`, and a month named in words, are beyond this reading."""
    text = reading.text(row)
    before = days_in(text.said(row["start"] - LIST, row["end"]))
    return DOUBTFUL if row["date"] in before else CONTRADICTED


_BEFORE_ISSUER = re.compile(
    r"(?:cua|do|ban hanh|hoi nghi(?: \w+){0,4}|dong chi|uy vien|so \w+)?(?: cua)?"
)


def read_issuer(reading: SecondReading, row: Row) -> Verdict:
    """The body named right after the mention (`của …`), or in it."""
    if row["issuer"] is None:
        return SAID
    text, wanted = reading.text(row), tight(row["issuer"])
    after = text.key(row["end"], row["end"] + len(row["issuer"]) + 60).strip()
    opening = _BEFORE_ISSUER.match(after)
    rests = {tight(after), tight(after[opening.end() :] if opening else "")}
    if any(rest.startswith(wanted) for rest in rests) or wanted in tight(row["quote"]):
        return SAID
    hoi_nghi = after.startswith(("hoi nghi", "cua hoi nghi"))
    before = tight(text.said(row["start"] - 120, row["start"]))
    return DOUBTFUL if wanted in (tight(after) if hoi_nghi else before) else CONTRADICTED


def read_name(_: SecondReading, row: Row) -> Verdict:
    """A law's name stands in the quote.

    >>> def read(name): return read_name(None, {"name": name, "quote": "Luật Giá năm 2023", "document_type": "Luật"})
    >>> read("Giá"), read("Đất đai"), read(None)
    (<Verdict.SAID: 'said'>, <Verdict.CONTRADICTED: 'contradicted'>, <Verdict.SAID: 'said'>)
    """
    if row["name"] is None:
        return SAID
    name, quote = tight(row["name"]), tight(row["quote"])
    if quote.startswith((tight(row["document_type"] or "") + name, name)):
        return SAID
    return CONTRADICTED


_REACH = 160
"""Characters before a mention in which the word for its relation stands."""
_HEAD = 1500
"""Characters before an item of a list in which the list's head stands."""
_BOUNDARY = re.compile(r"[.;:] ")
_LISTED = re.compile(r"(?:[,;]|(?<!\w)(?:và|hoặc))(?: các)?$", re.IGNORECASE)


def read_relation(reading: SecondReading, row: Row) -> Verdict:
    """That of the word nearest before the mention; an item of a list may have its head's."""
    cue, listed = _cue(reading, row)
    if cue and not listed:
        return said_if(row["relation"] == cue)
    heads = [_cue(reading, one) for one in reading.mentions_before(row, _HEAD)] if listed else []
    told = {of_head for of_head, _ in heads if of_head}
    if not told or any(not of_head and not in_list for of_head, in_list in heads):
        told.add(_without_cue(reading, row))
    return said_if(row["relation"] in told | {cue})


def _without_cue(reading: SecondReading, row: Row) -> str:
    roles = {heading["role"] for heading in reading.headings(row)}
    return "legal_basis" if "basis" in roles else "mentions"


def _cue(reading: SecondReading, row: Row) -> tuple[str | None, bool]:
    """The relation that the last cue between a mention and the one before it tells, and whether the
    mention is an item of a list."""
    before = reading.mentions_before(row, _HEAD)
    first = max(row["start"] - _REACH, reading.block_start(row), *(one["end"] for one in before))
    between = reading.text(row).said(first, row["start"])
    found = list(_cues().finditer(_BOUNDARY.split(f"{between} ")[-1]))
    listed = bool(_LISTED.search(between)) or (bool(before) and not between)
    return (_relation_of(found[-1][0].lower()) if found else None), listed


@cache
def _cues() -> re.Pattern[str]:
    cues = (cue for row in read_table("relations") for cue in row["cues"].split(";") if cue)
    longest = sorted(cues, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def _relation_of(cue: str) -> str:
    rows = read_table("relations")
    return next(row["relation"] for row in rows if cue in row["cues"].split(";"))


def read_instrument(reading: SecondReading, row: Row) -> Verdict:
    """The instrument has the mention's number or name, and its date, where both have one."""
    if row["instrument_id"] is None:
        return SAID
    instrument = reading.instruments.get(row["instrument_id"])
    if instrument is None:
        return CONTRADICTED
    dated = row["date"] is None or instrument["date"] in (None, row["date"])
    if row["number"] and instrument["number"]:
        same = tight(instrument["number"]).startswith(tight(row["number"]))
        return said_if(dated, DOUBTFUL) if same else CONTRADICTED
    if not dated:
        return CONTRADICTED
    named = law_key(row["name"] or "") in law_key(instrument["title"] or "")
    return said_if(named, DOUBTFUL if instrument["date"] == row["date"] else CONTRADICTED)


def law_key(name: str) -> str:
    """A law's name without what is left out or written in short at will."""
    key = f" {fold(name)} ".replace(" hdnd ", " hoi dong nhan dan ").replace(
        " ubnd ", " uy ban nhan dan "
    )
    return tight(key.replace(" va ", " ").replace(" ve ", " "))


RULES = (
    ColumnCheck("citations", "number", ("Số, ký hiệu có trong lời viện dẫn", "The quote says the number"), read_number),
    ColumnCheck("citations", "document_type", ("Loại văn bản có trong lời viện dẫn", "The words say the kind"), read_type),
    ColumnCheck("citations", "date", ("Ngày có trong lời viện dẫn", "The words say the date"), read_date),
    ColumnCheck("citations", "issuer", ("Cơ quan ban hành đứng ngay sau", "The issuer stands behind"), read_issuer),
    ColumnCheck("citations", "name", ("Tên luật có trong lời viện dẫn", "The quote says the law's name"), read_name),
    ColumnCheck("citations", "relation", ("Từ chỉ quan hệ đứng trước", "A word for the relation stands before"), read_relation),
    ColumnCheck("citations", "instrument_id", ("Văn bản được nhắc khớp với lời viện dẫn", "The instrument fits the mention"), read_instrument),
)  # fmt: skip
