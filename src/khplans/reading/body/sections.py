"""Turns units into blocks under sections: which numbered text is a heading and what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from khplans.knowledge.headings import heading_role
from khplans.model import Block, BlockKind, Doubt, Section, Source
from khplans.reading.body.headings import closes_document, find_headings
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.markers import RANK, Marker
from khplans.text.passage import Passage, Span, read_passage

_OUTER_ARTICLE = RANK["capital"] - 1
_IN_TABLE = 100  # a table's groups stand below every heading of the text around it


@dataclass
class _Open:
    level: int
    section: int
    numbered: bool


def _level(unit: RawBlock, text: Passage) -> int | None:
    """The rank of what a unit opens, or None where it can't open anything."""
    if unit.annex and unit.kind == "heading":
        return 1
    if unit.marker:
        return unit.marker.level + (_IN_TABLE if unit.cells else 0)
    line = unit.lines[0]
    if unit.kind == "paragraph" and len(text) < 200:
        if line.hashes:
            return 26 + line.hashes
        if line.bold:
            return 79
        if line.capitals and not text.text.endswith((".", ";", ",")):
            return 29
        if text.text.endswith(":") and len(text) < 90:
            return 79
    return None


def _rank_articles(units: Sequence[RawBlock], levels: list[int | None]) -> None:
    """Rank articles above Roman numbers where the first of these stands below an article.

    A resolution has `I.` inside `Điều 1`, a regulation its articles inside `Mục I`.
    """
    outer: bool | None = None
    for k, unit in enumerate(units):
        if unit.annex or unit.kind in ("recipients", "signature"):
            outer = None
        kind = unit.marker.kind if unit.marker and not unit.cells else None
        if outer is None and kind in ("article", "roman", "capital"):
            outer = kind == "article"
        if outer and kind == "article":
            levels[k] = _OUTER_ARTICLE


def _rank_hashes(units: Sequence[RawBlock], levels: list[int | None]) -> None:
    """Rank Markdown's headings without a number below numbered ones of fewer `#`."""
    above: list[tuple[int, int]] = []
    for k, unit in enumerate(units):
        level, hashes = levels[k], unit.lines[0].hashes
        if level is None or not hashes or unit.cells:
            continue
        while above and above[-1][0] >= hashes:
            above.pop()
        if not unit.marker and above:
            levels[k] = level = max(level, above[-1][1] + 1)
        above.append((hashes, level))


def build(
    source: Source, units: Sequence[RawBlock], blocks: list[Block]
) -> tuple[list[Block], list[Section], list[Doubt]]:
    """Add the units' blocks to those of the letterhead; give all with sections and doubts."""
    texts = []
    for unit in units:
        passage = read_passage(source.text, _inner(unit), source.corrections)
        if unit.marker and not unit.cells:
            passage = passage.slice(unit.marker.end) if unit.marker.kind != "star" else passage
        texts.append(passage)
    levels = [_level(u, t) for u, t in zip(units, texts, strict=True)]
    _rank_articles(units, levels)
    _rank_hashes(units, levels)
    heads = find_headings(units, texts, levels)
    sections: list[Section] = []
    doubts: list[Doubt] = []
    stack: list[_Open] = []
    annex = 0
    last_seen: dict[tuple[int | None, int], tuple[int, ...]] = {}
    for k, unit in enumerate(units):
        level = levels[k]
        text = texts[k]
        kind: BlockKind = unit.kind
        if (
            unit.closes
            or kind in ("recipients", "signature")
            or (unit.annex and (not k or not units[k - 1].annex))
        ):
            stack.clear()
        if unit.starts_table or (not unit.cells and kind not in ("furniture", "footnote")):
            while stack and stack[-1].level >= _IN_TABLE:
                stack.pop()
        if unit.annex and unit.kind == "heading":
            annex += 1
        opens, heading = heads[k]
        if level is not None:
            while stack and stack[-1].level >= level:
                stack.pop()
        elif kind == "paragraph":
            while stack and stack[-1].level >= 78:
                stack.pop()
            if closes_document(unit):
                while stack and stack[-1].numbered and _is_item(blocks, sections, stack[-1]):
                    stack.pop()
        parent = stack[-1].section if stack else None
        if kind == "paragraph":
            kind = "heading" if heading else "item" if unit.marker else "paragraph"
        if unit.cells and unit.group:
            kind = "heading"
        label = None
        if unit.marker:
            label = unit.marker.label
        if kind == "columns":
            label = None
        elif unit.cells:
            label = next(
                (c.text.text.rstrip(".") for c in unit.cells if c.role == "label" and c.text), label
            )
        if unit.cells:
            text = _row_text(unit)
        if unit.marker and unit.marker.order and level is not None and not unit.marker.bullet:
            key = (parent, level)
            before = last_seen.get(key)
            order = unit.marker.order
            if before and order != 1 and order - 1 not in before:
                doubts.append(_disorder(unit, before[0]))
                last_seen[key] = (order, before[0] + 1)
            else:
                last_seen[key] = (order,)
        blocks.append(Block(kind, text, unit.span, label, parent, unit.cells))
        if opens and level is not None:
            bare = unit.marker.bare if unit.marker else ""
            above = sections[parent] if parent is not None else None
            path = "/".join(p for p in (above.path if above else "", bare) if p)
            own = heading_role(text.text) if heading else None
            role = own or (above.role if above else "other")
            sections.append(
                Section(bare, path, text, unit.span, parent, len(blocks) - 1, annex, role)
            )
            stack.append(_Open(level, len(sections) - 1, bool(bare)))
            if heading:
                blocks[-1] = replace(blocks[-1], section=len(sections) - 1)
    return blocks, _extents(blocks, sections), doubts


def _inner(unit: RawBlock) -> list[Span]:
    """The unit's words: without the heading marks of Markdown and the bullet `*`."""
    if unit.cells:
        return unit.spans
    inner = [line.words for line in unit.lines]
    if unit.marker and unit.marker.kind == "star":
        first = inner[0]
        inner[0] = Span(min(first.start + unit.marker.end, first.end), first.end)
    return inner


def _row_text(unit: RawBlock) -> Passage:
    for role in ("task", "name"):
        for cell in unit.cells:
            if cell.role == role and cell.text:
                return cell.text
    wordy = [c.text for c in unit.cells if c.text and c.role != "label"]
    return wordy[0] if wordy else next((c.text for c in unit.cells if c.text), Passage(""))


def _is_item(blocks: list[Block], sections: list[Section], opened: _Open) -> bool:
    return blocks[sections[opened.section].heading_block].kind == "item"


def _disorder(unit: RawBlock, before: int) -> Doubt:
    marker: Marker | None = unit.marker
    assert marker is not None
    return Doubt("marker-out-of-order", unit.span, {"marker": marker.label, "before": str(before)})


def _extents(blocks: Sequence[Block], sections: Sequence[Section]) -> list[Section]:
    """Give each section the stretch up to its last block."""
    ends = [s.span.end for s in sections]
    for block in blocks:
        index = block.section
        while index is not None:
            ends[index] = max(ends[index], block.span.end)
            index = sections[index].parent
    return [
        replace(s, span=Span(s.span.start, max(ends[i], s.span.end)))
        for i, s in enumerate(sections)
    ]
