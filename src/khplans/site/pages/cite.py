"""How to cite: Vietnamese, APA and BibTeX, each with the version and address."""

from __future__ import annotations

import re

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language, vi
from khplans.site.markup import SitePage, addressed, esc


def cite_page(catalogue: Catalogue, words: Language) -> SitePage:
    """How to cite the collection, a table and a row."""
    page = SitePage(words, "cite", words.say("How to cite"),
                words.say("Citing the collection, a table or a row, with version and address."), layout="read")  # fmt: skip
    page.add(f"<h1>{esc(page.title)}</h1>", f'<p class="kh-lead">{esc(page.description)}</p>')
    page.heading(2, words.say("The whole collection"), "collection")
    page.add(
        citation_block(
            catalogue,
            page,
            "index",
            words(catalogue.settings.title, catalogue.settings.title_en),
        )
    )
    page.heading(2, words.say("One row"), "row")
    page.add(
        "<p>" + words.say("Every row has an id that stays the same over versions. The address of its words is the plan's page "
            "with <code>#table/row-id</code>; give the version of the data as well:") + "</p>",
        f"<pre><code>{addressed(_row_example(catalogue, page))}</code></pre>",
    )  # fmt: skip
    page.heading(2, words.say("The plan itself"), "plan")
    page.add(
        "<p>" + words.say("When quoting a plan, cite the document itself: type, number, date and issuing body, all on the plan's page.") + "</p>"
    )  # fmt: skip
    return page


def _row_example(catalogue: Catalogue, page: SitePage) -> str:
    tasks = catalogue.collection.tables["tasks"]
    if not tasks:
        return catalogue.address("index.html")
    from khplans.site.catalogue import page_name
    from khplans.site.markup import anchor

    plan = catalogue.collection.plan_of(tasks[0]).plan_id
    tree = "" if page.words.code == "vi" else "en/"
    place = f"{tree}plans/{page_name(plan)}.html#{anchor('tasks', tasks[0]['task_id'])}"
    return f"{catalogue.settings.heading} {catalogue.version}, tasks, {tasks[0]['task_id']}.\n{catalogue.address(place)}"


def citation_block(catalogue: Catalogue, page: SitePage, path: str, title: str) -> Markup:
    """The three ways of citing a page's data."""
    address = _address(catalogue, page, path)
    return _ways(catalogue, title, address, f"{catalogue.settings.name}-{catalogue.version}")


def row_citation(catalogue: Catalogue, page: SitePage, path: str, plan: str) -> str:
    """The three ways of citing a row of a plan's page, with `⟦…⟧` where the row's own words go: the
    reader's choice of a row fills them in."""
    words = page.words
    address = f"{_address(catalogue, page, path)}#⟦place⟧"
    shown = _ways(catalogue, f"⟦words⟧, {plan}", address, f"{catalogue.settings.name}-⟦key⟧")
    title = words.say("The chosen row")
    return f'<div id="cite-row" hidden><h3>{title}</h3>{shown}</div>'


def _address(catalogue: Catalogue, page: SitePage, path: str) -> str:
    tree = "" if page.words.code == "vi" else "en/"
    return catalogue.address("" if path == "index" else f"{tree}{path}.html")


def _ways(catalogue: Catalogue, title: str, address: str, key: str) -> Markup:
    version, day = catalogue.version, catalogue.released
    author = catalogue.settings.author
    year = str(day.year) if day else "n.d."
    shown = f" ({day.day}/{day.month}/{day.year})" if day else ""
    ways = (
        ("Tiếng Việt", f"{author}, “{title}”, phiên bản {catalogue.version_in(vi)}{shown}, {address}, giấy phép {catalogue.settings.licensed.short}."),
        ("APA", f"{author}. ({year}). {title} (Version {version}) [Data set]. {address}"),
        ("BibTeX", f"@misc{{{key},\n  author  = {{{{{_bibtex(author)}}}}},\n  title   = {{{_bibtex(title)}}},\n"
                   f"  year    = {{{year}}},\n  version = {{{version}}},\n  url     = {{{address}}}\n}}"),
    )  # fmt: skip
    shown_ways = "".join(
        f'<div class="kh-code"><p class="kh-small">{name}</p>'
        f'<pre class="kh-cite{"" if name == "BibTeX" else " kh-said"}"><code>{addressed(text)}</code></pre></div>'
        for name, text in ways
    )
    return Markup(shown_ways)


def _bibtex(text: str) -> str:
    """Text inside a field of BibTeX: the signs that mean something to TeX are escaped.

    >>> _bibtex("Sở NN&PTNT, 100%")
    'Sở NN\\\\&PTNT, 100\\\\%'
    """
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
