"""The items of lists: those that the file numbers, and those whose number or bullet was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from khplans.layout import Item
from khplans.model import Source
from khplans.reading.lines.line import Line, lines_of
from khplans.reading.lines.markers import Marker, read_marker, star_marker, stated_marker
from khplans.text.passage import Span, read_passage


def typed_marker(line: Line) -> Marker | None:
    """The marker that a line looks to begin with, the bullet `*` of its raw text included.

    >>> found = [typed_marker(line) for line in lines_of("* Rừng\\n1. Rừng\\nRừng")]
    >>> [marker.kind if marker else None for marker in found]
    ['star', 'arabic', None]
    """
    return star_marker(line.raw) or read_marker(line.text)


def with_typed_items(lines: Iterable[Line], of_file: Sequence[Item]) -> tuple[Item, ...]:
    """The file's items, and those that its other lines look to be, in order.

    >>> text = "1 Sở Y tế\\n- Báo cáo\\n2024 là năm cuối"
    >>> [item.basis for item in with_typed_items(lines_of(text), [Item(Span(0, 9), Span(0, 1), 0)])]
    ['file', 'inferred']
    """
    typed = [
        Item(line.span, _place(line, marker), 0, "inferred")
        for line, item in _begun(lines, of_file)
        if item is None and (marker := typed_marker(line)) is not None
    ]
    return tuple(sorted((*of_file, *typed), key=lambda item: item.marker.start))


def numbered(source: Source, lines: Sequence[Line], items: Sequence[Item]) -> list[Line]:
    """The lines, those that begin an item with its marker.

    >>> text = "1 Sở Y tế\\n- Báo cáo\\n2024 là năm cuối"
    >>> lines = numbered(Source("p", text), lines_of(text), [Item(Span(0, 9), Span(0, 1), 0)])
    >>> [line.marker and line.marker.label for line in lines]
    ['1', None, None]
    """
    return [
        replace(line, marker=_marker(source, line, item)) if item else line
        for line, item in _begun(lines, items)
    ]


def numbered_lines(text: str) -> list[Line]:
    """The lines of a text alone with their markers: examples are made of it.

    >>> [line.marker.label for line in numbered_lines("I. NHIỆM VỤ\\n1. Sở Y tế") if line.marker]
    ['I', '1']
    """
    lines = lines_of(text)
    return numbered(Source("example", text), lines, with_typed_items(lines, ()))


def _begun(lines: Iterable[Line], items: Sequence[Item]) -> Iterator[tuple[Line, Item | None]]:
    """Each line with the item whose marker stands before its words.

    >>> text = "1 Sở Y tế\\nBáo cáo\\n2 Sở"
    >>> items = [Item(Span(0, 9), Span(0, 1), 0), Item(Span(18, 22), Span(18, 19), 0)]
    >>> [item and item.marker.of(text) for _, item in _begun(lines_of(text), items)]
    ['1', None, '2']
    """
    known = iter(items)
    item = next(known, None)
    for line in lines:
        while item and item.marker.start < line.start:
            item = next(known, None)
        words = line.passage.origin[0] if line.passage else line.end
        yield line, item if item and item.marker.start <= words else None


def _place(line: Line, marker: Marker) -> Span:
    """Where a typed marker stands in the source; readable text has no `*`.

    >>> lines = lines_of("* Rừng\\n1.  Rừng")
    >>> [_place(line, typed_marker(line)) for line in lines]
    [Span(start=0, end=1), Span(start=7, end=9)]
    """
    if marker.kind == "star":
        return Span(line.start, line.start + 1)
    return line.passage.span(0, len(line.text[: marker.end].rstrip()))


def _marker(source: Source, line: Line, item: Item) -> Marker | None:
    """The marker of an item: as typed where that is where it stands, else as the words there can be read.

    >>> def marker(text, stop):
    ...     found = _marker(Source("p", text), lines_of(text)[0], Item(Span(0, len(text)), Span(0, stop), 0))
    ...     return found and found.label
    >>> marker("1. Rừng", 2), marker("1. Rừng", 1), marker("IV Rừng", 2), marker("Rừng trồng", 4)
    ('1', '1', 'IV', None)
    """
    typed = typed_marker(line)
    if typed and _place(line, typed) == item.marker:
        return typed
    words = read_passage(source.text, [item.marker], source.corrections).text
    stated = stated_marker(words) if line.text.startswith(words) else None
    return stated or typed
