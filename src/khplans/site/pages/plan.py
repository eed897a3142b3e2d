"""A plan: what it is, its whole text, every extracted piece marked in it and listed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from khplans.site.cards import add_card
from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import PlanFile, Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, grid
from khplans.site.originals import Original
from khplans.site.pages.cite import citation_block, row_citation
from khplans.site.pages.long_lists import turn
from khplans.site.pages.naming import document_name, origin_words, plan_title
from khplans.site.pages.original_links import scan_path
from khplans.site.pages.plan_outline import plan_outline
from khplans.site.pages.plan_parts import units_of
from khplans.site.pages.plan_text import ShownLine, plan_text, text_block
from khplans.site.pages.reviewed import reviewed_share
from khplans.site.templating import render

_COUNTED = ("tasks", "indicators", "citations", "corrections", "warnings")
"""The tables of which a plan's page tells how many rows it has."""


def _counted(words: Language, table: str, number: int) -> str:
    """What the rows of a table are, that many of them.

    >>> from khplans.site.languages import en
    >>> _counted(en, "tasks", 1), _counted(en, "tasks", 2)
    ('task', 'tasks')
    """
    said = {
        "tasks": words.count("task", "tasks", number),
        "indicators": words.count("indicator", "indicators", number),
        "citations": words.count("citation", "citations", number),
        "corrections": words.count("passage corrected", "passages corrected", number),
        "warnings": words.count("warning", "warnings", number),
    }
    return said[table]


def plan_pages(catalogue: Catalogue, plan: PlanFile, words: Language) -> Iterator[SitePage]:
    """The pages of one plan: the first, with what it is, and those on which its text goes on."""
    starts = catalogue.parts.get(plan.plan_id) or (0,)
    units: list[ShownLine] = []
    for number in range(1, len(starts) + 1):
        page = _page(catalogue, plan, words, number, len(starts))
        # Those that follow share their lines: notes point to them by the same addresses.
        units = units if number > 2 else plan_text(catalogue, plan, page)
        reasons = number if plan.plan_id in catalogue.sources else 0
        text = text_block(plan, units_of(units, starts, number), reasons)
        following = [catalogue.plan_page(plan.plan_id, start) for start in starts]
        path, name = following[0], document_name(plan.main, words)
        first = number == 1
        page.add(
            render(
                page, "plan.md", part=not first, name=name, path=path, subject=plan_title(plan.main), kinds=_kinds(words),
                facts=_facts(catalogue, plan, page) if first else None, text=Markup(text),
                turn=Markup(turn(page, following, number)) if len(starts) > 1 else "",
                row_citation=Markup(row_citation(catalogue, page, path, name)),
                citation=citation_block(catalogue, page, path, name) if first else "",
            )
        )  # fmt: skip
        yield page


def _page(
    catalogue: Catalogue, plan: PlanFile, words: Language, number: int, count: int
) -> SitePage:
    name = document_name(plan.main, words)
    title = name if number == 1 else f"{name}, {words.say('page')} {number}/{count}"
    start = catalogue.parts[plan.plan_id][number - 1] if number > 1 else None
    page = SitePage(
        words, catalogue.plan_page(plan.plan_id, start), title,
        f"{title}. {plan_title(plan.main)}", layout="plan", scripts=("plan.js",),
    )  # fmt: skip
    page.outline = plan_outline(catalogue, plan, page)
    if number == 1:
        tasks = len(catalogue.collection.of_plan("tasks", plan.plan_id))
        counted = words.count("%(n)s task", "%(n)s tasks", tasks)
        add_card(catalogue, page, plan_title(plan.main) or name, f"{name}: {counted}")
    else:
        own = catalogue.plan_page(plan.plan_id)
        page.above = [(words.say("Plans"), "plans/index"), (name, own)]
        if catalogue.settings.address:
            page.picture = f"cards/{page.file_of(own).removesuffix('.md')}.png"
    return page


def _kinds(words: Language) -> list[tuple[str, str]]:
    """The styles of marks and what each is."""
    return [
        ("t", words.say("Tasks")),
        ("i", words.say("Indicators")),
        ("c", words.say("Citations")),
        ("a", words.say("Agencies")),
        ("x", words.say("Corrections")),
        ("w", words.say("Warnings")),
    ]


@dataclass(frozen=True)
class _Facts:
    """What is known of a plan: how many rows by table, its documents, where its file came from."""

    counts: list[tuple[str, str, str]]
    documents: Markup
    origin: str
    received: str
    source: str
    reviewed: str
    original: _Received | None
    sha256: str
    plain: bool
    """Whether it came as the very text."""


@dataclass(frozen=True)
class _Received:
    """The file as received; `scans` are the numbers and addresses of its scanned pages."""

    address: str
    about: str
    scans: list[tuple[str, str]]


def _facts(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> _Facts:
    words, main = page.words, plan.main
    counts = []
    for name in _COUNTED:
        count = len(catalogue.collection.of_plan(name, plan.plan_id))
        link = f"{page.link(f'tables/{name}')}?plan={plan.plan_id}"
        counts.append((link, words.number(count), _counted(words, name, count)))
    return _Facts(
        counts, _documents(catalogue, plan, page), origin_words(main, words), words.date(main["received"]),
        page.file_link(f"data/{catalogue.version}/sources/{plan.plan_id}.txt"),
        reviewed_share(catalogue, plan.plan_id, words), _received(catalogue, plan, page), main["sha256"],
        sha256(plan.text.encode()).hexdigest() == main["sha256"],
    )  # fmt: skip


def _documents(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> Markup:
    words = page.words
    rows = [
        (
            page.a(
                catalogue.row_page(d),
                document_name(d, words),
                anchor("documents", d["document_id"]),
            ),
            _issuer(catalogue, page, d),
            esc(d["signer"] or ""),
        )
        for d in plan.documents
    ]
    head = (words.say("Document"), words.say("Issuer"), words.say("Signer"))
    return grid(head, rows, label=words.say("Documents in the file"))


def _received(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> _Received | None:
    file = catalogue.received.get(plan.plan_id)
    if file is None:
        return None
    words, about, scans = page.words, [file.form.partition(".")[0].upper()], []
    if isinstance(file, Original):
        about.append(words.count("%(n)s page", "%(n)s pages", len(file.pages)))
        scans = [(str(number), page.link(scan_path(file, number))) for number in file.scanned]
    about.append(words.size(file.size))
    return _Received(page.file_link(file.path), ", ".join(about), scans)


def _issuer(catalogue: Catalogue, page: SitePage, document: Row) -> str:
    agency = catalogue.collection.by_key("agencies").get(document["issuer_id"])
    if agency is None:
        return ""
    return page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"])
