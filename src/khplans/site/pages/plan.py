"""A plan: what it is, its whole text, every extracted piece marked in it and listed beside it."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import PlanFile, Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, anchor, esc, grid
from khplans.site.pages.cite import citation_block, row_citation
from khplans.site.pages.long_lists import turn
from khplans.site.pages.naming import document_name, one_language, plan_title
from khplans.site.pages.original_links import scan_path
from khplans.site.pages.plan_outline import plan_outline
from khplans.site.pages.plan_parts import units_of
from khplans.site.pages.plan_text import ShownLine, plan_text, text_block
from khplans.site.pages.reviewed import reviewed_share


def plan_pages(catalogue: Catalogue, plan: PlanFile, words: Language) -> Iterator[SitePage]:
    """The pages of one plan: the first, with what it is, and those on which its text goes on."""
    parts = catalogue.parts.get(plan.plan_id, ())
    first = _first_page(catalogue, plan, words)
    first.add(text_block(plan, units_of(plan_text(catalogue, plan, first), parts, 1)))
    if len(parts) > 1:
        first.add(turn(first, [catalogue.plan_page(plan.plan_id, start) for start in parts], 1))
    first.add(*_citation(catalogue, plan, first))
    yield first
    units: list[ShownLine] = []
    for number in range(2, len(parts) + 1):
        page = _next_page(catalogue, plan, words, number)
        units = units or plan_text(catalogue, plan, page)
        page.add(text_block(plan, units_of(units, parts, number)))
        page.add(turn(page, [catalogue.plan_page(plan.plan_id, start) for start in parts], number))
        page.add(*_citation(catalogue, plan, page))
        yield page


def _citation(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> Iterator[str]:
    """How to cite any row of the plan, and on its first page the plan: both by that page's address."""
    words, path = page.words, catalogue.plan_page(plan.plan_id)
    name = document_name(plan.main, words)
    yield f'<h2 id="cite">{words.say("Cite this")}</h2>'
    yield row_citation(catalogue, page, path, name)
    if page.path == path:
        yield citation_block(catalogue, page, path, name)
    else:
        choose = words.say("Choose marked words, then “Cite this row”; or")
        whole = page.a(path, words.say("cite the whole plan"), "cite")
        yield f'<p class="kh-small">{choose} {whole}.</p>'


def _first_page(catalogue: Catalogue, plan: PlanFile, words: Language) -> SitePage:
    title = document_name(plan.main, words)
    page = SitePage(
        words, catalogue.plan_page(plan.plan_id), title,
        f"{title}. {plan_title(plan.main)}", layout="plan", scripts=("plan.js", "cite.js"),
    )  # fmt: skip
    page.outline = plan_outline(catalogue, plan, page)
    page.add(f'<p class="kh-crumbs">{page.a("plans/index", words.say("Plans"))}</p>')
    page.add(f"<h1>{esc(title)}</h1>")
    page.add(f'<p class="kh-lead" lang="vi">{esc(plan_title(plan.main))}</p>')
    page.add(_facts(catalogue, plan, page))
    explain = words.say(
        "Marked words were taken into the data: choose words to see their row, a note beside them to find the words."
    )
    page.add(
        f'<h2 id="text">{words.say("The whole text")}</h2>\n'
        f'<p class="kh-small">{esc(explain)}</p>\n{_kinds(page)}'
    )
    return page


def _next_page(catalogue: Catalogue, plan: PlanFile, words: Language, number: int) -> SitePage:
    parts = catalogue.parts[plan.plan_id]
    name = document_name(plan.main, words)
    title = f"{name}, {words.say('page')} {number}/{len(parts)}"
    page = SitePage(
        words, catalogue.plan_page(plan.plan_id, parts[number - 1]), title,
        f"{title}. {plan_title(plan.main)}", layout="plan", scripts=("plan.js", "cite.js"),
    )  # fmt: skip
    page.outline = plan_outline(catalogue, plan, page)
    own = page.a(catalogue.plan_page(plan.plan_id), name)
    page.add(f'<p class="kh-crumbs">{page.a("plans/index", words.say("Plans"))} › {own}</p>')
    page.add(f'<h1 class="kh-part">{esc(title)}</h1>')
    page.add(_kinds(page))
    return page


def _facts(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> str:
    words, collection = page.words, catalogue.collection
    counts = []
    for name in ("tasks", "indicators", "citations", "corrections", "warnings"):
        count = len(collection.of_plan(name, plan.plan_id))
        link = page.link(f"tables/{name}") + f"?plan={plan.plan_id}"
        counts.append(
            f'<li><a href="{esc(link)}"><b>{words.number(count)}</b> '
            f"{esc(words.table(name).lower())}</a></li>"
        )
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
    head = (
        words.say("Document"),
        words.say("Issuer"),
        words.say("Signer"),
    )
    main = plan.main
    origin = "" if main["origin"] == "unknown" else one_language(main["origin"] or "", words)
    where = (
        f'<a href="{esc(origin)}" rel="noopener">{esc(origin)}</a>'
        if origin.startswith(("https://", "http://"))
        else esc(origin)
    )
    received = words.date(main["received"])
    source = page.file_link(f"data/{catalogue.version}/sources/{plan.plan_id}.txt")
    reviewed = reviewed_share(catalogue, plan.plan_id, words)
    return (
        f'<ul class="kh-counts">{"".join(counts)}</ul>\n'
        f"{grid(head, rows, label=words.say('Documents in the file'))}\n"
        f'<p class="kh-small">{words.say("Source")}: {where or words.say("unknown")}'
        f"{'; ' + words.say('received') + ' ' + received if received else ''}. "
        f'<a href="{esc(source)}">{words.say("Source text")}</a>. {words.say("Rows that a person has reviewed")}: {reviewed}.</p>'
        f"{_original(catalogue, plan, page)}"
    )


def _original(catalogue: Catalogue, plan: PlanFile, page: SitePage) -> str:
    """The file as received, where it has pages, and its scanned pages."""
    original = catalogue.originals.get(plan.plan_id)
    if original is None:
        return ""
    words, path = page.words, esc(page.file_link(original.path))
    pages = words.say("%(count)s pages", count=len(original.pages))
    name = words.say("The file as received")
    size = words.size(original.size)
    scans = ", ".join(page.a(scan_path(original, n), str(n)) for n in original.scanned)
    shown = f" {words.say('Pictures of scanned pages')}: {scans}." if scans else ""
    return (
        f'\n<p class="kh-small"><a href="{path}">{name}</a> ({original.form.upper()}, {pages}, {size}); '
        f"SHA-256 <code>{plan.main['sha256']}</code>.{shown}</p>"
    )


def _issuer(catalogue: Catalogue, page: SitePage, document: Row) -> str:
    agency = catalogue.collection.by_key("agencies").get(document["issuer_id"])
    if agency is None:
        return ""
    return page.a(f"agencies/{page_name(agency['agency_id'])}", agency["name"])


def _kinds(page: SitePage) -> str:
    words = page.words
    kinds = (
        ("t", words.say("Tasks")),
        ("i", words.say("Indicators")),
        ("c", words.say("Citations")),
        ("a", words.say("Agencies")),
        ("x", words.say("Corrections")),
        ("w", words.say("Warnings")),
    )
    boxes = "".join(
        f'<label><input type="checkbox" checked value="{kind}"><mark class="{kind}">{esc(name)}</mark></label>'
        for kind, name in kinds
    )
    return f'<fieldset class="kh-tools kh-kinds"><legend>{words.say("Mark")}</legend>{boxes}</fieldset>'
