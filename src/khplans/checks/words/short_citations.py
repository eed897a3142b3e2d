"""What a mention by a short or bare name means, and which provisions a mention names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from khplans.checks.words.citations import law_key
from khplans.checks.words.places import tight
from khplans.checks.words.row_reading import SecondReading
from khplans.checks.words.verdict import CONTRADICTED, DOUBTFUL, SAID, ColumnCheck, Verdict, said_if
from khplans.knowledge.table import read_table
from khplans.tables.rows import Row
from khplans.text.fold import fold

_LAW = re.compile(r"(?:bo luat|luat|phap lenh|hien phap)(?:\W|[a-z]|$)")
_BEFORE = 260
"""Characters before a mention in which its provisions can stand."""
_UNITS = ("phu luc", "tieu muc", "phan", "chuong", "muc", "dieu", "khoan", "diem", "tiet")
_FOLDED_UNIT = rf"\b(?:{'|'.join(_UNITS)})\b"
_ITEM = r"(?:\d{1,3}(?:\.\d{1,2})*[a-z]?|[ivxlc]{1,6}|[a-z]\d?)"
_STEP = rf"{_FOLDED_UNIT} (?:so )?{_ITEM}\b"
_FILLING = frozenset(
    re.findall(r"\S+", "cua tai thuoc trong o va hoac cac tu den het so kem theo ban hanh , ; -")
)
_TOKEN = re.compile(r"\b[a-z]\)|[\w.]+|[^\w ]")
_WORDS = _FILLING | {word for unit in _UNITS for word in unit.split()}
_JOINT = re.compile(r"(?: ,)?(?: (?:cua|tai|thuoc|trong|(?:ban hanh )?kem theo))?$")
_AFTER = re.compile(r"[^.;,()]{0,60}\((?P<words>[^()]{4,80})\)")


def read_short(reading: SecondReading, row: Row) -> Verdict:
    """A defined name begins as its definition does; other mentions name a law or end in `này`."""
    quote = fold(row["quote"])
    if row["definition_start"] is None or row["definition_end"] is None:
        return said_if(quote.endswith(" nay") or _LAW.match(quote) is not None)
    text = reading.text(row)
    defined = tight(text.said(int(row["definition_start"]), int(row["definition_end"])))
    return said_if(defined in tight(quote) or tight(quote) in defined)


def read_instrument(reading: SecondReading, row: Row) -> Verdict:
    """That of the citation it is short for, the document's own, or a law of the name, in force."""
    if row["instrument_id"] is None:
        return SAID
    instrument = reading.instruments.get(row["instrument_id"])
    if instrument is None:
        return CONTRADICTED
    if row["citation_id"] is not None:
        return said_if((row["citation_id"], row["instrument_id"]) in reading.cited_by_citations)
    if fold(row["quote"]).endswith(" nay"):
        document = reading.documents[row["document_id"]]
        own = {row["document_id"], document["parent_document_id"]} - {None}
        return said_if(instrument["document_id"] in own)
    titles = {instrument["title"] or "", *_enacted().get(instrument["number"] or "", ())}
    named = law_key(_full_name(row["quote"])) in map(law_key, titles)
    return said_if(_in_force(reading, row, instrument), DOUBTFUL) if named else CONTRADICTED


@cache
def _names() -> Mapping[str, str]:
    """Names of laws by their other ways of writing."""
    aliases = ((row["name"], row["aliases"].split(";")) for row in read_table("laws"))
    return {tight(alias): name for name, written in aliases for alias in written if alias}


@cache
def _enacted() -> Mapping[str, tuple[str]]:
    """Names of laws by their numbers."""
    return {row["number"]: (row["law"],) for row in read_table("enacted_laws") if row["number"]}


def _full_name(quote: str) -> str:
    """A law's name with its kind, an alias written out."""
    kind = re.match(r"\s*(?:bộ\s*luật|luật|pháp\s*lệnh|hiến\s*pháp)", quote, re.IGNORECASE)
    if kind is None:
        return quote
    rest = quote[kind.end() :]
    if fold(kind[0]) == "hien phap":
        return kind[0]
    return f"{kind[0]} {_names().get(tight(rest), rest)}"


