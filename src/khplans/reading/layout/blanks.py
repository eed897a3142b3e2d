"""Tables whose columns are held apart by runs of blanks, as programs write that keep a page's layout.

A cell stands in the column whose name it stands under. A number in the first column begins a row;
a line without one goes on with the cells above it, and so do lines above a number that stands in
the middle of its row, where blank lines part the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from khplans.knowledge.columns import column_role
from khplans.reading.layout.cell_fit import LOOKS_LIKE, CellWords
from khplans.reading.layout.columns import read_columns
from khplans.reading.layout.grid import Grid, GridRow, placed, printed
from khplans.reading.layout.labels import label_marker
from khplans.reading.layout.page_ends import below_page
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import read_marker
from khplans.text.passage import Span, read_passage

_PIECE = re.compile(r"[^ \t](?:[^ \t]| (?! ))*")
_MOST_HEADER_LINES = 4
_FEWEST_COLUMNS = 3
_SHOWN = 40
"""How many pieces of a column tell how wide it is."""
_OUT = 2
"""By how many places a cell may begin before the name of its column."""


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Words between runs of blanks, and the printed columns in which they begin and end."""

    left: int
    right: int
    span: Span


def pieces_of(source: str, line: Line) -> list[PlacedWords]:
    """The pieces of a line.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "1   Trồng rừng     Sở Y tế"
    >>> [piece.span.of(text) for piece in pieces_of(text, lines_of(text)[0])]
    ['1', 'Trồng rừng', 'Sở Y tế']
    """
    begin = line.start - line.indent
    found = _PIECE.finditer(source, line.start, line.end)
    at = printed(source[begin : line.end])
    return [
        PlacedWords(at[match.start() - begin], at[match.end() - begin], Span(*match.span()))
        for match in found
    ]


def read_blanks(source: str, lines: Sequence[Line], i: int) -> Grid | None:
    """The table whose first line is `lines[i]`, or None.

    >>> from khplans.reading.layout.grid import rows_of_texts
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT   Nhiệm vụ     Cơ quan chủ trì\\n1    Trồng        Sở Y tế\\n     rừng\\n2    Họp          Sở Y tế"
    >>> rows_of_texts(text, read_blanks(text, lines_of(text), 0))
    [['TT', 'Nhiệm vụ', 'Cơ quan chủ trì'], ['1', 'Trồng rừng', 'Sở Y tế'], ['2', 'Họp', 'Sở Y tế']]
    """
    names = _names(source, lines, i)
    if names is None:
        return None
    table, at = names
    while (at := below_page(lines, at)) < len(lines):
        if lines[at].raw and not table.take(lines, at):
            break
        at += 1
    table.close()
    return Grid(placed(table.rows), at) if len(table.rows) > 1 else None


def _names(source: str, lines: Sequence[Line], i: int) -> tuple[_BlankTable, int] | None:
    """The columns that the first lines name, and the index after them.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "TT   Nhiệm vụ     Cơ quan\\n                  chủ trì\\n1    Trồng        Sở Y tế", "TT\\n1", "Rừng   Biển   Trời"
    >>> found = [_names(text, lines_of(text), 0) for text in texts]
    >>> [one and one[1] for one in found]
    [2, None, None]
    """
    first = pieces_of(source, lines[i])
    if len(first) < _FEWEST_COLUMNS:
        return None
    columns = [[piece] for piece in first]
    at = i + 1
    while at < min(len(lines), i + _MOST_HEADER_LINES) and lines[at].row - lines[at - 1].row == 1:
        pieces = pieces_of(source, lines[at])
        texts = [_words(source, [piece]) for piece in pieces]
        if not pieces or label_marker(texts[0]) or any(map(_is_told, texts)):
            break
        for piece in pieces:
            columns[_under(piece, columns)].append(piece)
        at += 1
    if read_columns([_words(source, column) for column in columns]) is None:
        return None
    return _BlankTable(source, columns), at


