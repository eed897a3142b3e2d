"""Instruments: the documents that plans rest on, who cites each and as what."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc, grid, shorten
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import in_plan
from khplans.site.pages.long_lists import Group, list_page, list_pages
from khplans.site.pages.naming import document_name
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

    def make(number: int, count: int) -> SitePage:
        page = list_page(words, "instruments/index", title, about, number, count, hint="09-NQ/TW")
        page.layout = "wide"
        graph = words.say("The graph of who cites what")
        page.add(f"<p>{page.a('graph', graph)}</p>")
        return page

    yield from list_pages(make, lambda language: [_group(catalogue, language)], words)


def _group(catalogue: Catalogue, words: Language) -> Group:
    """The instruments as rows of their list."""
    collection = catalogue.collection
    documents = collection.by_key("documents")
    here = SitePage(words, "instruments/index", "", "")
    head = (words.say("Document"), words.say("Date"), words.say("Issuer"),
            words.say("Plans"), words.say("Times"))  # fmt: skip
    rows = []
    for row in sorted(
        collection.tables["instruments"],
        key=lambda r: (-len(collection.mentions(r["instrument_id"])), r["instrument_id"]),
    ):
        cited = collection.mentions(row["instrument_id"])
        if not cited:  # a document that only speaks of itself
            continue
        plans = {documents[c["document_id"]]["plan_id"] for c in cited}
        rows.append((
            here.a(f"instruments/{page_name(row['instrument_id'])}", instrument_name(row), attributes=' lang="vi"'),
            words.date(row["date"]) or esc(row["year"] or ""),
            f'<span lang="vi">{esc(row["issuer"] or "")}</span>',
            words.number(len(plans)),
            words.number(len(cited)),
        ))  # fmt: skip
    classes = {1: "nowrap", 3: "num", 4: "num"}
    return Group("", "", head, rows, classes, label=words.say("Documents cited"))


def instrument_page(catalogue: Catalogue, row: Row, words: Language) -> SitePage:
    """Who cites one instrument, where and as what."""
    name = instrument_name(row)
    collection = catalogue.collection
    cited = collection.mentions(row["instrument_id"])
    page = SitePage(words, f"instruments/{page_name(row['instrument_id'])}", name,
                words.count("%(name)s is cited once in the plans.", "%(name)s is cited %(n)s times in the plans.", len(cited), name=name))  # fmt: skip
    page.add(
        f'<p class="kh-crumbs">{page.a("instruments/index", words.say("Documents cited"))}</p>'
    )
    page.add(f'<h1 lang="vi">{esc(name)}</h1>')
    facts = [
        (words.say("Date"), words.date(row["date"]) or esc(row["year"] or "")),
        (words.say("Issuer"), esc(row["issuer"] or "")),
        (words.say("Title"), esc(row["title"] or "")),
    ]
    own = collection.by_key("documents").get(row["document_id"])
    if own:
        link = page.a(f"plans/{page_name(own['plan_id'])}", words.say("its text is here"))
        facts.append((words.say("Text"), link))
    items = "".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in facts if v)
    page.add(f'<dl class="kh-facts">{items}</dl>')
    same, others = namesakes(catalogue, row)
    page.add(*_citations(catalogue, page, cited, same))
    page.add(*_others(catalogue, page, others))
    page.heading(2, words.say("Cite this"), "cite")
    page.add(citation_block(catalogue, page, page.path, name))
    return page


def _citations(
    catalogue: Catalogue, page: SitePage, cited: list[Row], same: list[Row]
) -> list[str]:
    """Everyone who cites it, and below them those who give its number but not its date or issuer."""
    words, collection = page.words, catalogue.collection
    by_number = [
        citation for other in same for citation in collection.mentions(other["instrument_id"])
    ]
    documents = collection.by_key("documents")
    plans = {documents[c["document_id"]]["plan_id"] for c in (*cited, *by_number)}
    title = words.count("Cited by %(n)s plan", "Cited by %(n)s plans", len(plans))
    blocks = [f'<h2 id="cited">{title}</h2>', _table(catalogue, page, cited, page.title)]
    if by_number:
        links = ", ".join(
            f"{page.a('instruments/' + page_name(other['instrument_id']), _dated(other, words))}"
            for other in same
        )
        why = words.say(
            "The same number, but one or the other leaves out the date or the issuer; nothing contradicts, so it "
            "may well be one document. The data keeps them apart"
        )
        blocks += [
            f'<h3 id="namesakes">{words.say("Of the same number")}</h3>',
            f'<p class="kh-small">{why}: {links}.</p>',
            _table(catalogue, page, by_number, words.say("Of the same number")),
        ]
    return blocks


def _table(catalogue: Catalogue, page: SitePage, cited: list[Row], label: str) -> str:
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
            f'<span lang="vi">{esc(citation["quote"])}</span>',
            esc(words.value("citations", "relation", relation)) if relation else "",
            f'<span lang="vi">{esc(citation.get("provision") or "")}</span>',
            f'<span lang="vi">{esc(where)}</span>',
        ))  # fmt: skip
    return grid(head, rows, classes={0: "nowrap", 2: "nowrap"}, label=label, labelled=True)


def _dated(row: Row, words: Language) -> str:
    """An instrument with what tells it from others of its number."""
    day = words.date(row["date"]) or words.say("no date given")
    return f"{instrument_name(row)} ({', '.join(filter(None, (row['issuer'], day)))})"


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


def _others(catalogue: Catalogue, page: SitePage, others: list[Row]) -> list[str]:
    """Links to documents that share the number and are others."""
    if not others:
        return []
    words, collection = page.words, catalogue.collection
    documents = collection.by_key("documents")
    items = []
    for other in others:
        cited = collection.mentions(other["instrument_id"])
        plans = sorted({documents[c["document_id"]]["plan_id"] for c in cited})
        named = ", ".join(
            page.a(f"plans/{page_name(p)}", document_name(collection.plans[p].main, words))
            for p in plans
        )
        link = page.a(f"instruments/{page_name(other['instrument_id'])}", _dated(other, words))
        items.append(f"<li>{link}: {named}</li>")
    title = words.say("Others of the same number")
    return [f'<h2 id="others">{title}</h2>', f"<ul>{''.join(items)}</ul>"]
