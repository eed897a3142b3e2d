"""A plan: what it is, its whole text, every extracted piece marked in it and listed beside it."""

from __future__ import annotations

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Plan, Row
from khplans.site.markup import Page, anchor, esc, grid
from khplans.site.pages.cite import citation_block
from khplans.site.pages.naming import document_name, one_language, plan_title
from khplans.site.pages.plan_outline import plan_outline
from khplans.site.pages.plan_text import plan_text
from khplans.site.words import Words


def plan_page(catalogue: Catalogue, plan: Plan, words: Words) -> Page:
    """The page of one plan."""
    main = plan.main
    title = document_name(main, words)
    page = Page(
        words, f"plans/{page_name(plan.plan_id)}", title,
        f"{title}. {plan_title(main)}", layout="plan", scripts=("plan.js",),
        outline=plan_outline(catalogue, plan, words),
    )  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("plans/index", words("Kế hoạch", "Plans"))}</p>')
    page.add(f"<h1>{esc(title)}</h1>")
    page.add(f'<p class="kh-lead" lang="vi">{esc(plan_title(main))}</p>')
    page.add(_facts(catalogue, plan, page))
    page.add(_tools(catalogue, plan, page))
    page.add(*plan_text(catalogue, plan, page))
    page.add(f'<h2 id="cite">{words("Trích dẫn", "Cite this")}</h2>')
    page.add(citation_block(catalogue, page, page.path, title))
    return page


def _facts(catalogue: Catalogue, plan: Plan, page: Page) -> str:
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
            f'<a href="#{esc(anchor("documents", d["document_id"]))}">'
            f"{esc(document_name(d, words))}</a>",
            _issuer(catalogue, page, d),
            esc(d["signer"] or ""),
        )
        for d in plan.documents
    ]
    head = (
        words("Văn bản", "Document"),
        words("Cơ quan ban hành", "Issuer"),
        words("Người ký", "Signer"),
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
        ("w", words("Cảnh báo", "Warnings")),
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
