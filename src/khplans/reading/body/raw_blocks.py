"""Cuts the lines below a letterhead into blocks: paragraphs, tables, notes, closing, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from khplans.knowledge.letterhead import opening_words
from khplans.model import BlockKind, Cell, Source
from khplans.reading.lines.continuation import CONTINUES, Join, ended, marker_of, read_hard_wrap
from khplans.reading.lines.line import Line
from khplans.reading.lines.line_kinds import (
    is_annex_label,
    is_caption,
    is_head_of_body,
    is_rule,
    kind_line,
    signs_in_small_letters,
    stamps,
)  # fmt: skip
from khplans.reading.lines.markers import Marker
from khplans.reading.lines.persons import person_name
from khplans.reading.lines.phrases import MOTTO
from khplans.reading.lines.running_heads import furniture_kind, is_note
from khplans.reading.tables.find import table_at
from khplans.text.letters import UPPER
from khplans.text.passage import Correction, Passage, Span, read_passage

_BARE_LABEL = re.compile(r"(?:phu luc|phu bieu|bieu mau|bieu|mau)(?: so)?(?: [\w]{1,5})?")
_SEEN = 400  # of a sentence, what can tell whether it goes on
_VERDICT = re.compile(
    r"(?:quyet dinh|quyet nghi|nghi quyet|chi thi|ra nghi quyet|quy dinh|ket luan)\W*$"
)
_TELEGRAPHS = re.compile(r"^[^.;:]*\bdien\s*:\s*(?:$|[^.\d]*;$)")
_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|T/M|T/L|K/T|T\.M|K\.T|T\.L|Q)[.\s]*[" + UPPER + "]")


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


def read_raw_blocks(
    source: str, corrections: Sequence[Correction], lines: Sequence[Line]
) -> list[RawBlock]:
    """The blocks of a document's body, its closing and annexes, in the order of their starts."""
    return _Reader(source, corrections, list(lines)).read()


