"""Tables as converters of web pages write them: a `|` alone on a line before, between and after cells.

A cell takes a line or several. Behind a row's last cell comes one bar, before the next row's first
another, so that nothing but the number of cells tells the end of a row from an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from khplans.reading.layout.cell_fit import misfit
from khplans.reading.layout.grid import Grid, GridRow, cell_words, placed, spans_of
from khplans.reading.layout.header import Header, read_header
from khplans.reading.layout.short_rows import columns_of
from khplans.reading.lines.line import Line

_BAR = "|"
_LONGEST_CELL = 80
"""Lines; what goes on longer without a bar is the text after the table."""
_MOST_CELLS = 40
_ODD = 2.5
"""How unlikely a row with too few or too many cells is: as a whole one of which two cells fit nowhere."""

Cell = list[Line]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells from one bar to the last, some of which are the gaps between rows, and where each ends."""

    cells: list[Cell]
    stops: list[int]


def read_bars(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first bar is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "|\\nTT\\n|\\nNhiệm vụ\\n|\\nChủ trì\\n|\\n|\\n1\\n|\\nTrồng\\nrừng\\n|\\nSở Y tế\\n|"
    >>> rows_of_texts(text, read_bars(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Chủ trì'], ['1', 'Trồng rừng', 'Sở Y tế']]
    """
    opening = list(_rows_as_written(_between(lines, i), 3))
    header = read_header([[cell_words(cell) for cell in row] for row in opening])
    if header is None:
        return None
    begun = sum(len(row) + 1 for row in opening[: header.depth])
    found = _cells(lines, i, begun, header)
    ends = _row_ends(found.cells, begun, header)
    rows = header.rows([[spans_of(cell) for cell in row] for row in opening[: header.depth]])
    for first, last in zip([begun, *(end + 1 for end in ends)], ends, strict=False):
        rows.append(_row(found.cells[first:last], header))
    stop = found.stops[ends[-1] - 1] if ends else found.stops[begun - 2]
    return Grid(placed(rows), stop)


def _cells(lines: Sequence[Line], i: int, begun: int, header: Header) -> _Cells:
    """All cells; where more than two rows hold together without a gap only those of the header, which
    are `begun` with the gaps between them, as no way to cut the others is known.

    >>> from khplans.reading.lines.line import lines_of
    >>> header = Header(("label", "task"), (0, 0))
    >>> text = "|\\n1\\n|\\nRừng\\n|\\n|\\n2\\n|"
    >>> [cell_words(cell) for cell in _cells(lines_of(text), 0, 0, header).cells]
    ['1', 'Rừng', '', '2']
    >>> [len(_cells(lines_of("|\\nRừng\\n" * n + "|"), 0, 2, header).cells) for n in (4, 6, 7)]
    [4, 6, 2]
    """
    found = _Cells([], [])
    in_a_row = 0
    for cell, stop in _between(lines, i):
        found.cells.append(cell)
        found.stops.append(stop)
        in_a_row = in_a_row + 1 if len(found.cells) > begun and cell_words(cell) else 0
        if in_a_row > 2 * header.width:
            return _Cells(found.cells[:begun], found.stops[:begun])
    return found


def _between(lines: Sequence[Line], i: int) -> Iterator[tuple[Cell, int]]:
    """What stands between the bars from line `i` on, and the index after the bar that ends it.

    Words that a blank line parts from the bar above them stand after the table.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "|\\nTT\\n|\\n|\\nTrồng\\nrừng\\n|\\n\\nBáo cáo.\\n|"
    >>> [([line.text for line in cell], stop) for cell, stop in _between(lines_of(text), 0)]
    [(['TT'], 3), ([], 4), (['Trồng', 'rừng'], 7)]
    """
    cell: Cell = []
    for at in range(i + 1, len(lines)):
        line = lines[at]
        if line.raw == _BAR:
            yield cell, at + 1
            cell = []
        elif len(cell) >= _LONGEST_CELL or (not cell and line.row - lines[at - 1].row > 1):
            return
        else:
            cell.append(line)


def _rows_as_written(cells: Iterator[tuple[Cell, int]], most: int) -> Iterator[list[Cell]]:
    """The first rows, where none of their cells is empty.

    >>> cells = [(cell, 0) for cell in ([1], [2], [], [3], [], [4])]
    >>> list(_rows_as_written(iter(cells), 2)), list(_rows_as_written(iter(cells[:2]), 2))
    ([[[1], [2]], [[3]]], [[[1], [2]]])
    """
    row: list[Cell] = []
    for cell, _ in cells:
        if cell and len(row) < _MOST_CELLS:
            row.append(cell)
            continue
        yield row
        most -= 1
        row = []
        if not most:
            return
    yield row


def _row_ends(cells: Sequence[Cell], begun: int, header: Header) -> list[int]:
    """Where each row ends: the gap after it, or the table's last bar; the cheapest way to cut all of them.

    >>> from khplans.reading.lines.line import lines_of
    >>> header = Header(("label", "task"), (0, 0))
    >>> cells = [lines_of(text) for text in ("TT", "Việc", "", "1", "Rừng", "", "2", "Thuế")]
    >>> _row_ends([[line for line in cell if line.text] for cell in cells], 3, header)
    [5, 8]
    """
    width = header.width
    texts = [cell_words(cell) for cell in cells]
    cost = [inf] * (len(cells) + 2)
    follows: list[int | None] = [None] * (len(cells) + 2)
    cost[len(cells)] = cost[len(cells) + 1] = 0.0
    for first in range(len(cells) - 1, begun - 1, -1):
        for last in range(first + 1, min(first + 2 * width, len(cells)) + 1):
            if last < len(cells) and texts[last]:
                continue
            whole = cost[last + 1] + _unlikely(texts[first:last], header)
            if whole < cost[first]:
                cost[first], follows[first] = whole, last
    ends: list[int] = []
    at = begun
    while at < len(cells) and (end := follows[at]) is not None:
        ends.append(end)
        at = end + 1
    return ends


def _unlikely(texts: Sequence[str], header: Header) -> float:
    """How unlikely a row of these cells is: it has too few or too many, or they fit their columns badly.

    >>> header = Header(("label", "task", "lead"), (0, 0, 0))
    >>> rows = ("1", "Trồng rừng", "Sở Y tế"), ("1", "Trồng rừng"), ("1", "Rừng", "Sở Y tế", "x"), ("Quý I", "Trồng rừng"), ("Rừng",)
    >>> [round(_unlikely(row, header), 1) for row in rows]
    [0, 2.6, 12.5, 4.6, 2.7]
    """
    odd = abs(header.width - len(texts))
    if odd:
        ragged = _ODD + odd / 10 if len(texts) < header.width else _ODD * (1 + len(texts))
        return ragged + (misfit(texts[0], header.roles[0]) if len(texts) > 1 else 0)
    return sum(map(misfit, texts, header.roles))


def _row(cells: Sequence[Cell], header: Header) -> GridRow:
    """A row; the cells of a short one stand where they fit, if that is clear.

    >>> from khplans.reading.lines.line import lines_of
    >>> header = Header(("label", "task", "lead"), (0, 0, 0))
    >>> def row(*texts): return [len(cell) for cell in _row([lines_of(text) for text in texts], header).cells]
    >>> row("1", "Rừng", "Sở Y tế"), row("1", "Rừng", "Sở", "Y tế"), row("Rừng", "Sở Y tế"), row("Rừng")
    ([1, 1, 1], [1, 3], [0, 1, 1], [0, 1, 0])
    """
    spans = [spans_of(cell) for cell in cells]
    width = header.width
    if len(cells) > width:
        return GridRow(
            [*spans[: width - 2], [span for cell in spans[width - 2 :] for span in cell]]
        )
    if len(cells) < width and (places := columns_of([cell_words(c) for c in cells], header.roles)):
        placed = dict(zip(places, spans, strict=True))
        return GridRow([placed.get(k, []) for k in range(width)])
    return GridRow(spans)
