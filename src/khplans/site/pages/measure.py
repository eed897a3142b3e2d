"""Measures: one target across plans, years and provinces, as a line, a picture and a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage, esc
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import words_link
from khplans.site.pages.follow import follow_block
from khplans.site.pages.long_lists import Group, list_page, list_pages
from khplans.site.pages.measure_picture import measure_charts
from khplans.site.pages.measure_tables import (
    by_time,
    change_words,
    indicator_group,
    indicator_table,
    measure_group,
    measure_name,
)
from khplans.site.pages.theme import measures_by_theme

_FIGURES = 16
"""Figures that a measure's page lists, the newest; the explorer has the others."""


def measures_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """All measures by theme, and the figures that have none yet on pages of their own."""
    title = words.say("Indicators")
    about = words.say("One target across plans, years and provinces.")
    loose = [row for row in catalogue.collection.tables["indicators"] if not row["measure_id"]]
    without = words.say("Figures without a common measure")

    def make(number: int, count: int) -> SitePage:
        page = list_page(words, "measures/index", title, about, number, count)
        if loose:
            link = page.a("measures/loose", without)
            page.add(f'<p class="kh-small">{link} ({words.number(len(loose))})</p>')
        return page

    def make_loose(number: int, count: int) -> SitePage:
        return list_page(words, "measures/loose", without, about, number, count)

    yield from list_pages(make, lambda language: _groups(catalogue, language), words)
    if loose:
        yield from list_pages(
            make_loose,
            lambda language: [
                indicator_group(catalogue, SitePage(language, "measures/loose", "", ""), loose)
            ],
            words,
        )


def _groups(catalogue: Catalogue, words: Language) -> list[Group]:
    """The measures of each theme as rows of their list."""
    here = SitePage(words, "measures/index", "", "")
    return [
        measure_group(
            catalogue, here, measures, words.theme(theme), f"t-{page_name(theme or 'other')}"
        )
        for theme, measures in measures_by_theme(catalogue).items()
    ]


def measure_page(catalogue: Catalogue, measure: Row, words: Language) -> SitePage:
    """One measure over plans, years and provinces."""
    name = measure_name(measure, words)
    rows = by_time(catalogue.collection.measured[measure["measure_id"]])
    page = SitePage(words, f"measures/{page_name(measure['measure_id'])}", name,
                words.say("%(name)s: targets and results across the plans, with their words.", name=name), layout="read")  # fmt: skip
    page.add(f'<p class="kh-crumbs">{page.a("measures/index", words.say("Indicators"))} · '
             f"{page.a('themes/' + page_name(measure['theme'] or 'other'), words.theme(measure['theme']))}</p>")  # fmt: skip
    page.add(f"<h1>{esc(name)}</h1>")
    if words.code == "en":
        page.add(f'<p class="kh-lead" lang="vi">{esc(measure["name"])}</p>')
    page.add(_summary(catalogue, page, rows))
    charts = measure_charts(catalogue, page, rows, name)
    if charts:
        page.heading(2, words.say("Over the years"), "chart")
        page.add(*charts)
    page.heading(2, words.say("The figures"), "figures")
    page.add(indicator_table(catalogue, page, rows[-_FIGURES:]))
    explorer = page.link("tables/indicators") + f"?measure={measure['measure_id']}"
    page.add(
        f'<p><a class="md-button" href="{esc(explorer)}">{words.say("Filter and download these rows")}</a></p>'
    )
    feed = f"feeds/measures/{page_name(measure['measure_id'])}.xml"
    page.add(follow_block(catalogue, page, calendar=None, feed=feed))
    page.heading(2, words.say("Cite this"), "cite")
    page.add(citation_block(catalogue, page, page.path, name))
    return page


_SAID = 4
"""Figures of a kind and province that a measure's summary names; its table has all."""


def _summary(catalogue: Catalogue, page: SitePage, rows: list[Row]) -> str:
    """In a line for each province: its targets, then its results, in the order of time."""
    words = page.words
    documents = catalogue.collection.by_key("documents")
    provinces: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        provinces[documents[row["document_id"]]["province"] or ""][row["kind"]].append(row)
    lines = []
    for province, kinds in sorted(provinces.items()):
        said = []
        for kind, found in sorted(kinds.items(), key=lambda item: item[0] != "target"):
            figures = ", ".join(
                f'<a href="{esc(words_link(catalogue, page, "indicators", row))}">'
                f"<b>{esc(change_words(row, words))}{esc(words.amount(row))}</b></a> {_when(words, row)}".strip()
                for row in found[-_SAID:]
            )
            said.append(f"{esc(words.value('indicators', 'kind', kind).lower())} {figures}")
        named = f"<b>{esc(province)}</b>: " if province else ""
        lines.append(f"<li>{named}{'; '.join(said)}.</li>")
    return f'<ul class="kh-summary">{"".join(lines)}</ul>'


def _when(words: Language, row: Row) -> str:
    period = words.period(row["period"])
    if len(row["period"] or "") == 4:
        return words.say("in %(period)s", period=period)
    if len(row["period"] or "") == 9:
        return words.say("over %(period)s", period=period)
    return f"({esc(period)})" if period else ""
