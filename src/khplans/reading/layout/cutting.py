"""Where the pieces of a row are cut into cells: what fits its column, begins with a capital and keeps to
the column's width is likely to be one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf

from khplans.knowledge.wording import words_for
from khplans.model import ColumnRole
from khplans.reading.layout.cell_fit import misfit
from khplans.reading.layout.pieces import Piece
from khplans.reading.lines.line import Line
from khplans.text.shadow import shadow

_MOST_BEGINNINGS = 40
_LONGEST_TOLD = 12
"""Pieces; a longer cell is words, whatever they are."""
_CAPITAL = 0.8
"""How unlikely it is that a piece inside a cell begins with a capital."""
_CAPITAL_BELOW_END = 1.5
"""The same, where the piece above ends a sentence."""
_WHOLE = 1.0
"""How unlikely it is besides where a piece may be a cell of its own."""
_ANOTHER_LEADS = 0.4
"""How unlikely it is besides that a body below another, without a mark between them, leads with it."""
_CUT_SHORT = 2.0
"""How unlikely it is that a cell ends in the middle of a list or a phrase."""
_NONE = 0.5
"""How unlikely it is that a cell has nothing below the end of a page, or an empty cell too many."""
_TOO_WIDE = 1.0
_ROOM = 3
"""By how many letters a line may be longer than the others of its column."""

Cut = list[Sequence[Piece]]
"""The pieces of each cell of a row."""


def cut_into_cells(
    pieces: Sequence[Piece],
    roles: Sequence[ColumnRole],
    widths: Sequence[int] = (),
    goes_on: bool = False,
) -> Cut | None:
    """The likeliest cells of a row, one for each role; None where there are too many ways.

    `widths` are the letters that the columns have room for, where that is known; `goes_on` says that
    the row began on the page above.

    >>> from khplans.reading.layout.pieces import pieces_of_table
    >>> from khplans.reading.lines.line import lines_of
    >>> pieces = list(pieces_of_table(lines_of("Trồng rừng\\nphòng hộ\\nSở Y tế,\\nSở Nội vụ\\n2025"), 0))
    >>> [len(cell) for cell in cut_into_cells(pieces, ("task", "lead", "deadline"))]
    [2, 2, 1]
    """
    return _Cutting(pieces, roles, widths, goes_on).cells()


def widths_of(cuts: Sequence[Cut | None], count: int) -> list[int]:
    """How wide each column is: as most of its cells are."""
    return [_width([cut[k] for cut in cuts if cut]) for k in range(count)]


def _width(cells: Sequence[Sequence[Piece]]) -> int:
    """How many letters a column is wide: the widest cell but for the widest fifth.

    >>> from khplans.reading.lines.line import lines_of
    >>> def piece(text): return Piece(lines_of(text), 0, 1)
    >>> _width([[piece("a" * n)] for n in (2, 3, 4, 5, 6, 90)]), _width([[]])
    (6, 0)
    """
    wide = sorted(max(map(len, _lines(cell))) for cell in cells if _lines(cell))
    return wide[len(wide) * 4 // 5] if wide else 0


def _lines(pieces: Sequence[Piece]) -> list[str]:
    return [line.text for piece in pieces for line in piece.lines]


class _Cutting:
    """Weighs where the pieces of a row, or of what of it stands on one page, are cut into cells."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        roles: Sequence[ColumnRole],
        widths: Sequence[int],
        goes_on: bool,
    ) -> None:
        self.pieces = pieces
        self.roles = roles
        self.widths = widths or [0] * len(roles)
        self.goes_on = goes_on
        self.joins = [0.0]
        for above, piece in pairwise(pieces):
            self.joins.append(self.joins[-1] + _join(above, piece))

    def cells(self) -> Cut | None:
        """The likeliest way to cut the pieces, column by column; None where there are too many beginnings."""
        places = [k for k, piece in enumerate(self.pieces) if self.may_begin(piece) or not k]
        if len(places) > _MOST_BEGINNINGS:
            return None
        places.append(len(self.pieces))
        cost = {0: 0.0}
        ways: list[dict[int, int]] = []
        for role, width in zip(self.roles, self.widths, strict=True):
            cost, way = self.column(cost, places, role, width)
            ways.append(way)
        end = len(self.pieces)
        cut: Cut = []
        for way in reversed(ways):
            cut.append(self.pieces[way[end] : end])
            end = way[end]
        return cut[::-1]

    def column(
        self, cost: dict[int, float], places: Sequence[int], role: ColumnRole, width: int
    ) -> tuple[dict[int, float], dict[int, int]]:
        """The cheapest way to each place once this column has its cell, and where that cell begins."""
        best: dict[int, float] = {}
        way: dict[int, int] = {}
        for end in places:
            for begin, before in cost.items():
                if begin > end:
                    break
                total = before + self.unlikely(begin, end, role, width)
                if total < best.get(end, inf):
                    best[end], way[end] = total, begin
        return best, way

    def may_begin(self, piece: Piece) -> bool:
        return self.goes_on or not piece.begins_small

    def unlikely(self, begin: int, end: int, role: ColumnRole, width: int) -> float:
        """How unlikely it is that these pieces are a cell of a column."""
        pieces = self.pieces[begin:end]
        filled = [piece for piece in pieces if piece.lines]
        spare = len(pieces) - len(filled)
        if not filled:
            none = _NONE if self.goes_on else misfit("", role)
            return none if not spare else _NONE * (spare - 1)
        told = " ".join(piece.text for piece in filled[:_LONGEST_TOLD])
        fit = 0.0 if self.goes_on and told[:1].islower() else misfit(told, role)
        lines = [line for piece in filled for line in piece.lines]
        wide = sum(len(line.text) > width + _ROOM for line in lines) if width else 0
        room = sum(_room(a, b, width) for a, b in pairwise(lines)) if width else 0
        fit += _CUT_SHORT * _open(lines[-1]) + _NONE * spare
        if role == "lead":
            fit += _ANOTHER_LEADS * sum(_is_another_body(a, b) for a, b in pairwise(filled))
        return fit + self.joins[end - 1] - self.joins[begin] + _TOO_WIDE * wide + room


