"""Tables with a row a line and tabs between the cells; a line that lacks them goes on with a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khplans.knowledge.wording import opening_words
from khplans.reading.layout.cell_fit import misfit
from khplans.reading.layout.columns import Columns, read_columns
from khplans.reading.layout.grid import Grid, GridRow, as_cells, cut, padded, placed, texts_of
from khplans.reading.layout.header import with_parts
from khplans.reading.layout.items import typed_marker
from khplans.reading.layout.labels import label_marker
from khplans.reading.layout.page_ends import below_page
from khplans.reading.lines.line import Line
from khplans.text.passage import Span

_ODD = 2.0
"""How badly a line may fit the column of the cell that it would go on with."""


def read_tabs(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng\\nrừng\\tSở Y tế"
    >>> rows_of_texts(text, read_tabs(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Chủ trì'], ['1', 'Trồng rừng', 'Sở Y tế']]
    """
    header = _cells(source, lines[i])
    columns = read_columns(texts_of(source, header))
    if not columns:
        return None
    table = _TabbedRows(source, columns, [GridRow(header, True)])
    stop = i + 1
    while stop < len(lines):
        line = lines[stop]
        if line.raw and not table.take(line, line.row - lines[stop - 1].row == 1):
            below = below_page(lines, stop)
            if below in (stop, len(lines)) or "\t" not in lines[below].raw:
                break
            stop = below - 1
        stop += 1
    rows = with_parts(source, padded(table.rows))
    return Grid(placed(rows), stop) if len(rows) > 1 else None


def _cells(source: str, line: Line) -> list[list[Span]]:
    """The cells of a line, those from the tabs before its first words too: each ends an empty one.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "Rừng\\n\\t1\\tTrồng"
    >>> [[[span.of(text) for span in cell] for cell in _cells(text, line)] for line in lines_of(text)]
    [[['Rừng']], [[], ['1'], ['Trồng']]]
    """
    start = line.start
    while start and source[start - 1] in "\t ":
        start -= 1
    return as_cells(cut(source, start, line.stop, "\t"))


@dataclass(slots=True)
class _TabbedRows:
    """The rows so far; the last one may go on in the line below."""

    source: str
    columns: Columns
    rows: list[GridRow]
    last: list[list[Span]] | None = field(default=None)

    def take(self, line: Line, adjacent: bool) -> bool:
        """Take a line into the table: a row (`2\\tNuôi tôm`), a header again, more of the last row; False where it ends."""
        if "\t" not in self.source[line.start : line.stop]:
            return self.last is not None and adjacent and self._wrapped(self.last, line)
        cells = _cells(self.source, line)
        if self.last is not None and adjacent and self._torn(self.last, cells):
            self.last[-1] += cells[0]
            self.last.extend(cells[1:])
            return True
        again = read_columns(texts_of(self.source, cells))
        if again and (again.roles == self.columns.roles or not adjacent):
            self.columns, self.last = again, None
            self.rows.append(GridRow(cells, True))
            return True
        width = len(self.columns.headers)
        self.last = cells[:width]
        self.last[-1] += [span for cell in cells[width:] for span in cell]
        self.rows.append(GridRow(self.last))
        return True

    def _wrapped(self, last: list[list[Span]], line: Line) -> bool:
        """Put a line to the last cell where it may be more of it."""
        goes_on = _in_cell(line) and self._fits_last(line)
        if goes_on:
            last[-1].append(line.span)
        return goes_on

    def _fits_last(self, line: Line) -> bool:
        """Whether a line that begins a sentence is not at odds with the last column, as for agencies or times."""
        role = self.columns.roles[-1]
        return line.text[:1].islower() or misfit(line.text, role) < _ODD or role == "note"

    def _torn(self, last: list[list[Span]], cells: list[list[Span]]) -> bool:
        """Whether a row was cut inside a cell: it lacks cells, and the next line has the rest (`rừng\\tSở Y tế`)."""
        width = len(self.columns.headers)
        if len(last) >= width or len(last) + len(cells) - 1 > width or not cells[0]:
            return False
        return label_marker(texts_of(self.source, cells[:1])[0]) is None


def _in_cell(line: Line) -> bool:
    """Whether a line right below a row may be more of its last cell: `phối hợp`, not `2. Nuôi tôm`.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> [_in_cell(line) for line in numbered_lines("phối hợp\\n2. Nuôi tôm\\nNơi nhận:")]
    [True, False, False]
    """
    if line.raw.startswith("|") or line.hashes or line.capitals or line.bold:
        return False
    marker = typed_marker(line)
    return (marker is None or marker.bullet) and not opening_words("recipients").match(line.key)
