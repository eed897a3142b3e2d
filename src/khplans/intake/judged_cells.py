"""The cells of some lines of a table as review.csv has them: a line for each stretch of words, with its place.

    1.2: Trồng rừng       row 1 of these lines, column 2 of the table
    1-2.3-4: Sở Y tế      a cell merged over rows 1 and 2, columns 3 and 4
    -: Trang 5            in no cell
    --                    here the next table begins, whose rows count from 1

The stretches stand in the order of the text, and all of them make up its words: nothing can be lost or put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from khplans.errors import KhplansError, both
from khplans.text.passage import INVISIBLE, Span

_LINE = re.compile(r"(?:-|([1-9]\d{0,2})(?:-([1-9]\d{0,2}))?\.([1-9]\d?)(?:-([1-9]\d?))?): (\S.*)")
_NEXT_TABLE = "--"
MOST_ROWS, MOST_COLUMNS = 999, 99
"""Of a table, as far as a line can say."""
_UNSEEN = "\x00\x1f" + INVISIBLE


@dataclass(frozen=True, slots=True)
class JudgedPlace:
    """The rows and columns that a cell takes: the first of each, counted from 1, and how many.

    `table` is which one of those there it is of, from 0.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    table: int = 0

    def __str__(self) -> str:
        return f"{_range(self.row, self.rows)}.{_range(self.column, self.columns)}"

    def overlaps(self, other: JudgedPlace) -> bool:
        """Whether two cells take a place of the grid both."""
        if self.table != other.table:
            return False
        return (
            self.row < other.row + other.rows
            and other.row < self.row + self.rows
            and self.column < other.column + other.columns
            and other.column < self.column + self.columns
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text within one line and the cell that it is of; None for no cell."""

    span: Span
    place: JudgedPlace | None = None


def _range(first: int, count: int) -> str:
    """One number, or from one to another: `2`, `2-3`.

    >>> _range(2, 1), _range(2, 2)
    ('2', '2-3')
    """
    return str(first) if count == 1 else f"{first}-{first + count - 1}"


def pieces_as_text(text: str, span: Span, pieces: Iterable[Piece]) -> str:
    """The pieces of a stretch of the text as review.csv has them; words between them are in no cell.

    What stands side by side on a line in one cell is one piece.

    >>> words = "1  Trồng rừng\\n(tiếp)"
    >>> pieces_as_text(words, Span(0, 20), [Piece(Span(0, 1), JudgedPlace(1, 1)), Piece(Span(3, 13), JudgedPlace(1, 2))])
    '1.1: 1\\n1.2: Trồng rừng\\n-: (tiếp)'
    """
    found: list[Piece] = []
    at = span.start
    for piece in sorted(pieces, key=lambda one: one.span):
        found += _lines(text, at, piece.span.start, None)
        found += _lines(text, piece.span.start, piece.span.end, piece.place)
        at = piece.span.end
    found += _lines(text, at, span.end, None)
    joined: list[Piece] = []
    for piece in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.place == piece.place
            and "\n" not in text[last.span.end : piece.span.start]
        ):
            joined[-1] = replace(last, span=Span(last.span.start, piece.span.end))
        else:
            joined.append(piece)
    return "\n".join(_written(text, joined))


def _written(text: str, pieces: Iterable[Piece]) -> Iterator[str]:
    """A line for each piece; a line between tables.

    >>> places = JudgedPlace(1, 1), None, JudgedPlace(1, 1, table=1)
    >>> list(_written("abc", [Piece(Span(k, k + 1), place) for k, place in enumerate(places)]))
    ['1.1: a', '-: b', '--', '1.1: c']
    """
    table: int | None = None
    for piece in pieces:
        if piece.place:
            if table not in (None, piece.place.table):
                yield _NEXT_TABLE
            table = piece.place.table
        yield f"{piece.place or '-'}: {piece.span.of(text)}"


def plainly(words: str, written: str) -> str:
    """The cells of words as `pieces_as_text` has them, however a person wrote the lines. Raises as `read_pieces`.

    >>> plainly("Sở Y tế", "1.2: Sở\\n1.2: Y tế")
    '1.2: Sở Y tế'
    """
    return pieces_as_text(words, Span(0, len(words)), read_pieces(words, written))


def _lines(text: str, start: int, end: int, place: JudgedPlace | None) -> Iterator[Piece]:
    """The words between two offsets, line by line."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        first, last = _behind_blanks(text, start, stop), stop
        while last > first and is_blank(text[last - 1]):
            last -= 1
        if first < last:
            yield Piece(Span(first, last), place)
        start = stop + 1


def is_blank(sign: str) -> bool:
    """Whether a character takes no part in words.

    >>> is_blank(" "), is_blank("\\u200b"), is_blank("a")
    (True, True, False)
    """
    return sign.isspace() or sign in _UNSEEN


def _behind_blanks(text: str, start: int, end: int) -> int:
    """The first place from a start on where words stand.

    >>> _behind_blanks("  ab", 0, 4), _behind_blanks("    ", 0, 3)
    (2, 3)
    """
    while start < end and is_blank(text[start]):
        start += 1
    return start


def read_pieces(words: str, written: str) -> tuple[Piece, ...]:
    """The pieces of words, from their lines in review.csv; places count in the words.

    Raises `KhplansError` for a line of another form, one whose words don't stand next, words that no line
    has, cells that take one place, and a table that has no cell or begins within a line.

    >>> read_pieces("Sở Y tế  2025", "1.3: Sở Y tế\\n1.4: 2025")[1]
    Piece(span=Span(start=9, end=13), place=JudgedPlace(row=1, column=4, rows=1, columns=1, table=0))
    """
    pieces: list[Piece] = []
    at = table = 0
    for number, line in enumerate(written.split("\n"), 1):
        if line == _NEXT_TABLE:
            table += 1
            continue
        found = _LINE.fullmatch(line)
        if not found:
            form = "`hàng.cột: chữ` / `-: chữ`"
            raise _unfit(number, both(f"{line[:80]!r} không có dạng {form}", "row.column: words"))
        at = _behind_blanks(words, at, len(words))
        if not words.startswith(found[5], at):
            raise _unfit(
                number, both(f"tiếp theo phải là {words[at : at + 40]!r}", "other words stand next")
            )
        pieces.append(Piece(Span(at, at + len(found[5])), _place(number, found, table)))
        at += len(found[5])
    at = _behind_blanks(words, at, len(words))
    if at < len(words):
        raise _unfit(0, both(f"thiếu những chữ {words[at : at + 40]!r}", "these words are missing"))
    _refuse_overlaps({piece.place for piece in pieces if piece.place})
    _refuse_no_tables(words, pieces, table + 1)
    return tuple(pieces)


def _place(number: int, found: re.Match[str], table: int) -> JudgedPlace | None:
    if not found[1]:
        return None
    row, last_row, column, last_column = (int(found[k] or 0) for k in range(1, 5))
    rows, columns = (last_row or row) - row + 1, (last_column or column) - column + 1
    if rows < 1 or columns < 1:
        raise _unfit(number, both("hàng hay cột cuối đứng trước đầu", "it ends before it begins"))
    return JudgedPlace(row, column, rows, columns, table)


def _refuse_overlaps(places: set[JudgedPlace]) -> None:
    ordered = sorted(
        places, key=lambda one: (one.table, one.row, one.column, one.rows, one.columns)
    )
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 :]:
            if (other.table, other.row) >= (one.table, one.row + one.rows):
                break
            if one.overlaps(other):
                raise _unfit(0, both(f"{one} và {other} là hai ô một chỗ", "two cells, one place"))


