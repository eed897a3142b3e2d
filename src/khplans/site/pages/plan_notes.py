"""The notes beside a plan's words: what each highlight became in the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, fragment, link_to, shorten
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.original_links import row_in_original
from khplans.site.row_places import NOTED
from khplans.site.stated import inferred_deadline, inferred_part
from khplans.site.templating import cell, render

KINDS = {
    "tasks": "t",
    "indicators": "i",
    "citations": "c",
    "short_citations": "c",
    "corrections": "x",
}
"""The style of each table's highlights."""


def row_label(table: str, words: Language) -> str:
    """What a row of a table is called."""
    return {
        "tasks": words.say("Task"),
        "indicators": words.say("Indicator"),
        "citations": words.say("Citation"),
        "short_citations": words.say("Short citation"),
        "corrections": words.say("Corrected"),
    }[table]


def _shown(text: str) -> Markup:
    """Text as HTML in which every character is seen."""
    return Markup(esc(text))


_TITLE = 140
"""Letters of a cited document's title that a note has room for."""


def row_note(catalogue: Catalogue, page: SitePage, number: int, table: str, row: Row) -> str:
    """A row as an item of the list beside its words; `number` is that of its highlight."""
    words = page.words
    if table == "warnings":
        return _warning(catalogue, page, number, row)
    lines = list(_LINES[table](catalogue, page, row))
    if where := row_in_original(catalogue, page, table, row):
        lines.append(Markup(where))
    return render(
        page, "note.html", css=KINDS[table], number=number, label=row_label(table, words), lines=lines,
        doubts=_doubts(catalogue, page, table, row),
        reviewed=words.value(table, "reviewed", row.get("reviewed")),
    )  # fmt: skip


def _warning(catalogue: Catalogue, page: SitePage, number: int, row: Row) -> str:
    """A warning that is about the words themselves: their row has no note that could carry it."""
    words = page.words
    message = words(row["message"] or "", row["message_en"] or row["message"] or "")
    label = words.value("warnings", "severity", row["severity"])
    where = Markup(row_in_original(catalogue, page, "warnings", row))
    lines = [line for line in (_shown(message), where) if line]
    return render(page, "note.html", css="w", number=number, label=label, lines=lines, doubts=(), reviewed=words.value("warnings", "reviewed", row.get("reviewed")))  # fmt: skip


