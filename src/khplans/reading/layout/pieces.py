"""The pieces of a table that came out one cell a line: its cells, or the lines of cells that are wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khplans.knowledge.columns import column_role
from khplans.reading.layout.grid import cell_words
from khplans.reading.lines.line import Line
from khplans.rules import once

_BAR = "|"
_DUE = re.compile(r"\d/[A-ZĐ]{1,6}-$")
_SYMBOL = re.compile(r"[A-ZĐ]{2,}(?![a-zà-ỹ])")
_LONGEST_CELL = 40
"""Lines between two bars."""
_MOST_EMPTY = 20
"""Cells that a gap may stand for."""


@dataclass(frozen=True)
class Piece:
    """A cell or a line of one, without lines where it is empty; it stands from `start` to before `stop`.

    `gap` says that nothing but a blank line tells of an empty cell, `whole` that no cell has more.
    """

    lines: Sequence[Line]
    start: int
    stop: int
    gap: bool = False
    whole: bool = True

    @once
    def text(self) -> str:
        return cell_words(self.lines)

    @property
    def begins_small(self) -> bool:
        """Whether it goes on with a line above it, which the page had no more room for."""
        return not self.whole and self.text[:1].islower()


def pieces_of_table(lines: Sequence[Line], i: int) -> Iterator[Piece]:
    """The pieces from a line on, to the end of the text.

    The first lines tell what parts the cells: a `|`, blank lines or nothing.

    >>> from khplans.reading.lines.line import lines_of
    >>> told = lambda text: [piece.text for piece in pieces_of_table(lines_of(text), 0)]
    >>> told("TT\\n|\\nCơ quan\\nchủ trì\\n|\\n|"), told("TT\\n\\nTrồng\\nrừng\\n\\n\\n\\n1")
    (['TT', 'Cơ quan chủ trì', ''], ['TT', 'Trồng rừng', '', '1'])
    >>> told("TT\\nSố, ký hiệu\\n1\\nSố 12/2015/TT-\\nBYT")
    ['TT', 'Số, ký hiệu', '1', 'Số 12/2015/TT- BYT']
    >>> told("TT\\nCơ quan\\nchủ trì\\n\\xa0\\n1\\n\\n2")
    ['TT', 'Cơ quan', 'chủ trì', '', '1', '', '2']
    """
    if any(line.raw == _BAR for line in lines[i + 1 : i + 4]):
        return _between_bars(lines, i)
    return _between_gaps(lines, i)


def _between_bars(lines: Sequence[Line], at: int) -> Iterator[Piece]:
    """The pieces between lines that are a lone `|`.

    >>> from khplans.reading.lines.line import lines_of
    >>> text = "TT\\n|\\nTrồng\\nrừng\\n|"
    >>> [(piece.text, piece.start, piece.stop) for piece in _between_bars(lines_of(text), 0)]
    [('TT', 0, 2), ('Trồng rừng', 2, 5)]
    """
    while at < len(lines):
        stop = at
        while stop < len(lines) and lines[stop].raw != _BAR and stop - at < _LONGEST_CELL:
            stop += 1
        after = min(stop + 1, len(lines))
        yield Piece(lines[at:stop], at, after)
        at = after


def _between_gaps(lines: Sequence[Line], i: int) -> Iterator[Piece]:
    """The pieces that blank lines part, an empty one for each more line that a gap has than usual: a lost cell.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "TT\\nTrồng\\nrừng", "TT\\n\\nTrồng\\nrừng\\n\\n\\n\\n1", "Số 12/2015/TT-\\nBYT"
    >>> [[piece.text for piece in _between_gaps(lines_of(text), 0)] for text in texts]
    [['TT', 'Trồng', 'rừng'], ['TT', 'Trồng rừng', '', '1'], ['Số 12/2015/TT- BYT']]
    """
    usual = lines[i + 1].row - lines[i].row if i + 1 < len(lines) else 1
    at = i
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and (
            (usual > 1 and _goes_on(lines, stop)) or _cut_in_number(lines, stop)
        ):
            stop += 1
        yield Piece([line for line in lines[at:stop] if line.raw], at, stop, whole=usual > 1)
        if stop < len(lines):
            empty = (lines[stop].row - lines[stop - 1].row) // usual - 1
            yield from [Piece((), stop, stop, gap=True)] * min(empty, _MOST_EMPTY)
        at = stop


def _cut_in_number(lines: Sequence[Line], i: int) -> bool:
    """Whether a line goes on with the number that the line right above it ends in: `12/2015/TT-` over `BYT`.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "Số 12/2015/TT-\\nBYT", "Số 12/2015/TT-\\n\\nBYT", "Số 12/2015/TT-\\nrừng", "Rừng\\nBYT"
    >>> [_cut_in_number(lines_of(text), 1) for text in texts]
    [True, False, False, False]
    """
    line, above = lines[i], lines[i - 1]
    return line.row - above.row == 1 and bool(_DUE.search(above.raw) and _SYMBOL.match(line.raw))


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Whether a line has words right below another's, and names no column (`Nhiệm vụ`).

    >>> from khplans.reading.lines.line import lines_of
    >>> [_goes_on(lines_of(text), 1) for text in ("Trồng\\nrừng", "Trồng\\n\\nrừng", "TT\\nNhiệm vụ")]
    [True, False, False]
    """
    line, above = lines[i], lines[i - 1]
    right_below = bool(line.raw and above.raw) and line.row - above.row == 1
    return right_below and column_role(line.text) is None
