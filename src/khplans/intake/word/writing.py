"""The text that is made of a document, and what stands where in it, written from front to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khplans.errors import refusal
from khplans.layout import Heading, Item, Layout, LayoutTable, LeftOut, LeftOutKind, Note
from khplans.text.passage import Span

_LINE = re.compile(r"[^\n]+")


class Writer:
    """Text and layout in the making. `at` is the offset at which the next character will stand."""

    def __init__(self, where: str, most: int) -> None:
        self.at = 0
        self.items: list[Item] = []
        self.headings: list[Heading] = []
        self.notes: list[Note] = []
        self._where, self._most = where, most
        self._texts: list[str] = []
        self._tail = "\n\n"
        self._tables: list[LayoutTable | None] = []
        self._left_out: list[LeftOut] = []

    def write(self, text: str) -> Span:
        """Add characters; gives their place.

        Raises `KhplansError` where the text grows out of all proportion to the file.
        """
        start = self.at
        if text:
            self._texts.append(text)
            self._tail = (self._tail + text[-2:])[-2:]
            self.at += len(text)
        if self.at > self._most:
            raise refusal("docx-of-characters", self._where, most=self._most)
        return Span(start, self.at)

    def blank_line(self) -> None:
        """See to a blank line before what comes, unless nothing is there yet."""
        while self._tail != "\n\n":
            self.write("\n")

    def leave_out(self, kind: LeftOutKind, text: str, at: int) -> None:
        """Note words that the text lacks, or a picture, and where they would stand."""
        if text or kind == "picture":
            self._left_out.append(LeftOut(kind, text, at))

    def open_table(self) -> int:
        """Keep the place of a table in their order; gives its index."""
        self._tables.append(None)
        return len(self._tables) - 1

    def close_table(self, index: int, table: LayoutTable) -> None:
        self._tables[index] = table

    def text(self) -> str:
        return "".join(self._texts)

    def layout(self) -> Layout:
        return Layout(
            tables=tuple(table for table in self._tables if table),
            items=tuple(self.items),
            headings=tuple(self.headings),
            notes=tuple(self.notes),
            left_out=tuple(sorted(self._left_out, key=lambda piece: piece.at)),
        )


def lines_in(text: str, start: int) -> Iterator[Span]:
    r"""The lines of a text that begins at an offset, without the blanks around them, none that is blank.

    >>> list(lines_in("a \n\n b", 10))
    [Span(start=10, end=11), Span(start=15, end=16)]
    """
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if words:
            begin = start + line.start() + len(line[0]) - len(line[0].lstrip())
            yield Span(begin, begin + len(words))
