"""Writes the text of pages, and the layout beside it, from the first page to the last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from khplans.intake.decoding import MOST_CHARACTERS
from khplans.intake.pages.blocks import PrintedCell, PrintedGrid
from khplans.intake.pages.cell_paragraphs import is_cut_in_word, paragraphs_of
from khplans.intake.pages.footnotes import FootNote
from khplans.intake.pages.lines import PrintedLine, are_joined, usual_height
from khplans.intake.pages.page import Page, Word
from khplans.intake.raised import end_of, raised
from khplans.intake.word.writing import Writer
from khplans.layout import Layout, LayoutCell, LayoutTable, LeftOutKind, Note, PageSpan, Recognised
from khplans.text.passage import Span

_GAP = 2.0
"""A gap inside a line, in its heights, that is more than a blank."""
_A_BLANK = 0.25
"""The width of a blank, in heights."""
_MOST_BLANKS = 60
_INDENT = "    "
_INDENTED = 0.6
"""How far from the left edge a paragraph begins at least, in heights."""
_CENTRED = 12.0
_PARAGRAPH = 0.2
"""How much more than between lines of a paragraph lies between two, in heights."""
_BARE = re.compile(r"[\[\]()]")


class _PageLines:
    """How the lines of a page stand: its left and right edge, and how far lines of a paragraph are apart."""

    def __init__(self, lines: Sequence[PrintedLine], pitch: float) -> None:
        self.height = usual_height(lines)
        lefts = sorted(line.left for line in lines)
        self.left = lefts[len(lefts) // 10] if lefts else 0.0
        self.right = max((line.right for line in lines), default=0.0)
        self.pitch = pitch

    def is_indented(self, line: PrintedLine) -> bool:
        """Whether a line begins a paragraph further in, and isn't centred."""
        by, rest = line.left - self.left, self.right - line.right
        return by > _INDENTED * self.height and not abs(by - rest) < _CENTRED

    def is_apart(self, above: PrintedLine, line: PrintedLine) -> bool:
        return line.baseline - above.baseline > self.pitch + _PARAGRAPH * self.height


