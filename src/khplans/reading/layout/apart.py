"""Text that a table only sets side by side, a stretch of a cell a line: a letterhead's two columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from khplans.layout import Layout, LayoutTable
from khplans.model import Source
from khplans.reading.layout.rows import Rows, rows_of
from khplans.reading.lines.line import Line, line_at


def text_apart(
    source: Source, lines: Sequence[Line], layout: Layout
) -> tuple[Sequence[Line], list[Rows]]:
    """The lines, those cut that cells of such tables share, and the rows of the other tables.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import read_lines
    >>> text = "UBND TỈNH HÀ GIANG\\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSố: 12/KH-UBND\\tĐộc lập - Tự do - Hạnh phúc"
    >>> source = Source("example", text)
    >>> lines = read_lines(source)
    >>> [line.text for line in text_apart(source, lines, infer_layout(text, lines))[0]][::2]
    ['UBND TỈNH HÀ GIANG', 'Số: 12/KH-UBND']
    """
    tables: list[Rows] = []
    parts: list[Line] = []
    begun = 0
    for table in layout.tables:
        if table.inside is not None:
            continue
        first = bisect_left(lines, table.span.start, key=attrgetter("start"))
        stop = bisect_left(lines, table.span.end, key=attrgetter("start"))
        rows = rows_of(table, lines[first:stop], source.text, source.corrections)
        if rows:
            tables.append(rows)
            continue
        parts += [*lines[begun:first], *_cut(source, lines[first:stop], table)]
        begun = stop
    return [*parts, *lines[begun:]], tables


def _cut(source: Source, lines: Sequence[Line], table: LayoutTable) -> list[Line]:
    """The lines of a table, a line for each stretch of a cell where one line has several.

    What parts the cells, a bar or a tag, is a line of its own too.

    >>> from khplans.layout import LayoutCell
    >>> from khplans.reading.lines.line import lines_of
    >>> from khplans.text.passage import Span
    >>> text = "TT|Nhiệm vụ\\nRừng"
    >>> table = LayoutTable(Span(0, 16), (LayoutCell(0, 0, (Span(0, 2),)), LayoutCell(0, 1, (Span(3, 11),)), LayoutCell(1, 0, (Span(12, 16),))))
    >>> [line.raw for line in _cut(Source("p", text), lines_of(text), table)]
    ['TT', '|', 'Nhiệm vụ', 'Rừng']
    """
    spans = sorted(span for cell in table.cells for span in cell.spans)
    starts = [line.start for line in lines]
    own: dict[int, list[int]] = {}
    for span in spans:
        own.setdefault(bisect_right(starts, span.start) - 1, []).extend((span.start, span.end))
    parts: list[Line] = []
    for k, line in enumerate(lines):
        places = own.get(k, [])
        edges = [line.start, *places, line.end] if len(places) > 2 else [line.start, line.end]
        cut = (line_at(source, line.row, a, b) for a, b in pairwise(edges))
        parts += [part for part in cut if part.raw] if len(places) > 2 else [line]
    return parts
