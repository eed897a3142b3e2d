"""Tables drawn with `+---+` and `|`, or with `|` alone in columns, whose cells go on over several lines.

Where rules part the rows a row is what stands between two; a rule that goes over some columns only
leaves the others merged down. Without rules between rows a number in the first column begins one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from khplans.knowledge.columns import column_role
from khplans.layout import LayoutCell
from khplans.reading.layout.cell_fit import LOOKS_LIKE, CellWords
from khplans.reading.layout.grid import Grid, printed, without_blanks
from khplans.reading.layout.labels import label_marker
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import read_marker
from khplans.text.passage import Span, read_passage

_RULE = re.compile(r"[+|](?:[-=:]{2,}\+)*[-=:]{2,}[+|]")
_PART_RULE = re.compile(r"[-=:]{2,}")
_OVER_SOME = re.compile(r"[+|][-=]{2,}\+")
_NARROWEST = 3
_LOOKED_AHEAD = 40
_MOST_COLUMNS = 64


def is_drawn(lines: Sequence[Line], i: int) -> bool:
    """Whether a table begins at line `i` that is drawn, not Markdown's with a row a line.

    Its first lines have their bars in the same columns, and one goes on with the row above it.

    >>> from khplans.reading.lines.line import lines_of
    >>> is_drawn(lines_of("|TT|Nhiệm vụ|\\n|1 |Trồng   |\\n|  |rừng    |"), 0)
    True
    >>> is_drawn(lines_of("|TT|Nhiệm vụ|\\n|--|--------|\\n|1 |Trồng   |"), 0)
    False
    """
    block = list(islice(_block(lines, i), _LOOKED_AHEAD))
    if block[0].raw.startswith("+"):
        ruled = _RULE.fullmatch(block[0].raw) is not None
        return ruled and any(line.raw.startswith("|") for line in block)
    if len(block) < 2 or any(_RULE.fullmatch(line.raw) for line in block):
        return False
    aligned = len({printed(line.raw)[-1] for line in block[:_NARROWEST]}) == 1
    first_cells = (line.raw[1:].partition("|")[0] for line in block[1:])
    return aligned and any(not cell.strip() for cell in first_cells)


def _block(lines: Sequence[Line], i: int) -> Iterator[Line]:
    """The lines of a drawing from line `i` on: one right below the other, each with its bars.

    >>> from khplans.reading.lines.line import lines_of
    >>> [line.raw for line in _block(lines_of("+--+\\n|a|\\n|b|\\n\\n|c|"), 0)], [line.raw for line in _block(lines_of("|a|\\nb"), 0)]
    (['+--+', '|a|', '|b|'], ['|a|'])
    """
    for k in range(i, len(lines)):
        apart = k > i and lines[k].row - lines[k - 1].row > 1
        if apart or not lines[k].raw.startswith(("|", "+")):
            return
        yield lines[k]


def read_drawn(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "+--+-------+\\n|TT|Việc   |\\n+--+-------+\\n|1 |Trồng  |\\n|  |rừng   |\\n+--+-------+"
    >>> rows_of_texts(text, read_drawn(text, lines_of(text), 0))
    [['TT', 'Việc'], ['1', 'Trồng rừng']]
    """
    top = list(islice(_block(lines, i), _LOOKED_AHEAD))
    edges = _edges(max(top, key=lambda line: line.raw.count("+")))
    if not 2 <= len(edges) - 1 <= _MOST_COLUMNS:
        return None
    block = list(_block(lines, i))
    drawing = _Drawing(source, edges, _parts_rows(block), _numbers_rows(block))
    for line in block:
        if _RULE.fullmatch(line.raw):
            drawing.close_row()
        else:
            drawing.take(line)
    drawing.close_row()
    return Grid(drawing.cells, i + len(block))


def _parts_rows(block: Sequence[Line]) -> bool:
    """Whether rules such as `+---+` part the rows: more than around the names and below, or some over a few columns.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "+--+\\n|TT|\\n+--+\\n|1 |\\n+--+\\n|2 |\\n+--+", "+--+\\n|TT|\\n+--+\\n|1 |", "|TT|a |\\n|1 +--+"
    >>> [_parts_rows(lines_of(text)) for text in texts]
    [True, False, True]
    """
    rules = sum(_RULE.fullmatch(line.raw) is not None for line in block)
    return rules > _NARROWEST or any(
        _OVER_SOME.search(line.raw) and not _RULE.fullmatch(line.raw) for line in block
    )


def _numbers_rows(block: Sequence[Line]) -> bool:
    """Whether numbers stand in the first column; those that Word computes are lost.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_numbers_rows(lines_of(text)) for text in ("|TT|Việc|\\n|1 |Rừng|", "|TT|Việc|\\n|  |Rừng|")]
    [True, False]
    """
    cells = (line.raw[1:].partition("|")[0] for line in block)
    return any(label_marker(cell.strip(" *_")) for cell in cells)


