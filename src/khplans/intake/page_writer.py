"""Writes the text of a web page, and the layout beside it, as its parts come.

White space is written late, so that no line, cell or stretch begins or ends with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from khplans.intake.raised import end_of, raised
from khplans.layout import (
    Heading,
    Item,
    Layout,
    LayoutCell,
    LayoutTable,
    LeftOut,
    LeftOutKind,
    Note,
)
from khplans.text.passage import Span

_BLANKS = " \t\xa0"
_MOST_NESTED = 4
"""Tables inside tables' cells that are told apart; what lies deeper is plain lines."""
_OWN_MARKER = re.compile(
    r"(?:[-–—+*•]|\(?(?:\d{1,3}(?:\.\d{1,2}){0,4}|[a-zđ]|[IVX]{1,5}|[ivx]{1,5})[.)/]|\d{1,3}(?:\.\d{1,2})+)(?:\s|$)"
)


@dataclass(slots=True)
class OpenCell:
    """A cell while its table is being read; `rows` is None for all that its group of rows has left."""

    row: int
    column: int
    columns: int
    rows: int | None
    header: bool
    first_line: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class OpenGrid:
    """A table while it is being read, and the row that is written; `arranges_page`: it only arranges the page."""

    cells: list[OpenCell] = field(default_factory=list)
    arranges_page: bool = False
    start: int = 0
    place: int = 0
    row: int = 0
    inside: int | None = None

    def table(self, end: int) -> LayoutTable:
        """The table as read; no cell reaches beyond the last column that one begins in."""
        width = 1 + max(cell.column for cell in self.cells)
        cells = (
            LayoutCell(
                x.row, x.column, x.spans, x.rows or 1, min(x.columns, width - x.column), x.header
            )
            for x in self.cells
        )
        return LayoutTable(Span(self.start, end), tuple(cells), inside=self.inside)


@dataclass(slots=True, eq=False)
class Part:
    """A heading, list item or note while it is being read; it begins with its first word."""

    kind: Literal["heading", "item", "note"]
    level: int = 0
    marker: str = ""
    target: str = ""
    start: int | None = None
    marker_span: Span | None = None


