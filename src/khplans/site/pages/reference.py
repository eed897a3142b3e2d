"""The dictionary of all tables, the search page, SQL in the browser, and the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.search.entry import kind_names
from khplans.site.templating import render
from khplans.tables.definition import tables
from khplans.text.fold import fold


def dictionary_page(catalogue: Catalogue, words: Language) -> SitePage:
    """Every column of every table by name; what each means stands with its table."""
    page = SitePage(words, "dictionary", words.say("Data dictionary"),
                words.say("Every column of every table; choose a column for its meaning."),
                layout="read", scripts=("filter.js",))  # fmt: skip
    page.add(render(page, "dictionary.md", tables=tables()))
    return page


def search_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The search with all its results."""
    page = SitePage(words, "search", words.say("Search"),
                words.say("Search the plans' whole text, tasks, measures, agencies and documents; with or without accents."))  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    documents = catalogue.collection.tables["documents"]
    provinces = sorted({row["province"] for row in documents if row["province"]}, key=fold)
    page.add(
        f'<form id="kh-search-form" role="search" aria-label="{esc(page.title)}"><div class="kh-bigsearch">'
        f'<input type="search" name="q" id="kh-search-q" autocomplete="off" spellcheck="false" aria-label="{esc(page.title)}">'
        f'<button class="md-button md-button--primary">{words.say("Search")}</button></div>'
        f'<p class="kh-search-filters">{_choices(words, words.say("Kind"), "kind", kind_names(words))}'
        f"{_choices(words, words.say('Province'), 'province', {p: p for p in provinces})}</p></form>"
        f'<p id="kh-search-count" class="kh-small" role="status">'
        f"<noscript>{words.say('The search needs scripts.')}</noscript></p>"
        '<ul id="kh-search-results" class="kh-results"></ul>'
        f'<p><button type="button" class="md-button" id="kh-search-more" hidden>{words.say("Show more")}</button></p>'
        f"{_nothing_found(page)}"
    )
    return page


def _choices(words: Language, label: str, name: str, choices: Mapping[str, str]) -> str:
    """A filter of the search."""
    options = "".join(f'<option value="{esc(c)}">{esc(said)}' for c, said in choices.items())
    every = words.say("All")
    return (
        f'<label>{label} <select name="{name}"><option value="">{every}{options}</select></label>'
    )


def _nothing_found(page: SitePage) -> str:
    """What to try where nothing was found."""
    words = page.words
    tries = (
        words.say("Use fewer words, or other words for it."),
        words.say(
            "Type a document's number (4969/KH-UBND, 4969), an agency (Department of Health, SYT), a measure (GRDP), a province or who signed."
        ),
        words.say("The plans are in Vietnamese: “ngan sach” finds “ngân sách” (budget)."),
    )
    lists = (
        ("plans/index", words.say("Plans")),
        ("agencies/index", words.say("Agencies")),
        ("measures/index", words.say("Measures")),
        ("instruments/index", words.say("Cited documents")),
        ("deadlines", words.say("Deadlines")),
    )
    items = "".join(f"<li>{esc(one)}" for one in tries)
    everywhere = words.say("Search all kinds and provinces")
    return (
        f'<div id="kh-search-none" hidden><p>{words.say("Nothing found for")} “<b id="kh-search-typed"></b>”. '
        f"{words.say('Try this')}:</p><ul>{items}"
        f'<li><button type="button" class="md-button" id="kh-search-wider">{everywhere}</button>'
        f"<li>{words.say('Browse')}: {', '.join(page.a(*one) for one in lists)}.</ul></div>"
    )


def _questions(words: Language) -> Sequence[tuple[str, str]]:
    """Questions to begin with, each in SQL; ids among the columns lead to the words in the plan."""
    return (
        (words.say("What must Sở Y tế finish in 2024?"),
         "SELECT t.deadline, t.text, t.task_id\nFROM tasks t\nJOIN task_agencies ta USING (task_id)\nJOIN agencies a USING (agency_id)\n"
         "WHERE a.name = 'Sở Y tế' AND t.deadline LIKE '2024%'\nORDER BY t.deadline;"),
        (words.say("Which agencies lead most tasks?"),
         "SELECT a.name, a.province, COUNT(*) AS tasks, a.agency_id\nFROM task_agencies ta\nJOIN agencies a USING (agency_id)\n"
         "WHERE ta.role = 'lead'\nGROUP BY a.agency_id\nORDER BY tasks DESC\nLIMIT 15;"),
        (words.say("Which plans rest on Nghị quyết 09-NQ/TW?"),
         "SELECT d.number, d.date, c.quote, c.citation_id, d.plan_id\nFROM citations c\nJOIN documents d USING (document_id)\n"
         "WHERE c.number = '09-NQ/TW';"),
        (words.say("GRDP targets and results over the years"),
         "SELECT period, name, quote, value, unit, kind, indicator_id\nFROM indicators\nWHERE name LIKE '%GRDP%'\nORDER BY period;"),
        (words.say("Everything due in the second quarter of 2024"),
         "SELECT t.deadline, t.text,\n       (SELECT group_concat(a.name, '; ') FROM task_agencies ta JOIN agencies a USING (agency_id)\n"
         "        WHERE ta.task_id = t.task_id AND ta.role = 'lead') AS lead,\n       t.task_id\nFROM tasks t\n"
         "WHERE t.deadline BETWEEN '2024-04-01' AND '2024-06-30'\nORDER BY t.deadline;"),
    )  # fmt: skip


def sql_page(catalogue: Catalogue, words: Language) -> SitePage:
    """SQL over all tables, in the browser."""
    page = SitePage(words, "sql", "SQL", words.say("Ask the whole collection in SQL, in the browser; nothing is sent anywhere."), scripts=("sql.js",), wasm=True)  # fmt: skip
    names = [definition.name for definition in tables()]
    page.add(render(page, "sql.md", questions=_questions(words), tables=names))
    return page