def _join(above: Piece, piece: Piece) -> float:
    """How unlikely it is that a piece goes on with the one above it in a cell.

    >>> from khplans.reading.lines.line import lines_of
    >>> def piece(text, whole=False): return Piece(lines_of(text), 0, 1, whole=whole)
    >>> [_join(piece(text), piece("Sở Y tế")) for text in ("Trồng rừng", "Trồng rừng.", "Trồng rừng;", "Sở Y tế,")]
    [0.8, 1.5, 0.0, 0.0]
    >>> _join(piece("Trồng rừng"), piece("sở")), _join(piece("Trồng rừng"), piece("sở", True))
    (0.0, 1.0)
    """
    if not above.lines or not piece.text[:1].isupper() or _open(above.lines[-1]):
        return 0.0 if above.text.endswith(";") else _WHOLE * piece.whole
    ended = above.text.endswith((".", ":"))
    return (_CAPITAL_BELOW_END if ended else _CAPITAL) + _WHOLE * piece.whole


def _is_another_body(above: Piece, piece: Piece) -> bool:
    """Whether a piece names another body than the one above it, and no mark says that the list goes on.

    >>> from khplans.reading.layout.pieces import pieces_of_table
    >>> from khplans.reading.lines.line import lines_of
    >>> pieces = list(pieces_of_table(lines_of("Bộ Tài chính\\nBộ Y tế,\\nBộ Khoa học và\\nCông nghệ"), 0))
    >>> [_is_another_body(a, b) for a, b in pairwise(pieces)]
    [True, False, False]
    """
    begins = piece.text[:1].isupper() and not _open(above.lines[-1])
    return begins and misfit(piece.text, "lead") == 0


def _open(line: Line) -> bool:
    """Whether a line can't be the last of a cell: it ends with a comma, a semicolon or a word that needs more.

    >>> from khplans.reading.lines.line import lines_of
    >>> [_open(line) for line in lines_of("Sở Y tế,\\nCác\\nSở Y tế")]
    [True, True, False]
    """
    last = line.text.rpartition(" ")[2]
    return (
        last.endswith((",", ";"))
        or last in words_for("first word of a body")
        or line.low.rpartition(" ")[2] in _leads_on()
    )


@cache
def _leads_on() -> frozenset[str]:
    return frozenset(("-", *map(shadow, words_for("leads on in a cell"))))


def _room(above: Line, line: Line, width: int) -> float:
    """How much of the column's width the line above left empty, though the next word had fitted in."""
    left = width - len(above.text) - 1 - len(line.text.partition(" ")[0])
    return max(left, 0) / width / 2