class PageWriter:
    """What is given to it in the order of the page becomes `text()` and `layout()`."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self._fresh = True
        self._breaks = 0
        self._blanks: list[str] = []
        self._line: int | None = None
        self._lines: list[Span] = []
        self._waiting: list[Part] = []
        self._open: list[OpenGrid] = []
        self._tables: list[LayoutTable | None] = []
        self._items: list[Item] = []
        self._headings: list[Heading] = []
        self._notes: list[Note] = []
        self._calls: dict[str, tuple[int, str]] = {}
        self._left_out: list[LeftOut] = []

    @property
    def position(self) -> int:
        """How long the text is so far."""
        return self._at

    def words(self, text: str) -> None:
        """Words of the running line; white space at their ends counts once."""
        body = text.strip(_BLANKS)
        if not body:
            self._blank(text)
            return
        begin = text.index(body)
        self._blank(text[:begin])
        self._begin(body)
        self._write(body)
        self._blank(text[begin + len(body) :])

    def line_break(self, _: object = None) -> None:
        """The end of a line; two of them leave a blank line, in a table's cell they don't."""
        if not self._fresh:
            self._breaks = min(self._breaks + 1, 1 if self._open else 2)

    def raised(self, mark: tuple[str, str, str | None]) -> None:
        """Raised words, what stands after them, and the note that they lead to."""
        words, after, target = mark
        begins_line = self._fresh or self._breaks
        read = raised(words, end_of(self._parts), after)
        if begins_line or read == words.strip():
            self.words(words)
        elif read is None:
            self.call((words, target))
        else:
            self._blanks.clear()
            self._write(read)

    def call(self, mark: tuple[str, str | None]) -> None:
        """The mark of a note, which the text leaves out, and where it leads."""
        words, target = mark
        if target is None or target in self._calls:
            self.leave_out(("note-mark", words))
        else:
            self._calls[target] = (self._at, words.strip())

    def leave_out(self, piece: tuple[LeftOutKind, str]) -> None:
        """Words that the text lacks, and why."""
        kind, words = piece
        words = " ".join(words.split())
        if words:
            self._left_out.append(LeftOut(kind, words, self._at))

    def begin(self, part: Part) -> None:
        self._waiting.append(part)

    def end(self, part: Part) -> None:
        if part.start is None:
            self._waiting.remove(part)
            return
        span = Span(part.start, self._at)
        if part.kind == "heading":
            self._headings.append(Heading(span, part.level))
        elif part.kind == "note" and part.target in self._calls:
            self._notes.append(Note(span, *self._calls.pop(part.target)))
        elif part.marker_span:
            self._items.append(Item(span, part.marker_span, part.level))

    def begin_table(self, grid: OpenGrid) -> None:
        grid.arranges_page = grid.arranges_page or len(self._open) >= _MOST_NESTED
        if grid.arranges_page:
            return
        if self._waiting:
            self._begin("")
        if not self._fresh:
            self._end_line()
            self._write("\n" if self._open else "\n\n")
        grid.start = self._at
        grid.place = len(self._tables)
        grid.inside = self._open[-1].place if self._open else None
        self._tables.append(None)
        self._open.append(grid)

    def end_table(self, grid: OpenGrid) -> None:
        if grid.arranges_page:
            return
        self._open.pop()
        self._tables[grid.place] = grid.table(self._at)
        self._fresh = False
        self._breaks = 1 if self._open else 2

    def begin_cell(self, place: tuple[OpenGrid, OpenCell]) -> None:
        grid, cell = place
        if grid.arranges_page:
            self.line_break()
            return
        if cell is not grid.cells[0]:
            self._write("\t" if cell.row == grid.row else "\n")
        grid.row = cell.row
        cell.first_line = len(self._lines)
        self._fresh = True

    def end_cell(self, place: tuple[OpenGrid, OpenCell]) -> None:
        grid, cell = place
        if grid.arranges_page:
            self.line_break()
            return
        self._end_line()
        cell.spans = tuple(self._lines[cell.first_line :])

    def text(self) -> str:
        return "".join(self._parts)

    def layout(self) -> Layout:
        unmet = [LeftOut("note-mark", words, at) for at, words in self._calls.values()]
        return Layout(
            tuple(table for table in self._tables if table),
            tuple(sorted(self._items, key=lambda item: (item.span.start, item.level))),
            tuple(sorted(self._headings, key=lambda heading: heading.span)),
            tuple(sorted(self._notes, key=lambda note: note.span)),
            tuple(sorted([*self._left_out, *unmet], key=lambda piece: piece.at)),
        )

    def _blank(self, text: str) -> None:
        if text and not (self._fresh or self._breaks):
            self._blanks.append(text)

    def _begin(self, body: str) -> None:
        """Write the white space, and the markers, that are due before words."""
        if self._breaks:
            breaks = self._breaks
            self._end_line()
            self._write("\n" * breaks)
        elif self._blanks:
            self._write(re.sub(r" +", " ", "".join(self._blanks)))
            self._blanks.clear()
        if self._line is None:
            self._line = self._at
        self._fresh = False
        for part in self._waiting:
            part.start = self._at
            if part.marker and not _has_marker(part.marker, body):
                self._write(part.marker)
                part.marker_span = Span(part.start, self._at)
                self._write(" " if body else "")
        self._waiting.clear()

    def _end_line(self) -> None:
        if self._line is not None:
            self._lines.append(Span(self._line, self._at))
        self._line = None
        self._breaks = 0
        self._blanks.clear()

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)


def _has_marker(marker: str, body: str) -> bool:
    """Whether an item's words show its marker themselves, or one of their own for a bullet.

    >>> _has_marker("-", "+ Rừng"), _has_marker("-", "Rừng")
    (True, False)
    >>> _has_marker("1.", "1. Rừng"), _has_marker("1.", "1.5 ha"), _has_marker("1.", "Rừng")
    (True, False, False)
    """
    if marker == "-":
        return bool(_OWN_MARKER.match(body))
    return body.startswith(marker) and not body[len(marker) :][:1].isdecimal()
