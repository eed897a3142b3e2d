"""Rows of `blocks`: every stretch of a plan's text, what was left out with its reason; and of `pages`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from khplans.model import Block
from khplans.tables.tabulation import DocumentPlaces, Tabulation, span_columns
from khplans.text.passage import INVISIBLE, Span

_BLANK = re.compile(rf"[\s\x00-\x1f{INVISIBLE}]*")


def add_blocks(into: Tabulation, places: DocumentPlaces) -> None:
    """The rows of a document's blocks: nothing is added to what the reader made of it."""
    first: dict[int, str] = {}
    document = places.found.document
    for number, span in _stretches(into.plan.source.text, document.blocks):
        block = document.blocks[number]
        block_id = _block_id(into, span)
        into.rows["blocks"].append(
            {
                "block_id": block_id,
                "plan_id": document.plan_id,
                "document_id": document.document_id,
                "section_id": places.section(block.section),
                "kind": block.kind,
                "reason": None if number in places.rows_used else block.reason,
                "continues_block_id": first.get(number),
                **span_columns(span),
            }
        )
        first.setdefault(number, block_id)


def add_surroundings(into: Tabulation) -> None:
    """What stands before, between and after the documents of a plan's file."""
    text = into.plan.source.text
    at = 0
    documents = sorted((row["start"], row["end"]) for row in into.rows["documents"])
    for start, end in (*documents, (len(text), len(text))):
        if around := _trimmed(text, Span(at, start)):
            into.rows["blocks"].append(
                {
                    "block_id": _block_id(into, around),
                    "plan_id": into.plan.plan_id,
                    "kind": "outside",
                    "reason": "surroundings",
                    **span_columns(around),
                }
            )
        at = max(at, end)


def add_pages(into: Tabulation) -> None:
    """The pages of the original, where it has pages."""
    layout = into.plan.source.layout
    for page in layout.pages if layout else ():
        words = _trimmed(into.plan.source.text, page.span)
        into.rows["pages"].append(
            {
                "plan_id": into.plan.plan_id,
                "page": page.number,
                **(span_columns(words) if words else {}),
            }
        )


def _stretches(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, Span]]:
    """The blocks by their number, cut where anything else stands between their pieces."""
    pieces = sorted(
        (piece, number)
        for number, block in enumerate(blocks)
        for piece in block.pieces or (block.span,)
    )
    for number, of_one in groupby(pieces, key=itemgetter(1)):
        joined: list[Span] = []
        for piece, _ in of_one:
            if joined and _is_blank(text, joined[-1].end, piece.start):
                piece = Span(joined.pop().start, piece.end)
            joined.append(piece)
        for piece in joined:
            if trimmed := _trimmed(text, piece):
                yield number, trimmed


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without the blanks at its ends; None where it holds nothing else."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    if _is_blank(text, start, span.end):
        return None
    return Span(start, span.start + len(words.rstrip()))


def _is_blank(text: str, start: int, end: int) -> bool:
    found = _BLANK.match(text, start, end)
    return found is not None and found.end() == max(start, end)


def _block_id(into: Tabulation, span: Span) -> str:
    return f"{into.plan.plan_id}:b{span.start}"
