"""Footnotes: small print at the foot of a page that begins with a raised mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khplans.intake.pages.blocks import Block, PageBlocks, PrintedGrid
from khplans.intake.pages.lines import PrintedLine, usual_height
from khplans.intake.raised import MARK

_SMALL = 0.95
"""The height of a note's lines, of that of the page's text."""


@dataclass(frozen=True, slots=True)
class FootNote:
    """A note: its mark, and its lines, the first without the mark."""

    mark: str
    lines: tuple[PrintedLine, ...]


def without_notes(page: PageBlocks) -> tuple[PageBlocks, tuple[FootNote, ...]]:
    """The page without its footnotes, and these."""
    lines = [block for block in page.blocks if isinstance(block, PrintedLine)]
    usual = usual_height(lines)
    first = len(page.blocks)
    for i in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[i]
        if isinstance(block, PrintedGrid) or not _is_small(block, usual):
            break
        if _begins_note(block):
            first = i
    return PageBlocks(page.page, page.blocks[:first]), _notes(page.blocks[first:])


def _is_small(line: PrintedLine, usual: float) -> bool:
    return max(word.height for word in line.words if not word.raised or len(line.words) == 1) <= _SMALL * usual  # fmt: skip


def _begins_note(line: PrintedLine) -> bool:
    first = line.words[0]
    return len(line.words) > 1 and first.raised and bool(MARK.fullmatch(first.text))


def _notes(blocks: Sequence[Block]) -> tuple[FootNote, ...]:
    found: list[tuple[str, list[PrintedLine]]] = []
    for line in blocks:
        assert isinstance(line, PrintedLine)
        if _begins_note(line):
            found.append((line.words[0].text, [PrintedLine(line.words[1:])]))
        else:
            found[-1][1].append(line)
    return tuple(FootNote(mark, tuple(lines)) for mark, lines in found)
