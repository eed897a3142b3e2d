"""Where citations are looked for: every passage of a document that is its own statement."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.model import Block, Document
from khplans.text.passage import Passage

_SILENT = frozenset({"furniture", "recipients", "signature", "columns"})


def passages_of(document: Document) -> Iterator[tuple[Block, Passage]]:
    """The passages in the order of the blocks, a row's cells one by one, each with its block.

    >>> from khplans.reading.documents import document_of
    >>> document = document_of("I. NHIỆM VỤ\\n| Nhiệm vụ | Cơ quan |\\n|---|---|\\n| Trồng rừng | Sở Y tế |")
    >>> [passage.text for _, passage in passages_of(document)]
    ['NHIỆM VỤ', 'Trồng rừng', 'Sở Y tế']
    """
    for block in document.blocks:
        if block.kind in _SILENT:
            continue
        if block.cells:
            yield from ((block, cell.text) for cell in block.cells if cell.own)
        elif block.text:
            yield block, block.text
