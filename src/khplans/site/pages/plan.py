"""A plan: its whole text, every extracted piece marked in it and listed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Plan, Row
from khplans.site.highlight import Highlight, mark
from khplans.site.markup import Page, anchor, esc, grid, plain, shorten
from khplans.site.words import Words

_LONG_HEADING = 160
_NUMBERED = {"tasks": "task_id", "indicators": "indicator_id", "citations": "citation_id"}
_KINDS = {"tasks": "t", "indicators": "i", "citations": "c"}


@dataclass
class _Text:
    """The state of writing one plan's text: what to mark and what stands where."""

    catalogue: Catalogue
    plan: Plan
    page: Page
    highlights: list[tuple[int, Highlight]] = field(default_factory=list)
    notes: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Number of a highlight → its start and its note."""
    done: set[int] = field(default_factory=set)
    headings: dict[str, int] = field(default_factory=dict)
    """Level of each section that became a heading."""
    reached: int = 0
    """Highlights before this index end before the text written so far."""


def plan_page(catalogue: Catalogue, plan: Plan, words: Words) -> Page:
    """The page of one plan."""
    main = plan.main
    title = document_name(main, words)
    page = Page(
        words, f"plans/{page_name(plan.plan_id)}", title,
        f"{title}. {main['title'] or ''}", layout="plan", scripts=("plan.js",),
    )  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("plans/index", words("Kế hoạch", "Plans"))}</p>')
    page.add(f"<h1>{esc(title)}</h1>")
    if main["title"]:
        page.add(f'<p class="kh-lead" lang="vi">{esc(main["title"])}</p>')
    page.add(_facts(catalogue, plan, page))
    page.add(_tools(catalogue, plan, page))
    page.add(*_text(catalogue, plan, page))
    return page


def document_name(document: Row, words: Words) -> str:
    """A document by its type, number and date.

    >>> from khplans.site.words import vi
    >>> document_name({"document_type": "Kế hoạch", "number": "9/KH-UBND", "date": None,
    ...                "document_id": "a", "province": "Khánh Hòa"}, vi)
    'Kế hoạch 9/KH-UBND (Khánh Hòa)'
    """
    name = " ".join(filter(None, (document["document_type"], document["number"])))
    about = ", ".join(filter(None, (document["province"], words.date(document["date"]))))
    return (name or str(document["document_id"])) + (f" ({about})" if about else "")


def _facts(catalogue: Catalogue, plan: Plan, page: Page) -> str:
    words, collection = page.words, catalogue.collection
    counts = []
    for name in ("tasks", "indicators", "citations", "corrections", "warnings"):
        rows = collection.of_plan(name, plan.plan_id)
        link = page.link(f"tables/{name}", "") + f"?plan={plan.plan_id}"
        counts.append(
            f'<li><a href="{esc(link)}"><b>{words.number(len(rows))}</b> '
            f"{esc(words.table(name).lower())}</a></li>"
        )
    rows = [
        (
            f'<a href="#{esc(anchor("documents", d["document_id"]))}">'
            f"{esc(document_name(d, words))}</a>",
            _issuer(catalogue, page, d),
            esc(d["signer"] or ""),
        )
        for d in plan.documents
    ]
    head = (words("Văn bản", "Document"), words("Cơ quan ban hành", "Issuer"), words("Người ký", "Signer"))
    main = plan.main
    origin = "" if main["origin"] == "unknown" else str(main["origin"] or "")
    where = (
        f'<a href="{esc(origin)}" rel="noopener">{esc(origin)}</a>'
        if origin.startswith(("https://", "http://"))
        else esc(origin)
    )
    received = words.date(main["received"])
    source = page.file_link(f"data/{catalogue.version}/sources/{plan.plan_id}.txt")
    return (
        f'<ul class="kh-counts">{"".join(counts)}</ul>\n'
        f"{grid(head, rows, label=words('Các văn bản trong tệp', 'Documents in the file'))}\n"
        f'<p class="kh-small">{words("Nguồn", "Source")}: {where or words("không rõ", "unknown")}'
        f"{'; ' + words('nhận ngày', 'received') + ' ' + received if received else ''}. "
        f'<a href="{esc(source)}">{words("Tệp văn bản gốc", "Source text")}</a>.</p>'
    )


def _issuer(catalogue: Catalogue, page: Page, document: Row) -> str:
    agency = catalogue.collection.by_key("agencies").get(document["issuer_id"])
    if agency is None:
        return ""
    return page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"])


def _tools(catalogue: Catalogue, plan: Plan, page: Page) -> str:
    words = page.words
    kinds = (
        ("t", words("Nhiệm vụ", "Tasks")),
        ("i", words("Chỉ tiêu", "Indicators")),
        ("c", words("Viện dẫn", "Citations")),
        ("a", words("Cơ quan", "Agencies")),
        ("x", words("Chỗ sửa", "Corrections")),
    )
    boxes = "".join(
        f'<label><input type="checkbox" checked value="{kind}"><mark class="{kind}">{esc(name)}</mark></label>'
        for kind, name in kinds
    )
    explain = words(
        "Chữ được tô là chỗ đã lấy thành dữ liệu; chọn chữ để xem dòng dữ liệu, chọn ghi chú bên cạnh để tìm chữ.",
        "Marked words were taken into the data: choose words to see their row, a note beside them to find the words.",
    )
    return (
        f'<h2 id="text">{words("Toàn văn", "The whole text")}</h2>\n'
        f'<p class="kh-small">{esc(explain)}</p>\n'
        f'<fieldset class="kh-tools kh-kinds"><legend>{words("Tô", "Mark")}</legend>{boxes}</fieldset>'
    )


def _text(catalogue: Catalogue, plan: Plan, page: Page) -> Iterator[str]:
    state = _Text(catalogue, plan, page)
    _collect(state)
    openings = _openings(catalogue, plan)
    rows: list[str] = []
    yield '<div class="kh-doc">'
    position = 0
    for line in plan.text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        opening = openings.get(start)
        table_row = "\t" in line
        if rows and not table_row:
            yield f'<table class="kh-rows"><tbody>{"".join(rows)}</tbody></table>'
            rows = []
        for document in (opening or {}).get("documents", []):
            if len(plan.documents) > 1:
                yield f'<p class="kh-docmark">{esc(document_name(document, page.words))}</p>'
        ids = "".join(
            f'<span id="{esc(anchor(name, row[key]))}"></span>'
            for name, key in (("documents", "document_id"), ("sections", "section_id"))
            for row in (opening or {}).get(name, [])
        )
        if not line.strip():
            if ids:
                yield f"<div>{ids}</div>"
            continue
        if table_row:
            rows.append(_row(state, start, line, ids))
            continue
        sections = (opening or {}).get("sections", [])
        if sections and len(line.strip()) <= _LONG_HEADING:
            yield from _heading(state, start, end, sections, ids)
        else:
            yield _block(state, start, end, ids)
    if rows:
        yield f'<table class="kh-rows"><tbody>{"".join(rows)}</tbody></table>'
    yield "</div>"


def _collect(state: _Text) -> None:
    """Number what is to be marked, in the order of the text."""
    collection, plan = state.catalogue.collection, state.plan
    found: list[tuple[Highlight, str, Row]] = []
    for name, key in _NUMBERED.items():
        for row in collection.of_plan(name, plan.plan_id):
            place = anchor(name, row[key])
            found.append((Highlight(row["start"], row["end"], _KINDS[name], place), name, row))
    for row in collection.of_plan("corrections", plan.plan_id):
        place = anchor("corrections", row["correction_id"])
        mend = Highlight(row["start"], row["end"], "x", place, row["after"])
        found.append((mend, "corrections", row))
    seen = set()
    for row in collection.of_plan("task_agencies", plan.plan_id):
        span = (row["start"], row["end"], row["agency_id"])
        if span not in seen and row["start"] is not None and row["end"] - row["start"] < 200:
            seen.add(span)
            found.append((Highlight(row["start"], row["end"], "a", ""), "task_agencies", row))
    found.sort(key=lambda item: (item[0].start, -item[0].end, item[0].anchor))
    for number, (highlight, name, row) in enumerate(found):
        state.highlights.append((number, highlight))
        note = _note(state, number, name, row)
        if note:
            state.notes[number] = (highlight.start, note)


def _openings(catalogue: Catalogue, plan: Plan) -> dict[int, dict[str, list[Row]]]:
    """What begins on the line that starts at an offset."""
    starts = [0, *(match.end() for match in re.finditer("\n", plan.text))]
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


def _inside(state: _Text, start: int, end: int) -> list[tuple[int, Highlight]]:
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


def _heading(
    state: _Text, start: int, end: int, sections: list[Row], ids: str
) -> Iterator[str]:
    inside = _inside(state, start, end)
    deepest = sections[-1]
    level = _level(state, deepest)
    words = mark(state.plan.text, start, end, inside, plain)
    label = shorten(". ".join(filter(None, (deepest["marker"], deepest["heading"]))), 90)
    attributes = f'#s-{deepest["start"]} data-toc-label="{plain(label)}"'
    yield f"</div>\n\n{'#' * level} {ids}{words} {{ {attributes} }}\n\n<div class=\"kh-doc\">"
    notes = _notes(state, inside)
    if notes:
        yield f'<div class="kh-block"><div></div>{notes}</div>'


def _level(state: _Text, section: Row) -> int:
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


def _block(state: _Text, start: int, end: int, ids: str) -> str:
    inside = _inside(state, start, end)
    words = mark(state.plan.text, start, end, inside)
    return f'<div class="kh-block"><p lang="vi">{ids}{words}</p>{_notes(state, inside)}</div>'


def _row(state: _Text, start: int, line: str, ids: str) -> str:
    cells, notes, position = [], [], start
    for cell in line.split("\t"):
        inside = _inside_cell(state, position, position + len(cell))
        cells.append(f"<td>{ids}{mark(state.plan.text, position, position + len(cell), inside)}</td>")
        notes.append(_notes(state, inside))
        position += len(cell) + 1
        ids = ""
    listed = "".join(notes)
    beside = f'<td class="kh-beside">{listed}</td>' if listed else '<td class="kh-beside"></td>'
    return f'<tr lang="vi">{"".join(cells)}{beside}</tr>'


def _inside_cell(state: _Text, start: int, end: int) -> list[tuple[int, Highlight]]:
    return _inside(state, start, end) if end > start else []


def _notes(state: _Text, inside: list[tuple[int, Highlight]]) -> str:
    """The notes of highlights that were not yet noted beside an earlier line."""
    listed = []
    for number, _ in inside:
        if number in state.notes and number not in state.done:
            state.done.add(number)
            listed.append(state.notes[number][1])
    return f'<ul class="kh-notes">{"".join(listed)}</ul>' if listed else ""


def _note(state: _Text, number: int, name: str, row: Row) -> str:
    page, words = state.page, state.page.words
    if name == "task_agencies":
        return ""
    if name == "tasks":
        kind, link, text, more = "t", anchor(name, row["task_id"]), *_task_note(state, row)
    elif name == "indicators":
        kind, link, text, more = "i", anchor(name, row["indicator_id"]), *_indicator_note(state, row)
    elif name == "citations":
        kind, link = "c", anchor(name, row["citation_id"])
        text, more = _citation_note(state, row), ""
    else:
        kind, link = "x", anchor(name, row["correction_id"])
        text = f"<del>{esc(row['before'])}</del> → <ins>{esc(row['after'])}</ins>"
        more = esc(row["reason"] or "")
    label = {"t": ("Nhiệm vụ", "Task"), "i": ("Chỉ tiêu", "Indicator"),
             "c": ("Viện dẫn", "Citation"), "x": ("Đã sửa", "Corrected")}[kind]  # fmt: skip
    doubts = "".join(
        f'<span class="kh-tag warn">{words("Lưu ý", "Note")}</span> '
        f"{esc(words(d['message'] or '', d['message_en'] or ''))} "
        for d in _serious(state.catalogue.collection.doubts, name, row)
    )
    details = f"<br>{more}" if more else ""
    return (
        f'<li class="{kind}" data-k="{number}"><a href="#{esc(page_fragment(link))}">'
        f"{words(*label)}</a> {text}{details}{'<br>' + doubts if doubts else ''}</li>"
    )


def page_fragment(name: str) -> str:
    """An element id as a fragment of an address."""
    from urllib.parse import quote

    return quote(name, safe="/:,;@")


def _serious(doubts: Mapping[tuple[str, str], list[Row]], name: str, row: Row) -> list[Row]:
    found = doubts.get((name, row[_NUMBERED.get(name, "correction_id")]), [])
    messages: dict[str, Row] = {}
    for doubt in found:
        if doubt["severity"] == "note":
            continue
        messages.setdefault(doubt["code"], doubt)
    return list(messages.values())


def _task_note(state: _Text, task: Row) -> tuple[str, str]:
    page, words, collection = state.page, state.page.words, state.catalogue.collection
    agencies = collection.by_key("agencies")
    leads, others, basis = [], [], ""
    for part in collection.parts.get(task["task_id"], []):
        agency = agencies[part["agency_id"]]
        link = page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"])
        (leads if part["role"] == "lead" else others).append(link)
        if part["role"] == "lead" and part["basis"] != "named-in-text":
            basis = words.value("task_agencies", "basis", part["basis"])
    text = f"<b>{', '.join(leads)}</b>" if leads else f"<i>{words('chưa rõ ai chủ trì', 'no lead named')}</i>"
    if task["deadline"]:
        text += f" · {words('hạn', 'due')} <b>{words.date(task['deadline'])}</b>"
    elif task["cadence"]:
        text += f" · {esc(words.value('tasks', 'cadence', task['cadence']))}"
    more = []
    if others:
        more.append(f"{words('Phối hợp', 'With')}: {', '.join(others)}")
    if task["output"]:
        more.append(f"{words('Sản phẩm', 'Output')}: {esc(task['output'])}")
    if basis:
        more.append(f'<small>{words("Chủ trì", "Lead")}: {esc(basis[0].lower() + basis[1:])}</small>')
    return text, "<br>".join(more)


def _indicator_note(state: _Text, row: Row) -> tuple[str, str]:
    page, words = state.page, state.page.words
    name = esc(row["name"])
    if row["measure_id"]:
        name = page.a(f"measures/{page_name(row['measure_id'])}", row["name"])
    about = ", ".join(
        filter(None, (words.value("indicators", "kind", row["kind"]).lower(), words.period(row["period"])))
    )
    change = "" if row["change"] == "level" else words.value("indicators", "change", row["change"]).lower() + " "
    return f"{name}: {change}<b>{esc(words.amount(row))}</b> ({esc(about)})", ""


def _citation_note(state: _Text, row: Row) -> str:
    page = state.page
    shown = " ".join(filter(None, (row["document_type"], row["number"] or row["name"]))) or row["quote"]
    if row["instrument_id"]:
        shown = page.a(f"instruments/{page_name(row['instrument_id'])}", shown)
    else:
        shown = esc(shown)
    when = page.words.date(row["date"])
    return shown + (f" ({when})" if when else "")
