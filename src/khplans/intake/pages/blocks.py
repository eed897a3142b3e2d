"""What a page is made of, in reading order: lines of text, text in two columns, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khplans.intake.pages.lines import PrintedLine, printed_lines
from khplans.intake.pages.page import Page, Word
from khplans.intake.pages.ruled import Ruled, grids_of
from khplans.layout import Basis

_MOST_COMPARED = 1_000_000
"""Words of a page times its ruled tables; where there are more, lines of no table are meant."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a table: its place, and the lines in it."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    lines: tuple[PrintedLine, ...] = ()
    header: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """A table: its cells by row and column, its vertical edges, and the page on which each row begins.

    `wrapped` says that lines in its cells may go on with those above; text in two columns keeps its lines.
    """

    cells: tuple[PrintedCell, ...]
    xs: tuple[float, ...]
    pages: tuple[int, ...]
    top: float
    basis: Basis = "file"
    wrapped: bool = True

    def rows(self) -> list[list[PrintedCell]]:
        """The cells that begin in each row."""
        made: list[list[PrintedCell]] = [[] for _ in self.pages]
        for cell in self.cells:
            made[cell.row].append(cell)
        return made


Block = PrintedLine | PrintedGrid


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of a page from top to bottom."""

    page: Page
    blocks: tuple[Block, ...]


def blocks_of(page: Page) -> PageBlocks:
    """The lines of a page and its ruled tables, from top to bottom."""
    ruled = grids_of(page.rules)
    if len(ruled) * len(page.words) > _MOST_COMPARED:
        ruled = []
    inside: list[list[Word]] = [[] for _ in ruled]
    outside: list[Word] = []
    for word in page.words:
        n = next((n for n, grid in enumerate(ruled) if grid.holds(word.middle, word.center)), None)
        (outside if n is None else inside[n]).append(word)
    grids = [_grid(x, words, page.number) for x, words in zip(ruled, inside, strict=True) if words]
    return PageBlocks(page, top_to_bottom([*printed_lines(outside), *grids]))


def top_to_bottom(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks from top to bottom."""
    return tuple(sorted(blocks, key=lambda block: block.top if isinstance(block, PrintedGrid) else block.baseline))  # fmt: skip


def _grid(ruled: Ruled, words: Sequence[Word], page: int) -> PrintedGrid:
    """A ruled table with the words that stand in each cell, by their middles."""
    at = {
        (row, column): n
        for n, slot in enumerate(ruled.slots)
        for row in range(slot.row, slot.row + slot.rows)
        for column in range(slot.column, slot.column + slot.columns)
    }
    found: list[list[Word]] = [[] for _ in ruled.slots]
    for word in words:
        found[at[ruled.place(word.middle, word.center)]].append(word)
    cells = (
        PrintedCell(slot.row, slot.column, slot.rows, slot.columns, tuple(printed_lines(own)))
        for slot, own in zip(ruled.slots, found, strict=True)
    )
    return PrintedGrid(tuple(cells), ruled.xs, (page,) * (len(ruled.ys) - 1), ruled.ys[0])
