"""Citations: a document's mentions of other official documents.

`find_citations` is the way in, and `find_short_citations` for later mentions by a short name.
Below them: `numbers` (the number's form), `heads` (the words before it), `issuing` (the body after
it), `laws` (cited by name), `find` (they together), `relating` (as what a document is mentioned),
`provisions` (which of its articles), `titles` (what it is about), `short_forms` (names that the document defines), `bare_laws`
and `own_kind` (`Luật Giá`, `Kế hoạch này`), `short` (these three together), `passages` (where all
this is looked for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from khplans.extraction.citations.cited_titles import title_of
from khplans.extraction.citations.find import Mention, find_mentions
from khplans.extraction.citations.passages import passages_of
from khplans.extraction.citations.provisions import provision_at
from khplans.extraction.citations.relating import relations
from khplans.extraction.citations.short_citations import find_short_citations
from khplans.extraction.citations.words_before_number import fits
from khplans.knowledge.wording import Wording
from khplans.model import Block, Citation, Document, Doubt
from khplans.rules import Rule, Rules, always
from khplans.text.passage import Passage, Span, read_passage

__all__ = ["find_citations", "find_short_citations"]

_CAPTION = Wording(r"kèm (?:theo|with)?|ban hành <by a text>|^\(? ?theo ", "ban hành kèm")
_MISREAD = re.compile(r"^\d*[OoIl]\d*[/-]|/QH$")
_SERIAL = re.compile(r"\d+")
_NO_LETTER = re.compile(r"[\W\d_]")


def find_citations(document: Document) -> list[Citation]:
    """Every mention of another official document, in the order of the source.

    What counts: an official number that carries a symbol, or a law with its date or year. The
    document's own number in its letterhead or in the caption of its annexes is none. Doubts are
    `date-impossible`, `type-and-symbol-disagree`, `number-looks-misread`.

    >>> from khplans.reading.documents import document_of
    >>> text = "I. CĂN CỨ\\n1. Quyết định số 12/QĐ-TTg.\\nII. NHIỆM VỤ\\n1. Báo cáo về Quyết định số 13/QĐ-TTg."
    >>> [(one.number, one.relation) for one in find_citations(document_of(text))]
    [('12/QĐ-TTg', 'legal_basis'), ('13/QĐ-TTg', 'mentions')]
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
    """The citations of a passage, but for the document's own number in its title or a caption: `Kèm theo Quyết định này`.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n1. Thực hiện Luật Giá năm 2023 và Nghị quyết số 22-NQ/TU.")
    >>> block = document.blocks[1]
    >>> [(one.number, one.year) for one in _in_passage(document, block, block.text, "mentions")]
    [(None, 2023), ('22-NQ/TU', None)]
    """
    text = passage.text
    mentions = find_mentions(text)
    if not mentions:
        return
    told = zip(mentions, relations(text, mentions, default), strict=True)
    for k, (mention, relation) in enumerate(told):
        if OWN.decide(OwnOrOther(document, block.kind, passage, mention)):
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
            provision_at(text, mention.i, mention.j, mention.end),
            title_of(text, mentions, k, relation == "legal_basis"),
        )


@dataclass(frozen=True)
class OwnOrOther:
    """A mention in a passage of a block of some kind: is it of the document itself?

    Its own day tells it anywhere; without a date only where a letterhead, a heading or a caption
    can stand, since numbers come again every year.
    """

    document: Document
    kind: str
    passage: Passage
    mention: Mention

    @property
    def span(self) -> Span:
        return self.passage.span(self.mention.i, self.mention.j)

    @property
    def caption(self) -> bool:
        """Whether it stands in the caption of something that is attached (`kèm theo …`)."""
        at = self.mention.i
        return _CAPTION.search(self.passage.text, max(0, at - 60), at) is not None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The document's own number, put right and as printed."""
        return tuple(n.upper() for n in (self.document.number, self.document.number_raw) if n)

    @property
    def same(self) -> bool:
        """Whether it has the document's number."""
        return bool(self.mention.number) and str(self.mention.number).upper() in self.numbers

    @property
    def alike(self) -> bool:
        """Whether its number, in a caption, may be a misreading of the document's: `12/QD-UBND` for `12/QĐ-UBND`."""
        return self.caption and _alike(self.mention.number or "", self.document.number or "")

    @property
    def dated(self) -> bool:
        """Whether both have a date."""
        return self.mention.date is not None and self.document.date is not None

    @property
    def same_day(self) -> bool:
        """Whether both have the same date."""
        return self.dated and self.mention.date == self.document.date


