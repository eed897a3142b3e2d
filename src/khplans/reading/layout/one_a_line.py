"""Tables that came out one cell a line: with a `|` or a blank line between the cells, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from khplans.reading.layout.cell_lines import read_cells, time_in_its_column
from khplans.reading.layout.columns import read_columns
from khplans.reading.layout.figure_lines import read_figures
from khplans.reading.layout.grid import Grid, GridRow, placed, spans_of
from khplans.reading.layout.wrapped import read_wrapped
from khplans.reading.lines.line import Line


def read_one_a_line(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None."""
    if _twice(lines, i):
        return None
    found = read_figures(lines, i) or read_cells(lines, i)
    if not found:
        return read_wrapped(source, lines, i)
    header, cells, stop = found
    columns = read_columns([" ".join(x.text for x in cell if x.raw != "|") for cell in header])
    if not columns:
        return None
    rows = [GridRow([*map(spans_of, header)], True)]
    for k in range(0, len(cells), len(header)):
        part = time_in_its_column(cells[k : k + len(header)], columns.roles)
        rows.append(GridRow([*map(spans_of, part)]))
    return Grid(placed(rows), stop)


def _twice(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands twice, one below the other: no header names two columns alike there.

    >>> from khplans.reading.lines.line import lines_of
    >>> _twice(lines_of("TT\\n\\nTT\\nNhiệm vụ"), 0), _twice(lines_of("TT\\nNhiệm vụ"), 0)
    (True, False)
    """
    below = next((line for line in lines[i + 1 : i + 3] if line.raw), None)
    return below is not None and below.key == lines[i].key