def _is_told(text: str) -> bool:
    """Whether words are what rows tell, not the name of a column: an agency, a time, a figure.

    >>> [_is_told(text) for text in ("Sở Y tế", "12,5", "Nhiệm vụ")]
    [True, True, False]
    """
    told = LOOKS_LIKE.decide(CellWords(text)) in ("agency", "time", "figure")
    return told and column_role(text) is None


def _words(source: str, pieces: Sequence[PlacedWords]) -> str:
    return read_passage(source, [piece.span for piece in pieces]).text


def _under(piece: PlacedWords, columns: Sequence[Sequence[PlacedWords]]) -> int:
    """The column that a piece stands in: the one it shares most places with, else the nearest."""

    def distance(k: int) -> int:
        left = min(other.left for other in columns[k])
        right = max(other.right for other in columns[k])
        return max(left, piece.left) - min(right, piece.right)

    return min(range(len(columns)), key=distance)


@dataclass(slots=True)
class _BlankTable:
    """The rows so far, and the pieces of the one that is open, by column."""

    source: str
    columns: list[list[PlacedWords]]
    rows: list[GridRow] = field(default_factory=list)
    open: list[list[Span]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows.append(
            GridRow([[piece.span for piece in column] for column in self.columns], True)
        )

    def take(self, lines: Sequence[Line], at: int) -> bool:
        """Take a line into the table (`2   Nuôi tôm   Sở Y tế`); False where it stands after it."""
        line, pieces = lines[at], pieces_of(self.source, lines[at])
        placed = self.placed(pieces)
        number = _words(
            self.source, [piece for piece, k in zip(pieces, placed, strict=True) if k == 0]
        )
        if number and not label_marker(number):
            return self.take_names(pieces, placed) or self.take_group(lines, at, pieces)
        if not number and pieces[0].left < self.columns[1][0].left - _OUT and len(pieces) == 1:
            return False
        apart = line.row - lines[at - 1].row > 1
        next_number = number and self.open and self.open[0]
        if next_number or (apart and not number):
            self.close()
        self.open = self.open or [[] for _ in self.columns]
        for piece, k in zip(pieces, placed, strict=True):
            self.open[k].append(piece.span)
        return True

    def placed(self, pieces: Sequence[PlacedWords]) -> list[int]:
        """The column of each piece; a line with one in each shows how wide the columns are."""
        if len(pieces) != len(self.columns):
            return [_under(piece, self.columns) for piece in pieces]
        for piece, column in zip(pieces, self.columns, strict=True):
            column.append(piece)
            del column[_SHOWN:]
        return list(range(len(pieces)))

    def take_names(self, pieces: Sequence[PlacedWords], placed: Sequence[int]) -> bool:
        """Take the names of the columns (`TT   Nhiệm vụ`) once more, as at the top of each page."""
        if (
            len(pieces) < _FEWEST_COLUMNS
            or read_columns([_words(self.source, [p]) for p in pieces]) is None
        ):
            return False
        self.close()
        cells: list[list[Span]] = [[] for _ in self.columns]
        for piece, k in zip(pieces, placed, strict=True):
            cells[k].append(piece.span)
        self.rows.append(GridRow(cells, True))
        return True

    def take_group(self, lines: Sequence[Line], at: int, pieces: Sequence[PlacedWords]) -> bool:
        """Take a line of one piece over a row with a number, which heads the rows below: `I. Nông nghiệp`."""
        if len(pieces) != 1 or read_marker(lines[at].text) is None or at + 1 >= len(lines):
            return False
        below = pieces_of(self.source, lines[at + 1])
        if len(below) < 2 or label_marker(_words(self.source, below[:1])) is None:
            return False
        self.close()
        self.rows.append(GridRow([[pieces[0].span]], sizes=[(1, len(self.columns))]))
        return True

    def close(self) -> None:
        """End the row that is open."""
        if self.open:
            self.rows.append(GridRow(self.open))
        self.open = []
