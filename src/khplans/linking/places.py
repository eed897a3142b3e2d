"""Where a span of a document stands: in which block, section and task."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from khplans.model import Document, Task
from khplans.text.passage import Span


class Places:
    """Looks up what stands around a span of one document, in logarithmic time."""

    def __init__(self, document: Document, tasks: Sequence[Task]) -> None:
        self._document = document
        self._order = sorted(
            range(len(document.blocks)), key=lambda block: document.blocks[block].span.start
        )
        self._starts = [document.blocks[block].span.start for block in self._order]
        self._tasks = tasks
        self._by_start = sorted(range(len(tasks)), key=lambda task: tasks[task].span.start)
        self._task_starts = [tasks[task].span.start for task in self._by_start]
        self._of_block: defaultdict[int, list[int]] = defaultdict(list)
        for number, task in enumerate(tasks):
            self._of_block[task.block].append(number)

    def block(self, span: Span) -> int | None:
        """The block that the span starts in, or None between blocks."""
        place = bisect_right(self._starts, span.start) - 1
        if place < 0:
            return None
        block = self._order[place]
        return block if span.start < self._document.blocks[block].span.end else None

    def section(self, span: Span) -> int | None:
        """The section of that block, or None outside every section."""
        block = self.block(span)
        return None if block is None else self._document.blocks[block].section

    def task(self, span: Span) -> int | None:
        """The task in whose words the span stands, or whose table row it stands in."""
        place = bisect_right(self._task_starts, span.start) - 1
        if place >= 0 and span in self._tasks[self._by_start[place]].span:
            return self._by_start[place]
        block = self.block(span)
        if block is None or not self._document.blocks[block].cells:
            return None
        here = self._of_block[block]
        return here[0] if len(here) == 1 else None
