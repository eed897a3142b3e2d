"""Mentions without a number or date: by a defined short name, a law's bare name, or `Kế hoạch này`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from khplans.extraction.citations.bare_laws import find_bare_laws, may_name_laws
from khplans.extraction.citations.defined_names import find_defined_names
from khplans.extraction.citations.find import find_mentions
from khplans.extraction.citations.own_kind import find_own_kinds
from khplans.extraction.citations.passages import passages_of
from khplans.extraction.citations.provisions import provision_at
from khplans.knowledge.document_types import types_with
from khplans.model import Block, Citation, Document, NamedLaw, ShortCitation, ThisDocument
from khplans.text.passage import Passage, Span


def find_short_citations(document: Document, citations: Sequence[Citation]) -> list[ShortCitation]:
    """Every mention of a document that is not in `citations`, in the order of the source.

    `citations` are those that `find_citations` gave for this document. A name that the document
    defines goes before what a table of laws knows under it.
    """
    found = find_defined_names(document, citations)
    taken = _Taken([*(one.span for one in citations), *(one.span for one in found)])
    for block, passage in passages_of(document):
        found += (one for one in _named(document, block, passage) if one.span not in taken)
    return sorted(found, key=lambda one: one.span.start)


class _Taken:
    """Spans that are mentions already."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]

    def __contains__(self, span: Span) -> bool:
        place = bisect_left(self._starts, span.end)
        return place > 0 and self._spans[place - 1].overlaps(span)


def _named(document: Document, block: Block, passage: Passage) -> Iterator[ShortCitation]:
    """Mentions by `Kế hoạch này` and by the bare names of laws (`theo Luật Giá`).

    >>> from dataclasses import replace
    >>> from khplans.reading.documents import document_of
    >>> text = "I. NHIỆM VỤ\\n1. Thực hiện Kế hoạch này theo Luật Đầu tư công."
    >>> document = replace(document_of(text), document_type="Kế hoạch")
    >>> block = document.blocks[1]
    >>> [one.span.of(text) for one in _named(document, block, block.text)]
    ['Kế hoạch này', 'Luật Đầu tư công']
    >>> law = replace(document, document_type="Luật")
    >>> [one.span.of(text) for one in _named(law, replace(block, kind="title"), block.text)]
    []
    """
    text = passage.text
    for i, j, kind in find_own_kinds(document, text):
        yield ShortCitation(passage.span(i, j), ThisDocument(kind), provision_at(text, i, j))
    if not may_name_laws(text) or _is_own_name(document, block):
        return
    for law in find_bare_laws(text, find_mentions(text)):
        yield ShortCitation(
            passage.span(law.i, law.j),
            NamedLaw(law.law, law.as_of),
            provision_at(text, law.i, law.j),
        )


def _is_own_name(document: Document, block: Block) -> bool:
    """Whether a block holds the name of the law that the document itself is.

    >>> from dataclasses import replace
    >>> from khplans.reading.documents import document_of
    >>> document = document_of("Điều 1. Phạm vi")
    >>> kinds = [(kind, block) for kind in ("Luật", "Kế hoạch") for block in ("title", "item")]
    >>> [_is_own_name(replace(document, document_type=kind), replace(document.blocks[0], kind=block)) for kind, block in kinds]
    [True, False, False, False]
    """
    return block.kind in ("letterhead", "title") and document.document_type in types_with("law")
