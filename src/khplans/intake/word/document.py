"""Walks through a document and writes it down: paragraphs, tables, boxes, then its notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from khplans.errors import refusal
from khplans.intake.word.content import Part, TextRun
from khplans.intake.word.footnotes import Notes
from khplans.intake.word.numbering import Counters, Numbered, WordNumbering
from khplans.intake.word.paragraphs import Paragraph, composed
from khplans.intake.word.runs import RunReader, all_words
from khplans.intake.word.styles import Style, Styles, heading_level, outline_of
from khplans.intake.word.tables import WordRow, unwrapped, word_rows
from khplans.intake.word.writing import Writer, lines_in
from khplans.intake.word.xml_names import W, switch, value
from khplans.layout import Heading, Item, LayoutCell, LayoutTable, Note
from khplans.text.passage import Span

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 20
"""Tables and boxes inside each other."""
_LINE_ENDS = str.maketrans("\n\t", "  ")


@dataclass(frozen=True, slots=True)
class _Room:
    """Where blocks stand: the runs of their story, and the cell around them with its table."""

    runs: RunReader
    cell: list[Span] | None = None
    table: int | None = None
    depth: int = 0


class DocumentWriter:
    """Writes the body of a document, then the notes that it calls.

    `unread` counts the documents that the file only embeds or points to.
    """

    def __init__(
        self, writer: Writer, styles: Styles, numbering: WordNumbering, notes: Notes, where: str
    ) -> None:
        self.unread = 0
        self._writer, self._styles, self._numbering = writer, styles, numbering
        self._notes, self._where = notes, where
        self._counters = Counters()

    def body(self, body: Element, runs: RunReader) -> None:
        """Write the paragraphs and tables of the body.

        Raises `KhplansError` where tables or boxes are nested too deep, and for a table too wide.
        """
        self._blocks(body, _Room(runs))

    def notes(self, runs: RunReader) -> None:
        """Write the notes that were called, a line each, and leave out the words of the others."""
        if self._notes.called:
            self._writer.blank_line()
        for note in self._notes.called:
            paragraph = composed(self._note_parts(note.element, runs))
            blanks = len(paragraph.text) - len(paragraph.text.lstrip())
            self._writer.write(f"{note.mark} ")
            span = self._writer.write(paragraph.text.strip().translate(_LINE_ENDS))
            self._place(paragraph, span.start - blanks, span)
            for box in paragraph.boxes:
                self._writer.leave_out("other", all_words(box), span.end)
            self._writer.write("\n")
            self._writer.notes.append(Note(span, note.at, note.mark))
        for element in self._notes.left.values():
            self._writer.leave_out("other", all_words(element), self._writer.at)

    def _note_parts(self, note: Element, runs: RunReader) -> Iterator[Part]:
        for element in unwrapped(note, "p", "tbl", "tr", "tc"):
            if element.tag == W + "p":
                yield TextRun(" ")
                yield from runs.read(element, self._style(element))
            else:
                yield from self._note_parts(element, runs)

    def _style(self, paragraph: Element) -> Style:
        return self._styles.paragraph(value(paragraph.find(W + "pPr"), "pStyle"))

    def _blocks(self, parent: Element, room: _Room) -> None:
        if room.depth > _DEEPEST:
            raise refusal("docx-nested", self._where, most=_DEEPEST)
        parts: list[Part] = []
        last = None
        for element in unwrapped(parent, "p", "tbl", "altChunk", "subDoc"):
            if element.tag == W + "p":
                parts += room.runs.read(element, self._style(element))
                last = element
                if _goes_on(element):
                    continue
            if last is not None:
                self._paragraph(last, parts, room)
                parts, last = [], None
            if element.tag == W + "tbl":
                self._table(element, room)
            elif element.tag != W + "p":
                self.unread += 1
        if last is not None:
            self._paragraph(last, parts, room)

    def _paragraph(self, element: Element, parts: list[Part], room: _Room) -> None:
        properties = element.find(W + "pPr")
        style = self._style(element)
        paragraph = composed(parts)
        if room.cell is not None:
            paragraph.text = paragraph.text.replace("\t", " ")
        place = self._numbering.of_paragraph(properties, style)
        marker = self._marker(place, paragraph, properties)
        span = self._write(marker, paragraph, room)
        if span and place and marker:
            shown = Span(span.start, span.start + len(marker.strip()))
            self._writer.items.append(Item(span, shown, place.level))
        outline = outline_of(properties)
        level = heading_level(style.outline if outline is None else outline)
        if span and level and paragraph.text.strip():
            self._writer.headings.append(Heading(span, level))
        for box in paragraph.boxes:
            self._blocks(box, replace(room, runs=room.runs.box(), depth=room.depth + 1))

    def _marker(
        self, place: Numbered | None, paragraph: Paragraph, properties: Element | None
    ) -> str:
        """The number before a paragraph; it is counted, but not shown, where all words are left out."""
        wordless = not paragraph.text.strip()
        mark = None if properties is None else properties.find(W + "rPr")
        if place is None or (wordless and switch(mark, "vanish")):
            return ""
        marker = self._counters.next(place)
        return "" if wordless and paragraph.left_out else marker

    def _write(self, marker: str, paragraph: Paragraph, room: _Room) -> Span | None:
        """Write a paragraph in its room; gives its place, None where nothing is to be seen."""
        writer = self._writer
        if not paragraph.text.strip():
            marker = marker.rstrip()
        wordless = not (marker + paragraph.text).strip()
        if wordless and (room.cell is not None or paragraph.boxes):
            self._place(paragraph, writer.at, Span(writer.at, writer.at))
            return None
        if room.cell:
            writer.write("\n")
        start = writer.write(marker).start
        text = writer.write(paragraph.text)
        self._place(paragraph, text.start, text)
        lines = list(lines_in(marker + paragraph.text, start))
        if room.cell is None:
            writer.write("\n")
        else:
            room.cell.extend(lines)
        return Span(lines[0].start, lines[-1].end) if lines else None

    def _place(self, paragraph: Paragraph, start: int, written: Span) -> None:
        """Say where in what was written the pieces left out and the notes belong."""

        def place(at: int) -> int:
            return min(max(start + at, written.start), written.end)

        for at, kind, text in paragraph.left_out:
            self._writer.leave_out(kind, text, place(at))
        for at, call in paragraph.calls:
            if not self._notes.holds(call):
                self._writer.leave_out("note-mark", call.mark, place(at))
                continue
            uncalled = self._notes.call(call, place(at))
            if uncalled is not None and call.left_out:
                self._writer.leave_out(call.left_out, all_words(uncalled), place(at))

    def _table(self, element: Element, room: _Room) -> None:
        rows = word_rows(element, self._where)
        writer = self._writer
        if not any(row.places for row in rows):
            self._leave_out_cells(rows)
            return
        if room.cell is None:
            writer.blank_line()
        elif room.cell:
            writer.write("\n")
        index = writer.open_table()
        inner = replace(room, table=index, depth=room.depth + 1)
        start, cells, number = writer.at, [], 0
        for row in rows:
            if row.shown:
                writer.write("\n" if number else "")
                cells += self._row(row, number, inner)
                number += 1
            self._leave_out_cells([row])
        writer.close_table(
            index, LayoutTable(Span(start, writer.at), tuple(cells), inside=room.table)
        )
        if room.cell is None:
            writer.write("\n\n")
        else:
            room.cell.extend(span for cell in cells for span in cell.spans)

    def _row(self, row: WordRow, number: int, room: _Room) -> list[LayoutCell]:
        cells: list[LayoutCell] = []
        column = 0
        for place in row.places:
            self._writer.write("\t" * (place.column - column))
            column = place.column
            spans: list[Span] = []
            self._blocks(place.element, replace(room, cell=spans))
            cells.append(
                LayoutCell(number, column, tuple(spans), place.rows, place.columns, row.header)
            )
        return cells

    def _leave_out_cells(self, rows: list[WordRow]) -> None:
        for kind, element in (pair for row in rows for pair in row.left_out):
            self._writer.leave_out(kind, all_words(element), self._writer.at)


def _goes_on(paragraph: Element) -> bool:
    """Whether the next paragraph is one with this: its end was deleted, or it is but a large initial."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        return False
    frame, mark = properties.find(W + "framePr"), properties.find(W + "rPr")
    if frame is not None and frame.get(W + "dropCap", "none") != "none":
        return True
    return mark is not None and any(mark.find(W + x) is not None for x in ("del", "moveFrom"))
