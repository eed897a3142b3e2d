"""The source cut into lines, each with its readable text and a folded key to compare by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khplans.model import Source
from khplans.reading.lines.markers import Marker
from khplans.reading.lines.run_together import PRINTED_HOUR, cuts
from khplans.reading.lines.torn import TORN, TwoLines
from khplans.rules import once
from khplans.text.fold import fold
from khplans.text.passage import INVISIBLE, Passage, Span, passage_of, read_passage
from khplans.text.shadow import shadow

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
BLANKS = " \t\xa0\u3000\x00\x1f" + INVISIBLE
"""Blanks and marks that take no room: no line begins or ends with them."""
# Marks of Markdown before a line's own words: headings, quotations.
_PREFIX = re.compile(r"(?:#{1,6}(?=\s|[^#\s])|>)[ \t]*")
_TOP = 4000  # characters, in which a document printed on one line begins
_EMPHASIS = re.compile(r"\*{2,3}|(?<!\w)_{2,3}")


@dataclass(frozen=True)
class Line:
    """A line: `start:end` without the blanks around it, `stop` where it really ends.

    `words` leaves a Markdown heading mark out too; `hashes` is the level of
    a heading, by the file or its Markdown mark (0 for none); `row` is its number among all
    lines, blank ones included, so that neighbours can be told from those a blank line apart.
    `marker` is that of the list item which the layout has here.
    """

    row: int
    start: int
    stop: int
    raw: str
    hashes: int
    words: Span
    passage: Passage
    indent: int = 0
    """How many blanks stand before it."""
    marker: Marker | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.raw)

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def taken_out(self) -> bool:
        """Whether corrections took all of its words out."""
        own = self.raw[self.words.start - self.start :]
        return not self.text and bool(passage_of(own))

    @once
    def key(self) -> str:
        """The folded beginning of the line."""
        return fold(self.text[:160])

    @once
    def low(self) -> str:
        """Its readable text in small letters without accents, place for place."""
        return shadow(self.text)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @once
    def capitals(self) -> bool:
        """Whether it is written in capitals (a third small letters allow for `ngày`, `và`)."""
        text = self.text
        upper = sum(map(str.isupper, text))
        lower = sum(map(str.islower, text))
        return upper >= 2 and lower * 8 <= upper

    @property
    def bold(self) -> bool:
        """Whether Markdown makes the whole of it bold."""
        raw = self.raw
        return len(raw) > 4 and raw.startswith(("**", "__")) and raw.rstrip(" .:").endswith(raw[:2])

    @property
    def stressed(self) -> bool:
        """Whether it stands out: in capitals, bold, or as a Markdown heading."""
        return self.capitals or bool(self.hashes) or self.bold


@dataclass(frozen=True, slots=True)
class AtLine:
    """One of some lines, by its index: what many tables of rules decide on."""

    lines: Sequence[Line]
    i: int

    @property
    def line(self) -> Line:
        return self.lines[self.i]

    @property
    def span(self) -> Span:
        return self.line.span


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin and end; a whole document run together on one of the first is cut up, and
    what a browser printed over the next page is cut off.

    >>> text = "Sở Y tế báo cáo các9/7/24, 4:05 PM Văn bản"
    >>> [text[begin:stop] for begin, stop in _stretches(text)]
    ['Sở Y tế báo cáo các', '9/7/24, 4:05 PM Văn bản']
    """
    for match in LINE.finditer(text):
        begin = match.start()
        if begin < _TOP:
            for cut in cuts(match[0]):
                yield begin, match.start() + cut
                begin = match.start() + cut
        printed = PRINTED_HOUR.search(text, begin + 1, match.end())
        if printed:
            yield begin, printed.start()
            begin = printed.start()
        yield begin, match.end()


def _whole_names(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin and end, those that tear a name, a kind of document or a mark taken as one.

    >>> text = "QUYẾT\\nĐỊNH\\nVề giá đất"
    >>> [text[begin:stop] for begin, stop in _whole_names(text)]
    ['QUYẾT\\nĐỊNH', 'Về giá đất']
    >>> text = "theo Điều\\n12.\\n**Điều\\n13. Sở Y tế**"
    >>> [text[begin:stop] for begin, stop in _whole_names(text)]
    ['theo Điều', '12.', '**Điều\\n13. Sở Y tế**']
    """
    begun: tuple[int, int] | None = None
    above = ""
    for begin, stop in _stretches(text):
        first = ""
        if begun and begin - begun[1] == 1:
            first = text[begun[0] : begun[1]]
            two = TwoLines(first, text[begin:stop], above, Span(begun[0], stop))
            if two.may_be_torn and TORN.decide(two):
                begun = (begun[0], stop)
                continue
        if begun:
            yield begun
        begun, above = (begin, stop), first
    if begun:
        yield begun


def read_lines(source: Source) -> tuple[Line, ...]:
    """All lines with words or marks in them, in order; blank ones only count in `row`.

    A name or a mark that a line's end tears (`QUYẾT` over `ĐỊNH`) is one line. A line that
    holds nothing but a no-break space is kept: it may be a table's empty cell.

    >>> [(line.text, line.hashes) for line in read_lines(Source("p", "## I. MỤC TIÊU\\n\\n- Đón khách"))]
    [('I. MỤC TIÊU', 2), ('- Đón khách', 0)]
    """
    text = source.text
    headings = source.layout.headings if source.layout else ()
    levels = {heading.span.start: heading.level for heading in headings}
    lines = []
    position = 0
    row = 0
    for begin, stop in _whole_names(text):
        row += text.count("\n", position, begin) or 1
        position = stop
        line = line_at(source, row, begin, stop)
        if line.start in levels:
            line = replace(line, hashes=line.hashes or levels[line.start])
        if line.raw or "\xa0" in text[begin:stop]:
            lines.append(line)
    return tuple(lines)


def line_at(source: Source, row: int, begin: int, stop: int) -> Line:
    """The line that a stretch of a source makes.

    >>> line_at(Source("example", "## Mục tiêu"), 1, 0, 11).text
    'Mục tiêu'
    """
    text = source.text
    raw = text[begin:stop]
    body = raw.strip(BLANKS)
    start = begin + raw.index(body) if body else begin
    end = start + len(body)
    words = start
    hashes = 0
    while mark := _PREFIX.match(text, words, end):
        hashes = hashes or mark[0].count("#")
        words = mark.end()
    passage = read_passage(text, [Span(words, end)], source.corrections)
    indent = start - begin if body else 0
    return Line(row, start, stop, body, hashes, Span(words, end), passage, indent)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text alone: examples are made of it.

    >>> [line.text for line in lines_of("I. NHIỆM VỤ\\n\\n1. **Sở Y tế**")]
    ['I. NHIỆM VỤ', '1. Sở Y tế']
    """
    return read_lines(Source("example", text))
