"""Cuts the lines below a letterhead into blocks: paragraphs, tables, notes, closing, annexes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from khplans.knowledge.wording import Wording, opening_words
from khplans.model import BlockKind, Cell, Reason, Source
from khplans.reading.body.parts import (
    ANNEX_TITLE,
    CLOSING,
    PARTS,
    Part,
    Position,
    begins_recipients,
)
from khplans.reading.layout.rows import RowOfLines, Rows
from khplans.reading.lines.continuation import CONTINUES, Join, ended, read_hard_wrap
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import is_drawn_rule, stamps
from khplans.reading.lines.markers import Marker
from khplans.reading.lines.persons import person_name
from khplans.reading.lines.running_heads import APART, LineInText, is_note
from khplans.text.passage import Passage, Span, read_passage

_SEEN = 400  # of a sentence, what can tell whether it goes on
_VERDICT = Wording(r"(?:<verdict>|<other verdict>)\W*$", "quyết nghị:", folded=True)
# `Căn cứ Kế hoạch này, …` and `Căn cứ nhiệm vụ được giao, …` open what a body is asked to do.
_BASIS = Wording(r"can cu <document type>(?! nay(?!\w))(?!\w)", "căn cứ luật", folded=True)
_TELEGRAPHS = Wording(
    r"^[^.;:]*\bdien\s*:\s*(?:$|[^.\d]*;$)", "chủ tịch ubnd tỉnh điện:", folded=True
)


@dataclass(slots=True)
class RawBlock:
    """One block to be: the stretches of source it is made of and what they look like.

    `group` marks a table row that heads those below it, `annex` a line of an annex's own title,
    `closes` a rule that ends every open section, `starts_table` the first row of a table.
    """

    kind: BlockKind
    lines: list[Line]
    spans: list[Span] = field(default_factory=list)
    marker: Marker | None = None
    cells: tuple[Cell, ...] = ()
    group: bool = False
    annex: bool = False
    closes: bool = False
    starts_table: bool = False
    reason: Reason | None = None

    @property
    def span(self) -> Span:
        return Span(self.spans[0].start, self.spans[-1].end)

    def words(self, source: Source) -> Passage:
        """Its words, without its marker and the marks of Markdown; of a row all that its cells say."""
        if self.cells:
            return read_passage(source.text, self.spans, source.corrections)
        parts = [line.words for line in self.lines]
        star = self.marker is not None and self.marker.kind == "star"
        if self.marker and star:  # which readable text no longer shows
            first = parts[0]
            parts[0] = Span(min(first.start + self.marker.end, first.end), first.end)
        passage = read_passage(source.text, parts, source.corrections)
        return passage.slice(self.marker.end) if self.marker and not star else passage

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.spans.append(line.span)


def read_raw_blocks(lines: Sequence[Line], tables: Sequence[Rows]) -> list[RawBlock]:
    """The blocks of a document's body, its closing and annexes, in the order of their starts.

    `tables` are the rows of those of the whole source.
    """
    return _BlockReader(list(lines), tables).read()


class _BlockReader:
    """Walks the lines once; `open` is the block that a line may go on with, `text` its words."""

    def __init__(self, lines: list[Line], tables: Sequence[Rows]) -> None:
        self.lines = lines
        self.tables = {rows[0].lines[0].start: rows for rows in tables}
        self.wrapping = read_hard_wrap(_outside_tables(lines, tables))
        self.stamped = stamps(lines, 0, len(lines))
        self.blocks: list[RawBlock] = []
        self.open: RawBlock | None = None
        self.text = ""
        self.part: Part = "body"
        self.last: Line | None = None

    def read(self) -> list[RawBlock]:
        i = 0
        while i < len(self.lines):
            i = self.step(i)
        return self.blocks

    def step(self, i: int) -> int:
        """Take the line at `i`, or more; give the index of the next."""
        line = self.lines[i]
        if not line.raw:
            return i + 1
        if after := self.table(i):
            return after
        gap = self.last is not None and line.row - self.last.row > 1
        place = LineInText(line, i in self.stamped, self.unfinished, gap)
        apart = "set-aside" if line.taken_out else APART.decide(place)
        if apart == "footnote":
            return self.note(i)
        self.last = line
        if apart:
            self.furniture(line, apart)
        else:
            self.written(Position(self.lines, i, self.part))
        return i + 1

    @property
    def unfinished(self) -> bool:
        """Whether a sentence stands open."""
        return self.open is not None and self.open.kind == "paragraph" and not ended(self.text)

    def begin(self, block: RawBlock) -> None:
        """Begin a block; the lines below may go on with it."""
        self.open = block
        self.blocks.append(block)

    def table(self, i: int) -> int | None:
        """Take the table that begins at `i`; give the index of the line after it, None for no table."""
        rows = self.tables.get(self.lines[i].start, ())
        here = [row for row in rows if row.spans[-1].end <= self.lines[-1].end]
        if not here:
            return None
        stop = bisect_left(self.lines, _end_of(here), key=attrgetter("start"))
        self.part = "body"
        self.open = None
        self.last = self.lines[stop - 1]
        blocks = [
            RawBlock(
                row.kind,
                list(row.lines),
                list(row.spans),
                row.marker,
                row.cells,
                row.group,
                reason=row.reason,
            )
            for row in here
        ]
        blocks[0].starts_table = not self.goes_on_below(here[0].cells)
        self.blocks += blocks
        return stop

    def goes_on_below(self, cells: Sequence[Cell]) -> bool:
        """Whether only a page's end stands between a table with these columns and one above like it: `TT|Nhiệm vụ`, twice."""
        above = next((block for block in reversed(self.blocks) if block.kind != "furniture"), None)
        columns = [cell.role for cell in cells]
        return above is not None and columns == [cell.role for cell in above.cells] != []

    def note(self, i: int) -> int:
        """A note and the lines that go on with it; the sentence above stays open."""
        stop = i + 1
        while stop < len(self.lines) and _of_a_note(self.lines[stop], self.lines[stop - 1]):
            stop += 1
        part = self.lines[i:stop]
        self.blocks.append(RawBlock("footnote", part, [line.span for line in part]))
        return stop

    def furniture(self, line: Line, reason: Reason) -> None:
        """A page number, a stamp, a rule: one of stars between sentences ends every section."""
        closes = is_drawn_rule(line) and "*" in line.raw and not self.unfinished
        self.blocks.append(RawBlock("furniture", [line], [line.span], closes=closes, reason=reason))
        if closes:
            self.open = None

    def written(self, position: Position) -> None:
        """Take a line of the document's words, in the part of it that it stands in."""
        line = position.line
        part = PARTS.decide(position)
        if part != self.part or begins_recipients(line):
            self.open = None
        self.part = part
        if part in CLOSING:
            self.gather("recipients" if part == "recipients" else "signature", line)
            if part == "signature" and person_name(line.text):
                self.part = "signed"
            return
        kind = ANNEX_TITLE.decide(position) if part == "annex-title" else None
        if kind is not None:
            self.gather(kind, line, annex=True)
            return
        self.part = "body"
        self.paragraph(position)

    def gather(self, kind: BlockKind, line: Line, annex: bool = False) -> None:
        """Put a line to others of its kind; each line of a title is a block of its own."""
        of_one_kind = self.open is not None and (self.open.kind, self.open.annex) == (kind, annex)
        if self.open and of_one_kind and kind != "title":
            self.open.add(line)
        else:
            self.begin(RawBlock(kind, [line], [line.span], annex=annex))

    def paragraph(self, position: Position) -> None:
        """Take a line of the body: of those addressed, of the paragraph above, or a new one."""
        line = position.line
        marker = line.marker
        if _addresses(line):
            self.begin(RawBlock("recipients", [line], [line.span]))
        elif self.open and self.goes_on(self.open, line, marker):
            self.open.add(line)
            self.text = f"{self.text[-_SEEN:]} {line.text}"
        else:
            kind: BlockKind = "title" if _gives_verdict(line) or _issues(position) else "paragraph"
            self.begin(RawBlock(kind, [line], [line.span], marker))
            self.text = line.text

    def goes_on(self, block: RawBlock, line: Line, marker: Marker | None) -> bool:
        """Whether a line goes on with the block above: one more of those addressed (`- Sở Y tế;`), or a sentence."""
        if block.kind == "recipients":
            return marker is not None and marker.bullet
        return block.kind == "paragraph" and CONTINUES.decide(
            Join(self.text, block.marker, block.lines[-1], line, marker, self.wrapping)
        )