def pitch_of(pages: Iterable[Sequence[PrintedLine]]) -> float:
    """How far lines of a paragraph are apart, in points: what hardly any two lines come below."""
    apart = sorted(
        below.baseline - line.baseline
        for lines in pages
        for line, below in pairwise(lines)
        if below.baseline > line.baseline
    )
    return apart[len(apart) // 4] if apart else 0.0


class PagesWriter:
    """What is given to it in reading order becomes `text()` and `layout()`."""

    def __init__(self, where: str, pitch: float) -> None:
        self._pitch = pitch
        self._writer = Writer(where, MOST_CHARACTERS)
        self._tail = ""
        self._pages: list[tuple[Page, int]] = []
        self._first: dict[int, int] = {}
        self._lines = _PageLines((), pitch)
        self._above: PrintedLine | None = None
        self._cells: list[LayoutCell] = []
        self._grid: PrintedGrid | None = None
        self._start = 0
        self._place = 0
        self._calls: list[tuple[int, str, int]] = []
        self._notes: list[tuple[int, FootNote]] = []
        self._words: list[Recognised] = []

    def begin_page(self, page: Page, lines: Sequence[PrintedLine]) -> None:
        """Note that a page begins here; `lines` are those of it that stand outside tables."""
        self._pages.append((page, self._writer.at))
        self._lines = _PageLines(lines, self._pitch)
        self._above = None

    def leave_out(self, kind: LeftOutKind, text: str) -> None:
        self._writer.leave_out(kind, text, self._writer.at)

    def keep_note(self, note: FootNote) -> None:
        """A note of the page, whose words stand at the end of the text."""
        self._notes.append((self._number, note))

    def write_line(self, line: PrintedLine) -> None:
        """A line of running text, in a line of its own."""
        if self._above and self._lines.is_apart(self._above, line):
            self._writer.blank_line()
        if self._lines.is_indented(line):
            self._write(_INDENT)
        self._write_words(line)
        self._write("\n")
        self._above = line

    def begin_table(self, grid: PrintedGrid) -> None:
        self._writer.blank_line()
        self._place = self._writer.open_table()
        self._start, self._grid, self._cells = self._writer.at, grid, []

    def begin_row(self) -> None:
        if self._writer.at > self._start:
            self._write("\n")

    def write_row(self, cells: Sequence[PrintedCell]) -> None:
        """The cells of a row parted by tabs, the paragraphs in them by line ends."""
        for n, cell in enumerate(cells):
            if n:
                self._write("\t")
            spans = []
            for k, paragraph in enumerate(self._paragraphs(cell)):
                if k:
                    self._write("\n")
                spans.append(self._write_wrapped(paragraph))
            self._cells.append(
                LayoutCell(
                    cell.row, cell.column, tuple(spans), cell.rows, cell.columns, cell.header
                )
            )

    def _paragraphs(self, cell: PrintedCell) -> Sequence[Sequence[PrintedLine]]:
        wrapped = self._grid is not None and self._grid.wrapped
        return paragraphs_of(cell.lines) if wrapped else [[line] for line in cell.lines]

    def end_table(self) -> None:
        assert self._grid
        span = Span(self._start, self._writer.at)
        self._writer.close_table(
            self._place, LayoutTable(span, tuple(self._cells), self._grid.basis)
        )
        self._writer.blank_line()
        self._above = None

    def write_notes(self) -> None:
        """The notes, a line each, at the end of the text; the marks that call none are left out."""
        if self._notes:
            self._writer.blank_line()
        for page, note in self._notes:
            mark = f"[{_BARE.sub('', note.mark)}]"
            self._write(f"{mark} ")
            words = self._write_wrapped(note.lines)
            span = Span(words.start - len(mark) - 1, words.end)
            self._writer.notes.append(Note(span, self._called(page, note.mark), mark))
            self._write("\n")
        for _, mark, at in self._calls:
            self._writer.leave_out("note-mark", mark, at)

    def text(self) -> str:
        return self._writer.text()

    def layout(self) -> Layout:
        made = self._writer.layout()
        return replace(made, pages=self._page_spans(), words=tuple(self._words))

    def _page_spans(self) -> tuple[PageSpan, ...]:
        """The pages; one whose words all stand in a row of the page before begins with the first of them."""
        spans: list[PageSpan] = []
        end = self._writer.at
        for page, start in reversed(self._pages):
            if start >= end:
                start = min(end, self._first.get(page.number, end))
            spans.append(
                PageSpan(page.number, Span(start, end), page.width, page.height, page.turned)
            )
            end = start
        return tuple(reversed(spans))

    @property
    def _number(self) -> int:
        return self._pages[-1][0].number if self._pages else 1

    def _called(self, page: int, mark: str) -> int | None:
        """Where the mark of a note stood, on its page."""
        for n, (of_page, called, at) in enumerate(self._calls):
            if of_page == page and _BARE.sub("", called) == _BARE.sub("", mark):
                del self._calls[n]
                return at
        return None

    def _write(self, text: str) -> Span:
        self._tail = end_of((self._tail, text))
        return self._writer.write(text)

    def _write_wrapped(self, lines: Sequence[PrintedLine]) -> Span:
        """The lines of a paragraph, in one line."""
        start = self._writer.at
        for above, line in pairwise((None, *lines)):
            if above and not is_cut_in_word(above.text):
                self._write(" ")
            if line:
                self._write_words(line)
        return Span(start, self._writer.at)

    def _write_words(self, line: PrintedLine) -> Span:
        """The words of a line, raised ones as what they stand for; the place without blanks at its ends."""
        start = self._writer.at
        page = line.page or self._number
        self._first.setdefault(page, start)
        before: Word | None = None
        for n, word in enumerate(line.words):
            after = line.words[n + 1].text if n + 1 < len(line.words) else ""
            text = raised(word.text, self._tail, after) if word.raised and before else word.text
            if text is None:
                self._calls.append((page, word.text, self._writer.at))
                continue
            if before:
                self._write(_blanks(before, word, line.height))
            span = self._write(text)
            if word.confidence is not None:
                left, top, right, bottom = (round(side, 1) for side in word.box)
                box = left, top, right, bottom
                recognised = Recognised(span, page, box, round(word.confidence), word.read)
                self._words.append(recognised)
            before = word
        return Span(start, self._writer.at)


def _blanks(before: Word, word: Word, height: float) -> str:
    """What stands between two words of a line: nothing where they belong together, more blanks for a wide gap."""
    gap = word.left - before.right
    if are_joined(before, word):
        return ""
    return " " * (min(_MOST_BLANKS, max(3, round(gap / (_A_BLANK * height)))) if gap > _GAP * height else 1)  # fmt: skip
