"""Instruments: the documents that plans rest on, who cites each and as what."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid, shorten
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import in_plan
from khplans.site.pages.long_lists import Group, list_page, list_pages
from khplans.site.pages.naming import document_name
from khplans.site.templating import cell, render
from khplans.text.fold import fold


def instrument_name(row: Row) -> str:
    """An instrument by type and number, or by title.

    >>> instrument_name({"document_type": "Nghị quyết", "number": "09-NQ/TW", "title": None,
    ...                  "date": None, "year": None, "instrument_id": "09-nq-tw"})
    'Nghị quyết 09-NQ/TW'
    """
    if row["number"]:
        return " ".join(filter(None, (row["document_type"], row["number"])))
    name = row["title"] or row["document_type"] or row["instrument_id"]
    year = row["date"].year if row["date"] else row["year"]
    return f"{name} ({year})" if year and str(year) not in name else str(name)


def instruments_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """All instruments, the most cited first."""
    title = words.say("Documents cited")
    about = words.say("Which documents the plans rest on.")
    hint = next((row["number"] for row in _by_mentions(catalogue) if row["number"]), "")

    def make(number: int, count: int) -> SitePage:
        page = list_page(words, "instruments/index", title, about, number, count, hint=hint)
        page.layout = "wide"
        graph = words.say("The graph of who cites what")
        page.add(f"<p>{page.a('graph', graph)}</p>")
        return page

    yield from list_pages(make, lambda language: [_group(catalogue, language)], words)


def _by_mentions(catalogue: Catalogue) -> list[Row]:
    collection = catalogue.collection
    return sorted(
        collection.tables["instruments"],
        key=lambda row: (-len(collection.mentions(row["instrument_id"])), row["instrument_id"]),
    )


def _group(catalogue: Catalogue, words: Language) -> Group:
    """The instruments as rows of their list."""
    collection = catalogue.collection
    documents = collection.by_key("documents")
    here = SitePage(words, "instruments/index", "", "")
    head = (words.say("Document"), words.say("Date"), words.say("Issuer"),
            words.say("Plans"), words.say("Times"))  # fmt: skip
    rows = []
    for row in _by_mentions(catalogue):
        cited = collection.mentions(row["instrument_id"])
        if not cited:  # a document that only speaks of itself
            continue
        plans = {documents[c["document_id"]]["plan_id"] for c in cited}
        rows.append((
            here.a(f"instruments/{page_name(row['instrument_id'])}", instrument_name(row), attributes=' lang="vi"'),
            words.date(row["date"]) or esc(row["year"] or ""),
            cell("in_vietnamese", text=row["issuer"]),
            words.number(len(plans)),
            words.number(len(cited)),
        ))  # fmt: skip
    classes = {1: "nowrap", 3: "num", 4: "num"}
    return Group("", "", head, rows, classes, label=words.say("Documents cited"))


def instrument_page(catalogue: Catalogue, row: Row, words: Language) -> SitePage:
    """Who cites one instrument, where and as what; below them those who give its number but not its date or issuer."""
    name = instrument_name(row)
    collection = catalogue.collection
    cited = collection.mentions(row["instrument_id"])
    page = SitePage(words, f"instruments/{page_name(row['instrument_id'])}", name,
                words.count("%(name)s is cited once in the plans.", "%(name)s is cited %(n)s times in the plans.", len(cited), name=name))  # fmt: skip
    facts = [
        (words.say("Date"), words.date(row["date"]) or row["year"]),
        (words.say("Issuer"), row["issuer"]),
        (words.say("Title"), row["title"]),
    ]
    documents = collection.by_key("documents")
    own = documents.get(row["document_id"])
    same, others = namesakes(catalogue, row)
    by_number = [one for other in same for one in collection.mentions(other["instrument_id"])]
    page.add(
        render(
            page, "instrument.md", name=name, facts=facts, own=own and f"plans/{page_name(own['plan_id'])}",
            plans=len({documents[one["document_id"]]["plan_id"] for one in (*cited, *by_number)}),
            cited=_table(catalogue, page, cited, page.title),
            namesakes=[_link(page, other) for other in same] if by_number else [],
            by_number=_table(catalogue, page, by_number, words.say("Of the same number")),
            others=[(_link(page, other), _plans_that_cite(catalogue, page, other)) for other in others],
            citation=citation_block(catalogue, page, page.path, name),
        )
    )  # fmt: skip
    return page


def _table(catalogue: Catalogue, page: SitePage, cited: list[Row], label: str) -> str:
    """Where it is cited; the column of provisions only where some citation names one."""
    words, collection = page.words, catalogue.collection
    head = (
        words.say("In the plan"),
        words.say("The words"),
        words.say("As"),
        words.say("Provision"),
        words.say("Section"),
    )
    sections = collection.by_key("sections")
    rows = []
    for citation in sorted(cited, key=lambda c: (c["document_id"], c["start"])):
        section = sections.get(citation["section_id"])
        where = (
            " ".join(filter(None, (section["path"], shorten(section["heading"] or "", 70))))
            if section
            else ""
        )
        relation = citation.get("relation")
        table = "short_citations" if relation is None else "citations"
        rows.append((
            in_plan(catalogue, page, table, citation),
            cell("in_vietnamese", text=citation["quote"]),
            esc(words.value("citations", "relation", relation)) if relation else "",
            cell("in_vietnamese", text=citation.get("provision")),
            cell("in_vietnamese", text=where),
        ))  # fmt: skip
    shown = [
        i
        for i, name in enumerate(head)
        if name != words.say("Provision") or any(row[i] for row in rows)
    ]
    some = [tuple(row[i] for i in shown) for row in rows]
    names = tuple(head[i] for i in shown)
    return grid(names, some, classes={0: "nowrap", 2: "nowrap"}, label=label, labelled=True)


def _link(page: SitePage, row: Row) -> Markup:
    """A link to an instrument, with what tells it from others of its number."""
    day = page.words.date(row["date"]) or page.words.say("no date given")
    told = f"{instrument_name(row)} ({', '.join(filter(None, (row['issuer'], day)))})"
    return page.a(f"instruments/{page_name(row['instrument_id'])}", told)


def _plans_that_cite(catalogue: Catalogue, page: SitePage, row: Row) -> list[Markup]:
    """Links to the plans that cite an instrument."""
    collection = catalogue.collection
    documents = collection.by_key("documents")
    cited = collection.mentions(row["instrument_id"])
    return [
        page.a(f"plans/{page_name(plan)}", document_name(collection.plans[plan].main, page.words))
        for plan in sorted({documents[one["document_id"]]["plan_id"] for one in cited})
    ]


def namesakes(catalogue: Catalogue, row: Row) -> tuple[list[Row], list[Row]]:
    """Instruments of the same number: those that may be this very one, and those that can't be."""
    same: list[Row] = []
    others: list[Row] = []
    if row["number"]:
        for other in catalogue.collection.by_number.get(fold(row["number"]), []):
            if other["instrument_id"] != row["instrument_id"]:
                contrary = any(
                    row[name] and other[name] and row[name] != other[name]
                    for name in ("document_type", "date", "issuer")
                )
                (others if contrary else same).append(other)
    return same, others
