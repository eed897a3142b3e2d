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
    """The rows of a document's blocks: nothing is added to what the reader made of it.

    >>> from khplans.pipeline import rows_of
    >>> rows = rows_of("I. NHIỆM VỤ\\n| Nhiệm vụ | Ghi chú |\\n|---|---|\\n| Trồng rừng | Sở Y tế |\\nTrang 5\\n")["blocks"]
    >>> [(row["kind"], row["reason"]) for row in rows]
    [('heading', None), ('columns', None), ('furniture', 'rule'), ('row', None), ('furniture', 'page-number')]
    """
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
    """What stands before, between and after the documents of a plan's file.

    >>> from khplans.pipeline import rows_of
    >>> rows = rows_of("Trang chủ\\nCHÍNH PHỦ\\nSố: 12/NQ-CP\\nHà Nội, ngày 5 tháng 1 năm 2023\\nNGHỊ QUYẾT\\nĐiều 1. A\\n")["blocks"]
    >>> [(row["start"], row["end"]) for row in rows if row["kind"] == "outside"]
    [(0, 9)]
    """
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
    """The blocks by their number, cut where anything else stands between their pieces.

    >>> from khplans.text.passage import Passage
    >>> def block(*pieces): return Block("paragraph", Passage(""), pieces[0], pieces=pieces)
    >>> list(_stretches("ab cd | ef", [block(Span(0, 2), Span(3, 5)), block(Span(8, 10))]))
    [(0, Span(start=0, end=5)), (1, Span(start=8, end=10))]
    >>> list(_stretches("ab cd", [block(Span(0, 2), Span(3, 5))])), list(_stretches("ab cd ef", [block(Span(0, 2), Span(6, 8)), block(Span(3, 5))]))
    ([(0, Span(start=0, end=5))], [(0, Span(start=0, end=2)), (1, Span(start=3, end=5)), (0, Span(start=6, end=8))])
    """
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
    """A span without the blanks at its ends; None where it holds nothing else.

    >>> _trimmed(" ab ", Span(0, 4)), _trimmed(" ab ", Span(0, 1))
    (Span(start=1, end=3), None)
    """
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    if _is_blank(text, start, span.end):
        return None
    return Span(start, span.start + len(words.rstrip()))


def _is_blank(text: str, start: int, end: int) -> bool:
    """Whether a stretch of the text has nothing that can be read.

    >>> _is_blank("a  b", 1, 3), _is_blank("a  b", 1, 4), _is_blank("ab", 1, 1)
    (True, False, True)
    """
    found = _BLANK.match(text, start, end)
    return found is not None and found.end() == max(start, end)


def _block_id(into: Tabulation, span: Span) -> str:
    return f"{into.plan.plan_id}:b{span.start}"
