"""Tables that came out one cell a line, with or without a `|` or blank line between the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khplans.knowledge.columns import column_role
from khplans.model import ColumnRole
from khplans.reading.layout.grid import words_of
from khplans.reading.layout.labels import label_marker
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import Marker, read_marker

Cells = list[list[Line]]
"""A run of cells, each the lines it is made of; an empty cell has a blank line or none."""
_MOST = 14  # columns


def read_cells(lines: Sequence[Line], i: int) -> tuple[Cells, Cells, int] | None:
    """The header cells and the rows' cells of a table that begins at line `i`, all in one run.

    Gives header, the cells of all rows (a multiple of the header's count, missing cells filled
    up) and the index behind the last line used; None where no such table begins here.
    """
    barred = any(line.raw == "|" for line in lines[i + 1 : i + 4])
    spaced = barred or (i + 1 < len(lines) and lines[i + 1].row - lines[i].row > 1)
    header: Cells = []
    at = i
    while len(header) < _MOST:
        cell, after = _cell(lines, at, barred, spaced)
        text = " ".join(line.text for line in cell if line.raw)
        if not text or len(text) > 60 or column_role(text) is None:
            break
        header.append(cell)
        at = after
    if len(header) < 3:
        return None
    rows: Cells = []
    orders: dict[str, int] = {}
    while at < len(lines):
        taken = _row(lines, at, len(header), barred, spaced, orders)
        if taken is None:
            break
        cells, at = taken
        rows += cells
    return (header, rows, at) if rows else None


def _cell(lines: Sequence[Line], at: int, barred: bool, spaced: bool) -> tuple[list[Line], int]:
    """The cell that begins at line `at` and the index behind it."""
    if at >= len(lines):
        return [], at
    if barred:
        cell: list[Line] = []
        while at < len(lines) and lines[at].raw != "|" and len(cell) < 40:
            cell.append(lines[at])
            at += 1
        return cell, min(at + 1, len(lines))
    stop = at + 1
    while spaced and lines[at].raw and stop < len(lines) and _goes_on(lines, stop):
        stop += 1
    return list(lines[at:stop]), stop


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Whether a line has words right below another's, and names no column."""
    line = lines[i]
    right_below = bool(line.raw) and line.row - lines[i - 1].row == 1
    return right_below and column_role(line.text) is None


def _row(
    lines: Sequence[Line], at: int, width: int, barred: bool, spaced: bool, orders: dict[str, int]
) -> tuple[Cells, int] | None:
    """The cells of the row that begins at `at`, made up to `width`, and the index behind them."""
    first, after = _cell(lines, at, barred, spaced)
    marker = label_marker(words_of(first))
    if marker is None or not (marker.bullet or _follows(marker, orders)):
        return None
    cells = [first]
    ends = [after]
    while len(cells) < 3 * width and ends[-1] < len(lines):
        cell, stop = _cell(lines, ends[-1], barred, spaced)
        if cell and _openswords_of(cell[0]):
            break
        text = label_marker(words_of(cell))
        if text and len(cells) > 1 and (len(cells) == width or _next_to(text, marker, orders)):
            break
        if len(cells) == width and not _row_within(lines, ends[-1], width, barred, spaced, marker):
            break
        cells.append(cell)
        ends.append(stop)
    orders[f"{marker.kind}{marker.depth}"] = marker.order
    if len(cells) > width:
        extra = len(cells) - width
        cells[1 : 2 + extra] = [[line for cell in cells[1 : 2 + extra] for line in cell]]
    end = ends[min(len(ends), len(cells) if len(cells) < width else len(ends)) - 1]
    return cells + [[] for _ in range(width - len(cells))], end


def _openswords_of(line: Line) -> bool:
    """Whether a line is a heading of the text around the table: a Roman number and capitals."""
    marker = read_marker(line.text)
    return marker is not None and marker.kind == "roman" and line.capitals and len(line.text) > 8


def _follows(marker: Marker, orders: dict[str, int]) -> bool:
    """Whether a label may stand next: the first of its kind, or not before the last one."""
    last = orders.get(f"{marker.kind}{marker.depth}")
    return last is None or marker.order == 1 or marker.order > last


def _next_to(found: Marker, current: Marker, orders: dict[str, int]) -> bool:
    """Whether a label inside what should be a row's cells begins the next row."""
    if found.kind == current.kind and found.depth == current.depth:
        return found.order == current.order + 1
    if found.order == 1:
        return found.level > current.level
    return found.order == orders.get(f"{found.kind}{found.depth}", -9) + 1


def _row_within(
    lines: Sequence[Line], at: int, width: int, barred: bool, spaced: bool, marker: Marker
) -> bool:
    """Whether the next row's label comes within another row's length: this row has long cells."""
    for _ in range(width):
        cell, at = _cell(lines, at, barred, spaced)
        found = label_marker(words_of(cell))
        if found and found.kind == marker.kind and found.order == marker.order + 1:
            return True
        if at >= len(lines):
            return False
    return False


_TIME = re.compile(
    r"(?:truoc |den |trong |het )?(?:ngay |thang |quy |qui |nam |giai doan )*[\divx]{1,4}"
    r"(?:[ /.\-]+(?:nam )?[\divx]{1,4})*|(?:thuong xuyen|hang nam|hang quy|hang thang)"
)


def time_in_its_column(part: Cells, roles: Sequence[ColumnRole]) -> Cells:
    """A row whose empty cell was lost: what tells a time moves on to the column of times."""
    if part[-1] or "deadline" not in roles:
        return part
    due = roles.index("deadline")
    for j in range(1, due):
        told = _TIME.fullmatch(" ".join(line.low for line in part[j]))
        if part[j] and told and not any(part[len(part) - (due - j) :]):
            empty: Cells = [[] for _ in range(due - j)]
            return part[:j] + empty + part[j : len(part) - (due - j)]
    return part
