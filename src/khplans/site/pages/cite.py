"""How to cite: in words, APA and BibTeX, each with the version, address and a key of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.languages import Language
from khplans.site.markup import SitePage, addressed, anchor
from khplans.site.templating import render


def cite_page(catalogue: Catalogue, words: Language) -> SitePage:
    """How to cite the collection, a table and a row."""
    page = SitePage(words, "cite", words.say("How to cite"),
                words.say("Citing the collection, a table or a row, with version and address."), layout="read")  # fmt: skip
    title = words(catalogue.settings.title, catalogue.settings.title_en)
    whole = citation_block(catalogue, page, "index", title)
    row = Markup(addressed(_row_example(catalogue, page)))
    page.add(render(page, "cite.md", whole=whole, row=row))
    return page


def _row_example(catalogue: Catalogue, page: SitePage) -> str:
    tasks = catalogue.collection.tables["tasks"]
    if not tasks:
        return catalogue.address("index.html")
    path = f"plans/{page_name(catalogue.collection.plan_of(tasks[0]).plan_id)}"
    task_id = tasks[0]["task_id"]
    place = f"{_address(catalogue, page, path)}#{anchor('tasks', task_id)}"
    return f"{catalogue.heading(page.words)} {catalogue.version}, tasks, {task_id}.\n{place}"


@dataclass(frozen=True)
class _Way:
    """A way of citing: its name and the words, `said` where they are prose."""

    name: str
    text: Markup
    said: bool = True


def citation_block(catalogue: Catalogue, page: SitePage, path: str, title: str) -> Markup:
    """The three ways of citing a page's data."""
    key = "" if path == "index" else f"-{page_name(path)}"
    return _shown(catalogue, page, title, _address(catalogue, page, path), key)


def row_citation(catalogue: Catalogue, page: SitePage, path: str, plan: str) -> Markup:
    """The three ways of citing a row of a plan's page, with `⟦…⟧` where the row's own words go: the
    reader's choice of a row fills them in."""
    address = f"{_address(catalogue, page, path)}#⟦place⟧"
    shown = _shown(catalogue, page, f"⟦words⟧, {plan}", address, "-⟦key⟧")
    title = page.words.say("The chosen row")
    return Markup('<div id="cite-row" hidden><h3>{}</h3>{}</div>').format(title, shown)


def _address(catalogue: Catalogue, page: SitePage, path: str) -> str:
    tree = "" if page.words.code == "vi" else "en/"
    return catalogue.address(tree if path == "index" else f"{tree}{path}.html")


def _shown(catalogue: Catalogue, page: SitePage, title: str, address: str, key: str) -> Markup:
    words, version, day = page.words, catalogue.version, catalogue.released
    author = catalogue.settings.author
    year = str(day.year) if day else "n.d."
    dated = f" ({words.date(day)})" if day else ""
    plain = words.say(
        "%(author)s, “%(title)s”, version %(version)s, %(address)s, licence %(licence)s.",
        author=author, title=title, version=catalogue.version_in(words) + dated, address=address,
        licence=catalogue.settings.licensed.short,
    )  # fmt: skip
    bibtex = (
        f"@misc{{{catalogue.settings.name}-{version}{key},\n  author  = {{{{{_bibtex(author)}}}}},\n"
        f"  title   = {{{_bibtex(title)}}},\n  year    = {{{year}}},\n  version = {{{version}}},\n  url     = {{{address}}}\n}}"
    )
    apa = f"{author}. ({year}). {title} (Version {version}) [Data set]. {address}"
    ways = [
        _Way(words.say("English"), Markup(addressed(plain))),
        _Way("APA", Markup(addressed(apa))),
        _Way("BibTeX", Markup(addressed(bibtex)), said=False),
    ]
    return render(page, "citation.md", ways=ways)


def _bibtex(text: str) -> str:
    """Text inside a field of BibTeX: the signs that mean something to TeX are escaped.

    >>> _bibtex("Sở NN&PTNT, 100%")
    'Sở NN\\\\&PTNT, 100\\\\%'
    """
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
