"""One module a kind of page: each makes `SitePage`s from a `Catalogue` in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.pages import (
    accuracy,
    agency,
    cite,
    deadlines,
    home,
    instrument,
    measure,
    pictures,
    plan,
    promises,
    province,
    quality,
    reference,
    release,
    scan,
    searching,
    tables,
    theme,
    unseen,
)
from khplans.tables.definition import tables as all_tables


def all_pages(catalogue: Catalogue, words: Language) -> Iterator[SitePage]:
    """Every generated page of one language."""
    collection = catalogue.collection
    yield home.home_page(catalogue, words)
    yield from home.plans_pages(catalogue, words)
    for found in collection.plans.values():
        yield from plan.plan_pages(catalogue, found, words)
        yield from scan.scan_pages(catalogue, found, words)
    yield tables.tables_page(catalogue, words)
    for definition in all_tables():
        yield tables.table_page(catalogue, definition, words)
    yield from province.province_pages(catalogue, words)
    yield from agency.agencies_pages(catalogue, words)
    for row in collection.tables["agencies"]:
        yield agency.agency_page(catalogue, row, words)
    yield from measure.measures_pages(catalogue, words)
    for row in collection.tables["measures"]:
        if collection.measured.get(row["measure_id"]):
            yield measure.measure_page(catalogue, row, words)
    yield theme.themes_page(catalogue, words)
    for name, measures in theme.measures_by_theme(catalogue).items():
        yield theme.theme_page(catalogue, name, measures, words)
    yield from instrument.instruments_pages(catalogue, words)
    for row in collection.tables["instruments"]:
        yield instrument.instrument_page(catalogue, row, words)
    yield from deadlines.deadlines_pages(catalogue, words)
    yield quality.quality_page(catalogue, words)
    yield accuracy.accuracy_page(catalogue, words)
    for one in catalogue.unseen:
        yield unseen.unseen_page(one, words)
    yield release.releases_page(catalogue, words)
    for version in catalogue.releases:
        yield release.release_page(catalogue, version, words)
    yield cite.cite_page(catalogue, words)
    yield reference.dictionary_page(catalogue, words)
    yield reference.errors_page(words)
    yield promises.promises_page(catalogue, words)
    yield searching.search_page(catalogue, words)
    yield reference.sql_page(catalogue, words)
    yield pictures.pictures_page(catalogue, words)
    yield pictures.graph_page(catalogue, words)
