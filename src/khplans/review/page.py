"""The page on which a plan is looked over: its frame, its text with the words marked, its state as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from khplans.errors import KhplansError, in_language
from khplans.intake.review_file import judged_columns
from khplans.knowledge.schema import knowledge_schema
from khplans.knowledge.table import read_table
from khplans.knowledge.units import is_known_unit, unit_of, units
from khplans.model import Source
from khplans.review.items import JUDGEMENTS, Item, page_of, told_of_columns, words_in
from khplans.review.names import unknown_names
from khplans.review.session import Session, State, told_of
from khplans.site.highlight import Highlight, mark
from khplans.site.languages import Language
from khplans.site.markup import esc
from khplans.tables.definition import table
from khplans.text.passage import Span
from khplans.text.visible import visible

_KINDS = {"tasks": "t", "indicators": "i", "citations": "c", "warnings": "w"}
"""The style of the marks of each table; a document's and a section's words have none of their own."""
_QUOTED = 600
ADDED = ("tasks", "indicators", "citations")


def shell(session: Session, words: Language) -> str:
    """The page without what is asked; `review.js` fills it in."""
    frame = (files("khplans.review") / "assets" / "frame.html").read_text("utf-8")
    title = esc(session.state.plan.title)
    told = {**_labels(words), "title": title, "lang": words.code, "other": words.other.code}
    for name, label in told.items():
        frame = frame.replace(f"[[{name}]]", label)
    return frame


def _labels(words: Language) -> dict[str, str]:
    """The words of the frame in one language."""
    return {row["name"]: esc(words(row["vi"], row["en"])) for row in _wording()}


@cache
def _wording() -> Sequence[Mapping[str, str]]:
    import csv

    written = (files("khplans.review") / "assets" / "words.csv").read_text("utf-8")
    return tuple(csv.DictReader(written.splitlines()))


def config(words: Language) -> dict[str, Any]:
    """What does not change while a plan is looked over: columns, known names, reasons, the words of messages."""
    said = {row["name"]: words(row["vi"], row["en"]) for row in _wording()}
    return {
        "columns": told_of_columns(words.code),
        "tables": {name: words.table(name) for name in (*judged_columns(), "warnings")},
        "added": ADDED,
        "kinds": [
            [v.value, words(v.label, v.label_en)]
            for v in table("agencies").field("kind").values
            if v.value in knowledge_schema("agencies").fields[2].enum
        ],
        "themes": [[r["theme"], words(r["name"], r["name_en"])] for r in read_table("themes")],
        "agencies": sorted({row["name"] for row in read_table("agencies")}),
        "types": sorted({row["name"] for row in read_table("document_types")}),
        "measures": sorted({row["name"] for row in read_table("measures")}),
        "units": sorted({words(one.name, one.name_en) for one in units().values()}),
        "reasons": [text for name, text in said.items() if name.startswith("reason-")],
        "said": said,
    }


def state_of(session: Session, words: Language) -> dict[str, Any]:
    """What is asked, in its order, with how far it has come."""
    state = session.state
    return {
        "serial": state.serial,
        "assumed": state.assumed,
        "elapsed": session.elapsed,
        "text": text_version(state),
        "error": visible(in_language(state.error, words.code)),
        "undo": session.pages_to_undo,
        "items": [_item(state, item, words) for item in state.items],
    }


def _item(state: State, item: Item, words: Language) -> dict[str, Any]:
    source = state.plan.source
    span = item.words if item.table == "sections" else item.span
    quoted = item.lapsed[0].words if item.table == JUDGEMENTS else as_corrected(source, span)
    return {
        "key": item.key,
        "seen": told_of(item),
        "table": item.table,
        "rank": item.rank,
        "reviewed": words.value(item.table, "reviewed", item.row.get("reviewed")),
        "place": item.row.get("section") or item.row.get("path") or "",
        "page": page_of(source, item.span.start),
        "words": [item.words.start, item.words.end],
        "quote": visible(quoted[:_QUOTED]) + ("…" if len(quoted) > _QUOTED else ""),
        "values": {column: visible(value) for column, value in item.values.items()},
        "unit": _unit_name(item.values.get("unit", ""), words),
        "proposed": [
            [
                one.span.start,
                one.span.end,
                visible(one.before),
                one.after,
                in_language(one.reason, words.code),
            ]
            for one in state.proposed
            if one.span.overlaps(item.words)
        ],
        "doubts": [
            [d["severity"], visible(words(d["message"], d["message_en"])), d["code"]]
            for d in item.doubts
        ],
        "unknown": [
            [one.table, visible(one.name), [visible(name) for name in one.near]]
            for one in unknown_names(item)
        ],
        "inferred": [words.value(*label.split(".")) for label in item.inferred],
    }


def as_corrected(source: Source, span: Span) -> str:
    """The words of a stretch as they are read: those that were corrected as they should be.

    >>> from khplans.text.passage import Correction
    >>> source = Source("p", "Sở Y te báo cáo", (Correction(Span(5, 7), "te", "tế", ""),))
    >>> as_corrected(source, Span(0, 7))
    'Sở Y tế'
    """
    parts, at = [], span.start
    for one in source.corrections:
        if at <= one.span.start and one.span.end <= span.end:
            parts += [source.text[at : one.span.start], one.after]
            at = one.span.end
    return "".join([*parts, source.text[at : span.end]])


def cells_shown(session: Session, start: int, end: int, words: Language) -> dict[str, Any]:
    """The rows of a table at some words, each piece with its row, column, how many of each, and table; or what is wrong."""
    try:
        found = session.cells(session.words_at(start, end))
    except KhplansError as error:
        return {"refused": error.in_language(words.code)}
    return {
        "span": [found.span.start, found.span.end],
        "now": found.now,
        "names": [visible(name) for name in found.names],
        "heads": found.heads,
        "whole": [found.whole.start, found.whole.end],
        "pieces": [
            [p.span.start, p.span.end, *((q.row, q.column, q.rows, q.columns, q.table) if (q := p.place) else ())]
            for p in found.pieces
        ],
    }  # fmt: skip


def _unit_name(unit_id: str, words: Language) -> str:
    unit = unit_of(unit_id)
    return words(unit.name, unit.name_en) if is_known_unit(unit) else visible(unit_id)


def text_version(state: State) -> str:
    """Tells the marks in the text of one state from those of another."""
    marked = sorted(item.key for item in state.items)
    told = repr((marked, state.plan.source.corrections, len(state.words)))
    return sha256(told.encode()).hexdigest()[:16]


def plan_of(state: State) -> dict[str, Any]:
    """The plan as the page shows it: its text, the pages of a scan, the items that the marks are of."""
    return {
        "text": text_of(state),
        "sheets": sheets_of(state),
        "keys": [item.key for item in state.items],
        "source": state.plan.source.text,
    }


def text_of(state: State) -> str:
    """The plan's text, line by line, with the words of each item marked by its number."""
    text = state.plan.source.text
    marks = sorted(_marks(state), key=lambda pair: pair[1].start)
    out, position, reached = [], 0, 0
    for line in text.split("\n"):
        start, position = position, position + len(line) + 1
        while reached < len(marks) and marks[reached][1].end <= start:
            reached += 1
        end = start + len(line.rstrip("\r"))
        inside = [(n, h) for n, h in _from(marks, reached, end) if h.end > start]
        if line.strip():
            out.append(f'<p data-s="{start}">{mark(text, start, end, inside)}</p>')
    return "\n".join(out)


