"""Lines run together, columns and cells parted by line breaks, with a way back to the lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khplans.reading.lines.line import Line
from khplans.rules import once
from khplans.text.passage import BLOCK_TAG, passage_of
from khplans.text.shadow import shadow

_COLUMNS = re.compile(rf"\t+|[^\S\n]{{3,}}|\||{BLOCK_TAG}")


@dataclass(frozen=True)
class Flat:
    """Readable text of some lines; `shadow` is the same without accents, place for place."""

    text: str
    indices: tuple[int, ...]
    starts: tuple[int, ...]

    @once
    def shadow(self) -> str:
        return shadow(self.text)

    def line_at(self, offset: int) -> int:
        """The index of the line that the character at `offset` came from."""
        return self.indices[max(0, bisect_right(self.starts, offset) - 1)]


def pieces(source: str, line: Line) -> list[str]:
    """A line cut where columns or cells meet: tabs, pipes, breaks and wide gaps.

    >>> from khplans.reading.lines.line import lines_of
    >>> texts = "Trồng rừng\\tSở Y tế", "Trồng rừng", "# a | b<br>c   d"
    >>> [pieces(text, lines_of(text)[0]) for text in texts]
    [['Trồng rừng', 'Sở Y tế'], ['Trồng rừng'], ['a', 'b', 'c', 'd']]
    """
    raw = source[line.start : line.end]
    if not _COLUMNS.search(raw):
        return [line.text] if line.text else []
    texts = (passage_of(piece).text for piece in _COLUMNS.split(raw))
    return [text for text in (text.strip("# ") for text in texts) if text]


def flatten(source: str, lines: Sequence[Line], indices: Iterable[int]) -> Flat:
    """Run the given lines together."""
    parts: list[str] = []
    kept: list[int] = []
    starts: list[int] = []
    length = 0
    for i in indices:
        for piece in pieces(source, lines[i]):
            parts.append(piece)
            kept.append(i)
            starts.append(length)
            length += len(piece) + 1
    return Flat("\n".join(parts), tuple(kept), tuple(starts))
