"""Measures: one target across plans, years and provinces, as a line, a picture and a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khplans.site.cards import add_card
from khplans.site.catalogue import Catalogue, page_name
from khplans.site.data import Row
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages.cite import citation_block
from khplans.site.pages.common import words_link
from khplans.site.pages.follow import follow_block
from khplans.site.pages.long_lists import Group, list_page, list_pages
from khplans.site.pages.measure_gaps import gaps
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
from khplans.site.templating import render

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
    newest = _said(catalogue, page, rows[-1])
    add_card(catalogue, page, name, f"{newest.kind} {newest.amount} {newest.when}")
    charts, alone = measure_charts(catalogue, page, rows, name)
    page.add(
        render(
            page, "measure.md", measure=measure, name=name, theme=page_name(measure["theme"] or "other"),
            provinces=_summary(catalogue, page, rows), charts=charts, alone=[_said(catalogue, page, row) for row in alone],
            gaps=list(gaps(catalogue, page, rows)), figures=indicator_table(catalogue, page, rows[-_FIGURES:]),
            explorer=f"{page.link('tables/indicators')}?measure={measure['measure_id']}",
            follow=follow_block(catalogue, page, calendar=None, feed=f"feeds/measures/{page_name(measure['measure_id'])}.xml"),
            citation=citation_block(catalogue, page, page.path, name),
        )
    )  # fmt: skip
    return page


_NAMED = 4
"""Figures of a kind and province that a measure's summary names; its table has all."""


@dataclass(frozen=True)
class _Said:
    """A figure in words with where it stands; `when` is its period, `kind` what it is."""

    amount: str
    href: str
    when: str
    kind: str


def _said(catalogue: Catalogue, page: SitePage, row: Row) -> _Said:
    words = page.words
    return _Said(
        change_words(row, words) + words.amount(row), words_link(catalogue, page, "indicators", row),
        _when(words, row), words.value("indicators", "kind", row["kind"]).lower(),
    )  # fmt: skip


def _summary(
    catalogue: Catalogue, page: SitePage, rows: Sequence[Row]
) -> Sequence[tuple[str, Sequence[Sequence[_Said]]]]:
    """For each province its targets, then its results, in the order of time."""
    documents = catalogue.collection.by_key("documents")
    provinces: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        provinces[documents[row["document_id"]]["province"] or ""][row["kind"]].append(row)
    return [
        (
            province,
            [
                [_said(catalogue, page, row) for row in found[-_NAMED:]]
                for _, found in sorted(kinds.items(), key=lambda item: item[0] != "target")
            ],
        )
        for province, kinds in sorted(provinces.items())
    ]


def _when(words: Language, row: Row) -> str:
    period = words.period(row["period"])
    if len(row["period"] or "") == 4:
        return words.say("in %(period)s", period=period)
    if len(row["period"] or "") == 9:
        return words.say("over %(period)s", period=period)
    return f"({period})" if period else ""