def _outside_tables(lines: Sequence[Line], tables: Sequence[Rows]) -> list[Line]:
    """The lines that stand in no table: cells are short however wide the text was wrapped.

    >>> from khplans.reading.layout.laid_out import lay_out
    >>> laid = lay_out(Source("p", "Rừng.\\nTT\\tNhiệm vụ\\tChủ trì\\n1\\tTrồng rừng\\tSở Y tế\\nBáo cáo."))
    >>> [line.text for line in _outside_tables(laid.lines, laid.tables)]
    ['Rừng.', 'Báo cáo.']
    """
    bounds = sorted((rows[0].lines[0].start, _end_of(rows)) for rows in tables)
    starts = [start for start, _ in bounds]

    def in_table(line: Line) -> bool:
        before = bisect_right(starts, line.start)
        return before > 0 and line.start < bounds[before - 1][1]

    return [line for line in lines if not in_table(line)]


def _end_of(rows: Sequence[RowOfLines]) -> int:
    return max(row.spans[-1].end for row in rows)


def _of_a_note(line: Line, before: Line) -> bool:
    """Whether a line goes on with a note: it stands right below, and begins no other (`[2] …`).

    >>> from itertools import pairwise
    >>> from khplans.reading.lines.line import lines_of
    >>> text = "[1] Theo Luật Giá\\nđã sửa đổi.\\n[2] Rừng\\n- Trồng\\n\\nBáo cáo."
    >>> [_of_a_note(line, before) for before, line in pairwise(lines_of(text))]
    [True, False, True, False]
    """
    if line.row - before.row > 1 or not line.text:
        return False
    return not is_note(line) and line.marker is None


