"""The page of the search, with all its results and what to try where there are none."""

from __future__ import annotations

from khplans.site.catalogue import Catalogue
from khplans.site.languages import Language
from khplans.site.markup import SitePage
from khplans.site.search.entry import kind_names
from khplans.site.templating import render
from khplans.text.fold import fold


def search_page(catalogue: Catalogue, words: Language) -> SitePage:
    """The search with all its results."""
    page = SitePage(words, "search", words.say("Search"),
                words.say("Search the plans' whole text, tasks, measures, agencies and documents; with or without accents."))  # fmt: skip
    documents = catalogue.collection.tables["documents"]
    plans = catalogue.collection.plans.values()
    page.add(
        render(
            page, "search.md", kinds=kind_names(words),
            provinces=sorted({row["province"] for row in documents if row["province"]}, key=fold),
            number=next((plan.main["number"] for plan in plans if plan.main["number"]), None),
        )
    )  # fmt: skip
    return page
