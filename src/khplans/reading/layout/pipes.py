"""Tables of Markdown: a row a line, its cells between `|`, with or without bars at the ends of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.reading.layout.columns import Columns, read_columns
from khplans.reading.layout.grid import (
    Grid,
    GridCell,
    GridRow,
    padded,
    placed,
    texts_of,
    without_blanks,
)
from khplans.reading.layout.header import with_parts
from khplans.reading.layout.page_ends import below_page
from khplans.reading.lines.line import Line
from khplans.text.passage import BLOCK_TAG, Span

_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_CELLS_ACROSS = 3
"""Fewer cells than these may say the same without being one."""
_MARK = 3
"""Letters: what is no longer may be a mark or a unit (`x`, `ha`)."""
_BREAK = re.compile(BLOCK_TAG, re.IGNORECASE)


def parts_header(line: Line) -> bool:
    """Whether a line parts the names of the columns from the rows.

    >>> from khplans.reading.lines.line import lines_of
    >>> [parts_header(line) for line in lines_of("|:--|---|\\n--- | ---\\n---\\n| 1 | - |")]
    [True, True, False, False]
    """
    return "|" in line.raw and _RULE.fullmatch(line.raw) is not None


def read_pipes(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    A rule below its first line says that it is one, whatever its columns are called; without a rule, and without
    bars at their ends, its lines have as many bars as the first.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "| TT | Nhiệm vụ | Chủ trì |\\n|---|---|---|\\n| 1 | Trồng rừng | Sở Y tế |"
    >>> rows_of_texts(text, read_pipes(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Chủ trì'], ['1', 'Trồng rừng', 'Sở Y tế']]
    >>> text = "TT | Nhiệm vụ | Chủ trì\\n1 | Trồng rừng | Sở Y tế\\nSở A | B báo cáo."
    >>> rows_of_texts(text, read_pipes(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Chủ trì'], ['1', 'Trồng rừng', 'Sở Y tế']]
    """
    ruled = i + 1 < len(lines) and parts_header(lines[i + 1])
    ends = (lines[i].raw.startswith("|"), lines[i].raw.endswith("|"))
    header = _cells(source, lines[i], ends)
    columns = read_columns(texts_of(source, header))
    if columns is None and not ruled:
        return None
    rows = [GridRow(header, True)]
    fewest = 1 if ruled else len(header) - 1
    at = stop = i + 1
    while at < len(lines) and _is_row(lines[at], fewest):
        if not parts_header(lines[at]):
            _take(source, _cells(source, lines[at], ends), rows, columns)
        stop = at + 1
        at = below_page(lines, stop)
    return Grid(placed(with_parts(source, padded(rows))), stop)


def _is_row(line: Line, fewest: int) -> bool:
    """Whether a line may be a row: it begins with a bar, or has so many.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_is_row(line, fewest) for line in lines_of("|a|b|\\na | b | c") for fewest in (2, 3)]
    [True, True, True, False]
    """
    return line.raw.startswith("|") or len(_PIPE.findall(line.raw)) >= fewest


def _cells(source: str, line: Line, ends: tuple[bool, bool]) -> list[list[Span]]:
    """The cells of a line, each cut at `<br>`; a bar at an end of the line parts none, where the header has one.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "| a | b<br>c |"
    >>> (line,) = lines_of(text)
    >>> [[[span.of(text) for span in cell] for cell in _cells(text, line, ends)] for ends in ((True, True), (False, False))]
    [[['a'], ['b', 'c']], [[], ['a'], ['b', 'c'], []]]
    >>> [[span.of("a | b") for span in cell] for cell in _cells("a | b", lines_of("a | b")[0], (True, True))]
    [['a'], ['b']]
    """
    begun, ended = ends
    bars = [match.end() - 1 for match in _PIPE.finditer(source, line.start, line.end)]
    first = line.start
    if begun and bars and bars[0] == line.start:
        first = bars.pop(0) + 1
    if not (ended and bars and bars[-1] == line.end - 1):
        bars.append(line.end)
    begins = [first, *(bar + 1 for bar in bars[:-1])]
    return [_between_breaks(source, a, b) for a, b in zip(begins, bars, strict=True)]


