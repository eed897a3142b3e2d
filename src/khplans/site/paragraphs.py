"""A plan's text in the pieces in which it is shown and found: its lines, those of one paragraph as one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from khplans.site.data import PlanFile, Row, SiteData
from khplans.text.passage import Span

_FLOWING = frozenset({"paragraph", "item", "heading", "footnote"})
"""The kinds of blocks whose lines end where the paper did: not those that stand in lines of their own."""


def paragraphs(collection: SiteData, plan: PlanFile) -> list[Span]:
    """The pieces of a plan's text in their order, blank lines too."""
    blocks = [row for row in collection.tables["blocks"] if row["plan_id"] == plan.plan_id]
    return list(pieces(plan.text, blocks))


def pieces(text: str, blocks: Sequence[Row]) -> Iterator[Span]:
    """The lines of a text, but those as one that stand in one flowing block.

    >>> printed = "1. Sở Y tế kiểm tra\\nan toàn thực phẩm.\\n\\nNơi nhận:"
    >>> [one.of(printed) for one in pieces(printed, [{"kind": "item", "start": 0, "end": 38}])]
    ['1. Sở Y tế kiểm tra\\nan toàn thực phẩm.', '', 'Nơi nhận:']
    """
    flowing = sorted((b["start"], b["end"]) for b in blocks if b["kind"] in _FLOWING)
    starts = [start for start, _ in flowing]

    def goes_on(above: str, end: int, line: str) -> bool:
        """Whether the block that the line above, to its end, stands in has words of the line."""
        if not above.strip() or not line.strip() or "\t" in above + line:
            return False
        number = bisect_left(starts, end) - 1
        return number >= 0 and flowing[number][1] > end + 1

    begun = place = 0
    above: str | None = None
    for line in text.split("\n"):
        if above is not None and not goes_on(above, place - 1, line):
            yield Span(begun, place - 1)
            begun = place
        above = line
        place += len(line) + 1
    yield Span(begun, len(text))