def _from(
    marks: Sequence[tuple[int, Highlight]], first: int, end: int
) -> Iterator[tuple[int, Highlight]]:
    for place in range(first, len(marks)):
        if marks[place][1].start >= end:
            return
        yield marks[place]


def _marks(state: State) -> Iterator[tuple[int, Highlight]]:
    for number, item in enumerate(state.items):
        span = item.words
        if span.start == span.end:
            continue
        yield number, Highlight(span.start, span.end, _KINDS.get(item.table, "h"), f"k{number}")
    for correction in state.plan.source.corrections:
        span = correction.span
        yield len(state.items), Highlight(span.start, span.end, "x", "", correction.after)


def sheets_of(state: State) -> str:
    """The pages of a scan or PDF, with a frame around each word of an item; empty where no word has a place."""
    layout = state.plan.source.layout
    if layout is None or not state.words:
        return ""
    boxes: dict[int, list[str]] = {page.number: [] for page in layout.pages}
    for number, item in enumerate(state.items):
        for word in words_in(state.words, item.words):
            x, y, right, bottom = word.box
            kind = _KINDS.get(item.table, "h")
            boxes.setdefault(word.page, []).append(
                f'<rect class="{kind}" data-k="{number}" data-s="{word.span.start}" x="{x:.1f}" y="{y:.1f}" '
                f'width="{max(0.0, right - x):.1f}" height="{max(0.0, bottom - y):.1f}"/>'
            )
    return "\n".join(
        f'<div class="sheet" data-page="{page.number}"><img loading="lazy" alt="" src="page/{page.number}.webp" '
        f'width="{page.width:.0f}" height="{page.height:.0f}"><svg aria-hidden="true" viewBox="0 0 {page.width:.1f} {page.height:.1f}">'
        f"{''.join(boxes[page.number])}</svg></div>"
        for page in layout.pages
    )


def as_json(value: object) -> bytes:
    """JSON for the page."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
