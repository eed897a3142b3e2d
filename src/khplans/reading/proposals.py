"""Corrections that the dictionary and the text itself prove, for the maintainer to accept.

Nothing is changed here: an accepted proposal is a row of the plan's corrections.csv like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from khplans.errors import both
from khplans.model import Doubt, Source
from khplans.reading.documents import Reading
from khplans.text.passage import Span

_ROMAN = re.compile(r"[IVX]+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_BEFORE = re.compile(r"(\w+)\s+$")
_AFTER = re.compile(r"\s+(\w+)")
_NEAR = 40
_OFTEN = 2
"""How often a text must write a phrase right to tell that it means it elsewhere."""


@dataclass(frozen=True, slots=True)
class ProposedCorrection:
    """Words of a source, what they should read, how that is known and whether it is certain."""

    span: Span
    before: str
    after: str
    reason: str
    certain: bool


def propose_corrections(source: Source, reading: Reading) -> list[ProposedCorrection]:
    """The misreadings that are certain, in the order of the text.

    Right words may look like others (`khả năng cao` has the letters of `nâng cao`): a phrase is certain where
    the text writes it right beside the same word.

    >>> from khplans.reading import read_documents
    >>> text = "KẾ HOẠCH\\n1. Phát triển nghề.\\n2. Phát triển rừng.\\n3. Nơi phát triến nghề.\\n4. Tiên độ."
    >>> source = Source("p", text)
    >>> [(one.before, one.after) for one in propose_corrections(source, read_documents(source))]
    [('phát triến', 'phát triển')]
    """
    return [one for one in suggested_corrections(source, reading) if one.certain]


def suggested_corrections(source: Source, reading: Reading) -> list[ProposedCorrection]:
    """What looks misread with what it may mean, certain or not, in the order of the text.

    >>> from khplans.reading import read_documents
    >>> source = Source("p", "KẾ HOẠCH\\n1. Phát triển nghề.\\n2. Nơi phát triến rừng.")
    >>> [(one.before, one.after, one.certain) for one in suggested_corrections(source, read_documents(source))]
    [('phát triến', 'phát triển', False)]
    """
    written = f" . {' '.join(_TOKEN.findall(source.text.casefold()))} . "
    uses: dict[str, _Uses] = {}
    found: list[ProposedCorrection] = []
    for doubt in (one for one in reading.doubts if one.code == "word-looks-misread"):
        before, suggestion = doubt.span.of(source.text), doubt.facts["suggestion"]
        if suggestion not in uses:
            uses[suggestion] = _uses(written, suggestion.casefold())
        proof = _proof(source.text, doubt, uses[suggestion])
        reason = proof or both("giống một cụm từ thường dùng", "it is like a usual phrase")
        after = _in_case_of(before, suggestion)
        found.append(ProposedCorrection(doubt.span, before, after, reason, proof is not None))
    return sorted(found, key=lambda one: one.span.start)


@dataclass(slots=True)
class _Uses:
    """How often a text writes a phrase, and the words on either side of it."""

    times: int = 0
    sides: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


def _uses(written: str, phrase: str) -> _Uses:
    """Where a phrase stands among words with a blank on either side.

    >>> _uses(" nơi phát triển nghề . phát triển rừng ", "phát triển").sides[0] == {"nơi", "."}
    True
    """
    found = _Uses()
    at = written.find(f" {phrase} ")
    while at >= 0:
        end = at + len(phrase) + 1
        found.times += 1
        found.sides[0].add(written[written.rfind(" ", 0, at) + 1 : at])
        found.sides[1].add(written[end + 1 : max(end + 1, written.find(" ", end + 1))])
        at = written.find(f" {phrase} ", end)
    return found


def _proof(text: str, doubt: Doubt, uses: _Uses) -> str | None:
    """How it is certain that words read as suggested; None where it is not.

    On a side on which a word is misread it must be known beside the same word; of a longer phrase, which its
    other words prove, also beside none.

    >>> def proof(text, words, suggestion):
    ...     at = text.index(words)
    ...     doubt = Doubt("word-looks-misread", Span(at, at + len(words)), {"suggestion": suggestion})
    ...     return _proof(text, doubt, _uses(f" {text.casefold()} ".replace(".", " ."), suggestion)) is not None
    >>> right = "Phát triển nghề. Phát triển rừng. "
    >>> proof(right + "Phát triến nghề.", "Phát triến", "phát triển"), proof("Phát triến nghề.", "Phát triến", "phát triển")
    (True, False)
    >>> proof("IH. Rừng.", "IH", "II")
    True
    """
    suggestion = doubt.facts["suggestion"]
    if _ROMAN.fullmatch(suggestion):
        return both("số của đề mục theo đề mục đứng trên", "the number after the heading above")
    written, right = doubt.span.of(text).casefold().split(), suggestion.casefold().split()
    if len(written) != len(right):
        return None
    beside = _beside(text, doubt.span)
    sides = [n for n in (0, 1) if written[-n] != right[-n]]
    if len(right) > 2:
        sides = [n for n in sides if beside[n]]
        if not sides:
            return both(
                f"các chữ khác của cụm từ thường dùng “{suggestion}” đều khớp",
                "the other words of a usual phrase are right",
            )
    if uses.times < _OFTEN or any(beside[n] not in uses.sides[n] for n in sides):
        return None
    return both(
        f"văn bản viết đúng “{suggestion}” {uses.times} lần",
        f"the text writes it right {uses.times} times",
    )


def _beside(text: str, span: Span) -> Sequence[str]:
    """The words right before and after a stretch, in small letters; empty where a sign or the text's end is.

    >>> _beside("Khả năng cao, nên", Span(4, 12))
    ('khả', '')
    """
    before = _BEFORE.search(text[max(0, span.start - _NEAR) : span.start])
    after = _AFTER.match(text[span.end : span.end + _NEAR])
    return tuple(found[1].casefold() if found else "" for found in (before, after))


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
