"""Tables: the grid that Word draws, with the cells that take more than one of its places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from khplans.errors import refusal
from khplans.intake.word.runs import chosen_branch
from khplans.intake.word.xml_names import COMPATIBILITY, W, integer, switch, value
from khplans.layout import LeftOutKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_COLUMNS = 1_000
"""Columns of a table, those counted once in which no cell begins or ends; Word itself allows 63."""
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


@dataclass(slots=True)
class GridPlace:
    """A cell and the places of the grid that it takes, columns counted from 0."""

    element: Element
    column: int
    columns: int
    rows: int = 1


@dataclass(slots=True)
class WordRow:
    """A row: the cells that begin in it, and those whose words it doesn't show, with the reason.

    Of one that is not `shown` itself, a whole row is left out.
    """

    header: bool
    shown: bool = True
    places: list[GridPlace] = field(default_factory=list)
    left_out: list[tuple[LeftOutKind, Element]] = field(default_factory=list)


def word_rows(table: Element, where: str) -> list[WordRow]:
    """The rows of a table that are there once changes are accepted.

    Raises `KhplansError` where a row or the table has too many columns.
    """
    rows: list[WordRow] = []
    above: dict[tuple[int, int], GridPlace] = {}
    in_head = True
    for element in unwrapped(table, "tr"):
        properties = element.find(W + "trPr")
        in_head = in_head and bool(switch(properties, "tblHeader"))
        why = _why_left_out(properties)
        row = WordRow(in_head, why is None)
        if why:
            row.left_out.append((why, element))
        else:
            above = _fill(row, element, properties, above, where)
        rows.append(row)
    _count_columns_by_edges(rows, where)
    return rows


def unwrapped(parent: Element, *names: str) -> Iterator[Element]:
    """The children of these names, those inside content controls and the like too."""
    wanted = {W + name for name in names}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from unwrapped(child, *names)
        elif child.tag == COMPATIBILITY + "AlternateContent":
            branch = chosen_branch(child)
            if branch is not None:
                yield from unwrapped(branch, *names)


def _fill(
    row: WordRow,
    element: Element,
    properties: Element | None,
    above: dict[tuple[int, int], GridPlace],
    where: str,
) -> dict[tuple[int, int], GridPlace]:
    """Place a row's cells; gives those that may go on in the next row, by column and width."""
    found: list[tuple[GridPlace, Element | None]] = []
    column = _width(properties, "gridBefore", 0)
    for cell in unwrapped(element, "tc"):
        about = cell.find(W + "tcPr")
        if about is not None and about.find(W + "cellDel") is not None:
            row.left_out.append(("deleted", cell))
            continue
        width = _width(about, "gridSpan", 1)
        if found and _goes_on(about, "hMerge"):
            found[-1][0].columns += width
            row.left_out.append(("hidden", cell))
        else:
            found.append((GridPlace(cell, column, width), about))
        column += width
        if len(found) > _MOST_COLUMNS:
            raise refusal("docx-of-columns", where, most=_MOST_COLUMNS)
    here: dict[tuple[int, int], GridPlace] = {}
    for place, about in found:
        edges = (place.column, place.columns)
        if edges in above and _goes_on(about, "vMerge"):
            here[edges] = above[edges]
            here[edges].rows += 1
            row.left_out.append(("hidden", place.element))
        else:
            here[edges] = place
            row.places.append(place)
    return here


def _goes_on(properties: Element | None, merge: str) -> bool:
    """Whether a cell is the rest of the one before it (`hMerge`) or above it (`vMerge`)."""
    found = None if properties is None else properties.find(W + merge)
    return found is not None and found.get(W + "val", "continue") == "continue"


def _width(properties: Element | None, name: str, usual: int) -> int:
    return max(usual, integer(value(properties, name)) or usual)


def _why_left_out(properties: Element | None) -> LeftOutKind | None:
    if properties is not None and properties.find(W + "del") is not None:
        return "deleted"
    return "hidden" if switch(properties, "hidden") else None


def _count_columns_by_edges(rows: list[WordRow], where: str) -> None:
    """Columns in which no cell begins or ends are no columns to see."""
    places = [place for row in rows for place in row.places]
    ends = {edge for x in places for edge in (x.column, x.column + x.columns)}
    edges = sorted(ends | {0})
    if len(edges) > _MOST_COLUMNS + 1:
        raise refusal("docx-of-columns", where, most=_MOST_COLUMNS)
    for place in places:
        end = bisect_left(edges, place.column + place.columns)
        place.column = bisect_left(edges, place.column)
        place.columns = end - place.column
