"""The outline of a document: its blocks put under the sections that stand open as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from khplans.knowledge.headings import role_within
from khplans.model import Block, BlockKind, Cell, Doubt, Section, Source
from khplans.reading.body.headings import Opening, closes_document, find_openings
from khplans.reading.body.misread_romans import right_letters, right_romans
from khplans.reading.body.ranks import IN_TABLE, OutlineEntry, entries_of, rank_blocks
from khplans.reading.body.raw_blocks import RawBlock
from khplans.reading.lines.markers import UNNUMBERED
from khplans.rules import Rule, Rules, always
from khplans.text.passage import Passage, Span


@dataclass(frozen=True, slots=True)
class OpenSection:
    """A section that stands open; `item` says that it is a numbered item with something below it."""

    index: int
    rank: int
    item: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A block that comes, and the one before it."""

    entry: OutlineEntry
    before: OutlineEntry | None

    @property
    def span(self) -> Span:
        return self.entry.span

    @property
    def block(self) -> RawBlock:
        return self.entry.block

    @property
    def begins_annex(self) -> bool:
        """Whether it is the first line of an annex's title."""
        return self.block.annex and not (self.before and self.before.block.annex)

    @property
    def apart(self) -> bool:
        """Whether it is no part of the text around it: a page number, a note."""
        return self.block.kind in ("furniture", "footnote")

    @property
    def running(self) -> bool:
        """Whether it is a paragraph that opens nothing."""
        return self.block.kind == "paragraph" and self.entry.rank is None


def _case_of(text: str) -> Arrival:
    """The last block of a text."""
    entries = entries_of(text)
    return Arrival(entries[-1], entries[-2] if len(entries) > 1 else None)


def _all(section: OpenSection, entry: OutlineEntry) -> bool:
    return True


def _none(section: OpenSection, entry: OutlineEntry) -> bool:
    return False


def _of_tables(section: OpenSection, entry: OutlineEntry) -> bool:
    return section.rank >= IN_TABLE


_ROWS = "|TT|Nhiệm vụ|Cơ quan chủ trì|\n|1|Trồng rừng|Sở Nông nghiệp|\n"

# fmt: off
ENDS: Rules[Arrival, Callable[[OpenSection, OutlineEntry], bool]] = Rules("ends-sections", _case_of, (
    Rule("line-of-stars", ("Sở Y tế báo cáo kết quả.\n* * *",),
         lambda arrival: arrival.block.closes, _all),
    Rule("recipients-or-signature", ("1. Sở Y tế báo cáo.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",),
         lambda arrival: arrival.block.kind in ("recipients", "signature"), _all),
    Rule("annex-begins", ("1. Sở Y tế báo cáo.\nPHỤ LỤC I",),
         lambda arrival: arrival.begins_annex, _all),
    Rule("table-begins", ("|TT|Nhiệm vụ|Cơ quan chủ trì|",),
         lambda arrival: arrival.block.starts_table, _of_tables),
    Rule("own-rank", ("I. NHIỆM VỤ\n1. Sở Y tế báo cáo.\nII. TỔ CHỨC THỰC HIỆN",),
         lambda arrival: arrival.entry.rank is not None,
         lambda section, entry: entry.rank is not None and section.rank >= entry.rank),
    Rule("row-without-number", (_ROWS + "||Chăm sóc rừng|Sở Nông nghiệp|",),
         lambda arrival: arrival.block.cells, _none),
    Rule("page-number-or-note", ("1. Sở Y tế báo cáo.\n- 2 -",),
         lambda arrival: arrival.apart, _none),
    Rule("closing-words", ("1. Sở Y tế báo cáo.\nYêu cầu các sở nghiêm túc thực hiện./.",),
         lambda arrival: arrival.running and closes_document(arrival.block),
         lambda section, entry: section.item or section.rank >= UNNUMBERED),
    Rule("running-text", ("Các sở có trách nhiệm:\n- Báo cáo.\nSở Y tế tổng hợp kết quả.",),
         lambda arrival: arrival.running,
         lambda section, entry: section.rank >= UNNUMBERED),
    Rule("title", (_ROWS + "QUYẾT ĐỊNH:",),
         always, _of_tables),
))
# fmt: on


