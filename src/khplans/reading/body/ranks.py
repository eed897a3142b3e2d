"""The rank of what a block may open in the outline: the smaller, the higher it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from khplans.model import Source
from khplans.reading.body.raw_blocks import RawBlock, read_raw_blocks
from khplans.reading.layout.laid_out import lay_out
from khplans.reading.lines.line import Line
from khplans.reading.lines.markers import RANK, UNNUMBERED, Marker
from khplans.rules import Rule, Rules, always, once
from khplans.text.passage import Passage, Span

IN_TABLE = 100
"""Ranks from here on are of a table's rows: they stand below every heading of the text around it."""
_ANNEX = 1
_CAPITALS = RANK["capital"] + 5  # a heading in capitals stands above Roman numbers
_HASHES = RANK["capital"] + 2  # and so does one of Markdown's, by the number of its `#`
_OUTER_ARTICLE = RANK["capital"] - 1
_INTRODUCTION = UNNUMBERED + 1


@dataclass(frozen=True)
class OutlineEntry:
    """A block on its way into the outline: its words without its marker, and its rank.

    `rank` is None where it can't open anything.
    """

    block: RawBlock
    words: Passage
    rank: int | None = None

    @property
    def span(self) -> Span:
        return self.block.span

    @property
    def marker(self) -> Marker | None:
        return self.block.marker

    @property
    def line(self) -> Line:
        """Its first line."""
        return self.block.lines[0]

    @once
    def text(self) -> str:
        return self.words.text

    @property
    def short(self) -> bool:
        """Whether it is a paragraph no longer than headings are."""
        return self.block.kind == "paragraph" and len(self.text) < 200

    @property
    def unended(self) -> bool:
        """Whether it ends without the mark of a sentence or of a list's item."""
        return not self.text.endswith((".", ";", ","))


def entries_of(text: str) -> list[OutlineEntry]:
    """The ranked blocks of a text that is all body: examples are made of it.

    >>> [entry.rank for entry in entries_of("I. NHIỆM VỤ\\n1. Sở Y tế:\\n- Báo cáo.")]
    [30, 50, 80]
    """
    source = Source("example", text)
    laid = lay_out(source)
    return rank_blocks(source, read_raw_blocks(laid.lines, laid.tables))


def _case_of(text: str) -> OutlineEntry:
    """The last block of a text."""
    return entries_of(text)[-1]


# fmt: off
RANKS: Rules[OutlineEntry, Callable[[OutlineEntry], int | None]] = Rules("rank", _case_of, (
    Rule("annex-heading", ("PHỤ LỤC\nDANH MỤC NHIỆM VỤ TRỌNG TÂM",),
         lambda entry: entry.block.annex and entry.block.kind == "heading", lambda entry: _ANNEX),
    Rule("number-of-a-row", ("|TT|Nhiệm vụ|Cơ quan chủ trì|\n|1|Trồng rừng|Sở Nông nghiệp|",),
         lambda entry: entry.marker and entry.block.cells, lambda entry: _marked(entry) + IN_TABLE),
    Rule("marker", ("II. NHIỆM VỤ",),
         lambda entry: entry.marker, lambda entry: _marked(entry)),
    Rule("long-or-no-paragraph", ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",),
         lambda entry: not entry.short, lambda entry: None),
    Rule("markdown-heading", ("## Mục tiêu",),
         lambda entry: entry.line.hashes, lambda entry: _HASHES + entry.line.hashes),
    Rule("bold-line", ("**Về nông nghiệp**",),
         lambda entry: entry.line.bold, lambda entry: _INTRODUCTION),
    Rule("capitals", ("NHIỆM VỤ TRỌNG TÂM",),
         lambda entry: entry.line.capitals and entry.unended, lambda entry: _CAPITALS),
    Rule("introduction-of-a-list", ("Các sở, ngành có trách nhiệm:",),
         lambda entry: entry.text.endswith(":") and len(entry.text) < 90, lambda entry: _INTRODUCTION),
    Rule("running-text", ("Sở Y tế báo cáo kết quả.",),
         always, lambda entry: None),
))
# fmt: on


def _marked(entry: OutlineEntry) -> int:
    assert entry.marker is not None
    return entry.marker.level


def rank_blocks(source: Source, blocks: Sequence[RawBlock]) -> list[OutlineEntry]:
    """The blocks with their words and ranks."""
    entries = [OutlineEntry(block, block.words(source)) for block in blocks]
    ranks = [RANKS.decide(entry)(entry) for entry in entries]
    _rank_articles(blocks, ranks)
    _rank_hashes(blocks, ranks)
    return [replace(entry, rank=rank) for entry, rank in zip(entries, ranks, strict=True)]


def _rank_articles(blocks: Sequence[RawBlock], ranks: list[int | None]) -> None:
    """Rank articles above Roman numbers where the first of these stands below an article.

    A resolution has `I.` inside `Điều 1`, a regulation its articles inside `Mục I`. A division right above an
    article holds it.

    >>> [entry.rank for entry in entries_of("Điều 1. Thông qua\\nI. Mục tiêu\\n1. Chung")]
    [23, 30, 50]
    >>> [entry.rank for entry in entries_of("Điều 1. Chung\\nMục 2. RIÊNG\\nĐiều 2. Việc")]
    [23, 22, 23]
    >>> [entry.rank for entry in entries_of("I. QUY ĐỊNH CHUNG\\nĐiều 1. Phạm vi")]
    [30, 40]
    """
    articles_outside: bool | None = None
    for k, block in enumerate(blocks):
        if block.annex or block.kind in ("recipients", "signature"):
            articles_outside = None
        kind = block.marker.kind if block.marker and not block.cells else None
        if articles_outside is None and kind in ("article", "roman", "capital"):
            articles_outside = kind == "article"
        if articles_outside and kind == "article":
            ranks[k] = _OUTER_ARTICLE
            if k and _is_division(blocks[k - 1]):
                ranks[k - 1] = _OUTER_ARTICLE - 1


def _is_division(block: RawBlock) -> bool:
    """Whether a block is a part of a law by its marker (`Điều 1`), outside of tables.

    >>> from khplans.reading.layout.items import numbered_lines
    >>> lines = numbered_lines("Mục 1. Rừng\\n1. Trồng\\nRừng")
    >>> [_is_division(RawBlock("paragraph", [line], marker=line.marker)) for line in lines]
    [True, False, False]
    """
    return block.marker is not None and block.marker.kind == "division" and not block.cells


def _rank_hashes(blocks: Sequence[RawBlock], ranks: list[int | None]) -> None:
    """Rank Markdown's headings without a number below numbered ones of fewer `#`.

    >>> [entry.rank for entry in entries_of("# 1. Nông nghiệp\\n## Trồng trọt")]
    [50, 51]
    """
    above: list[tuple[int, int]] = []
    for k, block in enumerate(blocks):
        rank, hashes = ranks[k], block.lines[0].hashes
        if rank is None or not hashes or block.cells:
            continue
        while above and above[-1][0] >= hashes:
            above.pop()
        if not block.marker and above:
            ranks[k] = rank = max(rank, above[-1][1] + 1)
        above.append((hashes, rank))
