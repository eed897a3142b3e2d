"""A source as reading takes it: lines with the markers of their list items, tables as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import maxsize

from khplans.layout import Item, Layout
from khplans.model import Doubt, Judgement, Source
from khplans.reading.layout.apart import text_apart
from khplans.reading.layout.infer import layout_of
from khplans.reading.layout.items import numbered, with_typed_items
from khplans.reading.layout.rearranged import rearranged
from khplans.reading.layout.rows import Rows
from khplans.reading.lines.line import Line, read_lines

_NOWHERE = (maxsize, maxsize)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The lines of a source, each with the marker of the item that it begins, and the rows of its tables.

    `items` are all items of its lists: the file's, and those that were inferred. `doubts` tell of what
    people judged of cells and can't hold.
    """

    lines: Sequence[Line]
    tables: Sequence[Rows]
    items: Sequence[Item]
    doubts: Sequence[Doubt]


def tables_shown(source: Source) -> Layout:
    """What a source shows, the tables that only its text shows among it, before a person put any right."""
    return layout_of(source, read_lines(source))


def lay_out(source: Source, judgements: Iterable[Judgement] = ()) -> LaidOut:
    """What a source shows, with what only its text shows inferred, and cells where people said that they are.

    >>> laid = lay_out(Source("p", "1. Nông nghiệp\\nTT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế"))
    >>> laid.lines[0].marker.label, len(laid.tables)
    ('1', 1)
    """
    lines = read_lines(source)
    layout, doubts = rearranged(source.text, layout_of(source, lines), judgements)
    apart, tables = text_apart(source, lines, layout)
    items = with_typed_items(_outside(apart, tables), layout.items)
    return LaidOut(numbered(source, apart, items), tables, items, doubts)


def _outside(lines: Sequence[Line], tables: Sequence[Rows]) -> Iterator[Line]:
    """The lines that stand in no table: what numbers a row is no item of a list.

    >>> laid = lay_out(Source("p", "Rừng.\\nTT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế\\nBáo cáo."))
    >>> [line.text for line in _outside(laid.lines, laid.tables)]
    ['Rừng.', 'Báo cáo.']
    """
    bounds = iter([(rows[0].lines[0].start, rows[-1].spans[-1].end) for rows in tables])
    start, end = next(bounds, _NOWHERE)
    for line in lines:
        while end <= line.start:
            start, end = next(bounds, _NOWHERE)
        if line.start < start:
            yield line