class _Outline:
    """The blocks and sections so far, and the sections that stand open, the outermost first."""

    def __init__(self, letterhead: Sequence[Block]) -> None:
        self.blocks = list(letterhead)
        self.sections: list[Section] = []
        self.doubts: list[Doubt] = []
        self.open: list[OpenSection] = []
        self.annexes = 0
        self.numbers: dict[tuple[int | None, int | None], tuple[int, ...]] = {}

    @property
    def innermost(self) -> int | None:
        """The index of the section that a block stands in, None before the first."""
        return self.open[-1].index if self.open else None

    def close(self, arrival: Arrival) -> None:
        """Close the sections that end where a block comes."""
        ends = ENDS.decide(arrival)
        while self.open and ends(self.open[-1], arrival.entry):
            self.open.pop()

    def check_number(self, entry: OutlineEntry) -> None:
        """Doubt a number that follows none of those that stand above it in its section.

        After a doubt either numbering may go on.
        """
        marker = entry.marker
        orders = marker.orders if marker else ()
        if not marker or not orders:
            return
        place = (self.innermost, entry.rank)
        before = self.numbers.get(place, ())
        expected = not before or any(n == 1 or n - 1 in before for n in orders)
        self.numbers[place] = orders if expected else (*orders, before[0] + 1)
        if not expected:
            facts = {"marker": marker.label, "before": str(before[0])}
            self.doubts.append(Doubt("marker-out-of-order", entry.span, facts))

    def add(self, entry: OutlineEntry, opening: Opening) -> None:
        """Put a block into the innermost section, and open its own."""
        block = entry.block
        self.annexes += block.annex and block.kind == "heading"
        text = _row_text(block.cells) if block.cells else entry.words
        kind, label = _kind(block, opening), _label(block)
        self.blocks.append(
            Block(
                kind,
                text,
                block.span,
                label,
                self.innermost,
                block.cells,
                tuple(block.spans),
                block.reason,
            )
        )
        if opening != "nothing" and entry.rank is not None:
            self.open_section(entry, opening, entry.rank)

    def open_section(self, entry: OutlineEntry, opening: Opening, rank: int) -> None:
        """Open a section at the block that was put last; a heading stands in its own."""
        block = self.blocks[-1]
        marker = entry.marker.bare if entry.marker else ""
        above = self.sections[block.section] if block.section is not None else None
        path, role = (above.path, above.role) if above else ("", "other")
        if opening == "heading":
            role = role_within(block.text.text, role)
        index = len(self.sections)
        self.sections.append(
            Section(
                marker, "/".join(filter(None, (path, marker))), block.text, block.span,
                block.section, len(self.blocks) - 1, self.annexes, role,
            )
        )  # fmt: skip
        self.open.append(OpenSection(index, rank, bool(marker) and block.kind == "item"))
        if opening == "heading":
            self.blocks[-1] = replace(block, section=index)

    def stretched(self) -> list[Section]:
        """The sections, each up to the end of its last block."""
        ends = [section.span.end for section in self.sections]
        for block in self.blocks:
            index = block.section
            while index is not None:
                ends[index] = max(ends[index], block.span.end)
                index = self.sections[index].parent
        return [
            replace(section, span=Span(section.span.start, end))
            for section, end in zip(self.sections, ends, strict=True)
        ]


def read_outline(
    source: Source, raw_blocks: Sequence[RawBlock], letterhead: Sequence[Block]
) -> tuple[list[Block], list[Section], list[Doubt]]:
    """A document's blocks, those of its letterhead first, its sections and what is doubtful.

    >>> text = "I. NHIỆM VỤ\\n1. Sở Y tế:\\n- Báo cáo.\\nII. TỔ CHỨC THỰC HIỆN"
    >>> raw_blocks = [entry.block for entry in entries_of(text)]
    >>> blocks, sections, doubts = read_outline(Source("example", text), raw_blocks, ())
    >>> [(block.kind, sections[block.section].path) for block in blocks]
    [('heading', 'I'), ('heading', 'I/1'), ('item', 'I/1'), ('heading', 'II')]
    """
    outline = _Outline(letterhead)
    outline.doubts += [*right_letters(raw_blocks), *right_romans(raw_blocks)]
    entries = rank_blocks(source, raw_blocks)
    before = None
    for entry, opening in zip(entries, find_openings(entries), strict=True):
        outline.close(Arrival(entry, before))
        outline.check_number(entry)
        outline.add(entry, opening)
        before = entry
    return outline.blocks, outline.stretched(), outline.doubts


def _kind(block: RawBlock, opening: Opening) -> BlockKind:
    """What a block is once it is known what it opens.

    >>> [(_kind(entry.block, "nothing"), _kind(entry.block, "heading")) for entry in entries_of("1. Sở Y tế")]
    [('item', 'heading')]
    """
    if block.group and block.cells:
        return "heading"
    if block.kind != "paragraph":
        return block.kind
    if opening == "heading":
        return "heading"
    return "item" if block.marker else "paragraph"


def _label(block: RawBlock) -> str | None:
    """A block's label as printed: a row's is in the column for it.

    >>> [_label(entry.block) for entry in entries_of(_ROWS)]
    [None, '1']
    """
    if block.kind == "columns":
        return None
    in_its_column = (cell.text.text for cell in block.cells if cell.role == "label" and cell.own)
    marked = block.marker.label if block.marker else None
    return next((label.rstrip(".") for label in in_its_column), marked)


def _row_text(cells: Sequence[Cell]) -> Passage:
    """The words that stand for a row: its task, or its name, or its first words, or its number.

    >>> words = Passage("Trồng rừng", ())
    >>> _row_text([Cell("label", "TT", Passage("1", ())), Cell("task", "Nhiệm vụ", words)]).text
    'Trồng rừng'
    """
    order = {"task": 0, "name": 1, "label": 3}
    filled = (cell for cell in cells if cell.own)
    first = min(filled, key=lambda cell: order.get(cell.role, 2), default=None)
    return first.text if first else Passage("")