def _case_of(text: str, kind: str = "paragraph") -> OwnOrOther:
    """The first mention of a text in the document 12/KH-UBND of 5 January 2024."""
    whole = Span(0, len(text))
    passage = read_passage(text, [whole])
    document = Document("d", "d", whole, (), (), "12/KH-UBND", date=date(2024, 1, 5))
    return OwnOrOther(document, kind, passage, find_mentions(passage.text)[0])


# fmt: off
OWN: Rules[OwnOrOther, bool] = Rules("own-or-other-document", _case_of, (
    Rule("number-of-the-letterhead", ("Số: 12/KH-UBND", "letterhead"),
         lambda case: case.kind == "letterhead" and not case.mention.own_kind, True),
    Rule("without-a-number", ("Luật Đất đai năm 2024",),
         lambda case: not case.document.number or not case.mention.number, False),
    Rule("same-number-and-day", ("tại Kế hoạch số 12/KH-UBND ngày 05/01/2024",),
         lambda case: case.same_day and case.same, True),
    Rule("misread-in-a-caption", ("(Kèm theo Kế hoạch số 17/KH-UBND ngày 05/01/2024)",),
         lambda case: case.same_day and case.alike, True),
    Rule("another-day-or-number", ("tại Kế hoạch số 12/KH-UBND ngày 06/01/2023",), lambda case: case.dated, False),
    Rule("another-number", ("tại Kế hoạch số 34/KH-UBND",), lambda case: not case.same, False),
    Rule("opens-a-line", ("Số 12/KH-UBND",),
         lambda case: not case.mention.own_kind and case.mention.i < 4, True),
    Rule("caption", ("(Kèm theo Kế hoạch số 12/KH-UBND)",), lambda case: case.caption, True),
    Rule("heading", ("Kế hoạch số 12/KH-UBND", "heading"),
         lambda case: case.kind in ("letterhead", "title", "heading"), True),
    Rule("in-running-text", ("Sở Y tế thực hiện Kế hoạch số 12/KH-UBND",), always, False),
))
# fmt: on


def _alike(one: str, other: str) -> bool:
    """Whether two numbers of one day are one: the year left out (`5/2024/QĐ-UBND`, `5/QĐ-UBND`), other marks, a digit misread.

    >>> _alike("5/2024/QĐ-UBND", "5/QĐ-UBND"), _alike("15/QĐ-UBND", "16/QĐ-UBND"), _alike("5/QĐ-UBND", "5/KH-UBND")
    (True, True, False)
    """
    serials = [_SERIAL.search(n) for n in (one, other)]
    if serials[0] is None or serials[1] is None:
        return False
    symbols = [_NO_LETTER.sub("", n).upper() for n in (one, other)]
    a, b = serials[0][0], serials[1][0]
    differ = sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b))
    return symbols[0] == symbols[1] and differ <= 1


def _doubts(mention: Mention, span: Span) -> Iterator[Doubt]:
    """What is doubtful of a mention: a misread number, a day such as `31/02/2024`, `Kế hoạch số 5/QĐ-UBND`.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("Theo Kế hoạch số 5/QĐ-UBND ngày 31/02/2024.")
    >>> [doubt.code for doubt in find_citations(document)[0].doubts]
    ['date-impossible', 'type-and-symbol-disagree']
    """
    facts = {"number": mention.number or mention.name or ""}
    if _MISREAD.search(mention.number or "") or mention.blurred:
        yield Doubt("number-looks-misread", span, facts)
    if mention.day and mention.date is None:
        yield Doubt("date-impossible", span, {**facts, "date": mention.day})
    if mention.own_kind and mention.symbol and not _agree(mention):
        facts = {**facts, "type": mention.kind or "", "symbol": mention.symbol}
        yield Doubt("type-and-symbol-disagree", span, facts)


def _agree(mention: Mention) -> bool:
    """Whether kind and symbol go together; `Văn bản` may be of any kind.

    >>> from khplans.extraction.citations.find import find_mentions
    >>> texts = "Quyết định số 12/QĐ-TTg", "Quyết định số 12/KH-UBND", "Văn bản số 12/KH-UBND"
    >>> [_agree(find_mentions(text)[0]) for text in texts]
    [True, False, True]
    """
    return mention.kind in (None, "Văn bản") or fits(mention.kind, mention.symbol)