def _doubts(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> list[str]:
    """One message of each kind; a remark (`note`) is left to the page of warnings."""
    messages: dict[str, str] = {}
    for doubt in catalogue.collection.doubts.get((table, row[NOTED[table]]), []):
        if doubt["severity"] != "note":
            text = page.words(doubt["message"] or "", doubt["message_en"] or "")
            messages.setdefault(doubt["code"], text)
    return list(messages.values())


def _task(catalogue: Catalogue, page: SitePage, task: Row) -> Iterator[str]:
    """Who leads and by when, who helps, what comes out; beside each what it was inferred from."""
    words = page.words
    leads = _agencies(catalogue, page, task, "lead")
    text = Markup("<b>{}</b>").format(leads) if leads else Markup("<i>{}</i>").format(words.say("no lead named"))  # fmt: skip
    if task["deadline"]:
        mark = inferred_deadline(task, words)
        text += Markup(" · {} <b>{}</b> {}").format(words.say("due"), words.date(task["deadline"]), mark)  # fmt: skip
    elif task["cadence"]:
        text += f" · {words.value('tasks', 'cadence', task['cadence'])}"
    yield text
    if helping := _agencies(catalogue, page, task, "coordinate"):
        yield Markup("{}: {}").format(words.say("With"), helping)
    if task["output"]:
        yield Markup("{}: {}").format(words.say("Output"), _shown(task["output"]))


def _agencies(catalogue: Catalogue, page: SitePage, task: Row, role: str) -> Markup:
    """The agencies of a role as links; what they were inferred from once, where it is the same for all."""
    agencies = catalogue.collection.by_key("agencies")
    parts = [p for p in catalogue.collection.parts.get(task["task_id"], ()) if p["role"] == role]
    marks = [inferred_part(p, page.words) for p in parts]
    alike = len(set(marks)) == 1
    shown = []
    for place, (part, mark) in enumerate(zip(parts, marks, strict=True)):
        agency = agencies[part["agency_id"]]
        link = page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"])
        last = place == len(parts) - 1
        shown.append(Markup("{} {}").format(link, mark) if mark and (last or not alike) else link)
    return Markup(", ").join(shown)


def _indicator(catalogue: Catalogue, page: SitePage, row: Row) -> Iterator[str]:
    words = page.words
    name = _shown(row["name"])
    if row["measure_id"]:
        name = page.a(f"measures/{page_name(row['measure_id'])}", row["name"])
    kind = words.value("indicators", "kind", row["kind"]).lower()
    about = ", ".join(filter(None, (kind, words.period(row["period"]))))
    change = ""
    if row["change"] != "level":
        change = words.value("indicators", "change", row["change"]).lower() + " "
    yield Markup("{}: {}<b>{}</b> ({})").format(name, change, words.amount(row), about)


def _citation(catalogue: Catalogue, page: SitePage, row: Row) -> Iterator[str]:
    named = " ".join(filter(None, (row["document_type"], row["number"] or row["name"])))
    shown = named or row["quote"]
    if row["instrument_id"]:
        text = page.a(f"instruments/{page_name(row['instrument_id'])}", shown)
    else:
        text = _shown(shown)
    when = page.words.date(row["date"])
    yield text + (f" ({when})" if when else "")
    instrument = catalogue.collection.by_key("instruments").get(row["instrument_id"])
    if instrument and instrument["title"] and instrument["title"] not in shown:
        title = shorten(instrument["title"], _TITLE)
        yield cell("in_vietnamese", text=title)
    yield from _provision(row)


def _provision(row: Row) -> Iterator[str]:
    """Which articles are meant; a release of before 2.0.0 doesn't tell."""
    if row.get("provision"):
        yield cell("in_vietnamese", text=row["provision"])


def _short_citation(catalogue: Catalogue, page: SitePage, row: Row) -> Iterator[str]:
    """What the short or bare name stands for, and the citation that it was defined for."""
    if row["citation_id"] is None:
        yield _bare_name(catalogue, page, row)
        yield from _provision(row)
        return
    citation = catalogue.collection.by_key("citations")[row["citation_id"]]
    path, place = catalogue.row_page(citation), anchor("citations", row["citation_id"])
    address = f"#{fragment(place)}" if path == page.path else page.link(path, place)
    label = page.words.say("defined here")
    yield from _citation(catalogue, page, {**citation, "provision": row.get("provision")})
    yield link_to(address, label)


def _bare_name(catalogue: Catalogue, page: SitePage, row: Row) -> Markup:
    """The document that a bare name means, or that nothing tells which."""
    if row["instrument_id"] is None:
        return Markup("<i>{}</i>").format(page.words.say("not known which document"))
    instrument = catalogue.collection.by_key("instruments")[row["instrument_id"]]
    path = f"instruments/{page_name(row['instrument_id'])}"
    return page.a(path, instrument_name(instrument))


def _correction(catalogue: Catalogue, page: SitePage, row: Row) -> Iterator[str]:
    before = Markup("<del>{}</del>").format(_shown(row["before"]))
    after = Markup("<ins>{}</ins>").format(_shown(row["after"])) if row["after"] else None
    yield Markup(" → ").join(filter(None, (before, after)))
    if row["reason"]:
        yield _shown(row["reason"])


_LINES: Mapping[str, Callable[[Catalogue, SitePage, Row], Iterator[str]]] = {
    "tasks": _task,
    "indicators": _indicator,
    "citations": _citation,
    "short_citations": _short_citation,
    "corrections": _correction,
}
"""What each table's note tells, line by line."""
