"""The numbers of rows: in a column of their own, or before a row's first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from khplans.knowledge.wording import Wording
from khplans.model import Cell
from khplans.reading.lines.markers import Marker, order_in_words, read_marker

_LABEL = re.compile(r"(?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,2}){0,4}|[A-HK-M]|[a-zđ])[.)]?|[-+•]")
_NUMBERED_GROUP = Wording(
    r"(?P<label><numbered group> (?P<number>\d{1,2}|[IVX]{1,4}))\s?[.:]\s*(?=\S)",
    "Nội dung 1: Trồng rừng",
)
_IN_CELL = frozenset({"capital", "roman", "arabic", "decimal", "letter"})


def label_marker(text: str) -> Marker | None:
    """The marker that a label cell holds (`I`, `7.1`, `a)`), or None for any other text.

    >>> label_marker("7.1").bare, label_marker("2023"), label_marker("Sở Y tế")
    ('7.1', None, None)
    """
    if not text or not _LABEL.fullmatch(text):
        return None
    bare = text.rstrip(".")
    return read_marker(f"{bare} x" if not bare[-1:].isalnum() or "." in bare else f"{bare}. x")


def numbered_cell(cells: Sequence[Cell]) -> tuple[Marker | None, tuple[Cell, ...]]:
    """A row's number, where no column has it, from before its first words; the cells without it.

    `1. Rà soát văn bản` is `Rà soát văn bản` with the marker 1.

    >>> from khplans.text.passage import passage_of
    >>> def number(text, role="task"):
    ...     marker, cells = numbered_cell([Cell(role, "", passage_of(text))])
    ...     return marker and marker.label, cells[0].text.text
    >>> number("1. Rà soát"), number("1. rà soát"), number("Rà soát"), number("1. Rà soát", "lead")
    (('1', 'Rà soát'), (None, '1. rà soát'), (None, 'Rà soát'), (None, '1. Rà soát'))
    """
    first = cells[0]
    marker = read_marker(first.text.text) if first.role in ("task", "name") else None
    if marker is None or marker.kind not in _IN_CELL:
        return None, tuple(cells)
    if not first.text.text[marker.end : marker.end + 1].isupper():
        return None, tuple(cells)
    return marker, (replace(first, text=first.text.slice(marker.end)), *cells[1:])


def numbered_group(cell: Cell) -> tuple[Marker | None, Cell]:
    """The number of a row across the columns that says what it numbers (`Nhiệm vụ 2: Trồng rừng`), and the cell without it.

    >>> from khplans.text.passage import passage_of
    >>> found = [numbered_group(Cell("task", "", passage_of(text))) for text in ("Nhiệm vụ 2: Trồng rừng", "Trồng rừng")]
    >>> [(marker and marker.order, cell.text.text) for marker, cell in found]
    [(2, 'Trồng rừng'), (None, 'Trồng rừng')]
    """
    words = cell.text.text
    match = _NUMBERED_GROUP.match(words)
    if not match:
        return None, cell
    label = match["label"]
    marker = Marker("division", label, label, order_in_words(match["number"]), 1, match.end())
    return marker, replace(cell, text=cell.text.slice(match.end()))
