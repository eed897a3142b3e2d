"""HTML tables inside a text: `<table>`, `<tr>`, `<td>`, with what is merged and what stands inside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from khplans.layout import LayoutCell, LayoutTable
from khplans.reading.layout.grid import Grid, GridRow, placed, without_blanks
from khplans.reading.lines.line import LINE, Line
from khplans.text.passage import Span

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|tr|td|th|br|p|div|li|ul|ol|thead|tbody|tfoot|caption)\b(?P<rest>[^<>]*)>",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_MOST_COLUMNS = 200
_DEEPEST = 8


@dataclass(slots=True)
class _Open:
    """A table whose end is not reached: its rows, and the cell that is open."""

    start: int
    rows: list[GridRow] = field(default_factory=list)
    cell: list[Span] | None = None
    last: list[Span] | None = None
    in_row: bool = False

    def begin_row(self) -> None:
        self.cell = self.last = None
        self.in_row = True
        self.rows.append(GridRow([], True, []))

    def end_row(self) -> None:
        self.cell = self.last = None
        self.in_row = False

    def beside(self, span: Span) -> None:
        """Put words of no cell: to the one before them in the row, else in a row across the table."""
        if self.last is not None:
            self.last.append(span)
        else:
            above = len(self.rows) - self.in_row
            self.rows.insert(above, GridRow([[span]], False, [(1, _MOST_COLUMNS)]))

    def begin_cell(self, name: str, rest: str) -> None:
        """Begin a cell in the last row, which names columns where it is the first or all its cells say so."""
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        sizes = {side.lower(): int(n) for side, n in _SIZE.findall(rest)}
        right = min(max(sizes.get("col", 1), 1), _MOST_COLUMNS)
        self.cell = self.last = []
        self.rows[-1] = GridRow(
            [*row.cells, self.cell],
            row.header and (name == "th" or len(self.rows) == 1),
            [*row.sizes, (max(sizes.get("row", 1), 1), right)],
        )


def read_markup(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose tag begins `lines[i]`, or None where none does or words stand after its end.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "<table><tr><th>TT<th>Nhiệm vụ</tr>\\n<tr><td>1</td><td>Trồng<br>rừng</td></tr></table>"
    >>> rows_of_texts(text, read_markup(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ'], ['1', 'Trồng rừng']]
    """
    tag = _TAG.match(source, lines[i].start)
    if tag is None or tag["end"] or tag["name"].lower() != "table":
        return None
    reader = _Scanner(source)
    end = reader.scan(lines[i].start)
    stop = bisect_left(lines, end, lo=i + 1, key=attrgetter("start"))
    after = source[end : lines[stop - 1].end]
    if not reader.cells or _ANY_TAG.sub("", after).strip():
        return None
    return Grid(reader.cells, stop, reader.inner)


class _Scanner:
    """Goes through the tags of a table; what stands in a table inside stands in the outer cells too."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.open: list[_Open] = []
        self.cells: list[LayoutCell] = []
        self.inner: list[LayoutTable] = []

    def scan(self, start: int) -> int:
        """Read the table that begins at an offset; give where it ends: at its last tag where none ends it."""
        at = start
        for tag in _TAG.finditer(self.source, start):
            self.put(at, tag.start())
            name = tag["name"].lower()
            if name == "table" and not tag["end"] and len(self.open) >= _DEEPEST:
                at = tag.start()
                break
            at = tag.end()
            self.take(name, bool(tag["end"]), tag)
            if not self.open:
                return at
        while self.open:
            self.close(at)
        return at

    def put(self, start: int, end: int) -> None:
        """Put a stretch between tags into the cells that are open, line by line."""
        if not self.open:
            return
        cells = [table.cell for table in self.open if table.cell is not None]
        for line in LINE.finditer(self.source, start, end):
            span = without_blanks(self.source, *line.span())
            if span.start == span.end:
                continue
            for cell in cells:
                cell.append(span)
            if not cells:
                self.open[0].beside(span)

    def take(self, name: str, ends: bool, tag: re.Match[str]) -> None:
        """Take a tag: one of a table begins or ends a part of it, another one parts lines."""
        if name == "table" and ends:
            self.close(tag.end())
        elif name == "table":
            self.open.append(_Open(tag.start()))
        elif name == "tr" and not ends:
            self.open[-1].begin_row()
        elif name in ("td", "th") and not ends:
            self.open[-1].begin_cell(name, tag["rest"])
        elif name in ("td", "th"):
            self.open[-1].cell = None
        elif name == "tr":
            self.open[-1].end_row()

    def close(self, end: int) -> None:
        """End the innermost table."""
        table = self.open.pop()
        cells = placed([row for row in table.rows if row.cells])
        if self.open and cells:
            self.inner.append(LayoutTable(Span(table.start, end), tuple(cells), "inferred"))
        elif not self.open:
            self.cells = cells