def _refuse_no_tables(words: str, pieces: Iterable[Piece], count: int) -> None:
    """Raise `KhplansError` where one of several tables has no cell, or begins within a line.

    >>> def refused(words, *places):
    ...     pieces = [Piece(Span(k, k + 1), JudgedPlace(1, 1, table=table)) for k, table in places]
    ...     try: return _refuse_no_tables(words, pieces, 2)
    ...     except KhplansError as error: return error.what.partition(" / ")[2]
    >>> refused("a\\nb", (0, 0), (2, 1)), refused("a\\nb", (0, 0), (2, 0)), refused("a b", (0, 0), (2, 1))
    (None, 'a table has no cell', 'a table begins with a line')
    """
    placed = [(piece.span, piece.place.table) for piece in pieces if piece.place]
    if count > 1 and len({table for _, table in placed}) < count:
        raise _unfit(0, both("một bảng không có ô nào", "a table has no cell"))
    for (one, table), (other, following) in pairwise(placed):
        if table != following and "\n" not in words[one.end : other.start]:
            raise _unfit(0, both("bảng mới phải bắt đầu ở đầu dòng", "a table begins with a line"))


def _unfit(number: int, what: str) -> KhplansError:
    """An error about a line of a cell, or about all of it.

    >>> _unfit(2, "x").what, _unfit(0, "x").what
    ('dòng 2 của ô / line 2 of the cell: x', 'x')
    """
    line = both(f"dòng {number} của ô", f"line {number} of the cell") + ": " if number else ""
    return KhplansError(
        "entry-wrong",
        f"{line}{what}",
        remedy=both("mỗi dòng một đoạn, theo thứ tự của văn bản", "a stretch a line"),
    )
