"""`find_indicators`: from a document's blocks to its indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khplans.extraction.indicators.context import Contexts
from khplans.extraction.indicators.prose import read_prose
from khplans.extraction.indicators.result import Found
from khplans.extraction.indicators.tables import Rows, is_row_of_figures, read_row
from khplans.model import Block, Document, Indicator
from khplans.text.passage import Passage

_SILENT = frozenset({"letterhead", "title", "columns", "recipients", "signature", "furniture"})
# Legislation sets norms; its numbers measure nothing.
_NORMATIVE = frozenset(
    {"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"}
)
_ORDERS = frozenset({"task", "organisation"})
_NOT_PROSE = frozenset({"label", "unit", "value", "deadline", "lead", "coordinate"})


def find_indicators(document: Document) -> list[Indicator]:
    """The numbers that measure the province's economy, society, budget or environment, in order.

    See tests/gold/README.md for what counts and for the fields; `parent` is an index into the
    list that is returned. Never raises, whatever the text.
    """
    if document.document_type in _NORMATIVE:
        return []
    contexts = Contexts(document)
    rows = Rows()
    indicators: list[Indicator] = []
    for block in document.blocks:
        context = contexts.enter(block)
        if block.kind in _SILENT:
            rows = Rows()
        elif is_row_of_figures(block):
            _add(indicators, read_row(block, context, rows))
        else:
            for passage in _prose(block):
                found, frame = read_prose(passage, context)
                _add(indicators, found)
                if block.kind != "footnote":
                    tells = found or (context.setting.reports and frame != context.period)
                    holds = tells and context.setting.role not in _ORDERS
                    contexts.leave(frame if holds else None)
    return indicators


def _prose(block: Block) -> list[Passage]:
    """The running text of a block: of a row its wordy cells, not the columns for who and when."""
    if not block.cells:
        return [block.text]
    return [cell.text for cell in block.cells if cell.text and cell.role not in _NOT_PROSE]


def _add(indicators: list[Indicator], found: Iterable[Found]) -> None:
    base = len(indicators)
    for item in found:
        parent = None if item.parent is None else base + item.parent
        indicators.append(replace(item.indicator, parent=parent))
