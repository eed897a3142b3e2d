"""A plan's text as documents: bounds, letterhead, blocks and sections put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khplans.knowledge.document_types import types_by_symbol
from khplans.model import Block, BlockKind, Document, Doubt, Source
from khplans.reading.body.outline import read_outline
from khplans.reading.body.raw_blocks import read_raw_blocks
from khplans.reading.body.signers import read_signer
from khplans.reading.bounds import Bounds, find_bounds
from khplans.reading.letterhead.issuers import is_central
from khplans.reading.letterhead.localities import province_of_body
from khplans.reading.letterhead.read import Head, read_head
from khplans.reading.letterhead.web_page import WebPage, read_web_page
from khplans.reading.lines.document_numbers import (
    NUMBER,
    looks_misread,
    normal_number,
    symbol_parts,
)
from khplans.reading.lines.line import Line, read_lines
from khplans.reading.lines.phrases import find_date
from khplans.reading.misreadings import find_misreadings
from khplans.text.fold import slug
from khplans.text.passage import Span, read_passage

_LAST_LINES = 400
"""How many lines from the end are searched for the sentence that tells when it was passed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a plan's text, in order, and what is doubtful about them."""

    documents: tuple[Document, ...]
    doubts: tuple[Doubt, ...]


def read_documents(source: Source) -> Reading:
    """Read every official document in a source; the first is the plan itself.

    Never fails: a text without any letterhead is one document without number or date.

    >>> text = "UBND TỈNH HÀ GIANG\\nSố: 12/KH-UBND\\nHà Giang, ngày 5 tháng 1 năm 2023\\nKẾ HOẠCH\\nVề việc A"
    >>> document = read_documents(Source("p", text)).documents[0]
    >>> document.number, document.issuer, document.title
    ('12/KH-UBND', 'Ủy ban nhân dân tỉnh Hà Giang', 'Về việc A')
    """
    lines = read_lines(source)
    if not any(line.text for line in lines):
        return Reading((), ())
    documents: list[Document] = []
    doubts: list[Doubt] = []
    ids: set[str] = set()
    all_bounds = find_bounds(source.text, lines)
    for k, bounds in enumerate(all_bounds):
        before = lines[all_bounds[k - 1].stop if k else 0 : bounds.first]
        after = lines[bounds.stop : all_bounds[k + 1].first if k + 1 < len(all_bounds) else None]
        document, more = _read(source, lines, bounds, before, after, ids)
        ids.add(document.document_id)
        documents.append(document)
        doubts += more
        doubts += find_misreadings(document)
    return Reading(tuple(documents), tuple(doubts))


def _read(
    source: Source,
    lines: Sequence[Line],
    bounds: Bounds,
    before: Sequence[Line],
    after: Sequence[Line],
    ids: set[str],
) -> tuple[Document, list[Doubt]]:
    attached = bool(ids)
    head = read_head(source.text, lines, bounds.first, bounds.stop)
    around = WebPage() if attached else read_web_page(before, after, head.document_type)
    raw_blocks = read_raw_blocks(source.text, source.corrections, lines[head.end : bounds.stop])
    blocks, sections, doubts = read_outline(source, raw_blocks, _head_blocks(source, lines, head))
    number, doubt = _number(head, lines, bounds)
    number = number or around.number
    if doubt:
        doubts.insert(0, doubt)
    signer, signer_raw = read_signer(source, raw_blocks)
    issuer = (
        _as_written(head.issuer, lines[head.end : bounds.stop])
        or around.issuer
        or (None if attached else source.issuer)
    )
    day = head.date or around.date or _adopted(lines[head.end : bounds.stop])
    province = province_of_body(issuer, day) if issuer else None
    if province is None and not (issuer and is_central(issuer)):
        province = head.province
    words = [line for line in lines[bounds.first : bounds.stop] if line.raw]
    document_id = source.plan_id
    if attached:
        place = province.name if province else issuer or source.plan_id
        document_id = slug(f"{place} {number or ''} {day.year if day else ''}") or source.plan_id
        while document_id in ids:
            document_id += "-b"
    document = Document(
        document_id=document_id,
        plan_id=source.plan_id,
        span=Span(words[0].start, words[-1].end),
        blocks=tuple(blocks),
        sections=tuple(sections),
        number=number,
        number_raw=head.number_raw,
        document_type=head.document_type or around.document_type,
        title=head.title,
        issuer=issuer,
        place=head.place,
        province=province.name if province else None,
        date=day,
        signer=signer or around.signer,
        signer_raw=signer_raw,
        parent_document_id=source.plan_id if attached else None,
    )
    return document, doubts


