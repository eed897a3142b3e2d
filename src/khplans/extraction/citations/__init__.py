"""Citations: a document's mentions of other official documents.

`find_citations` is the way in, and `find_short_citations` for later mentions by a short name.
Below them: `numbers` (the number's form), `heads` (the words before it), `issuing` (the body behind
it), `laws` (cited by name), `find` (they together), `relating` (as what a document is mentioned),
`short_forms` (names that the document defines), `passages` (where all this is looked for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from khplans.extraction.citations.find import Mention, find_mentions
from khplans.extraction.citations.heads import fits
from khplans.extraction.citations.passages import passages_of
from khplans.extraction.citations.relating import relations
from khplans.extraction.citations.short_forms import find_short_citations
from khplans.model import Block, Citation, Document, Doubt
from khplans.text.passage import Passage, Span

__all__ = ["find_citations", "find_short_citations"]

_CAPTION = re.compile(r"kèm (?:theo|with)?|ban hành (?:theo|tại|kèm)|^\(? ?theo ", re.IGNORECASE)
_MISREAD = re.compile(r"^\d*[OoIl]\d*[/-]|/QH$")
_SERIAL = re.compile(r"\d+")
_NO_LETTER = re.compile(r"[\W\d_]")


def find_citations(document: Document) -> list[Citation]:
    """Every mention of another official document, in the order of the source.

    What counts: an official number that carries a symbol, or a law with its date or year. The
    document's own number in its letterhead or in the caption of its annexes is none. Doubts are
    `date-impossible`, `type-and-symbol-disagree`, `number-looks-misread`.
    """
    found: list[Citation] = []
    for block, passage in passages_of(document):
        default = "mentions"
        if block.section is not None and document.sections[block.section].role == "basis":
            default = "legal_basis"
        found += _in_passage(document, block, passage, default)
    return found


def _in_passage(
    document: Document, block: Block, passage: Passage, default: str
) -> Iterator[Citation]:
    text = passage.text
    mentions = find_mentions(text)
    if not mentions:
        return
    for mention, relation in zip(mentions, relations(text, mentions, default), strict=True):
        if _is_own(document, block, text, mention):
            continue
        span = passage.span(mention.i, mention.j)
        yield Citation(
            span,
            mention.number,
            mention.kind,
            mention.date,
            mention.issuer,
            mention.name,
            relation,
            tuple(_doubts(mention, span)),
            mention.date.year if mention.date else mention.year,
        )


def _is_own(document: Document, block: Block, text: str, mention: Mention) -> bool:
    """Whether the mention is of the document itself: in its letterhead, its annex's caption.

    A mention with the document's own date is its own anywhere; one without a date only where a
    letterhead, a heading or a caption can stand, since numbers come again every year.
    """
    if block.kind == "letterhead" and not mention.own_kind:
        return True
    if not document.number or not mention.number:
        return False
    caption = _CAPTION.search(text, max(0, mention.i - 60), mention.i) is not None
    same = mention.number.upper() in (document.number.upper(), (document.number_raw or "").upper())
    if mention.date is not None and document.date is not None:
        alike = same or (caption and _alike(mention.number, document.number))
        return alike and mention.date == document.date
    opening = not mention.own_kind and mention.i < 4
    return same and (opening or caption or block.kind in ("letterhead", "title", "heading"))


def _alike(one: str, other: str) -> bool:
    """Whether two numbers of one day are one: the year left out, other marks, a digit misread."""
    serials = [_SERIAL.search(n) for n in (one, other)]
    if serials[0] is None or serials[1] is None:
        return False
    symbols = [_NO_LETTER.sub("", n).upper() for n in (one, other)]
    a, b = serials[0][0], serials[1][0]
    differ = sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b))
    return symbols[0] == symbols[1] and differ <= 1


def _doubts(mention: Mention, span: Span) -> Iterator[Doubt]:
    facts = {"number": mention.number or mention.name or ""}
    if _MISREAD.search(mention.number or "") or mention.blurred:
        yield Doubt("number-looks-misread", span, facts)
    if mention.day and mention.date is None:
        yield Doubt("date-impossible", span, {**facts, "date": mention.day})
    if mention.own_kind and mention.symbol and not _agree(mention):
        facts = {**facts, "type": mention.kind or "", "symbol": mention.symbol}
        yield Doubt("type-and-symbol-disagree", span, facts)


def _agree(mention: Mention) -> bool:
    """Whether kind and symbol go together; `Văn bản` may be of any kind."""
    return mention.kind in (None, "Văn bản") or fits(mention.kind, mention.symbol)