def _edges(line: Line) -> list[int]:
    """Where the columns of a drawing begin and the last one ends, from its left end on.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_edges(line) for line in lines_of("+--+---+\\n|a | b |\\n|a +---+")]
    [[0, 3, 7], [0, 3, 7], [0, 3, 7]]
    """
    mark = "+" if line.raw.startswith("+") else "|"
    return [k for k, sign in zip(printed(line.raw), line.raw, strict=False) if sign in (mark, "+")]


@dataclass(slots=True)
class _Drawing:
    """The cells so far; `open` are those that the next line may go on with, by their column."""

    source: str
    edges: Sequence[int]
    ruled: bool
    numbered: bool
    cells: list[LayoutCell] = field(default_factory=list)
    open: dict[int, LayoutCell] = field(default_factory=dict)
    row: int = 0

    def take(self, line: Line) -> None:
        """Take a line: more of each cell that is open, or cells of a new row."""
        pieces = list(self.pieces(line))
        if self.begins_row(pieces):
            self.close_row()
        closed = False
        for column, wide, span in pieces:
            text = span.of(self.source)
            if _PART_RULE.fullmatch(text.strip("+ ")) and self.ruled:
                self.close_cell(column, wide)
                closed = True
            else:
                cell = self.over(column, wide) or LayoutCell(self.row, column, (), 1, wide)
                words = (span,) if span.start < span.end else ()
                self.open[cell.column] = replace(cell, spans=(*cell.spans, *words))
        if closed:
            self.row += 1

    def over(self, column: int, wide: int) -> LayoutCell | None:
        """The open cell that takes one of these columns, the first of them."""
        taking = (
            cell for cell in self.open.values()
            if cell.column < column + wide and column < cell.column + cell.columns
        )  # fmt: skip
        return min(taking, key=lambda cell: cell.column, default=None)

    def pieces(self, line: Line) -> Iterator[tuple[int, int, Span]]:
        """What stands between the bars of a line: its column, how many it takes, the words."""
        at = printed(line.raw)
        marks = [k for k, sign in enumerate(line.raw) if sign in "|+" and self.edge(at[k])]
        if len(marks) < 2:
            marks = [0, len(line.raw)]
        elif line.raw[marks[-1] + 1 :].strip():
            marks.append(len(line.raw))
        for left, right in pairwise(marks):
            first = min(self.nearest(at[left]), len(self.edges) - 2)
            span = without_blanks(self.source, line.start + left + 1, line.start + right)
            yield first, max(self.nearest(at[right]) - first, 1), span

    def edge(self, offset: int) -> bool:
        """Whether a bar stands where a column begins or ends, give or take a letter."""
        return abs(self.edges[self.nearest(offset)] - offset) <= 1

    def nearest(self, offset: int) -> int:
        """The edge nearest to an offset."""
        k = bisect_left(self.edges, offset)
        around = [n for n in (k - 1, k) if 0 <= n < len(self.edges)]
        return min(around, key=lambda n: abs(self.edges[n] - offset))

    def begins_row(self, pieces: Sequence[tuple[int, int, Span]]) -> bool:
        """Whether a line begins a row, where no rule tells it: by the number in its first column (`2.`).

        Where all are lost, one with words in most columns does, if a figure or a time is among them.
        """
        if self.ruled or not pieces or not self.open:
            return False
        text, *others = (read_passage(self.source, [span]).text for _, _, span in pieces)
        if not text:
            return not self.numbered and _begins_anew(others)
        numbered = label_marker(text) or column_role(text) == "label"
        return bool(numbered) or (len(pieces) == 1 and read_marker(text) is not None)

    def close_cell(self, column: int, wide: int) -> None:
        """End a cell above a rule; the others go on below it and are merged down."""
        cell = self.open.pop(column, None)
        if cell is not None:
            self.cells.append(cell)
        for other, going_on in self.open.items():
            self.open[other] = replace(going_on, rows=self.row + 2 - going_on.row)

    def close_row(self) -> None:
        """End all cells that are open; the first row names the columns."""
        if not self.open:
            return
        header = not any(cell.row for cell in self.cells) and self.row == 0
        self.cells += [replace(cell, header=header) for cell in self.open.values()]
        self.open = {}
        self.row += 1


def _begins_anew(texts: Sequence[str]) -> bool:
    """Whether the words of a line in the columns after the first are those of a new row.

    >>> _begins_anew(["Hà Nội", "29", "01/5/2025", ""]), _begins_anew(["kỹ thuật số", "", "", "đơn vị"])
    (True, False)
    """
    filled = [text for text in texts if text]
    told = any(LOOKS_LIKE.decide(CellWords(text)) in ("time", "figure") for text in filled)
    return told and len(filled) * 2 > len(texts)
