"""`layout.json` in a plan's folder: what stood where in the file as received, written once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from math import ulp
from typing import Any, get_args

from khplans.errors import KhplansError, refusal
from khplans.layout import (
    Basis,
    Heading,
    Item,
    Layout,
    LayoutCell,
    LayoutTable,
    LeftOut,
    LeftOutKind,
    Note,
    PageSpan,
    Recognised,
)
from khplans.outside import Shape, is_count, is_flag, is_text, or_null, read_object
from khplans.text.passage import Span

_LONGEST_SIDE = 1_000_000
_MOST_PLACES = 1_000_000
"""Places of a table's grid, merged cells counted by what they take."""


def _one_of(allowed: Iterable[str]) -> Callable[[object], bool]:
    """Whether a value is one of some words.

    >>> fits = _one_of(["a", "b"])
    >>> fits("a"), fits("c"), fits(5)
    (True, False, False)
    """
    known = frozenset(allowed)
    return lambda value: isinstance(value, str) and value in known


def _between(least: float, most: float) -> Callable[[object], bool]:
    """Whether a value is a number from the one to the other, as true and false are none.

    >>> fits = _between(0, 100)
    >>> fits(5), fits(100.5), fits(True), fits("5")
    (True, False, False, False)
    """
    return lambda value: type(value) in (int, float) and least <= value <= most  # type: ignore[operator]


_is_size = _between(ulp(0.0), _LONGEST_SIDE)
"""Of a page, in points."""
_is_place = _between(-_LONGEST_SIDE, _LONGEST_SIDE)
"""On a page, in points."""
_is_angle = _between(-360, 360)
_is_confidence = _between(0, 100)


def _is_page(value: object) -> bool:
    """Whether a value is the number of a page.

    >>> _is_page(1), _is_page(0), _is_page("1")
    (True, False, False)
    """
    return is_count(value) and value != 0


_SPAN: dict[str, Shape] = {"start": is_count, "end": is_count}
_CELL: dict[str, Shape] = {
    "row": is_count,
    "column": is_count,
    "spans": [_SPAN],
    "rows": is_count,
    "columns": is_count,
    "header": is_flag,
}
SHAPE: Mapping[str, Shape] = {
    "tables": [{"span": _SPAN, "cells": [_CELL], "basis": _one_of(get_args(Basis)), "inside": or_null(is_count)}],
    "items": [{"span": _SPAN, "marker": _SPAN, "level": is_count}],
    "headings": [{"span": _SPAN, "level": is_count}],
    "notes": [{"span": _SPAN, "called": or_null(is_count), "mark": is_text}],
    "left_out": [{"kind": _one_of(get_args(LeftOutKind)), "text": is_text, "at": is_count}],
    "pages?": [{"number": _is_page, "span": _SPAN, "width": _is_size, "height": _is_size, "turned?": _is_angle}],
    "words?": [{"span": _SPAN, "page": _is_page, "box": [_is_place], "confidence": _is_confidence, "read": or_null(is_text)}],
}  # fmt: skip
"""The form of the file; `layout.schema.json` says the same to others."""


def layout_bytes(layout: Layout) -> bytes:
    r"""The file's bytes: JSON, a piece of the layout a line, in the order of the text.

    >>> layout_bytes(Layout(headings=(Heading(Span(0, 8), 1),))).splitlines()[3:5]
    [b'"headings": [', b'{"span": {"start": 0, "end": 8}, "level": 1}']
    """
    parts = []
    for name, pieces in _fields(layout):
        lines = ",\n".join(json.dumps(_written(piece), ensure_ascii=False) for piece in pieces)
        parts.append(f'"{name}": [\n{lines}\n]' if pieces else f'"{name}": []')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read_layout(data: bytes, text: str, where: str) -> Layout:
    """The layout of a text, from the file's bytes.

    Raises `KhplansError` where they are of another form, a span doesn't lie in the text, pages or words don't
    stand in its order, or two cells of a table take one place.
    """
    raw = read_object(data, where, SHAPE)
    layout = Layout(
        tuple(_table(table) for table in raw["tables"]),
        tuple(Item(_span(i["span"]), _span(i["marker"]), i["level"]) for i in raw["items"]),
        tuple(Heading(_span(heading["span"]), heading["level"]) for heading in raw["headings"]),
        tuple(Note(_span(note["span"]), note["called"], note["mark"]) for note in raw["notes"]),
        tuple(LeftOut(piece["kind"], piece["text"], piece["at"]) for piece in raw["left_out"]),
        tuple(map(_page, raw.get("pages", ()))),
        tuple(_recognised(word, where) for word in raw.get("words", ())),
    )
    for span in _spans(layout):
        if not span.start <= span.end <= len(text):
            raise _unfit(where, f"{span.start}:{span.end}", "nằm ngoài văn bản", "outside the text")
    starts = {"pages": [page.span.start for page in layout.pages], "words": [word.span.start for word in layout.words]}  # fmt: skip
    for name, found in starts.items():
        if found != sorted(found):
            raise _unfit(where, name, "sai thứ tự", "not in the order of the text")
    for number, table in enumerate(layout.tables):
        _refuse_strange(table, number, where)
    return layout


