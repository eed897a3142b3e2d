"""Reads a plan's text: its official documents, their letterheads, sections, items and tables."""

from __future__ import annotations

from dataclasses import dataclass

from khplans.model import Block, BlockKind, Document, Doubt, Source
from khplans.reading.bounds import Bounds, find_bounds
from khplans.reading.closing import read_signer
from khplans.reading.head import Head, read_head
from khplans.reading.lines import Line, read_lines
from khplans.reading.outline import build
from khplans.reading.units import read_units
from khplans.text.fold import slug
from khplans.text.passage import Span, read_passage


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a plan's text, in order, and what is doubtful about them."""

    documents: tuple[Document, ...]
    doubts: tuple[Doubt, ...]


def read_documents(source: Source) -> Reading:
    """Read every official document in a source; the first is the plan itself.

    Never fails: a text without any letterhead is one document without number or date.
    """
    lines = read_lines(source)
    if not any(line.text for line in lines):
        return Reading((), ())
    documents: list[Document] = []
    doubts: list[Doubt] = []
    for bounds in find_bounds(lines):
        document, more = _read(source, lines, bounds, bool(documents))
        documents.append(document)
        doubts += more
    return Reading(tuple(documents), tuple(doubts))


def _read(
    source: Source, lines: tuple[Line, ...], bounds: Bounds, attached: bool
) -> tuple[Document, list[Doubt]]:
    head = read_head(source.text, lines, bounds.first, bounds.stop)
    body = lines[head.end : bounds.stop]
    units = read_units(source.text, body)
    blocks, sections, doubts = build(source, units, _head_blocks(source, lines, head))
    signer, signer_raw = read_signer(source.text, units, source.corrections)
    issuer = head.issuer or (None if attached else source.issuer)
    document_id = source.plan_id
    if attached:
        year = str(head.date.year) if head.date else ""
        where = head.province or issuer or source.plan_id
        document_id = slug(f"{where} {head.number or ''} {year}")
    spoken = [line for line in lines[bounds.first : bounds.stop] if line.text or line.raw]
    document = Document(
        document_id=document_id,
        plan_id=source.plan_id,
        span=Span(spoken[0].start, spoken[-1].end),
        blocks=tuple(blocks),
        sections=tuple(sections),
        number=head.number,
        number_raw=head.number_raw,
        document_type=head.document_type,
        title=head.title,
        issuer=issuer,
        place=head.place,
        province=head.province,
        date=head.date,
        signer=signer,
        signer_raw=signer_raw,
        parent_document_id=source.plan_id if attached else None,
    )
    return document, doubts


def _head_blocks(source: Source, lines: tuple[Line, ...], head: Head) -> list[Block]:
    kinds: dict[int, BlockKind] = dict.fromkeys(head.letterhead, "letterhead")
    kinds |= dict.fromkeys(head.title_lines, "title")
    kinds |= dict.fromkeys(head.furniture, "furniture")
    blocks: list[Block] = []
    run: list[Line] = []
    kind: BlockKind | None = None
    for i in range(head.first, head.end + 1):
        now = kinds.get(i, "letterhead") if i < head.end else None
        if run and kind and now != kind:
            spans = [line.span for line in run]
            passage = read_passage(source.text, spans, source.corrections)
            blocks.append(Block(kind, passage, Span(run[0].start, run[-1].end)))
            run = []
        kind = now
        if i < head.end and lines[i].raw:
            run.append(lines[i])
    return blocks
