"""What stands in the margins of pages and is no part of the text: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khplans.intake.pages.blocks import Block, PageBlocks
from khplans.intake.pages.lines import PrintedLine
from khplans.intake.pages.unruled import header_above, names_numbers
from khplans.layout import LeftOutKind
from khplans.text.fold import fold

_MOST_LINES, _MOST_LINES_LOOKED_AT = 3, 10
_MARGIN = 0.1
"""The share of a page's height, at the top and at the bottom, in which such lines stand."""
_SAME_PLACE = 4
"""Points."""
_OFTEN = 0.4
"""The share of pages on which a line stands to be a running head; heads of left and right pages differ."""
_FEW = 3
_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
_GAZETTE = re.compile(r"(?:\d+ )?cong bao so \d+.*")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Marginal:
    """A line in the margin of a page, with what it is."""

    kind: LeftOutKind
    line: PrintedLine


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A page's blocks without what stands in its margins."""

    page: PageBlocks
    marginals: tuple[Marginal, ...]


@dataclass(frozen=True, slots=True)
class _AtEdge:
    """A line near the top or bottom of a page: its number from that edge, and how far it is from it."""

    line: PrintedLine
    header: bool
    page: int
    away: float

    @property
    def key(self) -> tuple[bool, str]:
        return self.header, _DIGITS.sub("0", fold(self.line.text))


def without_margins(pages: Sequence[PageBlocks]) -> list[Trimmed]:
    """The pages without their page numbers, running heads and feet, and these."""
    near = [list(_near_edges(page)) for page in pages]
    often = _repeated([edge for edges in near for edge in edges], len(pages))
    offset = _offset(edge for edges in near for edge in edges)
    trimmed = []
    for page, edges in zip(pages, near, strict=True):
        found = [
            Marginal(kind, edge.line) for edge in edges if (kind := _kind(edge, often, offset))
        ]
        gone = {id(marginal.line) for marginal in found}
        kept = tuple(block for block in page.blocks if id(block) not in gone)
        trimmed.append(Trimmed(PageBlocks(page.page, kept), tuple(found)))
    return trimmed


def _near_edges(page: PageBlocks) -> Iterator[_AtEdge]:
    height = page.page.height
    for header, blocks in ((True, page.blocks), (False, page.blocks[::-1])):
        for line in _lines_until_table(page.blocks, blocks[:_MOST_LINES_LOOKED_AT])[:_MOST_LINES]:
            away = line.baseline if header else height - line.baseline
            if away <= _MARGIN * height:
                yield _AtEdge(line, header, page.page.number, away)


def _lines_until_table(blocks: Sequence[Block], near: Sequence[Block]) -> list[PrintedLine]:
    """The lines near an edge, before any table, the names of its columns among them."""
    found: list[PrintedLine] = []
    for block in near:
        if not isinstance(block, PrintedLine):
            break
        if names_numbers(block):
            named = {id(line) for line in header_above(blocks, block)}
            return [line for line in found if id(line) not in named]
        found.append(block)
    return found


def _repeated(edges: Sequence[_AtEdge], pages: int) -> frozenset[tuple[bool, str]]:
    """What stands at the same place of many pages, digits apart."""
    places: dict[tuple[bool, str], Counter[int]] = {}
    for edge in edges:
        places.setdefault(edge.key, Counter())[round(edge.away / _SAME_PLACE)] += 1
    least = max(_FEW, _OFTEN * pages)
    return frozenset(key for key, at in places.items() if _at_one_place(at) >= least)


def _at_one_place(at: Counter[int]) -> int:
    return max(at[place] + at[place + 1] for place in at)


def _offset(edges: Iterator[_AtEdge]) -> int:
    """What page numbers are ahead of the pages' own count, by most of them; nothing where no two tell."""
    ahead = Counter(
        int(number[1]) - edge.page
        for edge in edges
        if (number := _NUMBER.fullmatch(edge.line.text))
    )
    often = [by for by, count in ahead.items() if count > 1]
    return max(often, key=lambda by: (ahead[by], -abs(by)), default=0)


def _kind(edge: _AtEdge, often: frozenset[tuple[bool, str]], offset: int) -> LeftOutKind | None:
    """What a line near an edge is; None for one of the text."""
    number = _NUMBER.fullmatch(edge.line.text)
    if number:
        return "page" if edge.key in often or int(number[1]) - edge.page == offset else None
    if edge.key in often or (edge.header and _GAZETTE.fullmatch(fold(edge.line.text))):
        return "header" if edge.header else "footer"
    return None