def _as_written(issuer: str | None, body: Sequence[Line]) -> str | None:
    """An issuer's name with the capitals that the text below gives it, for names in no table."""
    if issuer is None or not issuer.startswith(("Ban ", "Trung tâm ", "Viện ", "Hội ", "Trường ")):
        return issuer
    for line in body[:60]:
        at = line.text.lower().find(issuer.lower())
        if at >= 0 and not line.capitals:
            return line.text[at : at + len(issuer)]
    return issuer


_ADOPTED = re.compile(
    r"(?:nay|luat) (?:da )?duoc (?:quoc hoi|hoi dong nhan dan|uy ban thuong vu)\b"
)


def _adopted(body: Sequence[Line]) -> date | None:
    """The day on which an assembly passed its resolution or law, which such letterheads leave out."""
    for i in range(len(body) - 1, max(-1, len(body) - _LAST_LINES), -1):
        if found := _ADOPTED.search(body[i].low):
            words = " ".join(line.low for line in body[i : i + 3])
            dated = find_date(words, found.end())
            return dated[0] if dated else None
    return None


_OWN = re.compile(
    rf"kem\s+(?:theo\s+)?[^.;]{{0,60}}?\bso\s*:?\s*(?P<number>{NUMBER})", re.IGNORECASE
)


def _number(head: Head, lines: Sequence[Line], bounds: Bounds) -> tuple[str | None, Doubt | None]:
    """The document's number, put right by the captions of its own annexes where they differ.

    A caption speaks of this document when its symbol and year are the same. It wins over a header
    whose figures are no figures; over others only where captions agree and there are two or more.
    """
    symbol = symbol_parts(head.number) if head.number else None
    named: list[str] = []
    for line in lines[head.end : bounds.stop]:
        if len(line.text) > 420 or "kèm" not in line.text.lower():
            continue
        match = _OWN.search(line.low)
        if match:
            number = normal_number(line.text[match.start("number") : match.end("number")])
            if symbol in (symbol_parts(number), None):
                named.append(number)
    if head.number is None:
        return (named[0] if len(set(named)) == 1 and _same_kind(named[0], head) else None), None
    others = sorted(set(named) - {head.number})
    misread = looks_misread(head.number)
    right = head.number
    if len(others) == 1 and head.number not in named and (misread or len(named) > 1):
        right = others[0]
    if right == head.number and not misread and (not others or head.number in named):
        return right, None
    at = lines[head.number_line if head.number_line is not None else head.first].span
    facts = {"printed": head.number_raw or head.number, "read": right, "named": ", ".join(others)}
    return right, Doubt("number-looks-misread", at, facts)


def _same_kind(number: str, head: Head) -> bool:
    """Whether a number's symbol stands for the kind of document that the head announces."""
    kind = types_by_symbol().get(symbol_parts(number)[0].upper()) if symbol_parts(number) else None
    return kind is not None and kind.name == head.document_type


def _head_blocks(source: Source, lines: Sequence[Line], head: Head) -> list[Block]:
    """The blocks above the body: lines of one kind run together."""
    blocks: list[Block] = []
    run: list[Line] = []
    kind: BlockKind | None = None
    for i in range(head.first, head.end):
        if not lines[i].raw:
            continue
        if run and head.kinds[i] != kind:
            blocks.append(_block(source, kind, run))
            run = []
        kind = head.kinds[i]
        run.append(lines[i])
    if run:
        blocks.append(_block(source, kind, run))
    return blocks


def _block(source: Source, kind: BlockKind | None, run: Sequence[Line]) -> Block:
    assert kind is not None
    passage = read_passage(source.text, [line.words for line in run], source.corrections)
    return Block(kind, passage, Span(run[0].start, run[-1].end))