class _Reader:
    """Walks the lines once; `part` is where in the document it is."""

    def __init__(self, source: str, corrections: Sequence[Correction], lines: list[Line]) -> None:
        self.source = source
        self.corrections = corrections
        self.lines = lines
        self.wrapping = read_hard_wrap(lines)
        self.marks = stamps(lines, 0, len(lines)) if lines else set()
        self.units: list[RawBlock] = []
        self.open: RawBlock | None = None
        self.text = ""
        self.part = "body"  # body, recipients, signature, signed, annex-head
        self.last: Line | None = None

    def read(self) -> list[RawBlock]:
        i = 0
        while i < len(self.lines):
            i = self.step(i)
        return self.units

    def step(self, i: int) -> int:
        """Take the line at `i`, or more; give the index of the next."""
        line = self.lines[i]
        if not line.raw:
            return i + 1
        if self.part not in ("recipients", "signature") and (after := self.table(i)):
            return after
        gap = self.last is not None and line.row - self.last.row > 1
        unfinished = (
            self.open is not None and self.open.kind == "paragraph" and not ended(self.text)
        )
        kind = "furniture" if i in self.marks else furniture_kind(line, unfinished, gap)
        if kind == "footnote":
            return self.note(i)
        self.last = line
        if kind:
            self.rule(line, unfinished)
        elif self.closing(line, i) or self.annex(line, i):
            pass
        else:
            self.paragraph(line)
        return i + 1

    def table(self, i: int) -> int | None:
        table = table_at(self.source, self.corrections, self.lines, i)
        if table is None:
            return None
        self.part = "body"
        self.open = None
        self.last = self.lines[table.stop - 1]
        begun = len(self.units)
        self.units += [
            RawBlock(row.kind, list(row.lines), list(row.spans), row.marker, row.cells, row.group)
            for row in table.rows
        ]
        self.units[begun].starts_table = True
        return table.stop

    def note(self, i: int) -> int:
        """A note and the lines that go on with it; the sentence above stays open."""
        stop = i + 1
        while (
            stop < len(self.lines)
            and self.lines[stop].row - self.lines[stop - 1].row == 1
            and self.lines[stop].text
            and not is_note(self.lines[stop])
            and not marker_of(self.lines[stop])
        ):
            stop += 1
        part = self.lines[i:stop]
        self.units.append(RawBlock("footnote", part, [line.span for line in part]))
        return stop

    def rule(self, line: Line, unfinished: bool) -> None:
        closes = is_rule(line) and "*" in line.raw and not unfinished
        self.units.append(RawBlock("furniture", [line], [line.span], closes=closes))
        if closes:
            self.open = None

    def closing(self, line: Line, i: int) -> bool:
        """Take a line of the recipients or the signature; say whether it was one."""
        if opening_words("recipients").match(line.key) and len(line.text) < 500:
            self.part = "recipients"
            self.open = None
        elif self.part != "annex-head" and self.signs(line, i):
            if self.part != "signature":
                self.open = None
            self.part = "signature"
        elif self.part == "signed":
            if not (person_name(line.text) or line.raw.startswith(("-", "+"))):
                self.part = "annex-head"
                self.open = None
        elif self.part in ("recipients", "signature") and self.opens_annex(line, i):
            self.part = "annex-head"
            self.open = None
        if self.part not in ("recipients", "signature", "signed"):
            return False
        kind: BlockKind = "recipients" if self.part == "recipients" else "signature"
        if self.open and self.open.kind == kind:
            self.open.add(line)
        else:
            self.open = RawBlock(kind, [line], [line.span])
            self.units.append(self.open)
        if kind == "signature" and person_name(line.text):
            self.part = "signed"
        return True

    def signs(self, line: Line, i: int) -> bool:
        if len(line.text) > 160:
            return False
        if _BEHALF.match(line.text) and opening_words("on_behalf").match(line.key):
            return True
        if signs_in_small_letters(self.lines, i):
            return True
        if not is_head_of_body(line) or line.text.endswith(":"):
            return False
        if self.part in ("recipients", "signature", "signed"):
            return True
        return any(person_name(after.text) for after in self.lines[i + 1 : i + 4])

    def opens_annex(self, line: Line, i: int) -> bool:
        if line.raw.startswith(("-", "+")) or person_name(line.text):
            return False
        return is_annex_label(line) or is_caption(line) or kind_line(line) is not None

    def annex(self, line: Line, i: int) -> bool:
        """Take a line of an annex's title; say whether it was one."""
        label = is_annex_label(line)
        if self.part != "annex-head":
            attached = not label and kind_line(line) is not None
            if not (label or attached):
                return False
            short = label and line.capitals and len(line.text) < 40
            if not short and not any(is_caption(after) for after in self.lines[i : i + 6]):
                return False
            self.part = "annex-head"
            self.open = None
        if self.own_letterhead(line, i):
            return True
        caption = is_caption(line)
        stressed = line.capitals or line.bold or line.hashes
        named = caption or bool(_BARE_LABEL.fullmatch(line.key)) or kind_line(line) is not None
        near = any(is_caption(after) for after in self.lines[i + 1 : i + 3])
        if (marker_of(line) and not caption) or not (
            named or label or stressed or (near and len(line.text) < 300)
        ):
            self.part = "body"
            return False
        kind: BlockKind = "title" if named else "heading"
        if self.open and self.open.annex and self.open.kind == kind == "heading":
            self.open.add(line)
        else:
            self.open = RawBlock(kind, [line], [line.span], annex=True)
            self.units.append(self.open)
        return True

    def own_letterhead(self, line: Line, i: int) -> bool:
        """Take a line of an annex's own letterhead: motto, number, or the issuer above them."""
        ahead = self.lines[i + 1 : i + 5]
        motto = len(line.text) < 120 and MOTTO.search(line.low)
        issuer = line.capitals and any(x.capitals and MOTTO.search(x.low) for x in ahead)
        if not motto and not issuer:
            return False
        if self.open and self.open.annex and self.open.kind == "letterhead":
            self.open.add(line)
        else:
            self.open = RawBlock("letterhead", [line], [line.span], annex=True)
            self.units.append(self.open)
        return True

    def addressing(self, line: Line, marker: Marker | None) -> bool:
        """Take a line of those to whom a letter or telegram goes (`Kính gửi:`, `THỦ TƯỚNG … điện:`)."""
        telegraphs = marker is None and _TELEGRAPHS.search(line.low[:160])
        opens = line.key.startswith("kinh gui") or bool(telegraphs)
        listed = self.open is not None and self.open.kind == "recipients" and marker is not None
        if opens:
            self.open = RawBlock("recipients", [line], [line.span])
            self.units.append(self.open)
        elif listed and marker and marker.bullet and self.open:
            self.open.add(line)
        else:
            return False
        return True

    def paragraph(self, line: Line) -> None:
        marker = marker_of(line)
        if self.addressing(line, marker):
            return
        goes_on = (
            self.open is not None
            and self.open.kind == "paragraph"
            and CONTINUES.decide(
                Join(self.text, self.open.marker, self.open.lines[-1], line, marker, self.wrapping)
            )
        )
        if goes_on and self.open:
            self.open.add(line)
            self.text = f"{self.text[-_SEEN:]} {line.text}"
            return
        verdict = line.capitals and _VERDICT.match(line.key)
        kind: BlockKind = "title" if verdict else "paragraph"
        self.open = RawBlock(kind, [line], [line.span], marker)
        self.text = line.text
        self.units.append(self.open)
