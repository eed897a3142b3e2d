"""Instruments: the documents that plans rest on, who cites each and as what."""

from __future__ import annotations

from collections import Counter

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.markup import Page, esc, grid, shorten
from khplans.site.pages.common import in_plan
from khplans.site.pages.naming import document_name
from khplans.site.words import Words
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


def instruments_page(catalogue: Catalogue, words: Words) -> Page:
    """All instruments, the most cited first."""
    page = Page(words, "instruments/index", words("Văn bản được viện dẫn", "Documents cited"),
                words("Các kế hoạch dựa trên văn bản nào.", "Which documents the plans rest on."), scripts=("filter.js",))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.add(
        f'<p class="kh-tools"><label>{words("Lọc", "Filter")} <input type="search" class="kh-filter" placeholder="09-NQ/TW"></label> '
        f"{page.a('pictures', words('Sơ đồ ai viện dẫn gì', 'The graph of who cites what'), 'graph')}</p>"
    )
    collection = catalogue.collection
    documents = collection.by_key("documents")
    head = (words("Văn bản", "Document"), words("Ngày", "Date"), words("Cơ quan ban hành", "Issuer"),
            words("Kế hoạch", "Plans"), words("Lần", "Times"))  # fmt: skip
    rows = []
    for row in sorted(
        collection.tables["instruments"],
        key=lambda r: (-len(collection.cited.get(r["instrument_id"], [])), r["instrument_id"]),
    ):
        cited = collection.cited.get(row["instrument_id"], [])
        plans = {documents[c["document_id"]]["plan_id"] for c in cited}
        rows.append((
            page.a(f"instruments/{page_name(row['instrument_id'])}", instrument_name(row), attributes=' lang="vi"'),
            words.date(row["date"]) or esc(row["year"] or ""),
            f'<span lang="vi">{esc(row["issuer"] or "")}</span>',
            words.number(len(plans)),
            words.number(len(cited)),
        ))  # fmt: skip
    page.add(grid(head, rows, classes={1: "date", 3: "num", 4: "num"}, label=page.title))
    return page


def instrument_page(catalogue: Catalogue, row: Row, words: Words) -> Page:
    """Who cites one instrument, where and as what."""
    name = instrument_name(row)
    collection = catalogue.collection
    cited = sorted(
        collection.cited.get(row["instrument_id"], []), key=lambda c: (c["document_id"], c["start"])
    )
    page = Page(words, f"instruments/{page_name(row['instrument_id'])}", name,
                words(f"{name} được viện dẫn {words.number(len(cited))} lần trong các kế hoạch.",
                      f"{name} is cited {words.number(len(cited))} times in the plans."))  # fmt: skip
    page.add(
        f'<p class="kh-crumbs">{page.a("instruments/index", words("Văn bản được viện dẫn", "Documents cited"))}</p>'
    )
    page.add(f'<h1 lang="vi">{esc(name)}</h1>')
    facts = [
        (words("Ngày", "Date"), words.date(row["date"]) or esc(row["year"] or "")),
        (words("Cơ quan ban hành", "Issuer"), esc(row["issuer"] or "")),
        (words("Tên", "Title"), esc(row["title"] or "")),
    ]
    own = collection.by_key("documents").get(row["document_id"])
    if own:
        link = page.a(
            f"plans/{page_name(own['plan_id'])}", words("có toàn văn ở đây", "its text is here")
        )
        facts.append((words("Toàn văn", "Text"), link))
    items = "".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in facts if v)
    page.add(f'<dl class="kh-facts">{items}</dl>')
    documents = collection.by_key("documents")
    plans = Counter(documents[c["document_id"]]["plan_id"] for c in cited)
    page.heading(
        2, words(f"{len(plans)} kế hoạch viện dẫn", f"Cited by {len(plans)} plans"), "cited"
    )
    head = (
        words("Trong văn bản", "In the plan"),
        words("Nguyên văn", "The words"),
        words("Quan hệ", "As"),
        words("Đề mục", "Section"),
    )
    sections = collection.by_key("sections")
    rows = []
    for citation in cited:
        section = sections.get(citation["section_id"])
        where = (
            " ".join(filter(None, (section["path"], shorten(section["heading"] or "", 70))))
            if section
            else ""
        )
        rows.append((
            in_plan(catalogue, page, "citations", citation),
            f'<span lang="vi">{esc(citation["quote"])}</span>',
            esc(words.value("citations", "relation", citation["relation"])),
            f'<span lang="vi">{esc(where)}</span>',
        ))  # fmt: skip
    page.add(grid(head, rows, label=name, labelled=True))
    page.add(*_namesakes(catalogue, page, row))
    return page


def _namesakes(catalogue: Catalogue, page: Page, row: Row) -> list[str]:
    """The instruments of the same number: an undated mention may well mean one of them."""
    if not row["number"]:
        return []
    words, collection = page.words, catalogue.collection
    items = []
    for other in collection.by_number.get(fold(row["number"]), []):
        if other["instrument_id"] == row["instrument_id"]:
            continue
        day = words.date(other["date"]) or words("không ghi ngày", "no date given")
        documents = collection.by_key("documents")
        plans = sorted(
            {
                documents[c["document_id"]]["plan_id"]
                for c in collection.cited.get(other["instrument_id"], [])
            }
        )
        named = ", ".join(
            page.a(f"plans/{page_name(p)}", document_name(collection.plans[p].main, words))
            for p in plans
        )
        link = page.a(
            f"instruments/{page_name(other['instrument_id'])}",
            instrument_name(other),
            attributes=' lang="vi"',
        )
        about = ", ".join(filter(None, (esc(other["issuer"] or ""), day)))
        items.append(f"<li>{link} ({about}): {named}</li>")
    if not items:
        return []
    title = words("Cùng số, ký hiệu", "Of the same number")
    why = words(
        "Chỗ viện dẫn không ghi ngày hay cơ quan được tính riêng, vì nhiều văn bản có thể cùng số; rất có thể đây là một.",
        "Mentions without a date or an issuer are counted apart, as documents can share a number; they may well be one.",
    )
    return [f'<h2 id="namesakes">{title}</h2>', f"<p>{why}</p>", f"<ul>{''.join(items)}</ul>"]
