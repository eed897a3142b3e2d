"""The notes beside a plan's words: what each highlight became in the data."""

from __future__ import annotations

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.markup import SitePage, anchor, esc, fragment
from khplans.site.pages.instrument import instrument_name
from khplans.site.pages.original_links import row_in_original
from khplans.site.row_places import NOTED

KINDS = {
    "tasks": "t",
    "indicators": "i",
    "citations": "c",
    "short_citations": "c",
    "corrections": "x",
}
"""The style of each table's highlights."""

LABELS = {
    "tasks": ("Nhiệm vụ", "Task"),
    "indicators": ("Chỉ tiêu", "Indicator"),
    "citations": ("Viện dẫn", "Citation"),
    "short_citations": ("Viện dẫn bằng tên tắt", "Short citation"),
    "corrections": ("Đã sửa", "Corrected"),
}
"""What a row of each table is called."""


def row_note(catalogue: Catalogue, page: SitePage, number: int, table: str, row: Row) -> str:
    """A row as an item of the list beside its words; `number` is that of its highlight."""
    words = page.words
    if table == "warnings":
        return _warning(catalogue, page, number, row)
    lines = {
        "tasks": _task,
        "indicators": _indicator,
        "citations": _citation,
        "short_citations": _short_citation,
        "corrections": _correction,
    }[table](catalogue, page, row)
    if where := row_in_original(catalogue, page, table, row):
        lines.append(where)
    lines += [
        f'<span class="kh-tag warn">{words.say("Note")}</span> {esc(message)}'
        for message in _doubts(catalogue, page, table, row)
    ]
    if row.get("reviewed"):
        lines.append(
            f'<span class="kh-tag good">{esc(words.value(table, "reviewed", row["reviewed"]))}</span>'
        )
    return (
        f'<li class="{KINDS[table]}" data-k="{number}"><b>{words(*LABELS[table])}</b> '
        f"{'<br>'.join(lines)}</li>"
    )


def _warning(catalogue: Catalogue, page: SitePage, number: int, row: Row) -> str:
    """A warning that is about the words themselves: their row has no note that could carry it."""
    message = esc(page.words(row["message"] or "", row["message_en"] or row["message"] or ""))
    label = page.words.value("warnings", "severity", row["severity"])
    where = row_in_original(catalogue, page, "warnings", row)
    more = f"<br>{where}" if where else ""
    return f'<li class="w" data-k="{number}"><b>{esc(label)}</b> {message}{more}</li>'


def _doubts(catalogue: Catalogue, page: SitePage, table: str, row: Row) -> list[str]:
    """One message of each kind; a remark (`note`) is left to the page of warnings."""
    messages: dict[str, str] = {}
    for doubt in catalogue.collection.doubts.get((table, row[NOTED[table]]), []):
        if doubt["severity"] != "note":
            text = page.words(doubt["message"] or "", doubt["message_en"] or "")
            messages.setdefault(doubt["code"], text)
    return list(messages.values())


def _task(catalogue: Catalogue, page: SitePage, task: Row) -> list[str]:
    words, collection = page.words, catalogue.collection
    agencies = collection.by_key("agencies")
    named: dict[str, list[str]] = {"lead": [], "coordinate": []}
    basis = ""
    for part in collection.parts.get(task["task_id"], []):
        agency = agencies[part["agency_id"]]
        link = page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"])
        named[part["role"]].append(link)
        if part["role"] == "lead" and part["basis"] != "named-in-text":
            basis = words.value("task_agencies", "basis", part["basis"])
    if named["lead"]:
        text = f"<b>{', '.join(named['lead'])}</b>"
    else:
        text = f"<i>{words.say('no lead named')}</i>"
    if task["deadline"]:
        text += f" · {words.say('due')} <b>{words.date(task['deadline'])}</b>"
    elif task["cadence"]:
        text += f" · {esc(words.value('tasks', 'cadence', task['cadence']))}"
    lines = [text]
    if named["coordinate"]:
        lines.append(f"{words.say('With')}: {', '.join(named['coordinate'])}")
    if task["output"]:
        lines.append(f"{words.say('Output')}: {esc(task['output'])}")
    if basis:
        how = esc(basis[0].lower() + basis[1:])
        lines.append(f"<small>{words.say('Lead')}: {how}</small>")
    return lines


def _indicator(catalogue: Catalogue, page: SitePage, row: Row) -> list[str]:
    words = page.words
    name = esc(row["name"])
    if row["measure_id"]:
        name = page.a(f"measures/{page_name(row['measure_id'])}", row["name"])
    kind = words.value("indicators", "kind", row["kind"]).lower()
    about = ", ".join(filter(None, (kind, words.period(row["period"]))))
    change = ""
    if row["change"] != "level":
        change = words.value("indicators", "change", row["change"]).lower() + " "
    return [f"{name}: {change}<b>{esc(words.amount(row))}</b> ({esc(about)})"]


def _citation(catalogue: Catalogue, page: SitePage, row: Row) -> list[str]:
    named = " ".join(filter(None, (row["document_type"], row["number"] or row["name"])))
    shown = named or row["quote"]
    if row["instrument_id"]:
        text = f"{page.a('instruments/' + page_name(row['instrument_id']), shown)}"
    else:
        text = esc(shown)
    when = page.words.date(row["date"])
    return [text + (f" ({when})" if when else ""), *_provision(row)]


def _provision(row: Row) -> list[str]:
    """Which articles are meant; a release of before 2.0.0 doesn't tell."""
    return [f'<span lang="vi">{esc(row["provision"])}</span>'] if row.get("provision") else []


def _short_citation(catalogue: Catalogue, page: SitePage, row: Row) -> list[str]:
    """What the short or bare name stands for, and the citation that it was defined for."""
    if row["citation_id"] is None:
        return [_bare_name(catalogue, page, row), *_provision(row)]
    citation = catalogue.collection.by_key("citations")[row["citation_id"]]
    path, place = catalogue.row_page(citation), anchor("citations", row["citation_id"])
    address = f"#{fragment(place)}" if path == page.path else page.link(path, place)
    label = page.words.say("defined here")
    cited = _citation(catalogue, page, {**citation, "provision": row.get("provision")})
    return [*cited, f'<a href="{esc(address)}">{label}</a>']


def _bare_name(catalogue: Catalogue, page: SitePage, row: Row) -> str:
    """The document that a bare name means, or that nothing tells which."""
    if row["instrument_id"] is None:
        return f"<i>{page.words.say('not known which document')}</i>"
    instrument = catalogue.collection.by_key("instruments")[row["instrument_id"]]
    path = f"instruments/{page_name(row['instrument_id'])}"
    return page.a(path, instrument_name(instrument))


def _correction(catalogue: Catalogue, page: SitePage, row: Row) -> list[str]:
    mend = f"<del>{esc(row['before'])}</del> → <ins>{esc(row['after'])}</ins>"
    return [mend, esc(row["reason"])] if row["reason"] else [mend]
