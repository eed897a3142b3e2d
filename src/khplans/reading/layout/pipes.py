"""Tables of Markdown: a row a line, its cells between `|`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.reading.layout.columns import Columns, read_columns
from khplans.reading.layout.grid import Grid, GridRow, as_cells, cut, padded, placed, texts_of
from khplans.reading.lines.line import Line

_RULE = re.compile(r":?-+:?|")


def read_pipes(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "| TT | Nhiệm vụ | Chủ trì |\\n|---|---|---|\\n| 1 | Trồng rừng | Sở Y tế |"
    >>> rows_of_texts(text, read_pipes(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Chủ trì'], ['1', 'Trồng rừng', 'Sở Y tế']]
    """
    columns: Columns | None = None
    rows: list[GridRow] = []
    stop = i
    while stop < len(lines) and lines[stop].raw.startswith("|"):
        line = lines[stop]
        stop += 1
        cells = as_cells(cut(source, line.start + 1, line.end - line.raw.endswith("|"), "|"))
        texts = texts_of(source, cells)
        if all(map(_RULE.fullmatch, texts)):
            continue
        found = read_columns(texts)
        header = found is not None and (columns is None or found.roles == columns.roles)
        if header:
            columns = found
        elif columns is None:
            return None
        width = len(columns.headers) if columns else 0
        extra = [span for cell in cells[width:] for span in cell]
        rows.append(
            GridRow(
                [*cells[: width - 1], [*cells[width - 1], *extra]] if extra else cells[:width],
                header,
            )
        )
    return Grid(placed(padded(rows)), stop) if columns else None