def _fields(layout: Layout) -> Sequence[tuple[str, Sequence[Any]]]:
    """The parts of the layout by their names, without those that may be absent and are empty.

    >>> page = PageSpan(Span(0, 1), 1, 10.0, 20.0)
    >>> [len(_fields(layout)) - len(_fields(Layout())) for layout in (Layout(), Layout(pages=(page,)))]
    [0, 1]
    """
    named = [(name, getattr(layout, name.removesuffix("?"))) for name in SHAPE]
    return [(name.removesuffix("?"), part) for name, part in named if part or "?" not in name]


def _written(piece: Any) -> dict[str, Any]:
    """A piece of the layout by its fields; an item of a file has no other basis than the file, and most pages are not turned."""
    fields = asdict(piece)
    if isinstance(piece, Item):
        del fields["basis"]
    if isinstance(piece, PageSpan) and not piece.turned:
        del fields["turned"]
    return fields


def _span(raw: Mapping[str, int]) -> Span:
    return Span(raw["start"], raw["end"])


def _table(raw: Mapping[str, Any]) -> LayoutTable:
    cells = (
        LayoutCell(
            cell["row"],
            cell["column"],
            tuple(map(_span, cell["spans"])),
            cell["rows"],
            cell["columns"],
            cell["header"],
        )
        for cell in raw["cells"]
    )
    return LayoutTable(_span(raw["span"]), tuple(cells), raw["basis"], raw["inside"])


def _page(raw: Mapping[str, Any]) -> PageSpan:
    return PageSpan(
        raw["number"], _span(raw["span"]), raw["width"], raw["height"], raw.get("turned", 0.0)
    )


def _recognised(raw: Mapping[str, Any], where: str) -> Recognised:
    if len(raw["box"]) != 4:
        raise _unfit(where, "words", "`box` sai", "`box` has four places")
    left, top, right, bottom = raw["box"]
    box = (left, top, right, bottom)
    return Recognised(_span(raw["span"]), raw["page"], box, raw["confidence"], raw["read"])


def _spans(layout: Layout) -> Iterable[Span]:
    for table in layout.tables:
        yield table.span
        for cell in table.cells:
            yield from cell.spans
    for item in layout.items:
        yield from (item.span, item.marker)
    for heading in layout.headings:
        yield heading.span
    for note in layout.notes:
        yield from (note.span, Span(note.called or 0, note.called or 0))
    for piece in layout.left_out:
        yield Span(piece.at, piece.at)
    for page in layout.pages:
        yield page.span
    for word in layout.words:
        yield word.span


def _refuse_strange(table: LayoutTable, number: int, where: str) -> None:
    """Raise `KhplansError` where a table refers to one that isn't before it, or its cells overlap."""
    if table.inside is not None and table.inside >= number:
        raise _unfit(where, f"tables[{number}]", "`inside` sai", "`inside` names no earlier table")
    sizes = [cell.rows * cell.columns for cell in table.cells]
    if min(sizes, default=1) < 1 or sum(sizes) > _MOST_PLACES:
        raise _unfit(where, f"tables[{number}]", "cỡ ô sai", "a cell of a wrong size")
    taken = {
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    if len(taken) != sum(sizes):
        raise _unfit(where, f"tables[{number}]", "hai ô một chỗ", "two cells take one place")


def _unfit(where: str, what: str, vi: str, en: str) -> KhplansError:
    return refusal("layout-wrong", where, what=what, vi=vi, en=en)
