"""Builds one-block documents out of sentences, for the tests of indicators."""

from __future__ import annotations

from datetime import date

from khplans.extraction.indicators import find_indicators
from khplans.linking.measures import with_measures
from khplans.model import Block, Document, Indicator, Section
from khplans.text.passage import Span, read_passage


def document(
    *lines: str,
    heading: str = "Mục tiêu cụ thể",
    role: str = "objective",
    today: str = "2024-01-15",
    title: str = "",
    document_type: str = "Kế hoạch",
) -> tuple[str, Document]:
    """The source and a document with a section of one paragraph a line (`- ` makes a bullet)."""
    source = "\n".join([heading, *lines])
    blocks: list[Block] = []
    at = 0
    for line in [heading, *lines]:
        label = "-" if line.startswith("- ") else "+" if line.startswith("+ ") else None
        start = at + (2 if label else 0)
        text = read_passage(source, [Span(start, at + len(line))])
        kind = "heading" if not blocks else "item" if label else "paragraph"
        blocks.append(Block(kind, text, Span(at, at + len(line)), label, 0))  # type: ignore[arg-type]
        at += len(line) + 1
    whole = Span(0, len(source))
    section = Section("I", "I", blocks[0].text, whole, None, 0, 0, role)  # type: ignore[arg-type]
    return source, Document(
        "d", "p", whole, tuple(blocks), (section,), title=title or None,
        date=date.fromisoformat(today), document_type=document_type,
    )  # fmt: skip


def indicators(*lines: str, **setting: str) -> list[tuple[str, Indicator]]:
    """Each indicator with its quote."""
    source, made = document(*lines, **setting)
    return [(found.span.of(source), found) for found in with_measures(find_indicators(made))]
