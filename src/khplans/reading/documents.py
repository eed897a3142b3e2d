"""A plan's text as documents: bounds, letterhead, blocks and sections put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from khplans.model import Block, Document, Doubt, Judgement, Reason, Source
from khplans.reading.body.outline import read_outline
from khplans.reading.body.raw_blocks import read_raw_blocks
from khplans.reading.body.signers import read_signer
from khplans.reading.bounds import Bounds, find_bounds
from khplans.reading.layout.laid_out import lay_out
from khplans.reading.layout.rows import Rows
from khplans.reading.letterhead.issuers import is_central
from khplans.reading.letterhead.localities import province_of_body
from khplans.reading.letterhead.read import Letterhead, read_letterhead
from khplans.reading.letterhead.told_below import (
    day_of_adoption,
    issuer_as_written,
    issuer_of_signature,
    right_number,
)
from khplans.reading.letterhead.web_page import PageFields, read_page_fields
from khplans.reading.lines.line import Line
from khplans.reading.misreadings import find_misreadings
from khplans.text.fold import slug
from khplans.text.passage import Span, read_passage


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a plan's text, in order, and what is doubtful about them."""

    documents: tuple[Document, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of one document, its letterhead, and what the page around it says."""

    lines: Sequence[Line]
    bounds: Bounds
    letterhead: Letterhead
    page: PageFields

    @property
    def body(self) -> Sequence[Line]:
        """The lines below the letterhead."""
        return self.lines[self.letterhead.end : self.bounds.stop]

    @property
    def span(self) -> Span:
        """From its first written line to its last."""
        written = [line for line in self.lines[self.bounds.first : self.bounds.stop] if line.raw]
        return Span(written[0].start, written[-1].end)


def read_documents(source: Source, judgements: Iterable[Judgement] = ()) -> Reading:
    """Read every official document in a source; the first is the plan itself.

    Of what people judged only the cells of tables count here.

    Never fails: a text without any letterhead is one document without number or date.

    >>> text = "UBND TỈNH HÀ GIANG\\nSố: 12/KH-UBND\\nHà Giang, ngày 5 tháng 1 năm 2023\\nKẾ HOẠCH\\nVề việc A"
    >>> document = read_documents(Source("p", text)).documents[0]
    >>> document.number, document.issuer, document.title
    ('12/KH-UBND', 'Ủy ban nhân dân tỉnh Hà Giang', 'Về việc A')
    """
    laid = lay_out(source, judgements)
    if not any(line.text for line in laid.lines):
        return Reading((), ())
    documents: list[Document] = []
    doubts = list(laid.doubts)
    ids: set[str] = set()
    for part in _parts(source, laid.lines):
        document, doubtful = _read(source, part, laid.tables, ids)
        ids.add(document.document_id)
        documents.append(document)
        doubts += [*doubtful, *find_misreadings(document)]
    return Reading(tuple(documents), tuple(doubts))


def document_of(text: str) -> Document:
    """The one document of a text: what examples show.

    >>> [block.kind for block in document_of("I. MỤC TIÊU\\n1. Đón 5.000 lượt khách.").blocks]
    ['heading', 'item']
    """
    (document,) = read_documents(Source("example", text)).documents
    return document


def _parts(source: Source, lines: Sequence[Line]) -> Iterator[_Part]:
    """The documents of a source, each with its letterhead; a page tells of the first alone.

    >>> from khplans.reading.layout.laid_out import lay_out
    >>> text = "Người ký: Trần Văn An\\nSố: 5/KH-UBND\\nKẾ HOẠCH\\nTrồng rừng\\nI. RỪNG\\n1. Trồng.\\n"
    >>> source = Source("p", text)
    >>> [(part.letterhead.number, part.page.signer) for part in _parts(source, lay_out(source).lines)]
    [('5/KH-UBND', 'Trần Văn An')]
    """
    bounds = find_bounds(source.text, lines)
    for k, own in enumerate(bounds):
        letterhead = read_letterhead(source.text, lines, own.first, own.stop)
        page = PageFields()
        if k == 0:
            next_first = bounds[1].first if len(bounds) > 1 else len(lines)
            after = lines[own.stop : next_first]
            page = read_page_fields(lines[: own.first], after, letterhead.document_type)
        yield _Part(lines, own, letterhead, page)


def _read(
    source: Source, part: _Part, tables: Sequence[Rows], ids: set[str]
) -> tuple[Document, list[Doubt]]:
    """A document and its doubts; it is attached to the plan where that has an id already.

    >>> head = "UBND TỈNH PHÚ YÊN\\nSố: {}/KH-UBND\\nPhú Yên, ngày 1 tháng 2 năm 2024\\nKẾ HOẠCH\\nTrồng rừng\\nI. RỪNG\\n1. Trồng.\\n"
    >>> found = read_documents(Source("p", head.format(5) + head.format(6))).documents
    >>> [(one.document_id, one.parent_document_id) for one in found]
    [('p', None), ('phu-yen-6-kh-ubnd-2024', 'p')]
    """
    letterhead, page = part.letterhead, part.page
    raw_blocks = read_raw_blocks(part.body, tables)
    blocks, sections, doubts = read_outline(source, raw_blocks, list(_blocks_above(source, part)))
    number, doubt = right_number(letterhead, part.lines, part.bounds.stop)
    number = number or page.number
    issuer = _issuer(part, None if ids else source.issuer)
    day = letterhead.date or page.date or day_of_adoption(part.body)
    province = _province(issuer, day, letterhead)
    signer, signer_raw = read_signer(source, raw_blocks)
    document = Document(
        document_id=_attached_id(source.plan_id, province or issuer, number, day, ids)
        if ids
        else source.plan_id,
        plan_id=source.plan_id,
        span=part.span,
        blocks=tuple(blocks),
        sections=tuple(sections),
        number=number,
        number_raw=letterhead.number_raw,
        document_type=letterhead.document_type or page.document_type,
        title=letterhead.title,
        issuer=issuer,
        place=letterhead.place,
        province=province,
        date=day,
        signer=signer or page.signer,
        signer_raw=signer_raw,
        parent_document_id=source.plan_id if ids else None,
    )
    return document, [doubt, *doubts] if doubt else doubts


def _issuer(part: _Part, registered: str | None) -> str | None:
    """The letterhead's issuer, else the page's, else the one that plan.toml gives, else who signs.

    >>> def issuer(head):
    ...     source = Source("p", f"{head}\\nI. RỪNG\\n1. Trồng.", issuer="UBND tỉnh Khánh Hòa")
    ...     return read_documents(source).documents[0].issuer
    >>> issuer("KẾ HOẠCH"), issuer("UBND TỈNH PHÚ YÊN\\nSố: 5/KH-UBND\\nKẾ HOẠCH\\nTrồng rừng")
    ('UBND tỉnh Khánh Hòa', 'Ủy ban nhân dân tỉnh Phú Yên')
    """
    head = part.letterhead
    issuer = issuer_as_written(head.issuer, part.body) or part.page.issuer or registered
    return issuer or issuer_of_signature(part.body, head.place, head.province)


def _province(issuer: str | None, day: date | None, letterhead: Letterhead) -> str | None:
    """The province of the issuer, else of the place of the date; a central body has none.

    >>> from khplans.reading.lines.line import lines_of
    >>> letterhead = read_letterhead("Đắk Lắk, ngày 1 tháng 2 năm 2024", lines_of("Đắk Lắk, ngày 1 tháng 2 năm 2024"), 0, 1)
    >>> [_province(issuer, None, letterhead) for issuer in ("UBND tỉnh Khánh Hòa", "Bộ Y tế", "Hội Làm vườn", None)]
    ['Khánh Hòa', None, 'Đắk Lắk', 'Đắk Lắk']
    """
    province = letterhead.province
    if issuer:
        own = province_of_body(issuer, day)
        province = own or (None if is_central(issuer) else province)
    return province.name if province else None


def _attached_id(
    plan_id: str, body: str | None, number: str | None, day: date | None, ids: set[str]
) -> str:
    """The id of a document that stands in a plan's text beside the plan, unlike those there are.

    `body` is its province or its issuer.

    >>> _attached_id("p", "Hà Giang", "12/KH-UBND", date(2023, 1, 5), {"p", "ha-giang-12-kh-ubnd-2023"})
    'ha-giang-12-kh-ubnd-2023-b'
    """
    named = f"{body or plan_id} {number or ''} {day.year if day else ''}"
    document_id = slug(named) or plan_id
    while document_id in ids:
        document_id += "-b"
    return document_id


def _blocks_above(source: Source, part: _Part) -> Iterator[Block]:
    """The blocks above the body: lines of one kind run together.

    >>> document = document_of("UBND TỈNH PHÚ YÊN\\nSố: 5/KH-UBND\\nKẾ HOẠCH\\nTrồng rừng\\nI. RỪNG\\n1. Trồng.")
    >>> [(block.kind, block.text.text) for block in document.blocks[:2]]
    [('letterhead', 'UBND TỈNH PHÚ YÊN Số: 5/KH-UBND'), ('title', 'KẾ HOẠCH Trồng rừng')]
    """
    top = range(part.letterhead.first, part.letterhead.end)
    written = (i for i in top if part.lines[i].raw)
    for kind, run in groupby(written, part.letterhead.kinds.__getitem__):
        lines = [part.lines[i] for i in run]
        passage = read_passage(source.text, [line.words for line in lines], source.corrections)
        span = Span(lines[0].start, lines[-1].end)
        reason: Reason | None = "stamp" if kind == "furniture" else None
        yield Block(kind, passage, span, pieces=tuple(line.span for line in lines), reason=reason)
