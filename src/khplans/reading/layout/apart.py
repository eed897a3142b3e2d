"""Text that a table only sets side by side, a stretch of a cell a line: a letterhead's two columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from khplans.layout import Layout, Table
from khplans.model import Source
from khplans.reading.layout.rows import rows_of
from khplans.reading.lines.line import Line, line_at


def text_apart(
    source: Source, lines: Sequence[Line], layout: Layout
) -> tuple[Sequence[Line], list[Table]]:
    """The lines, those cut that cells of such tables share, and the tables that tell something in rows.

    >>> from khplans.reading.layout.infer import infer_layout
    >>> from khplans.reading.lines.line import read_lines
    >>> text = "UBND TỈNH HÀ GIANG\\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSố: 12/KH-UBND\\tĐộc lập - Tự do - Hạnh phúc"
    >>> source = Source("example", text)
    >>> lines = read_lines(source)
    >>> [line.text for line in text_apart(source, lines, infer_layout(text, lines))[0]][::2]
    ['UBND TỈNH HÀ GIANG', 'Số: 12/KH-UBND']
    """
    tables: list[Table] = []
    parts: list[Line] = []
    begun = 0
    for table in layout.tables:
        if table.inside is not None:
            continue
        first = bisect_left(lines, table.span.start, key=attrgetter("start"))
        stop = bisect_left(lines, table.span.end, key=attrgetter("start"))
        if rows_of(table, lines[first:stop], source.text, source.corrections):
            tables.append(table)
            continue
        parts += [*lines[begun:first], *_cut(source, lines[first:stop], table)]
        begun = stop
    return [*parts, *lines[begun:]], tables


def _cut(source: Source, lines: Sequence[Line], table: Table) -> list[Line]:
    """The lines of a table, a line for each stretch of a cell where one line has several."""
    spans = sorted(span for cell in table.cells for span in cell.spans)
    starts = [line.start for line in lines]
    own = [bisect_right(starts, span.start) - 1 for span in spans]
    counts = Counter(own)
    parts = [line for k, line in enumerate(lines) if counts[k] < 2]
    parts += [
        line_at(source, lines[k].row, span.start, span.end)
        for k, span in zip(own, spans, strict=True)
        if counts[k] > 1
    ]
    return sorted(parts, key=attrgetter("start"))
