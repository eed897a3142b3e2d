"""A letterhead that a text has in two columns, row by row: the body on the left, the state's motto on the right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.reading.layout.grid import Grid, GridRow, as_cells, placed, without_blanks
from khplans.reading.lines.line import Line
from khplans.reading.lines.phrases import MOTTO
from khplans.text.passage import Span

_GAP = re.compile(r"[ \xa0]*\t[ \t\xa0]*|[ \xa0]{3,}")
_MOST_LINES = 12
_LONGEST = 260


def shows_motto(line: Line) -> bool:
    """Whether a line has words on the left and the state's name or motto on the right.

    >>> from khplans.reading.lines.line import lines_of
    >>> [shows_motto(line) for line in lines_of("UBND TỈNH\\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nCỘNG HÒA\\tA")]
    [True, False]
    """
    if len(line.raw) >= _LONGEST or len(_GAP.findall(line.raw)) != 1:
        return False
    return MOTTO.search(line.low) is not None


def read_side_by_side(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The letterhead whose first line is `lines[i]`: the lines from there on that have a gap.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "UBND TỈNH\\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSố: 1/KH\\tHà Giang, ngày 5"
    >>> rows_of_texts(text, read_side_by_side(text, lines_of(text), 0))
    [['UBND TỈNH', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'], ['Số: 1/KH', 'Hà Giang, ngày 5']]
    """
    rows: list[GridRow] = []
    stop = i
    for k in range(i, min(len(lines), i + _MOST_LINES)):
        cells = _columns(source, lines[k])
        if len(cells) == 2:
            rows.append(GridRow(as_cells(cells)))
            stop = k + 1
        elif lines[k].raw:
            break
    return Grid(placed(rows), stop)


def _columns(source: str, line: Line) -> list[Span]:
    """What stands left and right of the gaps of a line."""
    places = [
        line.start, *(place for gap in _GAP.finditer(source, line.start, line.end) for place in gap.span()), line.end,
    ]  # fmt: skip
    return [without_blanks(source, a, b) for a, b in zip(places[::2], places[1::2], strict=True)]
