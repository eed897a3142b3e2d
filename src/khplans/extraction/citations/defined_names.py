"""Short forms: later mentions of a document by the short name that this document defined for it.

`Nghị quyết số 26-NQ/TW … (sau đây gọi tắt là Nghị quyết 26)` defines one; `thực hiện Nghị quyết 26`
further on is a short form of that citation. Only what the text itself defines counts: with
`sau đây gọi là`, `gọi tắt`, `gọi chung`, `viết tắt`, or in brackets after the citation. A short
name is more than the name of a kind (`Luật BVMT`, `Đề án 06`, not `Kế hoạch`), and one with a
number and symbol is a citation of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from khplans.extraction.citations.find import Mention, find_mentions
from khplans.extraction.citations.number_parts import find_numbers
from khplans.extraction.citations.passages import passages_of
from khplans.extraction.citations.provisions import provision_at
from khplans.extraction.citations.words_before_number import kind_at
from khplans.knowledge.document_types import types_with
from khplans.knowledge.wording import Wording
from khplans.model import Citation, DefinedName, Document, ShortCitation
from khplans.rules import Rule, Rules, always, once
from khplans.text.letters import UPPER
from khplans.text.passage import Passage, Span, passage_of
from khplans.text.shadow import shadow

# In a shadow: the words that define, then the name up to the next mark.
_DEFINED = Wording(
    r"(?<!\w)(?:<below> day,? (?:duoc )?(?:goi|viet)(?: <in short>){0,2}"
    r"|(?:goi|viet) tat|goi chung)(?: la)?:? ?[\"“‘']?(?P<name>[^\"“”’'(),;:.\[\]]{4,80})",
    "sau đây gọi tắt là đề án 06",
    folded=True,
)
# A kind's name with a serial or an abbreviation alone in brackets.
_BRACKETS = re.compile(r"\((?P<name>[^\W\da-z_]\w+(?: \w+){1,4})\)")
_BOUNDARY = re.compile(rf"[.!?] (?=[{UPPER}])|; ")
_SERIAL = re.compile(r"\d+")
_SO = Wording(r" so (?=\d)", " số 12", folded=True)
# What ends a name: not a letter, and not the symbol of a number that begins alike.
_END = re.compile(r"(?![\w/]| ?-[a-z])")
_LONGEST = 84
_FEW = 30
"""How many mentions before a definition may be meant."""


@dataclass(frozen=True, slots=True)
class _Definition:
    """A short name as defined at `span` for a citation; `key` is what a later mention must read."""

    key: str
    opening: str
    citation: int
    span: Span


def find_defined_names(document: Document, citations: Sequence[Citation]) -> list[ShortCitation]:
    """Every later mention of a cited document by its defined short name, in the order of the source.

    `citations` are those that `find_citations` gave for this document. A name holds from its
    definition to the document's end, annexes included, or until it is defined anew; of two that
    match at one place the longer counts. Accents and capitals don't count, nor does `số` before
    the serial.
    """
    by_span = {citation.span: k for k, citation in enumerate(citations)}
    names = _ShortNames()
    found: list[ShortCitation] = []
    for _, passage in passages_of(document):
        text = shadow(passage.text)
        fresh = list(_definitions(passage, text, by_span))
        done = 0
        for i, j, definition in fresh:
            found += names.mentions(passage, text, done, i)
            names.define(definition)
            done = j
        found += names.mentions(passage, text, done, len(text))
    starts = [citation.span.start for citation in citations]
    return [one for one in found if not _within(one.span, citations, starts)]


class _ShortNames:
    """The short names defined so far."""

    def __init__(self) -> None:
        self._known: dict[str, _Definition] = {}
        self._lengths: list[int] = []
        self._kinds: set[str] = set()
        self._openings: re.Pattern[str] | None = None

    def define(self, definition: _Definition) -> None:
        """Take a name from here on for what it is now defined for."""
        self._known[definition.key] = definition
        if len(definition.key) not in self._lengths:
            self._lengths = sorted({*self._lengths, len(definition.key)}, reverse=True)
        if definition.opening not in self._kinds:
            self._kinds.add(definition.opening)
            kinds = sorted(self._kinds, key=lambda kind: (-len(kind), kind))
            self._openings = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, kinds))})")

    def mentions(
        self, passage: Passage, text: str, start: int, end: int
    ) -> Iterator[ShortCitation]:
        """The known names that stand in `text[start:end]`, the shadow of the passage."""
        done = start
        for opening in self._openings.finditer(text, start, end) if self._openings else ():
            i = opening.start()
            if i < done:
                continue
            for j, definition in self._at(text, i):
                yield ShortCitation(
                    passage.span(i, j),
                    DefinedName(definition.citation, definition.span),
                    provision_at(passage.text, i, j),
                )
                done = j

    def _at(self, text: str, i: int) -> Iterator[tuple[int, _Definition]]:
        """The short name that stands at a place as it was defined, with or without `số`: `Kế hoạch (số) 35`."""
        written = text[i : i + _LONGEST]
        so = _SO.search(written)
        read = written[: so.start()] + written[so.end() - 1 :] if so else written
        for length in self._lengths:
            definition = self._known.get(read[:length])
            if definition is not None and len(definition.key) == length:
                j = i + length + (len(so[0]) - 1 if so and length > so.start() else 0)
                if _END.match(text, j):
                    yield j, definition
                    return


def _definitions(
    passage: Passage, text: str, by_span: Mapping[Span, int]
) -> Iterator[tuple[int, int, _Definition]]:
    """The names that a passage defines, each with where it stands there; none that has no mention to be of.

    >>> def defined(text):
    ...     mentions = find_mentions(text)
    ...     by_span = {Span(one.i, one.j): n for n, one in enumerate(mentions)}
    ...     return [(text[i:j], one.citation) for i, j, one in _definitions(passage_of(text), shadow(text), by_span)]
    >>> defined("Nghị quyết số 26-NQ/TW (sau đây gọi tắt là Nghị quyết 26)")
    [('Nghị quyết 26', 0)]
    >>> defined("Nghị quyết số 26-NQ/TW (sau đây gọi tắt là Nghị quyết số 27-NQ/TW)"), defined("Trồng rừng (sau đây gọi tắt là Kế hoạch 5)"), defined("Trồng rừng")
    ([], [], [])
    """
    named = _defined_names(passage.text, text)
    if not named:
        return
    mentions = find_mentions(passage.text)
    starts = [mention.i for mention in mentions]
    borders = [0, *(border.end() for border in _BOUNDARY.finditer(passage.text))]
    for i, name, bracketed in named:
        opening = kind_at(name, 0)
        if opening is None or len(name) <= opening.j + 1 or find_numbers(name):
            continue
        floor = borders[bisect_right(borders, i) - 1]
        reach = bisect_left(starts, i)
        first = max(bisect_left(starts, floor), reach - _FEW)
        before = tuple(mention for mention in mentions[first:reach] if mention.j <= i)
        case = ShortName(passage, i, name, opening.kind, bracketed, before)
        meant = MEANT.decide(case)(case)
        citation = by_span.get(passage.span(meant.i, meant.j)) if meant else None
        if citation is not None:
            key = _SO.sub(" ", shadow(name))
            opens = shadow(name[: opening.j])
            yield i, i + len(name), _Definition(key, opens, citation, case.span)


def _defined_names(text: str, shade: str) -> list[tuple[int, str, bool]]:
    """Where names of kinds of document stand that the text defines, and whether in brackets alone.

    >>> text = "Nghị quyết số 26-NQ/TW (sau đây gọi tắt là Nghị quyết 26)"
    >>> _defined_names(text, shadow(text))
    [(43, 'Nghị quyết 26', False)]
    """
    told = [(match, False) for match in _DEFINED.finditer(shade)]
    if "(" in shade:
        told += [(match, True) for match in _BRACKETS.finditer(text)]
    return sorted(
        (i, text[i : match.end("name")].rstrip(), bracketed)
        for match, bracketed in told
        if kind_at(text, i := match.start("name")) is not None
    )


@dataclass(frozen=True)
class ShortName:
    """A short name of a `kind` of document, defined at `i`: which of the mentions before is meant?

    `bracketed` says that it stands in brackets alone, without words that define it.
    """

    passage: Passage
    i: int
    name: str
    kind: str
    bracketed: bool
    before: tuple[Mention, ...]

    @property
    def span(self) -> Span:
        return self.passage.span(self.i, self.i + len(self.name))

    @once
    def serial(self) -> int | None:
        """The serial in the name (`Đề án 06`)."""
        return _serial(self.name)

    @once
    def of_kind(self) -> list[Mention]:
        """The mentions of its kind."""
        return [mention for mention in self.before if mention.kind == self.kind]

    @once
    def of_serial(self) -> list[Mention]:
        """The mentions of its serial."""
        if self.serial is None:
            return []
        return [one for one in self.before if _serial(one.number or "") == self.serial]

    @property
    def by_kind(self) -> bool:
        """Whether only its kind can tell."""
        return self.serial is None and bool(self.of_kind)

    @property
    def issued(self) -> bool:
        """Whether the last document before it issues it (`Quyết định … phê duyệt Đề án …`)."""
        if self.kind not in types_with("issued") or self.bracketed or not self.before:
            return False
        return shadow(self.kind) in shadow(self.passage.text[self.before[-1].j : self.i])


def _case_of(text: str) -> ShortName:
    """The first short name that a text defines."""
    passage = passage_of(text)
    i, name, bracketed = _defined_names(passage.text, shadow(passage.text))[0]
    kind = kind_at(name, 0)
    before = tuple(one for one in find_mentions(passage.text) if one.j <= i)
    return ShortName(passage, i, name, kind.kind if kind else "", bracketed, before)


# fmt: off
MEANT: Rules[ShortName, Callable[[ShortName], Mention | None]] = Rules("meant-by-a-short-name", _case_of, (
    Rule("serial-and-kind", ("Nghị quyết số 26-NQ/TW (sau đây gọi tắt là Nghị quyết 26)",),
         lambda case: any(one in case.of_kind for one in case.of_serial),
         lambda case: [one for one in case.of_serial if one in case.of_kind][-1]),
    Rule("serial", ("Quyết định số 06/QĐ-TTg (gọi tắt là Đề án 06)",),
         lambda case: case.of_serial, lambda case: case.of_serial[-1]),
    Rule("last-of-its-kind", ("Luật Đất đai năm 2024 (sau đây gọi là Luật ĐĐ)",),
         lambda case: case.by_kind and not case.bracketed, lambda case: case.of_kind[-1]),
    Rule("first-letters", ("Luật Bảo vệ môi trường năm 2020 (Luật BVMT)",),
         lambda case: case.by_kind and _abbreviates(case.name, case.of_kind[-1]),
         lambda case: case.of_kind[-1]),
    Rule("issued-by-the-last", ("Quyết định số 12/QĐ-TTg phê duyệt Đề án trồng rừng (gọi tắt là Đề án rừng)",),
         lambda case: not case.of_kind and case.issued, lambda case: case.before[-1]),
    Rule("none", ("Nghị quyết số 26-NQ/TW (gọi tắt là Nghị quyết 27)",), always, lambda case: None),
))
# fmt: on


def _serial(words: str) -> int | None:
    """The number in words: `Nghị quyết 22`.

    >>> _serial("Nghị quyết 22"), _serial("Nghị quyết")
    (22, None)
    """
    written = _SERIAL.search(words)
    return int(written[0]) if written else None


def _abbreviates(name: str, law: Mention) -> bool:
    """Whether the name ends in the first letters of the law's (`Luật BVMT`)."""
    letters = "".join(word[0] for word in re.findall(r"\w+", shadow(law.name or "")))
    return bool(letters) and shadow(name).endswith(f" {letters}")


def _within(span: Span, citations: Sequence[Citation], starts: Sequence[int]) -> bool:
    """Whether the words are a part of a citation.

    >>> from khplans.model import Citation
    >>> citation = Citation(Span(4, 9), "22-NQ/TU", None, None, None)
    >>> [_within(span, [citation], [4]) for span in (Span(0, 4), Span(8, 12), Span(9, 12))]
    [False, True, False]
    """
    place = bisect_left(starts, span.end)
    return place > 0 and citations[place - 1].span.overlaps(span)