def _addresses(line: Line) -> bool:
    """Whether a line begins with whom a letter or a telegram goes to.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> text = "Kính gửi: Sở Y tế\\nTHỦ TƯỚNG CHÍNH PHỦ điện:\\nSở Y tế báo cáo."
    >>> [_addresses(line) for line in numbered_lines(text)]
    [True, True, False]
    """
    if line.key.startswith("kinh gui"):
        return True
    return _TELEGRAPHS.search(line.low[:160]) is not None and line.marker is None


def _gives_verdict(line: Line) -> bool:
    """Whether a line in capitals says what follows the legal basis: `QUYẾT ĐỊNH:`.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> [_gives_verdict(line) for line in numbered_lines("QUYẾT ĐỊNH:\\nQuyết định:\\nĐiều 1.")]
    [True, False, False]
    """
    return line.capitals and _VERDICT.match(line.key) is not None


def _issues(position: Position) -> bool:
    """Whether a line in capitals names who issues the document, right above its legal basis.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> lines = numbered_lines("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\\nCăn cứ Luật Lâm nghiệp;")
    >>> [_issues(Position(lines, i, "body")) for i in range(2)]
    [True, False]
    """
    line = position.line
    if not line.capitals or not opening_words("authority").match(line.key):
        return False
    below = next((after for after in position.following(2) if after.text), None)
    return below is not None and _BASIS.match(below.key) is not None