def _between_breaks(source: str, start: int, end: int) -> list[Span]:
    """The stretches of a cell between breaks of its lines."""
    places = [place for match in _BREAK.finditer(source, start, end) for place in match.span()]
    edges = [start, *places, end]
    spans = (without_blanks(source, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in spans if span.start < span.end]


def _take(
    source: str, cells: list[list[Span]], rows: list[GridRow], columns: Columns | None
) -> None:
    """Put a line's cells to the rows: a row, the names again, or more of the row above.

    >>> import re
    >>> source = "TT|Nhiệm vụ|Chủ trì|1|Trồng|Sở Y tế|rừng mới|II|Họp|Họp|Họp|Họp"
    >>> spans = [[Span(match.start(), match.end())] for match in re.finditer(r"[^|]+", source)]
    >>> columns = read_columns(["TT", "Nhiệm vụ", "Chủ trì"])
    >>> rows = [GridRow(spans[:3], True)]
    >>> for cells in (spans[3:6], [[], spans[6], []], spans[:3], spans[7:11], spans[3:7]):
    ...     _take(source, cells, rows, columns)
    >>> [row.header for row in rows]
    [True, False, True, False, False]
    >>> [" ".join(span.of(source) for cell in row.cells for span in cell) for row in rows[1:]]
    ['1 Trồng rừng mới Sở Y tế', 'TT Nhiệm vụ Chủ trì', 'II Họp Họp Họp', '1 Trồng Sở Y tế rừng mới']
    """
    texts = texts_of(source, cells)
    if _across(texts):
        cells = [*cells[:2], *([] for _ in cells[2:])]
        texts = texts_of(source, cells)
    width = len(rows[0].cells)
    again = read_columns(texts) if columns else None
    if again and columns and again.roles == columns.roles:
        rows.append(GridRow(cells, True))
    elif len(rows) > 1 and len(cells) == width and _goes_on(texts):
        joined = [[*above, *below] for above, below in zip(rows[-1].cells, cells, strict=False)]
        rows[-1] = GridRow(joined)
    else:
        rows.append(GridRow(_within(cells, width)))


def _across(texts: Sequence[str]) -> bool:
    """Whether after its number a row has the same words in each cell: one cell across them, written in each.

    >>> _across(["I", "Cấp nước", "Cấp nước", "Cấp nước"]), _across(["1", "Sở Y tế", "Sở Y tế"])
    (True, False)
    """
    told = texts[1:]
    return len(told) >= _CELLS_ACROSS and len({*told}) == 1 and _is_words(told[0])


def _is_words(text: str) -> bool:
    """Whether a cell has words, and no number or mark.

    >>> [_is_words(text) for text in ("Cấp nước", "12 ha", "x", "")]
    [True, False, False, False]
    """
    return not any(letter.isdigit() for letter in text) and len(text) > _MARK


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether a line only goes on with the cells above it: it has no number, and small letters begin each cell.

    >>> _goes_on(["", "hoạch năm 2025", ""]), _goes_on(["", "Trong đó: cấp xã", ""])
    (True, False)
    """
    told = [text for text in texts if text]
    return bool(told) and not texts[0] and all(text[0].islower() for text in told)


def _within(cells: Sequence[GridCell], width: int) -> Sequence[GridCell]:
    """Cells of which those beyond the last column stand in it.

    >>> _within(["a", "b"], 2), _within([["a"], ["b"], ["c"]], 2), _within([["a"], ["b"], []], 2)
    (['a', 'b'], [['a'], ['b', 'c']], [['a'], ['b']])
    """
    extra = [span for cell in cells[width:] for span in cell]
    return [*cells[: width - 1], [*cells[width - 1], *extra]] if extra else cells[:width]
