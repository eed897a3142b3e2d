"""`find_indicators`: from a document's blocks to its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from khplans.extraction.indicators.context import Contexts
from khplans.extraction.indicators.prose import Found, read_prose
from khplans.model import Document, Indicator

_ORDERS = frozenset({"task", "organisation"})
_SILENT = frozenset({"letterhead", "title", "columns", "recipients", "signature", "furniture"})


def find_indicators(document: Document) -> list[Indicator]:
    """The numbers that measure the province's economy, society, budget or environment, in order.

    See tests/gold/README.md for what counts and for the fields; `parent` is an index into the
    list that is returned.
    """
    contexts = Contexts(document)
    indicators: list[Indicator] = []
    for index, block in enumerate(document.blocks):
        context = contexts.enter(index, block)
        if block.kind in _SILENT:
            continue
        for passage in [c.text for c in block.cells if len(c.text) > 20] or [block.text]:
            found, frame = read_prose(passage, context)
            contexts.leave(frame if found and context.setting.role not in _ORDERS else None)
            base = len(indicators)
            for item in found:
                parent = None if item.parent is None else base + item.parent
                indicators.append(replace(item.indicator, parent=parent))
    return indicators
