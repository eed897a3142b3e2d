"""A plan's whole text: its paragraphs as blocks, its sections as headings, its rows as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import PlanFile, Row
from khplans.site.highlight import Highlight, mark
from khplans.site.markup import SitePage, anchor, esc
from khplans.site.pages.naming import document_name
from khplans.site.pages.plan_notes import KINDS, row_note
from khplans.site.paragraphs import paragraphs
from khplans.site.row_places import KEYS, NOTED
from khplans.text.passage import Span

_LONG_HEADING = 250
_TOP = 2
"""The level of the heading that the text is below."""


@dataclass
class _TextWriter:
    """The state of writing one plan's text: what to mark and what stands where."""

    catalogue: Catalogue
    plan: PlanFile
    page: SitePage
    highlights: list[tuple[int, Highlight]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    """Number of a highlight → its note."""
    done: set[int] = field(default_factory=set)
    """Numbers of the notes already written."""
    headings: dict[str, int] = field(default_factory=dict)
    """Level of each section that became a heading."""
    reached: int = 0
    """Highlights before this index end before the text written so far."""


@dataclass(frozen=True)
class ShownLine:
    """A paragraph or line of the text as a block, or as a row of a table; `level` is that of a heading."""

    start: int
    html: str
    row: bool = False
    level: int = 0


def plan_text(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> list[ShownLine]:
    """The text, piece by piece: every character of the source, marked, with notes beside."""
    state = _TextWriter(catalogue, plan, page)
    _collect(state)
    shown = paragraphs(catalogue.collection, plan)
    openings = _openings(catalogue, plan, shown)
    units: list[ShownLine] = []
    in_table = False
    for piece, next_one in zip(shown, [*shown[1:], Span(0, 0)], strict=True):
        line, following = piece.of(plan.text).removesuffix("\r"), next_one.of(plan.text)
        start, end = piece.start, piece.start + len(line)
        opening = openings.get(start, {})
        for document in opening.get("documents", []):
            if len(plan.documents) > 1:
                name = esc(document_name(document, page.words))
                units.append(ShownLine(start, f'<p class="kh-docmark">{name}</p>', level=2))
                in_table = False
        ids = "".join(
            f'<span id="{esc(anchor(name, row[KEYS[name]]))}"></span>'
            for name in ("documents", "sections")
            for row in opening.get(name, [])
        )
        if not line.strip():
            if ids:
                units.append(ShownLine(start, f"<div>{ids}</div>"))
            continue
        if "\t" in line:
            head = not in_table and "\t" in following
            row = _row(state, start, line, ids, head=head)
            units.append(ShownLine(start, row, row=True))
            in_table = True
            continue
        in_table = False
        sections = opening.get("sections", [])
        if sections and len(line.strip()) <= _LONG_HEADING:
            level = _level(state, sections[-1])
            html = _block(state, start, end, ids, f"h{level}")
            units.append(ShownLine(start, html, level=level))
        else:
            units.append(ShownLine(start, _block(state, start, end, ids, "p")))
    return units


def text_block(plan: PlanFile, units: Iterable[ShownLine], reasons: int) -> str:
    """Units as one block of a page, rows that follow each other as a table; `reasons` is the number of the
    script that tells why its rows are what they are, 0 where there is none."""
    out = []
    for row, found in groupby(_ranked(units), key=lambda unit: unit.row):
        html = "\n".join(unit.html for unit in found)
        out.append(f'<table class="kh-rows"><tbody>{html}</tbody></table>' if row else html)
    name = esc(page_name(plan.plan_id))
    why = f' data-why="{name}/{reasons}"' if reasons else ""
    return f'<div class="kh-doc" lang="vi" data-plan="{name}"{why}>\n' + "\n".join(out) + "\n</div>"


def _ranked(units: Iterable[ShownLine]) -> Iterator[ShownLine]:
    """Units whose headings go down one level at a time, also where those above are on an earlier page.

    >>> [unit.html for unit in _ranked([ShownLine(0, "<h5>a</h5>", level=5), ShownLine(9, "<h4>b</h4>", level=4),
    ...                                 ShownLine(18, "<h5>c</h5>", level=5)])]
    ['<h3>a</h3>', '<h3>b</h3>', '<h4>c</h4>']
    """
    above = [(_TOP, _TOP)]
    for unit in units:
        if unit.level <= _TOP:  # the mark of a document is no heading, but ends those above
            above = above[:1] if unit.level else above
            yield unit
            continue
        while above[-1][0] >= unit.level:
            above.pop()
        shown = above[-1][1] + 1
        above.append((unit.level, shown))
        html = unit.html.replace(f"<h{unit.level}>", f"<h{shown}>")
        yield replace(unit, html=html.replace(f"</h{unit.level}>", f"</h{shown}>"))


def _collect(state: _TextWriter) -> None:
    """Number what is to be marked, in the order of the text."""
    collection, plan = state.catalogue.collection, state.plan
    found: list[tuple[Highlight, str, Row]] = []
    for name, key in NOTED.items():
        for row in collection.of_plan(name, plan.plan_id):
            place = anchor(name, row[key])
            after = row.get("after")
            words = Highlight(row["start"], row["end"], KINDS[name], place, after)
            found.append((words, name, row))
    for row in collection.of_plan("warnings", plan.plan_id):
        if row["table"] not in NOTED and row["start"] is not None:
            place = anchor("warnings", row["warning_id"])
            found.append((Highlight(row["start"], row["end"], "w", place), "warnings", row))
    seen = set()
    for row in collection.of_plan("task_agencies", plan.plan_id):
        span = (row["start"], row["end"], row["agency_id"])
        if span not in seen and row["start"] is not None and row["end"] - row["start"] < 200:
            seen.add(span)
            found.append((Highlight(row["start"], row["end"], "a", ""), "task_agencies", row))
    found.sort(key=lambda item: (item[0].start, -item[0].end, item[0].anchor))
    for number, (highlight, name, row) in enumerate(found):
        state.highlights.append((number, highlight))
        if name != "task_agencies":
            state.notes[number] = row_note(state.catalogue, state.page, number, name, row)


def _openings(
    catalogue: Catalogue, plan: PlanFile, shown: Iterable[Span]
) -> dict[int, dict[str, list[Row]]]:
    """What begins in the piece of the text that starts at an offset."""
    starts = [piece.start for piece in shown]
    rows = [
        (row["start"], name, row)
        for name in ("documents", "sections")
        for row in catalogue.collection.of_plan(name, plan.plan_id)
    ]
    rows.sort(key=lambda item: (item[0], item[1], -item[2]["end"]))
    found: dict[int, dict[str, list[Row]]] = {}
    line = 0
    for start, name, row in rows:
        while line + 1 < len(starts) and starts[line + 1] <= start:
            line += 1
        found.setdefault(starts[line], {}).setdefault(name, []).append(row)
    return found


def _inside(state: _TextWriter, start: int, end: int) -> list[tuple[int, Highlight]]:
    """The highlights that overlap `start:end`; calls come in the order of the text."""
    highlights = state.highlights
    while state.reached < len(highlights) and highlights[state.reached][1].end <= start:
        state.reached += 1
    found = []
    for number, highlight in highlights[state.reached :]:
        if highlight.start >= end:
            break
        if highlight.end > start:
            found.append((number, highlight))
    return found


def _level(state: _TextWriter, section: Row) -> int:
    """One below the nearest section above it that is a heading, so that no level is skipped."""
    by_key = state.catalogue.collection.by_key("sections")
    level, parent = 3, by_key.get(section["parent_section_id"])
    while parent is not None:
        if parent["section_id"] in state.headings:
            level = min(6, state.headings[parent["section_id"]] + 1)
            break
        parent = by_key.get(parent["parent_section_id"])
    state.headings[section["section_id"]] = level
    return level


def _block(state: _TextWriter, start: int, end: int, ids: str, tag: str) -> str:
    inside = _inside(state, start, end)
    words = f"<{tag}>{ids}{mark(state.plan.text, start, end, inside)}</{tag}>"
    notes = _notes(state, inside)
    return f"<div>{words}{notes}</div>" if notes else words


def _row(state: _TextWriter, start: int, line: str, ids: str, *, head: bool) -> str:
    """A row of a table; its `head` is a header where no task stands in it."""
    inside = _inside(state, start, start + len(line))
    tag = "th" if head and not any(h.kind == "t" for _, h in inside) else "td"
    scope = ' scope="col"' if tag == "th" else ""
    cells, position = [], start
    for cell in line.split("\t"):
        end = position + len(cell)
        words = mark(state.plan.text, position, end, inside) if cell else ""
        cells.append(f"<{tag}{scope}>{ids}{words}</{tag}>")
        position, ids = end + 1, ""
    notes = _notes(state, inside) or (state.page.words.say("Data") if tag == "th" else "")
    beside = f'<{tag} class="kh-beside"{scope}>{notes}</{tag}>'
    return f"<tr>{''.join(cells)}{beside}</tr>"


def _notes(state: _TextWriter, inside: list[tuple[int, Highlight]]) -> str:
    """The notes of highlights that were not yet noted beside an earlier line."""
    listed = []
    for number, _ in inside:
        if number in state.notes and number not in state.done:
            state.done.add(number)
            listed.append(state.notes[number])
    return f"<ul>{''.join(listed)}</ul>" if listed else ""
