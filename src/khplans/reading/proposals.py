"""Corrections that the dictionary and the text itself prove, for the maintainer to accept.

Nothing is changed here: an accepted proposal is a row of the plan's corrections.csv like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khplans.errors import both
from khplans.model import Doubt, Source
from khplans.reading.documents import Reading
from khplans.text.passage import Span

_ROMAN = re.compile(r"[IVX]+")
_OFTEN = 2
"""How often a text must write a phrase of two words right to tell that it means it elsewhere."""


@dataclass(frozen=True, slots=True)
class ProposedCorrection:
    """Words of a source, what they should read, and how that is known."""

    span: Span
    before: str
    after: str
    reason: str


def propose_corrections(source: Source, reading: Reading) -> list[ProposedCorrection]:
    """The misreadings that are certain, in the order of the text.

    >>> from khplans.reading import read_documents
    >>> text = "KẾ HOẠCH\\n1. Phát triển du lịch.\\n2. Phát triển rừng.\\n3. Nơi phát triến nghề.\\n4. Tiên độ."
    >>> source = Source("p", text)
    >>> [(one.before, one.after) for one in propose_corrections(source, read_documents(source))]
    [('phát triến', 'phát triển')]
    """
    written = source.text.casefold()
    found: list[ProposedCorrection] = []
    for doubt in _misreadings(reading):
        before, suggestion = doubt.span.of(source.text), doubt.facts["suggestion"]
        if reason := _proof(suggestion, written.count(suggestion.casefold())):
            after = _in_case_of(before, suggestion)
            found.append(ProposedCorrection(doubt.span, before, after, reason))
    return sorted(found, key=lambda one: one.span.start)


def _misreadings(reading: Reading) -> Iterator[Doubt]:
    return (doubt for doubt in reading.doubts if doubt.code == "word-looks-misread")


def _proof(suggestion: str, times: int) -> str | None:
    """How it is certain that words read as suggested; None where it is not.

    `times` is how often the text writes them so.

    >>> _proof("cơ cấu", 1), _proof("cơ cấu", 3)
    (None, 'văn bản viết đúng “cơ cấu” 3 lần / the text writes it right 3 times')
    """
    if _ROMAN.fullmatch(suggestion):
        return both("số của đề mục theo đề mục đứng trên", "the number after the heading above")
    if len(suggestion.split()) > 2:
        return both(
            f"các chữ khác của cụm từ thường dùng “{suggestion}” đều khớp",
            "the other words of a usual phrase are right",
        )
    if times >= _OFTEN:
        return both(
            f"văn bản viết đúng “{suggestion}” {times} lần",
            f"the text writes it right {times} times",
        )
    return None


def _in_case_of(before: str, right: str) -> str:
    """The right words in capitals where the written ones are.

    >>> _in_case_of("KHÓA HỌC", "khoa học"), _in_case_of("Khóa học", "khoa học")
    ('KHOA HỌC', 'Khoa học')
    """
    written = before.split()
    words = right.split()
    if before.isupper() or len(written) != len(words):
        return right.upper() if before.isupper() else right
    return " ".join(
        word[0].upper() + word[1:] if old[0].isupper() else word
        for old, word in zip(written, words, strict=True)
    )