def _in_force(reading: SecondReading, row: Row, instrument: Row) -> bool:
    """Whether the document cites that law in full, or the table of laws has it in force then."""
    day = reading.documents[row["document_id"]]["date"]
    cited = (row["document_id"], row["instrument_id"]) in reading.cited_by_documents
    for law in read_table("enacted_laws"):
        same = law["date"] == str(instrument["date"]) and law["number"] == (
            instrument["number"] or ""
        )
        if same and day and _is_in_force(law, str(day)):
            return True
    return cited


def _is_in_force(law: Mapping[str, str], day: str) -> bool:
    """Whether a law's row says that it was in force on a day.

    >>> of = {"in_force_from": "2014-07-01", "in_force_until": "2024-08-01"}
    >>> [_is_in_force(of, day) for day in ("2014-06-30", "2014-07-01", "2024-07-31", "2024-08-01")]
    [False, True, True, False]
    >>> _is_in_force({**of, "in_force_until": ""}, "2024-08-01")
    True
    """
    return law["in_force_from"] <= day < (law["in_force_until"] or "9999")


def read_provision(reading: SecondReading, row: Row) -> Verdict:
    """The units and their marks stand right before the mention, or in brackets right after it.

    Where none is given, none may stand right before.
    """
    text = reading.text(row)
    tails = _tails(_small_letters(text.said(row["start"] - _BEFORE, row["start"])))
    if row["provision"] is None:
        return said_if(not tails or not _ends_in_a_mark(tails[0]), DOUBTFUL)
    wanted = _parts(_small_letters(row["provision"]).replace(";", " "))
    after = _AFTER.match(text.said(row["end"], row["end"] + 140))
    if wanted in map(_parts, [*tails[:1], _small_letters(after["words"]) if after else ""]):
        return SAID
    return DOUBTFUL if wanted in map(_parts, tails) else CONTRADICTED


def _ends_in_a_mark(tail: str) -> bool:
    """
    >>> _ends_in_a_mark("khoan 2 dieu 5 cua"), _ends_in_a_mark("dieu 5 va cac")
    (True, False)
    """
    return re.search(rf" {_ITEM}\)?$", _JOINT.sub("", tail)) is not None


def _tails(before: str) -> list[str]:
    """The words at the end that can be of provisions, from the first unit on, from the second, …

    >>> _tails("quy dinh chi tiet khoan 2 va 3 dieu 5 cua")
    ['khoan 2 va 3 dieu 5 cua', 'dieu 5 cua']
    """
    taken: list[str] = []
    for token in reversed(_TOKEN.findall(before)):
        if token not in _WORDS and not re.fullmatch(_ITEM, token.rstrip(")")):
            break
        taken.insert(0, token)
    words = " ".join(taken)
    return [words[unit.start() :] for unit in re.finditer(_STEP, words)]


def _small_letters(words: str) -> str:
    """Words in small letters without accents, marks of punctuation kept.

    >>> _small_letters("Điều 5, khoản 2 – 4")
    'dieu 5, khoan 2 - 4'
    """
    spaced = re.sub(r"[^\w,;().–-]+", " ", words).replace("–", "-")
    return re.sub(r"[^ ,;().-]+", lambda run: fold(run[0]), spaced)


def _parts(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """The units and the marks in some words.

    >>> [sorted(part) for part in _parts("diem a khoan 2 dieu 05")]
    [['diem', 'dieu', 'khoan'], ['2', '5', 'a']]
    """
    units = re.findall(_FOLDED_UNIT, words)
    rest = re.sub(
        rf"{_FOLDED_UNIT}|\b(?:cua|tai|thuoc|trong|va|hoac|cac|tu|den|het|so|kem|theo|ban|hanh)\b",
        " ",
        words,
    )
    marks = (mark.lstrip("0") or mark for mark in re.findall(r"[a-z0-9.]+", rest))
    return frozenset(units), frozenset(mark.strip(".") for mark in marks) - {""}


RULES = (
    ColumnCheck("citations", "provision", ("Điều khoản đứng ngay trước hoặc sau lời viện dẫn", "The provisions stand beside the mention"), read_provision),
    ColumnCheck("short_citations", "quote", ("Tên tắt đúng như chỗ đặt ra; tên trần là của một luật", "The short name is the one defined, the bare one a law's"), read_short, sure=True),
    ColumnCheck("short_citations", "instrument_id", ("Văn bản được nhắc khớp với tên và ngày", "The instrument fits the name and the day"), read_instrument),
    ColumnCheck("short_citations", "provision", ("Điều khoản đứng ngay trước hoặc sau lời nhắc", "The provisions stand beside the mention"), read_provision),
)  # fmt: skip
